"""Commission as the user states it, and how it counts in the size."""

from dataclasses import replace

import pytest

from signalos_desktop.domain.risk.commissions import (
    Commission,
    Per,
    commission_of,
    read_commissions,
)
from signalos_desktop.domain.risk.rules import RiskRules, contradictions
from signalos_desktop.domain.risk.sizing import Size, commission_per_lot
from tests.unit.domain.risk.test_sizing import TWO_PERCENT, sized
from tests.unit.domain.samples import EURUSD, EURUSD_QUOTE, dec

STATED = " XAUUSD = 25/million, BTCUSD=0.05 %,US30=2/lot, *=3.5,"


def test_a_symbol_has_its_own_rate_or_that_of_all() -> None:
    assert read_commissions(STATED) == {
        "XAUUSD": Commission(dec("25"), Per.MILLION),
        "BTCUSD": Commission(dec("0.05"), Per.PERCENT),
        "US30": Commission(dec("2"), Per.LOT),
        "*": Commission(dec("3.5"), Per.LOT),
    }
    assert commission_of("US30", STATED) == Commission(dec("2"), Per.LOT)
    assert commission_of("EURUSD", STATED) == Commission(dec("3.5"), Per.LOT)
    assert commission_of("EURUSD", "US30=2") is None


@pytest.mark.parametrize(
    "text", ["7", "EURUSD", "EURUSD=", "=7", "EURUSD=-7", "EURUSD=7/day", "EURUSD=1001", "A=1e3"]
)
def test_what_is_no_rate_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match="allowed pairs SYMBOL=RATE such as XAUUSD=25/million"):
        read_commissions(text)
    [said] = contradictions(RiskRules(commissions=text))
    assert said.startswith(f"risk.commissions = {text.split(',')[0]}")


@pytest.mark.parametrize(
    ("text", "expected"),
    # A lot of EURUSD at 1.10000 is worth 110,000 USD.
    [("*=3.5", "3.5"), ("EURUSD=25/million", "2.75"), ("EURUSD=0.01%", "11"), ("US30=9", "2")],
)
def test_one_lot_and_side_in_account_currency(text: str, expected: str) -> None:
    spec = replace(EURUSD, commission=dec("-2"))
    live = replace(EURUSD_QUOTE, bid=dec("1.09998"), ask=dec("1.10000"))
    assert commission_per_lot(spec, live, RiskRules(commissions=text)) == dec(expected)


def test_without_a_tick_value_nothing_is_known_of_the_value() -> None:
    blank = replace(EURUSD_QUOTE, tick_value_loss=dec("0"))
    assert commission_per_lot(EURUSD, blank, RiskRules(commissions="*=25/million")) == 0


def test_it_makes_the_volume_smaller_and_stands_in_the_decision() -> None:
    unknown = replace(EURUSD, commission=None)
    rules = replace(TWO_PERCENT, commissions="*=5")
    found = sized(unknown, EURUSD_QUOTE, "1.09700", rules)
    assert isinstance(found, Size)
    assert (found.commission, str(found.lots)) == (dec("5"), "0.63")
    assert not [note for note in found.notes if "commission" in note]
