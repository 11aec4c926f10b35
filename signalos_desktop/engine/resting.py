"""Takes our resting entry orders back, where a pause asks for it."""

from decimal import Decimal

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.orders import cancel_command
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import CommandEntry


def resting_tickets(desk: Desk) -> list[int]:
    """Our resting entry orders that no cancel is under way for."""
    under_way = {
        tracked.command.ticket
        for tracked in desk.flight.outstanding()
        if tracked.command.action is CommandAction.CANCEL
    }
    orders = desk.book.orders.items()
    return [t for t, order in orders if order.magic == desk.bridge.magic and t not in under_way]


async def cancel_resting(desk: Desk, source: str) -> None:
    """Cancel them all; what is refused comes as the command's own outcome."""
    entries = []
    for ticket in resting_tickets(desk):
        symbol = desk.book.orders[ticket].symbol
        command = cancel_command(desk.issuer(), desk.next_id(), ticket, symbol)
        opened = desk.flight.opened(ticket)
        signal = opened.entry.signal if opened is not None else None
        intent = f"{command.action.value}/{ticket}/{command.cmd_id}@{desk.account}"
        entries.append(CommandEntry(command, signal, intent, Decimal(0), source=source))
    if entries:
        await desk.send(entries, by_user=False)
