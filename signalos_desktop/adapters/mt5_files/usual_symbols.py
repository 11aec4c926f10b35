"""Symbols with their usual contract sizes, for a terminal whose executor states none."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from signalos_desktop.domain.symbols import SymbolSpec, TradeMode, core
from signalos_desktop.domain.values import ZERO

# In the order in which a pair names them.
_CURRENCIES = ("EUR", "GBP", "AUD", "NZD", "USD", "CAD", "CHF", "JPY")
_WEEK = ((), *(((0, 1440),),) * 5, ())
_EVERY_DAY = (((0, 1440),),) * 7


def usual_symbols(currency: str, names: Iterable[str]) -> tuple[SymbolSpec, ...]:
    """The table for an account in this currency; names: a broker's spellings, as `XAUUSD.m`.

    The tick value is known only where profits are made in the account's currency, else it is 0,
    which no rule takes for a value.
    """
    specs = {spec.name: spec for spec in _table(currency)}
    for name in names:
        like = specs.get(core(name))
        if like is not None and name not in specs:
            specs[name] = replace(like, name=name)
    return tuple(specs.values())


def _table(currency: str) -> Iterable[SymbolSpec]:
    for base, profit in combinations(_CURRENCIES, 2):
        digits = 3 if profit == "JPY" else 5
        yield _symbol(base, profit, digits, "100000", "FOREX", currency)
    yield _symbol("XAU", "USD", 2, "100", "CFDLEVERAGE", currency)
    yield _symbol("XAG", "USD", 3, "5000", "CFDLEVERAGE", currency)
    for coin in ("BTC", "ETH"):
        yield _symbol(coin, "USD", 2, "1", "CFD", currency, _EVERY_DAY)


def _symbol(
    base: str,
    profit: str,
    digits: int,
    contract: str,
    calc_mode: str,
    currency: str,
    sessions: tuple[tuple[tuple[int, int], ...], ...] = _WEEK,
) -> SymbolSpec:
    point, size = Decimal(1).scaleb(-digits), Decimal(contract)
    value = size * point if profit == currency else ZERO
    return SymbolSpec(
        name=base + profit,
        digits=digits,
        point=point,
        tick_size=point,
        tick_value=value,
        tick_value_loss=value,
        contract_size=size,
        calc_mode=calc_mode,
        currency_base=base,
        currency_profit=profit,
        currency_margin=base,
        volume_min=Decimal("0.01"),
        volume_max=Decimal(100),
        volume_step=Decimal("0.01"),
        volume_limit=ZERO,
        stops_level=0,
        freeze_level=0,
        filling=(),
        exemode="MARKET",
        trade_mode=TradeMode.FULL,
        order_mode=(),
        expiration_mode=(),
        spread=0,
        swap_long=ZERO,
        swap_short=ZERO,
        margin_1lot=ZERO,
        commission=None,
        sessions=sessions,
    )
