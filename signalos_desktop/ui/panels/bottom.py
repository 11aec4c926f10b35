"""The tabs at the bottom: Positions, Orders, History, Commands & receipts, Journal."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
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
from signalos_desktop.ui.panels.ticket_actions import TicketActions
from signalos_desktop.ui.panels.ticket_bar import TicketBar
from signalos_desktop.ui.panels.trade_columns import deal_columns, order_columns, position_columns
from signalos_desktop.ui.theme.figures import counted, money, volume
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.viewmodels.command_rows import CommandBook, CommandRow
from signalos_desktop.ui.viewmodels.instruments import Instruments, row_key
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
    sum_positions,
)
from signalos_desktop.ui.widgets.button import Button, ButtonKind
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
_ACCOUNT_SAYS = ("positions", "orders")
CHARTS = Tab("charts", "Charts")
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
        self.rows = TicketActions(actions, self.bar, self._trades, self._commands, self.instruments)
        self._charts: QWidget | None = None
        self._account_at: datetime | None = None
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
        self.journal.flush()
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
            panel.view.acted.connect(self.rows.act)
            panel.view.activated_row.connect(lambda key: self.rows.act(key, "edit"))
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
        self.bar.left.connect(self._return_focus)
        self.close_all = Button(self._theme, "Close all", ButtonKind.GHOST, "cross", height=24)
        self.close_all.clicked.connect(self.rows.ask_close_all)
        self.tabs.add_action(self.close_all)

    def _return_focus(self) -> None:
        if self.tabs.current in self.panels:
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
        self._account_at = self._now()
        self._refresh_page()

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
        self._show_command(self._commands.take_command(event, self._now()))
        while self._commands.gone:
            self.commands.remove(self._commands.gone.pop())

    def _take_receipt(self, event: ReceiptRead) -> None:
        key = self._commands.take_receipt(event, self._now())
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
        asked = self.bar.levels
        if asked is not None and key == row_key(asked.account, asked.ticket):
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
        self.close_all.setVisible(key == "positions" and self.positions.total() > 0)
        if self._charts is not None and key == CHARTS.key:
            self._pages.setCurrentWidget(self._charts)
            return
        empty = self.panels[key].view.table.total() == 0
        if empty and self._account_at is not None and key in _ACCOUNT_SAYS:
            at = self.instruments.time(self._account_at)
            self._empty[key].set_state("check", _EMPTY[key][1], f"as the account said at {at}")
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

    # ------------------------------------------------------------------ the charts' tab

    @property
    def has_charts(self) -> bool:
        return self._charts is not None

    def take_charts(self, charts: QWidget) -> None:
        """Where the window is too narrow for them beside the ticket."""
        self._charts = charts
        self._pages.addWidget(charts)
        self.tabs.add_tab(CHARTS)

    def leave_charts(self) -> None:
        """The owner takes them back."""
        if self._charts is not None:
            self._pages.removeWidget(self._charts)
        self._charts = None
        self.tabs.remove_tab(CHARTS.key)
        self._refresh_page()

    # ------------------------------------------------------------------ what a row can do

    def act_by_key(self, name: str) -> None:
        """A hotkey, about the position that is selected."""
        self.rows.act_by_key(self.panels["positions"].view.current_key, name)

    def _select(self, key: str) -> None:
        position, order = self._trades.positions.get(key), self._trades.orders.get(key)
        if position is not None:
            self._actions.symbol_wanted.emit(position.position.symbol, position.account)
        elif order is not None:
            self._actions.symbol_wanted.emit(order.order.symbol, order.account)
