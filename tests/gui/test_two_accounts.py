"""Two terminals at once: the switcher says who is meant, a row acts on its own account."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from signalos_desktop.app.panel import Panel
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.ui.theme.theme import Theme
from tests.gui.panel_run import drive, fire, running, until
from tests.helpers.processes import Terminal

FIRST, SECOND = Account(5000001, "SignalOS-Demo"), Account(5000002, "SignalOS-Demo")


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    both = (tmp_path / "a" / "MQL5" / "Files", tmp_path / "b" / "MQL5" / "Files")
    with ExitStack() as stack:
        for folder, account in zip(both, (FIRST, SECOND), strict=True):
            stack.enter_context(Terminal(folder, "--login", str(account.login)))
        yield both


def test_each_wish_reaches_the_account_that_is_meant(
    qapp: QApplication, theme: Theme, tmp_path: Path, folders: tuple[Path, Path]
) -> None:
    async def play(panel: Panel) -> None:
        window = panel.window
        books, strip = window.views.books, window.strip
        await running(panel)
        await until(lambda: len(books.accounts) == 2, "both accounts")

        def both_run() -> bool:
            found = [books.of(account) for account in (FIRST, SECOND)]
            return all(book and book.trading is TradingState.RUNNING for book in found)

        await until(both_run, "both running")
        strip.account_chosen.emit(FIRST)
        mine = await fire(panel, "SELL EURUSD SL 1.0900 TP 1.0600")
        strip.account_chosen.emit(SECOND)
        assert str(SECOND) in strip.account.accessibleName()
        theirs = await fire(panel, "BUY GBPUSD SL 1.2500 TP 1.3100")
        first, second = books.of(FIRST), books.of(SECOND)
        assert first is not None
        assert second is not None
        assert (set(first.positions), set(second.positions)) == ({mine}, {theirs})

        tables = window.desk.tables
        assert tables is not None
        await until(lambda: tables.positions.rowCount() == 2, "both rows")
        rows = {row.account: row.key for row in tables.positions.shown_rows()}
        tables.panels["positions"].view.acted.emit(rows[FIRST], "close")
        tables.bar.go.click()
        await until(lambda: not first.positions, "the close in the other account")
        assert set(second.positions) == {theirs}
        comment = [c.key for c in tables.positions.columns].index("comment")
        await until(lambda: tables.positions.rowCount() == 1, "one row")
        assert str(SECOND.login) in tables.positions.index(0, comment).data()

        panel.actions.stop()
        await until(lambda: not second.positions, "the stop of all accounts")
        await until(
            lambda: first.trading is second.trading is TradingState.STOPPED_FLAT, "both flat"
        )

    drive(qapp, theme, tmp_path / "data", folders[0], play, others=[folders[1]])
