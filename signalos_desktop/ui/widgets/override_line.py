"""The line over the foot of the ticket: why a signal is fired although a soft rule refuses it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.inputs import Field
from signalos_desktop.ui.widgets.layouts import row, stack
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.text import CutText

SHORTEST, LONGEST = 3, 200


class OverrideLine(Ground):
    """fired: the reason that was typed. Esc leaves it; without a reason nothing can be fired."""

    fired = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "amber_bg", radius=0)
        self.title = CutText(theme, "", "body", "text", 600)
        placeholder = "Your reason, for the journal"
        self.reason = Field(theme, "Reason to fire over the rule", width=0, placeholder=placeholder)
        self.reason.line.setMaxLength(LONGEST)
        self.go = Button(theme, "Fire", ButtonKind.BUY, height=28)
        self.keep = Button(theme, "Leave it refused", ButtonKind.GHOST, height=28)
        line = row(self.reason.box, self.go, self.keep)
        line.setStretch(0, 1)
        self.setLayout(stack(self.title, line, gap=4, margins=(16, 6, 12, 8)))
        self.go.clicked.connect(self._act)
        self.keep.clicked.connect(self.hide)
        self.reason.edited.connect(lambda _text: self._follow())
        self.hide()

    def ask(self) -> None:
        """With an empty line: an old reason is none for this signal."""
        self.reason.set_text("")
        self._follow()
        self.show()
        self.reason.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_order(self, side: Side, volume: str, rules: str) -> None:
        """rules: what refuses it, with its figures."""
        self.title.setText(f"Refused: {rules}")
        self.setAccessibleName(f"Fire over the rules. {rules}")
        self.go.set_kind(ButtonKind.BUY if side is Side.BUY else ButtonKind.SELL)
        self.go.set_text(f"Fire {side.value} {volume} anyway")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._act()
        else:
            super().keyPressEvent(event)

    def _follow(self) -> None:
        self.go.setEnabled(len(self.reason.text().strip()) >= SHORTEST)

    def _act(self) -> None:
        if self.go.isEnabled():
            self.hide()
            self.fired.emit(self.reason.text())
