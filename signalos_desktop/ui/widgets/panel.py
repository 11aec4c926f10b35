"""The frame every panel stands in: a head with title, note and actions, and its body."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from signalos_desktop.ui.theme.paint import draw_rounded
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.text import CutText, Rule, Text


class Ground(QFrame):
    """A rounded ground of one colour, with or without an edge."""

    def __init__(
        self, theme: Theme, colour: str = "panel", *, radius: int = 6, edge: str = ""
    ) -> None:
        super().__init__()
        self._theme = theme
        self._colour, self._radius, self._edge = colour, radius, edge
        theme.changed.connect(self.update)

    def set_colours(self, colour: str, edge: str = "") -> None:
        self._colour, self._edge = colour, edge
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = self._theme.colour(self._edge) if self._edge else None
        fill = self._theme.colour(self._colour)
        draw_rounded(painter, QRectF(self.rect()), self._radius, fill, edge)


class PanelHead(QWidget):
    """Title and note at the left, actions at the right; as high as the density says."""

    def __init__(self, theme: Theme, title: str, note: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._title = Text(theme, title, "emphasis", "text", 600)
        self._note = CutText(theme, note, "small", "text3")
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._note, 1)
        theme.changed.connect(self._fit)
        self._fit()

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_note(self, note: str) -> None:
        self._note.setText(note)

    def add_action(self, widget: QWidget) -> None:
        self._layout.addWidget(widget)

    def _fit(self) -> None:
        density = self._theme.density
        self._layout.setContentsMargins(density.padding, 0, density.padding, 0)
        self.setFixedHeight(density.panel_head)


class PanelFrame(Ground):
    """A panel of the window; without a title there is no head."""

    def __init__(self, theme: Theme, title: str = "", note: str = "", *, line: bool = True) -> None:
        super().__init__(theme)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.head = PanelHead(theme, title, note)
        self.body.addWidget(self.head)
        self.head.setVisible(bool(title))
        if title:
            self.setAccessibleName(title)
            if line:
                self.body.addWidget(Rule(theme))

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)


class Card(Ground):
    """A padded ground with a small title: groups of a page."""

    def __init__(self, theme: Theme, title: str = "", *, colour: str = "panel") -> None:
        super().__init__(theme, colour, radius=8)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 16)
        self.body.setSpacing(10)
        if title:
            self.body.addWidget(Text(theme, title, "body", "text2", 600))

    def add(self, item: QWidget | QLayout) -> None:
        if isinstance(item, QWidget):
            self.body.addWidget(item)
        else:
            self.body.addLayout(item)


class FigureCard(Ground):
    """One key figure with its name above and what it is made of below."""

    def __init__(self, theme: Theme, title: str, *, colour: str = "panel") -> None:
        super().__init__(theme, colour)
        self._figure = Text(theme, "", "key_figure", "text", 600)
        self._note = CutText(theme, "", "small", "text2")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 12, 10)
        layout.setSpacing(2)
        self._title = Text(theme, title, "small", "text3")
        for label in (self._title, self._figure, self._note):
            layout.addWidget(label)

    def set_figure(self, figure: str, note: str, colour: str = "text") -> None:
        self._figure.setText(figure)
        self._figure.set_look(colour)
        self._note.setText(note)
        self.setAccessibleName(f"{self._title.text()}: {figure}, {note}")
