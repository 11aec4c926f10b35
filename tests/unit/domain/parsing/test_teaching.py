"""Teaching by marking: what a user's marks add to a provider's profile."""

from decimal import Decimal

import pytest

from signalos_desktop.domain.parsing import PLAIN, Profile, Role, read
from signalos_desktop.domain.parsing.teaching import Field, Mark, teach

FOREIGN = "Gelbes hopp 2650\nSchutzlinie 2640\nWunsch1 2660\nWunsch2 2670"


def mark(text: str, part: str, field: Field, symbol: str | None = None) -> Mark:
    start = text.index(part)
    return Mark(field, start, start + len(part), symbol)


def marks(text: str, **parts: str) -> tuple[Mark, ...]:
    return tuple(
        mark(text, part, Field(name.rstrip("0123456789")), "XAUUSD" if name == "symbol" else None)
        for name, part in parts.items()
    )


def test_marked_words_are_learnt_and_the_message_then_trades() -> None:
    lesson = teach(
        FOREIGN,
        marks(
            FOREIGN, symbol="Gelbes", buy="hopp", entry="2650", sl="2640", tp1="2660", tp2="2670"
        ),
    )

    assert lesson.learnt
    assert dict(lesson.additions.symbols) == {"gelbes": "XAUUSD"}
    assert dict(lesson.additions.words) == {
        "hopp": Role.BUY,
        "schutzlinie": Role.SL,
        "wunsch": Role.TP,
    }
    (order,) = lesson.reading.orders
    assert (order.sl, order.tps) == (Decimal(2640), (Decimal(2660), Decimal(2670)))
    assert read(FOREIGN.replace("26", "27"), profile=lesson.profile).tradable


def test_the_label_may_be_part_of_the_mark_or_stand_above() -> None:
    text = "Gold buy 2650\nSchutz bei 2640\nWunsch:\n2660"

    lesson = teach(text, marks(text, sl="Schutz bei 2640", tp="2660"))

    assert dict(lesson.additions.words) == {"schutz": Role.SL, "wunsch": Role.TP}


def test_a_word_of_several_is_learnt_whole() -> None:
    text = "Gold buy 2650\nunsere letzte bastion 2640\nTP 2660"

    lesson = teach(text, marks(text, sl="2640"))

    assert dict(lesson.additions.words) == {"unsere letzte bastion": Role.SL}


def test_a_known_word_can_be_given_another_meaning() -> None:
    text = "Gold sell 2650\nprofit 2660\nloss 2640"

    lesson = teach(text, marks(text, sl="2660", tp="2640"))

    assert dict(lesson.additions.words) == {"profit": Role.SL, "loss": Role.TP}
    assert lesson.reading.orders[0].sl == Decimal(2660)


def test_what_reads_as_marked_needs_nothing() -> None:
    text = "Gold buy 2650 SL 2640 TP 2660"

    lesson = teach(text, marks(text, symbol="Gold", buy="buy", entry="2650", sl="2640", tp="2660"))

    assert (lesson.additions, lesson.profile, lesson.learnt) == (PLAIN, PLAIN, True)


def test_an_idle_line_is_ignored_where_it_stands_in_the_way() -> None:
    text = "Trade example inc\nGold buy 2650\nSL 2640\nTP 2660"

    lesson = teach(text, marks(text, entry="2650"))

    assert lesson.additions == Profile(ignored_lines=("Trade example inc",))
    assert lesson.reading.tradable


def test_a_warning_is_never_ignored() -> None:
    text = "Gold buy 2650\nSL 2640\nTP 2660\nTP hit, closed in profit"

    lesson = teach(text, marks(text, sl="2640"))

    assert not lesson.learnt
    assert "no signal" in lesson.problems[0]


def test_additions_join_what_was_taught_before() -> None:
    text = "Gelbes hopp 2650 Schutz 2640 TP 2660"
    before = Profile(
        words=(("schutz", Role.TP),), symbols=(("gelbes", "XAUUSD"),), ignored_words=("hopp",)
    )

    lesson = teach(text, marks(text, buy="hopp", sl="2640"), before)

    assert dict(lesson.profile.words) == {"schutz": Role.SL, "hopp": Role.BUY}
    assert lesson.profile.symbols == before.symbols
    assert lesson.profile.ignored_words == ()


def test_a_number_without_a_word_cannot_be_taught() -> None:
    text = "Gold buy now\n2640\n2660"

    lesson = teach(text, marks(text, sl="2640", tp="2660"))

    assert lesson.problems[:2] == (
        "no word beside '2640' says that it is the sl",
        "no word beside '2660' says that it is the tp",
    )
    assert lesson.profile is PLAIN


def test_a_contradiction_is_named() -> None:
    text = "Gold buy 2650\nSchutz 2660\nTP 2670"

    lesson = teach(text, marks(text, sl="2660"))

    assert any(problem.startswith("sl_wrong_side") for problem in lesson.problems)


@pytest.mark.parametrize(
    ("text", "mark_", "reason"),
    [
        ("gold buy", Mark(Field.SYMBOL, 0, 4), "name the instrument"),
        ("gold buy", Mark(Field.SL, 0, 4), "no number"),
        ("gold buy", Mark(Field.BUY, 5, 99), "no text"),
        ("gold buy", Mark(Field.BUY, 4, 5), "no text"),
        ("g" * 9000, Mark(Field.BUY, 0, 4), "9000 characters"),
    ],
)
def test_unusable_marks_are_named(text: str, mark_: Mark, reason: str) -> None:
    lesson = teach(text, (mark_,))

    assert any(reason in problem for problem in lesson.problems)


def test_no_marks_teach_nothing() -> None:
    assert teach("gold buy", ()).problems == ("nothing is marked",)


def test_only_what_is_needed_is_learnt() -> None:
    text = "Gold buy 2650\nSchutz 2640\nTP 2660"

    lesson = teach(text, marks(text, symbol="Gold", buy="buy", entry="2650", sl="2640", tp="2660"))

    assert lesson.additions == Profile(words=(("schutz", Role.SL),))


def test_a_list_number_is_no_level() -> None:
    text = "Gold buy 2650\nSchutz 5\ufe0f\u20e3"

    lesson = teach(text, marks(text, sl="5\ufe0f\u20e3"))

    assert not lesson.learnt
