"""The desk page: the ticket in the middle, signals, charts and tables docked around it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.docks import Docks
from signalos_desktop.ui.panels.inbox import InboxPanel
from signalos_desktop.ui.panels.proof import ProofPage
from signalos_desktop.ui.panels.ticket import TicketPanel
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.views import Views
from signalos_desktop.ui.widgets.layouts import row

if TYPE_CHECKING:
    # They take long to load, and the window is painted before.
    from signalos_desktop.ui.panels.bottom import BottomTabs
    from signalos_desktop.ui.panels.chart_column import ChartColumn

_UNPROVEN = frozenset({TradingState.STOPPING, TradingState.STOPPED_NOT_FLAT})
_AREA = Qt.DockWidgetArea
SIGNALS, CHARTS, TABLES = "signals", "charts", "tables"
# Below these widths the charts become a tab, and the signals a narrow list.
CHARTS_FROM, SIGNALS_FROM = 1180, 900
# Below this height a proof takes the place of the tables, too.
TABLES_FROM = 520


class Desk(QWidget):
    """Charts and tables are put in later, when the window stands."""

    def __init__(self, theme: Theme, views: Views, actions: Actions) -> None:
        super().__init__()
        self._theme, self._views = theme, views
        self.inbox = InboxPanel(theme, views, actions)
        self.ticket = TicketPanel(theme, views, actions)
        self.proof = ProofPage(theme, views, actions)
        self._state = TradingState.STARTING
        self.charts: ChartColumn | None = None
        self.tables: BottomTabs | None = None
        self._middle = QStackedWidget()
        self._middle.addWidget(self.ticket)
        self._middle.addWidget(self.proof)
        self.docks = Docks(theme, self._middle)
        self.docks.add(SIGNALS, "Signals", _AREA.LeftDockWidgetArea, self.inbox)
        self.setLayout(row(self.docks, gap=0, margins=(4, 4, 4, 4)))
        self._compact = theme.density.compact
        actions.chosen.connect(self.ticket.choose)
        self.proof.closed.connect(self.show_ticket)
        theme.changed.connect(self._follow_density)

    def add_charts(self, charts: "ChartColumn") -> None:
        self.charts = charts
        self.docks.add(CHARTS, "Charts", _AREA.RightDockWidgetArea, charts)

    def add_tables(self, tables: "BottomTabs") -> None:
        self.tables = tables
        self.docks.add(TABLES, "Positions and orders", _AREA.BottomDockWidgetArea, tables)

    def show_proof(self) -> None:
        """It takes the place of ticket and charts."""
        if self._views.proof.steps is not None:
            self.proof.refresh()
            self._middle.setCurrentWidget(self.proof)
            self._give_way()

    def show_ticket(self) -> None:
        self._middle.setCurrentWidget(self.ticket)
        self._give_way()

    @property
    def shows_proof(self) -> bool:
        return self._middle.currentWidget() is self.proof

    def refresh(self) -> None:
        self.inbox.refresh()
        self.ticket.refresh()
        book = self._views.book
        state = book.trading if book is not None else TradingState.STARTING
        if state is not self._state:
            before, self._state = self._state, state
            if state in _UNPROVEN and before not in _UNPROVEN:
                self.show_proof()
            elif not state.stopped:
                self.show_ticket()
        if self.shows_proof:
            self.proof.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter fires what the ticket shows, in the paste box it submits; Ctrl+T teaches."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held:
            self.ticket.fire()
            return
        if event.key() == Qt.Key.Key_T and held:
            self.ticket.teach()
            return
        super().keyPressEvent(event)

    # ------------------------------------------------------------------ sizes

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def reset_layout(self) -> None:
        """The places and sizes of the design for this width and density."""
        self.docks.reset(*self._sizes())
        self._give_way()
        self.docks.resize_docks(*self._sizes())

    def _sizes(self) -> tuple[dict[str, int], dict[str, int]]:
        compact = self._theme.density.compact
        width, height = max(self.width() - 8, 600), max(self.height() - 8, 300)
        left, ticket, below = (256, 568, 206) if compact else (336, 680, 264)
        if width < SIGNALS_FROM:
            left = 200
        low = min(below, max(124, height - 330))
        return {SIGNALS: left, CHARTS: max(width - left - ticket - 8, 200)}, {TABLES: low}

    def _give_way(self) -> None:
        """Where it is too narrow the charts are a tab below; under a proof they are away."""
        charts, tables = self.charts, self.tables
        if charts is None or tables is None:
            return
        dock = self.docks.docks[CHARTS]
        narrow = self.width() < CHARTS_FROM and not dock.isFloating()
        if narrow and not tables.has_charts:
            tables.take_charts(charts)
        elif not narrow and tables.has_charts:
            tables.leave_charts()
            dock.setWidget(charts)
            charts.show()
        dock.setVisible(not narrow and not (self.shows_proof and not dock.isFloating()))
        below = self.docks.docks[TABLES]
        if not below.isFloating():
            below.setVisible(not (self.shows_proof and self.height() < TABLES_FROM))

    def _follow_density(self) -> None:
        """Another density has other sizes; what the user moved himself stays."""
        if self._compact is not self._theme.density.compact:
            self._compact = self._theme.density.compact
            self.docks.resize_docks(*self._sizes())
