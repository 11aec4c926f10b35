"""The inbox: every signal with its state in one word, its reason, its age and the life left."""

from dataclasses import dataclass, field
from datetime import datetime

from signalos_desktop.domain.providers.differences import FieldChange
from signalos_desktop.domain.risk.decision import Decision, Gate
from signalos_desktop.domain.signal import Kind, Message, OrderReading, Reading
from signalos_desktop.domain.values import Account, Side, plain
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.entries import Relation, SignalState
from signalos_desktop.engine.events import Decided, SignalChanged, SignalRead, UpdatePlanned
from signalos_desktop.engine.ports import Clock
from signalos_desktop.ui.theme.figures import clock_span, counted
from signalos_desktop.ui.theme.tokens import Tone

MOST = 500
OPEN = frozenset({SignalState.READY, SignalState.REVIEW})
FIREABLE = frozenset({SignalState.READY, SignalState.REJECTED})

# Word, tone, icon.
_CHIPS = {
    None: ("New", Tone.PLAIN, ""),
    SignalState.READY: ("Ready", Tone.ACCENT, "check"),
    SignalState.REVIEW: ("Review", Tone.AMBER, "warning"),
    SignalState.REJECTED: ("Rejected", Tone.BAD, "cross"),
    SignalState.NONE: ("No order", Tone.STALE, "info"),
    SignalState.FIRED: ("Fired", Tone.AMBER, "clock"),
    SignalState.SKIPPED: ("Skipped", Tone.STALE, "skip"),
    SignalState.SKIPPED_PAUSED: ("Skipped", Tone.STALE, "pause"),
    SignalState.SKIPPED_STOPPED: ("Skipped", Tone.STALE, "pause"),
    SignalState.EXPIRED: ("Expired", Tone.STALE, "clock"),
    SignalState.DONE: ("Done", Tone.OK, "check"),
}


@dataclass(slots=True)
class SignalRecord:
    """A signal with all that was said of it. decisions: by account, one for each order.

    changes: what an edit says differently. plans: what it does to open trades, by account.
    """

    signal: str
    message: Message
    reading: Reading
    received: datetime
    expires: datetime | None
    state: SignalState | None = None
    reason: str = ""
    decisions: dict[Account, dict[int, Decision]] = field(default_factory=dict)
    relation: Relation = Relation.NEW
    changes: tuple[FieldChange, ...] = ()
    plans: dict[Account, UpdatePlanned] = field(default_factory=dict)

    @property
    def order(self) -> OrderReading | None:
        return self.reading.orders[0] if self.reading.orders else None

    @property
    def waiting(self) -> bool:
        return self.state is None or self.state in OPEN

    def left_s(self, now: datetime) -> float:
        return 0.0 if self.expires is None else max(0.0, (self.expires - now).total_seconds())

    def total_s(self) -> float:
        if self.expires is None:
            return 1.0
        return max((self.expires - self.received).total_seconds(), 1.0)

    def gates(self, account: Account | None) -> tuple[Gate, ...]:
        decisions = self.decisions.get(account, {}) if account is not None else {}
        return tuple(gate for decision in decisions.values() for gate in decision.gates)


@dataclass(frozen=True, slots=True)
class InboxLine:
    """A row of the inbox as words; life 0 to 1, 0 = no countdown."""

    side: Side | None
    symbol: str
    price: str
    provider: str
    chip: str
    tone: Tone
    icon: str
    reason: str
    age: str
    life: float
    dead: bool


class Inbox:
    """Keeps the last MOST signals; changed: the ids whose row is new since the last take()."""

    def __init__(self, bus: EventBus, clock: Clock) -> None:
        self.records: dict[str, SignalRecord] = {}
        self._clock = clock
        self._dirty: dict[str, None] = {}
        bus.subscribe(SignalRead, self._on_read)
        bus.subscribe(SignalChanged, self._on_changed)
        bus.subscribe(Decided, self._on_decided)
        bus.subscribe(UpdatePlanned, self._on_planned)

    def take(self) -> tuple[str, ...]:
        dirty, self._dirty = tuple(self._dirty), {}
        return dirty

    def running(self) -> tuple[str, ...]:
        """Signals whose countdown runs."""
        return tuple(key for key, record in self.records.items() if record.waiting)

    def open_count(self) -> int:
        return sum(record.state in OPEN for record in self.records.values())

    def line(self, signal: str, now: datetime) -> InboxLine:
        record = self.records[signal]
        chip, tone, icon = _CHIPS[record.state]
        if record.state is SignalState.READY and record.relation is Relation.EDIT:
            chip, tone, icon = "Edited", Tone.AMBER, "edit"
        if record.state is SignalState.DONE and record.reason.startswith("0 "):
            chip, tone, icon = "Not filled", Tone.BAD, "cross"
        life = record.left_s(now) / record.total_s() if record.waiting else 0.0
        age = clock_span(int((now - record.received).total_seconds()))
        order = record.order
        return InboxLine(
            order.side if order else None,
            (order.symbol if order else None) or _kind(record.reading),
            price_words(order),
            record.message.provider,
            chip,
            tone,
            icon,
            _reason(record),
            age,
            min(life, 1.0),
            not record.waiting and record.state is not SignalState.DONE,
        )

    def _on_read(self, event: SignalRead) -> None:
        record = SignalRecord(
            event.signal,
            event.message,
            event.reading,
            self._clock.now(),
            event.expires,
            relation=event.relation,
            changes=event.changes,
        )
        self.records[event.signal] = record
        self._dirty[event.signal] = None
        while len(self.records) > MOST:
            self.records.pop(next(iter(self.records)))

    def _on_changed(self, event: SignalChanged) -> None:
        record = self.records.get(event.signal)
        if record is not None:
            record.state, record.reason = event.state, event.reason
            self._dirty[event.signal] = None

    def _on_decided(self, event: Decided) -> None:
        record = self.records.get(event.signal)
        if record is not None:
            record.decisions.setdefault(event.account, {})[event.order] = event.decision
            self._dirty[event.signal] = None

    def _on_planned(self, event: UpdatePlanned) -> None:
        record = self.records.get(event.signal)
        if record is not None:
            record.plans[event.account] = event
            self._dirty[event.signal] = None


def price_words(order: OrderReading | None) -> str:
    """The entry as the message states it: a price, a zone, or `at market`."""
    if order is None:
        return ""
    if order.entry is None:
        return "at market" if order.side else ""
    low, high = plain(order.entry.low), plain(order.entry.high)
    return low if low == high else f"{low} to {high}"


def _kind(reading: Reading) -> str:
    return {Kind.OPEN: "Order", Kind.UPDATE: "Update", Kind.NONE: "Message"}[reading.kind]


def _reason(record: SignalRecord) -> str:
    if record.state is None:
        return "checking the gates"
    if record.state is SignalState.READY and record.plans:
        return record.reason
    if record.state is SignalState.READY:
        decisions = [d for by_order in record.decisions.values() for d in by_order.values()]
        gates = [gate for decision in decisions for gate in decision.gates]
        asked = [gate for gate in gates if gate.state.value != "off"]
        passed = sum(not gate.refuses for gate in asked)
        lots = ", ".join(plain(decision.lots) for decision in decisions)
        return f"{passed} of {counted(len(asked), 'gate')}, {lots} lots"
    if record.state is SignalState.REVIEW and record.reading.problems:
        return record.reading.problems[0].text
    if record.state is SignalState.FIRED:
        return record.reason or "sent, waiting for its receipt"
    return record.reason
