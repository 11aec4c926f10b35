"""What the window says of itself: banners that push the page down, and empty states."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.layouts import empty_layout, row, stack
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.text import CutText, Icon, Text

_PULSE_MS = 500
_ABOVE_AND_BELOW = 8
_WORDS, _ROOM = 1, 3
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_EDGES = {Tone.AMBER: "amber_line", Tone.BAD: "bad"}


class Fact(Ground):
    """A short fact on a banner: what, and when it ends."""

    def __init__(self, theme: Theme, what: str, note: str) -> None:
        super().__init__(theme, "panel", radius=4)
        self.setLayout(
            row(
                Text(theme, what, "small", "text", 600),
                Text(theme, note, "small", "text2"),
                gap=6,
                margins=(8, 3, 8, 3),
            )
        )


class Banner(Ground):
    """Icon, what, since when, what still works, what to do. acted: the key of a button pressed."""

    acted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._alarm = False
        self._tone = Tone.PLAIN
        self._icon_name = ""
        self._icon = Icon(theme, "", 24)
        self._title = CutText(theme, "", "emphasis", "text", 700)
        self._facts = row(gap=8)
        self._text = CutText(theme, "", "small", "text2")
        self._actions = row(gap=8)
        self._stack = stack(None, self._title, self._text, None, gap=2)
        self._line = row(gap=12, margins=(12, 0, 8, 0))
        self._line.addWidget(self._icon)
        self._line.addLayout(self._stack, 1)
        self._line.addLayout(self._facts)
        self._line.addStretch(0)
        self._line.addLayout(self._actions)
        self.setLayout(self._line)
        self._pulse = QTimer(self)
        self._pulse.setInterval(_PULSE_MS)
        self._pulse.timeout.connect(self._beat)
        self._dim = False
        theme.changed.connect(self._fit)

    def set_notice(
        self,
        tone: Tone,
        icon: str,
        title: str,
        text: str = "",
        *,
        facts: Sequence[tuple[str, str]] = (),
        actions: Sequence[tuple[str, str, str]] = (),
        alarm: bool = False,
    ) -> None:
        """facts: (what, until when). actions: (key, words, icon). alarm: the icon pulses."""
        self._tone, self._alarm, self._icon_name = tone, alarm, icon
        self._title.setText(title)
        self._title.set_look(tone.text if tone is Tone.AMBER else "text")
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{title.rstrip('.')}. {text}".strip())
        empty_layout(self._facts)
        for what, note in facts:
            self._facts.addWidget(Fact(self._theme, what, note), 0, _MIDDLE)
        # With facts, they follow the title at once and the room is behind them; without, the words
        # have the whole line, and are never cut.
        self._title.setWordWrap(not facts)
        self._text.setWordWrap(not facts)
        self._line.setStretch(_WORDS, 0 if facts else 1)
        self._line.setStretch(_ROOM, 1 if facts else 0)
        empty_layout(self._actions)
        for key, words, mark in actions:
            button = Button(self._theme, words, ButtonKind.SECONDARY, mark)
            button.clicked.connect(lambda _=False, key=key: self.acted.emit(key))
            self._actions.addWidget(button)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        density = self._theme.density
        least = density.alarm_banner if self._alarm else density.banner
        self.setFixedHeight(max(least, self._line.heightForWidth(self.width()) + _ABOVE_AND_BELOW))

    def _fit(self) -> None:
        self._fit_height()
        tinted = self._tone in _EDGES
        self.set_colours(self._tone.tint if tinted else "panel", _EDGES.get(self._tone, "line2"))
        self._dim = False
        self._icon.set_icon(self._icon_name, self._tone.text)
        if self._alarm and not self._theme.appearance.reduced_motion:
            self._pulse.start()
        else:
            self._pulse.stop()

    def _beat(self) -> None:
        self._dim = not self._dim
        self._icon.set_icon(self._icon_name, "text3" if self._dim else self._tone.text)


class EmptyState(QWidget):
    """Why there is nothing here: icon, the fact, when it was checked."""

    def __init__(self, theme: Theme, icon: str, fact: str, note: str = "") -> None:
        super().__init__()
        self._icon = Icon(theme, icon, 24, "text3")
        self._fact = Text(theme, fact, "emphasis", "text", 600)
        self._note = Text(theme, note, "small", "text3")
        layout = stack(None, gap=4)
        for widget in (self._icon, self._fact, self._note):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.setLayout(layout)

    def set_state(self, icon: str, fact: str, note: str) -> None:
        self._icon.set_icon(icon, "text3")
        self._fact.setText(fact)
        self._note.setText(note)
        self.setAccessibleName(f"{fact}. {note}")
