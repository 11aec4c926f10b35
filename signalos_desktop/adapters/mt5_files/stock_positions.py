"""Positions as protocol 1 lets one know them: from receipts, and from what the user says."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.position import Position
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.symbols import SymbolSpec
from signalos_desktop.domain.values import ZERO, Side, plain
from signalos_desktop.domain.wire.stock import closed_positions
from signalos_desktop.engine.entries import KnownCommand
from signalos_desktop.engine.flight import CLOSED, FILLED
from signalos_desktop.engine.ports import Trouble

# It refused, and yet an earlier try of the same row may have been executed.
_UNCLEAR = frozenset({10008, 10010, 10011, 10012, 10028, 10031})


class ReceiptBook:
    """A filled open is a position until a CLOSE of its symbol, written later, was filled.

    What an S/L, a T/P or a person closes is not told by anybody: the user says so. changed: since
    the last look.
    """

    def __init__(self, specs: Mapping[str, SymbolSpec]) -> None:
        self.changed = True
        self._specs = specs
        self._commands: dict[int, Command] = {}
        self._open: dict[int, Position] = {}
        self._opened_by: dict[int, int] = {}
        self._taken: set[tuple[int, int]] = set()
        self._closed_up_to: dict[str, int] = {}

    def sent(self, command: Command) -> None:
        self._commands[command.cmd_id] = command

    def opens(self, cmd_id: int) -> bool:
        """True if it is a command of ours that opens a position."""
        command = self._commands.get(cmd_id)
        return command is not None and command.action.opens

    def positions(self) -> tuple[Position, ...]:
        return tuple(self._open.values())

    def recall(self, known: KnownCommand) -> None:
        """A command as the journal knows it, or as the user has settled it now."""
        command = known.entry.command
        self._commands[command.cmd_id] = command
        filled = [one for one in known.receipts if one.status is ReceiptStatus.FILLED]
        if command.action is CommandAction.CLOSE:
            for receipt in filled:
                self._close(command, receipt)
        if not command.action.opens:
            return
        if known.resolved_as == CLOSED:
            self._drop(t for t, by in tuple(self._opened_by.items()) if by == command.cmd_id)
            return
        for receipt in filled:
            self._keep(receipt.position or command.cmd_id, command, receipt.price)
        if known.resolved_as == FILLED and not filled:
            self._keep(command.cmd_id, command, command.price or ZERO)

    def take(self, receipt: Receipt) -> tuple[Receipt, tuple[Trouble, ...]]:
        """The receipt with the position it made, and what a person should know of it."""
        command = self._commands.get(receipt.cmd_id)
        if command is None:
            return receipt, ()
        if command.action is CommandAction.CLOSE:
            return receipt, self._close(command, receipt)
        if receipt.status is ReceiptStatus.REJECTED and receipt.retcode in _UNCLEAR:
            text = f"UNCLEAR: refused with {receipt.retcode}, and yet it may have been executed"
            return replace(receipt, status=ReceiptStatus.UNKNOWN, message=text), ()
        if receipt.status is ReceiptStatus.REJECTED and not receipt.retcode:
            return receipt, (_other_magic(receipt, command),)
        if receipt.status is not ReceiptStatus.FILLED:
            return receipt, ()
        ticket = receipt.ticket or command.cmd_id
        self._keep(ticket, command, receipt.price)
        made = replace(receipt, position=ticket, volume=command.lots)
        return made, self._overrun(command, receipt.price)

    def _keep(self, ticket: int, command: Command, price: Decimal) -> None:
        """Each fill once; an open that a complete CLOSE came after in the file is closed, too."""
        fill = (command.cmd_id, ticket)
        if fill in self._taken or command.cmd_id < self._closed_up_to.get(command.symbol, 0):
            return
        self._taken.add(fill)
        at = price or command.price or ZERO
        self._opened_by[ticket] = command.cmd_id
        self._open[ticket] = Position(
            ticket=ticket,
            identifier=ticket,
            symbol=command.symbol,
            side=Side.BUY if command.action is CommandAction.BUY else Side.SELL,
            volume=command.lots,
            price_open=at,
            sl=command.sl or None,
            tp=command.tp or None,
            price_current=at,
            swap=ZERO,
            profit=ZERO,
            magic=command.magic,
            comment=command.comment,
            time=command.created,
        )
        self.changed = True

    def _drop(self, tickets: Iterable[int]) -> None:
        for ticket in tickets:
            del self._open[ticket], self._opened_by[ticket]
            self.changed = True

    def _close(self, command: Command, receipt: Receipt) -> tuple[Trouble, ...]:
        """It says FILLED even when it closed only some; which ones it does not say."""
        if receipt.status is not ReceiptStatus.FILLED:
            return ()
        ours = [
            ticket
            for ticket, held in self._open.items()
            if held.symbol == command.symbol and self._opened_by[ticket] < command.cmd_id
        ]
        count = closed_positions(receipt.message)
        if count is not None and count < len(ours):
            return (_closed_less(command, count, len(ours)),)
        self._drop(ours)
        self._closed_up_to[command.symbol] = command.cmd_id
        more = count is not None and count > len(ours)
        return (_closed_more(command, count or 0, len(ours)),) if more else ()

    def _overrun(self, command: Command, price: Decimal) -> tuple[Trouble, ...]:
        """A fill whose loss at its S/L is more than the decision allowed."""
        spec = self._specs.get(command.symbol)
        if spec is None or spec.tick_value_loss <= 0 or not (command.sl and command.max_loss):
            return ()
        sign = 1 if command.action is CommandAction.BUY else -1
        loss = sign * (price - command.sl) / spec.tick_size * spec.tick_value_loss * command.lots
        if not price or loss <= command.max_loss:
            return ()
        return (
            Trouble(
                "RISK_OVERRUN",
                f"command {command.cmd_id} was filled at {plain(price)}: at its S/L "
                f"{plain(command.sl)} it loses {loss:.2f}, allowed {plain(command.max_loss)}.",
                "Compare the fill with its S/L in MT5 and close it if the risk is too much.",
            ),
        )


def _closed_less(command: Command, count: int, known: int) -> Trouble:
    return Trouble(
        "CLOSE_INCOMPLETE",
        f"{command.symbol}: {count} position(s) closed, {known} were known.",
        "Look in MT5: the others failed, or an S/L, a T/P or a person had closed them before. "
        "Close again, or say that the signal's positions are closed.",
    )


def _closed_more(command: Command, count: int, known: int) -> Trouble:
    return Trouble(
        "CLOSED_MORE",
        f"{command.symbol}: {count} position(s) closed, {known} were known: the executor opened "
        "some twice, or others use its magic number.",
        "Compare the account's history in MT5 with the journal.",
    )


def _other_magic(receipt: Receipt, command: Command) -> Trouble:
    return Trouble(
        "MAGIC_MISMATCH",
        f"command {command.cmd_id}, magic {command.magic}: {receipt.message}",
        "Set the setting `magic` to the executor's MagicNumber, then restart.",
    )
