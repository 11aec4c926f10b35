"""Nothing is lost on the way: what was accepted, written, settled by the EA and answered agrees."""

from dataclasses import dataclass, field

from signalos_desktop.domain.ea_status import EaStatus
from signalos_desktop.domain.trading_state import PauseReason
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import CommandState
from signalos_desktop.engine.events import CommandChanged, EaSeen, ReceiptRead
from signalos_desktop.engine.pipeline import Pipeline
from signalos_desktop.engine.ports import Clock

SETTLED_FOR_S = 10.0
"""So long a difference must stand: a receipt may lie in a file that another program holds."""
NEXT_STEP = (
    "compare Commands & receipts with History in MT5: no entry is sent until you resume after that"
)
_LISTED = 10


@dataclass(slots=True)
class _Count:
    """One account's session. The sets hold ids; what is answered is only counted."""

    accepted: int = 0
    not_sent: int = 0
    published: int = 0
    answered: int = 0
    waiting: set[int] = field(default_factory=set)
    dropped: set[int] = field(default_factory=set)
    unanswered: set[int] = field(default_factory=set)
    largest: int = 0
    since: float = 0.0
    differs: str = ""
    said: set[str] = field(default_factory=set)


class Flow:
    """Counts beside the flight, by what is told alone; looks at every heartbeat of the EA.

    While commands are under way only rows that the EA says it has settled must have a receipt.
    """

    def __init__(self, pipeline: Pipeline, bus: EventBus, clock: Clock) -> None:
        self._pipeline = pipeline
        self._clock = clock
        self.counts: dict[Account, _Count] = {}
        bus.subscribe(CommandChanged, self._on_command)
        bus.subscribe(ReceiptRead, self._on_receipt)
        bus.subscribe(EaSeen, self._on_ea)

    def _of(self, account: Account) -> _Count:
        return self.counts.setdefault(account, _Count())

    def _on_command(self, event: CommandChanged) -> None:
        count, cmd_id = self._of(event.account), event.command.cmd_id
        if event.state is CommandState.QUEUED:
            count.accepted += 1
            count.waiting.add(cmd_id)
        elif event.state is CommandState.NOT_SENT:
            count.not_sent += 1
            count.waiting.discard(cmd_id)
            count.dropped.add(cmd_id)
        elif event.state is CommandState.PUBLISHED:
            count.published += 1
            count.waiting.discard(cmd_id)
            count.unanswered.add(cmd_id)
            count.largest = max(count.largest, cmd_id)

    def _on_receipt(self, event: ReceiptRead) -> None:
        count, cmd_id = self._of(event.account), event.receipt.cmd_id
        desk = self._pipeline.desks.get(event.account)
        if desk is None or event.receipt.session not in (None, desk.session):
            return
        if cmd_id in count.dropped:
            # The row was there although its writing failed: it was published after all.
            count.dropped.discard(cmd_id)
            count.not_sent -= 1
            count.published += 1
            count.unanswered.add(cmd_id)
        if event.receipt.status.terminal and cmd_id in count.unanswered:
            count.unanswered.discard(cmd_id)
            count.answered += 1

    def _on_ea(self, event: EaSeen) -> None:
        desk = self._pipeline.desks.get(event.account)
        if desk is not None and event.status.session == desk.session:
            self._look(desk, event.status)

    def _look(self, desk: Desk, status: EaStatus) -> None:
        count, now = self._of(desk.account), self._clock.monotonic()
        differs = "" if desk.bridge.behind else self._difference(desk, count, status)
        if differs != count.differs:
            count.differs, count.since = differs, now
        if not differs or differs in count.said or now - count.since < SETTLED_FOR_S:
            return
        count.said.add(differs)
        desk.safety.pause(PauseReason.RECONCILE_MISMATCH)
        numbers = (
            f"session {desk.session}: accepted {count.accepted}, not sent {count.not_sent},"
            f" written {count.published}, answered {count.answered},"
            f" the EA's last settled row {status.last_settled}"
        )
        desk.alarm("FLOW_MISMATCH", f"{differs}; {numbers}", NEXT_STEP)

    def _difference(self, desk: Desk, count: _Count, status: EaStatus) -> str:
        """What does not agree; empty = everything does."""
        self._take_words(desk, count)
        lost = sorted(
            cmd_id
            for cmd_id in count.unanswered
            if cmd_id <= status.last_settled and not desk.flight.tracked[cmd_id].receipts
        )
        if lost:
            listed = ", ".join(map(str, lost[:_LISTED]))
            return f"the EA has settled command(s) {listed} and no receipt came"
        if status.last_settled > desk.last_id:
            return "the EA has settled a row that this panel never numbered"
        if count.waiting or count.unanswered:
            return ""
        whole = count.accepted == count.not_sent + count.published
        if not whole or count.published != count.answered:
            return "what was accepted, written and answered differs"
        if desk.bridge.means.proves_flat and status.last_settled < count.largest:
            return "every receipt is here, and the EA does not count its last row"
        return ""

    @staticmethod
    def _take_words(desk: Desk, count: _Count) -> None:
        """What the user has settled is answered, too."""
        settled = {i for i in count.unanswered if desk.flight.tracked[i].resolved_as is not None}
        count.unanswered -= settled
        count.answered += len(settled)
