"""What a user taught the parser about one provider."""

from decimal import Decimal

import pytest

from signalos_desktop.domain.parsing import Profile, Role, read, warm_up
from signalos_desktop.domain.parsing.lexicon import lexicon_of
from signalos_desktop.domain.parsing.profile import CONCEPT_OF, MAX_WORDS, faults
from signalos_desktop.domain.signal import ActionKind, Kind

SETUP = "Gold buy 2650\nSL 2640\nTP 2670"


def test_a_providers_words_and_symbols_come_first() -> None:
    profile = Profile(
        words=(("hop rein", Role.BUY), ("schutz", Role.SL)), symbols=(("Yellow", "XAUUSD"),)
    )

    (first,) = read("Yellow hop rein 2650 Schutz 2640", profile=profile).orders

    assert (first.symbol, first.side, first.sl) == ("XAUUSD", "buy", Decimal(2640))
    assert read("Yellow hop rein 2650 Schutz 2640").kind is Kind.NONE


def test_a_taught_word_means_nothing_else() -> None:
    profile = Profile(words=(("al", Role.SELL), ("target", Role.SL)))

    (order,) = read("xauusd al 2650 target 2660 tp 2640", profile=profile).orders

    assert (order.side, order.sl) == ("sell", Decimal(2660))


def test_a_providers_alias_beats_a_built_in_name() -> None:
    profile = Profile(symbols=(("gold", "XAUEUR"),))

    assert read(SETUP, profile=profile).orders[0].symbol == "XAUEUR"
    assert read(SETUP).orders[0].symbol == "XAUUSD"


def test_a_default_symbol_stands_in_only_where_none_is_named() -> None:
    profile = Profile(default_symbol="XAUUSD")

    assert read("buy now sl 2640 tp 2660", profile=profile).orders[0].symbol == "XAUUSD"
    assert read("buy eurusd now", profile=profile).orders[0].symbol == "EURUSD"
    assert not read("buy now sl 2640 tp 2660").tradable


def test_a_providers_noise_is_ignored() -> None:
    text = "Trade example inc\n" + SETUP

    assert read(text).kind is Kind.NONE
    assert read(text, profile=Profile(ignored_lines=("trade  EXAMPLE inc",))).tradable
    assert read(text, profile=Profile(ignored_words=("example",))).tradable


def test_updates_and_reports_can_be_taught_too() -> None:
    profile = Profile(words=(("weg damit", Role.CLOSE), ("tschakka", Role.RESULT)))

    (action,) = read("Weg damit, gold", profile=profile).actions

    assert action.kind is ActionKind.CLOSE
    assert read("Tschakka gold buy 2650", profile=profile).kind is Kind.NONE


def test_the_profile_also_reads_the_alert_replied_to() -> None:
    profile = Profile(words=(("hop", Role.BUY),))

    reading = read("SL 2640 TP 2660", reply_to="Gold hop now", profile=profile)

    assert [a.kind for a in reading.actions] == [ActionKind.MODIFY_SL, ActionKind.MODIFY_TP]


def test_pips_of_a_symbol() -> None:
    profile = Profile(pip_sizes=(("XAUUSD", Decimal("0.1")),))

    assert profile.pip_size("XAUUSD") == Decimal("0.1")
    assert profile.pip_size("EURUSD") is None


def test_profiles_without_words_share_the_tables() -> None:
    assert lexicon_of(Profile(default_symbol="XAUUSD")) is lexicon_of(Profile())


def test_every_role_means_something() -> None:
    assert set(CONCEPT_OF) == set(Role)


@pytest.mark.parametrize(
    ("profile", "count"),
    [
        (Profile(words=(("schutz", Role.SL),), pip_sizes=(("XAUUSD", Decimal("0.1")),)), 0),
        (Profile(words=(("50", Role.SL),)), 1),
        (Profile(words=(("🔥", Role.BUY),)), 1),
        (Profile(symbols=(("x" * 61, "XAUUSD"),)), 1),
        (Profile(words=(("hop", Role.BUY), ("HOP", Role.SELL))), 1),
        (Profile(words=(("hop", Role.BUY),), ignored_words=("Hop",)), 1),
        (Profile(ignored_lines=tuple(f"line {n}" for n in range(MAX_WORDS + 1))), 1),
        (Profile(pip_sizes=(("XAUUSD", Decimal(0)),)), 1),
        (Profile(pip_sizes=(("XAUUSD", Decimal("NaN")),)), 1),
    ],
)
def test_faults_are_named(profile: Profile, count: int) -> None:
    assert len(faults(profile)) == count


def test_the_tables_of_a_profile_can_be_built_ahead() -> None:
    profile = Profile(words=(("vorab", Role.BUY),))

    warm_up(profile)

    assert lexicon_of(profile) is lexicon_of(Profile(words=profile.words))


def test_what_is_taught_stays_with_its_provider() -> None:
    before = read(SETUP), read("gold ring sell 2650 sl 2660")
    profile = Profile(words=(("gold ring", Role.BUY), ("sl", Role.TP)))

    taught = read("gold ring xauusd 2650 sl 2660", profile=profile).orders[0]

    assert (taught.side, taught.tps[0]) == ("buy", Decimal(2660))
    assert before == (read(SETUP), read("gold ring sell 2650 sl 2660"))


def test_a_stem_can_be_taught() -> None:
    profile = Profile(words=(("shie*", Role.SL),))

    assert read("gold buy 2650 shielding 2640", profile=profile).orders[0].sl == Decimal(2640)
    assert not read("gold buy 2650 shielding 2640").orders[0].sl
