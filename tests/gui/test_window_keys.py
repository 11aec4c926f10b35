"""Keys that work everywhere, and a window that is held up: stop, heartbeats and receipts go on."""

import asyncio
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QWidget

from signalos_desktop.app.panel import Panel
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.ui.keys import read_press
from tests.gui.panel_run import Play, fire, running, state_is, until

SELL = "SELL EURUSD SL 1.0900 TP 1.0600"
BLOCKED_S = 5.0
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def found(folder: Path, pattern: str) -> list[Path]:
    return list(folder.rglob(pattern))


@pytest.mark.parametrize(
    ("key", "held", "keys"),
    [
        (Qt.Key.Key_Pause, NONE, "Pause"),
        (Qt.Key.Key_Pause, CTRL | SHIFT, "Ctrl+Shift+Pause"),
        (Qt.Key.Key_Cancel, CTRL | SHIFT, "Ctrl+Shift+Pause"),
        (Qt.Key.Key_Cancel, NONE, "Cancel"),
        (Qt.Key.Key_F9, NONE, "F9"),
        (Qt.Key.Key_B, CTRL | Qt.KeyboardModifier.AltModifier, "Ctrl+Alt+B"),
        (Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier, "Alt+1"),
    ],
)
def test_what_is_pressed_is_read_as_the_settings_write_it(
    key: Qt.Key, held: Qt.KeyboardModifier, keys: str
) -> None:
    assert str(read_press(key, held)) == keys


def test_the_keys_of_the_settings_act_on_the_selected_position(play: Play) -> None:
    async def script(panel: Panel) -> None:
        window = panel.window
        await running(panel)
        ticket = await fire(panel, SELL)
        book = window.views.book
        tables = window.desk.tables
        assert book is not None
        assert tables is not None
        before = book.positions[ticket].volume
        changed = {"hotkey.close_50": "F7", "hotkey.pause": "F8", "hotkey.paste": "F8"}
        await panel.actions.settings(changed)
        toasts = [toast.text for toast in window.toasts.shown()]
        assert any("hotkey.paste = F8: these keys are for pause already" in t for t in toasts)
        QTest.keyClick(window, Qt.Key.Key_F7)
        assert tables.bar.isVisible()
        assert tables.bar.part.current == "50 %"
        tables.bar.go.click()
        await until(lambda: book.positions[ticket].volume < before, "the half")
        await panel.actions.settings({"panel.confirm_close": "false"})
        QTest.keyClick(window, Qt.Key.Key_4, CTRL | Qt.KeyboardModifier.AltModifier)
        await until(lambda: not book.positions, "the close in one press")
        QTest.keyClick(window, Qt.Key.Key_F8)
        await state_is(panel, TradingState.PAUSED)

    play(script)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_an_open_menu_holds_up_neither_heartbeats_nor_the_stop(play: Play, files: Path) -> None:
    async def script(panel: Panel) -> None:
        window = panel.window
        await running(panel)
        await fire(panel, SELL)
        tables = window.desk.tables
        assert tables is not None
        view = tables.panels["positions"].view
        await until(lambda: tables.positions.rowCount() == 1, "the row")
        menu = view.open_menu(tables.positions.index(0, 0), window.mapToGlobal(QPoint(10, 10)))
        assert menu is not None
        await until(menu.isVisible, "the menu")
        heartbeat = found(files, "app.json")[0]
        beats = {heartbeat.read_bytes()}

        def beaten() -> bool:
            beats.add(heartbeat.read_bytes())
            return len(beats) > 2

        await until(beaten, "heartbeats")
        QTest.keyClick(menu, Qt.Key.Key_Pause, CTRL | SHIFT)
        await state_is(panel, TradingState.STOPPED_FLAT)
        menu.close()

    play(script)


def test_f9_pauses_and_stops_by_key_also_under_a_modal_dialog(play: Play) -> None:
    async def script(panel: Panel) -> None:
        window = panel.window
        await running(panel)
        await fire(panel, SELL)
        window.strip.pause.setFocus()
        QTest.keyClick(window, Qt.Key.Key_F9)
        assert window.desk.inbox.paste.hasFocus()
        QTest.keyClick(window.desk.inbox.paste, Qt.Key.Key_Pause)
        await state_is(panel, TradingState.PAUSED)

        dialog = QDialog(window)
        dialog.setModal(True)
        QTimer.singleShot(0, dialog.exec)
        await until(dialog.isVisible, "the dialog")
        QTest.keyClick(dialog, Qt.Key.Key_Pause, CTRL | SHIFT)
        await state_is(panel, TradingState.STOPPED_FLAT)
        assert dialog.isVisible()
        dialog.reject()

    play(script)


def test_a_blocked_panel_stops_neither_heartbeats_nor_receipts_nor_the_stop(
    play: Play, files: Path
) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        await fire(panel, SELL)
        [desk] = panel.thread.engine.session.desks.values()
        heartbeat = found(files, "app.json")[0]
        panel.actions.stop()
        beats, flat_after = set(), None
        began = time.monotonic()
        while time.monotonic() - began < BLOCKED_S:
            beats.add(heartbeat.read_bytes())
            if flat_after is None and desk.standing().state is TradingState.STOPPED_FLAT:
                flat_after = time.monotonic() - began
        assert flat_after is not None
        assert len(beats) >= BLOCKED_S - 1
        await state_is(panel, TradingState.STOPPED_FLAT)

    play(script)


def test_an_engine_that_stops_answering_is_said_and_the_stop_still_latches(
    play: Play, files: Path
) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        ticket = await fire(panel, SELL)
        held = asyncio.Event()
        until_s = time.monotonic() + BLOCKED_S

        def hold(_engine: object) -> None:
            held.set()
            while time.monotonic() < until_s:
                pass

        holding = asyncio.ensure_future(panel.thread.read(hold))
        alarms = panel.window.views.alarms
        await until(lambda: alarms.engine_silent_since is not None, "the silence of the engine")
        panel.window.strip.stop.click()
        assert panel.window.strip.state.state is TradingState.STOPPING
        await until(lambda: found(files, "halt*"), "the stop file")
        await holding
        await until(lambda: alarms.engine_silent_since is None, "the engine")
        await state_is(panel, TradingState.STOPPED_FLAT)
        book = panel.window.views.book
        assert book is not None
        assert ticket not in book.positions

    play(script)


def test_every_control_has_a_name(play: Play) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        await until(lambda: panel.window.desk.findChildren(QWidget), "the panels")
        nameless = [
            f"{type(widget).__name__} in {type(widget.parent()).__name__}"
            for widget in panel.window.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisible()
            and not isinstance(widget.parent(), QAbstractScrollArea)
            and not widget.accessibleName()
        ]
        assert nameless == []

    play(script)
