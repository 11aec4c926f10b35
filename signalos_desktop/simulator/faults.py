"""Named faults of the simulated terminal: what is armed, what is due now, what has happened."""

import re
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from random import Random

_SPEC = re.compile(r"(?P<name>[a-z-]+)(?::(?P<arg>[0-9.]+))?(?:@(?P<chance>[0-9.]+))?")
_NO_REFUSALS = ("10008", "10009", "10010")
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")


class Lasting(StrEnum):
    """How long an armed fault stays: so many hits, one hit, until cleared, or for seconds."""

    COUNTED = "COUNTED"
    ONCE = "ONCE"
    ENDLESS = "ENDLESS"
    TIMED = "TIMED"


@dataclass(frozen=True, slots=True)
class FaultKind:
    """One fault. argument: what stands after the colon, "" = nothing; default: without a colon."""

    name: str
    argument: str
    default: str
    lasting: Lasting
    description: str

    @property
    def used_up(self) -> bool:
        """Whether hits end it."""
        return self.lasting in (Lasting.COUNTED, Lasting.ONCE)


FAULTS = (
    FaultKind("requote", "N", "1", Lasting.COUNTED, "the next N deals are answered 10004"),
    FaultKind("price-changed", "N", "1", Lasting.COUNTED, "the next N deals are answered 10020"),
    FaultKind(
        "reject", "RETCODE", "10006", Lasting.ONCE, "one request is refused with this retcode"
    ),
    FaultKind(
        "partial",
        "FRACTION",
        "0.5",
        Lasting.ONCE,
        "one deal is filled to this part whatever its filling mode (10010), the rest cancelled",
    ),
    FaultKind(
        "timeout-executed", "N", "1", Lasting.COUNTED, "the next N requests: done, answered 10012"
    ),
    FaultKind(
        "timeout-not-executed",
        "N",
        "1",
        Lasting.COUNTED,
        "the next N requests: dropped, answered 10012",
    ),
    FaultKind(
        "late-execution",
        "SECONDS",
        "5",
        Lasting.ONCE,
        "one request: answered 10012 now, done after so many seconds",
    ),
    FaultKind(
        "market-closed", "", "", Lasting.ENDLESS, "no ticks, every request is answered 10018"
    ),
    FaultKind(
        "no-connection",
        "SECONDS",
        "",
        Lasting.TIMED,
        "the terminal is cut off: 10031, its picture stands still, the broker goes on",
    ),
    FaultKind("algo-off", "", "", Lasting.ENDLESS, "Algo Trading is off: 10027"),
    FaultKind(
        "slippage",
        "POINTS",
        "5",
        Lasting.ENDLESS,
        "every fill but a limit order's is so many points for the worse",
    ),
    FaultKind(
        "gap",
        "PRICE_FRACTION",
        "0.002",
        Lasting.ONCE,
        "the market jumps so far through the S/L of the oldest position that has one",
    ),
    FaultKind("dead-ea", "SECONDS", "", Lasting.TIMED, "the expert does nothing at all"),
    FaultKind("frozen-clock", "", "", Lasting.ENDLESS, "the expert's TimeGMT stands still"),
    FaultKind("half-row", "N", "1", Lasting.COUNTED, "the next N receipts are torn, then whole"),
    FaultKind("duplicate-receipt", "N", "1", Lasting.COUNTED, "the next N receipts stand twice"),
    FaultKind("disk-full", "SECONDS", "", Lasting.TIMED, "every write of the expert fails"),
    FaultKind("slow-timer", "MS", "1000", Lasting.ENDLESS, "milliseconds between two timer events"),
)

_BY_NAME = {kind.name: kind for kind in FAULTS}


@dataclass(slots=True)
class _Armed:
    argument: str
    remaining: int
    chance: float
    since: datetime | None


def kind_of(name: str) -> FaultKind:
    try:
        return _BY_NAME[name]
    except KeyError:
        known = ", ".join(sorted(_BY_NAME))
        raise ValueError(f"unknown fault {name[:40]!r}; known: {known}") from None


class Faults:
    """Faults as `NAME[:ARG][@CHANCE]`, each name a queue in the order armed.

    COUNTED and ONCE faults are used up by `hit`; the others stay until `clear`, TIMED ones until
    so many seconds have passed on the clock handed to `tick`, counted from arming (before the
    first tick: from that one; without a number: for good). CHANCE, 0 to 1, makes each
    `hit` a throw of the dice.
    """

    def __init__(self, specs: Iterable[str], random: Random) -> None:
        self.hits: Counter[str] = Counter()
        self._random = random
        self._now: datetime | None = None
        self._armed: dict[str, deque[_Armed]] = {}
        for spec in specs:
            self.arm(spec)

    def arm(self, spec: str) -> None:
        """Add a fault; ValueError says what is wrong with the text."""
        match = _SPEC.fullmatch(spec)
        kind = kind_of(match["name"] if match else re.split("[:@]", spec, maxsplit=1)[0])
        if match is None:
            raise ValueError(f"not a fault: {spec[:60]!r}, expected NAME[:ARG][@CHANCE]")
        argument = _checked(kind, match["arg"])
        chance = float(_number(spec, match["chance"] or "1"))
        if not 0 < chance <= 1:
            raise ValueError(f"fault {spec[:60]!r}: the chance must be above 0 and at most 1")
        counted = kind.lasting is Lasting.COUNTED
        armed = _Armed(argument, int(argument) if counted else 1, chance, self._now)
        self._armed.setdefault(kind.name, deque()).append(armed)

    def clear(self, name: str) -> None:
        """End a fault, however much of it is left."""
        self._armed.pop(kind_of(name).name, None)

    def tick(self, now: datetime) -> None:
        """Tell the time; ends the lasting faults whose seconds are over."""
        self._now = now
        for name in [name for name in self._armed if not _BY_NAME[name].used_up]:
            queue = self._armed[name]
            for armed in queue:
                armed.since = armed.since or now
            while queue and _over(queue[0], _BY_NAME[name], now):
                queue.popleft()
            if not queue:
                del self._armed[name]

    def on(self, name: str) -> bool:
        """Whether a fault is armed (lasting ones: in force); uses nothing up."""
        return name in self._armed or kind_of(name).name in self._armed

    def hit(self, name: str) -> str | None:
        """The fault's argument ("" if it has none) if it happens now, else None; counts it."""
        queue = self._armed.get(name)
        if queue is None:
            kind_of(name)
            return None
        armed = queue[0]
        if armed.chance < 1 and self._random.random() >= armed.chance:
            return None
        self.hits[name] += 1
        if _BY_NAME[name].used_up:
            armed.remaining -= 1
            if armed.remaining == 0:
                queue.popleft()
                if not queue:
                    del self._armed[name]
        return armed.argument


def _over(armed: _Armed, kind: FaultKind, now: datetime) -> bool:
    if kind.lasting is not Lasting.TIMED or not armed.argument or armed.since is None:
        return False
    return now >= armed.since + timedelta(seconds=float(armed.argument))


def _number(spec: str, text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"fault {spec[:60]!r}: {text[:20]!r} is not a plain number")
    return Decimal(text)


def _checked(kind: FaultKind, text: str | None) -> str:
    if text is None:
        return kind.default
    if not kind.argument:
        raise ValueError(f"fault {kind.name} takes no argument, got {text[:20]!r}")
    value = _number(kind.name, text)
    whole = kind.argument in ("N", "RETCODE", "POINTS", "MS")
    if whole and not (text.isdigit() and value >= 1):
        raise ValueError(f"fault {kind.name}: {text[:20]!r} is not a whole number of at least 1")
    if kind.name == "reject" and (value < 10004 or text in _NO_REFUSALS):
        raise ValueError(f"fault reject: {text[:20]!r} is not a return code that refuses")
    if kind.name == "partial" and not 0 < value < 1:
        raise ValueError(f"fault partial: {text[:20]!r} is not between 0 and 1")
    return text
