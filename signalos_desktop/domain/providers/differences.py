"""What an edited message says differently, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from signalos_desktop.domain.signal import Action, OrderReading, Reading
from signalos_desktop.domain.values import plain

NOTHING = "none"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one order. field: kind, orders, symbol, side, type, entry, sl, tp1.., actions.

    order counts from 0; before and after are as a person reads them, `none` where it is not stated.
    """

    order: int
    field: str
    before: str
    after: str

    @property
    def level(self) -> bool:
        """True for S/L and T/P: what may be changed at an open trade."""
        return self.field == "sl" or self.field.startswith("tp")

    @property
    def text(self) -> str:
        return f"{caption(self.field)} {self.before} -> {self.after}"


def caption(field: str) -> str:
    """The field as MetaTrader names it."""
    if field == "sl":
        return "S/L"
    return f"T/P{field[2:]}" if field.startswith("tp") else field


def differences(before: Reading, after: Reading) -> tuple[FieldChange, ...]:
    """All that differs between two readings of a message, in reading order."""
    found = list(_changed(0, {"kind": before.kind}, {"kind": after.kind}))
    if len(before.orders) != len(after.orders):
        found.append(
            FieldChange(0, "orders", str(len(before.orders)), str(len(after.orders))),
        )
    for index, (old, new) in enumerate(zip(before.orders, after.orders, strict=False)):
        found += _changed(index, _fields(old), _fields(new))
    old_actions, new_actions = (_told(reading.actions) for reading in (before, after))
    found += _changed(0, {"actions": old_actions}, {"actions": new_actions})
    return tuple(found)


def told(action: Action) -> str:
    """An instruction in words: `modify_sl XAUUSD buy 2345`."""
    share = f"{plain(action.fraction * 100)} %" if action.fraction is not None else None
    index = f"T/P{action.tp_index}" if action.tp_index is not None else None
    prices = [*([action.price] if action.price is not None else []), *action.prices]
    parts = (action.kind, action.symbol, action.side, share, index, *map(plain, prices))
    return " ".join(str(part) for part in parts if part is not None)


def _told(actions: tuple[Action, ...]) -> str:
    return "; ".join(told(action) for action in actions) or NOTHING


def _changed(order: int, before: dict[str, str], after: dict[str, str]) -> Iterator[FieldChange]:
    for field in dict.fromkeys((*before, *after)):
        old, new = before.get(field, NOTHING), after.get(field, NOTHING)
        if old != new:
            yield FieldChange(order, field, old, new)


def _fields(order: OrderReading) -> dict[str, str]:
    fields = {
        "symbol": order.symbol or NOTHING,
        "side": order.side or NOTHING,
        "type": order.order_type,
        "entry": _zone(order),
        "sl": _level(order.sl, order.sl_pips),
    }
    targets = [plain(price) for price in order.tps]
    targets += [f"{plain(pips)} pips" for pips in order.tp_pips]
    targets += [f"1:{plain(ratio)}" for ratio in order.tp_rr]
    targets += ["open"] if order.tp_open else []
    return fields | {f"tp{number}": target for number, target in enumerate(targets, 1)}


def _zone(order: OrderReading) -> str:
    if order.entry is None:
        return NOTHING
    low, high = plain(order.entry.low), plain(order.entry.high)
    return low if low == high else f"{low} - {high}"


def _level(price: Decimal | None, pips: Decimal | None) -> str:
    if price is not None:
        return plain(price)
    return NOTHING if pips is None else f"{plain(pips)} pips"
