"""What the grammar has read of one order so far."""

from dataclasses import dataclass, field

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.tokens import Token


@dataclass(slots=True)
class Amount:
    """A number on its way into a field, with the signs around it."""

    token: Token
    ranged: bool = False
    aside: bool = False  # in parentheses: read only if it is a price
    restated: bool = False  # an entry behind its own label, beside one that had none


@dataclass(slots=True)
class Draft:
    """One order as it collects its parts; first and last are clause numbers."""

    first: int
    last: int = 0
    symbols: list[Token] = field(default_factory=list)
    sides: list[Token] = field(default_factory=list)
    types: list[Token] = field(default_factory=list)
    entries: list[Amount] = field(default_factory=list)
    sls: list[Amount] = field(default_factory=list)
    tps: list[Amount] = field(default_factory=list)
    sl_pips: list[Token] = field(default_factory=list)
    tp_pips: list[Token] = field(default_factory=list)
    ratios: list[Token] = field(default_factory=list)
    tp_open: Token | None = None
    leverage: list[Token] = field(default_factory=list)
    head: int = 0  # the clause of its side
    inherited: bool = False
    flags: dict[str, Token] = field(default_factory=dict)
    beyond: C | None = None
    unfilled: set[C] = field(default_factory=set)  # labels without an amount
    signed: list[Token] = field(default_factory=list)  # levels a minus touches: SL -4130
    sent: list[Token] = field(default_factory=list)  # levels behind "to": SL to 2640
    aims: list[Amount] = field(default_factory=list)  # prices behind the entry's arrows
    strays: list[Token] = field(default_factory=list)  # prices without a field
    figures: list[Token] = field(default_factory=list)  # numbers that are no prices

    @property
    def levelled(self) -> bool:
        return bool(
            self.sls or self.tps or self.sl_pips or self.tp_pips or self.ratios or self.tp_open
        )

    @property
    def stopped(self) -> bool:
        return bool(self.sls or self.sl_pips)

    @property
    def complete(self) -> bool:
        """It has a stop and a target, in whatever form."""
        targets = self.tps or self.tp_pips or self.ratios or self.tp_open
        return bool(self.stopped and targets)

    @property
    def begun(self) -> bool:
        return self.levelled or bool(self.entries)

    @property
    def empty(self) -> bool:
        return not (self.symbols or self.sides or self.types or self.begun)
