"""What the settings do to the panel, on the real engine; what damaged ones do."""

from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QApplication

from signalos_desktop.app.panel import Panel
from signalos_desktop.domain.trading_state import PauseReason, TradingState
from signalos_desktop.ui.theme.density import COMPACT
from signalos_desktop.ui.theme.resources import RESOURCES
from signalos_desktop.ui.theme.style import apply_theme
from signalos_desktop.ui.theme.theme import Scheme, Theme
from tests.gui.panel_run import Play, drive, fire, paste, running, state_is, until
from tests.helpers.processes import Terminal

SELL = "SELL EURUSD SL 1.0900 TP 1.0600"
GOLD = "GOLD BUY NOW\nSL: 2375\nTP1: 2500\nTP2: 2600"


def test_look_scope_and_one_click_follow_the_settings_at_once(play: Play, theme: Theme) -> None:
    async def script(panel: Panel) -> None:
        window = panel.window
        ticket = window.desk.ticket
        await running(panel)
        await panel.actions.settings(
            {"panel.theme": "light", "stop.scope": "account", "panel.confirm_fire": "false"}
        )
        assert theme.appearance.scheme is Scheme.LIGHT
        await paste(panel, SELL)
        await until(ticket.bar.fire.isEnabled, "FIRE")
        ticket.bar.fire.click()
        book = window.views.book
        assert book is not None
        await until(lambda: book.positions, "the position, in one press")
        await until(lambda: "1 position (whole" in window.strip.stop.accessibleName(), "the scope")
        assert panel.bell.on
        await panel.actions.settings({"panel.sound": "false", "panel.broker_phone": "112"})
        assert not panel.bell.on
        assert window.views.alarms.broker_phone == "112"

    play(script)


def test_fire_asks_once_more_and_forgets_it_for_another_signal(play: Play) -> None:
    async def script(panel: Panel) -> None:
        window = panel.window
        ticket, book = window.desk.ticket, window.views.book
        await running(panel)
        first = await paste(panel, SELL)
        await until(ticket.bar.fire.isEnabled, "FIRE")
        ticket.bar.fire.click()
        assert ticket.asks
        assert ticket.bar.fire.text().startswith("Send sell")
        # The second half of a double click is no answer.
        ticket.bar.fire.click()
        assert ticket.asks
        await paste(panel, GOLD)
        assert not ticket.asks
        assert not ticket.bar.fire.text().startswith("Send")
        assert first in window.views.inbox.records
        book = window.views.book
        assert book is not None
        assert not book.positions

    play(script)


def test_the_total_of_the_targets_gives_way_where_it_is_narrow(play: Play, theme: Theme) -> None:
    async def script(panel: Panel) -> None:
        window = panel.window
        await running(panel)
        await paste(panel, GOLD)
        grid = window.desk.ticket.levels.grid
        await until(lambda: len(grid.rows()) == 3, "S/L and two T/Ps")
        assert theme.density is COMPACT
        window.resize(1920, 1080)
        window.desk.ticket.refresh()
        names = [row[0].text for row in grid.rows()]
        assert names == ["S/L", "T/P 1", "T/P 2", "All T/Ps"]

    play(script)


def test_damaged_settings_start_paused_and_say_why(
    qapp: QApplication, theme: Theme, tmp_path: Path, files: Path, terminal: Terminal
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.json").write_text('{"version": 1, "values": {"risk.percent": 200}}')

    async def play(panel: Panel) -> None:
        await state_is(panel, TradingState.PAUSED)
        book = panel.window.views.book
        assert book is not None
        assert book.state is not None
        assert PauseReason.CONFIG_INVALID in book.state.reasons
        panel.window.refresh()
        shown = [b.accessibleName() for b in panel.window.banners.banners if b.isVisible()]
        assert any("risk.percent = 200" in name for name in shown)

    drive(qapp, theme, data, files, play)


def test_what_a_halt_left_open_is_handled_by_hand_before_the_way_back(play: Play) -> None:
    async def script(panel: Panel) -> None:
        window = panel.window
        await running(panel)
        ticket = await fire(panel, SELL)
        panel.thread.engine.controls.stop(keep_positions=True, source="test")
        await state_is(panel, TradingState.STOPPED_NOT_FLAT)
        await until(window.strip.resume.isEnabled, "the way back")
        window.strip.resume_begun.emit()
        window.strip.resume_held.emit()
        await until(window.toasts.shown, "the refusal")
        assert str(ticket) in window.toasts.shown()[0].text
        window.strip.resume_begun.emit()
        window.summary.checks[ticket].click()
        window.strip.resume_held.emit()
        await state_is(panel, TradingState.PAUSED)
        book = window.views.book
        assert book is not None
        assert book.positions[ticket].volume > Decimal(0)

    play(script)


def test_without_its_fonts_the_panel_still_works(
    play: Play, qapp: QApplication, tmp_path: Path
) -> None:
    bare = tmp_path / "bare"
    (bare / "fonts").mkdir(parents=True)
    (bare / "fonts" / "Inter-Regular.otf").write_bytes(b"no font")
    (bare / "icons").symlink_to(RESOURCES / "icons")
    theme = Theme(bare)
    apply_theme(qapp, theme)
    assert len(theme.missing_fonts) == 4

    async def script(panel: Panel) -> None:
        await running(panel)
        await fire(panel, SELL)
        panel.window.grab()

    play(script)
