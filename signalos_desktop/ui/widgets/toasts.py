"""Short messages at the bottom right: at most three at a time, six seconds; a warning stays."""

from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.widgets.button import Button, ButtonKind, IconButton
from signalos_desktop.ui.widgets.layouts import row, stack
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.text import Icon, Text

MOST = 3
STAYS_MS = 6000
_WIDTH = 400
_MARGIN = 16


@dataclass(frozen=True, slots=True)
class Toast:
    """action: words of its one button, empty for none; key: what acted sends for it."""

    tone: Tone
    icon: str
    title: str
    text: str
    action: str = ""
    key: str = ""

    @property
    def stays(self) -> bool:
        return self.tone in (Tone.AMBER, Tone.BAD)


class ToastCard(Ground):
    closed = Signal()
    acted = Signal()

    def __init__(self, theme: Theme, toast: Toast) -> None:
        super().__init__(theme, "panel", radius=8, edge="line2")
        self.toast = toast
        words = stack(
            Text(theme, toast.title, "body", "text", 600, wrap=True),
            Text(theme, toast.text, "small", "text2", wrap=True),
            gap=2,
        )
        line = row(gap=12, margins=(12, 10, 8, 10))
        line.addWidget(Icon(theme, toast.icon, 20, toast.tone.text))
        line.addLayout(words, 1)
        if toast.action:
            action = Button(theme, toast.action, ButtonKind.SECONDARY, height=28)
            action.clicked.connect(self.acted)
            line.addWidget(action)
        close = IconButton(theme, "cross", f"Close: {toast.title}", size=24)
        close.clicked.connect(self.closed)
        line.addWidget(close)
        self.setLayout(line)
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(f"{toast.title}. {toast.text}")


class ToastStack(QWidget):
    """Lies over its host. What does not fit waits until one of those shown is gone."""

    acted = Signal(str)

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._waiting: deque[Toast] = deque()
        self._cards: list[ToastCard] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        host.installEventFilter(self)
        self.hide()

    def show_toast(self, toast: Toast) -> None:
        self._waiting.append(toast)
        self._fill()

    def show_once(self, toast: Toast) -> None:
        """A question that cannot wait for its place; nothing new if it stands there already."""
        if toast in self.shown():
            return
        self._waiting.appendleft(toast)
        if len(self._cards) == MOST:
            self._waiting.append(self._cards[0].toast)
            self._close(self._cards[0])
        self._fill()

    def shown(self) -> tuple[Toast, ...]:
        return tuple(card.toast for card in self._cards)

    def waiting(self) -> int:
        return len(self._waiting)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _fill(self) -> None:
        while self._waiting and len(self._cards) < MOST:
            self._add(self._waiting.popleft())
        self._place()

    def _add(self, toast: Toast) -> None:
        card = ToastCard(self._theme, toast)
        card.closed.connect(lambda: self._close(card))
        card.acted.connect(lambda: self._act(card))
        if not toast.stays:
            QTimer.singleShot(STAYS_MS, card, lambda: self._close(card))
        self._cards.append(card)
        self._layout.addWidget(card)

    def _act(self, card: ToastCard) -> None:
        self.acted.emit(card.toast.key)
        self._close(card)

    def _close(self, card: ToastCard) -> None:
        if card in self._cards:
            self._cards.remove(card)
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
            self._fill()

    def _place(self) -> None:
        self.setVisible(bool(self._cards))
        if not self._cards:
            return
        heights = [card.heightForWidth(_WIDTH) for card in self._cards]
        for card, height in zip(self._cards, heights, strict=True):
            card.setFixedHeight(height)
        total = sum(heights) + self._layout.spacing() * (len(heights) - 1)
        x = self._host.width() - _WIDTH - _MARGIN
        y = self._host.height() - total - _MARGIN
        self.setGeometry(max(x, 0), max(y, 0), _WIDTH, total)
        self.raise_()
