"""The journal as MT5 shows one: what happened, when, in words; from events and from the ledger."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from signalos_desktop.engine.events import (
    Alarm,
    CommandChanged,
    DealSeen,
    Event,
    OrderChanged,
    PositionChanged,
    ReceiptRead,
    RuleActed,
    SignalChanged,
    SignalRead,
    StateChanged,
    TerminalReady,
)
from signalos_desktop.ui.viewmodels.instruments import Instruments
from signalos_desktop.ui.viewmodels.trade_rows import one_line, order_word

MOST_LINES = 20_000


class LedgerLine(Protocol):
    """A line of the ledger as it is read back."""

    @property
    def account(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def symbol(self) -> str: ...
    @property
    def lots(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def tickets(self) -> tuple[str, ...]: ...
    @property
    def time(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class JournalRow:
    """tone: a token for the words."""

    number: int
    time: datetime
    source: str
    text: str
    tone: str = "text"

    @property
    def key(self) -> str:
        return str(self.number)


class JournalBook:
    """Numbers the lines as they come; prices alone are no news and make none."""

    def __init__(self, use: Instruments) -> None:
        self._use = use
        self._number = 0
        self._states: dict[object, str] = {}

    def take(self, event: Event, now: datetime) -> JournalRow | None:
        """None for what is no news."""
        told = self._words(event)
        if told is None:
            return None
        source, text, tone = told
        return self._row(now, source, text, tone)

    def load(self, lines: Iterable[LedgerLine]) -> Iterator[JournalRow]:
        """What the ledger remembers of earlier sessions, oldest first."""
        for line in lines:
            parts = [line.action, line.symbol, line.lots if line.lots != "0" else "", line.outcome]
            text = " ".join(part for part in parts if part)
            if line.tickets:
                text = f"{text}, ticket {', '.join(line.tickets)}"
            for words in (line.source, line.reason):
                text = f"{text}: {words}" if words else text
            unclear = line.outcome in ("UNKNOWN", "pending")
            yield self._row(line.time, line.account, text, "amber" if unclear else "text")

    def _row(self, time: datetime, source: str, text: str, tone: str) -> JournalRow:
        self._number += 1
        return JournalRow(self._number, time, one_line(source), one_line(text), tone)

    def _words(self, event: Event) -> tuple[str, str, str] | None:
        match event:
            case SignalRead():
                provider = event.message.provider or "signal"
                return provider, f"{event.signal} came in: {event.message.text}", "text"
            case SignalChanged():
                reason = f": {event.reason}" if event.reason else ""
                return event.signal, f"{event.state.value}{reason}", "text2"
            case Alarm():
                source = str(event.account or "all accounts")
                return source, f"{event.code}: {event.text} {event.next_step}", "amber"
            case RuleActed():
                return str(event.account), f"{event.ticket} {event.symbol}: {event.text}", "text"
            case TerminalReady():
                return str(event.account), f"attached, EA {event.version}", "text"
            case StateChanged():
                return self._state(event)
            case _:
                return self._trade(event)

    def _trade(self, event: Event) -> tuple[str, str, str] | None:
        match event:
            case CommandChanged():
                c = event.command
                reason = f": {event.reason}" if event.reason else ""
                text = f"command {c.cmd_id} {c.action.value} {c.symbol} {event.state.value}{reason}"
                return str(event.account), text, "text2"
            case ReceiptRead():
                r = event.receipt
                tone = "amber" if not r.status.terminal else "text"
                text = f"receipt {r.cmd_id} {r.status.value} {r.retcode}: {r.message}"
                return str(event.account), text, tone
            case PositionChanged() if event.change in ("opened", "closed"):
                p = event.position
                at = self._use.price(event.account, p.symbol, p.price_open)
                what = f"{p.ticket} {p.side.value} {p.volume} {p.symbol} from {at}"
                return str(event.account), f"position {event.change}: {what}", "text"
            case OrderChanged() if event.change in ("opened", "closed"):
                o = event.order
                at = self._use.price(event.account, o.symbol, o.price)
                what = f"{o.ticket} {order_word(o)} {o.volume} {o.symbol} at {at}"
                return str(event.account), f"order {event.change}: {what}", "text"
            case DealSeen() if event.external:
                text = f"deal {event.deal.ticket} {event.deal.symbol}: not made by this panel"
                return str(event.account), text, "amber"
            case _:
                return None

    def _state(self, event: StateChanged) -> tuple[str, str, str] | None:
        reasons = ", ".join(sorted(reason.name.lower() for reason in event.reasons))
        text = event.state.name.replace("_", " ") + (f" ({reasons})" if reasons else "")
        if event.verdict:
            text = f"{text}: {event.verdict}"
        if self._states.get(event.account) == text:
            return None
        self._states[event.account] = text
        return str(event.account), text, "text"
