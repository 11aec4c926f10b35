"""Events on their way to the panel: none is lost, early ones wait, a silent engine is said."""

import threading

from pytestqt.qtbot import QtBot

from signalos_desktop.engine.events import AccountChanged, Alarm
from signalos_desktop.ui.event_bridge import EventBridge
from tests.gui.panel_samples import account_changed


def alarm(number: int) -> Alarm:
    return Alarm(None, f"A{number}", "text", "next")


def test_what_comes_before_everybody_has_subscribed_waits(qtbot: QtBot) -> None:
    bridge, early, late = EventBridge(), [], []
    bridge.bus.subscribe(Alarm, early.append)
    bridge.post(alarm(1))
    qtbot.wait(20)
    assert early == []
    bridge.bus.subscribe(Alarm, late.append)
    bridge.post(alarm(2))
    bridge.open()
    assert [event.code for event in early] == ["A1", "A2"]
    assert late == early
    bridge.post(alarm(3))
    qtbot.waitUntil(lambda: len(early) == 3)


def test_events_of_many_threads_all_arrive(qtbot: QtBot) -> None:
    bridge, arrived = EventBridge(), []
    bridge.bus.subscribe(AccountChanged, arrived.append)
    bridge.open()
    event = account_changed()
    threads = [
        threading.Thread(target=lambda: [bridge.post(event) for _ in range(500)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    qtbot.waitUntil(lambda: len(arrived) == 2000)


def test_an_engine_without_a_beat_is_silent_until_it_beats_again(qtbot: QtBot) -> None:
    bridge = EventBridge()
    with qtbot.waitSignal(bridge.engine_silent, timeout=5000) as said:
        pass
    assert said.args == [True]
    bridge.beat()
    with qtbot.waitSignal(bridge.engine_silent, timeout=5000) as said:
        pass
    assert said.args == [False]
