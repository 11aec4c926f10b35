"""The small head of a part of the ticket: its name at the left, a remark at the right."""

from PySide6.QtWidgets import QWidget

from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.layouts import row
from signalos_desktop.ui.widgets.text import CutText, Text


class SectionHead(QWidget):
    def __init__(self, theme: Theme, title: str, note: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._title = Text(theme, title, "small", "text2", 600)
        self._note = CutText(theme, note, "caption", "text3", right=True)
        layout = row(self._title, self._note, gap=6)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        theme.changed.connect(self._fit)
        self._fit()

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_note(self, note: str) -> None:
        self._note.setText(note)

    def _fit(self) -> None:
        self.setFixedHeight(18 if self._theme.density.compact else 24)
