"""The line over a table in which a ticket's levels are changed or a close is confirmed."""

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from signalos_desktop.domain.values import Account, Side, plain
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.choices import Segmented
from signalos_desktop.ui.widgets.inputs import NumberField
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.text import CutText, Text

PARTS = {"25 %": "0.25", "50 %": "0.5", "75 %": "0.75", "100 %": "1"}


@dataclass(frozen=True, slots=True)
class Levels:
    """A ticket of an account with its levels as they are; None = none set."""

    account: Account
    ticket: int
    what: str
    side: Side
    sl: Decimal | None
    tp: Decimal | None


class TicketBar(Ground):
    """closed_part: Levels and part. changed: Levels, new S/L, new T/P (None = keep).

    closed_all: the user means all that was asked about.

    It stays where it is: no dialog, so that everything else can be reached meanwhile.
    """

    closed_part = Signal(object, object)
    changed = Signal(object, object, object)
    closed_all = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "raised", radius=0)
        self._theme = theme
        self._levels: Levels | None = None
        self._warned = False
        self._edit = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 8, 4)
        self._row.setSpacing(8)
        self.title = CutText(theme, "", "body", "text", 600)
        self.note = CutText(theme, "", "small", "amber")
        self.sl = NumberField(theme, "New S/L", low=Decimal(0), width=120, hint=" ")
        self.tp = NumberField(theme, "New T/P", low=Decimal(0), width=120, hint=" ")
        self.part = Segmented(theme, tuple(PARTS), "50 %", "Part to close")
        self.go = Button(theme, "Close", ButtonKind.PRIMARY, height=28)
        self.keep = Button(theme, "Keep as it is", ButtonKind.GHOST, height=28)
        self._sl_caption = Text(theme, "S/L", "small", "text2")
        self._tp_caption = Text(theme, "T/P", "small", "text2")
        self._fill()
        self.hide()

    def ask_levels(self, levels: Levels) -> None:
        self._levels = levels
        self.title.setText(levels.what)
        for field, value in ((self.sl, levels.sl), (self.tp, levels.tp)):
            field.set_text(plain(value) if value else "0")
        self._show(edit=True)
        self.sl.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sl.line.selectAll()

    def ask_close(self, levels: Levels, part: str) -> None:
        self._levels = levels
        self.title.setText(f"Close {levels.what}?")
        self.part.set_current(part)
        self._show(edit=False)
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_close_all(self, question: str) -> None:
        self._levels = None
        self.title.setText(question)
        self._show(edit=False)
        self.part.hide()
        self.go.set_text("Close them all")
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def part_of(words: str) -> Decimal:
        """`50 %` as a part of one."""
        return Decimal(PARTS[words])

    def leave(self) -> None:
        self._levels = None
        self.hide()
        self.left.emit()

    @property
    def levels(self) -> Levels | None:
        """The ticket that is asked about."""
        return self._levels

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._act()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        widgets: tuple[QWidget, ...] = (
            self._sl_caption,
            self.sl.box,
            self._tp_caption,
            self.tp.box,
            self.part,
        )
        self._row.addWidget(self.title, 2)
        for widget in widgets:
            self._row.addWidget(widget)
        self._row.addWidget(self.note, 3)
        self._row.addWidget(self.go)
        self._row.addWidget(self.keep)
        self.go.clicked.connect(self._act)
        self.keep.clicked.connect(self.leave)
        self.part.chosen.connect(lambda _part: self._name_button())
        for field in (self.sl, self.tp):
            field.edited.connect(lambda _text: self._calm())

    def _show(self, *, edit: bool) -> None:
        for widget in (self._sl_caption, self.sl.box, self._tp_caption, self.tp.box):
            widget.setVisible(edit)
        self.part.setVisible(not edit)
        self._edit = edit
        self.setAccessibleName(self.title.text())
        self._calm()
        self.show()

    def _calm(self) -> None:
        self._warned = False
        self.note.setText("0 removes a level" if self._edit else "")
        self.go.set_kind(ButtonKind.PRIMARY)
        self._name_button()

    def _name_button(self) -> None:
        self.go.set_text("Save levels" if self._edit else f"Close {self.part.current}")

    def _act(self) -> None:
        levels = self._levels
        if levels is None:
            self.closed_all.emit()
            self.leave()
        elif not self._edit:
            self.closed_part.emit(levels, self.part_of(self.part.current))
            self.leave()
        else:
            self._change(levels)

    def _change(self, levels: Levels) -> None:
        sl, tp = self.sl.value(), self.tp.value()
        if sl is None or tp is None:
            self.note.setText("S/L and T/P are prices, or 0 for none")
            return
        new_sl, new_tp = _new(levels.sl, sl), _new(levels.tp, tp)
        if new_sl is None and new_tp is None:
            self.leave()
        elif widens(levels, new_sl) and not self._warned:
            self._warn(new_sl)
        else:
            self.changed.emit(levels, new_sl, new_tp)
            self.leave()

    def _warn(self, sl: Decimal | None) -> None:
        self._warned = True
        what = "Without an S/L the loss has no limit" if not sl else "This S/L may lose more"
        self.note.setText(f"{what} than now: press again if you mean it" if sl else what)
        self.go.set_kind(ButtonKind.AMBER)
        self.go.set_text("Yes, widen the S/L" if sl else "Yes, remove the S/L")


def widens(levels: Levels, sl: Decimal | None) -> bool:
    """True if the new S/L (0 = none, None = kept) lets the ticket lose more than it can now."""
    if sl is None or levels.sl is None:
        return False
    return sl == 0 or (levels.sl - sl) * levels.side.sign > 0


def _new(before: Decimal | None, now: Decimal) -> Decimal | None:
    return None if now == (before or Decimal(0)) else now
