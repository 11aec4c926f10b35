"""A broker on a virtual clock with prices set by hand, for tests that reckon its money."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from signalos_desktop.domain.position import Deal, Position
from signalos_desktop.simulator.broker import Broker
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.ledger import Ledger
from signalos_desktop.simulator.market import Market
from signalos_desktop.simulator.sessions import Calendar
from signalos_desktop.simulator.specs import LISTINGS, Listing
from signalos_desktop.simulator.terms import AccountTerms
from signalos_desktop.simulator.trade import Filling, TradeAction, TradeRequest, TradeResult

# A Tuesday; the server's clock is two hours ahead.
START = datetime(2026, 3, 10, 12, 0, 0, tzinfo=UTC)

PRICES = {
    "EURUSD": ("1.10000", "1.10010"),
    "GBPUSD": ("1.25000", "1.25010"),
    "USDJPY": ("150.000", "150.010"),
    "EURJPY": ("165.000", "165.015"),
    "XAUUSD": ("2400.00", "2400.20"),
    "US30": ("39000.00", "39002.00"),
    "GER40": ("18000.00", "18001.00"),
    "BTCUSD": ("65000.00", "65018.00"),
}


@dataclass
class VirtualClock:
    """Stands still until told."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def add(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Bench:
    """The broker under test with what it was built from."""

    broker: Broker
    clock: VirtualClock
    faults: Faults
    ledger: Ledger
    tickets: list[int] = field(default_factory=list)

    def quote(self, symbol: str, bid: str, ask: str, after: float = 1.0) -> None:
        """Set prices, let time pass and let the broker see both."""
        self.broker.market.set_quote(symbol, Decimal(bid), Decimal(ask))
        self.wait(after)

    def wait(self, seconds: float) -> None:
        self.clock.add(seconds)
        self.broker.advance(self.clock.now)

    def deal(self, side: str, symbol: str, volume: str, **more: Any) -> TradeResult:
        return self.broker.order_send(
            TradeRequest(
                TradeAction.DEAL,
                magic=77,
                symbol=symbol,
                volume=Decimal(volume),
                type=side,
                filling=Filling.IOC,
                **_decimals(more),
            )
        )

    def rest(self, type_: str, symbol: str, volume: str, price: str, **more: Any) -> TradeResult:
        return self.broker.order_send(
            TradeRequest(
                TradeAction.PENDING,
                magic=77,
                symbol=symbol,
                volume=Decimal(volume),
                type=type_,
                price=Decimal(price),
                filling=Filling.RETURN,
                **_decimals(more),
            )
        )

    def close(self, held: Position, volume: str = "", comment: str = "") -> TradeResult:
        side = held.side.opposite.name
        amount = volume or str(held.volume)
        return self.deal(side, held.symbol, amount, position=held.ticket, comment=comment)

    def held(self) -> Position:
        (only,) = self.broker.positions()
        return only

    def trades(self) -> Sequence[Deal]:
        return [deal for deal in self.broker.deals(datetime(2000, 1, 1, tzinfo=UTC)) if deal.trade]

    def lines(self, kind: str) -> list[dict[str, Any]]:
        return [dict(line) for line in self.ledger.lines() if line["kind"] == kind]

    def balance(self) -> str:
        return str(self.broker.account().balance)


def make_bench(
    *,
    netting: bool = False,
    currency: str = "USD",
    balance: str = "10000",
    leverage: int = 100,
    faults: Iterable[str] = (),
    listings: Sequence[Listing] = LISTINGS,
    calendar: Calendar = Calendar.OPEN,
    state: Path | None = None,
    export: Path | None = None,
    clock: VirtualClock | None = None,
    walk: bool = False,
    seed: int = 1,
) -> Bench:
    clock = clock or VirtualClock()
    mode = "RETAIL_NETTING" if netting else "RETAIL_HEDGING"
    terms = AccountTerms(
        currency=currency, balance=Decimal(balance), leverage=leverage, margin_mode=mode
    )
    market = Market(listings, seed=seed, now=clock.now, calendar=calendar)
    for symbol, (bid, ask) in PRICES.items() if not walk else ():
        if symbol in market.listings:
            market.set_quote(symbol, Decimal(bid), Decimal(ask))
    armed = Faults(faults, Random(seed))
    ledger = Ledger(state, export)
    broker = Broker(terms=terms, market=market, ledger=ledger, faults=armed, clock=clock)
    return Bench(broker, clock, armed, ledger)


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _decimals(more: dict[str, Any]) -> dict[str, Any]:
    texts = ("sl", "tp", "price")
    return {key: Decimal(value) if key in texts else value for key, value in more.items()}
