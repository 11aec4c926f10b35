"""A signal that its provider edited, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.layouts import boxed, row, stack
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
    """Old beside new."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[QWidget] = []
        self._body = stack(gap=0)
        self.setLayout(self._body)

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
