"""Trade management as the pipeline sees it: before FIRE, at FIRE, and after, for every desk."""

from collections.abc import Sequence

from signalos_desktop.domain.risk.decision import Decision
from signalos_desktop.domain.symbols import Resolution, Resolved
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.managing import Managing
from signalos_desktop.engine.managing_fire import with_notes
from signalos_desktop.engine.managing_opposite import Again, Opposing
from signalos_desktop.engine.ports import Clock, Facts
from signalos_desktop.engine.settings import Settings


class Management:
    """Keeps what belongs to each account."""

    def __init__(self, bus: EventBus, clock: Clock) -> None:
        self._bus = bus
        self._clock = clock
        self._managing: dict[Account, Managing] = {}
        self._opposing: dict[Account, Opposing] = {}

    def judge(
        self, decision: Decision, symbol: Resolution, desk: Desk, settings: Settings
    ) -> Decision:
        """The decision with what it means for open trades, and what rules can do for it later."""
        if isinstance(symbol, Resolved):
            decision = self._of(desk).judge(decision, symbol.symbol, settings)
        return with_notes(decision, desk, settings)

    def closes_first(self, decisions: Sequence[Decision], desk: Desk, settings: Settings) -> bool:
        """True if open trades against these orders have to be closed before they are sent."""
        return self._of(desk).closes_first(decisions, settings)

    async def close_first(
        self, signal: str, decisions: Sequence[Decision], desk: Desk, again: Again, by_user: bool
    ) -> Refusal:
        """Close them; the signal, whose wait is answered, is fired again after that."""
        return await self._of(desk).close_first(signal, decisions, again, by_user=by_user)

    def look(self, desk: Desk, facts: Facts) -> None:
        """Do what is due now for the desk's open trades: prices or positions are news."""
        if facts.quotes is None and facts.positions is None:
            return
        self._of(desk).look()
        if desk.account not in self._managing:
            self._managing[desk.account] = Managing(desk, self._bus, self._clock)
        self._managing[desk.account].look()

    def _of(self, desk: Desk) -> Opposing:
        if desk.account not in self._opposing:
            self._opposing[desk.account] = Opposing(desk)
        return self._opposing[desk.account]
