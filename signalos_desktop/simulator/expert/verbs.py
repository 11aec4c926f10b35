"""What the panel's control rows do: withdraw, resume, symbols, timer, scope, start fresh."""

from collections.abc import Callable

from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.wire.control import ControlRow, ControlVerb, Scope
from signalos_desktop.simulator.expert.desk import Desk
from signalos_desktop.simulator.expert.intents import NAME as INTENTS
from signalos_desktop.simulator.files import FilesBusyError, FilesFailedError

TIMER_MS = (10, 1000)


class Verbs:
    """Every verb is idempotent. Each answers whether it is dealt with, False = try it again."""

    def __init__(
        self,
        desk: Desk,
        breach: Callable[[], str],
        symbols_now: Callable[[], None],
        withdrawn: dict[int, int],
    ) -> None:
        self._desk = desk
        self._breach = breach
        self._symbols_now = symbols_now
        self._started_ms = desk.now_ms()
        self._withdrawn = withdrawn
        self.timer_ms = desk.inputs.timer_ms
        self._verbs = {
            ControlVerb.WITHDRAW: self._withdraw,
            ControlVerb.RESUME: self._resume,
            ControlVerb.SYMBOLS: self._symbols,
            ControlVerb.TIMER: self._timer,
            ControlVerb.SCOPE: self._scope,
            ControlVerb.START_FRESH: self._start_fresh,
        }

    def obey(self, row: ControlRow) -> bool:
        return self._verbs[row.verb](row)

    def _withdraw(self, row: ControlRow) -> bool:
        self._withdrawn[row.session] = max(int(row.arg), self._withdrawn.get(row.session, 0))
        return True

    def _timer(self, row: ControlRow) -> bool:
        least, most = TIMER_MS
        self.timer_ms = min(most, max(least, int(row.arg)))
        return True

    def _scope(self, row: ControlRow) -> bool:
        self._desk.scope.ask(Scope(row.arg))
        return True

    def _symbols(self, row: ControlRow) -> bool:
        if row.arg and not self._desk.terminal.select_symbol(row.arg):
            self._refused(row, f"{row.arg} is not a symbol of this broker")
        self._symbols_now()
        return True

    def _resume(self, row: ControlRow) -> bool:
        latch = self._desk.latch
        why = self._against_resume(row)
        if why:
            self._refused(row, why)
            return True
        if latch.level is StopLevel.NONE:
            return True
        try:
            latch.release()
        except (FilesBusyError, FilesFailedError):
            return False
        return True

    def _against_resume(self, row: ControlRow) -> str:
        latch = self._desk.latch
        if int(row.arg) != latch.stop_id:
            return f"the stop is {latch.stop_id}"
        if latch.lying:
            return f"a flag lies there: {', '.join(flag.identity for flag in latch.lying)}"
        if self._desk.damaged:
            return "intents.csv or latch.csv is damaged, START_FRESH comes first"
        return self._breach()

    def _start_fresh(self, row: ControlRow) -> bool:
        desk = self._desk
        if self._desk.damaged:
            try:
                desk.latch.start_fresh(INTENTS)
            except (FilesBusyError, FilesFailedError):
                return False
            desk.intents.start_fresh()
        if not desk.latch.started_fresh:
            self._refused(row, "nothing is damaged")
            return True
        desk.receipts.raise_mark(row.session, int(row.arg))
        return True

    def _refused(self, row: ControlRow, why: str) -> None:
        """Rows of before the start are read again with every start: those are old news."""
        if row.utc_ms >= self._started_ms:
            self._desk.events.add("GUARD", f"{row.verb} {row.arg} refused: {why}")
