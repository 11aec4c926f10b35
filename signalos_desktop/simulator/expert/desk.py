"""What every part of the expert works with: its inputs, its terminal and its books."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.values import to_ms
from signalos_desktop.domain.wire.commands import CommandRow
from signalos_desktop.domain.wire.control import Scope
from signalos_desktop.simulator.expert.events import Events
from signalos_desktop.simulator.expert.history import History
from signalos_desktop.simulator.expert.inputs import ExpertInputs, ScopeInForce
from signalos_desktop.simulator.expert.intents import Intents
from signalos_desktop.simulator.expert.latch import Latch
from signalos_desktop.simulator.expert.pulse import Pulse
from signalos_desktop.simulator.expert.receipts import Receipts
from signalos_desktop.simulator.trade import Terminal


@dataclass(frozen=True, slots=True)
class Desk:
    inputs: ExpertInputs
    terminal: Terminal
    monotonic: Callable[[], float]
    pulse: Pulse
    receipts: Receipts
    intents: Intents
    events: Events
    history: History
    latch: Latch
    scope: ScopeInForce

    @property
    def damaged(self) -> bool:
        """True while intents.csv or latch.csv holds what cannot be read."""
        return self.intents.damaged or self.latch.damaged_rows > 0

    def now_ms(self) -> int:
        return to_ms(self.terminal.time_gmt())

    def expired(self, row: CommandRow) -> bool:
        """Rounded early: TimeGMT has whole seconds, so the next one may be about to begin."""
        return to_ms(self.terminal.time_gmt() + timedelta(seconds=1)) > row.expires_ms

    def ours(self, magic: int) -> bool:
        return self.scope.value is Scope.ACCOUNT or magic == self.inputs.magic

    def positions(self) -> list[Position]:
        """Positions in scope."""
        return [held for held in self.terminal.positions() if self.ours(held.magic)]

    def orders(self) -> list[RestingOrder]:
        """Resting orders in scope."""
        return [order for order in self.terminal.orders() if self.ours(order.magic)]

    def position(self, ticket: int) -> Position | None:
        """A position of the account, whoever opened it."""
        return next((held for held in self.terminal.positions() if held.ticket == ticket), None)

    def order(self, ticket: int) -> RestingOrder | None:
        return next((order for order in self.terminal.orders() if order.ticket == ticket), None)

    def spec(self, symbol: str) -> SymbolSpec | None:
        return next((spec for spec in self.terminal.symbols() if spec.name == symbol), None)

    def quote(self, symbol: str) -> Quote | None:
        """The last price; None = there is none yet."""
        for quote in self.terminal.quotes():
            if quote.symbol == symbol and quote.bid > 0 and quote.ask > 0:
                return quote
        return None
