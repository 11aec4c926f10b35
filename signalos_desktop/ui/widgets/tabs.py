"""The tab bar of a panel: words with a count, the active one underlined."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from signalos_desktop.ui.theme.paint import chip_width, draw_chip, draw_text, text_width
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.widgets.pressable import Pressable

_CHIP = 16


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    title: str


class _TabButton(Pressable):
    def __init__(self, theme: Theme, tab: Tab) -> None:
        super().__init__(theme)
        self.key = tab.key
        self.count = ""
        self.tone = Tone.PLAIN
        self.setText(tab.title)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(tab.title)

    def set_count(self, count: str, tone: Tone) -> None:
        if (count, tone) != (self.count, self.tone):
            self.count, self.tone = count, tone
            self.setAccessibleName(f"{self.text()}, {count}" if count else self.text())
            self.refresh()

    def sizeHint(self) -> QSize:
        # As wide as in bold, so that choosing a tab moves none of the others.
        width = text_width(self.theme.font("body", 600), self.text()) + 2 * self._pad()
        if self.count:
            width += chip_width(self.theme, self.count) + 6
        return QSize(round(width), self.theme.density.tab_bar)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = self.begin_paint(), self.theme
        active = self.isChecked()
        place = QRectF(self.rect()).adjusted(self._pad(), 0, 0, 0)
        font = theme.font("body", 600 if active else 500)
        token = "text" if active or self.hovered else "text2"
        draw_text(painter, place, self.text(), font, theme.colour(token))
        if self.count:
            x = place.left() + text_width(theme.font("body", 600), self.text()) + 6
            chip = QRectF(x, (self.height() - _CHIP) / 2, self.width() - x, _CHIP)
            draw_chip(painter, theme, chip, self.count, self.tone)
        if active:
            line = QRectF(0, self.height() - 2, self.width(), 2)
            painter.fillRect(line, theme.colour("accent"))
        self.paint_focus(painter, 4)

    def _pad(self) -> int:
        return 10 if self.theme.density.compact else 12


class TabBar(QWidget):
    """chosen is sent with the key of a tab the user picked; the arrow keys move between tabs."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, tabs: Sequence[Tab]) -> None:
        super().__init__()
        self._theme = theme
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(0)
        self._buttons: dict[str, _TabButton] = {}
        for tab in tabs:
            self.add_tab(tab)
        self._layout.addStretch(1)
        self.set_current(tabs[0].key)
        theme.changed.connect(self._fit)
        self._fit()

    def add_tab(self, tab: Tab) -> None:
        """As the last one."""
        button = _TabButton(self._theme, tab)
        button.clicked.connect(lambda: self.chosen.emit(tab.key))
        self._layout.insertWidget(len(self._buttons), button)
        self._buttons[tab.key] = button

    def remove_tab(self, key: str) -> None:
        """If it was the current one, the first is."""
        button = self._buttons.pop(key)
        if button.isChecked():
            self.set_current(next(iter(self._buttons)))
        self._layout.removeWidget(button)
        button.deleteLater()

    @property
    def current(self) -> str:
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def set_current(self, key: str) -> None:
        self._buttons[key].setChecked(True)

    def set_count(self, key: str, count: str, tone: Tone = Tone.PLAIN) -> None:
        """A count or a few words behind a tab's title, empty for none."""
        self._buttons[key].set_count(count, tone)

    def add_action(self, widget: QWidget) -> None:
        """Something at the right end."""
        self._layout.addWidget(widget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        keys = list(self._buttons)
        key = keys[(keys.index(self.current) + step) % len(keys)]
        self.set_current(key)
        self._buttons[key].setFocus(Qt.FocusReason.TabFocusReason)
        self.chosen.emit(key)

    def _fit(self) -> None:
        density = self._theme.density
        self._layout.setContentsMargins(4, 0, density.padding, 0)
        self.setFixedHeight(density.tab_bar)
