"""Docks: kept, locked, put back; a damaged layout file is said and not used."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from signalos_desktop.adapters.clock import SystemClock
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.layout_file import LayoutFile
from signalos_desktop.ui.main_window import MainWindow
from signalos_desktop.ui.panels.desk import CHARTS, SIGNALS, TABLES
from signalos_desktop.ui.theme.theme import Theme

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def opened(theme: Theme, qtbot: QtBot, path: Path, *, width: int = 1366) -> MainWindow:
    window = MainWindow(theme, EventBus(), Actions(), SystemClock(), LayoutFile(path))
    qtbot.addWidget(window)
    window.resize(width, 768)
    window.show()
    window.add_parts()
    return window


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "window.json"


def test_a_locked_layout_cannot_be_dragged_and_an_unlocked_one_can(
    theme: Theme, qtbot: QtBot, path: Path
) -> None:
    window = opened(theme, qtbot, path)
    docks = window.desk.docks
    signals = docks.docks[SIGNALS]
    QApplication.processEvents()
    gap = QPoint(signals.geometry().right() + 2, 100)

    def send(kind: QEvent.Type, at: QPoint) -> None:
        place, held = QPointF(at), LEFT if kind is not QEvent.Type.MouseButtonRelease else NONE
        everywhere = QPointF(docks.mapToGlobal(at))
        event = QMouseEvent(kind, place, everywhere, LEFT, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(docks, event)
        QApplication.processEvents()

    def drag() -> int:
        send(QEvent.Type.MouseButtonPress, gap)
        send(QEvent.Type.MouseMove, gap + QPoint(80, 0))
        send(QEvent.Type.MouseButtonRelease, gap + QPoint(80, 0))
        QApplication.processEvents()
        return signals.width()

    before = signals.width()
    assert drag() == before
    window.rail.lock.click()
    assert not docks.locked
    assert drag() > before


def test_what_was_moved_is_there_again_and_reset_puts_it_back(
    theme: Theme, qtbot: QtBot, path: Path
) -> None:
    window = opened(theme, qtbot, path)
    window.rail.lock.click()
    window.desk.docks.addDockWidget(
        Qt.DockWidgetArea.RightDockWidgetArea, window.desk.docks.docks[SIGNALS]
    )
    window.layout_kept.keep()
    again = opened(theme, qtbot, path)
    docks = again.desk.docks

    def area() -> Qt.DockWidgetArea:
        return docks.dockWidgetArea(docks.docks[SIGNALS])

    assert area() is Qt.DockWidgetArea.RightDockWidgetArea
    assert not again.rail.lock.isChecked()
    again.rail.reset.click()
    assert area() is Qt.DockWidgetArea.LeftDockWidgetArea
    assert docks.dockWidgetArea(docks.docks[TABLES]) is Qt.DockWidgetArea.BottomDockWidgetArea


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe rubbish",
        b"[]",
        b'{"docks": 7}',
        b'{"docks": "bm8gbGF5b3V0"}',
        b"[" * 100_000,
        b" " * (2 << 20),
    ],
)
def test_a_damaged_layout_file_is_said_and_the_usual_layout_shown(
    theme: Theme, qtbot: QtBot, path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    window = opened(theme, qtbot, path)
    assert [toast.title for toast in window.toasts.shown()] == ["The layout was reset"]
    assert window.desk.docks.docks[TABLES].isVisible()
    window.layout_kept.keep()
    assert set(json.loads(path.read_text())) == {"docks", "window", "locked"}


def test_a_layout_that_cannot_be_written_stops_nothing(
    theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(theme, qtbot, tmp_path / "nowhere" / "window.json")
    window.layout_kept.keep()
    with qtbot.waitSignal(window.closing):
        window.close()


def test_the_charts_are_a_tab_where_it_is_narrow(theme: Theme, qtbot: QtBot, path: Path) -> None:
    window = opened(theme, qtbot, path, width=1000)
    desk = window.desk
    QApplication.processEvents()
    tables, charts = desk.tables, desk.charts
    assert tables is not None
    assert charts is not None
    assert tables.has_charts
    assert not desk.docks.docks[CHARTS].isVisible()
    tables.show_tab("charts")
    assert charts.isVisible()
    window.resize(1500, 800)
    QApplication.processEvents()
    assert not tables.has_charts
    assert desk.docks.docks[CHARTS].isVisible()
    assert charts.isVisible()
    assert tables.tabs.current == "positions"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_floating_dock_comes_back_by_its_button(theme: Theme, qtbot: QtBot, path: Path) -> None:
    window = opened(theme, qtbot, path)
    window.rail.lock.click()
    dock = window.desk.docks.docks[SIGNALS]
    dock.setFloating(True)
    window.rail.reset.click()
    assert not dock.isFloating()
    assert dock.isVisible()
