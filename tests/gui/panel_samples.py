"""Events as an engine tells them, for the panels' tests: one account, a few symbols."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.position import Deal, DealEntry, Position, RestingOrder
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.symbols import Quote, SymbolSpec, TradeMode
from signalos_desktop.domain.values import Account, Side
from signalos_desktop.engine.entries import CommandState
from signalos_desktop.engine.events import (
    AccountChanged,
    CommandChanged,
    DealSeen,
    OrderChanged,
    PositionChanged,
    QuotesChanged,
    ReceiptRead,
    SymbolsChanged,
)

ACCOUNT = Account(51840276, "Northgate-Demo")
START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
D = Decimal


def account_changed(
    balance: str = "10000.00", equity: str = "10159.78", digits: int = 2
) -> AccountChanged:
    return AccountChanged(
        AccountState(
            account=ACCOUNT,
            company="Northgate",
            currency="USD",
            currency_digits=digits,
            leverage=100,
            margin_mode="RETAIL_HEDGING",
            trade_mode="DEMO",
            balance=D(balance),
            equity=D(equity),
            profit=D(equity) - D(balance),
            margin=D("500"),
            margin_free=D("9500"),
            margin_level=D("2000"),
            stop_out=D("50"),
            trade_allowed=True,
            trade_expert=True,
        )
    )


def spec(name: str = "EURUSD", digits: int = 5, tick_value: str = "1") -> SymbolSpec:
    point = D(1).scaleb(-digits)
    return SymbolSpec(
        name=name,
        digits=digits,
        point=point,
        tick_size=point,
        tick_value=D(tick_value),
        tick_value_loss=D(tick_value),
        contract_size=D(100000),
        calc_mode="FOREX",
        currency_base=name[:3],
        currency_profit=name[3:6],
        currency_margin=name[:3],
        volume_min=D("0.01"),
        volume_max=D(100),
        volume_step=D("0.01"),
        volume_limit=D(0),
        stops_level=0,
        freeze_level=0,
        filling=("FOK",),
        exemode="MARKET",
        trade_mode=TradeMode.FULL,
        order_mode=("MARKET",),
        expiration_mode=("GTC",),
        spread=10,
        swap_long=D(0),
        swap_short=D(0),
        margin_1lot=D(1000),
        commission=None,
        sessions=((),) * 7,
    )


def symbols_changed() -> SymbolsChanged:
    gold = spec("XAUUSD", 2)
    return SymbolsChanged(ACCOUNT, (spec(), gold, spec("USDJPY", 3, "0.67")))


def position(
    ticket: int = 48219031,
    symbol: str = "EURUSD",
    side: Side = Side.BUY,
    *,
    price: str = "1.08412",
    sl: str | None = "1.08212",
    tp: str | None = "1.08812",
    now: str = "1.08534",
    profit: str = "48.80",
    lots: str = "0.40",
    comment: str = "Meridian FX",
) -> Position:
    return Position(
        ticket=ticket,
        identifier=ticket,
        symbol=symbol,
        side=side,
        volume=D(lots),
        price_open=D(price),
        sl=D(sl) if sl else None,
        tp=D(tp) if tp else None,
        price_current=D(now),
        swap=D("-1.20"),
        profit=D(profit),
        magic=4400000,
        comment=comment,
        time=START,
    )


def opened(held: Position) -> PositionChanged:
    return PositionChanged(ACCOUNT, "opened", held)


def closed(held: Position) -> PositionChanged:
    return PositionChanged(ACCOUNT, "closed", held)


def order_changed(ticket: int = 48219240, change: str = "opened") -> OrderChanged:
    order = RestingOrder(
        ticket=ticket,
        symbol="EURUSD",
        type="SELL_LIMIT",
        state="PLACED",
        volume=D("0.3"),
        price=D("1.0955"),
        sl=D("1.0985"),
        tp=None,
        expiration=START + timedelta(hours=4),
        magic=4400000,
        comment="Meridian FX",
        time=START,
    )
    return OrderChanged(ACCOUNT, change, order)


def deal_seen(
    ticket: int,
    entry: DealEntry = DealEntry.OUT,
    profit: str = "64.4",
    kind: str = "SELL",
    seconds: int = 0,
) -> DealSeen:
    deal = Deal(
        ticket=ticket,
        order=ticket + 1,
        position_id=48219031,
        time=START + timedelta(seconds=seconds),
        symbol="EURUSD" if kind != "BALANCE" else "",
        type=kind,
        entry=entry,
        reason="EXPERT",
        volume=D("0.4"),
        price=D("1.08391"),
        commission=D("-1.4"),
        swap=D(0),
        fee=D(0),
        profit=D(profit),
        magic=4400000,
        comment="",
    )
    return DealSeen(ACCOUNT, deal, 7, external=False)


def command_changed(
    cmd_id: int,
    state: CommandState = CommandState.PUBLISHED,
    action: CommandAction = CommandAction.BUY,
    ticket: int | None = None,
    reason: str = "",
) -> CommandChanged:
    command = Command(
        cmd_id=cmd_id,
        account=ACCOUNT,
        session=1,
        action=action,
        created=START,
        expires=START + timedelta(seconds=20),
        magic=4400000,
        symbol="EURUSD",
        lots=D("0.4"),
        ticket=ticket,
    )
    return CommandChanged(ACCOUNT, command, f"S{cmd_id}", state, reason)


def receipt_read(
    cmd_id: int, status: ReceiptStatus = ReceiptStatus.FILLED, message: str = "done"
) -> ReceiptRead:
    return ReceiptRead(
        ACCOUNT,
        Receipt(
            cmd_id=cmd_id,
            status=status,
            ticket=48219031,
            retcode=10009 if status.executed else 10012,
            price=D("1.0841"),
            message=message,
            position=48219031 if status.executed else 0,
            time=START + timedelta(milliseconds=201),
        ),
    )


def quotes(seconds: float, bid: str, symbol: str = "EURUSD") -> QuotesChanged:
    time = START + timedelta(seconds=seconds)
    quote = Quote(symbol, D(bid), D(bid) + D("0.00012"), time, D(1), D(1), D(1000))
    return QuotesChanged(ACCOUNT, (quote,))
