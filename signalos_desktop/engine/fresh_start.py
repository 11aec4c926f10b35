"""START_FRESH: the Expert Advisor puts its damaged files aside and stays stopped."""

import asyncio

from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.resume import FRESH_S

WAIT_S = 10.0
_POLL_S = 0.02


async def start_fresh(desk: Desk) -> Refusal | None:
    """Only at the user's wish, who has looked in MT5 what the damaged files no longer tell.

    The largest id ever used goes along: nothing up to it is ever executed again.
    """
    refusal = _refuse(desk)
    if refusal is not None:
        return refusal
    desk.control("START_FRESH", str(desk.last_id))
    desk.judge_anew("the user starts the Expert Advisor fresh")
    loop = asyncio.get_running_loop()
    end = loop.time() + WAIT_S
    while loop.time() < end:
        status = desk.book.status
        if status is not None and not status.halt.damaged:
            return None
        await asyncio.sleep(_POLL_S)
    text = f"the EA still reports damaged files after {WAIT_S:.0f} s: see its journal in MT5"
    return Refusal("STILL_DAMAGED", text)


def _refuse(desk: Desk) -> Refusal | None:
    status, age = desk.book.status, desk.book.heartbeat_age(desk.sight().monotonic)
    if desk.fenced:
        return Refusal("FENCED", "another panel has this terminal: close one of them")
    if status is None or age > FRESH_S:
        text = f"last heartbeat {age:.1f} s ago, allowed {FRESH_S:.0f} s: start MT5 with the EA"
        return Refusal("EA_SILENT", text)
    if not status.halt.damaged:
        return Refusal("NOT_DAMAGED", "the EA reports no damaged file: nothing to start fresh")
    unclear = desk.flight.unresolved(desk.issuer().now)
    if unclear:
        ids = ", ".join(str(tracked.command.cmd_id) for tracked in unclear[:20])
        text = f"outcome unknown of command {ids}: look in MT5 and settle each first"
        return Refusal("UNRESOLVED", text)
    return None
