"""Makes an order of a draft: fixes its prices and names what contradicts or is missing."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.drafts import Amount, Draft
from signalos_desktop.domain.parsing.instruments import Scale, scale_of
from signalos_desktop.domain.parsing.numerals import readings
from signalos_desktop.domain.parsing.prices import borrowed, close_to, near, on_scale, unit_of
from signalos_desktop.domain.parsing.tokens import Token
from signalos_desktop.domain.signal import OrderReading, OrderType, Zone
from signalos_desktop.domain.values import Side

SIDE_OF: Final = {
    C.BUY: Side.BUY, C.SELL: Side.SELL, C.BUYING: Side.BUY, C.SELLING: Side.SELL, C.UP: Side.BUY,
    C.DOWN: Side.SELL, C.BUYS: Side.BUY, C.SELLS: Side.SELL,
}  # fmt: skip
_TYPE_OF: Final = {
    C.LIMIT: OrderType.LIMIT,
    C.STOP_ORDER: OrderType.STOP,
    C.NOW: OrderType.MARKET,
    C.MARKET: OrderType.MARKET,
}

_FLAWS: Final = (
    ("multiple_sl", "multiple_sl", "more than one number for the stop loss"),
    ("double_entry", "entry_conflict", "two entries"),
    ("arrow", "malformed", "an arrow between two prices"),
    ("negative", "negative_price", "a price below zero"),
)
_OILS: Final = {"USOIL", "UKOIL"}
_THOUSAND: Final = 1000
_TIGHT: Final = 50  # a figure within a fiftieth of the entry looks like a level

Complaint = tuple[str, str, Token | None]


@dataclass(slots=True)
class Built:
    """An order with the complaints found on the way and the token each field was read from."""

    order: OrderReading
    complaints: list[Complaint] = field(default_factory=list)
    fields: list[tuple[str, Token]] = field(default_factory=list)


class Builder:
    """Builds one order from one draft."""

    def __init__(self, draft: Draft, default_symbol: str | None = None) -> None:
        self._draft = draft
        self._default = default_symbol
        self._complaints: list[Complaint] = []
        self._fields: list[tuple[str, Token]] = []
        self._symbol = self._pick_symbol()
        self._side = self._pick_side()
        self._scale: Scale = scale_of(self._symbol)

    def build(self) -> Built:
        draft = self._draft
        entry = self._zone()
        anchor = entry.low if entry else self._anchor()
        sls = [p for a in draft.sls if (p := self._level(a, anchor, "sl")) is not None]
        aims = draft.aims if self._aimed(entry) else []
        if aims:
            del draft.flags["arrow"]
        tps = [
            p
            for amount in (*draft.tps, *aims)
            for a in self._split(amount, anchor)
            if (p := self._level(a, anchor, "tp")) is not None
        ]
        if len(set(sls)) > 1 or len(draft.sl_pips) > 1:
            self._complain(
                "multiple_sl",
                f"more than one stop loss: {', '.join(map(str, sls))}",
                draft.sls[-1].token if draft.sls else None,
            )
        order = OrderReading(
            symbol=self._symbol,
            side=self._side,
            order_type=self._order_type(entry),
            entry=entry,
            sl=sls[0] if sls else None,
            sl_pips=self._amounts(draft.sl_pips[:1], "sl")[0]
            if draft.sl_pips and not sls
            else None,
            tps=tuple(dict.fromkeys(tps)),
            tp_pips=self._amounts(draft.tp_pips, "tp"),
            tp_rr=self._amounts(draft.ratios, "tp"),
            tp_open=draft.tp_open is not None,
            leverage=self._amounts(draft.leverage, "leverage"),
        )
        if draft.tp_open:
            self._fields.append(("tp", draft.tp_open))
        self._check_sides(order)
        self._check_flags(order)
        return Built(order, self._complaints, self._fields)

    def _aimed(self, entry: Zone | None) -> bool:
        """ "Sell 2690 → 2680 → 2670, stop 2698": targets, each one farther than the last."""
        draft = self._draft
        if len(draft.aims) < 2 or not draft.sls or draft.tps or entry is None:
            return False
        aims = [on_scale(a.token.text, self._scale) or entry.low for a in draft.aims]
        return all(
            (b > a) if self._side is Side.BUY else (b < a) for a, b in pairwise([entry.low, *aims])
        )

    def _complain(self, code: str, text: str, token: Token | None) -> None:
        self._complaints.append((code, text, token))

    def _pick_symbol(self) -> str | None:
        symbols = self._draft.symbols
        strong = [s for s in symbols if not s.shared] or symbols
        if not strong:
            return self._default
        first = strong[0]
        if {s.value for s in strong} == _OILS:  # "oil (Brent)": the word for oil names no kind
            first = next(s for s in strong if s.value == "UKOIL")
            strong = [s for s in strong if s.value == "UKOIL" or _american(s.text)]
        for other in strong:
            if not _same(first.value, other.value):
                self._complain(
                    "symbol_conflict", f"two instruments: {first.value} and {other.value}", other
                )
                return None
        self._fields += [("symbol", s) for s in strong]
        return first.value

    def _pick_side(self) -> Side | None:
        sides = self._draft.sides
        if not sides:
            return None
        first = SIDE_OF[sides[0].concept]
        for other in sides:
            if SIDE_OF[other.concept] is not first:
                self._complain("side_conflict", "both buy and sell", other)
        self._fields += [("side", s) for s in sides]
        return first

    def _order_type(self, entry: Zone | None) -> OrderType:
        types = {_TYPE_OF[t.concept]: t for t in self._draft.types}
        for kind in (OrderType.LIMIT, OrderType.STOP, OrderType.MARKET):
            if kind in types:
                self._fields.append(("order_type", types[kind]))
        if OrderType.LIMIT in types and OrderType.STOP in types:
            self._complain("entry_conflict", "both a limit and a stop order", types[OrderType.STOP])
        pending = (
            OrderType.LIMIT
            if OrderType.LIMIT in types
            else OrderType.STOP
            if OrderType.STOP in types
            else None
        )
        if pending and entry is None:
            self._complain(
                "pending_without_price", f"a {pending} order without a price", types[pending]
            )
        if pending:
            return pending
        return self._bare_type(types, entry)

    def _bare_type(self, types: dict[OrderType, Token], entry: Zone | None) -> OrderType:
        if self._draft.beyond and entry:
            rising = self._draft.beyond is C.ABOVE
            return OrderType.STOP if rising == (self._side is Side.BUY) else OrderType.LIMIT
        if OrderType.MARKET in types or entry is None:
            return OrderType.MARKET
        return OrderType.UNSPECIFIED

    def _zone(self) -> Zone | None:
        """ "Gold buy 3255, entry 3310": two entries; "buy 3252, entry 3250-3255" is one zone."""
        first: list[Decimal] = []
        again: list[Decimal] = []
        for amount in self._draft.entries:
            price = self._entry(amount, [*first, *again])
            if price is not None:
                (again if amount.restated else first).append(price)
        if first and again and (max(again) < min(first) or min(again) > max(first)):
            text = f"two entries: {first[0]} and {again[0]}"
            self._complain("entry_conflict", text, self._draft.entries[-1].token)
        prices = [*first, *again]
        return Zone(min(prices), max(prices)) if prices else None

    def _entry(self, amount: Amount, prices: list[Decimal]) -> Decimal | None:
        raw = amount.token.text
        if prices:
            return self._level(amount, prices[0], "entry")
        price = on_scale(raw, self._scale)
        if price is None or price == 0:
            wild = on_scale_problem(raw, self._scale)
            self._complain(
                wild, f"entry {raw} is no plausible price of {self._symbol}", amount.token
            )
            return None
        self._fields.append(("entry", amount.token))
        return price

    def _anchor(self) -> Decimal | None:
        """Without an entry the first level on the instrument's scale carries the others."""
        for amount in (*self._draft.sls, *self._draft.tps):
            price = on_scale(amount.token.text, self._scale)
            if price:
                return price
        return None

    def _level(self, amount: Amount, anchor: Decimal | None, what: str) -> Decimal | None:
        raw = amount.token.text
        if amount.aside and (anchor is None or close_to(raw, anchor, self._scale) is None):
            return None
        self._fields.append((what, amount.token))
        if anchor is None:
            self._complain(
                "ambiguous_number", f"{what} {raw} without a full price beside it", amount.token
            )
            return None
        price = close_to(raw, anchor, self._scale)
        if price is None:
            price = self._shorthand(raw, anchor, what)
        if price is not None:
            return price
        code, why = _why_not(raw, anchor)
        self._complain(code, f"{what} {raw} {why} {anchor}", amount.token)
        return next(iter(readings(raw)), None)

    def _split(self, amount: Amount, anchor: Decimal | None) -> list[Amount]:
        """Two targets joined by a comma (190,198) where either one is as near as the whole."""
        halves = amount.token.text.split(",")
        if anchor is None or len(halves) != 2 or len(halves[1]) != 3:
            return [amount]
        if not all(half.isdigit() and near(Decimal(half), anchor, self._scale) for half in halves):
            return [amount]
        return [replace(amount, token=amount.token._replace(text=half)) for half in halves]

    def _shorthand(self, raw: str, anchor: Decimal, what: str) -> Decimal | None:
        value = borrowed(raw, anchor)
        if value is None or self._side is None or (self._slipped(raw, anchor) and self._in_full()):
            return None
        step = unit_of(raw, value, anchor)
        choices = sorted((value - step, value, value + step), key=lambda p: abs(p - anchor))
        if what == "entry":
            return choices[0] if abs(choices[0] - anchor) * 3 < step else None
        up = (what == "tp") == (self._side is Side.BUY)
        right = [p for p in choices if (p > anchor) == up and p != anchor]
        best = right[0] if right else value
        if best == value or abs(best - anchor) * 4 < step:
            return best
        return None

    def _slipped(self, raw: str, anchor: Decimal) -> bool:
        """Three digits beside four: as likely one that was lost."""
        return _THOUSAND <= anchor < 10 * _THOUSAND and len(raw) == 3 and raw.isdigit()

    def _in_full(self) -> bool:
        """A level with all its digits: three digits beside it are a slip, not a shorthand."""
        levels = (*self._draft.sls, *self._draft.tps)
        return any(len(amount.token.text) > 3 for amount in levels)

    def _amounts(self, tokens: list[Token], what: str) -> tuple[Decimal, ...]:
        values = [
            value for t in tokens if (value := next(iter(readings(t.text)), None)) is not None
        ]
        self._fields += [(what, t) for t in tokens]
        return tuple(dict.fromkeys(values))

    def _check_sides(self, order: OrderReading) -> None:
        if order.side is None:
            return
        sign = order.side.sign
        low, high = (order.entry.low, order.entry.high) if order.entry else (None, None)
        worst, best = (low, high) if sign > 0 else (high, low)
        token = self._draft.sls[0].token if self._draft.sls else None
        if order.sl is not None and worst is not None and (worst - order.sl) * sign <= 0:
            self._complain(
                "sl_wrong_side", f"{order.side} entry {worst}, stop loss {order.sl}", token
            )
        for amount, tp in zip(self._draft.tps, order.tps, strict=False):
            if best is not None and (tp - best) * sign <= 0:
                self._complain(
                    "tp_wrong_side", f"{order.side} entry {best}, target {tp}", amount.token
                )
            if best is None and order.sl is not None and (tp - order.sl) * sign <= 0:
                self._complain(
                    "tp_wrong_side",
                    f"{order.side}, stop loss {order.sl}, target {tp}",
                    amount.token,
                )

    def _check_flags(self, order: OrderReading) -> None:
        flags = self._draft.flags
        for flag, code, text in _FLAWS:
            if flag in flags:
                self._complain(code, text, flags[flag])
        levels = len(self._draft.sls) + len(self._draft.tps)
        signed = self._draft.signed
        if signed and (len(signed) < levels or levels == 1):
            self._complain("negative_price", "a price below zero", signed[0])
        bare = order.sl is None and order.sl_pips is None
        stray = flags.get("loose") or (flags.get("listed") if bare else None)
        crowded = len(self._draft.entries) > 2
        if crowded and bare and not order.tps:
            stray = stray or self._draft.entries[-1].token
        if stray and (bare or crowded):
            self._complain("malformed", "several numbers without a word for them", stray)
        if bare or not (order.tps or order.tp_pips or order.tp_rr or order.tp_open):
            self._check_strays(order)
            if self._draft.unfilled and (self._draft.begun or self._draft.entries):
                names = ", ".join(sorted(concept.name for concept in self._draft.unfilled))
                self._complain("unread_number", f"no number for {names}", None)
            if "loose_entry" in flags:
                self._complain(
                    "unread_number", "a price behind a word we do not know", flags["loose_entry"]
                )
        quoted = any(t.concept is C.NOW and "price" in t.text for t in self._draft.types)
        if quoted and order.order_type in (OrderType.LIMIT, OrderType.STOP):
            self._complain(
                "entry_conflict", "a pending order and a current price", self._draft.types[0]
            )

    def _check_strays(self, order: OrderReading) -> None:
        """A price nobody explained beside a missing level may be that level."""
        anchor = order.entry.low if order.entry else order.sl
        for token in self._draft.strays:
            if anchor is not None and close_to(token.text, anchor, self._scale) is not None:
                self._complain("unread_number", f"{token.text} may be a level", token)
        for token in self._draft.figures:
            value = next(iter(readings(token.text)), None)
            if anchor and value and abs(value - anchor) < anchor / _TIGHT:
                self._complain("unread_number", f"{token.text} may be a level", token)


def on_scale_problem(raw: str, scale: Scale) -> str:
    """Why a first price does not fit: too short to be read, or a slip in its size."""
    values = readings(raw)
    if not values:
        return "malformed"
    return "ambiguous_number" if len(raw) <= 4 and values[0] < scale.low else "price_outlier"


def _american(text: str) -> bool:
    return any(part in text for part in ("us", "wti", "xti"))


def _same(one: str | None, other: str | None) -> bool:
    return (one or "").removesuffix("T") == (other or "").removesuffix("T")


def _why_not(raw: str, anchor: Decimal) -> tuple[str, str]:
    values = readings(raw)
    if not values:
        return "malformed", "is no number beside"
    if "." in f"{anchor:f}" and raw.isdigit() and len(raw) >= len(f"{anchor:f}") - 1:
        return "missing_decimal", "lacks its decimal point beside"
    if len(raw) < len(f"{anchor:f}") - 1:
        return "ambiguous_number", "cannot be completed from"
    return "price_outlier", "is too far from"
