"""Everything is reached by Tab, says its name, and acts without a pointer, on every page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from signalos_desktop.app.panel import Panel
from signalos_desktop.domain.trading_state import TradingState
from tests.gui.panel_run import Play, fire, paste, running, state_is, until

SELL = "SELL EURUSD SL 1.0900 TP 1.0600"
PAGES = ("desk", "statistics", "providers", "strategies", "signin", "runbook", "doctor", "settings")
MOST_TABS = 400


def reachable(window: QWidget) -> set[QWidget]:
    """What a user can see and Tab is meant to reach."""
    return {
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not widget.visibleRegion().isEmpty()
    }


def walk(window: QWidget) -> list[QWidget]:
    """Tab, until it comes back to where it began."""
    seen: list[QWidget] = []
    for _ in range(MOST_TABS):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or now in seen:
            break
        seen.append(now)
    return seen


def name_of(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


@pytest.mark.parametrize("page", PAGES)
def test_tab_reaches_everything_and_everything_has_a_name(play: Play, page: str) -> None:
    async def script(panel: Panel) -> None:
        window = panel.window
        await running(panel)
        if page == "desk":
            await fire(panel, SELL)
            await paste(panel, "GOLD BUY NOW SL 2350 TP 2600")
            await until(window.desk.ticket.bar.fire.isEnabled, "FIRE")
        else:
            window.open_page(page)
            made = window.page(page)
            await until(lambda: reachable(made), "what can be pressed")
        window.activateWindow()
        window.strip.pause.setFocus(Qt.FocusReason.TabFocusReason)
        seen = walk(window)
        missed = {name_of(widget) for widget in reachable(window) - set(seen)}
        assert missed - {name_of(window.strip.pause)} == set()
        assert window.strip.stop in seen
        nameless = [type(w).__name__ for w in seen if not name_of(w)]
        assert nameless == []

    play(script)


def test_a_signal_is_pasted_fired_changed_and_closed_by_keys_alone(play: Play) -> None:
    async def script(panel: Panel) -> None:
        window = panel.window
        await running(panel)
        QTest.keyClick(window, Qt.Key.Key_F9)
        box = window.desk.inbox.paste
        QTest.keyClicks(box, SELL)
        QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        ticket, tables = window.desk.ticket, window.desk.tables
        assert tables is not None
        await until(ticket.bar.fire.isEnabled, "FIRE")
        held = Qt.KeyboardModifier.ControlModifier
        QTest.keyClick(ticket, Qt.Key.Key_Return, held)
        await until(lambda: ticket.bar.hears, "the time of a double click")
        QTest.keyClick(ticket, Qt.Key.Key_Return, held)
        await until(lambda: tables.positions.rowCount() == 1, "the position")
        view = tables.panels["positions"].view
        view.select_key(tables.positions.key_at(0))
        QTest.keyClick(view, Qt.Key.Key_Return)
        assert tables.bar.sl.line.hasFocus()
        tables.bar.sl.line.selectAll()
        QTest.keyClicks(tables.bar.sl.line, "1.0890")
        QTest.keyClick(tables.bar.sl.line, Qt.Key.Key_Return)
        book = window.views.book
        assert book is not None
        [number] = book.positions
        await until(lambda: str(book.positions[number].sl) in ("1.0890", "1.089"), "the S/L")
        QTest.keyClick(window, Qt.Key.Key_4, held | Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(tables.bar.go, Qt.Key.Key_Return)
        await until(lambda: not book.positions, "the close")
        window.strip.stop.setFocus()
        QTest.keyClick(window.strip.stop, Qt.Key.Key_Space)
        await state_is(panel, TradingState.STOPPED_FLAT)

    play(script)


def test_no_scroll_area_keeps_the_focus(play: Play) -> None:
    """A text or a table lets Tab go on."""

    async def script(panel: Panel) -> None:
        window = panel.window
        await running(panel)
        await paste(panel, SELL)
        kept = []
        for area in window.desk.findChildren(QAbstractScrollArea):
            if area.isVisible() and area.focusPolicy() & Qt.FocusPolicy.TabFocus:
                area.setFocus()
                QTest.keyClick(area, Qt.Key.Key_Tab)
                if QApplication.focusWidget() is area:
                    kept.append(area.accessibleName())
        assert kept == []

    play(script)
