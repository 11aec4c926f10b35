"""The stop itself: latch.csv, the flags that raise it, the one way to release it."""

from dataclasses import dataclass, field

from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.values import to_ms
from signalos_desktop.domain.wire.ea_rows import (
    LATCH_HEADER,
    LatchLevel,
    LatchRow,
    decode_latch,
    encode_latch,
)
from signalos_desktop.domain.wire.fields import RowError
from signalos_desktop.domain.wire.flag import encode_flag
from signalos_desktop.simulator.expert.events import Events
from signalos_desktop.simulator.expert.flags import NAME, Flags, FoundFlag
from signalos_desktop.simulator.expert.journal import Journal
from signalos_desktop.simulator.expert.row_log import RowLog
from signalos_desktop.simulator.files import Files, FilesBusyError, FilesFailedError
from signalos_desktop.simulator.trade import Terminal

LATCH = "latch.csv"
START_FRESH = "START_FRESH"


@dataclass(slots=True)
class _Memory:
    """What latch.csv says. of_this_stop: flags since the last release; ever: of all times."""

    stop_id: int = 0
    level: StopLevel = StopLevel.NONE
    source: str = ""
    since_ms: int = 0
    latched_ms: int = 0
    of_this_stop: list[str] = field(default_factory=list)
    ever: set[str] = field(default_factory=set)
    fresh: bool = False

    def take(self, row: LatchRow) -> None:
        if row.level is LatchLevel.RELEASED:
            self.level, self.of_this_stop = StopLevel.NONE, []
            return
        if self.level is StopLevel.NONE:
            self.latched_ms = row.utc_ms
        if row.stop_id != self.stop_id or self.level is StopLevel.NONE:
            self.since_ms, self.source = row.utc_ms, row.source
        self.stop_id = max(self.stop_id, row.stop_id)
        self.level = max(self.level, StopLevel[row.level.value])
        self.fresh = self.fresh or row.source == START_FRESH
        if row.flag_identity:
            self.ever.add(row.flag_identity)
            if row.flag_identity not in self.of_this_stop:
                self.of_this_stop.append(row.flag_identity)


class Latch:
    """Nothing but RESUME for this very stop releases it; a newer flag is a newer stop."""

    def __init__(self, files: Files, flags: Flags, events: Events, terminal: Terminal) -> None:
        self._files = files
        self._flags = flags
        self._events = events
        self._terminal = terminal
        self._own_flag = b""
        self._memory = _Memory()
        self.lying: list[FoundFlag] = []
        self.damaged_rows = 0
        self._open()

    def _open(self) -> None:
        self._log = RowLog(self._files, LATCH, LATCH_HEADER)
        self._journal = Journal(self._log)
        for line in self._log.lines():
            try:
                self._memory.take(decode_latch(line))
            except RowError:
                self.damaged_rows += 1

    @property
    def stop_id(self) -> int:
        return self._memory.stop_id

    @property
    def level(self) -> StopLevel:
        return self._memory.level

    @property
    def source(self) -> str:
        return self._memory.source

    @property
    def since_ms(self) -> int:
        return self._memory.since_ms

    @property
    def latched_ms(self) -> int:
        """Since when it is latched without a release between; a newer stop does not change it."""
        return self._memory.latched_ms

    @property
    def known(self) -> tuple[str, ...]:
        return tuple(self._memory.of_this_stop)

    @property
    def started_fresh(self) -> bool:
        """True if latch.csv was begun anew by START_FRESH."""
        return self._memory.fresh

    @property
    def stopped(self) -> bool:
        return self.level > StopLevel.NONE or bool(self.lying)

    def look(self) -> None:
        """Read the flags, latch for each that is new; write what could not be written before."""
        self._journal.flush()
        self._drop_own_flag()
        self.lying = self._flags.lying()
        flags = [flag for flag in self.lying if flag.identity]
        if not flags:
            return
        memory = self._memory
        level = max(memory.level, *(flag.level for flag in flags))
        new = [flag for flag in flags if flag.identity not in memory.ever]
        if memory.level is StopLevel.NONE:
            self._stop(memory.stop_id + 1, level, new or flags)
        elif new:
            self._stop(memory.stop_id + 1, level, new)
        elif level > memory.level:
            self._stop(memory.stop_id, level, flags)

    def _stop(self, stop_id: int, level: StopLevel, flags: list[FoundFlag]) -> None:
        for flag in flags:
            self._take(stop_id, level, flag.source, flag.identity)
        self._events.add("STOPPED", f"stop {stop_id} {level.name}: {flags[0].identity}")

    def stop_myself(self, level: StopLevel, source: str, why: str) -> None:
        """A latch of the expert's own: a new stop, and a flag that tells everybody."""
        stop_id = self.stop_id + self.damaged_rows + 1
        level = max(self.level, level)
        now = to_ms(self._terminal.time_gmt())
        identity = f"ea-{stop_id}-{now}"
        self._take(stop_id, level, source, identity)
        self._own_flag = encode_flag(level, identity)
        self._drop_own_flag()
        self._events.add("STOPPED", f"stop {stop_id} {level.name}: {source}, {why}")

    def _drop_own_flag(self) -> None:
        """A flag that lies there says as much already, and is never weakened."""
        if not self._own_flag:
            return
        try:
            if self._files.size(NAME) is None:
                self._files.replace(NAME, self._own_flag)
        except (FilesBusyError, FilesFailedError):
            return
        self._own_flag = b""

    def _take(self, stop_id: int, level: StopLevel, source: str, identity: str) -> None:
        now = to_ms(self._terminal.time_gmt())
        row = LatchRow(stop_id, LatchLevel[level.name], source, identity, now)
        self._memory.take(row)
        self._journal.add(encode_latch(row))

    def release(self) -> None:
        """RELEASED goes to the file first; raises the errors of Files, then nothing is released."""
        self._journal.flush()
        if self._journal.behind:
            raise FilesFailedError(f"{LATCH}: rows of this stop are not written yet")
        now = to_ms(self._terminal.time_gmt())
        row = LatchRow(self.stop_id, LatchLevel.RELEASED, "RESUME", "", now)
        self._log.append(encode_latch(row))
        self._memory.take(row)
        self._own_flag = b""
        self._events.add("RELEASED", f"stop {self.stop_id} released")

    def start_fresh(self, intents: str) -> None:
        """Put the damaged files aside and stay stopped under a new id; raises Files' errors."""
        stop_id = self.stop_id + self.damaged_rows + 1
        now = to_ms(self._terminal.time_gmt())
        old = self._files.read(LATCH)
        if old is not None:
            self._files.replace(f"damaged/{stop_id}.{LATCH}", old)
        if self._files.size(intents) is not None:
            self._files.move(intents, f"damaged/{stop_id}.{intents}")
        level = max(self.level, StopLevel.HALT)
        row = LatchRow(stop_id, LatchLevel[level.name], START_FRESH, "", now)
        header = LATCH_HEADER.encode("ascii") + b"\n"
        self._files.replace(LATCH, header + encode_latch(row))
        self._memory = _Memory()
        self.damaged_rows = 0
        self._open()
        self._events.add("QUARANTINE", f"damaged files put aside, stopped under {stop_id}")
