"""Events reach their listeners by class, in order, and no listener can hinder another."""

from collections.abc import Callable

import pytest

from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.engine.events import Alarm, Event, SignalChanged

ALARM = Alarm(None, "A", "text", "step")
CHANGED = SignalChanged("S000001", SignalState.READY, "")


def test_events_go_to_the_listeners_of_their_class_and_to_those_of_all() -> None:
    bus, alarms, everything = EventBus(), list[Alarm](), list[Event]()
    bus.subscribe(Alarm, alarms.append)
    bus.subscribe_all(everything.append)
    bus.publish(ALARM)
    bus.publish(CHANGED)
    assert alarms == [ALARM]
    assert everything == [ALARM, CHANGED]


def test_a_subscription_ends_even_while_an_event_is_told() -> None:
    bus, told = EventBus(), list[str]()
    ends = list[Callable[[], None]]()

    def once(event: Alarm) -> None:
        told.append("once")
        ends[0]()

    ends.append(bus.subscribe(Alarm, once))
    end_all = bus.subscribe_all(lambda event: told.append("all"))
    bus.publish(ALARM)
    end_all()
    bus.publish(ALARM)
    assert told == ["once", "all"]


@pytest.mark.expects_warning
def test_a_listener_that_raises_hinders_no_other() -> None:
    bus, told = EventBus(), list[Event]()

    def broken(event: Event) -> None:
        raise RuntimeError("broken")

    bus.subscribe(Alarm, broken)
    bus.subscribe_all(broken)
    bus.subscribe_all(told.append)
    bus.publish(ALARM)
    assert told == [ALARM]
