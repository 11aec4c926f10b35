"""Pictures of updates, edits, providers, teaching and strategies, each on what the engine did."""

import asyncio
from collections.abc import Awaitable, Callable

from signalos_desktop.app.panel import Panel
from signalos_desktop.domain.parsing.teaching import Field
from signalos_desktop.domain.signal import Message
from signalos_desktop.engine.controls import Answer, Controls
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.ui.pages.providers import ProvidersPage
from signalos_desktop.ui.pages.strategies import StrategiesPage
from tests.gui.panel_run import until

Take = Callable[[str], Awaitable[None]]
FX, GOLD = "Meridian FX", "Gold Circle VIP"
SELL = "SELL EURUSD\nSL 1.0900\nTP 1.0600"
STRANGE = "YELLOW up we go now\nshield {}\nprize {}\njoin our VIP"
MARKS = ((Field.SYMBOL, "YELLOW"), (Field.BUY, "up we go"), (Field.SL, "2310"), (Field.TP, "2620"))
RULES = {"strategy.careful.risk.percent": "0.3", "strategy.careful.risk.max_daily_trades": "3"}


async def take_rules(panel: Panel, take: Take) -> None:
    await take_updates(panel, take)
    await take_providers(panel, take)
    await take_strategies(panel, take)


async def take_updates(panel: Panel, take: Take) -> None:
    first = await say(panel, Message(SELL, FX, message_id="7"))
    await panel.actions.fire(first)
    record = panel.window.views.inbox.records[first]
    await until(lambda: record.state is SignalState.DONE, "the position")
    await asyncio.sleep(1)
    edit = SELL.replace("1.0900", "1.0890")
    await say(panel, Message(edit, FX, message_id="7", edited=True))
    await take("ticket-edit")
    await say(panel, Message("close half, move SL to entry", FX, reply_to="7"))
    await take("ticket-update")


async def take_providers(panel: Panel, take: Take) -> None:
    panel.window.open_page("providers")
    page = panel.window.page("providers")
    assert isinstance(page, ProvidersPage)
    await until(lambda: FX in page.buttons, "the providers")
    page.choose(FX)
    page.form.form.type("alert_window_s", "60")
    await page.save()
    await take("providers")
    await say(panel, Message(STRANGE.format(2300, 2600), GOLD))
    await say(panel, Message(STRANGE.format(2310, 2620), GOLD))
    panel.window.desk.ticket.teach()
    teach = page.teach_page
    teach.symbol.set_text("XAUUSD")
    for field, word in MARKS:
        assert teach.marking is not None
        teach.marking.symbol = "XAUUSD"
        at = teach.marking.subject.text.index(word)
        teach.text.select_span(at, at + len(word))
        teach.mark(field)
    await until(lambda: teach.preview is not None, "the preview")
    await take("teach")
    teach.cancel.click()


async def take_strategies(panel: Panel, take: Take) -> None:
    await panel.actions.settings(RULES)
    panel.window.open_page("strategies")
    page = panel.window.page("strategies")
    assert isinstance(page, StrategiesPage)
    await until(lambda: page.buttons, "the strategy")
    await page.hold("careful", GOLD)
    await page.preview(50)
    await take("strategies")


async def say(panel: Panel, message: Message) -> str:
    """Submit a message and show it in the ticket."""

    async def submit(controls: Controls) -> Answer:
        return await controls.submit(message)

    signal = str((await panel.actions.ask("Submit", submit)).data["signal"])
    records = panel.window.views.inbox.records
    await until(lambda: signal in records and records[signal].state is not None, signal)
    panel.window.open_page("desk")
    panel.window.refresh()
    panel.window.desk.inbox.list.select_key(signal)
    await asyncio.sleep(0.3)
    return signal
