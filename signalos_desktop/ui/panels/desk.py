"""The desk page: signals, ticket and charts side by side, tabs below; the proof over the middle."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.panels.banners import Banners
from signalos_desktop.ui.panels.inbox import InboxPanel
from signalos_desktop.ui.panels.proof import ProofPage
from signalos_desktop.ui.panels.ticket import TicketPanel
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.views import Views
from signalos_desktop.ui.widgets.layouts import boxed, row, stack

_UNPROVEN = frozenset({TradingState.STOPPING, TradingState.STOPPED_NOT_FLAT})


class Desk(QWidget):
    """Charts and tabs are put in later, when the window stands."""

    def __init__(self, theme: Theme, views: Views, actions: Actions) -> None:
        super().__init__()
        self._theme, self._views = theme, views
        self.inbox = InboxPanel(theme, views, actions)
        self.ticket = TicketPanel(theme, views, actions)
        self.proof = ProofPage(theme, views, actions)
        self.banners = Banners(theme, views, actions)
        self._state = TradingState.STARTING
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._columns.addWidget(self.ticket)
        self._middle = QStackedWidget()
        self._middle.addWidget(self._columns)
        self._middle.addWidget(self.proof)
        self._upper = QSplitter(Qt.Orientation.Horizontal)
        self._upper.addWidget(self.inbox)
        self._upper.addWidget(self._middle)
        self._upper.setStretchFactor(1, 1)
        self._rows = QSplitter(Qt.Orientation.Vertical)
        self._rows.addWidget(self._upper)
        for splitter in (self._columns, self._upper, self._rows):
            splitter.setHandleWidth(theme.density.gutter)
            splitter.setChildrenCollapsible(False)
        body = row(self._rows, gap=0, margins=(4, 4, 4, 4))
        whole = stack(self.banners)
        whole.addWidget(boxed(body), 1)
        self.setLayout(whole)
        actions.chosen.connect(self.ticket.choose)
        self.banners.proof_wanted.connect(self.show_proof)
        self.proof.closed.connect(self.show_ticket)

    def add_charts(self, charts: QWidget) -> None:
        self._columns.addWidget(charts)
        self._columns.setStretchFactor(1, 1)
        self.reset_layout()

    def add_tabs(self, tabs: QWidget) -> None:
        self._rows.addWidget(tabs)
        self._rows.setStretchFactor(0, 1)
        self.reset_layout()

    def show_proof(self) -> None:
        if self._views.proof.steps is not None:
            self.proof.refresh()
            self._middle.setCurrentWidget(self.proof)

    def show_ticket(self) -> None:
        self._middle.setCurrentWidget(self._columns)

    @property
    def shows_proof(self) -> bool:
        return self._middle.currentWidget() is self.proof

    def refresh(self) -> None:
        self.inbox.refresh()
        self.ticket.refresh()
        self.banners.refresh()
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
        """Ctrl+Enter fires what the ticket shows; in the paste box it submits instead."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held:
            self.ticket.fire()
            return
        super().keyPressEvent(event)

    # ------------------------------------------------------------------ sizes

    def reset_layout(self) -> None:
        """The sizes of the design for this density."""
        compact = self._theme.density.compact
        width, height = max(self.width(), 600), max(self.height(), 400)
        left, ticket, below = (256, 568, 206) if compact else (336, 680, 264)
        self._upper.setSizes([left, width - left])
        self._columns.setSizes([ticket, max(width - left - ticket, 200)])
        self._rows.setSizes([height - below, below])

    def save_layout(self) -> dict[str, str]:
        return {
            name: bytes(splitter.saveState().toBase64().data()).decode("ascii")
            for name, splitter in self._splitters().items()
        }

    def restore_layout(self, kept: dict[str, str]) -> None:
        """What is not readable is left as it is."""
        for name, splitter in self._splitters().items():
            text = kept.get(name, "")
            if text:
                splitter.restoreState(QByteArray.fromBase64(text.encode("ascii", "replace")))

    def set_locked(self, *, locked: bool) -> None:
        """Locked, nothing can be moved by an unlucky drag."""
        for splitter in self._splitters().values():
            for number in range(1, splitter.count()):
                splitter.handle(number).setEnabled(not locked)

    def _splitters(self) -> dict[str, QSplitter]:
        return {"columns": self._columns, "upper": self._upper, "rows": self._rows}
