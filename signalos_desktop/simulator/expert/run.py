"""One run of the expert, from OnInit to OnDeinit: its parts, and the order of their work."""

from collections.abc import Callable

from signalos_desktop import __version__
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.simulator.expert.command_files import CommandFiles
from signalos_desktop.simulator.expert.control import Control
from signalos_desktop.simulator.expert.dead_man import DeadManSwitch
from signalos_desktop.simulator.expert.desk import Desk
from signalos_desktop.simulator.expert.doubt import Doubts
from signalos_desktop.simulator.expert.events import Events
from signalos_desktop.simulator.expert.flags import Flags
from signalos_desktop.simulator.expert.heartbeats import Heartbeats
from signalos_desktop.simulator.expert.history import History
from signalos_desktop.simulator.expert.inputs import ExpertInputs, ScopeInForce
from signalos_desktop.simulator.expert.intents import Intents
from signalos_desktop.simulator.expert.journal import Journal
from signalos_desktop.simulator.expert.latch import Latch
from signalos_desktop.simulator.expert.pulse import Pulse
from signalos_desktop.simulator.expert.receipts import Receipts
from signalos_desktop.simulator.expert.row_log import RowLog
from signalos_desktop.simulator.expert.rows import Rows
from signalos_desktop.simulator.expert.status import EA, PROTOCOL, Status
from signalos_desktop.simulator.expert.sweep import Sweep
from signalos_desktop.simulator.expert.verbs import Verbs
from signalos_desktop.simulator.files import Files, FilesBusyError, FilesFailedError
from signalos_desktop.simulator.trade import Terminal

BAD_ROWS = "bad_rows.csv"
DAMAGED = "DAMAGED"
FIND_EVERY_S = 1.0
# A long batch is dealt with in pieces, so that the heartbeat goes on.
ROWS_FOR_S = 0.5


class Run:
    """All state of the expert; a new one knows nothing but what stands in the files."""

    def __init__(
        self,
        inputs: ExpertInputs,
        terminal: Terminal,
        files: Files,
        common: Files | None,
        monotonic: Callable[[], float],
    ) -> None:
        pulse = Pulse(files, monotonic)
        events = Events(files, terminal, lambda: pulse.session)
        self.desk = desk = Desk(
            inputs,
            terminal,
            monotonic,
            pulse,
            Receipts(files, terminal),
            Intents(files),
            events,
            History(files, terminal),
            Latch(files, Flags(files, common), events, terminal),
            ScopeInForce(inputs.scope),
        )
        self._files = CommandFiles(files)
        self._found_at = monotonic()
        self._sweep = Sweep(desk)
        self._doubts = Doubts(desk, self._sweep.close_late_fill)
        bad_rows = Journal(RowLog(files, BAD_ROWS, "rows put aside"))
        self._journals = (desk.receipts.journal, events.journal, desk.history.journal, bad_rows)
        withdrawn: dict[int, int] = {}
        self._rows = Rows(desk, self._files, self._doubts, bad_rows, withdrawn)
        breach = self._rows.guard.daily_loss_breach
        self.verbs = Verbs(desk, breach, self._symbols_now, withdrawn)
        self._status = Status(desk, self._files, self._doubts, self._sweep, self.verbs)
        self._heartbeats = Heartbeats(desk, files, self._status.now)
        self._status.session_floor = self._heartbeats.last_session
        self._control = Control(files, self.verbs.obey, self._rows.bad_row, self._session_now)
        self._dead_man = DeadManSwitch(desk, breach)
        self._begin()

    def _begin(self) -> None:
        desk = self.desk
        desk.events.add("INIT", f"{EA} {__version__}, protocol {PROTOCOL}")
        if desk.damaged and not (desk.latch.level and desk.latch.source == DAMAGED):
            words = "intents.csv or latch.csv has a row that cannot be read"
            desk.events.add("DAMAGED", words)
            desk.latch.stop_myself(StopLevel.HALT, DAMAGED, words)
        self._doubts.restore()
        self._sweep.restore()
        desk.latch.look()
        self._heartbeats.beat()

    def _symbols_now(self) -> None:
        self._heartbeats.symbols_now()

    def _session_now(self) -> int | None:
        pulse = self.desk.pulse
        return pulse.session if pulse.refresh() else None

    def timer(self) -> None:
        desk = self.desk
        for journal in self._journals:
            if journal.behind:
                journal.flush()
        desk.latch.look()
        desk.pulse.look()
        self._control.look()
        self._find_files()
        self._files.look()
        until = desk.monotonic() + ROWS_FOR_S
        while self._rows.settle_next() and desk.monotonic() < until:
            desk.latch.look()
            self._control.look()
        self._doubts.look()
        self._sweep.run(self._status.unresolved)
        self._dead_man.look()
        self._heartbeats.beat()

    def _find_files(self) -> None:
        """The file of the session at once; a listing each second finds every other one."""
        now = self.desk.monotonic()
        try:
            self._files.expect(self.desk.pulse.file)
            if now - self._found_at >= FIND_EVERY_S:
                self._files.find()
                self._found_at = now
        except (FilesBusyError, FilesFailedError):
            return
