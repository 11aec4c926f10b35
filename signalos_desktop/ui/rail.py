"""The rail at the left: one button a page, the lock and the reset of the layout below."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup

from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.button import IconButton, RailButton
from signalos_desktop.ui.widgets.layouts import stack
from signalos_desktop.ui.widgets.panel import Ground

_SIDE = 32


class Rail(Ground):
    """chosen: the key of the page whose button was pressed."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "panel", radius=0)
        self._theme = theme
        self.buttons: dict[str, RailButton] = {}
        self._high = 0
        self._group = QButtonGroup(self)
        self._stack = stack(gap=4, margins=(4, 8, 4, 8))
        self.setLayout(self._stack)
        self._stack.addStretch(1)
        self.lock = IconButton(theme, "lock", "Lock the layout", size=_SIDE, checkable=True)
        self.lock.setChecked(True)
        self.reset = IconButton(theme, "refresh", "Reset the layout", size=_SIDE)
        self._stack.addWidget(self.lock)
        self._stack.addWidget(self.reset)
        self.setAccessibleName("Pages")
        theme.changed.connect(self._fit)
        self._fit()

    def add_page(self, key: str, icon: str, name: str, *, low: bool = False) -> None:
        """low: at the bottom, with what is needed less often."""
        button = RailButton(self._theme, icon, name)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(button)
        # Above the stretch, or below it with the lock and the reset.
        place = self._stack.indexOf(self.lock) if low else self._high
        self._stack.insertWidget(place, button)
        self._high += not low
        self.buttons[key] = button

    def set_current(self, key: str) -> None:
        self.buttons[key].setChecked(True)

    def _fit(self) -> None:
        self.setFixedWidth(self._theme.density.rail)
