"""The EA in a terminal that misbehaves: accounts change, files are held, disks are full."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.values import Account
from signalos_desktop.domain.wire.snapshots import (
    decode_account,
    decode_orders,
    decode_positions,
    decode_quotes,
    decode_symbols,
)
from signalos_desktop.simulator.expert.inputs import DeadMan
from tests.ea_sim.conftest import MakeWorld
from tests.ea_sim.executors import EaExecutor
from tests.ea_sim.host import DiedError, EaHost
from tests.ea_sim.world import Setting, World

CANNOT_OPEN = 5004
REASONS = range(10)


def running(world: World) -> EaHost:
    assert isinstance(world.executor, EaExecutor)
    return world.executor.running


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    made = make_world()
    made.begin()
    return made


def test_snapshots_can_be_read_and_are_true(world: World) -> None:
    world.app.send("BUY")
    world.app.send("BUY_LIMIT", price="1.09500", order_expiry=world.now.replace(hour=20))
    world.run(1.5)
    read = {name: (world.folder / f"{name}.json").read_bytes() for name in (
        "account", "positions", "orders", "symbols", "quotes")}  # fmt: skip
    assert decode_account(read["account"]).value == world.broker.account()
    assert decode_positions(read["positions"]).value == tuple(world.broker.positions())
    assert decode_orders(read["orders"]).value == tuple(world.broker.orders())
    stated = {spec.name: spec for spec in decode_symbols(read["symbols"]).value}
    for spec in world.broker.symbols():
        # Only the price of EURUSD stands still, and the margin goes by the price.
        held = spec.name == "EURUSD"
        margin = spec.margin_1lot if held else stated[spec.name].margin_1lot
        assert stated[spec.name] == replace(spec, commission=None, margin_1lot=margin)
    quotes = {quote.symbol: quote for quote in decode_quotes(read["quotes"]).value}
    assert quotes["EURUSD"].bid == Decimal("1.09990")


@pytest.mark.parametrize("reason", REASONS)
def test_nothing_runs_twice_after_a_reload(world: World, reason: int) -> None:
    cmd_id = world.app.send("BUY")
    world.run()
    world.executor.reinit(reason)
    world.app.beat()
    world.run(0.2)
    assert world.final(cmd_id).status is ReceiptStatus.FILLED
    assert len(world.by_tag(cmd_id)) == 1
    other = world.app.send("BUY")
    world.run()
    assert world.final(other).status is ReceiptStatus.FILLED


def test_another_account_is_another_folder(world: World) -> None:
    terms = world.broker.account()
    other = replace(terms, account=Account(777, "Elsewhere Ltd/Live"))
    world.app.send("BUY")
    world.line.account = lambda: other
    world.run()
    assert world.line.sent == []
    assert (world.files / "SignalOS" / "777-Elsewhere_Ltd_Live-4400000" / "status.json").exists()
    assert world.receipts() == []


def test_account_that_changes_while_sending_is_noticed(world: World) -> None:
    terms = world.broker.account()

    def change(request: object) -> None:
        world.line.account = lambda: replace(terms, account=Account(777, "Other"))

    world.line.before_send = change
    world.line.answers = [10004]
    world.app.send("BUY")
    world.run()
    assert len(world.line.sent) == 1


def test_second_ea_on_the_folder_waits(world: World) -> None:
    first, second = world.executor, world.another_executor()
    second.start()
    world.executor = second
    world.app.send("BUY")
    world.run(0.2)
    assert world.line.sent == []
    world.executor = first
    world.run()
    assert len(world.line.sent) == 1
    first.stop()
    world.executor = second
    world.run(2.5)
    world.app.send("BUY")
    world.run()
    assert len(world.line.sent) == 2


def test_receipt_waits_for_a_file_that_is_held(world: World) -> None:
    running(world).fault("open", "receipts.csv", 12, CANNOT_OPEN)
    cmd_id = world.app.send("BUY")
    world.run(0.2)
    assert world.receipts() == []
    world.run(1)
    assert world.final(cmd_id).status is ReceiptStatus.FILLED


@pytest.mark.parametrize(
    "fault",
    [
        ("open", "intents.csv", -1, CANNOT_OPEN),
        ("write", "intents.csv", -1, 0, 20),
        ("flush", "intents.csv", -1, 0, 20),
    ],
    ids=["held", "short", "lost"],
)
def test_open_without_a_durable_intent_is_denied(world: World, fault: tuple[object, ...]) -> None:
    running(world).fault(*fault)
    cmd_id = world.app.send("BUY")
    world.run()
    assert (world.final(cmd_id).status, world.final(cmd_id).reason) == (
        ReceiptStatus.DENIED,
        "DISK",
    )
    assert world.line.sent == []


@pytest.mark.parametrize("file", ["receipts.csv", "events.csv", "deals.csv", "latch.csv"])
def test_torn_and_lost_writes_are_made_up_for(world: World, file: str) -> None:
    running(world).fault("flush", file, 3, 0, 15)
    cmd_id = world.app.send("BUY")
    world.app.press(StopLevel.HALT, "press-1")
    world.run(2)
    assert world.final(cmd_id).status.terminal
    assert world.status.halt.level is StopLevel.HALT
    assert len(world.lines("deals.csv")) == len(world.broker.deals(world.born))


def test_flatten_with_the_disk_full(world: World) -> None:
    world.app.send("BUY")
    world.run()
    running(world).fault("flush", "*", -1, 0, 0)
    world.app.press(StopLevel.FLATTEN, "press-1")
    world.run(1)
    assert not world.broker.positions()
    running(world).fault("clear")
    world.run(1)
    assert world.status.halt.flat
    assert world.events("FLAT")


@pytest.mark.parametrize("mode", ["r", "a"])
def test_windows_sharing_rules(world: World, mode: str) -> None:
    """The app holds every file as Python opens it: shared, but not for deleting."""
    running(world).fault("hold", "*.csv", mode)
    running(world).fault("hold", "app.json", "r")
    cmd_id = world.app.send("BUY")
    world.run()
    if mode == "r":
        assert world.final(cmd_id).status is ReceiptStatus.FILLED
    running(world).fault("clear")
    world.run(1)
    assert world.final(cmd_id).status.terminal


def test_start_fresh_may_be_cut_anywhere(make_world: MakeWorld) -> None:
    for effect in range(1, 25):
        world = make_world()
        world.begin()
        world.app.press(StopLevel.HALT, "press-1")
        world.run()
        world.app.remove_flags()
        latch = world.folder / "latch.csv"
        latch.write_bytes(latch.read_bytes().replace(b"HALT", b"HOLT"))
        world.restart()
        stop = world.status.halt.stop_id
        running(world).kill_at(effect, "after")
        world.app.last_id = 1
        world.app.control("START_FRESH", 1)
        try:
            world.run(1)
        except DiedError:
            world.restart()
            world.run(1)
        running(world).kill_at(0)
        halt = world.status.halt
        assert halt.level is StopLevel.HALT, effect
        assert halt.stop_id >= stop, effect
        cmd_id = world.app.send("BUY")
        world.run()
        assert world.final(cmd_id).reason == "HALTED", effect


def test_silent_app_flattens_where_the_input_says_so(make_world: MakeWorld) -> None:
    world = make_world("ea", Setting(inputs={"dead_man": DeadMan.FLATTEN}))
    world.begin()
    world.app.send("BUY")
    world.run()
    world.wait(62, app=False)
    world.run(0.5, app=False)
    assert not world.broker.positions()
    assert world.status.halt.source == "APP_LOST"
    assert (world.folder / "halt.flag").exists()


def test_clean_quit_is_no_loss(make_world: MakeWorld) -> None:
    world = make_world("ea", Setting(inputs={"dead_man": DeadMan.FLATTEN}))
    world.begin()
    world.app.send("BUY")
    world.run()
    world.app.closing = True
    world.app.beat()
    world.wait(62, app=False)
    assert len(world.broker.positions()) == 1
    assert world.status.halt.level is StopLevel.NONE
