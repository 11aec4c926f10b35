"""What the user says of commands after a look at the broker, kept and taken for true."""

from collections.abc import Sequence

from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import ResolutionEntry
from signalos_desktop.engine.flight import CLOSED, FILLED, NOT_FILLED, Tracked

RESOLUTIONS = (FILLED, NOT_FILLED, CLOSED)


def to_settle(desk: Desk, signal: str, resolved_as: str) -> list[Tracked] | Refusal:
    """The commands that the user speaks of, or why there are none."""
    if resolved_as not in RESOLUTIONS:
        allowed = " or ".join(RESOLUTIONS)
        return Refusal("BAD_FIELD", f"as = {resolved_as[:40]}, allowed {allowed}")
    if resolved_as == CLOSED:
        if desk.bridge.means.proves_flat:
            text = "this Expert Advisor states itself what is open: close it or wait"
            return Refusal("NOT_NEEDED", text)
        opened = [tracked for tracked in opened_by(desk) if tracked.entry.signal == signal]
        return opened or Refusal("NOTHING_OPEN", f"nothing of {signal} is known to be open")
    unclear = [t for t in desk.flight.unresolved(desk.issuer().now) if t.entry.signal == signal]
    return unclear or Refusal("NOTHING_UNCLEAR", f"nothing of {signal} is unclear")


def opened_by(desk: Desk) -> list[Tracked]:
    """The commands behind the positions that are known."""
    found = (desk.flight.tagged(position) for position in desk.book.positions.values())
    cmd_ids = dict.fromkeys(cmd_id for cmd_id in found if cmd_id is not None)
    return [desk.flight.tracked[cmd_id] for cmd_id in cmd_ids]


async def settle(desk: Desk, commands: Sequence[Tracked], resolved_as: str) -> None:
    """Journal first: LedgerFailedError = nothing was settled."""
    now = desk.issuer().now
    cmd_ids = [tracked.command.cmd_id for tracked in commands]
    await desk.keep(*(ResolutionEntry(desk.account, i, now, resolved_as) for i in cmd_ids))
    for tracked in commands:
        if tracked.open_ended or resolved_as == CLOSED:
            desk.flight.resolve(tracked.command.cmd_id, resolved_as)
            desk.recall(tracked)
