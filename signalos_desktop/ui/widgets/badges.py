"""DEMO or LIVE, the word of the trading state, and the chip of one meaning."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.ui.theme.paint import (
    CENTRE,
    chip_width,
    draw_chip,
    draw_icon,
    draw_rounded,
    draw_text,
    text_width,
)
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.widgets.text import Painted

_HEIGHT = 28


class _Badge(Painted):
    """A painted word that no one presses."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.refresh)

    def refresh(self) -> None:
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def begin_paint(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter


class ModeBadge(_Badge):
    """DEMO is an outline, LIVE is solid: told apart without any colour."""

    def __init__(self, theme: Theme, *, live: bool | None = None) -> None:
        super().__init__(theme)
        self._live = live
        self.set_live(live)

    def set_live(self, live: bool | None) -> None:
        """None: the terminal has not said yet; grey, and neither outline nor solid."""
        self._live = live
        names = {True: "Live account", False: "Demo account", None: "Account type not known yet"}
        self.setAccessibleName(names[live])
        self.setToolTip(names[live])
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(max(56, round(text_width(self._font(), self._word())) + 16), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = self.begin_paint(), self.theme
        area = QRectF(self.rect())
        if self._live is False:
            draw_rounded(painter, area, 6, None, theme.colour("line2"), 1.5)
        else:
            draw_rounded(painter, area, 6, theme.colour("text" if self._live else "stale_bg"))
        token = "panel" if self._live else "text2"
        draw_text(painter, area, self._word(), self._font(), theme.colour(token), CENTRE)

    def _word(self) -> str:
        return {True: "LIVE", False: "DEMO", None: "UNKNOWN"}[self._live]

    def _font(self) -> QFont:
        return self.theme.font_px(13, 700)


# Word, tone, icon (none = a dot), solid red.
_STATES = {
    TradingState.RUNNING: ("RUNNING", Tone.OK, "", False),
    TradingState.PAUSED: ("PAUSED", Tone.AMBER, "pause", False),
    TradingState.STARTING: ("STARTING", Tone.AMBER, "clock", False),
    TradingState.STOPPING: ("STOPPING", Tone.BAD, "stop-octagon", True),
    TradingState.STOPPED_FLAT: ("STOPPED, FLAT", Tone.STALE, "lock", False),
    TradingState.STOPPED_NOT_FLAT: ("STOPPED, NOT FLAT", Tone.BAD, "warning", True),
}


class StateWord(_Badge):
    """The trading state, as a word with its mark."""

    def __init__(self, theme: Theme, state: TradingState = TradingState.STARTING) -> None:
        super().__init__(theme)
        self.state = state
        self.set_state(state)

    def set_state(self, state: TradingState) -> None:
        self.state = state
        self.setAccessibleName(f"Trading is {_STATES[state][0]}")
        self.refresh()

    def sizeHint(self) -> QSize:
        word = text_width(self.theme.font("emphasis", 700), _STATES[self.state][0])
        return QSize(round(word) + 46, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = self.begin_paint(), self.theme
        word, tone, icon, solid = _STATES[self.state]
        area = QRectF(self.rect())
        draw_rounded(painter, area, 6, theme.colour("stop" if solid else tone.tint))
        token = "white" if solid else tone.text
        if icon:
            draw_icon(painter, theme, icon, 10, area.center().y() - 8, 16, token)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(token))
            painter.drawEllipse(QPointF(18, area.center().y()), 4, 4)
        place = area.adjusted(34 if icon else 30, 0, 0, 0)
        draw_text(painter, place, word, theme.font("emphasis", 700), theme.colour(token))


class Chip(_Badge):
    """Icon and word in the tint and the text of one meaning."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        tone: Tone = Tone.PLAIN,
        icon: str = "",
        *,
        on_tint: bool = False,
    ) -> None:
        super().__init__(theme)
        self._tone, self._icon, self._on_tint = tone, icon, on_tint
        self._text = ""
        self.set_chip(text, tone, icon)

    def set_chip(self, text: str, tone: Tone, icon: str = "") -> None:
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.refresh()

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(round(chip_width(self.theme, self._text, self._icon) + 0.5), 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        place = QRectF(self.rect())
        painter = self.begin_paint()
        draw_chip(
            painter, self.theme, place, self._text, self._tone, self._icon, on_tint=self._on_tint
        )
