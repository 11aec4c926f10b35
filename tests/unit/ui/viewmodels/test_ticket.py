"""The ticket's figures, from a real decision of the real rules on a fake terminal."""

from decimal import Decimal
from pathlib import Path

from signalos_desktop.domain.signal import Message
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine.events import StateChanged
from signalos_desktop.ui.viewmodels.ticket import Ticket, show_ticket
from signalos_desktop.ui.viewmodels.views import Views
from tests.helpers.rig import GOOD, Rig, play

RUNNING = TradingState.RUNNING


def shown(folder: Path, text: str, state: TradingState = RUNNING, after_s: float = 0) -> Ticket:
    """The ticket of a pasted text."""
    folder.mkdir(exist_ok=True)
    tickets: list[Ticket] = []

    async def scene(rig: Rig) -> None:
        views = Views(rig.bus, rig.clock)
        rig.open_for_business()
        signal = await rig.pipeline.submit(Message(text, "Meridian"))
        standing = rig.desk.judge("test")
        fields = {name: getattr(standing, name) for name in StateChanged.__slots__}
        rig.bus.publish(StateChanged(**{**fields, "state": state}))
        rig.clock.move(after_s)
        record = views.inbox.records[signal]
        tickets.append(show_ticket(record, views.book, rig.clock.now(), lambda at: f"{at:%H:%M}"))

    play(folder, scene)
    return tickets[0]


def test_a_good_signal_shows_input_result_money_and_fire(tmp_path: Path) -> None:
    ticket = shown(tmp_path, GOOD)
    risk = next(line for line in ticket.volume_lines if line.name == "Money at risk")
    assert risk.asked == "100.00"
    assert Decimal(risk.result) <= Decimal(risk.asked)
    stop, *targets = ticket.outcome
    assert (stop.name, stop.multiple) == ("S/L", Decimal(-1))
    assert stop.money == -Decimal(risk.result)
    assert [line.name for line in targets] == ["T/P"]
    assert targets[0].money > 0
    assert ticket.fire.ready
    assert ticket.fire.title == "Expires 12:01"
    assert ticket.chart is not None
    assert ticket.chart.sl == Decimal("1.077")
    assert all(gate.state.value != "off" for gate in ticket.gates)


def test_paused_stopped_and_expired_block_fire_with_their_reason(tmp_path: Path) -> None:
    paused = shown(tmp_path / "a", GOOD, TradingState.PAUSED).fire
    stopped = shown(tmp_path / "b", GOOD, TradingState.STOPPED_FLAT).fire
    expired = shown(tmp_path / "c", GOOD, after_s=61).fire
    assert [fire.ready for fire in (paused, stopped, expired)] == [False] * 3
    assert paused.title.startswith("Paused")
    assert stopped.title.startswith("Stopped")
    assert expired.title == "Expired"


def test_a_refused_signal_shows_the_numbers_and_cannot_be_fired(tmp_path: Path) -> None:
    ticket = shown(tmp_path, "EURUSD BUY 1.08000 SL 1.09000 TP 1.08600")
    assert not ticket.fire.ready
    assert ticket.fire.over == ""
    assert ticket.gates == () or any(gate.refuses for gate in ticket.gates)


def test_only_soft_refusals_are_offered_to_be_fired_over(tmp_path: Path) -> None:
    fire = shown(tmp_path / "a", f"{GOOD} confidence 20%").fire
    assert (fire.ready, fire.over) == (False, "Confidence 20, min 75")
    paused = shown(tmp_path / "b", f"{GOOD} confidence 20%", TradingState.PAUSED).fire
    assert paused.over == ""
    also_hard = shown(tmp_path / "c", "EURUSD BUY 1.08 SL 1.09 TP 1.10 confidence 20%").fire
    assert also_hard.over == ""


def test_small_talk_is_no_order(tmp_path: Path) -> None:
    ticket = shown(tmp_path, "Good morning traders!")
    assert (ticket.side, ticket.volume_lines, ticket.outcome) == (None, (), ())
    assert ticket.fire.title == "No order in it"
