"""Providers, teaching, strategies and updates through the real window on the real simulator."""

import asyncio
import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from signalos_desktop.app.panel import Panel
from signalos_desktop.domain.parsing.teaching import Field as MarkField
from signalos_desktop.domain.signal import Message
from signalos_desktop.domain.values import Side
from signalos_desktop.engine.controls import Answer, Controls
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.ui.pages.providers import ProvidersPage
from signalos_desktop.ui.pages.strategies import StrategiesPage
from signalos_desktop.ui.pages.teach import TeachPage
from signalos_desktop.ui.widgets.choices import Combo
from signalos_desktop.ui.widgets.inputs import Field
from tests.gui.panel_run import Play, press_fire, running, until

SELL = "SELL EURUSD SL 1.0900 TP 1.0600"
STRANGE = "YELLOW BOAT go up now\nshield 2300\nprize 2600\njoin our VIP"
GOLD = "Gold Circle VIP"


async def say(panel: Panel, text: str, provider: str = GOLD, **message: str) -> str:
    """A message as a channel sends it; returns its signal, with its state, shown in the ticket."""
    said = Message(text, provider, edited=message.pop("edited", "") == "yes", **message)

    async def submit(controls: Controls) -> Answer:
        return await controls.submit(said)

    answer = await panel.actions.ask("Submit", submit)
    assert answer.ok, answer.text
    signal = str(answer.data["signal"])
    records = panel.window.views.inbox.records
    await until(lambda: signal in records and records[signal].state is not None, text)
    panel.window.refresh()
    panel.window.desk.inbox.list.select_key(signal)
    return signal


def type_in(field: object, text: str) -> None:
    assert isinstance(field, Field)
    field.line.setFocus()
    field.line.selectAll()
    QTest.keyClicks(field.line, text)


async def open_providers(panel: Panel, provider: str) -> ProvidersPage:
    panel.window.open_page("providers")
    page = panel.window.page("providers")
    assert isinstance(page, ProvidersPage)
    await until(lambda: provider in page.buttons, f"{provider} in the list")
    page.buttons[provider].click()
    return page


async def open_strategies(panel: Panel) -> StrategiesPage:
    panel.window.open_page("strategies")
    page = panel.window.page("strategies")
    assert isinstance(page, StrategiesPage)
    await asyncio.sleep(0)
    return page


def test_an_update_and_an_edit_are_shown_and_fired_from_the_ticket(play: Play) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        ticket, records = panel.window.desk.ticket, panel.window.views.inbox.records
        first = await say(panel, SELL, message_id="7")
        await until(ticket.bar.fire.isEnabled, "FIRE")
        await press_fire(panel)
        book = panel.window.views.book
        assert book is not None
        await until(lambda: book.positions, "the position")
        await until(lambda: records[first].state is SignalState.DONE, "the end of it")
        [number] = book.positions
        edit = await say(panel, SELL.replace("1.0900", "1.0890"), message_id="7", edited="yes")
        assert records[edit].state is SignalState.READY
        assert not ticket.changes.isHidden()
        assert "1.089" in ticket.plan.accessibleName()
        assert ticket.bar.fire.text() == "Fire update"
        await press_fire(panel)
        await until(lambda: str(book.positions[number].sl).startswith("1.089"), "the new S/L")
        await say(panel, "close now", reply_to="7")
        assert ticket.plan.accessibleName().startswith("FIRE will: close position")
        await press_fire(panel)
        await until(lambda: not book.positions, "the close")

    play(script)


def test_a_provider_is_changed_refused_saved_and_reset(play: Play) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        await say(panel, SELL)
        page = await open_providers(panel, GOLD)
        form = page.form
        trust = form.controls["trust"]
        assert isinstance(trust, Combo)
        trust.setCurrentText("observe")
        type_in(form.controls["alert_window_s"], "9999")
        assert form.note.text() == f"provider.{GOLD}.alert_window_s = 9999, allowed 0-3600"
        assert not form.save.isEnabled()
        assert not await page.save()
        type_in(form.controls["alert_window_s"], "60")
        form.save.click()
        await until(lambda: "Saved" in form.note.text(), "the save")
        assert play.kept().provider(GOLD).alert_window_s == 60
        assert form.origins["trust"].text() == "its own"
        assert "nothing is ever sent" in form.form.trust_words
        form.resets["trust"].click()
        await until(lambda: "confirm again" in form.note.text(), "the reset")
        assert f"provider.{GOLD}.trust" not in play.kept().explicit
        assert await page.reset("trust")
        type_in(page.add, "Another")
        QTest.keyClick(page.add.line, Qt.Key.Key_Return)
        assert page.current == "Another"
        page.choose("x" * 81)
        assert page.current == "Another"

    play(script)


def mark_by_keys(teach: TeachPage, word: str, key: Qt.Key) -> None:
    """Select a word with the keyboard alone, then press the letter of its field."""
    text = teach.text
    at = text.toPlainText().index(word)
    QTest.keyClick(text, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _ in range(at):
        QTest.keyClick(text, Qt.Key.Key_Right)
    for _ in word:
        QTest.keyClick(text, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(text, key)


def test_a_message_is_taught_by_the_keyboard_and_then_reads_as_an_order(play: Play) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        window = panel.window
        signal = await say(panel, STRANGE)
        QTest.keyClick(window.desk.inbox.list, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        page = window.page("providers")
        assert isinstance(page, ProvidersPage)
        assert page.teaching
        teach = page.teach_page
        mark_by_keys(teach, "YELLOW BOAT", Qt.Key.Key_Y)
        assert teach.marking is not None
        assert [line.field for line in teach.marking.lines()] == [MarkField.SYMBOL]
        QTest.keyClick(teach.text, Qt.Key.Key_Left)
        QTest.keyClick(teach.text, Qt.Key.Key_Delete)
        assert teach.marking.marks == ()
        mark_by_keys(teach, "YELLOW BOAT", Qt.Key.Key_Y)
        await until(lambda: "name the instrument" in teach.note.text(), "why not")
        assert not teach.save.isEnabled()
        type_in(teach.symbol, "XAUUSD")
        mark_by_keys(teach, "go up", Qt.Key.Key_B)
        mark_by_keys(teach, "2300", Qt.Key.Key_L)
        mark_by_keys(teach, "2600", Qt.Key.Key_T)
        await until(lambda: teach.preview is not None, "the preview")
        assert teach.note.text().startswith("1 message would read otherwise")
        assert teach.table.view.table.key_at(0) == signal
        teach.save.click()
        await until(lambda: not page.teaching, "the lesson")
        assert play.kept().provider(GOLD).profile.words
        again = await say(panel, STRANGE.replace("2600", "2620"))
        order = panel.window.views.inbox.records[again].order
        assert order is not None
        assert (order.symbol, order.side) == ("XAUUSD", Side.BUY)
        window.desk.ticket.teach_button.click()
        mark_by_keys(teach, "2620", Qt.Key.Key_T)
        await until(lambda: "reads so already" in teach.note.text(), "nothing to learn")
        assert not teach.save.isEnabled()
        QTest.keyClick(teach.text, Qt.Key.Key_Escape)
        assert not page.teaching

    play(script)


def test_a_strategy_is_made_used_previewed_exported_and_removed(play: Play) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        await say(panel, SELL)
        page = await open_strategies(panel)
        type_in(page.add, "none")
        QTest.keyClick(page.add.line, Qt.Key.Key_Return)
        assert "a strategy's name has" in page.add.line.accessibleDescription()
        type_in(page.add, "careful")
        QTest.keyClick(page.add.line, Qt.Key.Key_Return)
        form = page.form
        form.rule.setCurrentIndex(form.rule.findData("risk.percent"))
        form.add_rule.click()
        type_in(form.controls["risk.percent"], "200")
        assert form.note.text() == "strategy.careful.risk.percent = 200, allowed 0.01-5"
        assert not form.save.isEnabled()
        assert not page.last.look.isEnabled()
        type_in(form.controls["risk.percent"], "0.01")
        form.save.click()
        await until(lambda: "saved" in form.note.text(), "the save")
        page.use.target.setCurrentIndex(page.use.target.findData(GOLD))
        page.use.use.click()
        await until(lambda: GOLD in page.use.ends, "the use")
        assert play.kept().applied(GOLD).rules.percent * 100 == 1
        assert not form.remove.isEnabled()
        page.use.ends[GOLD].click()
        await until(lambda: not page.use.ends, "the end of the use")
        page.last.look.click()
        await until(lambda: "1 of 1 decided otherwise" in page.last.note, "the preview")
        file = play.data / "careful.json"
        assert await page.export_file(file)
        assert json.loads(file.read_text("utf-8"))["rules"] == {"risk.percent": "0.01"}
        form.remove.click()
        await until(lambda: not page.buttons, "the removal")
        assert play.kept().strategies == {}
        assert await page.import_file(file)
        assert page.current == "careful"
        assert not await page.export_file(play.data)

    play(script)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'{"version": 1, "strategy": "x", "rules": {"risk.percent": 99}}', "allowed 0.01-5"),
        (b'{"version": 1, "strategy": "x", "rules": {"risk.nonsense": 1}}', "is no rule"),
        (b'{"version": 2, "strategy": "x", "rules": {"risk.percent": 1}}', "version = 2"),
        (b"[]", "not of the form"),
        (b"\xff\xfe", "codec"),
        (b" " * 70_000, "more than"),
    ],
)
def test_a_damaged_strategy_file_changes_nothing_and_is_told(
    play: Play, content: bytes, problem: str
) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        page = await open_strategies(panel)
        file = play.data / "bad.json"
        file.write_bytes(content)
        assert not await page.import_file(file)
        assert problem in page.form.note.text()
        assert play.kept().strategies == {}

    play(script)


def test_on_a_live_account_the_use_of_a_strategy_asks_once_more(play: Play) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        answer = await panel.actions.settings({"strategy.careful.risk.percent": "0.5"})
        assert answer.ok
        page = await open_strategies(panel)
        await until(lambda: page.buttons, "the strategy")
        assert page.use.warning.isHidden()
        page.use.show_form(page.form.form, ("*",), live=True)
        assert not page.use.warning.isHidden()
        page.use.use.click()
        assert page.use.use.text() == "Yes, with real money"
        assert page.use.ends == {}
        page.use.use.click()
        await until(lambda: "*" in page.use.ends, "the use")

    play(script)
