"""A quote where none is shown: the stated price, and what one lot needs as margin at it."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from signalos_desktop.domain.stated_price import quote_at
from tests.helpers.rig import EURUSD

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
UNSTATED = replace(EURUSD, margin_1lot=Decimal(0))


def test_bid_and_ask_are_the_stated_price() -> None:
    quote = quote_at(EURUSD, Decimal("1.08"), 100, NOW)
    assert (quote.symbol, quote.bid, quote.ask) == ("EURUSD", Decimal("1.08"), Decimal("1.08"))
    assert (quote.tick_value, quote.tick_value_loss) == (Decimal(1), Decimal(1))
    assert quote.time == NOW


@pytest.mark.parametrize(
    ("changes", "margin"),
    [
        ({"margin_1lot": Decimal(900)}, "900"),
        ({}, "3600.01"),
        ({"calc_mode": "CFD"}, "108000.01"),
        ({"tick_value_loss": Decimal(0)}, "0"),
        ({"tick_value_loss": Decimal(0), "margin_1lot": Decimal(900)}, "0"),
    ],
)
def test_margin_is_as_stated_or_by_the_leverage_or_not_known(
    changes: dict[str, object], margin: str
) -> None:
    spec = replace(UNSTATED, **changes)  # type: ignore[arg-type] # fields of a symbol
    price = Decimal("1.0800001")
    assert quote_at(spec, price, 30, NOW).margin_1lot == Decimal(margin)
