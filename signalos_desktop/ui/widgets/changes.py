"""A signal its provider edited, field by field, and the summary that stands under a hold button."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.layouts import boxed, row, stack
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.text import Icon, Text


@dataclass(frozen=True, slots=True)
class Change:
    """before "none" where the field is new; effect: what it does to the risk."""

    field: str
    before: str
    after: str
    effect: str
    worse: bool = False


class ChangeList(QWidget):
    """Old beside new, with Apply and Keep mine where it is answered here."""

    applied = Signal()
    kept = Signal()

    def __init__(self, theme: Theme, *, answers: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[QWidget] = []
        self._body = stack(gap=0)
        self.apply = Button(theme, "Apply", ButtonKind.PRIMARY, "check", height=28)
        self.keep = Button(theme, "Keep mine", height=28)
        self.apply.clicked.connect(self.applied)
        self.keep.clicked.connect(self.kept)
        self.setLayout(stack(self._body, row(self.apply, self.keep, None), gap=8))
        for button in () if answers else (self.apply, self.keep):
            button.hide()

    def set_changes(self, changes: Sequence[Change]) -> None:
        for old in self._rows:
            self._body.removeWidget(old)
            old.deleteLater()
        self._rows = [self._make_row(change) for change in changes]
        for made in self._rows:
            self._body.addWidget(made)

    def _make_row(self, change: Change) -> QWidget:
        theme = self._theme
        field = Text(theme, change.field, "small", "text3")
        field.setFixedWidth(60)
        effect = Text(theme, change.effect, "small", "bad" if change.worse else "text2")
        line = row(
            field,
            Text(theme, change.before, "body", "text3"),
            Icon(theme, "chevron-right", 14, "text3"),
            Text(theme, change.after, "body", "text", 600),
            None,
            effect,
        )
        holder = boxed(line)
        holder.setFixedHeight(20 if theme.density.compact else 26)
        words = f"{change.field}: {change.before} becomes {change.after}, {change.effect}"
        holder.setAccessibleName(words)
        return holder


class SummaryBox(Ground):
    """A title and sentences on the raised ground: what a resume will and will not do."""

    def __init__(self, theme: Theme, title: str = "", text: str = "") -> None:
        super().__init__(theme, "raised")
        self._title = Text(theme, "", "body", "text", 600)
        self._text = Text(theme, "", "small", "text2", wrap=True)
        self.setLayout(stack(self._title, self._text, gap=4, margins=(12, 10, 12, 10)))
        self.set_summary(title, text)

    def set_summary(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(f"{title}. {text}")
