"""Baseline: a client that hands each command over in a file of its own and polls every 5 ms.

Re-created small after the best known public bridge: commands_0.txt to commands_49.txt, the lowest
free one is taken; a thread for each of five result files; the open orders are how one learns of a
fill. `python -m tests.bench.slot_client FOLDER` runs it idle.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.child import say_ready

SLOTS = 50
POLL_S = 0.005
ORDERS = "orders.txt"
WATCHED = (ORDERS, "messages.txt", "market_data.txt", "bar_data.txt", "historic_data.txt")
PATIENCE_S = 60.0


def slot(folder: Path, number: int) -> Path:
    return folder / f"commands_{number}.txt"


class SlotClient:
    """on_order: called in a thread with each order id that the open orders show as a new one."""

    def __init__(self, folder: Path, on_order: Callable[[int], None]) -> None:
        self._folder = folder
        self._on_order = on_order
        self._known: set[int] = set()
        self._ending = threading.Event()
        self._threads = [
            threading.Thread(target=self._watch, args=(name,), daemon=True) for name in WATCHED
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join()

    def send(self, order: int, verb: str = "OPEN") -> None:
        """Write the command into the lowest free slot; waits while all are taken."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            for number in range(SLOTS):
                path = slot(self._folder, number)
                if not os.path.exists(path):
                    path.write_text(f"<:{order}|{verb}|EURUSD,buy,0.01,0,1.07,1.09:>")
                    return
            time.sleep(POLL_S)
        raise TimeoutError(f"no free slot for command {order}")

    def _watch(self, name: str) -> None:
        path, last = self._folder / name, ""
        while not self._ending.is_set():
            time.sleep(POLL_S)
            if not os.path.exists(path):
                continue
            text = path.read_text()
            if text == last or not text.strip():
                continue
            last = text
            if name == ORDERS:
                self._take(json.loads(text))

    def _take(self, orders: dict[str, object]) -> None:
        fresh = [order for order in map(int, orders) if order not in self._known]
        self._known.update(fresh)
        for order in fresh:
            self._on_order(order)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in WATCHED:
        (folder / name).write_text("{}")
    SlotClient(folder, lambda _: None).start()
    say_ready()
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
