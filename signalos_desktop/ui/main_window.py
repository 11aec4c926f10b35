"""The main window: only where everything stands, and the beat at which it is refreshed."""

from collections.abc import Callable
from importlib import import_module, util

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QMainWindow, QStackedWidget, QWidget

from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.events import Event, SignalChanged, SignalRead, StateChanged
from signalos_desktop.engine.ports import Clock
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.layout_file import LayoutFile
from signalos_desktop.ui.panels.desk import Desk
from signalos_desktop.ui.panels.strip import Strip
from signalos_desktop.ui.theme.density import choose_density
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.views import Views
from signalos_desktop.ui.widgets.account_line import AccountLine
from signalos_desktop.ui.widgets.button import IconButton, RailButton
from signalos_desktop.ui.widgets.layouts import boxed, row, stack
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.text import Rule
from signalos_desktop.ui.widgets.toasts import Toast, ToastStack

REFRESH_MS = 200
ASK_MS = 500
DESK = "desk"


class MainWindow(QMainWindow):
    """closing: the user wants to leave; the owner ends the engine, then the window goes."""

    closing = Signal()

    def __init__(
        self,
        theme: Theme,
        bus: EventBus,
        actions: Actions,
        clock: Clock,
        layout_file: LayoutFile | None = None,
    ) -> None:
        super().__init__()
        self._theme, self._bus, self._actions = theme, bus, actions
        self._layout_file = layout_file
        self._asking = False
        self._may_close = False
        self.views = Views(bus, clock)
        self.setWindowTitle("SignalOS Desktop")
        self.setMinimumSize(1024, 600)
        theme.set_density(choose_density(1366, 768))
        self.strip = Strip(theme, self.views, actions)
        self.account_line = AccountLine(theme)
        self.desk = Desk(theme, self.views, actions)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.desk)
        self._places: dict[str, Callable[[], QWidget]] = {DESK: lambda: self.desk}
        self._made: dict[str, QWidget] = {DESK: self.desk}
        self._rail = Ground(theme, "panel", radius=0)
        self._rail_group = QButtonGroup(self)
        self._rail_stack = stack(gap=4, margins=(4, 8, 4, 8))
        self._rail.setLayout(self._rail_stack)
        self._add_page_button(DESK, "desk", "Trading desk").setChecked(True)
        self._rail_stack.addStretch(1)
        self.lock = self._add_lock()
        page = row(self._rail, self.pages, gap=0)
        page.setStretch(1, 1)
        whole = stack(self.strip, Rule(theme), self.account_line)
        whole.addLayout(page, 1)
        body = boxed(whole)
        self.setCentralWidget(body)
        self.toasts = ToastStack(theme, body)
        self._connect()
        theme.changed.connect(self._fit)
        self._fit()

    # ------------------------------------------------------------------ parts that come later

    def add_parts(self) -> None:
        """Charts, tabs and further pages: what takes long to load, once the window is painted."""
        charts = _find("signalos_desktop.ui.panels.chart_column", "ChartColumn")
        if charts is not None:
            self.desk.add_charts(charts(self._theme, self._bus, self._actions))
        tabs = _find("signalos_desktop.ui.panels.bottom", "BottomTabs")
        if tabs is not None:
            self.desk.add_tabs(tabs(self._theme, self._bus, self._actions))
        self.desk.reset_layout()
        self._restore()

    def add_page(self, key: str, icon: str, name: str, make: Callable[[], QWidget]) -> None:
        """A page of the rail; it is made when it is opened for the first time."""
        self._places[key] = make
        self._add_page_button(key, icon, name)

    def open_page(self, key: str) -> None:
        if key not in self._made:
            self._made[key] = self._places[key]()
            self.pages.addWidget(self._made[key])
        self.pages.setCurrentWidget(self._made[key])

    # ------------------------------------------------------------------ wishes from keys

    def focus_paste(self) -> None:
        self.open_page(DESK)
        self.desk.inbox.focus_paste()

    def pause(self) -> None:
        self._actions.do(self._actions.pause("key"))

    def set_engine_silent(self, silent: bool) -> None:
        self.views.alarms.set_engine_silent(silent=silent)
        self.refresh()

    def set_failure(self, failure: str) -> None:
        self.views.alarms.failure = failure
        self.refresh()

    # ------------------------------------------------------------------ beat

    def refresh(self) -> None:
        book = self.views.book
        self._actions.account = book.account if book is not None else None
        self.strip.refresh()
        if book is not None:
            silent = book.silent(self.views.clock.monotonic())
            old = silent and book.money_at is not None
            since = self.views.show_time(book.money_at) if old and book.money_at else ""
            self.account_line.set_account(book.money, since)
        self.desk.refresh()
        if self.views.alarms.take_new():
            self._alert()

    def allow_close(self) -> None:
        """The engine has ended: the next close() is the last."""
        self._may_close = True

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self._keep()
        self.closing.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._theme.set_density(choose_density(self.width(), self.height()))

    # ------------------------------------------------------------------ inner

    def _connect(self) -> None:
        self._actions.notified.connect(self._show_toast)
        self._actions.stop_pressed.connect(self._on_press)
        self._actions.page_wanted.connect(self.open_page)
        self._bus.subscribe(SignalRead, self.desk.inbox.on_read)
        self._bus.subscribe(StateChanged, self._refresh_now)
        self._bus.subscribe(SignalChanged, self._refresh_now)
        self._beat = QTimer(self)
        self._beat.setInterval(REFRESH_MS)
        self._beat.timeout.connect(self.refresh)
        self._beat.start()
        self._ask = QTimer(self)
        self._ask.setInterval(ASK_MS)
        self._ask.timeout.connect(self._ask_engine)
        self._ask.start()

    def _refresh_now(self, _event: Event) -> None:
        self.refresh()

    def _on_press(self) -> None:
        self.views.proof.press()
        if self.strip.state.state is not TradingState.STOPPED_FLAT:
            book = self.views.book
            total = self.views.proof.total
            left = sum(book.ours()) if book is not None else 0
            self.strip.stop.set_stopping(left, max(total, left))
            self.strip.state.set_state(TradingState.STOPPING)
            self.strip.set_colours("stop_band")

    def _show_toast(self, toast: object) -> None:
        if isinstance(toast, Toast):
            self.toasts.show_toast(toast)

    def _ask_engine(self) -> None:
        if self._actions.connected and not self._asking:
            self._actions.do(self._take_looks())

    async def _take_looks(self) -> None:
        """One question at a time: an engine that does not answer is not asked more and more."""
        self._asking = True
        try:
            self.views.books.take_looks(await self._actions.look())
        finally:
            self._asking = False

    def _alert(self) -> None:
        """The task bar shows that something needs a look."""
        handle = self.windowHandle()
        if handle is not None:
            handle.alert(0)

    def _add_page_button(self, key: str, icon: str, name: str) -> RailButton:
        button = RailButton(self._theme, icon, name)
        button.clicked.connect(lambda: self.open_page(key))
        self._rail_group.addButton(button)
        self._rail_stack.insertWidget(len(self._places) - 1, button)
        return button

    def _add_lock(self) -> IconButton:
        lock = IconButton(self._theme, "lock", "Lock the layout", size=32, checkable=True)
        lock.toggled.connect(lambda on: self.desk.set_locked(locked=on))
        reset = IconButton(self._theme, "refresh", "Reset the layout", size=32)
        reset.clicked.connect(self.desk.reset_layout)
        self._rail_stack.addWidget(lock)
        self._rail_stack.addWidget(reset)
        return lock

    def _fit(self) -> None:
        self._rail.setFixedWidth(self._theme.density.rail)

    def _keep(self) -> None:
        if self._layout_file is None:
            return
        place = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        locked = "yes" if self.lock.isChecked() else ""
        self._layout_file.save({**self.desk.save_layout(), "window": place, "locked": locked})

    def _restore(self) -> None:
        kept = self._layout_file.load() if self._layout_file is not None else {}
        if place := kept.get("window"):
            self.restoreGeometry(QByteArray.fromBase64(place.encode("ascii", "replace")))
        self.desk.restore_layout(kept)
        self.lock.setChecked(bool(kept.get("locked")))


def _find(module: str, name: str) -> Callable[..., QWidget] | None:
    """A part that may not be installed."""
    if util.find_spec(module) is None:
        return None
    found: Callable[..., QWidget] = getattr(import_module(module), name)
    return found
