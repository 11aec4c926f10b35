"""One figure of the strip: caption above, mark, figure and an additional note below it."""

from PySide6.QtWidgets import QWidget

from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.layouts import row, stack
from signalos_desktop.ui.widgets.text import Dot, Icon, Text


class Stat(QWidget):
    """icon "" and dot "" show no mark; the note is left out where it is narrow."""

    def __init__(self, theme: Theme, caption: str, role: str = "body") -> None:
        super().__init__()
        self._theme = theme
        self._caption = Text(theme, caption, "caption", "text3")
        self._dot = Dot(theme, "stale")
        self._icon = Icon(theme, "", 14)
        self._figure = Text(theme, "", role, "text", 600)
        self._note = Text(theme, "", "body", "text2")
        line = row(self._dot, self._icon, self._figure, self._note, None, gap=6)
        self.setLayout(stack(None, self._caption, line, None, gap=2))
        theme.changed.connect(self._fit)
        self.set_figure("unknown", colour="stale")

    def set_figure(
        self, figure: str, note: str = "", *, colour: str = "text", dot: str = "", icon: str = ""
    ) -> None:
        """dot: token of the dot's colour; the icon takes the dot's place and is quieter."""
        self._figure.setText(figure)
        self._figure.set_look(colour)
        self._note.setText(note)
        self._dot.setVisible(bool(dot))
        self._dot.set_colour(dot or "stale")
        self._icon.setVisible(bool(icon))
        self._icon.set_icon(icon, "ok" if colour == "text" else colour)
        self.setAccessibleName(f"{self._caption.text()}: {figure} {note}".rstrip())
        self._fit()

    def _fit(self) -> None:
        self._note.setVisible(bool(self._note.text()) and not self._theme.density.compact)
