"""Accepted, written, settled by the EA and answered agree, or entries are paused once."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import PauseReason
from signalos_desktop.engine import flow as flow_module
from signalos_desktop.engine.events import Alarm
from signalos_desktop.engine.flow import Flow
from tests.helpers.rig import Rig, play, receipt, snapshot, status

Scene = Callable[["Bench"], Coroutine[Any, Any, None]]


class Bench:
    """A rig with the flow watched, and an EA that states what it has settled."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.flow = Flow(rig.pipeline, rig.bus, rig.clock)
        self.seq = 1

    def beat(self, settled: int, seconds: float = 1.0, **facts: Any) -> None:
        """Another heartbeat of the EA."""
        self.rig.clock.move(seconds)
        self.seq += 1
        session = self.rig.desk.session
        said = status(self.rig.clock.now(), self.seq, last_settled=settled, session=session)
        self.rig.feed(snapshot(self.rig.clock, status=said, **facts))

    def stand(self, settled: int) -> None:
        """So long that a difference counts."""
        for _ in range(3):
            self.beat(settled, flow_module.SETTLED_FOR_S / 2)

    async def fire(self) -> None:
        signal = await self.rig.submit()
        refusal = await self.rig.pipeline.fire(signal, self.rig.desk, by_user=True)
        assert refusal is None, refusal

    def mismatches(self) -> list[str]:
        told: list[Alarm] = self.rig.told(Alarm)
        return [alarm.text for alarm in told if alarm.code == "FLOW_MISMATCH"]

    @property
    def paused(self) -> bool:
        return PauseReason.RECONCILE_MISMATCH in self.rig.desk.safety.reasons


def watched(folder: Path, scene: Scene) -> None:
    async def whole(rig: Rig) -> None:
        rig.open_for_business()
        await scene(Bench(rig))

    play(folder, whole)


def test_a_lost_receipt_pauses_once(tmp_path: Path) -> None:
    async def scene(bench: Bench) -> None:
        await bench.fire()
        bench.beat(1)
        assert bench.mismatches() == []
        bench.stand(1)
        [text] = bench.mismatches()
        assert "settled command(s) 1 and no receipt came" in text
        assert "accepted 1, not sent 0, written 1, answered 0" in text
        assert bench.paused
        bench.rig.desk.safety.clear(PauseReason.RECONCILE_MISMATCH)
        bench.stand(1)
        assert (len(bench.mismatches()), bench.paused) == (1, False)

    watched(tmp_path, scene)


def test_what_is_answered_agrees(tmp_path: Path) -> None:
    async def scene(bench: Bench) -> None:
        await bench.fire()
        bench.stand(0)
        bench.beat(1, receipts=(receipt(1, ReceiptStatus.UNKNOWN),))
        bench.stand(1)
        bench.beat(1, receipts=(receipt(1),))
        bench.stand(1)
        assert bench.mismatches() == []

    watched(tmp_path, scene)


def test_a_receipt_that_comes_a_moment_later_is_no_difference(tmp_path: Path) -> None:
    async def scene(bench: Bench) -> None:
        await bench.fire()
        bench.beat(1)
        bench.beat(1, flow_module.SETTLED_FOR_S - 1)
        bench.beat(1, 2, receipts=(receipt(1),))
        bench.stand(1)
        assert bench.mismatches() == []

    watched(tmp_path, scene)


def test_a_row_that_this_panel_never_numbered_pauses(tmp_path: Path) -> None:
    async def scene(bench: Bench) -> None:
        bench.stand(7)
        [text] = bench.mismatches()
        assert "never numbered" in text
        assert bench.paused

    watched(tmp_path, scene)


def test_an_ea_that_does_not_count_its_last_row_pauses(tmp_path: Path) -> None:
    async def scene(bench: Bench) -> None:
        await bench.fire()
        bench.beat(0, receipts=(receipt(1),))
        bench.stand(0)
        assert "does not count its last row" in bench.mismatches()[0]

    watched(tmp_path, scene)


def test_what_was_not_sent_is_counted_and_a_row_that_lay_there_all_the_same_too(
    tmp_path: Path,
) -> None:
    async def scene(bench: Bench) -> None:
        bench.rig.bridge.outbox.failure = "disk full"
        signal = await bench.rig.submit()
        assert await bench.rig.pipeline.fire(signal, bench.rig.desk, by_user=True) is not None
        bench.stand(0)
        bench.beat(1, receipts=(receipt(1),))
        bench.stand(1)
        assert bench.mismatches() == []

    watched(tmp_path, scene)


def test_what_the_user_has_settled_counts_as_answered(tmp_path: Path) -> None:
    async def scene(bench: Bench) -> None:
        await bench.fire()
        bench.beat(1)
        bench.rig.desk.flight.resolve(1, "not_filled")
        bench.stand(1)
        assert bench.mismatches() == []

    watched(tmp_path, scene)


@pytest.mark.parametrize("count", ["accepted", "published", "answered"])
def test_counts_that_do_not_add_up_pause(tmp_path: Path, count: str) -> None:
    async def scene(bench: Bench) -> None:
        await bench.fire()
        bench.beat(1, receipts=(receipt(1),))
        counted = bench.flow.counts[bench.rig.desk.account]
        setattr(counted, count, getattr(counted, count) + 1)
        bench.stand(1)
        assert "accepted, written and answered differs" in bench.mismatches()[0]

    watched(tmp_path, scene)
