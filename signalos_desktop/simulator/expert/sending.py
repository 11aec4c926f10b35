"""One request to the trade server, with the few cases in which it may be sent again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.retcodes import RetcodeClass, class_of, describe_retcode
from signalos_desktop.domain.symbols import SymbolSpec
from signalos_desktop.simulator.expert.desk import Desk
from signalos_desktop.simulator.trade import Filling, TradeRequest, TradeResult

RETRIES = 2
PRICE_OFF = 10021


class Verdict(StrEnum):
    """What became of a request. KEPT: it was not sent (again), `why` says what stood against it."""

    DONE = "DONE"
    REFUSED = "REFUSED"
    UNKNOWN = "UNKNOWN"
    KEPT = "KEPT"


@dataclass(frozen=True, slots=True)
class Barrier:
    """What forbids the next attempt: a reason code of DENIED, or EXPIRED."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Sent:
    verdict: Verdict
    result: TradeResult
    barrier: Barrier | None = None

    @property
    def retcode(self) -> int:
        return self.result.retcode

    @property
    def words(self) -> str:
        return f"{self.retcode} {describe_retcode(self.retcode).wording}"


NOT_SENT = TradeResult(False, 0)


def fillings(spec: SymbolSpec | None) -> list[Filling]:
    """Filling modes in the order to try them; RETURN is not for market execution."""
    if spec is None:
        return [Filling.FOK]
    allowed = set(spec.filling)
    if spec.exemode in ("REQUEST", "INSTANT"):
        allowed |= {Filling.FOK, Filling.IOC}
    if spec.exemode != "MARKET":
        allowed.add(Filling.RETURN)
    return [mode for mode in Filling if mode in allowed] or [Filling.FOK]


def send(
    desk: Desk,
    action: CommandAction,
    request: TradeRequest,
    modes: list[Filling],
    barrier: Callable[[], Barrier | None],
    price: Callable[[TradeRequest], TradeRequest | Barrier],
) -> Sent:
    """Send until done, refused or unclear. Barrier and price are asked before EVERY attempt.

    Again only after a requote (three attempts in all, 10021 once), and with the next filling mode
    only after 10030; whatever may have reached the broker is never sent again.
    """
    last, retries, mode = NOT_SENT, 0, 0
    while True:
        priced = _ready(request, barrier, price)
        if isinstance(priced, Barrier):
            return Sent(Verdict.KEPT, last, priced)
        last = desk.terminal.order_send(replace(priced, filling=modes[mode]))
        kind = class_of(last.retcode, action)
        if kind is RetcodeClass.NEXT_FILLING and mode + 1 < len(modes):
            mode += 1
            continue
        if kind is RetcodeClass.RETRY and retries < (1 if last.retcode == PRICE_OFF else RETRIES):
            retries += 1
            continue
        return Sent(_verdict(kind), last)


def _ready(
    request: TradeRequest,
    barrier: Callable[[], Barrier | None],
    price: Callable[[TradeRequest], TradeRequest | Barrier],
) -> TradeRequest | Barrier:
    return barrier() or price(request)


def _verdict(kind: RetcodeClass) -> Verdict:
    if kind is RetcodeClass.DONE:
        return Verdict.DONE
    return Verdict.UNKNOWN if kind is RetcodeClass.UNKNOWN else Verdict.REFUSED


def same_price(request: TradeRequest) -> TradeRequest:
    """For requests whose price is not the market's."""
    return request


def points(distance: Decimal, spec: SymbolSpec) -> int:
    """Whole points of a price distance, rounded down."""
    return int(distance // spec.point)
