"""Marks on a message: what they replace, how they are read, what they change in words."""

import pytest

from signalos_desktop.domain import parsing
from signalos_desktop.domain.parsing.profile import PLAIN
from signalos_desktop.domain.parsing.teaching import Field
from signalos_desktop.engine.teaching import Said, preview
from signalos_desktop.ui.viewmodels.teaching import (
    Marking,
    TeachSubject,
    added_lines,
    changed_lines,
    reading_words,
    word_at,
)

TEXT = "YELLOW go up now\nshield 2300\nprize 2600"


def marking(text: str = TEXT) -> Marking:
    return Marking(TeachSubject("S1", "Gold", text, parsing.read(text)))


def put(made: Marking, field: Field, word: str) -> str:
    at = made.subject.text.index(word)
    return made.put(field, at, at + len(word))


def test_a_mark_is_trimmed_and_without_a_selection_it_is_the_word_there() -> None:
    made = marking()
    assert made.put(Field.SL, 16, 23) == ""
    assert made.lines()[0].words == "shield"
    at = TEXT.index("2600") + 2
    assert made.put(Field.TP, at, at) == ""
    assert [line.words for line in made.lines()] == ["shield", "2600"]
    assert "Select the words of the Entry" in made.put(Field.ENTRY, 16, 17)


def test_a_side_and_a_symbol_are_marked_once_t_ps_as_often_as_there_are() -> None:
    made = marking("buy gold tp 1 tp 2 sell")
    for field, word in (
        (Field.BUY, "buy"),
        (Field.SELL, "sell"),
        (Field.TP, "1"),
        (Field.TP, "2"),
        (Field.ENTRY, "1"),
    ):
        put(made, field, word)
    assert [(line.caption, line.words) for line in made.lines()] == [
        ("Entry", "1"),
        ("T/P", "2"),
        ("Sell", "sell"),
    ]
    assert made.buying is False
    assert [span.field for span in made.spans()] == ["entry", "tp", "side"]


def test_marks_are_taken_away_where_they_are_touched() -> None:
    made = marking()
    put(made, Field.SL, "2300")
    at = TEXT.index("2300")
    assert not made.remove(0, 3)
    assert made.remove(at + 1, at + 1)
    assert made.marks == ()
    assert made.buying is None


def test_what_is_taught_and_what_then_reads_otherwise_is_told_in_words() -> None:
    made = marking()
    made.symbol = " xauusd "
    marks = (
        (Field.SYMBOL, "YELLOW"),
        (Field.BUY, "go up"),
        (Field.SL, "2300"),
        (Field.TP, "2600"),
    )
    for field, word in marks:
        assert put(made, field, word) == ""
    said = (Said("S1", TEXT, None), Said("S0", "good morning", None))
    found = preview(TEXT, made.marks, PLAIN, said)
    assert found.lesson.problems == ()
    assert set(added_lines(found.lesson.additions)) >= {
        "“shield” stands for S/L",
        "“prize” stands for T/P",
        "“yellow” is XAUUSD",
    }
    [line] = changed_lines(found)
    assert (line.signal, line.what, line.risky) == ("S1", "trades then", True)
    assert line.after == "buy XAUUSD at market, S/L 2300, T/P 2600"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("good morning", "no order"),
        ("close half", "Close 50 %"),
        ("SELL GOLD 2400 SL 2410 TP 2390 TP 2380", "sell XAUUSD 2400, S/L 2410, T/P 2390, 2380"),
        ("BUY EURUSD NOW SL 30 pips TP 60 pips", "buy EURUSD at market, S/L 30 pips, T/P 60 pips"),
        ("BUY GOLD NOW", "buy XAUUSD at market, no S/L, no T/P"),
    ],
)
def test_a_reading_on_one_line(text: str, words: str) -> None:
    assert reading_words(parsing.read(text)) == words


@pytest.mark.parametrize(("place", "word"), [(0, "one"), (3, "one"), (4, "two"), (99, "two")])
def test_the_word_at_a_place(place: int, word: str) -> None:
    start, end = word_at("one two", place)
    assert "one two"[start:end] == word
