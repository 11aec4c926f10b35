"""Which of the broker's symbols a signal's name means."""

from dataclasses import replace

import pytest

from signalos_desktop.domain.symbols import (
    Ambiguous,
    NotFound,
    Resolved,
    TradeMode,
    core,
    resolve,
)
from tests.unit.domain.samples import EURUSD, EURUSD_QUOTE, XAUUSD, dec


def test_mid_is_between_bid_and_ask() -> None:
    assert EURUSD_QUOTE.mid == dec("1.09999")


@pytest.mark.parametrize(
    "listed",
    [
        "EURUSD", "eurusd", "EURUSDm", "EURUSD.m", "EURUSD.M", "EURUSDc", "EURUSD.pro", "EURUSDpro",
        "EURUSDPRO", "EURUSD.P", "EURUSD-ECN", "EURUSD#", "#EURUSD", "EURUSD_i", "EURUSD.r",
        "EURUSD.raw", "EURUSDmicro", "EURUSDMICRO", "EURUSD+", "EURUSD!", "EURUSD-5", "EUR/USD",
        "EUR USD", "EUR-USD", "EUR.USD", "FX.EURUSD", "m.EURUSD", "EURUSDM", "EURUSD.ecn.a",
    ],
)  # fmt: skip
def test_brokers_spell_a_pair_in_many_ways(listed: str) -> None:
    assert resolve("EURUSD", [listed, "GBPUSD"], {}) == Resolved(listed)


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("XAUUSD", "GOLD"), ("XAUUSD", "GOLDmicro"), ("XAUUSD", "XAUUSD.a"), ("GOLD", "XAUUSDm"),
        ("US30", "DJ30"), ("US30", "WS30.pro"), ("US30", "US30.cash"), ("US30", "US_30"),
        ("NAS100", "US100"), ("NAS100", "USTEC"), ("NAS100", "USTECm"), ("US100", "NAS100"),
        ("SPX500", "US500.cash"), ("GER40", "DE40"), ("GER40", "DAX40"), ("GER40", "GER30"),
        ("UK100", "FTSE100"), ("JP225", "JPN225"), ("USOIL", "WTI"), ("USOIL", "XTIUSD.r"),
        ("UKOIL", "BRENT"), ("NATGAS", "XNGUSD"), ("BTCUSD", "BTC-USD"), ("BTCUSD", "#BTCUSD"),
        ("BTCUSDT", "BTCUSD"), ("BTCUSD", "BTCUSDT"), ("SOLUSDT", "SOLUSD"), ("BTC", "BTCUSD"),
        ("V75", "Volatility 75 Index"), ("V75(1S)", "Volatility 75 (1s) Index"),
        ("BOOM1000", "Boom 1000 Index"), ("AAPL", "AAPL.US"), ("V75", "R_75"),
    ],
)  # fmt: skip
def test_brokers_name_a_thing_in_many_ways(name: str, listed: str) -> None:
    assert resolve(name, [listed, "EURUSD", "USDJPY"], {}) == Resolved(listed)


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("EURUSD", "EURUSDJPY"), ("EURUSD", "EUR"), ("US30", "US300"), ("US30", "US30_Z26"),
        ("US30", "US30-MAR26"), ("XAUUSD", "GOLD.EUR"), ("BTCUSD", "BTCUSDC"), ("EURUSD", "#"),
        ("EURUSD", "EURUSDT"), ("XAUUSD", "XAUUSDT"), ("US500", "US50"), ("EURUSD", ""),
    ],
)  # fmt: skip
def test_a_similar_name_is_another_thing(name: str, listed: str) -> None:
    found = resolve(name, [listed], {})
    assert found == NotFound(name)
    assert isinstance(found, NotFound)
    assert name in found.text


def test_two_that_fit_are_a_named_ambiguity() -> None:
    found = resolve("XAUUSD", ["XAUUSD.m", "XAUUSD", "EURUSD"], {})
    assert found == Ambiguous("XAUUSD", ("XAUUSD", "XAUUSD.m"))
    assert isinstance(found, Ambiguous)
    assert found.text == "XAUUSD -> XAUUSD, XAUUSD.m: choose in Settings > Symbols"


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("US30", "US30Cash"),
        ("US500", "US500Cash"),
        ("GER40", "DE40Cash"),
        ("XAUUSD", "mXAUUSD"),
        ("EURUSD", "iEURUSD"),
        ("GOLD", "proGOLD"),
        ("US30", "xUS30.c"),
    ],
)
def test_attached_words_and_prefixes_are_decoration(name: str, listed: str) -> None:
    assert resolve(name, [listed], {}) == Resolved(listed)


@pytest.mark.parametrize("listed", ["xNOTHING", "aEURUSDX9", "iEURO"])
def test_a_prefix_before_an_unknown_word_belongs_to_it(listed: str) -> None:
    assert resolve("EURUSD", [listed], {}) == NotFound("EURUSD")


def test_two_decorations_of_one_thing_are_named_whatever_they_are() -> None:
    found = resolve("US30", ["US30.cash", "US30Cash", "mUS30"], {})
    assert found == Ambiguous("US30", ("US30.cash", "US30Cash", "mUS30"))


def test_a_decorated_name_that_is_listed_literally_is_meant() -> None:
    assert resolve("XAUUSD.m", ["XAUUSD.m", "XAUUSD"], {}) == Resolved("XAUUSD.m")


def test_usdt_is_preferred_as_written_over_usd() -> None:
    assert resolve("BTCUSDT", ["BTCUSD", "BTCUSDT"], {}) == Resolved("BTCUSDT")
    assert resolve("BTCUSD", ["BTCUSD", "BTCUSDT"], {}) == Resolved("BTCUSD")


@pytest.mark.parametrize("key", ["XAUUSD", "xauusd", "GOLD", "XAUUSD.x"])
def test_the_users_map_wins(key: str) -> None:
    found = resolve("XAUUSD", ["XAUUSD", "XAUUSD.m"], {key: "XAUUSD.m", "US30": "US30"})
    assert found == Resolved("XAUUSD.m", by_map=True)


def test_the_map_for_just_this_name_wins_over_a_similar_one() -> None:
    mapping = {"GOLD": "GOLDmicro", "XAUUSD": "XAUUSD.m"}
    assert resolve("XAUUSD", ["XAUUSD.m", "GOLDmicro"], mapping) == Resolved("XAUUSD.m", True)


def test_a_map_that_says_two_things_is_not_guessed() -> None:
    mapping = {"GOLD": "GOLDmicro", "XAU": "XAUUSD.m"}
    found = resolve("XAUUSD", ["XAUUSD.m", "GOLDmicro"], mapping)
    assert found == Ambiguous("XAUUSD", ("GOLDmicro", "XAUUSD.m"))


def test_a_map_to_what_is_not_there_says_so() -> None:
    found = resolve("XAUUSD", ["XAUUSD"], {"XAUUSD": "XAUUSD.z"})
    assert found == NotFound("XAUUSD", "XAUUSD.z")
    assert isinstance(found, NotFound)
    assert "XAUUSD.z" in found.text


def test_a_disabled_double_is_left_out_but_a_tradable_one_never() -> None:
    disabled = replace(XAUUSD, trade_mode=TradeMode.DISABLED)
    closing = replace(XAUUSD, trade_mode=TradeMode.CLOSEONLY)
    assert resolve("GOLD", {"XAUUSD": disabled, "XAUUSD.m": XAUUSD}, {}) == Resolved("XAUUSD.m")
    assert resolve("GOLD", {"XAUUSD": disabled}, {}) == Resolved("XAUUSD")
    found = resolve("GOLD", {"XAUUSD": closing, "XAUUSD.m": XAUUSD}, {})
    assert found == Ambiguous("GOLD", ("XAUUSD", "XAUUSD.m"))


def test_the_profit_currency_of_a_pair_must_fit() -> None:
    in_euro = replace(XAUUSD, currency_profit="EUR")
    in_cents = replace(XAUUSD, currency_profit="USC")
    assert resolve("XAUUSD", {"GOLD": in_euro}, {}) == NotFound("XAUUSD")
    assert resolve("XAUUSD", {"GOLD": in_euro, "GOLDc": in_cents}, {}) == Resolved("GOLDc")
    assert resolve("US30", {"US30": replace(EURUSD, currency_profit="EUR")}, {}) == Resolved("US30")


@pytest.mark.parametrize(
    ("name", "bare"),
    [("#GOLDm", "GOLD"), ("EURUSD.JPY", "EURUSD"), ("US30_H7", "US30_H7"), ("Gold", "GOLD")],
)
def test_core_is_the_name_without_decoration(name: str, bare: str) -> None:
    assert core(name) == bare
