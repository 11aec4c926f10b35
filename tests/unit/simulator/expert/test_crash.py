"""The expert dies at each of its effects in turn, before, within and after it."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import StopLevel
from tests.unit.simulator.expert.world import Crash, World

Story = Callable[[World], None]


def opens(world: World) -> None:
    world.app.send("BUY")
    world.app.send("BUY_LIMIT", price="1.09500")
    world.app.send("PING")
    world.run(0.3)


def unclear(world: World) -> None:
    world.faults.arm("timeout-executed")
    world.app.send("BUY")
    world.run(0.3)


def closes(world: World) -> None:
    held = world.broker.positions()
    if held:
        world.app.send("CLOSE_PARTIAL", ticket=held[0].ticket, lots="0.05")
        world.run()
        world.app.send("CLOSE_TICKET", ticket=held[0].ticket)
        world.run(0.3)


def flatten(world: World) -> None:
    world.app.press(StopLevel.FLATTEN, "p1")
    world.run(1)


STORIES: dict[str, tuple[Story, ...]] = {
    "opens": (opens,),
    "unclear": (unclear,),
    "closes": (opens, closes),
    "flatten": (opens, flatten),
    "unclear-flatten": (unclear, flatten),
}


def tell(
    stories: tuple[Story, ...], die_at: int, *, torn: bool, after: bool, again: int = 0
) -> World | None:
    """Play the stories, die once, start again; None if there was no such effect.

    again: the second life ends too, at its effect of this number.
    """
    world = World()
    effects = world.effects
    effects.die_at, effects.torn, effects.after = effects.count + die_at, torn, after
    died = False
    for story in stories:
        try:
            story(world)
        except Crash:
            died = True
            live_again(world, again)
    if not died:
        return None
    world.run(1.5)
    if world.status.in_doubt:
        world.run(63)
    return world


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("manner", ["before", "torn", "after"])
def test_die_at_every_effect(name: str, manner: str) -> None:
    stories, deaths = STORIES[name], 0
    while True:
        deaths += 1
        world = tell(stories, deaths, torn=manner == "torn", after=manner == "after")
        if world is None:
            break
        check(world, f"{name} {manner} {deaths}: {world.effects.names[-1]}")
    assert deaths > 8


def live_again(world: World, again: int) -> None:
    if again:
        world.effects.die_at = world.effects.count + again
        with suppress(Crash):
            world.restart()
            world.run(0.5)
    world.restart()
    world.run(0.5)


@pytest.mark.parametrize("again", range(1, 9))
def test_die_twice(again: int) -> None:
    for die_at in range(1, 12):
        world = tell(
            (opens, flatten), die_at, torn=again % 2 == 0, after=die_at % 2 == 0, again=again
        )
        assert world is not None
        check(world, f"{die_at}, then {again}")


def check(world: World, story: str) -> None:
    for cmd_id in range(1, world.app.last_id + 1):
        sent = world.wire.by_tag(cmd_id)
        told = world.receipts(cmd_id)
        final = [one for one in told if one.status.terminal]
        row = next(one for one in rows_of(world) if one[0] == str(cmd_id))
        assert len(final) == 1, f"{story}: {told}"
        if row[3] != "CLOSE_TICKET":
            assert len(sent) <= 1, f"{story}: sent {len(sent)} times: {sent}"
        executed = any(deal.comment.split()[:1] == [f"#{cmd_id}"] for deal in deals_of(world))
        if executed:
            assert final[0].status.executed, f"{story}: {final}"
        elif row[3] == "BUY":
            assert not final[0].status.executed, f"{story}: {final}"
    if world.files.size("halt.flag") is not None:
        assert world.status.halt.flat, story
        assert not world.broker.positions(), story
        assert not world.broker.orders(), story
        assert world.app.do("BUY").status is ReceiptStatus.DENIED, story


def deals_of(world: World) -> list:  # type: ignore[type-arg]
    return [deal for deal in world.broker.deals(world.now.replace(hour=0)) if deal.trade]


def rows_of(world: World) -> list[list[str]]:
    return [line.split(",") for line in world.files.content["commands.csv"].decode().splitlines()]
