"""The closed trades of an account, kept up as deals come in; only what has changed is reckoned."""

from itertools import islice

from signalos_desktop.domain.position import Deal
from signalos_desktop.domain.risk.cooldown import ClosedTrade, closed_trades
from signalos_desktop.engine.book import Book


class ClosedTrades:
    """What the deals of the book have closed."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._seen = 0
        self._open: frozenset[int] = frozenset()
        self._deals: dict[int, list[Deal]] = {}
        self._by_position: dict[int, ClosedTrade] = {}
        self._trades: tuple[ClosedTrade, ...] = ()

    def now(self) -> tuple[ClosedTrade, ...]:
        """One for each position that is closed, oldest first."""
        still_open = frozenset(p.identifier for p in self._book.positions.values())
        touched = {*(still_open ^ self._open)}
        for deal in islice(self._book.deals.values(), self._seen, None):
            self._deals.setdefault(deal.position_id, []).append(deal)
            touched.add(deal.position_id)
        self._seen, self._open = len(self._book.deals), still_open
        for identifier in touched:
            self._by_position.pop(identifier, None)
            for trade in closed_trades(self._deals.get(identifier, ()), still_open):
                self._by_position[identifier] = trade
        if touched:
            self._trades = tuple(sorted(self._by_position.values(), key=lambda trade: trade.time))
        return self._trades
