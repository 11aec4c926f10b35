"""The ticket of the chosen signal: message and reading, volume, outcome, gates, countdown, FIRE."""

from decimal import Decimal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from signalos_desktop.domain.values import ZERO, Side
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.theme.figures import counted
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.teaching import subject_of
from signalos_desktop.ui.viewmodels.ticket import FireState, Ticket, show_ticket
from signalos_desktop.ui.viewmodels.views import Views
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.changes import Change, ChangeList
from signalos_desktop.ui.widgets.figure_grid import LevelTable, VolumeTable
from signalos_desktop.ui.widgets.fire_bar import FireBar
from signalos_desktop.ui.widgets.gates import GatesList
from signalos_desktop.ui.widgets.layouts import boxed, row, stack
from signalos_desktop.ui.widgets.message_view import MessageView, ReadingView
from signalos_desktop.ui.widgets.notices import EmptyState
from signalos_desktop.ui.widgets.override_line import OverrideLine
from signalos_desktop.ui.widgets.panel import PanelFrame
from signalos_desktop.ui.widgets.plan_view import PlanView
from signalos_desktop.ui.widgets.scroll import ScrollPage
from signalos_desktop.ui.widgets.section import SectionHead
from signalos_desktop.ui.widgets.text import CutText, Rule, Text

ARMED_MS = 5000


class TicketPanel(PanelFrame):
    """refresh() shows the chosen signal as it stands now; FIRE and Reject act on just that one."""

    def __init__(self, theme: Theme, views: Views, actions: Actions) -> None:
        super().__init__(theme)
        self._theme, self._views, self._actions = theme, views, actions
        self.signal = ""
        self._shown: Ticket | None = None
        self._drawn: object = None
        self._busy = False
        self.confirm = True
        self._armed = QTimer(self, singleShot=True, interval=ARMED_MS)
        self._armed.timeout.connect(self._disarm)
        self._side = Text(theme, "", "symbol", "buy", 700)
        self._symbol = Text(theme, "", "symbol", "text", 700)
        self.teach_button = Button(theme, "Teach…", ButtonKind.GHOST, "edit", height=24)
        self.teach_button.setAccessibleName("Teach how this message is read, Ctrl+T")
        self._about = CutText(theme, "", "small", "text3")
        self._bid = Text(theme, "", "emphasis", "text2", 600)
        self._ask = Text(theme, "", "emphasis", "text", 600)
        self.message, self.reading = MessageView(theme), ReadingView(theme)
        self.volume, self.levels = VolumeTable(theme), LevelTable(theme)
        self.gates = GatesList(theme)
        self.changes, self.plan = ChangeList(theme), PlanView(theme)
        self._edited = SectionHead(theme, "Changed by the edit")
        self._edit = boxed(stack(self._edited, self.changes))
        self.bar, self.over_line = FireBar(theme), OverrideLine(theme)
        self._pages = QStackedWidget()
        empty = EmptyState(theme, "fire", "No signal is chosen", "F9, then paste one")
        self._pages.addWidget(empty)
        self._pages.addWidget(self._make_page())
        self.add(self._pages, 1)
        self.setAccessibleName("Ticket")
        self.bar.fired.connect(self.fire)
        self.bar.rejected.connect(self.skip)
        self.bar.over_asked.connect(self.over_line.ask)
        self.over_line.fired.connect(self._fire_over)
        self.teach_button.clicked.connect(self.teach)
        theme.changed.connect(self._fit)
        self._fit()

    def choose(self, signal: str) -> None:
        self._disarm()
        self.over_line.hide()
        self.signal = signal
        self._shown = None
        self.refresh()

    @property
    def at_risk(self) -> Decimal:
        """Money at the S/L of what could be fired now."""
        shown = self._shown
        return -shown.chart.loss if shown and shown.chart and shown.fire.ready else ZERO

    @property
    def asks(self) -> bool:
        """FIRE was pressed once and waits to be pressed again."""
        return self._armed.isActive()

    def fire(self) -> None:
        """Where the settings say so it asks once more, on the same button."""
        if not self.bar.fire.isEnabled() or self._busy or not self.bar.hears:
            return
        if self.confirm and not self.asks:
            self.bar.ask_again(QApplication.doubleClickInterval())
            self._armed.start()
            return
        self._disarm()
        self._actions.do(self._fire(self.signal))

    def _fire_over(self, reason: str) -> None:
        """A typed reason asks strongly enough: it is not asked once more."""
        if not self._busy:
            self._actions.do(self._fire(self.signal, reason))

    def _disarm(self) -> None:
        self._armed.stop()
        self._shown = None
        self.bar.stop_asking()

    def skip(self) -> None:
        if self.signal and self.bar.reject.isEnabled():
            self._actions.do(self._actions.skip(self.signal))

    def teach(self) -> None:
        """Mark the words of the message that is shown."""
        record = self._views.inbox.records.get(self.signal)
        if record is not None:
            self._actions.teach(subject_of(record))

    def refresh(self) -> None:
        record = self._views.inbox.records.get(self.signal)
        self._pages.setCurrentIndex(0 if record is None else 1)
        if record is None:
            return
        now = self._views.clock.now()
        ticket = show_ticket(record, self._views.book, now, self._views.show_time)
        self.bar.set_left(record.left_s(now), record.total_s())
        if ticket == self._shown:
            return
        self._show_head(ticket)
        if self._shown is None or self._reading(ticket) != self._reading(self._shown):
            self._show_reading(ticket)
        if self._shown is None or self._doing(ticket) != self._doing(self._shown):
            self._show_changes(ticket)
        self._show_figures(ticket)
        self._show_fire(ticket)
        self._shown = ticket
        if ticket.chart != self._drawn:
            self._drawn = ticket.chart
            self._actions.drawn.emit(ticket.chart)

    async def _fire(self, signal: str, override: str | None = None) -> None:
        """One wish at a time: a second click while the first is on its way asks for nothing."""
        self._busy = True
        self.bar.disable()
        try:
            await self._actions.fire(signal, override)
        finally:
            self._busy = False
            self._shown = None
            self.refresh()

    @staticmethod
    def _reading(ticket: Ticket) -> tuple[object, ...]:
        return (ticket.signal, ticket.fields, ticket.read_note)

    @staticmethod
    def _doing(ticket: Ticket) -> tuple[object, ...]:
        return (ticket.signal, ticket.changes, ticket.plan)

    def _show_head(self, ticket: Ticket) -> None:
        side = ticket.side
        self._side.setText(side.value.capitalize() if side else "")
        self._side.setVisible(side is not None)
        self._side.set_look("sell" if side is Side.SELL else "buy")
        self._symbol.setText(ticket.symbol)
        self._about.setText(ticket.about)
        self._bid.setText(ticket.bid)
        self._ask.setText(ticket.ask)
        self._bid.setAccessibleName(f"Bid {ticket.bid}")
        self._ask.setAccessibleName(f"Ask {ticket.ask}")

    def _show_reading(self, ticket: Ticket) -> None:
        buying = None if ticket.side is None else ticket.side is Side.BUY
        self.message.set_message(ticket.text, ticket.spans, buying=buying)
        self.reading.set_reading(ticket.fields, ticket.read_note, buying=buying)

    def _show_figures(self, ticket: Ticket) -> None:
        self.volume.set_lines(ticket.volume_lines, ticket.volume_note)
        compact = self._theme.density.compact
        outcome = [line for line in ticket.outcome if not (line.total and compact)]
        self.levels.set_lines(outcome, ticket.currency, ticket.outcome_note, ticket.digits)
        has_figures = bool(ticket.volume_lines or ticket.outcome)
        self._figures.setVisible(has_figures)
        self.gates.set_gates(ticket.gates)
        self.gates.setVisible(bool(ticket.gates))

    def _show_changes(self, ticket: Ticket) -> None:
        changes = [Change(each.field, each.before, each.after, "") for each in ticket.changes]
        self.changes.set_changes(changes)
        self._edited.set_note(counted(len(changes), "field"))
        self._edit.setVisible(bool(changes))
        self.plan.set_plan(ticket.plan)

    def _show_fire(self, ticket: Ticket) -> None:
        fire = ticket.fire
        self.bar.reject.setEnabled(ticket.can_skip)
        if not fire.ready:
            self._armed.stop()
            self.bar.stop_asking()
        if fire.ready:
            self.over_line.hide()
            self.bar.set_ready(fire.side, fire.volume, fire.title, fire.note)
        else:
            self._show_blocked(fire)
        if self._busy:
            self.bar.disable()

    def _show_blocked(self, fire: FireState) -> None:
        over = bool(fire.over)
        self.bar.set_blocked(
            fire.side, fire.volume, fire.icon, fire.colour, fire.title, fire.note, over=over
        )
        if over and fire.side is not None:
            self.over_line.set_order(fire.side, fire.volume, fire.over)
        else:
            self.over_line.hide()

    def _make_page(self) -> QWidget:
        theme = self._theme
        self._head_line = row(
            self._side,
            self._symbol,
            4,
            self._about,
            self._bid,
            self._ask,
            self.teach_button,
            margins=(16, 0, 16, 0),
        )
        self._head_line.setStretch(3, 1)
        self._top = boxed(self._head_line)
        self._first = row(self.message, self.reading)
        self._first.setStretch(1, 1)
        self._second = row(self.volume, Rule(theme, standing=True), self.levels)
        self._second.setStretch(2, 1)
        self._figures = boxed(self._second)
        self._body = stack(self._first, self._edit, self.plan, self._figures, self.gates, None)
        content = boxed(self._body)
        page = ScrollPage(theme, content)
        # A scroll area fills its page once it has it.
        content.setAutoFillBackground(False)
        whole = stack(self._top, Rule(theme))
        whole.addWidget(page, 1)
        whole.addWidget(Rule(theme))
        whole.addWidget(self.over_line)
        whole.addWidget(self.bar)
        return boxed(whole)

    def _fit(self) -> None:
        density = self._theme.density
        compact, pad = density.compact, density.ticket_padding
        self._top.setFixedHeight(36 if compact else 48)
        self._head_line.setContentsMargins(pad, 0, pad, 0)
        self.message.setFixedWidth(216 if compact else 280)
        self.volume.setFixedWidth(216 if compact else 280)
        self._first.setSpacing(2 * pad)
        self._second.setSpacing(pad)
        self._body.setSpacing(2 if compact else 10)
        self._body.setContentsMargins(pad, 4, pad, 0)
        self._shown = None
