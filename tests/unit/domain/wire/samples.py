"""One of everything that travels over the bridge, for the tests of both sides."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.ea_status import EaEvent, EaStatus, Halt, Permissions, StopTicket
from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.position import Deal, DealEntry, Position, RestingOrder
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.symbols import Quote, SymbolSpec, TradeMode
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.values import Account, Side

NOW = datetime(2026, 11, 20, 12, 0, 0, 250_000, tzinfo=UTC)
ACCOUNT = Account(5000001, "SignalOS Demo")
MAGIC = 4400000

BUY = Command(
    cmd_id=7,
    account=ACCOUNT,
    session=3,
    action=CommandAction.BUY,
    created=NOW,
    expires=NOW + timedelta(seconds=30),
    magic=MAGIC,
    symbol="XAUUSD",
    lots=Decimal("0.10"),
    sl=Decimal("2400"),
    comment="#7 gold",
    price=Decimal("2410.50"),
    max_loss=Decimal("100.00"),
    deviation=30,
    max_spread=50,
)
PENDING = replace(
    BUY, action=CommandAction.BUY_LIMIT, order_expiry=NOW + timedelta(days=1), tp=Decimal("2500")
)
MODIFY = replace(
    BUY, action=CommandAction.MODIFY, ticket=2**63, sl=None, tp=Decimal(0), max_loss=None
)
CLOSE_TICKET = replace(MODIFY, action=CommandAction.CLOSE_TICKET, tp=None, symbol="")
PING = Command(1, ACCOUNT, 3, CommandAction.PING, NOW, NOW + timedelta(seconds=120), MAGIC)
COMMANDS = (BUY, PENDING, MODIFY, CLOSE_TICKET, PING)

RECEIPT = Receipt(
    7,
    ReceiptStatus.FILLED,
    ticket=12,
    retcode=10009,
    price=Decimal("2410.5"),
    message="Request completed, all of it",
    position=12,
    volume=Decimal("0.1"),
    deal=99,
    time=NOW.replace(microsecond=123_000),
    session=3,
    login=5000001,
)
DEAL = Deal(
    ticket=99,
    order=12,
    position_id=12,
    time=NOW,
    symbol="XAUUSD",
    type="BUY",
    entry=DealEntry.IN,
    reason="EXPERT",
    volume=Decimal("0.1"),
    price=Decimal("2410.5"),
    commission=Decimal("-0.35"),
    swap=Decimal(0),
    fee=Decimal(0),
    profit=Decimal(0),
    magic=-1,
    comment="#7 gold, now",
)
EVENT = EaEvent(1_795_176_000_000, 3, "LATE_FILL", 7, 12, "found, closed")
POSITION = Position(
    ticket=2**53 + 1,
    identifier=12,
    symbol="XAUUSD",
    side=Side.SELL,
    volume=Decimal("0.1"),
    price_open=Decimal("2410.5"),
    sl=None,
    tp=Decimal("2300"),
    price_current=Decimal("2409"),
    swap=Decimal("-0.1"),
    profit=Decimal("15.00"),
    magic=-5,
    comment="#7 gold",
    time=NOW,
)
ORDER = RestingOrder(
    ticket=13,
    symbol="XAUUSD",
    type="BUY_LIMIT",
    state="PLACED",
    volume=Decimal("0.2"),
    price=Decimal("2300"),
    sl=Decimal("2290"),
    tp=None,
    expiration=None,
    magic=MAGIC,
    comment="#8",
    time=NOW,
)
EQUITY = AccountState(
    account=ACCOUNT,
    company="A Broker",
    currency="EUR",
    currency_digits=2,
    leverage=30,
    margin_mode="RETAIL_HEDGING",
    trade_mode="DEMO",
    balance=Decimal("10000"),
    equity=Decimal("-5.5"),
    profit=Decimal("-10005.5"),
    margin=Decimal(0),
    margin_free=Decimal("-5.5"),
    margin_level=None,
    stop_out=Decimal(50),
    trade_allowed=True,
    trade_expert=True,
)
STATUS = EaStatus(
    seq=41,
    protocol=2,
    ea="SignalOSBridge",
    version="0.1.0",
    utc_ms=1_795_176_000_000,
    server_utc_offset_s=-7200,
    account="5000001@SignalOS_Demo",
    login=5000001,
    server="SignalOS Demo",
    magic=MAGIC,
    margin_mode="RETAIL_HEDGING",
    session=3,
    phase="IDLE",
    last_settled=7,
    file="commands.3.csv",
    consumed=1234,
    in_doubt=(5, 6),
    timer_ms=50,
    scope="MAGIC",
    sl_required=True,
    common="",
    permissions=Permissions(True, True, False, True, True),
    refused=("Algo Trading is off",),
    halt=Halt(
        2,
        StopLevel.FLATTEN,
        "flag",
        5,
        ("press-1",),
        ("press-1",),
        False,
        1,
        0,
        0,
        False,
        (StopTicket(12, "XAUUSD", Decimal("0.1"), 10018, 3, 99),),
    ),
)
SPEC = SymbolSpec(
    name="XAUUSD",
    digits=2,
    point=Decimal("0.01"),
    tick_size=Decimal("0.01"),
    tick_value=Decimal("0.92"),
    tick_value_loss=Decimal("0.92"),
    contract_size=Decimal(100),
    calc_mode="CFD",
    currency_base="XAU",
    currency_profit="USD",
    currency_margin="USD",
    volume_min=Decimal("0.01"),
    volume_max=Decimal(50),
    volume_step=Decimal("0.01"),
    volume_limit=Decimal(0),
    stops_level=10,
    freeze_level=0,
    filling=("FOK", "IOC"),
    exemode="MARKET",
    trade_mode=TradeMode.FULL,
    order_mode=("MARKET", "LIMIT"),
    expiration_mode=("GTC",),
    spread=25,
    swap_long=Decimal("-30.5"),
    swap_short=Decimal("10"),
    margin_1lot=Decimal("8000"),
    commission=None,
    sessions=((), ((60, 1439),), ((60, 1439),), ((60, 1439),), ((60, 1439),), ((60, 1380),), ()),
)
QUOTE = Quote(
    symbol="XAUUSD",
    bid=Decimal("2410.25"),
    ask=Decimal("2410.5"),
    time=NOW.replace(microsecond=0),
    tick_value=Decimal("0.92"),
    tick_value_loss=Decimal("0.92"),
    margin_1lot=Decimal("8000"),
)
