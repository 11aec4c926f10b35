"""What is held of each currency, and what is risked on its rise and on its fall."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from signalos_desktop.domain.risk.sizing import loss_per_price
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.values import ZERO, Side

Market = Mapping[str, tuple[SymbolSpec, Quote]]
Held = tuple[str, Side, Decimal]


def legs_of(spec: SymbolSpec, side: Side) -> tuple[tuple[str, int], ...]:
    """Currencies that a trade is long (+1) or short (-1) of.

    Base and quote of a pair or a metal; what is priced in its own currency counts with that one.
    """
    base, profit = spec.currency_base, spec.currency_profit
    if not base or base == profit:
        return ((profit, side.sign),)
    return ((base, side.sign), (profit, -side.sign))


def lot_value(spec: SymbolSpec, quote: Quote) -> Decimal | None:
    """What one lot is worth in account currency; None without a usable tick value."""
    if loss_per_price(spec, quote) is None:
        return None
    return quote.mid / spec.tick_size * quote.tick_value_loss


def currency_values(held: Iterable[Held], market: Market) -> dict[str, Decimal] | None:
    """Net value of each currency in account currency; None = one cannot be computed."""
    lots: dict[str, Decimal] = {}
    for symbol, side, volume in held:
        lots[symbol] = lots.get(symbol, ZERO) + side.sign * volume
    values: dict[str, Decimal] = {}
    for symbol, net in lots.items():
        if not net:
            continue
        spec, quote = market.get(symbol, (None, None))
        value = lot_value(spec, quote) if spec is not None and quote is not None else None
        if spec is None or value is None:
            return None
        for currency, sign in legs_of(spec, Side.BUY):
            values[currency] = values.get(currency, ZERO) + sign * net * value
    return values


def leaning(
    losses: Iterable[tuple[str, Side, Decimal]], market: Market
) -> dict[tuple[str, int], Decimal]:
    """Sum of the losses at S/L of all trades that lean on a currency's rise (+1) or fall (-1).

    market: every symbol of the losses is in it.
    """
    found: dict[tuple[str, int], Decimal] = {}
    for symbol, side, loss in losses:
        for leg in legs_of(market[symbol][0], side):
            found[leg] = found.get(leg, ZERO) + loss
    return found
