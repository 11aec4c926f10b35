"""A quote where the terminal shows none: the price that a signal or an order itself states."""

from datetime import datetime
from decimal import Decimal

from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.values import ZERO, ceil_money

_BY_LEVERAGE = ("FOREX", "CFDLEVERAGE")
_MONEY_DIGITS = 2


def quote_at(spec: SymbolSpec, price: Decimal, leverage: int, now: datetime) -> Quote:
    """Bid and ask are the stated price; the values are those of the specification."""
    return Quote(
        symbol=spec.name,
        bid=price,
        ask=price,
        time=now,
        tick_value=spec.tick_value,
        tick_value_loss=spec.tick_value_loss,
        margin_1lot=_margin(spec, price, leverage),
    )


def _margin(spec: SymbolSpec, price: Decimal, leverage: int) -> Decimal:
    """Of one lot in account currency; 0 = unknown, as it is without a tick value.

    Where the specification states none: the whole value of the lot, or its part by the leverage.
    """
    if spec.margin_1lot > 0 or spec.tick_value_loss <= 0:
        return spec.margin_1lot if spec.tick_value_loss > 0 else ZERO
    value = spec.contract_size * price
    part = value / leverage if spec.calc_mode in _BY_LEVERAGE else value
    return ceil_money(part, _MONEY_DIGITS)
