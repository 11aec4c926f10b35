"""What a user can do with a row of the tables: each wish goes to the row's own account."""

from collections.abc import Iterable
from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from signalos_desktop.domain.values import Account
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.panels.ticket_bar import Levels, TicketBar
from signalos_desktop.ui.theme.figures import counted, volume
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.viewmodels.command_rows import CommandBook, CommandRow
from signalos_desktop.ui.viewmodels.instruments import Instruments
from signalos_desktop.ui.viewmodels.trade_rows import OpenTrades, OrderRow, PositionRow, order_word

# Name of an action -> the part that it closes.
PARTS = {
    "close_25": "25 %",
    "close_50": "50 %",
    "close_75": "75 %",
    "close_100": "100 %",
    "half": "50 %",
    "close": "100 %",
}


class TicketActions(QObject):
    """asked: the bar wants an answer. confirm: closing asks first; one click closes otherwise."""

    asked = Signal()

    def __init__(
        self,
        actions: Actions,
        bar: TicketBar,
        trades: OpenTrades,
        commands: CommandBook,
        instruments: Instruments,
    ) -> None:
        super().__init__()
        self.confirm = True
        self._actions, self._bar = actions, bar
        self._trades, self._commands, self._use = trades, commands, instruments
        bar.closed_part.connect(self._close)
        bar.changed.connect(self._modify)
        bar.closed_all.connect(self._close_all)

    def act(self, key: str, name: str) -> None:
        """key: of a row in any of the tables."""
        command = self._commands.rows.get(key)
        if name in ("filled", "not_filled"):
            if command is not None and command.signal:
                self._settle(command, name)
            return
        levels = self.levels(key)
        if levels is None:
            return
        if name == "breakeven":
            self._actions.do(self._actions.breakeven(levels.ticket, levels.account))
        elif name == "cancel":
            self._actions.do(self._actions.cancel(levels.ticket, levels.account))
        elif name == "edit":
            self._bar.ask_levels(levels)
            self.asked.emit()
        elif not self.confirm:
            self._close(levels, self._bar.part_of(PARTS[name]))
        else:
            self._bar.ask_close(levels, PARTS[name])
            self.asked.emit()

    def act_by_key(self, selected: str, name: str) -> None:
        """A hotkey: about the selected position, or about the only one there is."""
        rows = self._trades.positions
        key = selected if selected in rows else next(iter(rows), "") if len(rows) == 1 else ""
        if key:
            self.act(key, name)
        elif rows:
            self._actions.say(Tone.AMBER, "Which position?", "Select its row in Positions first")
        else:
            self._actions.say(Tone.AMBER, "No position is open", "There is nothing to do")

    def ask_close_all(self) -> None:
        """All positions of the account that the panel is about; it always asks."""
        count = len(self._of_account())
        if count:
            self._bar.ask_close_all(f"Close all {counted(count, 'position')}?")
            self.asked.emit()

    def levels(self, key: str) -> Levels | None:
        """The ticket of a row; None for a row of another kind."""
        if (row := self._trades.positions.get(key)) is not None:
            return self._position(row)
        found = self._trades.orders.get(key)
        return self._order(found) if found is not None else None

    def _position(self, row: PositionRow) -> Levels:
        p = row.position
        size = volume(p.volume, self._use.step(row.account, p.symbol))
        what = f"{p.side.value} {size} {p.symbol}, ticket {p.ticket}"
        return Levels(row.account, p.ticket, what, p.side, p.sl, p.tp)

    @staticmethod
    def _order(row: OrderRow) -> Levels:
        o = row.order
        what = f"{order_word(o)} {o.symbol}, ticket {o.ticket}"
        return Levels(row.account, o.ticket, what, o.side, o.sl, o.tp)

    def _of_account(self) -> list[PositionRow]:
        account: Account | None = self._actions.account
        rows: Iterable[PositionRow] = self._trades.positions.values()
        return [row for row in rows if account in (None, row.account)]

    def _settle(self, command: CommandRow, name: str) -> None:
        signal = command.signal or ""
        self._actions.do(self._actions.resolve(signal, name, command.account))

    def _close(self, levels: Levels, part: Decimal) -> None:
        fraction = None if part == 1 else part
        self._actions.do(self._actions.close(levels.ticket, fraction, levels.account))

    def _close_all(self) -> None:
        for row in self._of_account():
            ticket = row.position.ticket
            self._actions.do(self._actions.close(ticket, None, row.account))

    def _modify(self, levels: Levels, sl: Decimal | None, tp: Decimal | None) -> None:
        self._actions.do(self._actions.modify(levels.ticket, sl, tp, levels.account))
