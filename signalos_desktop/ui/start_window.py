"""What is painted while the panel itself is being loaded: the same place, in the same look."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from signalos_desktop.ui.theme.density import choose_density
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.layouts import boxed, row, stack
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.stop_button import StopButton
from signalos_desktop.ui.widgets.text import Rule, Text


class StartWindow(QWidget):
    """Nothing can be asked of it but the emergency stop, which stands where the panel has it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        # That of the panel's first size: STOP must not move under the pointer.
        theme.set_density(choose_density(1366, 768))
        self.setWindowTitle("SignalOS Desktop")
        self.setAccessibleName("SignalOS Desktop is starting")
        self.pressed = False
        self.stop = StopButton(theme)
        self.stop.stop_pressed.connect(self._show_press)
        self._note = Text(theme, "Starting. STOP works already.", "body", "text3")
        self.strip = Ground(theme, "panel", radius=0)
        name = Text(theme, "SignalOS Desktop", "title", "text", 600)
        line = row(
            Text(theme, "SignalOS Desktop", "emphasis", "text", 600),
            None,
            self.stop,
            margins=(12, 0, 12, 0),
        )
        self.strip.setLayout(line)
        self.strip.setFixedHeight(theme.density.strip)
        middle = stack(None, gap=6)
        for words in (name, self._note):
            middle.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
        whole = stack(self.strip, Rule(theme))
        whole.addWidget(boxed(middle), 1)
        self.setLayout(whole)

    def _show_press(self) -> None:
        self.pressed = True
        self.stop.set_sent()
        self.strip.set_colours("stop_band")
        self._note.setText("Stop pressed. The panel shows what it closes as soon as it is loaded.")
