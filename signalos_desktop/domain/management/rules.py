"""The rules a trade is looked after by, and the plan that fixes them for one order at FIRE."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from signalos_desktop.domain.values import ZERO, plain

WHOLE = Decimal(100)


class TrailMode(StrEnum):
    """What the distance between price and trailing S/L is measured in."""

    OFF = "off"
    POINTS = "points"
    R = "r"


class OppositePolicy(StrEnum):
    """What a signal against an open trade of the same symbol does."""

    ALLOW = "allow"
    REFUSE = "refuse"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class ManagementRules:
    """All rules of one trade. 0 switches a trigger off; any trigger that is reached counts.

    r: the way from the entry to the first S/L. *_target: the number of a T/P, nearest = 1.
    partials: at so many R close so many percent of the volume, nearest first.
    """

    breakeven_points: int = 0
    breakeven_r: Decimal = ZERO
    breakeven_target: int = 0
    breakeven_offset_points: int = 0
    breakeven_costs: bool = True
    trail: TrailMode = TrailMode.OFF
    trail_points: int = 200
    trail_r: Decimal = Decimal(1)
    trail_from_points: int = 0
    trail_from_r: Decimal = ZERO
    trail_from_target: int = 0
    trail_step_points: int = 10
    cascade: bool = False
    partials: tuple[tuple[Decimal, Decimal], ...] = ()
    hold_minutes: Decimal = ZERO

    @property
    def breakeven(self) -> bool:
        return bool(self.breakeven_points or self.breakeven_r or self.breakeven_target)

    @property
    def active(self) -> bool:
        """True if there is anything to do for a trade."""
        moves = self.breakeven or self.trail is not TrailMode.OFF or self.cascade
        return moves or bool(self.partials) or bool(self.hold_minutes)


@dataclass(frozen=True, slots=True)
class TradePlan:
    """How one order is looked after once it is filled; journalled with its command.

    sl: the S/L it was sent with. targets: every T/P of the signal, nearest first, None = open.
    target: the number of this order's own T/P, from 1. weights: how the volume is split over the
    targets where one position has them all (netting); empty = each target has an order of its own.
    order_expiry: when the app takes the resting order back, where the broker does not.
    """

    rules: ManagementRules
    sl: Decimal
    targets: tuple[Decimal | None, ...]
    target: int
    weights: tuple[Decimal, ...] = ()
    order_expiry: datetime | None = None

    @property
    def active(self) -> bool:
        splits = len(self.weights) > 1
        return self.rules.active or splits or self.order_expiry is not None


def pairs(numbers: Sequence[Decimal]) -> tuple[tuple[Decimal, Decimal], ...]:
    """R and percent, as they are set in turn."""
    return tuple(zip(numbers[::2], numbers[1::2], strict=False))


def unpaired(numbers: Sequence[Decimal]) -> Iterator[str]:
    """Why such partial closes cannot be: each problem with its value and what is allowed."""
    rungs, percents = list(numbers[::2]), numbers[1::2]
    if len(numbers) % 2:
        yield f"{len(numbers)} numbers, allowed: R and percent in turn, as 1,50,2,25"
    if sum(percents, ZERO) > WHOLE:
        yield f"{plain(sum(percents, ZERO))} % together, allowed up to 100 %"
    if sorted(set(rungs)) != rungs:
        shown = ",".join(plain(r) for r in rungs)
        yield f"R = {shown}, allowed: each larger than the one before"
