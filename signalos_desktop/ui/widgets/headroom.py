"""What may still be lost today: the bar that is the glance beside the figure that is the truth."""

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from signalos_desktop.domain.values import ZERO
from signalos_desktop.ui.theme.figures import money
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.text import Painted

_HEIGHT = 8
_GAP = 1.5


@dataclass(frozen=True, slots=True)
class Headroom:
    """Money up to the day's floor: lost at all open S/Ls, at this trade's S/L, left, and buffer.

    left below 0 means that the open S/Ls alone go through the floor.
    """

    open_stops: Decimal
    this_trade: Decimal
    left: Decimal
    buffer: Decimal


class HeadroomBar(Painted):
    """None = not known, drawn as an empty track."""

    def __init__(self, theme: Theme, width: int = 220) -> None:
        super().__init__()
        self._theme = theme
        self._width = width
        self._room: Headroom | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_room(None)
        theme.changed.connect(self.update)

    def set_room(self, room: Headroom | None) -> None:
        self._room = room
        words = "not known"
        if room is not None:
            words = (
                f"open S/Ls {money(room.open_stops)}, this trade {money(room.this_trade)}, "
                f"left {money(room.left)}, buffer {money(room.buffer)}"
            )
        self.setAccessibleName(f"Headroom: {words}")
        self.setToolTip(f"Headroom: {words}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, area = self._theme, QRectF(self.rect())
        track = QPainterPath()
        track.addRoundedRect(area, _HEIGHT / 2, _HEIGHT / 2)
        painter.setClipPath(track)
        painter.fillRect(area, theme.colour("line"))
        x = 0.0
        for share, token, hatched in self._parts():
            part = QRectF(x, 0, max(area.width() * share - _GAP, 0.0), area.height())
            painter.fillRect(part, theme.colour(token))
            if hatched:
                lines = QBrush(theme.colour("panel", 150), Qt.BrushStyle.BDiagPattern)
                painter.fillRect(part, lines)
            x += area.width() * share

    def _parts(self) -> list[tuple[float, str, bool]]:
        """Share of the width, colour, hatched."""
        room = self._room
        if room is None:
            return []
        through = room.left < 0
        amounts = (
            (room.open_stops, "bad" if through else "text3", True),
            (room.this_trade, "buy", False),
            (room.left, "ok", False),
            (room.buffer, "text3", False),
        )
        total = sum((max(amount, ZERO) for amount, _, _ in amounts), ZERO)
        if total <= 0:
            return []
        return [(float(max(a, ZERO) / total), token, hatched) for a, token, hatched in amounts]
