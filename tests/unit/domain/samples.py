"""Small honest parts for tests of the domain: symbols, quotes, accounts, positions, deals."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.position import Deal, DealEntry, Position, RestingOrder
from signalos_desktop.domain.signal import OrderReading, OrderType, Zone
from signalos_desktop.domain.symbols import Quote, SymbolSpec, TradeMode
from signalos_desktop.domain.values import Account, Side

# A Wednesday, 12:00 UTC.
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
ALL_DAY = ((0, 1440),)


def dec(text: str) -> Decimal:
    return Decimal(text)


EURUSD = SymbolSpec(
    name="EURUSD",
    digits=5,
    point=dec("0.00001"),
    tick_size=dec("0.00001"),
    tick_value=dec("1"),
    tick_value_loss=dec("1"),
    contract_size=dec("100000"),
    calc_mode="FOREX",
    currency_base="EUR",
    currency_profit="USD",
    currency_margin="EUR",
    volume_min=dec("0.01"),
    volume_max=dec("100"),
    volume_step=dec("0.01"),
    volume_limit=dec("0"),
    stops_level=0,
    freeze_level=0,
    filling=("FOK", "IOC"),
    exemode="MARKET",
    trade_mode=TradeMode.FULL,
    order_mode=("MARKET", "LIMIT", "STOP", "SL", "TP"),
    expiration_mode=("GTC", "SPECIFIED"),
    spread=2,
    swap_long=dec("-5"),
    swap_short=dec("1"),
    margin_1lot=dec("1100"),
    commission=dec("0"),
    sessions=((), ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ((0, 1435),), ()),
)
USDJPY = replace(
    EURUSD,
    name="USDJPY",
    digits=3,
    point=dec("0.001"),
    tick_size=dec("0.001"),
    currency_base="USD",
    currency_profit="JPY",
)
XAUUSD = replace(
    EURUSD,
    name="XAUUSD",
    digits=2,
    point=dec("0.01"),
    tick_size=dec("0.01"),
    contract_size=dec("100"),
    calc_mode="CFD",
    currency_base="XAU",
)
GER40 = replace(
    EURUSD,
    name="GER40",
    digits=1,
    point=dec("0.1"),
    tick_size=dec("0.1"),
    contract_size=dec("1"),
    calc_mode="CFDINDEX",
    currency_base="EUR",
    currency_profit="EUR",
    volume_min=dec("0.1"),
    volume_step=dec("0.1"),
)


def quote(symbol: str, bid: str, ask: str, value: str = "1", margin: str = "1100") -> Quote:
    return Quote(symbol, dec(bid), dec(ask), NOW, dec(value), dec(value), dec(margin))


EURUSD_QUOTE = quote("EURUSD", "1.09998", "1.10000")


def account(**changes: Any) -> AccountState:
    """10 000 USD on a hedging demo account without positions."""
    base = AccountState(
        account=Account(5000001, "Demo"),
        company="Demo",
        currency="USD",
        currency_digits=2,
        leverage=100,
        margin_mode="RETAIL_HEDGING",
        trade_mode="DEMO",
        balance=dec("10000"),
        equity=dec("10000"),
        profit=dec("0"),
        margin=dec("0"),
        margin_free=dec("10000"),
        margin_level=None,
        stop_out=dec("50"),
        trade_allowed=True,
        trade_expert=True,
    )
    return replace(base, **changes)


def position(**changes: Any) -> Position:
    """A buy of 0.10 EURUSD at 1.10000 with its S/L 20 pips below: 20 USD at risk."""
    base = Position(
        ticket=101,
        identifier=101,
        symbol="EURUSD",
        side=Side.BUY,
        volume=dec("0.10"),
        price_open=dec("1.10000"),
        sl=dec("1.09800"),
        tp=None,
        price_current=dec("1.10000"),
        swap=dec("0"),
        profit=dec("0"),
        magic=1,
        comment="",
        time=NOW - timedelta(hours=1),
    )
    return replace(base, **changes)


def resting(**changes: Any) -> RestingOrder:
    base = RestingOrder(
        ticket=201,
        symbol="EURUSD",
        type="BUY_LIMIT",
        state="PLACED",
        volume=dec("0.10"),
        price=dec("1.09500"),
        sl=dec("1.09200"),
        tp=None,
        expiration=None,
        magic=1,
        comment="",
        time=NOW - timedelta(hours=1),
    )
    return replace(base, **changes)


def deal(ticket: int, type_: str, entry: DealEntry, price: str, **changes: Any) -> Deal:
    base = Deal(
        ticket=ticket,
        order=ticket,
        position_id=1,
        time=NOW + timedelta(minutes=ticket),
        symbol="EURUSD",
        type=type_,
        entry=entry,
        reason="EXPERT",
        volume=dec("1"),
        price=dec(price),
        commission=dec("0"),
        swap=dec("0"),
        fee=dec("0"),
        profit=dec("0"),
        magic=1,
        comment="",
    )
    return replace(base, **changes)


def order(
    side: Side | None = Side.BUY,
    entry: str | tuple[str, str] | None = None,
    sl: str | None = "1.09700",
    tps: tuple[str, ...] = ("1.10600",),
    type_: OrderType = OrderType.UNSPECIFIED,
    **changes: Any,
) -> OrderReading:
    """A buy of EURUSD with its S/L 30 pips below 1.10000 and its T/P 60 above."""
    low, high = (entry, entry) if isinstance(entry, str) else (entry or ("", ""))
    base = OrderReading(
        symbol="EURUSD",
        side=side,
        order_type=type_,
        entry=None if entry is None else Zone(dec(low), dec(high)),
        sl=None if sl is None else dec(sl),
        tps=tuple(dec(tp) for tp in tps),
    )
    return replace(base, **changes)
