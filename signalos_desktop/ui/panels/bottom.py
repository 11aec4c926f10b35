"""The tabs at the bottom: Positions, Orders, History, Commands & receipts, Journal."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.events import (
    AccountChanged,
    CommandChanged,
    DealSeen,
    Event,
    OrderChanged,
    PositionChanged,
    ReceiptRead,
    StateChanged,
    SymbolsChanged,
)
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.models.columns import Cell, profit_cell
from signalos_desktop.ui.models.table import TableModel
from signalos_desktop.ui.panels.log_columns import command_columns, journal_columns
from signalos_desktop.ui.panels.ticket_bar import Levels, TicketBar
from signalos_desktop.ui.panels.trade_columns import deal_columns, order_columns, position_columns
from signalos_desktop.ui.theme.figures import counted, money, volume
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.viewmodels.command_rows import CommandBook, CommandRow
from signalos_desktop.ui.viewmodels.instruments import Instruments
from signalos_desktop.ui.viewmodels.journal_rows import (
    MOST_LINES,
    JournalBook,
    JournalRow,
    LedgerLine,
)
from signalos_desktop.ui.viewmodels.trade_rows import (
    DealRow,
    OpenTrades,
    OrderRow,
    PositionRow,
    deal_row,
    order_word,
    sum_positions,
)
from signalos_desktop.ui.widgets.layouts import stack
from signalos_desktop.ui.widgets.notices import EmptyState
from signalos_desktop.ui.widgets.panel import PanelFrame
from signalos_desktop.ui.widgets.table import TablePanel
from signalos_desktop.ui.widgets.tabs import Tab, TabBar

TABS = (
    Tab("positions", "Positions"),
    Tab("orders", "Orders"),
    Tab("history", "History"),
    Tab("commands", "Commands & receipts"),
    Tab("journal", "Journal"),
)
_EMPTY = {
    "positions": ("desk", "No open position", "as the terminal says"),
    "orders": ("clock", "No resting order", "as the terminal says"),
    "history": ("journal", "No deal yet", "deals appear here as the terminal reports them"),
    "commands": ("receipt", "Nothing was asked of the EA yet", "every command and its receipt"),
    "journal": ("list", "Nothing has happened yet", "signals, commands, receipts and alarms"),
}


def _unsettled(row: PositionRow | OrderRow) -> str:
    return "amber_bg" if row.unsettled else ""


def _unclear(row: CommandRow) -> str:
    return "amber_bg" if row.unclear else ""


class BottomTabs(PanelFrame):
    """Feeds itself from the events; what a user does with a row becomes a wish of actions."""

    def __init__(
        self,
        theme: Theme,
        bus: EventBus,
        actions: Actions,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(theme)
        self.setAccessibleName("Positions, orders, history, commands and journal")
        self._theme, self._actions, self._now = theme, actions, now
        self.instruments = Instruments()
        self._trades = OpenTrades()
        self._commands = CommandBook()
        self._journal = JournalBook(self.instruments)
        self._deals: dict[str, DealRow] = {}
        self._make_tables()
        self.tabs = TabBar(theme, TABS)
        self.bar = TicketBar(theme)
        self._pages = QStackedWidget()
        self.panels: dict[str, TablePanel[Any]] = {}
        self._empty: dict[str, EmptyState] = {}
        self._fill()
        self._listen(bus)
        self._count()

    def show_tab(self, key: str) -> None:
        self.tabs.set_current(key)
        self._refresh_page()

    def load_journal(self, lines: Iterable[LedgerLine]) -> None:
        """What the ledger remembers, put under what has happened since the start."""
        rows = list(self._journal.load(lines))[-MOST_LINES:]
        later = self.journal.shown_rows()
        ordered = sorted([*rows, *later], key=lambda row: row.time)
        self.journal.set_rows((row.key, row) for row in ordered)
        self.journal.show_newest_first()
        self._count()

    # ------------------------------------------------------------------ making

    def _make_tables(self) -> None:
        use = self.instruments
        self.positions: TableModel[PositionRow] = TableModel(
            position_columns(use),
            lambda r: f"{r.position.symbol} {r.position.ticket} {r.position.comment}",
            _unsettled,
            self,
        )
        self.orders: TableModel[OrderRow] = TableModel(
            order_columns(use),
            lambda r: f"{r.order.symbol} {r.order.ticket} {r.order.comment}",
            _unsettled,
            self,
        )
        self.deals: TableModel[DealRow] = TableModel(
            deal_columns(use), lambda r: f"{r.deal.symbol} {r.deal.ticket}", parent=self
        )
        self.commands: TableModel[CommandRow] = TableModel(
            command_columns(use),
            lambda r: f"{r.command.cmd_id} {r.command.symbol} {r.words}",
            _unclear,
            self,
        )
        self.journal: TableModel[JournalRow] = TableModel(
            journal_columns(use), lambda r: f"{r.source} {r.text}", parent=self
        )
        for model in (self.deals, self.commands, self.journal):
            model.show_newest_first()

    def _fill(self) -> None:
        models: dict[str, TableModel[Any]] = {
            "positions": self.positions,
            "orders": self.orders,
            "history": self.deals,
            "commands": self.commands,
            "journal": self.journal,
        }
        for tab in TABS:
            panel: TablePanel[Any] = TablePanel(self._theme, models[tab.key], tab.title)
            panel.view.acted.connect(self._act)
            panel.view.activated_row.connect(lambda key: self._act(key, "edit"))
            panel.view.selected_row.connect(self._select)
            empty = EmptyState(self._theme, *_EMPTY[tab.key])
            page = QWidget()
            page.setLayout(stack(panel, empty))
            self.panels[tab.key], self._empty[tab.key] = panel, empty
            self._pages.addWidget(page)
            models[tab.key].flushed.connect(self._count)
        self.add(self.tabs)
        self.add(self.bar)
        self.add(self._pages, 1)
        self.tabs.chosen.connect(lambda _key: self._refresh_page())
        self.bar.closed_part.connect(self._close)
        self.bar.changed.connect(self._modify)
        self.bar.left.connect(self._return_focus)

    def _return_focus(self) -> None:
        self.panels[self.tabs.current].view.setFocus()

    def _listen(self, bus: EventBus) -> None:
        bus.subscribe_all(self._note)
        bus.subscribe(SymbolsChanged, self._take_symbols)
        bus.subscribe(AccountChanged, self._take_account)
        bus.subscribe(PositionChanged, self._take_position)
        bus.subscribe(OrderChanged, self._take_order)
        bus.subscribe(DealSeen, self._take_deal)
        bus.subscribe(CommandChanged, self._take_command)
        bus.subscribe(ReceiptRead, self._take_receipt)
        bus.subscribe(StateChanged, self._take_state)

    # ------------------------------------------------------------------ events

    def _take_symbols(self, event: SymbolsChanged) -> None:
        self.instruments.take_symbols(event)
        self._rewrite()

    def _take_account(self, event: AccountChanged) -> None:
        if self.instruments.take_account(event):
            self._rewrite()

    def _rewrite(self) -> None:
        """Figures are written anew: digits of a symbol or of the money have become known."""
        self.positions.set_rows(list(self._trades.positions.items()))
        self.orders.set_rows(list(self._trades.orders.items()))
        self.deals.set_rows(list(self._deals.items()))

    def _take_position(self, event: PositionChanged) -> None:
        self._show_position(self._trades.take_position(event))

    def _take_order(self, event: OrderChanged) -> None:
        self._show_order(self._trades.take_order(event))

    def _take_deal(self, event: DealSeen) -> None:
        row = deal_row(event)
        self._deals[row.key] = row
        self.deals.put(row.key, row)

    def _take_command(self, event: CommandChanged) -> None:
        self._show_command(self._commands.take_command(event))
        while self._commands.gone:
            self.commands.remove(self._commands.gone.pop())

    def _take_receipt(self, event: ReceiptRead) -> None:
        key = self._commands.take_receipt(event)
        if key:
            self._show_command(key)

    def _take_state(self, event: StateChanged) -> None:
        for key in self._commands.take_state(event, self._now()):
            self._show_command(key)
        self._mark()

    def _note(self, event: Event) -> None:
        row = self._journal.take(event, self._now())
        if row is not None:
            self.journal.put(row.key, row)
            if row.number > MOST_LINES:
                self.journal.remove(str(row.number - MOST_LINES))

    def _show_position(self, key: str) -> None:
        row = self._trades.positions.get(key)
        if row is None:
            self.positions.remove(key)
            self._leave_if_gone(key)
        else:
            self.positions.put(key, row)

    def _show_order(self, key: str) -> None:
        row = self._trades.orders.get(key)
        if row is None:
            self.orders.remove(key)
            self._leave_if_gone(key)
        else:
            self.orders.put(key, row)

    def _show_command(self, key: str) -> None:
        self.commands.put(key, self._commands.rows[key])
        self._mark()

    def _mark(self) -> None:
        for key in self._trades.mark_unsettled(self._commands.unsettled_tickets()):
            self._show_position(key) if key in self._trades.positions else self._show_order(key)

    def _leave_if_gone(self, key: str) -> None:
        if self.bar.ticket and key.endswith(f"/{self.bar.ticket}"):
            self.bar.leave()

    # ------------------------------------------------------------------ showing

    def _count(self) -> None:
        self.tabs.set_count("positions", str(self.positions.total() or ""))
        self.tabs.set_count("orders", str(self.orders.total() or ""))
        unclear = len(self._commands.unclear())
        self.tabs.set_count("commands", f"{unclear} unknown" if unclear else "", Tone.AMBER)
        self._show_totals()
        self._refresh_page()

    def _refresh_page(self) -> None:
        key = self.tabs.current
        empty = self.panels[key].view.table.total() == 0
        self.panels[key].setVisible(not empty)
        self._empty[key].setVisible(empty)
        self._pages.setCurrentIndex([tab.key for tab in TABS].index(key))

    def _show_totals(self) -> None:
        panel = self.panels.get("positions")
        rows = list(self._trades.positions.values())
        if panel is None or not rows or self._theme.density.compact:
            if panel is not None:
                panel.set_totals({})
            return
        totals = sum_positions(rows, self.instruments)
        digits = self.instruments.money_digits(rows[0].account)
        cells = {
            "symbol": Cell(counted(totals.count, "position"), "text2", 500),
            "volume": Cell(volume(totals.volume), "text2", 500),
        }
        if totals.profit is not None and totals.swap is not None:
            cells["profit"] = profit_cell(totals.profit, digits)
            cells["swap"] = Cell(money(totals.swap, digits), "text2", 500)
        panel.set_totals(cells)

    # ------------------------------------------------------------------ what a row can do

    def _select(self, key: str) -> None:
        position, order = self._trades.positions.get(key), self._trades.orders.get(key)
        if position is not None:
            self._actions.symbol_wanted.emit(position.position.symbol)
        elif order is not None:
            self._actions.symbol_wanted.emit(order.order.symbol)

    def _act(self, key: str, name: str) -> None:
        levels = self._levels(key)
        command = self._commands.rows.get(key) if self.tabs.current == "commands" else None
        if command is not None:
            if name in ("filled", "not_filled") and command.signal:
                self._actions.do(self._actions.resolve(command.signal, name))
            return
        if levels is None:
            return
        match name:
            case "breakeven":
                self._actions.do(self._actions.breakeven(levels.ticket))
            case "cancel":
                self._actions.do(self._actions.cancel(levels.ticket))
            case "edit":
                self.bar.ask_levels(levels)
            case "half" | "close":
                self.bar.ask_close(levels, "50 %" if name == "half" else "100 %")

    def _levels(self, key: str) -> Levels | None:
        """The ticket of a row of the tab that is shown."""
        if self.tabs.current == "positions" and (row := self._trades.positions.get(key)):
            p = row.position
            size = volume(p.volume, self.instruments.step(row.account, p.symbol))
            what = f"{p.side.value} {size} {p.symbol}, ticket {p.ticket}"
            return Levels(p.ticket, what, p.side, p.sl, p.tp)
        if self.tabs.current == "orders" and (found := self._trades.orders.get(key)):
            o = found.order
            what = f"{order_word(o)} {o.symbol}, ticket {o.ticket}"
            return Levels(o.ticket, what, o.side, o.sl, o.tp)
        return None

    def _close(self, ticket: int, part: Decimal) -> None:
        self._actions.do(self._actions.close(ticket, None if part == 1 else part))

    def _modify(self, ticket: int, sl: Decimal | None, tp: Decimal | None) -> None:
        self._actions.do(self._actions.modify(ticket, sl, tp))
