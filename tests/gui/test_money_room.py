"""With a limit set, strip and ticket show in money what the day brought and what may be lost."""

from signalos_desktop.app.panel import Panel
from signalos_desktop.ui.viewmodels.strip import room_of
from tests.gui.panel_run import Play, fire, paste, running, until

SELL = "SELL EURUSD SL 1.0900 TP 1.0600"
BUY = "BUY GBPUSD SL 1.2500 TP 1.3100"


def test_the_room_of_a_daily_limit_stands_in_the_strip_and_on_the_ticket(play: Play) -> None:
    async def script(panel: Panel) -> None:
        strip, ticket = panel.window.strip, panel.window.desk.ticket
        panel.window.resize(1920, 1080)
        await running(panel)
        await fire(panel, SELL)
        signal = await paste(panel, BUY)
        record = panel.window.views.inbox.records[signal]
        await until(lambda: record.state is not None, "the second signal")
        assert "every rule is asked again" in ticket.bar.note.text()
        answer = await panel.actions.settings({"risk.max_daily_loss_percent": 5})
        assert answer.ok, answer.text
        book = panel.window.views.book
        assert book is not None
        await until(lambda: book.limits and book.limits.limits, "the limit")
        assert book.limits is not None
        assert book.limits.headroom is not None
        await until(
            lambda: "left after all S/Ls" in ticket.bar.note.text(), "the room on the ticket"
        )
        assert ticket.bar.note.text().startswith("\N{MINUS SIGN}")
        panel.window.refresh()
        room = room_of(book, ticket.at_risk)
        assert room is not None
        assert room.caption == "After all S/Ls"
        assert room.trade == ticket.at_risk > 0
        assert 0 < room.used < 500
        assert 0 < room.left < 500
        assert "unknown" not in strip.today.accessibleName()
        await until(lambda: book.limits and book.limits.day_result, "the day's result")

    play(script)
