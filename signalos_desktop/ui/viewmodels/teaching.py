"""Teach by marking: the marks on one message, and in words what they add and what they change."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from signalos_desktop.domain.parsing.profile import Profile, Role
from signalos_desktop.domain.parsing.teaching import Field, Mark
from signalos_desktop.domain.signal import Kind, OrderReading, Reading, Span
from signalos_desktop.domain.values import plain
from signalos_desktop.engine.teaching import Preview, ReadOtherwise
from signalos_desktop.ui.viewmodels.inbox import SignalRecord, price_words
from signalos_desktop.ui.viewmodels.plan_lines import action_words

CAPTIONS = {
    Field.BUY: "Buy",
    Field.SELL: "Sell",
    Field.SYMBOL: "Symbol",
    Field.ENTRY: "Entry",
    Field.SL: "S/L",
    Field.TP: "T/P",
}
KEYS = {
    "B": Field.BUY,
    "S": Field.SELL,
    "Y": Field.SYMBOL,
    "E": Field.ENTRY,
    "L": Field.SL,
    "T": Field.TP,
}
_SIDES = (Field.BUY, Field.SELL)
_ROLES = {Role.SL: "S/L", Role.TP: "T/P", Role.TP_OPEN: "an open T/P"}


@dataclass(frozen=True, slots=True)
class TeachSubject:
    """The message that is marked, and how it reads now."""

    signal: str
    provider: str
    text: str
    reading: Reading


def subject_of(record: SignalRecord) -> TeachSubject:
    said = record.message
    return TeachSubject(record.signal, said.provider, said.text, record.reading)


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A mark in words."""

    caption: str
    words: str
    field: Field


class Marking:
    """The marks of one message, in reading order. symbol: what a marked symbol stands for."""

    def __init__(self, subject: TeachSubject) -> None:
        self.subject = subject
        orders = subject.reading.orders
        self.symbol = (orders[0].symbol if orders else None) or ""
        self._marks: list[Mark] = []

    @property
    def marks(self) -> tuple[Mark, ...]:
        symbol = self.symbol.strip().upper() or None
        return tuple(
            replace(mark, symbol=symbol) if mark.field is Field.SYMBOL else mark
            for mark in self._marks
        )

    def put(self, field: Field, start: int, end: int) -> str:
        """Mark text[start:end], or the word there; returns why not, in words, or nothing."""
        text = self.subject.text
        if start == end:
            start, end = word_at(text, start)
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start >= end:
            return f"Select the words of the {CAPTIONS[field]} first"
        self._marks = [mark for mark in self._marks if not _replaces(field, start, end, mark)]
        self._marks.append(Mark(field, start, end))
        self._marks.sort(key=lambda mark: mark.start)
        return ""

    def remove(self, start: int, end: int) -> bool:
        """Take the marks away that touch a place; True if there were any."""
        kept = [m for m in self._marks if m.end <= start or max(end, start + 1) <= m.start]
        gone = len(kept) < len(self._marks)
        self._marks = kept
        return gone

    def spans(self) -> tuple[Span, ...]:
        """As the message view paints them."""
        return tuple(
            Span("side" if mark.field in _SIDES else mark.field.value, mark.start, mark.end)
            for mark in self._marks
        )

    @property
    def buying(self) -> bool | None:
        sides = [mark.field for mark in self._marks if mark.field in _SIDES]
        return sides[0] is Field.BUY if sides else None

    def lines(self) -> tuple[MarkLine, ...]:
        text = self.subject.text
        return tuple(
            MarkLine(CAPTIONS[m.field], " ".join(text[m.start : m.end].split()), m.field)
            for m in self._marks
        )


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A message that would read otherwise. risky: it trades then and did not, or the reverse."""

    signal: str
    text: str
    before: str
    after: str
    what: str
    risky: bool


def added_lines(additions: Profile) -> tuple[str, ...]:
    """What is added for the provider, in words."""
    words = [f"“{word}” stands for {_role(role)}" for word, role in additions.words]
    symbols = [f"“{name}” is {symbol}" for name, symbol in additions.symbols]
    ignored = [f"“{line}” means nothing" for line in additions.ignored_lines]
    ignored += [f"“{word}” means nothing" for word in additions.ignored_words]
    return (*words, *symbols, *ignored)


def changed_lines(preview: Preview) -> tuple[ChangedLine, ...]:
    return tuple(_changed(each) for each in preview.changed)


def reading_words(reading: Reading) -> str:
    """A reading on one line: `buy XAUUSD at market, S/L 2340, T/P 2350, 2360`."""
    if reading.kind is Kind.NONE:
        return "no order"
    if reading.kind is Kind.UPDATE:
        return "; ".join(" of ".join(filter(None, action_words(a))) for a in reading.actions)
    said = "; ".join(_order(order) for order in reading.orders) or "an order"
    if reading.problems:
        said += f" (unclear: {reading.problems[0].text})"
    return said


def word_at(text: str, place: int) -> tuple[int, int]:
    """The run of anything but blanks around a place."""
    start = end = min(max(place, 0), len(text))
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _replaces(field: Field, start: int, end: int, old: Mark) -> bool:
    """A new mark takes the place of what it touches, and of the only other one of its kind."""
    touches = old.start < end and start < old.end
    both_sides = field in _SIDES and old.field in _SIDES
    return touches or both_sides or (old.field is field and field is not Field.TP)


def _changed(each: ReadOtherwise) -> ChangedLine:
    before, after = each.before.tradable, each.after.tradable
    what = "other words"
    if before != after:
        what = "trades then" if after else "no longer trades"
    elif each.before.orders != each.after.orders or each.before.actions != each.after.actions:
        what = "reads otherwise"
    return ChangedLine(
        each.signal,
        " ".join(each.text.split()),
        reading_words(each.before),
        reading_words(each.after),
        what,
        before != after,
    )


def _order(order: OrderReading) -> str:
    side = order.side.value if order.side else "no side"
    stop = [plain(order.sl)] if order.sl is not None else []
    stop += [f"{plain(order.sl_pips)} pips"] if order.sl_pips is not None else []
    targets: Iterable[str] = (
        *map(plain, order.tps),
        *(f"{plain(pips)} pips" for pips in order.tp_pips),
        *(f"{plain(ratio)} R" for ratio in order.tp_rr),
        *(["open"] if order.tp_open else []),
    )
    parts = [f"{side} {order.symbol or 'no symbol'} {price_words(order)}".strip()]
    parts += [f"S/L {stop[0]}" if stop else "no S/L"]
    parts += [f"T/P {', '.join(targets)}"] if targets else ["no T/P"]
    return ", ".join(parts)


def _role(role: Role) -> str:
    return _ROLES.get(role) or role.value.replace("_", " ")
