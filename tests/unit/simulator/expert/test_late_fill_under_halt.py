"""A position that a late fill opened under a HALT is closed, whatever is pressed meanwhile."""

import pytest

from signalos_desktop.domain.trading_state import StopLevel
from tests.unit.simulator.expert.world import World


@pytest.mark.parametrize("second_press", [False, True])
@pytest.mark.parametrize("restart", [False, True])
def test_it_is_closed_when_the_market_opens(second_press: bool, restart: bool) -> None:
    world = World("late-execution:70")
    world.app.send("BUY")
    world.run(65)
    world.app.press(StopLevel.HALT, "first")
    while not world.broker.positions():
        world.run(0.05)
    world.faults.arm("market-closed")
    world.run(2)
    assert len(world.broker.positions()) == 1
    if second_press:
        world.app.press(StopLevel.HALT, "second")
        world.run(1)
    if restart:
        world.restart()
        world.run(1)
    world.faults.clear("market-closed")
    world.run(20)
    assert not world.broker.positions()
