"""What is painted while the panel itself is being loaded: the same place, in the same look."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.layouts import stack
from signalos_desktop.ui.widgets.text import Text


class StartWindow(QWidget):
    """Nothing can be asked of it; it is there for less than a second."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("SignalOS Desktop")
        self.setAccessibleName("SignalOS Desktop is starting")
        name = Text(theme, "SignalOS Desktop", "title", "text", 600)
        note = Text(theme, "Starting", "body", "text3")
        lines = stack(None, gap=6)
        for words in (name, note):
            lines.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(1)
        self.setLayout(lines)
