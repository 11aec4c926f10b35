"""The emergency stop: the only octagon of the program, one press, never disabled."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from signalos_desktop.ui.theme.figures import counted
from signalos_desktop.ui.theme.paint import draw_icon, draw_text, text_width
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import mix
from signalos_desktop.ui.widgets.pressable import Pressable

HEIGHT = 44
OURS, WHOLE = "(ours)", "(whole account)"
_CORNER = 10.0
_TEXT_LEFT = 46
_TITLE_PX = 15
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class StopPhase(StrEnum):
    READY = "STOP"
    STOPPING = "STOPPING"
    STOPPED = "STOPPED"
    NOT_FLAT = "STOPPED, NOT FLAT"


class StopButton(Pressable):
    """stop_pressed is sent when it goes down, in every phase: a second stop does no harm."""

    stop_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.phase = StopPhase.READY
        self._scope = ""
        self._whose = ""
        # Sent by mouse, by Space and by a screen reader's press alike.
        self.pressed.connect(self.stop_pressed)
        self.set_scope(None, None)

    def set_scope(
        self, positions: int | None, orders: int | None, *, whole_account: bool = False
    ) -> None:
        """What a stop would close; None = not known, which closes whatever is there."""
        whose = WHOLE if whole_account else OURS
        if positions is None or orders is None:
            scope = "close everything open"
        elif positions == orders == 0:
            scope, whose = "nothing open, locks entries", ""
        else:
            parts = [counted(positions, "position")] if positions else []
            parts += [counted(orders, "order")] if orders else []
            scope = f"close {' + '.join(parts)}"
        self._set(StopPhase.READY, scope, whose)

    def set_stopping(self, left: int, total: int) -> None:
        self._set(StopPhase.STOPPING, f"closing, {left} of {total} left")

    def set_sent(self) -> None:
        """Pressed, and no account has said yet what is open."""
        self._set(StopPhase.STOPPING, "sent, no answer yet")

    def set_stopped(self, *, flat: bool, note: str) -> None:
        """note: in a few words what is open, or that nothing is."""
        self._set(StopPhase.STOPPED if flat else StopPhase.NOT_FLAT, note)

    @property
    def scope(self) -> str:
        """What a press closes. Where it is narrow the usual `(ours)` is left out, no other word."""
        ours_is_clear = self.theme.density.compact and self._whose == OURS
        return f"{self._scope} {self._whose}".rstrip() if not ours_is_clear else self._scope

    @property
    def title(self) -> str:
        """The phase; where it is narrow the state beside it says the first half."""
        narrow = self.theme.density.compact and self.phase is StopPhase.NOT_FLAT
        return "NOT FLAT" if narrow else self.phase.value

    def sizeHint(self) -> QSize:
        theme = self.theme
        title = text_width(theme.font_px(_TITLE_PX, 700), self.title)
        sub = text_width(theme.font("caption", 500), self.scope)
        return QSize(round(max(title, sub)) + _TEXT_LEFT + 18, HEIGHT)

    def setEnabled(self, enabled: bool) -> None:
        """Does nothing: a stop is never disabled."""

    def setDisabled(self, disabled: bool) -> None:
        """As setEnabled."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space is pressed by Qt, Enter here."""
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.stop_pressed.emit()
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.begin_paint()
        theme = self.theme
        fill, edge, text = self._tokens()
        painter.setPen(QPen(theme.colour(edge), 1.5))
        painter.setBrush(theme.colour(fill))
        painter.drawPolygon(self._octagon(0.75))
        if self.focus_edge:
            painter.setPen(QPen(theme.colour("accent"), 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(self._octagon(1.25))
        middle = self.height() / 2
        draw_icon(painter, theme, "stop-octagon", 12, middle - 12, 24, text)
        room = self.width() - _TEXT_LEFT
        title = QRectF(_TEXT_LEFT, middle - 19, room, 20)
        font = theme.font_px(_TITLE_PX, 700)
        draw_text(painter, title, self.title, font, theme.colour(text))
        below = QRectF(_TEXT_LEFT, middle + 1, room, 16)
        draw_text(painter, below, self.scope, theme.font("caption", 500), theme.colour(text))

    def _set(self, phase: StopPhase, scope: str, whose: str = "") -> None:
        if (phase, scope, whose) == (self.phase, self._scope, self._whose):
            return
        self.phase, self._scope, self._whose = phase, scope, whose
        words = f"{scope} {whose}".rstrip()
        self.setAccessibleName(f"Emergency stop: {phase.value}, {words}")
        self.setToolTip(f"Emergency stop: {words}")
        self.refresh()

    def _tokens(self) -> tuple[str, str, str]:
        """Ground, edge and text."""
        bright = "stop_hover" if self.theme.palette.dark else "stop"
        if self.phase is StopPhase.STOPPED:
            return "hover" if self.hovered else "raised", "line2", "text2"
        if self.isDown():
            return mix(self.theme.palette.stop, "#000000", 0.3), "stop_line", "white"
        if self.phase in (StopPhase.STOPPING, StopPhase.NOT_FLAT):
            return bright, "white", "white"
        return "stop_hover" if self.hovered else "stop", "stop_line", "white"

    def _octagon(self, inset: float) -> QPolygonF:
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        left, top, right, bottom, cut = (
            box.left(),
            box.top(),
            box.right(),
            box.bottom(),
            _CORNER,
        )
        return QPolygonF(
            [
                QPointF(left + cut, top),
                QPointF(right - cut, top),
                QPointF(right, top + cut),
                QPointF(right, bottom - cut),
                QPointF(right - cut, bottom),
                QPointF(left + cut, bottom),
                QPointF(left, bottom - cut),
                QPointF(left, top + cut),
            ]
        )
