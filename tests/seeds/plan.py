"""What a seed draws: settings, messages, wishes of the user, a stop, faults of its swarm."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from random import Random

from signalos_desktop.domain.wire.control import Scope
from signalos_desktop.engine.settings import Settings
from signalos_desktop.simulator.expert.inputs import DeadMan, ExpertInputs

SIGNALS = (15, 16)
SECONDS = 60.0
NETTING = 8
"""One seed in so many is an account that nets."""
HEDGING_ONLY = ("manual-trade",)
"""A hand's trade becomes one position with ours: whose it is then, nobody can say."""
LAST_SIGNAL_S = 48.0
REFUSES_ENTRIES = ("market-closed", "algo-off")
"""While these are seen nothing is opened: only a wish about a ticket brings a request to them."""
WITH_TRAFFIC = (*REFUSES_ENTRIES, "slippage", "no-connection")
"""In force for a while only, and struck by requests."""
GARBAGE = ("good morning traders", "GOLD looks strong today, +50 pips", "BUY EURUSD", "")


@dataclass(frozen=True)
class Choice:
    """The settings of a seed that the engine reads."""

    max_positions: int
    max_open_risk: str
    ttl_s: int
    mode: str
    on_pause: str
    scope: str
    autonomy: str


@dataclass
class Plan:
    """Everything that is drawn before a run begins; times in seconds of the run."""

    seed: int
    choice: Choice
    inputs: ExpertInputs
    server_offset_s: int
    netting: bool = False
    messages: list[tuple[float, str]] = field(default_factory=list)
    wishes: list[tuple[float, str]] = field(default_factory=list)
    faults: list[tuple[float, str]] = field(default_factory=list)
    stops: list[tuple[float, str]] = field(default_factory=list)

    @property
    def kinds(self) -> set[str]:
        return {name.partition(":")[0] for _, name in self.faults}


@cache
def settings_of(choice: Choice) -> Settings:
    return Settings().with_changes(
        {
            "autonomy": choice.autonomy,
            "command.open_ttl_s": choice.ttl_s,
            "pending.on_pause": choice.on_pause,
            "stop.scope": choice.scope,
            "risk.mode": choice.mode,
            "risk.percent": "0.1",
            "risk.fixed_lots": "0.10",
            "risk.duplicate_window_min": 0,
            "risk.max_positions": choice.max_positions,
            "risk.max_open_risk_percent": choice.max_open_risk,
            "risk.max_daily_trades": 500,
            "risk.throttle.per_10s": 50,
            "risk.throttle.per_minute": 200,
            "risk.throttle.per_day": 1000,
        }
    )


def draw(seed: int, kinds: dict[str, float], restarts: tuple[str, ...]) -> Plan:
    """kinds: fault points with their weights; restarts: those of them that restart something."""
    random = Random(seed)
    plan = Plan(
        seed,
        Choice(
            random.choice((3, 6, 200)),
            random.choice(("0.25", "0.4", *("50",) * 6)),
            random.choice((2, 3, 3, 5, 10)),
            random.choice(("percent", "fixed")),
            random.choice(("keep", "keep", "cancel")),
            random.choice(("ours", "ours", "ours", "account")),
            random.choice(("auto", "auto", "auto", "confirm")),
        ),
        ExpertInputs(
            timer_ms=random.choice((250, 500, *(1000,) * 14)),
            doubt_wait_s=random.choice((3, 6, 9, 9)),
            dead_man=random.choice(tuple(DeadMan)),
            scope=random.choice((Scope.MAGIC,) * 5 + (Scope.ACCOUNT,)),
            common="/C/Files",
        ),
        random.choice((-18000, -18000, 0, 7200)),
        netting=seed % NETTING == 5,
    )
    if plan.netting:
        kinds = {name: weight for name, weight in kinds.items() if name not in HEDGING_ONLY}
    _messages(plan, random)
    _wishes(plan, random)
    _faults(plan, random, kinds, restarts)
    if seed % 3 == 0:
        _stop(plan, random)
    return plan


def _messages(plan: Plan, random: Random) -> None:
    count = random.randint(*SIGNALS)
    numbers = random.sample(range(100), count)
    at = 3.0
    for index in range(count):
        if random.random() > 0.35:
            at += random.uniform(0.1, 2.0 * (LAST_SIGNAL_S - at) / (count - index))
        plan.messages.append((at, _text(random, numbers[index])))
    for _ in range(random.choice((0, 0, 1, 2))):
        plan.messages.append((random.uniform(3.0, LAST_SIGNAL_S), random.choice(GARBAGE)))
    plan.messages.sort(key=lambda message: message[0])


def _text(random: Random, number: int) -> str:
    """No two messages of a run have the same S/L: that is how the oracle tells them apart."""
    kind = random.choices(("now", "limit", "two", "gold"), (62, 16, 10, 12))[0]
    buy = random.random() < 0.5
    if kind == "gold":
        sl = f"{2380 - number / 100:.2f}" if buy else f"{2420 + number / 100:.2f}"
        return f"XAUUSD {'BUY' if buy else 'SELL'} NOW SL {sl} TP {2460 if buy else 2340}"
    sl = f"{1.0900 - number / 100000:.5f}" if buy else f"{1.1100 + number / 100000:.5f}"
    tp = "1.13000" if buy else "1.07000"
    if kind == "limit":
        price = "1.09800" if buy else "1.10200"
        return f"EURUSD {'BUY' if buy else 'SELL'} LIMIT {price} SL {sl} TP {tp}"
    second = (" TP2 1.14000" if buy else " TP2 1.06000") if kind == "two" else ""
    return f"EURUSD {'BUY' if buy else 'SELL'} NOW SL {sl} TP1 {tp}{second}"


def _wishes(plan: Plan, random: Random) -> None:
    verbs = ("close", "close", "part", "modify", "breakeven", "cancel", "pause", "garbage-ticket")
    for _ in range(random.randint(2, 6)):
        verb = random.choice(verbs)
        at = random.uniform(8.0, 55.0)
        plan.wishes.append((at, verb))
        if verb == "pause":
            plan.wishes.append((at + random.uniform(0.5, 6.0), "resume"))


def _faults(plan: Plan, random: Random, kinds: dict[str, float], restarts: tuple[str, ...]) -> None:
    names = list(kinds)
    chosen = set(random.choices(names, [kinds[name] for name in names], k=random.randint(4, 6)))
    while len(chosen) < 3:
        chosen.add(random.choice(names))
    if not chosen & set(restarts):
        chosen.add(random.choice(restarts))
    for name in sorted(chosen):
        for _ in range(random.choice((1, 1, 2, 3))):
            _fault(plan, random, name)


def _fault(plan: Plan, random: Random, name: str) -> None:
    at = _moment(plan, random, 0.9 if name in WITH_TRAFFIC else 0.6)
    plan.faults.append((at, name))
    if name in REFUSES_ENTRIES:
        for _ in range(2):
            verb = random.choice(("close", "part", "modify"))
            plan.wishes.append((at + random.uniform(0.05, 2.0), verb))


def _moment(plan: Plan, random: Random, before_message: float) -> float:
    """Shortly before something is sent, or any time. before_message: the chance of the first."""
    if random.random() < before_message:
        return max(2.0, random.choice(plan.messages)[0] - random.uniform(0.0, 1.0))
    return random.uniform(2.0, 52.0)


def _stop(plan: Plan, random: Random) -> None:
    kinds = ("button", "button", "halt", "flag", "common-flag", "empty-flag")
    sent = random.choice(plan.messages)[0]
    at = max(5.0, sent + random.uniform(-0.3, 1.5))
    if random.random() < 0.5:
        plan.faults.append((max(2.0, sent - 0.3), "late-execution:8.5"))
    plan.stops.append((at, random.choice(kinds)))
    if random.random() < 0.3:
        plan.stops.append((at + random.uniform(0.01, 4.0), random.choice(kinds)))
    if random.random() < 0.7:
        back = at + random.uniform(2.0, 12.0)
        plan.wishes += [(back + 1.2 * again, "resume") for again in range(4)]
