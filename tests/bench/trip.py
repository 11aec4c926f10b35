"""From FIRE to the receipt event at the EA's timers, singly and in a burst, beside slot files."""

import asyncio
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from signalos_desktop.app.engine_loop import run_engine
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.engine.events import ReceiptRead
from tests.bench.child import child
from tests.bench.figures import Conditions, Figure, baseline, percentile, ratio, spread
from tests.bench.live_engine import running_engine
from tests.bench.row import TEXTS
from tests.bench.share import fire_all
from tests.bench.slot_client import SlotClient
from tests.bench.slot_ea import EXECUTED
from tests.helpers.processes import Terminal, read_ledger

TIMERS_MS = (25, 50)
BURST_S = 120.0


@dataclass(frozen=True, slots=True)
class Burst:
    """seconds: from the first command handed over to the last outcome heard of.

    executed: ids in the order of execution. outcomes: how many commands had one. why: the
    commonest reasons against the others, with how many each.
    """

    seconds: float
    executed: Sequence[int]
    outcomes: int
    why: str = ""

    @property
    def inversions(self) -> int:
        """Neighbours executed in the wrong order."""
        pairs = zip(self.executed, self.executed[1:], strict=False)
        return sum(after < before for before, after in pairs)


def measure(conditions: Conditions) -> list[Figure]:
    count, burst = conditions.times(500, 10), conditions.times(1000, 60)
    figures = []
    for timer_ms in TIMERS_MS:
        figures += _one_by_one(conditions.folder / f"timer-{timer_ms}", timer_ms, count)
    return figures + _bursts(conditions.folder / "burst", burst)


def _one_by_one(folder: Path, timer_ms: int, count: int) -> list[Figure]:
    files = folder / "MQL5" / "Files"
    with child("responder", files, timer_ms, 0):
        fired = run_engine(fire_all(folder, files, count, timer_ms / 1000))
    ours = [one.whole_ms for one in fired]
    theirs = _slot_trips(folder / "slots", timer_ms, count)
    how = f"EA timer {timer_ms} ms, broker 0 ms, one after the other"
    name = f"trip_{timer_ms}ms"
    figures = []
    for percent in (50, 99):
        mine, other = percentile(ours, percent), percentile(theirs, percent)
        key = f"{name}_p{percent}"
        figures += [
            Figure(f"{key}_ms", mine, "ms", f"fire to receipt event, {how}: {spread(ours, 'ms')}"),
            baseline(
                f"slot_{key}_ms", other, "ms", f"to order event, {how}: {spread(theirs, 'ms')}"
            ),
            ratio(f"{key}_to_slot", mine, other, f"ours to slot files, p{percent}"),
        ]
    return figures


def _slot_trips(folder: Path, timer_ms: int, count: int) -> list[float]:
    """Milliseconds from send to order event, every order closed before the next one is sent."""
    rng = random.Random(3)
    heard: dict[int, float] = {}
    arrived = threading.Event()

    def on_order(order: int) -> None:
        heard[order] = time.perf_counter()
        arrived.set()

    trips = []
    with child("slot_ea", folder, timer_ms):
        client = SlotClient(folder, on_order)
        client.start()
        for order in range(count):
            time.sleep(rng.uniform(0, timer_ms / 1000))
            arrived.clear()
            began = time.perf_counter()
            client.send(order)
            if not arrived.wait(10):
                raise RuntimeError(f"order {order} was lost")
            trips.append((heard[order] - began) * 1000)
            client.send(order, "CLOSE")
            time.sleep(timer_ms / 1000)
        client.end()
    return trips


def _bursts(folder: Path, count: int) -> list[Figure]:
    ours, theirs = _our_burst(folder, count), _slot_burst(folder / "slots", count)
    how = f"{count} at once, real simulate process, timer 25 ms, durable broker"
    other = f"{count} at once, slot EA, timer 25 ms, broker that keeps nothing"
    silent, missing = count - ours.outcomes, count - len(ours.executed)
    return [
        Figure("burst_inversions", ours.inversions, "", f"{how}: order in the broker's ledger", 1),
        Figure("burst_without_outcome", silent, "", f"{how}: neither receipt nor refusal", 1),
        Figure("burst_not_executed", missing, "", f"{how}; {ours.why or 'none'}", 1),
        Figure("burst_per_s", count / ours.seconds, "1/s", f"{how}: to the last receipt"),
        baseline("slot_burst_inversions", theirs.inversions, "", f"{other}: order of execution"),
        baseline("slot_burst_not_executed", count - len(theirs.executed), "", other),
        baseline("slot_burst_per_s", count / theirs.seconds, "1/s", f"{other}: to the last order"),
    ]


def _our_burst(folder: Path, count: int) -> Burst:
    files, ledger = folder / "MQL5" / "Files", folder / "ledger.jsonl"
    inputs = ("--input", "timer_ms=25", "--input", f"max_positions={2 * count}")
    with Terminal(files, "--ledger", str(ledger), "--balance", "10000000", *inputs):
        seconds, outcomes = run_engine(_fire_at_once(folder, files, count))
    deals = [row for row in read_ledger(ledger) if row["kind"] == "deal"]
    tags = [deal["comment"].partition(" ")[0] for deal in deals if deal["type"] in ("BUY", "SELL")]
    why = Counter(text[:80] for text in outcomes if text)
    reasons = "; ".join(f"{number} x {text}" for text, number in why.most_common(3))
    executed = [int(tag.removeprefix("#")) for tag in tags]
    return Burst(seconds, executed, len(outcomes), reasons)


async def _fire_at_once(folder: Path, files: Path, count: int) -> tuple[float, list[str]]:
    """Seconds, and what was said of each signal: empty = executed, else why it was not."""
    receipts: dict[int, Receipt] = {}
    async with running_engine(folder / "data", files, **{"risk.max_age_s": 600}) as live:
        signals = [await live.submit(TEXTS[number % 2]) for number in range(count)]
        settled = asyncio.Event()

        def take(event: ReceiptRead) -> None:
            receipts[event.receipt.cmd_id] = event.receipt
            if not live.desk.flight.outstanding():
                settled.set()

        live.bus.subscribe(ReceiptRead, take)
        began = time.perf_counter()
        answers = await asyncio.gather(*(live.controls.fire(signal) for signal in signals))
        refused = [answer.text for answer in answers if not answer.ok]
        if live.desk.flight.outstanding():
            settled.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(settled.wait(), BURST_S)
        seconds = time.perf_counter() - began
        unsent = [t.reason for t in live.desk.flight.tracked.values() if t.reason]
    said = [_said(receipt) for receipt in receipts.values() if receipt.status.terminal]
    return seconds, [*said, *refused, *unsent]


def _said(receipt: Receipt) -> str:
    return "" if receipt.status.executed else f"{receipt.status} {receipt.message}"


def _slot_burst(folder: Path, count: int) -> Burst:
    heard: set[int] = set()
    whole = threading.Event()

    def on_order(order: int) -> None:
        heard.add(order)
        if len(heard) == count:
            whole.set()

    with child("slot_ea", folder, 25):
        client = SlotClient(folder, on_order)
        client.start()
        began = time.perf_counter()
        for order in range(count):
            client.send(order)
        whole.wait(BURST_S)
        seconds = time.perf_counter() - began
        client.end()
    executed = [int(line) for line in (folder / EXECUTED).read_text().split()]
    return Burst(seconds, executed, len(heard))
