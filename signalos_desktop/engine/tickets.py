"""Commands on single tickets, as the Expert Advisor of their desk can execute them."""

from signalos_desktop.domain.command import Command
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.domain.values import ZERO
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import CommandEntry
from signalos_desktop.engine.judging import fit


def fitted(desk: Desk, command: Command) -> Command | Refusal:
    """The command as this Expert Advisor can execute it, or why it cannot."""
    symbol, magic = command.symbol, desk.bridge.magic
    held = [p for p in desk.book.positions.values() if (p.symbol, p.magic) == (symbol, magic)]
    coming = [t for t in desk.flight.outstanding() if t.command.symbol == symbol]
    entries = sum(1 for tracked in coming if tracked.command.action.opens)
    return fit(command, desk.bridge.means, held, entries)


def entry_of(desk: Desk, command: Command, source: str = "") -> CommandEntry:
    """What is journalled of a command on a ticket, beside the signal that opened it."""
    flight, order = desk.flight, desk.book.orders.get(command.ticket or 0)
    opened = flight.opened(command.ticket or 0)
    if opened is None and order is not None:
        opened = flight.tracked.get(flight.tagged(order) or 0)
    signal = opened.entry.signal if opened is not None else None
    intent = f"{command.action.value}/{command.ticket}/{command.cmd_id}@{desk.account}"
    return CommandEntry(command, signal, intent, ZERO, source=source)
