"""What an update does to a trade, ticket by ticket: close, cancel, move levels; never open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.providers.trades import Holding, Trade
from signalos_desktop.domain.signal import Action, ActionKind
from signalos_desktop.domain.values import ZERO, Side, floor_to_step, plain

_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Step:
    """One command on one ticket. lots: of a partial close; sl, tp None = that level stays."""

    holding: Holding
    action: CommandAction
    lots: Decimal | None = None
    sl: Decimal | None = None
    tp: Decimal | None = None

    @property
    def only_tightens(self) -> bool:
        """True if all it does is to bring the S/L of a position nearer."""
        held = self.holding
        if self.action is not CommandAction.MODIFY or held.resting or not self.sl or self.tp:
            return False
        return held.sl is None or held.side.sign * (self.sl - held.sl) > 0

    @property
    def text(self) -> str:
        words = {
            CommandAction.CLOSE_TICKET: "close",
            CommandAction.CLOSE_PARTIAL: f"close {plain(self.lots or ZERO)} lots of",
            CommandAction.CANCEL: "cancel",
            CommandAction.BREAKEVEN: "S/L to break-even of",
        }
        if self.action is not CommandAction.MODIFY:
            return f"{words[self.action]} {self.holding.text}"
        levels = [
            f"{name} {_shown(old)} -> {plain(new)}"
            for name, old, new in (
                ("S/L", self.holding.sl, self.sl),
                ("T/P", self.holding.tp, self.tp),
            )
            if new is not None
        ]
        return f"{', '.join(levels)} of {self.holding.text}"


@dataclass(frozen=True, slots=True)
class Plan:
    """steps in order. ends: waiting signals that are over. asks: why a person must agree first.

    notes: what is left out and why. coming: orders whose outcome has to be known first.
    """

    steps: tuple[Step, ...] = ()
    ends: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    coming: int = 0

    @property
    def text(self) -> str:
        ended = [f"end {signal}, which waits" for signal in self.ends]
        done = [*(step.text for step in self.steps), *ended]
        return "; ".join((*done, *self.asks, *self.notes)) or "nothing to do"


@dataclass(slots=True)
class Planner:
    """Collects the steps of one message in one account; levels of one ticket join."""

    steps: list[Step] = field(default_factory=list)
    ends: dict[str, None] = field(default_factory=dict)
    asks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    coming: int = 0

    def plan(self) -> Plan:
        return Plan(
            tuple(self.steps),
            tuple(self.ends),
            tuple(dict.fromkeys(self.asks)),
            tuple(dict.fromkeys(self.notes)),
            self.coming,
        )

    def act(self, action: Action, trades: Sequence[Trade]) -> None:
        """Add what one instruction of the message does to the trades that it means."""
        self.coming += sum(trade.coming for trade in trades)
        holdings = [holding for trade in trades for holding in trade.holdings]
        if any(holding.shared for holding in holdings):
            self.asks.append("the position holds other trades too (netting): FIRE acts on it all")
        match action.kind:
            case ActionKind.CLOSE | ActionKind.CLOSE_ALL:
                self._end(trades)
                self._close(holdings)
            case ActionKind.CANCEL_PENDING:
                self._end(trades)
                self._cancel(holdings)
            case ActionKind.CLOSE_PARTIAL:
                self._close_part(holdings, action.fraction)
            case ActionKind.BREAKEVEN:
                self._breakeven(holdings)
            case ActionKind.MODIFY_SL:
                for holding in holdings:
                    self.move(holding, action.price, None)
            case _:
                self._move_targets(holdings, action.prices, action.tp_index)

    def move(self, holding: Holding, sl: Decimal | None, tp: Decimal | None) -> None:
        """Set levels of one ticket; a level that is not possible now is left out and told."""
        sl, tp = self._possible_sl(holding, sl), self._possible_tp(holding, tp)
        if sl is None and tp is None:
            return
        for at, step in enumerate(self.steps):
            if step.holding.ticket == holding.ticket and step.action is CommandAction.MODIFY:
                self.steps[at] = replace(
                    step,
                    sl=step.sl if sl is None else sl,
                    tp=step.tp if tp is None else tp,
                )
                return
        self._add(Step(holding, CommandAction.MODIFY, sl=sl, tp=tp))

    # ------------------------------------------------------------------ levels

    def _possible_sl(self, holding: Holding, sl: Decimal | None) -> Decimal | None:
        if sl is None or sl == holding.sl:
            return None
        sign, exit_price = holding.side.sign, holding.exit_price
        base = holding.price if holding.resting else exit_price
        if base is not None and sign * (base - sl) <= 0:
            where = "its price" if holding.resting else "the price"
            self.asks.append(
                f"S/L {plain(sl)} is beyond {where} {plain(base)} of {holding.text}: left out"
            )
            return None
        if holding.sl is not None and sign * (sl - holding.sl) < 0:
            self.asks.append(f"S/L {plain(holding.sl)} -> {plain(sl)} risks more: FIRE agrees")
        return sl

    def _possible_tp(self, holding: Holding, tp: Decimal | None) -> Decimal | None:
        if tp is None or tp == holding.tp:
            return None
        base = holding.price if holding.resting else holding.exit_price
        if base is not None and holding.side.sign * (tp - base) <= 0:
            self.asks.append(
                f"T/P {plain(tp)} was passed already, price {plain(base)}: left out for"
                f" {holding.text}"
            )
            return None
        return tp

    def _move_targets(
        self, holdings: Sequence[Holding], prices: tuple[Decimal, ...], index: int | None
    ) -> None:
        """T/P n belongs to the nth leg; the last price holds for every leg behind it."""
        ordered = sorted(prices)
        for holding in holdings:
            if index is not None:
                if holding.leg == index - 1 and prices:
                    self.move(holding, None, prices[0])
            elif prices:
                targets = ordered if holding.side is Side.BUY else ordered[::-1]
                self.move(holding, None, targets[min(holding.leg, len(targets) - 1)])
        if index is not None and all(holding.leg != index - 1 for holding in holdings):
            self.notes.append(f"nothing is open for T/P{index}")

    def _breakeven(self, holdings: Iterable[Holding]) -> None:
        for holding in holdings:
            if holding.resting:
                self.notes.append(f"{holding.text} is not filled: no break-even yet")
            elif holding.sl is not None and holding.side.sign * (holding.sl - holding.price) >= 0:
                self.notes.append(f"S/L of {holding.text} is at break-even or better already")
            else:
                self._add(Step(holding, CommandAction.BREAKEVEN))

    # ------------------------------------------------------------------ closing

    def _close(self, holdings: Iterable[Holding]) -> None:
        for holding in holdings:
            action = CommandAction.CANCEL if holding.resting else CommandAction.CLOSE_TICKET
            self._add(Step(holding, action))

    def _cancel(self, holdings: Sequence[Holding]) -> None:
        resting = [holding for holding in holdings if holding.resting]
        self._close(resting)
        for holding in holdings:
            if not holding.resting:
                self.notes.append(f"{holding.text} is filled: nothing to cancel, close it by hand")

    def _end(self, trades: Iterable[Trade]) -> None:
        self.ends |= dict.fromkeys(signal for trade in trades for signal in trade.waiting)

    def _close_part(self, holdings: Sequence[Holding], fraction: Decimal | None) -> None:
        """The part of the whole trade: legs with the nearest T/P go first, whole where they fit."""
        if fraction is None:
            self.asks.append("how much is not said: FIRE closes half")
            fraction = _HALF
        open_now = [holding for holding in holdings if not holding.resting]
        left = sum((holding.lots for holding in open_now), ZERO) * fraction
        wanted, taken = left, ZERO
        for holding in sorted(open_now, key=lambda each: each.leg):
            lots = _part(holding, left)
            if lots > 0:
                whole = lots == holding.lots
                action = CommandAction.CLOSE_TICKET if whole else CommandAction.CLOSE_PARTIAL
                self._add(Step(holding, action, lots=None if whole else lots))
                left, taken = left - lots, taken + lots
        if open_now and taken == 0:
            self.asks.append(
                f"{plain(fraction * 100)} % is {plain(wanted)} lots, less than can be closed:"
                " close it whole or leave it"
            )

    def _add(self, step: Step) -> None:
        """Nothing more is done to a ticket that an earlier step of the message closes."""
        ended = (CommandAction.CLOSE_TICKET, CommandAction.CANCEL)
        for other in self.steps:
            same = other.holding.ticket == step.holding.ticket
            if same and (other.action in ended or other.action is step.action):
                return
        self.steps.append(step)


def _part(holding: Holding, left: Decimal) -> Decimal:
    """Lots of the position to close out of `left`; 0 = none can be, without leaving a rest."""
    if left >= holding.lots:
        return holding.lots
    if holding.spec is None:
        return ZERO
    lots = floor_to_step(left, holding.spec.volume_step)
    least = holding.spec.volume_min
    return lots if lots >= least and holding.lots - lots >= least else ZERO


def _shown(level: Decimal | None) -> str:
    return "none" if level is None else plain(level)
