"""The strip at the top of every page: who, alive, clock, state, today, room, Pause and STOP."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.domain.values import ZERO
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.book import AccountBook
from signalos_desktop.ui.viewmodels.strip import (
    Mark,
    clock_mark,
    ea_mark,
    room_of,
    state_shown,
    stop_shown,
    today_mark,
)
from signalos_desktop.ui.viewmodels.views import Views
from signalos_desktop.ui.widgets.account_button import AccountButton
from signalos_desktop.ui.widgets.badges import ModeBadge, StateWord
from signalos_desktop.ui.widgets.headroom import Headroom, HeadroomBar
from signalos_desktop.ui.widgets.layouts import boxed, row, stack
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.stat import Stat
from signalos_desktop.ui.widgets.stop_button import StopButton
from signalos_desktop.ui.widgets.strip_buttons import HoldButton, PauseButton, UndoButton
from signalos_desktop.ui.widgets.text import Rule, Text

_RED = frozenset({TradingState.STOPPING, TradingState.STOPPED_NOT_FLAT})
# Below these widths the figure gives way; who, EA, state, Pause and STOP never do.
_ROOM_FROM, _CLOCK_FROM, _TODAY_FROM = 1240, 1040, 1120


class Strip(Ground):
    """refresh() shows what the views know now; called several times a second.

    account_chosen: an Account. resume_begun: the hold began. resume_held: it was held to its end.
    """

    account_chosen = Signal(object)
    resume_begun = Signal()
    resume_held = Signal()

    def __init__(self, theme: Theme, views: Views, actions: Actions) -> None:
        super().__init__(theme, "panel", radius=0)
        self._theme, self._views, self._actions = theme, views, actions
        self.badge = ModeBadge(theme, live=None)
        self.account = AccountButton(theme)
        self.ea = Stat(theme, "Expert Advisor")
        self.clock = Stat(theme, "Clock")
        self.state = StateWord(theme)
        self.this_trade = ZERO
        self.today = Stat(theme, "Today")
        self._room_caption = Text(theme, "Open risk left", "caption", "text3")
        self._room_figure = Text(theme, "", "body", "text", 600)
        self._bar = HeadroomBar(theme, 220)
        self.pause = PauseButton(theme)
        self.undo = UndoButton(theme)
        self.resume = HoldButton(theme)
        self.stop = StopButton(theme)
        self._way_back = QStackedWidget()
        for button in (self.pause, self.undo, self.resume):
            self._way_back.addWidget(button)
        self._room = self._make_room()
        self._line = row(
            self.badge,
            self.account,
            Rule(theme, standing=True, length=32),
            self.ea,
            self.clock,
            Rule(theme, standing=True, length=32),
            self.state,
            self.today,
            self._room,
            None,
            self._way_back,
            self.stop,
            margins=(12, 0, 12, 0),
        )
        self.setLayout(self._line)
        self.setAccessibleName("Status strip")
        self.pause.clicked.connect(lambda: actions.do(actions.pause()))
        self.undo.undone.connect(lambda: actions.do(actions.undo_pause()))
        self.account.chosen.connect(self.account_chosen)
        self.resume.pressed.connect(self.resume_begun)
        self.resume.completed.connect(self.resume_held)
        self.stop.stop_pressed.connect(actions.stop)
        theme.changed.connect(self._fit)
        self._fit()
        self.refresh()

    def refresh(self) -> None:
        views = self._views
        book, monotonic = views.book, views.clock.monotonic()
        self.badge.set_live(book.live if book is not None else None)
        self.account.set_accounts(views.books.accounts, book.account if book else None)
        self._show(self.today, today_mark(book, monotonic))
        self._show(self.ea, ea_mark(book, monotonic, views.trips.last_ms))
        self._show(self.clock, clock_mark(book, monotonic))
        state = state_shown(book, views.proof.steps is not None)
        if state is not self.state.state:
            self.state.set_state(state)
        self.set_colours("stop_band" if state in _RED else "panel")
        self._refresh_room(book)
        self._refresh_stop(book)
        self._refresh_way_back(book, state)

    def show_press(self) -> None:
        """A stop was pressed: shown at once, before anybody has answered."""
        book, total = self._views.book, self._views.proof.total
        if book is None:
            self.stop.set_sent()
        else:
            left = sum(book.ours())
            self.stop.set_stopping(left, max(total, left))
        self.state.set_state(TradingState.STOPPING)
        self.set_colours("stop_band")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _refresh_room(self, book: AccountBook | None) -> None:
        room = room_of(book, self.this_trade)
        if room is None:
            self._room_figure.setText("not known" if book is not None else "")
            self._bar.set_room(None)
            return
        self._room_caption.setText(room.caption)
        self._room_figure.setText(room.figure)
        self._bar.set_room(Headroom(room.used, room.trade, room.left, room.buffer))

    def _refresh_stop(self, book: AccountBook | None) -> None:
        views = self._views
        pressed = views.proof.steps is not None
        shown = stop_shown(book, views.whole_account, views.proof.total, pressed=pressed)
        if shown.phase == "sent":
            self.stop.set_sent()
        elif shown.phase == "stopping":
            self.stop.set_stopping(shown.left, shown.total)
        elif shown.phase == "ready":
            whole = views.whole_account
            self.stop.set_scope(shown.positions, shown.orders, whole_account=whole)
        else:
            self.stop.set_stopped(flat=shown.phase == "flat", note=shown.note)

    def _refresh_way_back(self, book: AccountBook | None, state: TradingState) -> None:
        running = state in (TradingState.RUNNING, TradingState.STARTING)
        mine = book is not None and book.state is not None and book.state.undoable
        button = self.pause if running else self.undo if mine else self.resume
        self._way_back.setCurrentWidget(button)
        self._way_back.setFixedWidth(button.sizeHint().width())
        if button is not self.resume:
            return
        words = "Resume" if state is TradingState.PAUSED else "Unlock to paused"
        if self.resume.text() != words:
            self.resume.set_text(words)
        silent = book is None or book.silent(self._views.clock.monotonic())
        if state is TradingState.STOPPING:
            self.resume.block("stopping")
        elif silent:
            self.resume.block("EA must answer")
        elif not self.resume.isEnabled():
            self.resume.unblock()

    @staticmethod
    def _show(stat: Stat, mark: Mark) -> None:
        stat.set_figure(mark.figure, mark.note, colour=mark.colour, dot=mark.dot, icon=mark.icon)

    def _make_room(self) -> QWidget:
        caption = row(self._room_caption, None, self._room_figure)
        return boxed(stack(None, caption, self._bar, None, gap=4))

    def _fit(self) -> None:
        density = self._theme.density
        self.setFixedHeight(density.strip)
        self._line.setSpacing(10 if density.compact else 20)
        self._room.setFixedWidth(190 if density.compact else 260)
        self._way_back.setFixedHeight(44)
        self._room.setVisible(self.width() >= _ROOM_FROM)
        self.today.setVisible(self.width() >= _TODAY_FROM)
        self.clock.setVisible(self.width() >= _CLOCK_FROM)
