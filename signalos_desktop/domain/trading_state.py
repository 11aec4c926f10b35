"""Whether trading is allowed: a state per account, the reasons to pause, what each allows."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from signalos_desktop.domain.command import Command


class TradingState(IntEnum):
    """Ordered by severity; the effective state is the more severe of the app's and the EA's."""

    RUNNING = 0
    PAUSED = 1
    STARTING = 2
    STOPPING = 3
    STOPPED_FLAT = 4
    STOPPED_NOT_FLAT = 5

    @property
    def stopped(self) -> bool:
        return self >= TradingState.STOPPING


class PauseReason(StrEnum):
    """Why entries are paused; the state is RUNNING only when the set is empty."""

    USER = "user"
    STARTING = "starting"
    DAILY_LOSS = "daily-loss"
    DRAWDOWN = "drawdown"
    THROTTLE = "throttle"
    STALE_DATA = "stale-data"
    RECONCILE_MISMATCH = "reconcile-mismatch"
    CLOCK_SKEW = "clock-skew"
    NEWS = "news"
    SESSION = "session"
    VERSION_MISMATCH = "version-mismatch"
    AUTH_LOST = "auth-lost"
    SERVER_PAUSE = "server-pause"
    FENCED = "fenced"
    CONFIG_INVALID = "config-invalid"
    ACCOUNT_CHANGED = "account-changed"
    SLIPPAGE = "slippage"

    @property
    def clears_itself(self) -> bool:
        """True if the reason goes away with its cause; every other one waits for the user."""
        return self in _CLEARS_ITSELF


_CLEARS_ITSELF = frozenset(
    {
        PauseReason.STARTING,
        PauseReason.STALE_DATA,
        PauseReason.NEWS,
        PauseReason.SESSION,
        PauseReason.CLOCK_SKEW,
    }
)


class StopLevel(IntEnum):
    """How much a stop does: HALT keeps positions, FLATTEN closes them."""

    NONE = 0
    HALT = 1
    FLATTEN = 2


@dataclass(frozen=True, slots=True)
class Refusal:
    """A stable code and a sentence with the numbers and the next step."""

    code: str
    text: str


def refuse_command(
    command: Command,
    state: TradingState,
    reasons: frozenset[PauseReason],
    *,
    by_user: bool,
    by_rule: bool = False,
) -> Refusal | None:
    """What the state says to a command, last before it is written; None = allowed.

    by_rule: a rule of an open trade asks for it; a stop ends all of those.
    """
    action = command.action
    if by_rule and state.stopped:
        return Refusal("HALTED", f"{state.name}: rules of open trades rest until you resume")
    if action.reduces or action.value == "PING":
        return None
    why = ", ".join(sorted(reasons))
    if state.stopped:
        if not action.opens and by_user and state is TradingState.STOPPED_NOT_FLAT:
            return None
        return Refusal("HALTED", f"{state.name}: resume first, then send it again")
    if state is TradingState.RUNNING:
        return None
    if action.opens:
        return Refusal("PAUSED", f"paused ({why}): clear the reason or resume first")
    if by_user or action.value == "BREAKEVEN":
        return None
    return Refusal("PAUSED", f"paused ({why}): only tightening S/L goes on by itself")
