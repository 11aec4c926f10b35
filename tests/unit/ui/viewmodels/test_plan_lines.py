"""What an update or an edit does is on the ticket before it is fired, and FIRE says so."""

from pathlib import Path

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.providers.differences import FieldChange
from signalos_desktop.domain.trading_state import PauseReason
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.engine.events import UpdatePlanned
from signalos_desktop.engine.inbox import Item
from signalos_desktop.ui.viewmodels.plan_lines import changed_fields, show_plan
from signalos_desktop.ui.viewmodels.ticket import Ticket, show_ticket
from signalos_desktop.ui.viewmodels.views import Views
from tests.helpers.trader import LEVELS, Trader, trade

OWNER = Account(5000001, "SignalOS-Demo")
EDITED = LEVELS.replace("1.07700", "1.07800")


class Shown:
    """The ticket of what a trader's provider says."""

    def __init__(self, trader: Trader) -> None:
        self.trader = trader
        self.views = Views(trader.rig.bus, trader.rig.clock)
        trader.rig.open_for_business()

    def ticket(self, item: Item) -> Ticket:
        self.trader.rig.desk.judge("test")
        record = self.views.inbox.records[item.entry.signal]
        now = self.trader.rig.clock.now()
        return show_ticket(record, self.views.book, now, lambda at: f"{at:%H:%M}")


def test_an_update_says_step_by_step_what_fire_will_do(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        shown = Shown(trader)
        opened = await trader.say(LEVELS, message_id="1")
        await trader.fire(opened)
        await trader.filled()
        update = await trader.say("close half", reply_to="1")
        ticket = shown.ticket(update)
        assert ticket.symbol == "Update"
        assert ticket.fields[0][1:3] == ("Action", "Close 50 %")
        assert ticket.plan is not None
        assert (ticket.plan.title, ticket.plan.note) == ("FIRE will", "about S000001")
        assert ticket.plan.lines[0].text.startswith("close 0.16 lots of position 1001")
        assert (ticket.fire.ready, ticket.fire.side) == (True, None)
        assert ticket.fire.note == ticket.plan.lines[0].text
        line = shown.views.inbox.line(update.entry.signal, trader.rig.clock.now())
        assert line.reason.startswith("FIRE will: close")
        trader.rig.desk.safety.pause(PauseReason.USER)
        assert shown.ticket(update).fire.ready
        assert await trader.fire(update) == ""
        assert [row.action for row in await trader.filled()] == [CommandAction.CLOSE_PARTIAL]
        done = shown.ticket(update)
        assert not done.fire.ready
        assert done.plan is not None
        assert done.plan.title == "Done"

    trade(tmp_path, scene)


def test_an_update_that_nobody_fired_in_time_is_over(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        shown = Shown(trader)
        await trader.fire(await trader.say(LEVELS))
        await trader.filled()
        update = await trader.say("close half")
        trader.rig.clock.move(3601)
        assert shown.ticket(update).fire.title == "Expired"

    trade(tmp_path, scene)


def test_an_update_without_a_trade_says_why_it_cannot_be_fired(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        shown = Shown(trader)
        update = await trader.say("close half")
        ticket = shown.ticket(update)
        assert ticket.plan is None
        assert not ticket.fire.ready
        assert ticket.fire.title == "Review"
        assert "NO_TRADE" in ticket.fire.note

    trade(tmp_path, scene)


def test_an_edit_of_a_waiting_signal_shows_each_field_that_changed(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        shown = Shown(trader)
        await trader.say(LEVELS, message_id="7")
        edit = await trader.say(EDITED, message_id="7", edited=True)
        ticket = shown.ticket(edit)
        assert [(c.field, c.before, c.after) for c in ticket.changes] == [("S/L", "1.077", "1.078")]
        assert ticket.plan is None
        assert ticket.fire.side is not None
        line = shown.views.inbox.line(edit.entry.signal, trader.rig.clock.now())
        assert line.chip == "Edited"

    trade(tmp_path, scene)


def test_an_edit_of_a_fired_signal_moves_levels_and_opens_nothing(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        shown = Shown(trader)
        await trader.fire(await trader.say(LEVELS, message_id="7"))
        await trader.filled()
        edit = await trader.say(EDITED, message_id="7", edited=True)
        ticket = shown.ticket(edit)
        assert ticket.changes
        assert ticket.plan is not None
        assert all("S/L 1.077 -> 1.078" in line.text for line in ticket.plan.lines)
        assert ticket.fire.side is None
        assert await trader.fire(edit) == ""
        assert {row.action for row in await trader.filled()} == {CommandAction.MODIFY}

    trade(tmp_path, scene)


def planned(**fields: tuple[str, ...]) -> UpdatePlanned:
    parts = {"steps": (), "ends": (), "asks": (), "notes": (), **fields}
    return UpdatePlanned(OWNER, "S2", "S1", **parts)


def test_asks_and_what_is_left_out_follow_the_steps() -> None:
    plan = show_plan(
        planned(steps=("close it",), ends=("S9",), asks=("risks more",), notes=("not filled",)),
        SignalState.READY,
    )
    assert [(line.kind, line.text) for line in plan.lines] == [
        ("step", "close it"),
        ("step", "end S9, which still waits"),
        ("needs you", "risks more"),
        ("left out", "not filled"),
    ]


def test_a_plan_that_does_nothing_yet_and_one_that_is_over_say_so() -> None:
    assert show_plan(planned(), None).lines[0].text.startswith("nothing here yet")
    assert show_plan(planned(), SignalState.EXPIRED).title == "It would have done"
    assert show_plan(planned(), SignalState.FIRED).title == "On its way"


def test_with_several_orders_each_field_says_whose_it_is() -> None:
    changes = (FieldChange(0, "sl", "1", "2"), FieldChange(1, "entry", "3", "none"))
    assert [each.field for each in changed_fields(changes)] == ["S/L of 1", "Entry of 2"]
