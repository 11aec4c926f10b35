"""What the hold on Resume means: it drops down under the strip as soon as the hold begins."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.way_back import Leftover, WayBack
from signalos_desktop.ui.widgets.button import ButtonKind, IconButton
from signalos_desktop.ui.widgets.check import Check
from signalos_desktop.ui.widgets.layouts import boxed, empty_layout, row, stack
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.strip_buttons import HoldButton
from signalos_desktop.ui.widgets.text import CutText, Rule, Text

_WIDTH = 420
_MARGIN = 8
_MOST_LEFTOVERS = 8


class ResumeSummary(Ground):
    """Lies over its host, under the strip, and takes nothing away: no dialog, Esc closes it.

    by_hand: the tickets that the user has said he will handle himself. fresh_held: START_FRESH
    was confirmed; it is offered only while the Expert Advisor reports damaged files.
    """

    fresh_held = Signal()

    def __init__(self, theme: Theme, host: QWidget, top: QWidget) -> None:
        super().__init__(theme, "raised", radius=8, edge="amber_line")
        self._theme, self._host, self._top = theme, host, top
        self.setParent(host)
        self._shown: WayBack | None = None
        self.checks: dict[int, Check] = {}
        self.rest: Check | None = None
        self.close_button = IconButton(theme, "cross", "Close the summary", size=24)
        self.close_button.clicked.connect(self.hide)
        self._damage = Text(theme, "", "body", "amber", 600, wrap=True)
        self.start_fresh = HoldButton(theme, "Start fresh", "refresh", ButtonKind.DANGER)
        self.start_fresh.completed.connect(self.fresh_held)
        self._fresh = boxed(stack(self._damage, row(self.start_fresh, None), gap=8))
        self._title = Text(theme, "", "emphasis", "text", 600)
        self._body = stack(gap=6)
        self._list = stack(gap=4)
        head = row(self._title, None, self.close_button)
        parts = stack(head, self._body, self._list, self._fresh, gap=8, margins=(16, 10, 12, 14))
        self.setLayout(parts)
        self.setFixedWidth(_WIDTH)
        host.installEventFilter(self)
        self.hide()

    @property
    def by_hand(self) -> frozenset[int]:
        return frozenset(ticket for ticket, check in self.checks.items() if check.isChecked())

    def open(self, found: WayBack | None) -> None:
        if found is not None:
            self.show_way_back(found)
            self.show()
            self._place()
            self.raise_()

    def show_way_back(self, found: WayBack) -> None:
        if found == self._shown:
            return
        leftovers_stay = self._shown is not None and found.leftovers == self._shown.leftovers
        self._shown = found
        self._title.setText(found.title)
        empty_layout(self._body)
        for line in found.lines:
            self._body.addWidget(Text(self._theme, line, "body", "text2", wrap=True))
        if found.limits:
            self._body.addWidget(Rule(self._theme))
        for name, used in found.limits:
            figure = Text(self._theme, used, "body", "text", 600, right=True)
            self._body.addLayout(row(Text(self._theme, name, "small", "text3"), None, figure))
        self._damage.setText(found.damage)
        self._fresh.setVisible(bool(found.damage))
        if not leftovers_stay:
            self._show_leftovers(found.leftovers)
        self.setAccessibleName(f"{found.title}. {' '.join(found.lines)}")

    def _show_leftovers(self, leftovers: tuple[Leftover, ...]) -> None:
        empty_layout(self._list)
        self.checks, self.rest = {}, None
        if not leftovers:
            return
        self._list.addWidget(Rule(self._theme))
        text = "Still open. Close them, or say of each one:"
        self._list.addWidget(Text(self._theme, text, "body", "amber", 600, wrap=True))
        for left in leftovers:
            check = Check(self._theme, f"I will handle ticket {left.ticket} by hand")
            self.checks[left.ticket] = check
            if len(self.checks) <= _MOST_LEFTOVERS:
                self._list.addWidget(check)
                self._list.addWidget(CutText(self._theme, left.words, "small", "text3"))
        hidden = len(leftovers) - _MOST_LEFTOVERS
        if hidden > 0:
            rest = self.rest = Check(self._theme, f"and the other {hidden} tickets, too")
            rest.toggled.connect(self._check_rest)
            self._list.addWidget(rest)

    def _check_rest(self, on: bool) -> None:
        for check in list(self.checks.values())[_MOST_LEFTOVERS:]:
            check.setChecked(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        self.adjustSize()
        x = self._host.width() - self.width() - _MARGIN
        self.move(max(x, 0), self._top.height() + _MARGIN)
