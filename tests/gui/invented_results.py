"""A month of invented deals for the statistics page: the same every time."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from signalos_desktop.domain.position import Deal, DealEntry

_PROVIDERS = ("Gold Circle VIP", "Meridian FX", "Kestrel Signals")
_SYMBOLS = (("XAUUSD", "2390.50"), ("EURUSD", "1.08412"), ("GBPUSD", "1.27184"), ("US30", "39050"))
_RISK = Decimal(100)
_TRADES = 64


@dataclass(frozen=True, slots=True)
class Invented:
    deals: tuple[Deal, ...]
    providers: dict[int, str] = field(default_factory=dict)
    risks: dict[int, Decimal] = field(default_factory=dict)


def invented_results(now: datetime | None = None) -> Invented:
    rng = random.Random(11)
    first = (now or datetime.now(UTC)) - timedelta(days=28)
    deals: list[Deal] = []
    providers, risks = {}, {}
    for number in range(1, _TRADES + 1):
        symbol, price = rng.choice(_SYMBOLS)
        opened = first + timedelta(hours=10.3 * number)
        in_r = Decimal(str(round(rng.choice((-1, -1, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3)), 1)))
        providers[number] = rng.choice(_PROVIDERS)
        risks[number] = _RISK
        deals.append(_deal(number, DealEntry.IN, symbol, price, opened, Decimal(0)))
        closed = opened + timedelta(hours=rng.randint(1, 9))
        deals.append(_deal(number, DealEntry.OUT, symbol, price, closed, in_r * _RISK))
    return Invented(tuple(deals), providers, risks)


def _deal(
    number: int, entry: DealEntry, symbol: str, price: str, at: datetime, profit: Decimal
) -> Deal:
    return Deal(
        ticket=2 * number + (entry is DealEntry.OUT),
        order=number,
        position_id=number,
        time=at,
        symbol=symbol,
        type="BUY" if entry is DealEntry.IN else "SELL",
        entry=entry,
        reason="EXPERT",
        volume=Decimal("0.10"),
        price=Decimal(price),
        commission=Decimal("-0.35"),
        swap=Decimal(0),
        fee=Decimal(0),
        profit=profit,
        magic=4400000,
        comment="",
    )
