"""The pages of the window by their keys; each is made when it is asked for the first time."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget


class PageStack(QStackedWidget):
    def __init__(self) -> None:
        super().__init__()
        self._places: dict[str, Callable[[], QWidget]] = {}
        self._made: dict[str, QWidget] = {}

    def offer(self, key: str, make: Callable[[], QWidget]) -> None:
        self._places[key] = make

    def page(self, key: str) -> QWidget:
        if key not in self._made:
            self._made[key] = self._places[key]()
            self.addWidget(self._made[key])
        return self._made[key]
