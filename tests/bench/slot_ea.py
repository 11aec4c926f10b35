"""Baseline: the other side of the slot files, with a broker that costs nothing.

`python -m tests.bench.slot_ea FOLDER TIMER_MS`. Kinder than the real ones: an empty slot is read
again on the next timer instead of being deleted, and the open orders are swapped atomically.
"""

import json
import os
import sys
import time
from pathlib import Path

from tests.bench.child import say_ready
from tests.bench.slot_client import ORDERS, SLOTS, slot

EXECUTED = "executed.txt"


class SlotEa:
    """executed.txt: the ids in the order of their execution, one a line."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._orders: dict[int, str] = {}

    def timer(self) -> None:
        """Every slot once, from the lowest to the highest."""
        executed = [found for number in range(SLOTS) if (found := self._take(number)) is not None]
        if not executed:
            return
        with (self._folder / EXECUTED).open("a") as file:
            file.writelines(f"{order}\n" for order in executed if order in self._orders)
        beside = self._folder / f"{ORDERS}.tmp"
        beside.write_text(json.dumps(self._orders))
        os.replace(beside, self._folder / ORDERS)

    def _take(self, number: int) -> int | None:
        path = slot(self._folder, number)
        try:
            text = path.read_text()
        except FileNotFoundError:
            return None
        if not text.endswith(":>"):
            return None
        path.unlink()
        order, verb, request = text[2:-2].split("|")
        if verb == "CLOSE":
            self._orders.pop(int(order), None)
        else:
            self._orders[int(order)] = request
        return int(order)


def main(folder: Path, timer_s: float) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    ea = SlotEa(folder)
    say_ready()
    while True:
        ea.timer()
        time.sleep(timer_s)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) / 1000)
