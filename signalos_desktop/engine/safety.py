"""Whether trading is allowed in one account: pause reasons, the stop with its verdict, alarms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from signalos_desktop.domain.ea_status import EaStatus, Halt
from signalos_desktop.domain.position import Position
from signalos_desktop.domain.symbols import SymbolSpec
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.domain.values import Account, from_ms
from signalos_desktop.engine.events import Alarm
from signalos_desktop.engine.stop_latch import Delivery, StopPress
from signalos_desktop.engine.stop_words import (
    HINDERED,
    Leftovers,
    describe_leftovers,
    who_stopped,
    why_open,
)

NOT_DELIVERED_AFTER_S = 2.0
VERDICT_AFTER_S = 5.0
PROOF_S = 2.0
ALARM_EVERY_S = 30.0


@dataclass(frozen=True, slots=True)
class Sight:
    """What the safety state is judged by.

    in_scope: positions and orders that a stop must end. on_their_way: opens without final receipt.
    status_age: seconds since the EA wrote its status. frozen: what is open is not shown any more.
    swept: the app closes by itself and has (not) come to its end; None = the EA does. positions,
    specs: what the alarms name.
    """

    monotonic: float
    now: datetime
    fresh: bool
    status: EaStatus | None
    open_positions: int
    resting_orders: int
    in_scope: int
    unresolved: int
    on_their_way: int = 0
    frozen: bool = False
    swept: bool | None = None
    status_age: float = 0.0
    positions: Mapping[int, Position] = field(default_factory=dict)
    specs: Mapping[str, SymbolSpec] = field(default_factory=dict)


class Safety:
    """State of one account. Anybody may make it more severe; only a resume makes it less.

    by_flag: a stop reaches this terminal by halt flags, so that a missing one is an alarm.
    """

    def __init__(self, account: Account, reasons: frozenset[PauseReason]) -> None:
        self.account = account
        self.verdict = ""
        self.by_flag = False
        self.stopped_by = ""
        self.stopped_at: datetime | None = None
        self._flat = False
        self._pressed_here = False
        self._reasons = set(reasons) | {PauseReason.STARTING}
        self._wanted = StopLevel.NONE
        self._press: StopPress | None = None
        self._since: float | None = None
        self._pressed_at = 0.0
        self._errors: dict[str, str] = {}
        self._delivered = False
        self._releasing = False
        self._alarmed: dict[str, float] = {}

    @property
    def reasons(self) -> frozenset[PauseReason]:
        return frozenset(self._reasons)

    @property
    def stopped(self) -> bool:
        """True while the app itself asks for a stop."""
        return self._wanted is not StopLevel.NONE

    @property
    def wanted(self) -> StopLevel:
        """How much of a stop the app itself asks for."""
        return self._wanted

    @property
    def press(self) -> StopPress | None:
        """The latest press of this app's."""
        return self._press

    @property
    def press_id(self) -> str:
        """The id that the flags of the latest press carry; empty if this app knows of none."""
        return self._press.press_id if self._press is not None else ""

    @property
    def stopping(self) -> bool:
        """True while a stop has not come to its verdict yet."""
        return self._since is not None and self.verdict != ""

    def pause(self, reason: PauseReason) -> bool:
        """True if the reason is new."""
        new = reason not in self._reasons
        self._reasons.add(reason)
        if new and reason is PauseReason.USER:
            self._pressed_here = True
        return new

    @property
    def undoable(self) -> bool:
        """True for a pause that is the user's alone: pressed in this run, and after no stop."""
        return self._pressed_here and self._reasons == {PauseReason.USER} and not self.stopped

    def clear(self, reason: PauseReason) -> bool:
        """True if the reason was there."""
        there = reason in self._reasons
        self._reasons.discard(reason)
        return there

    def stop(self, press: StopPress, monotonic: float) -> None:
        """Somebody pressed; a level never goes down, and a verdict that is due is not put off."""
        unsettled = self._since is not None and self.verdict not in ("", "POSITIONS_KEPT")
        if not unsettled or press.level > self._wanted:
            self._since = monotonic
        self.stopped_by = self.stopped_by or press.source
        self._wanted = max(self._wanted, press.level)
        self._press = press
        self._flat = self._pressed_here = False
        self._pressed_at = monotonic
        self._releasing = False
        self._delivered = False
        self._errors.clear()
        self._alarmed.clear()

    def take_over(self, level: StopLevel, monotonic: float, source: str = "") -> None:
        """A stop that the journal remembers and the EA has: no press of this app's."""
        self.stopped_by = self.stopped_by or source
        self._wanted = max(self._wanted, level)
        self._since = self._pressed_at = monotonic

    def renew(self, press: StopPress) -> None:
        """The flags of the stop that stands are written anew, under this press's id."""
        self._press = press
        self._delivered = False

    def note_delivery(self, delivery: Delivery) -> None:
        if self._press is None or delivery.press.press_id != self._press.press_id:
            return
        if delivery.error:
            self._errors[delivery.path] = delivery.error
        else:
            self._delivered = True

    def expect_release(self, *, expected: bool) -> None:
        """The user resumes: the stop ends in the moment the EA says so. A new press ends this."""
        self._releasing = expected

    def _release(self) -> None:
        """The EA has released the stop: what is left is a pause of the user's."""
        self._releasing = self._pressed_here = False
        self._wanted = StopLevel.NONE
        self._press = None
        self._since = None
        self.verdict = ""
        self.stopped_by, self.stopped_at = "", None
        self._alarmed.clear()
        self._reasons.add(PauseReason.USER)

    def judge(self, sight: Sight) -> TradingState:
        """The effective state: the more severe of the app's and the EA's."""
        halt = sight.status.halt if sight.status is not None else None
        if self._releasing and halt is not None and halt.level is StopLevel.NONE:
            self._release()
        if halt is not None:
            self._wanted = max(self._wanted, halt.level)
        if self._wanted is StopLevel.NONE:
            self._since, self.verdict = None, ""
            if PauseReason.STARTING in self._reasons:
                return TradingState.STARTING
            return TradingState.PAUSED if self._reasons else TradingState.RUNNING
        if self._since is None:
            self._since = sight.monotonic
        self._note_who(sight, halt)
        state, self.verdict = self._judge_stop(sight, halt)
        self._flat = state is TradingState.STOPPED_FLAT
        return state

    def _note_who(self, sight: Sight, halt: Halt | None) -> None:
        """Who was the first to stop, and when; the EA knows it where this app does not."""
        latched = halt is not None and halt.level is not StopLevel.NONE
        if halt is not None and latched and not self.stopped_by:
            self.stopped_by = who_stopped(halt)
        if self.stopped_at is not None:
            return
        if halt is not None and latched:
            self.stopped_at = from_ms(halt.since_ms)
        elif self._press is not None:
            self.stopped_at = sight.now

    def alarms(self, sight: Sight, state: TradingState) -> list[Alarm]:
        """What must be said now; a standing alarm is repeated every 30 s."""
        found: list[Alarm] = []
        if state.stopped:
            found.extend(self._stop_alarms(sight, state))
        return [alarm for alarm in found if self._due(alarm.code, sight.monotonic)]

    def _judge_stop(self, sight: Sight, halt: Halt | None) -> tuple[TradingState, str]:
        overdue = self._waited(sight) >= VERDICT_AFTER_S
        if sight.swept:
            return TradingState.STOPPED_NOT_FLAT, "CANNOT_BE_PROVEN"
        if sight.swept is not None:
            return self._late(overdue, "STILL_CLOSING")
        if halt is None or not sight.fresh:
            return self._late(overdue, "EA_SILENT")
        if not self.acknowledged(halt):
            return self._late(overdue, "NOT_ACKNOWLEDGED")
        unclear = sight.unresolved + sight.on_their_way
        if sight.frozen:
            return self._late(overdue, "SNAPSHOTS_FROZEN")
        if halt.flat and not sight.in_scope and not unclear:
            if self._flat or sight.status_age <= PROOF_S:
                return TradingState.STOPPED_FLAT, ""
            return self._late(overdue, "STATUS_OLD")
        if unclear or halt.unresolved:
            return self._late(overdue, "UNRESOLVED")
        if halt.level is StopLevel.HALT and not halt.orders and halt.positions:
            return TradingState.STOPPED_NOT_FLAT, "POSITIONS_KEPT"
        return self._late(overdue, why_open(sight.status) if sight.status else "STILL_OPEN")

    def acknowledged(self, halt: Halt) -> bool:
        """True if the EA has latched what this app asks for, by its latest press."""
        if halt.level < self._wanted:
            return False
        return self._press is None or self._press.press_id in halt.known

    @staticmethod
    def _late(overdue: bool, verdict: str) -> tuple[TradingState, str]:
        if overdue:
            return TradingState.STOPPED_NOT_FLAT, verdict
        return TradingState.STOPPING, verdict

    def _stop_alarms(self, sight: Sight, state: TradingState) -> list[Alarm]:
        alarms: list[Alarm] = []
        if self._undelivered(sight):
            found = [f"{path}: {error}" for path, error in self._errors.items()]
            where = "; ".join(found) or f"no answer of the disk in {NOT_DELIVERED_AFTER_S:.0f} s"
            alarms.append(
                Alarm(
                    self.account,
                    "STOP_NOT_DELIVERED",
                    f"the halt flag could not be written ({where})",
                    "press Algo Trading in MT5 now, then close positions there by hand",
                )
            )
        not_flat = state is TradingState.STOPPED_NOT_FLAT and self.verdict != "POSITIONS_KEPT"
        if not_flat or self.verdict in HINDERED:
            alarms.append(self._not_flat(sight))
        return alarms

    def _undelivered(self, sight: Sight) -> bool:
        """True if no flag of the press is known to lie and the EA does not know it either."""
        if self._press is None or self._delivered or not self.by_flag:
            return False
        known = sight.status.halt.known if sight.status is not None else ()
        late = sight.monotonic - self._pressed_at >= NOT_DELIVERED_AFTER_S
        return late and self._press.press_id not in known

    def _waited(self, sight: Sight) -> float:
        return sight.monotonic - self._since if self._since is not None else 0.0

    def _not_flat(self, sight: Sight) -> Alarm:
        counts = (
            f"{sight.open_positions} position(s), {sight.resting_orders} order(s),"
            f" {sight.unresolved} unknown outcome(s)"
        )
        whole = sight.status is None or sight.status.scope == "ACCOUNT"
        magic = sight.status.magic if sight.status is not None else 0
        positions = tuple(p for p in sight.positions.values() if whole or p.magic == magic)
        left = Leftovers(self.verdict, counts, positions, sight.specs, sight.status, sight.now)
        text, step = describe_leftovers(left)
        return Alarm(self.account, f"NOT_FLAT_{self.verdict}", text, step)

    def _due(self, code: str, monotonic: float) -> bool:
        last = self._alarmed.get(code)
        if last is not None and monotonic - last < ALARM_EVERY_S:
            return False
        self._alarmed[code] = monotonic
        return True
