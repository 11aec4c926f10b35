"""The statistics page: invented results, none at all, and those of real trades."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from signalos_desktop.adapters.clock import SystemClock
from signalos_desktop.app.panel import Panel
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.settings import Settings
from signalos_desktop.engine.signin import SignIn
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.pages.needs import Needs, Results
from signalos_desktop.ui.pages.statistics import StatisticsPage
from signalos_desktop.ui.theme.theme import Theme
from tests.gui.invented_results import invented_results
from tests.gui.panel_run import Play, fire, running, until
from tests.gui.panel_samples import ACCOUNT
from tests.gui.test_pages import LockedKeyring, unreachable


async def settings() -> Settings:
    return Settings()


async def nothing() -> list[object]:
    return []


def page_of(theme: Theme, results: Mapping[Account, Results] | Exception) -> StatisticsPage:
    async def read() -> Mapping[Account, Results]:
        if isinstance(results, Exception):
            raise results
        return results

    needs = Needs(
        settings,
        nothing,  # type: ignore[arg-type] # the doctor is never asked here
        SignIn(LockedKeyring(), unreachable, SystemClock()),
        results=read,
    )
    return StatisticsPage(theme, Actions(), needs)


def test_a_month_of_trades_fills_every_part(theme: Theme, qtbot: QtBot) -> None:
    page = page_of(theme, {ACCOUNT: invented_results()})
    qtbot.addWidget(page)
    page.resize(1320, 680)
    page.show()
    asyncio.run(page.load())
    assert page.summary is not None
    assert len(page.summary.trades) == 64
    assert page.providers.view.table.total() == 3
    assert "21 at" in page.bars.accessibleName()
    page.grab()
    page.export.click()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 65
    page.period.chosen.emit("Today")
    page.grab()


@pytest.mark.parametrize("results", [{}, RuntimeError("the journal is damaged at page 7")])
def test_nothing_or_a_damaged_journal_is_said(
    theme: Theme, qtbot: QtBot, results: dict[Account, Results] | Exception
) -> None:
    page = page_of(theme, results)
    qtbot.addWidget(page)
    page.show()
    asyncio.run(page.load())
    words = page.note
    assert "no deal is known yet" in words or "page 7" in words
    assert not page.export.isEnabled()


def test_a_real_trade_is_counted_with_its_risk_and_its_provider(play: Play, tmp_path: Path) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        ticket = await fire(panel, "SELL EURUSD SL 1.0900 TP 1.0600")
        book = panel.window.views.book
        assert book is not None
        await panel.actions.close(ticket)
        await until(lambda: not book.positions, "the close")
        panel.window.open_page("statistics")
        page = panel.window.page("statistics")
        assert isinstance(page, StatisticsPage)
        await until(lambda: page.summary is not None and page.summary.trades, "the trade")
        assert page.summary is not None
        [trade] = page.summary.trades
        assert (trade.symbol, trade.provider) == ("EURUSD", "paste")
        assert page.summary.in_r == 1

    async def remember(panel: Panel) -> None:
        await running(panel)
        tables = panel.window.desk.tables
        assert tables is not None

        def remembered() -> bool:
            texts = [row.text for row in tables.journal.shown_rows()]
            return any("EURUSD" in text and "FILLED" in text for text in texts)

        await until(remembered, "the earlier lines")

    play(script)
    play(remember)
