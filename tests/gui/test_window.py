"""The real window on the real simulated terminal: read, fire, pause, stop, prove, resume."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from signalos_desktop.app.panel import Panel
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.engine.events import ReceiptRead
from signalos_desktop.ui.widgets.button import Button
from tests.gui.panel_run import Play, fire, paste, running, state_is, until
from tests.helpers.processes import Terminal

SELL = "SELL EURUSD SL 1.0900 TP 1.0600"
GOLD = "GOLD BUY NOW\nSL: 2350\nTP: 2600"


async def hold_resume(panel: Panel) -> None:
    """Two seconds of Space on the button that leads back."""
    button = panel.window.strip.resume
    await until(button.isEnabled, "a resume that is allowed")
    QTest.keyPress(button, Qt.Key.Key_Space)
    await asyncio.sleep(2.3)
    QTest.keyRelease(button, Qt.Key.Key_Space)


def test_from_pasted_text_over_fire_and_stop_back_to_running(play: Play) -> None:
    async def script(panel: Panel) -> None:
        window = panel.window
        strip, desk, views = window.strip, window.desk, window.views
        receipts: list[ReceiptRead] = []
        panel.bridge.bus.subscribe(ReceiptRead, receipts.append)
        await running(panel)
        await until(lambda: "alive" in strip.ea.accessibleName(), "a living EA")
        assert "Demo account" in strip.badge.accessibleName()

        ticket = await fire(panel, SELL)
        assert views.book is not None
        assert views.book.positions[ticket].symbol == "EURUSD"
        assert [r.receipt.status.value for r in receipts] == ["FILLED"]
        assert "close 1 position" in strip.stop.accessibleName()

        signal = await paste(panel, GOLD)
        await until(lambda: views.inbox.records[signal].state is SignalState.READY, "ready")
        await until(desk.ticket.gates.isVisible, "the gates")
        assert desk.ticket.message.text() == GOLD
        assert desk.ticket.levels.grid.rows()[0][0].text == "S/L"
        desk.ticket.bar.reject.click()
        await until(lambda: views.inbox.records[signal].state is SignalState.SKIPPED, "skipped")
        assert not desk.ticket.bar.fire.isEnabled()

        strip.stop.click()
        await state_is(panel, TradingState.STOPPED_FLAT)
        await until(lambda: desk.shows_proof, "the proof")
        await until(lambda: "1 of 1 flat" in desk.proof.report(), "the verdict")
        assert not views.book.positions
        await hold_resume(panel)
        await state_is(panel, TradingState.PAUSED)
        await until(strip.resume.isVisible, "the hold")
        assert not strip.undo.isVisible()
        await hold_resume(panel)
        await running(panel)
        assert not desk.shows_proof

    play(script)


def test_a_pause_holds_signals_and_is_taken_back_with_one_click(play: Play) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        strip, desk, views = panel.window.strip, panel.window.desk, panel.window.views
        strip.pause.click()
        await state_is(panel, TradingState.PAUSED)
        late = await paste(panel, GOLD)
        await until(lambda: views.inbox.records[late].state is SignalState.SKIPPED_PAUSED, "held")
        assert not desk.ticket.bar.fire.isEnabled()
        await until(strip.undo.isVisible, "the pause's undo")
        strip.undo.click()
        assert views.book is not None
        assert views.book.trading is TradingState.PAUSED
        await until(lambda: not strip.undo.deaf.isActive(), "the time of a double click")
        strip.undo.click()
        await running(panel)

    play(script)


def test_what_the_rules_refuse_cannot_be_fired_and_says_why(play: Play) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        desk, views = panel.window.desk, panel.window.views
        signal = await paste(panel, "BUY EURUSD SL 1.2000 TP 1.3000")
        await until(lambda: views.inbox.records[signal].state is SignalState.REJECTED, "rejected")
        desk.refresh()
        assert not desk.ticket.bar.fire.isEnabled()
        assert views.inbox.records[signal].reason
        unclear = await paste(panel, "GBPUSD maybe long or short, SL 1.2 or 1.25?")
        await until(lambda: views.inbox.records[unclear].state is not None, "a state")
        desk.refresh()
        assert views.inbox.records[unclear].state is not SignalState.READY
        assert not desk.ticket.bar.fire.isEnabled()

    play(script)


def test_a_soft_rule_is_fired_over_with_a_typed_reason(play: Play) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        ticket, views = panel.window.desk.ticket, panel.window.views
        signal = await paste(panel, f"{SELL} confidence 20%")
        record = views.inbox.records[signal]
        await until(lambda: record.state is SignalState.REJECTED, "rejected")
        await until(ticket.bar.over.isVisible, "the way over it")
        ticket.bar.over.click()
        QTest.keyClicks(ticket.over_line.reason.line, "seen on the chart")
        ticket.over_line.go.click()
        assert views.book is not None
        await until(lambda: views.book.positions, "the position")
        tables = panel.window.desk.tables
        assert tables is not None
        why = "fired over Confidence: seen on the chart"
        await until(lambda: [r for r in tables.journal.shown_rows() if why in r.text], why)
        await until(lambda: not ticket.bar.over.isVisible(), "the end of the way over it")

    play(script)


def test_a_silent_ea_is_an_alarm_that_stays_until_it_was_seen(
    play: Play, terminal: Terminal
) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        terminal.process.kill()
        window = panel.window
        await until(lambda: "no answer" in window.strip.ea.accessibleName(), "the silence")
        await until(lambda: window.views.alarms.count, "the alarm")
        window.open_page("settings")
        window.refresh()
        shown = [b.accessibleName() for b in window.banners.banners if b.isVisible()]
        assert any("has not answered" in name for name in shown)
        offered = [b.text() for b in window.banners.findChildren(Button) if b.isVisible()]
        assert "Show me the steps" in offered
        keys = [a[0] for n in window.views.alarms.notices(None, str) for a in n.actions]
        window.banners.act(keys[0])
        assert window.views.alarms.count == 0

    play(script)
