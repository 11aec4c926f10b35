"""An open trade as its rules see it, and the steps that they ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from signalos_desktop.domain.levels import exit_price
from signalos_desktop.domain.management.rules import TradePlan
from signalos_desktop.domain.position import Position
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.values import ZERO, Side


class StepKind(StrEnum):
    """What to send; SAY is for people: why nothing is done."""

    MOVE_STOP = "move_stop"
    CLOSE_PART = "close_part"
    CLOSE = "close"
    CANCEL = "cancel"
    SAY = "say"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a rule asks for now. key: what may be done once only, as tp1 or r1.5.

    level: the new S/L; lots: the part to close. text: rule and numbers, for journal and screen.
    SAY: key is the code of what is said, advice the next step.
    """

    kind: StepKind
    key: str
    rule: str
    text: str
    level: Decimal | None = None
    lots: Decimal | None = None
    advice: str = ""


@dataclass(frozen=True, slots=True)
class ManagedTrade:
    """A position with all that its rules need; everything but the price is from journal and broker.

    volume, opened: right after its last entry. taken: the highest T/P that a deal has taken, 0 =
    none. closed: volume by the key of a part, as far as it was closed or may have been. costs: what
    break-even has to cover, in account currency.
    """

    position: Position
    plan: TradePlan
    spec: SymbolSpec
    volume: Decimal
    opened: datetime
    taken: int = 0
    closed: Mapping[str, Decimal] = field(default_factory=dict)
    costs: Decimal = ZERO

    @property
    def side(self) -> Side:
        return self.position.side

    @property
    def risk(self) -> Decimal:
        """R: the way from the entry to the first S/L, in price; 0 = not known."""
        return max(self.side.sign * (self.position.price_open - self.plan.sl), ZERO)

    def gain(self, quote: Quote) -> Decimal:
        """How far the price has come since the entry; negative = against the trade."""
        return self.side.sign * (exit_price(self.side, quote) - self.position.price_open)

    def ahead(self, r: Decimal) -> Decimal | None:
        """The price at so many R; None where R is not known."""
        if not self.risk:
            return None
        return self.position.price_open + self.side.sign * r * self.risk

    def ending(self, quote: Quote) -> bool:
        """True while the price is at the position's own T/P: the broker is closing it."""
        target = self.position.tp
        return target is not None and self.side.sign * (exit_price(self.side, quote) - target) >= 0

    def reached(self, quote: Quote) -> int:
        """The highest T/P that was taken or that the price has come to now."""
        price = exit_price(self.side, quote)
        come = [
            number
            for number, target in enumerate(self.plan.targets, 1)
            if target is not None and self.side.sign * (price - target) >= 0
        ]
        return max([self.taken, *come])
