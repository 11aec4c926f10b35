"""Keeps where the window and its docks stand, and brings them back, damaged files included."""

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow

from signalos_desktop.ui.layout_file import LayoutFile
from signalos_desktop.ui.panels.desk import Desk
from signalos_desktop.ui.rail import Rail


class WindowLayout:
    """Without a file nothing is kept."""

    def __init__(self, window: QMainWindow, desk: Desk, rail: Rail, file: LayoutFile | None):
        self._window, self._desk, self._rail, self._file = window, desk, rail, file
        rail.lock.toggled.connect(lambda on: desk.docks.set_locked(locked=on))
        rail.reset.clicked.connect(desk.reset_layout)

    def keep(self) -> None:
        """Not before the docks are there: what was kept would be lost."""
        if self._file is not None and self._desk.tables is not None:
            place = bytes(self._window.saveGeometry().toBase64().data()).decode("ascii")
            locked = "yes" if self._rail.lock.isChecked() else "no"
            docks = self._desk.docks.keep()
            self._file.save({"docks": docks, "window": place, "locked": locked})

    def restore(self) -> str:
        """What was wrong with what was kept, in words; empty if nothing was."""
        if self._file is None:
            return ""
        kept = self._file.load()
        problem, texts = kept.problem, kept.texts
        if place := texts.get("window"):
            self._window.restoreGeometry(QByteArray.fromBase64(place.encode("ascii", "replace")))
        if (docks := texts.get("docks")) and not self._desk.docks.restore(docks):
            self._desk.reset_layout()
            problem = "The kept layout cannot be read: the usual one is shown, and kept anew"
        self._rail.lock.setChecked(texts.get("locked") != "no")
        return problem
