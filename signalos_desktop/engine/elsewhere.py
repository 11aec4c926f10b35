"""A stop reaches every place it ever knew; a resume takes its flags away where nobody answers."""

import asyncio

from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import AlarmEntry
from signalos_desktop.engine.stop_latch import StopLatch

NEXT_STEP = "nothing to do: a terminal that starts there is not stopped by it any more"
STAYS = "delete the file by hand, or the Expert Advisor that starts there is stopped"


async def clear_elsewhere(
    latch: StopLatch, desk: Desk, attached: frozenset[str], presses: frozenset[str]
) -> str:
    """Take away the flags of these presses but for attached terminals'; what was done, in words.

    The flags of others, and those laid by hand, stay. An Expert Advisor that has seen one of ours
    is latched without it, and wants a resume of its own.
    """
    if not presses:
        return ""
    gone, stays = await asyncio.to_thread(latch.clear, presses, attached)
    if stays:
        desk.alarm("FLAG_STAYS", f"a halt flag of this stop stays: {'; '.join(stays)}", STAYS)
    if not gone:
        return ""
    text = f"the halt flag of this stop was taken away in other folders, too: {', '.join(gone)}"
    now = desk.issuer().now
    desk.journal(AlarmEntry(desk.account, now, "FLAGS_CLEARED", text, NEXT_STEP))
    return text
