"""Balance and equity of an account, one line a minute, so that a chart has a yesterday."""

import os
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from signalos_desktop.domain.values import Account, parse_decimal

EVERY_S = 60.0
_KEPT_BYTES = 4 * 1024 * 1024
_UNSAFE = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_"))

Point = tuple[float, float, float]


class EquityFile:
    """A chart's memory is no evidence: what cannot be written or read is left out."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: dict[Account, float] = {}

    def note(self, account: Account, at: datetime, balance: Decimal, equity: Decimal) -> None:
        """At most one line a minute; blocks for less than a millisecond."""
        time = at.timestamp()
        if time - self._last.get(account, 0.0) < EVERY_S:
            return
        self._last[account] = time
        with suppress(OSError), self._path(account).open("a", encoding="ascii") as file:
            file.write(f"{time:.0f} {balance:f} {equity:f}\n")

    def load(self) -> dict[Account, list[Point]]:
        """Every account's points in the order of time. Blocking."""
        found = {}
        with suppress(OSError):
            for name in sorted(os.listdir(self._folder)):
                account = _account(name)
                if account is not None:
                    found[account] = _read(self._folder / name)
        return found

    def _path(self, account: Account) -> Path:
        return self._folder / f"equity-{str(account).translate(_UNSAFE)}.txt"


def _account(name: str) -> Account | None:
    if not (name.startswith("equity-") and name.endswith(".txt")):
        return None
    with suppress(ValueError):
        return Account.parse(name.removeprefix("equity-").removesuffix(".txt"))
    return None


def _read(path: Path) -> list[Point]:
    """The newest part of a file; lines that are torn or out of order are passed over."""
    points: list[Point] = []
    with suppress(OSError), path.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - _KEPT_BYTES))
        for line in file.read(_KEPT_BYTES).split(b"\n"):
            point = _point(line)
            if point is not None and (not points or point[0] > points[-1][0]):
                points.append(point)
    return points


def _point(line: bytes) -> Point | None:
    try:
        time, balance, equity = (
            float(parse_decimal(part)) for part in line.decode("ascii").split(" ")
        )
    except ValueError:
        return None
    return time, balance, equity
