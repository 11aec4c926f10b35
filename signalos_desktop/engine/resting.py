"""Takes our resting entry orders back, where a pause asks for it."""

from collections.abc import Collection

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.orders import cancel_command
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.tickets import entry_of


def resting_tickets(desk: Desk) -> list[int]:
    """Our resting entry orders that no cancel is under way for."""
    under_way = {
        tracked.command.ticket
        for tracked in desk.flight.outstanding()
        if tracked.command.action is CommandAction.CANCEL
    }
    orders = desk.book.orders.items()
    return [t for t, order in orders if order.magic == desk.bridge.magic and t not in under_way]


async def cancel_resting(
    desk: Desk, source: str = "", *, by_user: bool, tickets: Collection[int] | None = None
) -> None:
    """Cancel them all, or those of these tickets; what is refused is the command's own outcome."""
    entries = []
    for ticket in resting_tickets(desk):
        if tickets is not None and ticket not in tickets:
            continue
        symbol = desk.book.orders[ticket].symbol
        command = cancel_command(desk.issuer(), desk.next_id(), ticket, symbol)
        entries.append(entry_of(desk, command, source))
    if entries:
        await desk.send(entries, by_user=by_user)
