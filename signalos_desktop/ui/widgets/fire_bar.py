"""The foot of the ticket: countdown, what firing leaves, Reject, and Fire with its volume."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.countdown import CountdownRing
from signalos_desktop.ui.widgets.layouts import boxed, row, stack
from signalos_desktop.ui.widgets.text import CutText, Icon


class FireButton(Button):
    """Says side and volume; blue to buy, red to sell, grey while it can not be fired."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Fire", ButtonKind.BUY, "fire", role="emphasis")
        self._asks = False
        self._order = ""
        self.setEnabled(False)

    def set_order(self, side: Side | None, volume: str) -> None:
        """volume: as the ticket shows it, `0.20`; side None = an update of what is open."""
        kinds = {Side.BUY: ButtonKind.BUY, Side.SELL: ButtonKind.SELL, None: ButtonKind.PRIMARY}
        self.set_kind(kinds[side])
        self._order = f"{side.value} {volume}" if side is not None else "update"
        self._say()

    def set_asks(self, *, asks: bool) -> None:
        """Pressed once: it says that the next press sends the order."""
        if asks is not self._asks:
            self._asks = asks
            self._say()

    def _say(self) -> None:
        words = f"Send {self._order}?" if self._asks else f"Fire {self._order}"
        if words != self.text():
            self.set_text(words)

    def set_key(self, key: str) -> None:
        """The shortcut shown beside the text; left out where it is narrow."""
        self._key = key
        self.refresh()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        compact = self.theme.density.compact
        return QSize(max(hint.width() + 8, 140 if compact else 196), self.theme.density.fire)


class FireBar(QWidget):
    """set_ready or set_blocked first; set_left moves the countdown.

    over_asked: the user means to fire over a soft rule.
    """

    fired = Signal()
    rejected = Signal()
    over_asked = Signal()

    def __init__(self, theme: Theme, key: str = "Ctrl+Enter") -> None:
        super().__init__()
        self._theme = theme
        self._key = key
        self.ring = CountdownRing(theme)
        self._icon = Icon(theme, "pause", 24, "amber")
        self._title = CutText(theme, "", "body", "text", 600)
        self.note = CutText(theme, "", "small", "text3")
        self.reject = Button(theme, "Reject", ButtonKind.GHOST, height=36)
        self.over = Button(theme, "Fire over it…", ButtonKind.AMBER, "warning", height=36)
        self.over.hide()
        self.fire = FireButton(theme)
        self._mark = QStackedWidget()
        self._mark.addWidget(self.ring)
        self._mark.addWidget(boxed(row(None, self._icon, None, gap=0)))
        words = stack(None, self._title, self.note, None, gap=1)
        self._line = row(self._mark, 4, words, row(self.reject, self.over, self.fire))
        self._line.setStretch(2, 1)
        self.setLayout(self._line)
        self.fire.clicked.connect(self._press)
        self.reject.clicked.connect(self.rejected)
        self.over.clicked.connect(self.over_asked)
        # The second click of a double click is no answer.
        self._deaf = QTimer(self, singleShot=True)
        theme.changed.connect(self._fit)
        self._fit()

    def ask_again(self, deaf_ms: int) -> None:
        """The next press sends it; for deaf_ms a press is not heard."""
        self.fire.set_asks(asks=True)
        self._deaf.start(deaf_ms)

    def stop_asking(self) -> None:
        self.fire.set_asks(asks=False)
        self._deaf.stop()

    @property
    def hears(self) -> bool:
        return not self._deaf.isActive()

    def set_ready(self, side: Side | None, volume: str, title: str, note: str) -> None:
        """It may be fired. title: when it expires; note: what its S/L costs and leaves."""
        self._offer(over=False)
        self.fire.set_order(side, volume)
        self.fire.setEnabled(True)
        self._mark.setCurrentIndex(0)
        self._set_words(title, note)

    def set_blocked(
        self,
        side: Side | None,
        volume: str,
        icon: str,
        colour: str,
        title: str,
        note: str,
        *,
        over: bool = False,
    ) -> None:
        """It may not be fired. title: why; note: what can be done. over: with a reason it may."""
        if side is not None:
            self.fire.set_order(side, volume)
        self._switch_off()
        self._offer(over=over)
        self._icon.set_icon(icon, colour)
        self._mark.setCurrentIndex(1)
        self._set_words(title, note)

    def disable(self) -> None:
        """While a FIRE is on its way nothing else can be fired."""
        self._switch_off()
        self._offer(over=False)

    def _switch_off(self) -> None:
        """A button that goes off would hand its focus on to whatever comes next in the window."""
        if self.fire.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fire.setEnabled(False)

    def set_left(self, seconds: float, total: float) -> None:
        self.ring.set_left(seconds, total)

    def _offer(self, *, over: bool) -> None:
        self.over.setVisible(over)
        self.fire.setVisible(not over)

    def _press(self) -> None:
        if self.hears:
            self.fired.emit()

    def _set_words(self, title: str, note: str) -> None:
        self._title.setText(title)
        self.note.setText(note)

    def _fit(self) -> None:
        side, pad = self._theme.density.fire, self._theme.density.ticket_padding
        self._line.setContentsMargins(pad, 8, pad, 8)
        self._mark.setFixedSize(side, side)
        self.fire.set_key("" if self._theme.density.compact else self._key)
