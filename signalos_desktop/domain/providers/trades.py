"""The trades that a provider's messages opened, and which of them a later message means."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from signalos_desktop.domain.signal import Action, ActionKind
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.domain.values import Side, plain


@dataclass(frozen=True, slots=True)
class Holding:
    """A position or resting order of a trade, for T/P number `leg` of order number `order`, from 0.

    price: where it was opened, or will be. spec and quote None = not known now. shared: on a
    netting account other trades are part of the same position.
    """

    ticket: int
    symbol: str
    side: Side
    lots: Decimal
    price: Decimal
    sl: Decimal | None
    tp: Decimal | None
    resting: bool
    order: int = 0
    leg: int = 0
    spec: SymbolSpec | None = None
    quote: Quote | None = None
    shared: bool = False

    @property
    def exit_price(self) -> Decimal | None:
        """What would close it now."""
        if self.quote is None:
            return None
        return self.quote.bid if self.side is Side.BUY else self.quote.ask

    @property
    def text(self) -> str:
        kind = "order" if self.resting else "position"
        return f"{kind} {self.ticket} {self.side} {plain(self.lots)} {self.symbol}"


@dataclass(frozen=True, slots=True)
class Trade:
    """What one signal, with its edits and replies, asked for in one symbol on one side.

    thread: the signal that began it. names: every name of the symbol. waiting: signals that could
    still be fired. coming: orders on their way, or filled and not seen yet.
    """

    thread: str
    names: frozenset[str]
    side: Side
    holdings: tuple[Holding, ...] = ()
    waiting: tuple[str, ...] = ()
    coming: int = 0

    @property
    def alive(self) -> bool:
        return bool(self.holdings) or self.coming > 0

    @property
    def text(self) -> str:
        return f"{self.thread} {min(self.names)} {self.side}"


def find(
    trades: Sequence[Trade], action: Action, names: frozenset[str], thread: str | None
) -> tuple[Trade, ...] | Refusal:
    """The trades that an instruction means: reply or thread, then symbol, then the only one.

    names: every name of the action's symbol, empty if it names none.
    """
    fitting = [trade for trade in trades if _fits(trade, action, names)]
    whole = action.kind is ActionKind.CLOSE_ALL and (names or thread is None)
    if thread is not None and not whole:
        fitting = [trade for trade in fitting if trade.thread == thread]
    meant = [trade for trade in fitting if trade.alive]
    if whole or not meant:
        meant += [trade for trade in fitting if trade.waiting and not trade.alive]
    if not meant:
        return Refusal("NO_TRADE", _none_text(trades, action, thread))
    if whole or thread is not None or len(meant) == 1:
        return tuple(meant)
    listed = ", ".join(trade.text for trade in meant)
    text = f"it could mean {listed}: act on the right one by hand, or submit it as a reply to it"
    return Refusal("AMBIGUOUS_TRADE", text)


def _fits(trade: Trade, action: Action, names: frozenset[str]) -> bool:
    if names and not names & trade.names:
        return False
    return action.side is None or action.side is trade.side


def _none_text(trades: Sequence[Trade], action: Action, thread: str | None) -> str:
    wanted = " ".join(str(part) for part in (action.symbol, action.side) if part is not None)
    what = f"trade in {wanted}" if wanted else "trade"
    if thread is not None:
        return f"{thread} has no open {what} of ours: there is nothing to act on"
    others = ", ".join(trade.text for trade in trades if trade.alive) or "none"
    return f"no open {what} that this provider's signals opened (open: {others})"
