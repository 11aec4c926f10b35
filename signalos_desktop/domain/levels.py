"""Turns a reading and the live price into concrete prices: entry, S/L and one T/P for each leg."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.signal import OrderReading, OrderType, Zone
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.values import ZERO, Side, plain, round_to_step, with_digits


class ZonePick(StrEnum):
    """Which price of an entry zone is asked for: where price arrives first, or the best one.

    RANGE: orders across the zone (domain/providers/zones.py); a single one is at the first price.
    """

    FIRST = "first"
    MIDDLE = "middle"
    LAST = "last"
    RANGE = "range"


class TargetPolicy(StrEnum):
    """Which T/Ps become orders."""

    ALL = "all"
    FIRST = "first"
    LAST = "last"


class LevelField(StrEnum):
    ENTRY = "entry"
    SL = "sl"
    TP = "tp"


@dataclass(frozen=True, slots=True)
class LevelPolicy:
    """How a provider's levels are taken; late_fraction: how far past the entry, in parts of d."""

    zone: ZonePick = ZonePick.FIRST
    targets: TargetPolicy = TargetPolicy.ALL
    late_fraction: Decimal = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class LevelProblem:
    """Why these levels cannot be sent; code is stable, text has the numbers and the next step."""

    field: LevelField
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Levels:
    """Prices on the symbol's tick grid.

    price: the live price for a market order, else the order's own. anchor: the entry the signal
    asks for (the live price where it names none): pips and R:R are measured from it.
    targets: one for each leg, nearest first, None = no T/P. sl None = no S/L above 0 was given.
    """

    side: Side
    order_type: OrderType
    price: Decimal
    anchor: Decimal
    asked: Zone | None
    sl: Decimal | None
    targets: tuple[Decimal | None, ...]
    notes: tuple[str, ...] = ()
    problems: tuple[LevelProblem, ...] = ()

    @property
    def action(self) -> CommandAction:
        suffix = "" if self.order_type is OrderType.MARKET else f"_{self.order_type.upper()}"
        return CommandAction(self.side.upper() + suffix)

    @property
    def asked_distance(self) -> Decimal | None:
        """The signal's own |entry - S/L|: the `d` of the late-signal rule and the duplicates."""
        return None if self.sl is None else abs(self.anchor - self.sl)

    @property
    def distance(self) -> Decimal | None:
        """|price - S/L|: what the money at risk is computed from."""
        return None if self.sl is None else abs(self.price - self.sl)


def pip_size(spec: SymbolSpec) -> Decimal:
    """10 points for symbols with 3 or 5 digits, else 1 point."""
    return spec.point * 10 if spec.digits in (3, 5) else spec.point


def live_price(side: Side, quote: Quote) -> Decimal:
    """What an entry at market gets: ask to buy, bid to sell."""
    return quote.ask if side is Side.BUY else quote.bid


def exit_price(side: Side, quote: Quote) -> Decimal:
    """What closes a position: bid for a buy, ask for a sell; S/L and T/P are measured on it."""
    return quote.bid if side is Side.BUY else quote.ask


def place_levels(
    order: OrderReading, side: Side, spec: SymbolSpec, quote: Quote, policy: LevelPolicy
) -> Levels:
    """Concrete prices for one order, with every problem they have.

    A price without a word for the order type means "there or better": the market if the live price
    is better than asked or worse by no more than the allowed lateness, else a limit order.
    A stop order whose price was passed is a market order, judged by the late-signal rule. A limit
    order whose price was passed is one too within that lateness; beyond it, it is refused.
    """
    live = live_price(side, quote)
    notes: list[str] = []
    target = _pick(order.entry, side, spec, policy.zone, notes)
    anchor = live if target is None else target
    sl = _stop_loss(order, side, anchor, spec, notes)
    tolerance = policy.late_fraction * abs(anchor - sl) if sl is not None else ZERO
    order_type, problems = _order_type(order.order_type, side, target, live, tolerance, spec)
    if order_type is not order.order_type and target is not None:
        notes.append(_type_note(order.order_type, order_type, target, live, spec))
    levels = Levels(
        side=side,
        order_type=order_type,
        price=live if order_type is OrderType.MARKET else anchor,
        anchor=anchor,
        asked=order.entry,
        sl=sl,
        targets=_targets(order, side, anchor, sl, spec, policy.targets, notes),
        notes=tuple(notes),
    )
    found = (*problems, *_wrong_sides(levels, spec), *_too_close(levels, spec, quote))
    return replace(levels, problems=found)


def _pick(
    entry: Zone | None, side: Side, spec: SymbolSpec, zone_pick: ZonePick, notes: list[str]
) -> Decimal | None:
    if entry is None:
        return None
    near, far = (entry.high, entry.low) if side is Side.BUY else (entry.low, entry.high)
    picked = {
        ZonePick.FIRST: near,
        ZonePick.MIDDLE: (near + far) / 2,
        ZonePick.LAST: far,
        ZonePick.RANGE: near,
    }[zone_pick]
    return _on_tick(picked, "entry", spec, notes)


def _order_type(
    asked: OrderType,
    side: Side,
    target: Decimal | None,
    live: Decimal,
    tolerance: Decimal,
    spec: SymbolSpec,
) -> tuple[OrderType, list[LevelProblem]]:
    """late > 0: the live price is worse than the asked one, by so much."""
    if target is None:
        if asked in (OrderType.LIMIT, OrderType.STOP):
            text = f"a {asked} order without a price: ask the provider for the entry"
            return asked, [LevelProblem(LevelField.ENTRY, "ENTRY_MISSING", text)]
        return OrderType.MARKET, []
    late = side.sign * (live - target)
    if asked is OrderType.STOP:
        return (OrderType.STOP if late < 0 else OrderType.MARKET), []
    if asked is OrderType.LIMIT:
        if late > 0:
            return OrderType.LIMIT, []
        if -late <= tolerance:
            return OrderType.MARKET, []
        where = "above" if side is Side.BUY else "below"
        text = (
            f"{side.upper()} LIMIT {with_digits(target, spec.digits)} is {where} the live price "
            f"{with_digits(live, spec.digits)}: the price has passed it, or a stop order was meant"
        )
        return OrderType.LIMIT, [LevelProblem(LevelField.ENTRY, "ENTRY_WRONG_SIDE", text)]
    if asked is OrderType.MARKET or late <= tolerance:
        return OrderType.MARKET, []
    return OrderType.LIMIT, []


def _type_note(
    asked: OrderType, taken: OrderType, target: Decimal, live: Decimal, spec: SymbolSpec
) -> str:
    price, now = with_digits(target, spec.digits), with_digits(live, spec.digits)
    if asked is OrderType.UNSPECIFIED:
        return f"asked at {price}, live {now}: {taken} order"
    return f"{asked} {price} already reached, live {now}: market order"


def _on_tick(value: Decimal, what: str, spec: SymbolSpec, notes: list[str]) -> Decimal:
    """The nearest price the symbol can have; a change is noted."""
    rounded = round_to_step(value, spec.tick_size)
    if rounded != value:
        notes.append(f"{what} {plain(value)} -> {with_digits(rounded, spec.digits)} (tick size)")
    return rounded


def _stop_loss(
    order: OrderReading, side: Side, anchor: Decimal, spec: SymbolSpec, notes: list[str]
) -> Decimal | None:
    if order.sl is not None:
        sl = _on_tick(order.sl, "S/L", spec, notes)
    elif order.sl_pips is not None:
        sl = round_to_step(anchor - side.sign * order.sl_pips * pip_size(spec), spec.tick_size)
        notes.append(_pips_note("S/L", order.sl_pips, sl, spec))
    else:
        return None
    return sl if sl > 0 else None


def _pips_note(what: str, pips: Decimal, price: Decimal, spec: SymbolSpec) -> str:
    return (
        f"{what} {plain(pips)} pips = {plain(pips * pip_size(spec))} in price, "
        f"{with_digits(price, spec.digits)}"
    )


def _targets(
    order: OrderReading,
    side: Side,
    anchor: Decimal,
    sl: Decimal | None,
    spec: SymbolSpec,
    policy: TargetPolicy,
    notes: list[str],
) -> tuple[Decimal | None, ...]:
    prices = {_on_tick(price, "T/P", spec, notes) for price in order.tps}
    for pips in order.tp_pips:
        price = round_to_step(anchor + side.sign * pips * pip_size(spec), spec.tick_size)
        notes.append(_pips_note("T/P", pips, price, spec))
        prices.add(price)
    if sl is not None:
        risk = abs(anchor - sl)
        for ratio in order.tp_rr:
            price = round_to_step(anchor + side.sign * ratio * risk, spec.tick_size)
            notes.append(f"T/P 1:{plain(ratio)} = {with_digits(price, spec.digits)}")
            prices.add(price)
    legs: list[Decimal | None] = [*sorted(prices, reverse=side is Side.SELL)]
    if order.tp_open or not legs:
        legs.append(None)
    if policy is TargetPolicy.ALL:
        return tuple(legs)
    return (legs[0],) if policy is TargetPolicy.FIRST else (legs[-1],)


def _wrong_sides(levels: Levels, spec: SymbolSpec) -> Iterator[LevelProblem]:
    sign = levels.side.sign
    entry = f"{levels.side.upper()} entry {with_digits(levels.anchor, spec.digits)}"
    if levels.sl is not None and sign * (levels.anchor - levels.sl) <= 0:
        text = f"{entry}, S/L {with_digits(levels.sl, spec.digits)}: ask the provider for the S/L"
        yield LevelProblem(LevelField.SL, "SL_WRONG_SIDE", text)
    for target in levels.targets:
        if target is not None and (target <= 0 or sign * (target - levels.anchor) <= 0):
            text = f"{entry}, T/P {with_digits(target, spec.digits)}: ask the provider for the T/P"
            yield LevelProblem(LevelField.TP, "TP_WRONG_SIDE", text)
            return


def _too_close(levels: Levels, spec: SymbolSpec, quote: Quote) -> Iterator[LevelProblem]:
    """The broker's least distance; a market order's S/L and T/P are measured on the exit price."""
    least = spec.stops_level * spec.point
    market = levels.order_type is OrderType.MARKET
    base = exit_price(levels.side, quote) if market else levels.price
    measured = [
        (LevelField.SL, "S/L", levels.sl, base),
        *((LevelField.TP, "T/P", target, base) for target in levels.targets[:1]),
    ]
    if not market:
        live = live_price(levels.side, quote)
        measured.append((LevelField.ENTRY, "entry", levels.price, live))
    for field, what, price, other in measured:
        if price is not None and abs(other - price) < least:
            text = (
                f"{what} {with_digits(price, spec.digits)} is "
                f"{plain(abs(other - price) / spec.point)} points from "
                f"{with_digits(other, spec.digits)}, the broker wants {spec.stops_level}: "
                "wait for another price"
            )
            yield LevelProblem(field, "STOPS_LEVEL", text)
