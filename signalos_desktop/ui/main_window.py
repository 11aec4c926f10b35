"""The main window: only where everything stands, and the beat at which it is refreshed."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.events import Event, SignalChanged, SignalRead, StateChanged
from signalos_desktop.engine.ports import Clock
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.layout_file import LayoutFile
from signalos_desktop.ui.pages.needs import Results
from signalos_desktop.ui.pages.stack import PageStack
from signalos_desktop.ui.panels.banners import Banners
from signalos_desktop.ui.panels.desk import Desk
from signalos_desktop.ui.panels.resume_summary import ResumeSummary
from signalos_desktop.ui.panels.strip import Strip
from signalos_desktop.ui.rail import Rail
from signalos_desktop.ui.theme.density import choose_density
from signalos_desktop.ui.theme.theme import Appearance, Scheme, Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.viewmodels.equity_book import Point
from signalos_desktop.ui.viewmodels.journal_rows import LedgerLine
from signalos_desktop.ui.viewmodels.panel_settings import PanelSettings
from signalos_desktop.ui.viewmodels.views import Views
from signalos_desktop.ui.viewmodels.way_back import show_way_back
from signalos_desktop.ui.widgets.account_line import AccountLine
from signalos_desktop.ui.widgets.layouts import boxed, row, stack
from signalos_desktop.ui.widgets.text import Rule
from signalos_desktop.ui.widgets.toasts import Toast, ToastStack
from signalos_desktop.ui.window_layout import WindowLayout

REFRESH_MS = 200
ASK_MS = 500
DESK = "desk"
QUIT = "quit"


class MainWindow(QMainWindow):
    """closing: the user wants to leave; the owner ends the engine, then the window goes.

    refreshed: what the views show may be new. alarmed: alarms came that nobody has seen yet.
    """

    closing = Signal()
    refreshed = Signal()
    alarmed = Signal(object)

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
        self._asking = False
        self._may_close = False
        self.views = Views(bus, clock)
        self.setWindowTitle("SignalOS Desktop")
        self.setMinimumSize(880, 500)
        theme.set_density(choose_density(1366, 768))
        self.strip = Strip(theme, self.views, actions)
        self.account_line = AccountLine(theme)
        self.desk = Desk(theme, self.views, actions)
        self.pages = PageStack()
        self.pages.offer(DESK, lambda: self.desk)
        self.pages.page(DESK)
        self.rail = Rail(theme)
        self.rail.add_page(DESK, "desk", "Trading desk")
        self.rail.set_current(DESK)
        self.banners = Banners(theme, self.views, actions)
        page = row(self.rail, boxed(stack(self.banners, self.pages)), gap=0)
        whole = stack(self.strip, Rule(theme), self.account_line)
        whole.addLayout(page, 1)
        body = boxed(whole)
        self.setCentralWidget(body)
        self.toasts = ToastStack(theme, body)
        self.summary = ResumeSummary(theme, body, self.strip)
        self.layout_kept = WindowLayout(self, self.desk, self.rail, layout_file)
        self._connect()

    # ------------------------------------------------------------------ parts that come later

    def add_parts(self) -> None:
        """Charts and tables: what takes long to load, once the window is painted."""
        from signalos_desktop.ui.panels.bottom import BottomTabs
        from signalos_desktop.ui.panels.chart_column import ChartColumn

        self.desk.add_charts(ChartColumn(self._theme, self._bus, self._actions))
        self.desk.add_tables(BottomTabs(self._theme, self._bus, self._actions))
        self.desk.reset_layout()
        if problem := self.layout_kept.restore():
            self._actions.say(Tone.AMBER, "The layout was reset", problem)

    def add_page(
        self, key: str, icon: str, name: str, make: Callable[[], QWidget], *, low: bool = False
    ) -> None:
        """A page of the rail; it is made when it is opened for the first time."""
        self.pages.offer(key, make)
        self.rail.add_page(key, icon, name, low=low)

    def page(self, key: str) -> QWidget:
        return self.pages.page(key)

    def open_page(self, key: str) -> None:
        page = self.page(key)
        # A page that is hidden would hand its focus to any control of the next one.
        self.rail.buttons[key].setFocus(Qt.FocusReason.MouseFocusReason)
        self.pages.setCurrentWidget(page)
        self.rail.set_current(key)

    def show_over(self, page: QWidget) -> None:
        """A page without a button in the rail: the first run."""
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self.rail.hide()

    def close_over(self, page: QWidget) -> None:
        self.rail.show()
        self.open_page(DESK)
        self.pages.removeWidget(page)
        page.deleteLater()

    def load_history(
        self,
        lines: Iterable[LedgerLine],
        results: Mapping[Account, Results],
        points: Mapping[Account, Sequence[Point]],
    ) -> None:
        """What is remembered of earlier sessions: journal, deals, balance and equity."""
        if self.desk.tables is not None:
            self.desk.tables.load_journal(lines)
        if self.desk.charts is not None:
            deals = {account: found.deals for account, found in results.items()}
            self.desk.charts.load_history(deals, points)

    # ------------------------------------------------------------------ wishes from outside

    def take_settings(self, settings: PanelSettings) -> None:
        """What the settings say of the panel, at the start and after every change of them."""
        self._theme.set_appearance(
            Appearance(
                Scheme(settings.theme),
                colour_blind=settings.colours == "colour-blind",
                red_up=settings.colours == "red-up",
                reduced_motion=settings.reduced_motion,
            )
        )
        self.views.whole_account = settings.whole_account
        self.views.alarms.broker_phone = settings.broker_phone
        self.desk.ticket.confirm = settings.confirm_fire
        if self.desk.tables is not None:
            self.desk.tables.rows.confirm = settings.confirm_close
        for problem in settings.hotkeys.problems:
            self._actions.say(Tone.AMBER, "A hotkey is not in use", f"{problem}. See Settings")
        self.refresh()

    def focus_paste(self) -> None:
        self.open_page(DESK)
        self.desk.inbox.focus_paste()

    def pause(self) -> None:
        self._actions.do(self._actions.pause("key"))

    def act_on_position(self, name: str) -> None:
        """A hotkey, about the selected position."""
        if self.desk.tables is not None:
            self.open_page(DESK)
            self.desk.tables.act_by_key(name)

    def set_engine_silent(self, silent: bool) -> None:
        self.views.alarms.set_engine_silent(silent=silent)
        self.refresh()

    def set_failure(self, failure: str) -> None:
        self.views.alarms.failure = failure
        self.refresh()

    def set_config_problem(self, problem: str) -> None:
        self.views.alarms.config_problem = problem
        self.refresh()

    # ------------------------------------------------------------------ beat

    def refresh(self) -> None:
        book = self.views.book
        self._actions.account = book.account if book is not None else None
        self._actions.live = self.views.books.live
        self.strip.this_trade = self.desk.ticket.at_risk
        self.strip.refresh()
        if book is not None:
            silent = book.silent(self.views.clock.monotonic())
            old = silent and book.money_at is not None
            since = self.views.show_time(book.money_at) if old and book.money_at else ""
            self.account_line.set_account(book.money, since)
        self.banners.refresh()
        self.desk.refresh()
        if self.summary.isVisible():
            self._open_summary()
        if new := self.views.alarms.take_new():
            self.alarmed.emit(new)
        self.refreshed.emit()

    def leave(self) -> None:
        """Close without asking."""
        self.closing.emit()

    def allow_close(self) -> None:
        """The engine has ended: the next close() is the last."""
        self._may_close = True

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        if open_ones := self.views.books.open_words():
            text = f"{open_ones} stay open with nobody to watch them but their S/L at the broker"
            toast = Toast(Tone.AMBER, "warning", "Quit the panel?", text, "Quit", QUIT)
            self.toasts.show_once(toast)
        else:
            self.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._theme.set_density(choose_density(self.width(), self.height()))

    # ------------------------------------------------------------------ inner

    def _connect(self) -> None:
        self._actions.notified.connect(self._show_toast)
        self._actions.stop_pressed.connect(self._on_press)
        self._actions.page_wanted.connect(self.open_page)
        self.rail.chosen.connect(self.open_page)
        self.banners.proof_wanted.connect(self._show_proof)
        self.toasts.acted.connect(lambda key: self.leave() if key == QUIT else None)
        self.strip.account_chosen.connect(self._choose_account)
        self.strip.resume_begun.connect(self._open_summary)
        self.strip.resume_held.connect(self._resume)
        self.summary.fresh_held.connect(lambda: self._actions.do(self._actions.start_fresh()))
        self._bus.subscribe(SignalRead, self.desk.inbox.on_read)
        self._bus.subscribe(StateChanged, self._refresh_now)
        self._bus.subscribe(SignalChanged, self._refresh_now)
        for every_ms, act in ((REFRESH_MS, self.refresh), (ASK_MS, self._ask_engine)):
            timer = QTimer(self, interval=every_ms)
            timer.timeout.connect(act)
            timer.start()

    def _refresh_now(self, _event: Event) -> None:
        self.refresh()

    def _on_press(self) -> None:
        self.views.proof.press()
        if self.strip.state.state is not TradingState.STOPPED_FLAT:
            self.strip.show_press()

    def _choose_account(self, account: Account) -> None:
        self.views.books.choose(account)
        self.refresh()

    def _open_summary(self) -> None:
        views = self.views
        found = show_way_back(
            views.book, views.inbox.records.values(), whole_account=views.whole_account
        )
        self.summary.open(found)
        if found is None:
            self.summary.hide()

    def _show_proof(self) -> None:
        self.open_page(DESK)
        self.desk.show_proof()

    def _resume(self) -> None:
        self._actions.do(self._actions.resume(self.summary.by_hand))
        self.summary.hide()

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
