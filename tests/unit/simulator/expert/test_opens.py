"""Opens: what is sent, what is said of it, and every reason to deny one."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.values import Account
from signalos_desktop.domain.wire.ea_rows import decode_intent
from signalos_desktop.domain.wire.fields import seal
from signalos_desktop.simulator.terms import AccountTerms
from signalos_desktop.simulator.trade import Filling
from tests.unit.simulator.expert.world import World

FILLED, PARTIAL = ReceiptStatus.FILLED, ReceiptStatus.PARTIAL
DENIED, REJECTED = ReceiptStatus.DENIED, ReceiptStatus.REJECTED


def test_market_order_is_announced_sent_once_and_told_by_its_deal() -> None:
    world = World()
    told = world.app.do("BUY")
    (deal,) = [deal for deal in world.broker.deals(world.now.replace(hour=0)) if deal.trade]
    assert (told.status, told.retcode, told.price) == (FILLED, 10009, Decimal("1.1"))
    assert (told.ticket, told.position, told.deal) == (deal.order, deal.position_id, deal.ticket)
    assert (told.volume, told.session, told.login) == (Decimal("0.1"), 1, 5000001)
    (line,) = world.files.content["intents.csv"].splitlines(keepends=True)[1:]
    assert decode_intent(line).cmd_id == 1
    assert len(world.wire.sent) == 1


@pytest.mark.parametrize(
    ("action", "price", "sl"),
    [
        ("BUY_LIMIT", "1.09500", "1.09000"),
        ("SELL_LIMIT", "1.10500", "1.11000"),
        ("BUY_STOP", "1.10500", "1.10000"),
        ("SELL_STOP", "1.09500", "1.10000"),
    ],
)
def test_pending_order_is_placed(action: str, price: str, sl: str) -> None:
    world = World()
    told = world.app.do(action, price=price, sl=sl)
    (order,) = world.broker.orders()
    assert (told.status, told.ticket, told.retcode) == (ReceiptStatus.PLACED, order.ticket, 10008)
    assert (order.type, order.price) == (action, Decimal(price))


def test_sell() -> None:
    told = World().app.do("SELL", price="1.09990", sl="1.11000", max_loss="150")
    assert (told.status, told.price) == (FILLED, Decimal("1.0999"))


def test_ping_never_trades() -> None:
    world = World()
    assert world.app.do("PING").status is FILLED
    assert not world.wire.sent


def lots(value: str) -> dict[str, Any]:
    return {"lots": value, "max_loss": "900000"}


DENIALS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("WRONG_ACCOUNT", {}, {"account": Account(1, "Other")}),
    ("WRONG_MAGIC", {}, {"magic": 7}),
    ("STALE_SESSION", {}, {"session": 9}),
    ("LIMIT_LOTS", {"max_lots": Decimal("0.05")}, {}),
    ("LIMIT_POSITIONS", {"max_positions": 0}, {}),
    ("SYMBOL", {}, {"symbol": "NOSUCH"}),
    ("VOLUME", {}, lots("0.105")),
    ("VOLUME", {"max_lots": Decimal(9999)}, lots("5000")),
    ("SL_REQUIRED", {}, {"sl": "0"}),
    ("SL_WRONG_SIDE", {}, {"sl": "1.10500"}),
    ("SPREAD", {}, {"max_spread": 9}),
    ("SPREAD", {"max_spread": 9}, {}),
    ("CHECK", {}, {"sl": "1.09989"}),
    ("CHECK", {}, {"price": "1.09950", "deviation": 10}),
    ("RISK_EXCEEDED", {}, {"max_loss": "99"}),
    ("NO_MARGIN", {}, lots("50")),
]


@pytest.mark.parametrize(("code", "inputs", "fields"), DENIALS)
def test_denied(code: str, inputs: dict[str, Any], fields: dict[str, Any]) -> None:
    terms = AccountTerms(balance=Decimal(10_000))
    world = World(terms=terms, **inputs)
    told = world.app.do("BUY", **fields)
    assert (told.status, told.reason, told.retcode) == (DENIED, code, 0)
    assert not world.wire.sent
    assert "intents.csv" not in world.files.content


def silent_app(world: World) -> None:
    world.run(11, app=False)


def closing_app(world: World) -> None:
    world.app.closing = True
    world.app.beat()


def withdraw(world: World) -> None:
    world.app.control("WITHDRAW", 1)


def flag(world: World) -> None:
    world.app.press(StopLevel.HALT, "p1", world.common)


def unclear_order(world: World) -> None:
    world.faults.arm("timeout-not-executed")
    world.app.send("BUY")
    world.run()


def algo_off(world: World) -> None:
    world.faults.arm("algo-off")


def loss(world: World) -> None:
    world.by_hand("BUY", "1")
    world.quote("EURUSD", Decimal("1.09800"), Decimal("1.09810"))


def one_open(world: World) -> None:
    world.app.do("BUY")


def no_intents(world: World) -> None:
    world.faults.arm("disk-full:2")


SITUATIONS: list[tuple[str, Callable[[World], None], dict[str, Any]]] = [
    ("APP_LOST", silent_app, {}),
    ("APP_LOST", closing_app, {}),
    ("WITHDRAWN", withdraw, {}),
    ("HALTED", flag, {}),
    ("IN_DOUBT", unclear_order, {}),
    ("PERMISSION", algo_off, {}),
    ("LIMIT_DAILY_LOSS", loss, {"max_daily_loss": Decimal(150)}),
    ("LIMIT_RATE", one_open, {"max_opens_per_minute": 1}),
    ("DISK", no_intents, {}),
]


@pytest.mark.parametrize(("code", "happens", "inputs"), SITUATIONS)
def test_denied_by_situation(
    code: str, happens: Callable[[World], None], inputs: dict[str, Any]
) -> None:
    world = World(**inputs)
    happens(world)
    before = len(world.wire.sent)
    cmd_id = world.app.send("BUY", max_loss="5000")
    world.run(app=False)
    world.run(3, app=False)
    told = world.final(cmd_id)
    assert (told.status, told.reason) == (DENIED, code)
    assert len(world.wire.sent) == before


def test_netting_is_an_input() -> None:
    netting = AccountTerms(margin_mode="RETAIL_NETTING")
    refused = World(terms=netting, allow_netting=False).app.do("BUY")
    assert (refused.status, refused.reason) == (DENIED, "NETTING")
    assert World(terms=netting).app.do("BUY").status is FILLED


def test_expired_rows_are_not_sent() -> None:
    world = World()
    row = world.app.row("BUY", life=2)
    world.run(1.95)
    world.app.write(row)
    world.run(0.1)
    assert world.outcome(1)[0] is ReceiptStatus.EXPIRED
    assert not world.wire.sent


def test_a_row_that_lives_too_long_is_denied() -> None:
    world = World()
    row = world.app.row("BUY", life=59).replace(b"\n", b"").split(b",")[:-1]
    row[13] = str(int(row[13]) + 60_000).encode()
    world.app.write(seal([column.decode() for column in row]))
    world.run()
    assert world.outcome(1) == (DENIED, "BAD_FIELD")


def test_partial_fill() -> None:
    told = World("partial:0.5").app.do("BUY")
    assert (told.status, told.retcode, told.volume) == (PARTIAL, 10010, Decimal("0.05"))


@pytest.mark.parametrize(
    ("answers", "sends", "status"),
    [
        ([10004], 2, FILLED),
        ([10004, 10020], 3, FILLED),
        ([10004, 10004, 10004], 3, REJECTED),
        ([10021], 2, FILLED),
        ([10021, 10021], 2, REJECTED),
        ([10030], 2, FILLED),
        ([10030, 10030], 2, REJECTED),
        ([10006], 1, REJECTED),
        ([10018], 1, REJECTED),
        ([10024], 1, REJECTED),
    ],
)
def test_sent_again_only_when_it_is_safe(
    answers: list[int], sends: int, status: ReceiptStatus
) -> None:
    world = World()
    world.wire.answers = [*answers]
    told = world.app.do("BUY")
    assert (told.status, len(world.wire.sent)) == (status, sends)
    if status is REJECTED:
        assert told.retcode == answers[-1]


@pytest.mark.parametrize("retcode", [0, 10011, 10012, 10028, 10031])
def test_unclear_answers_are_never_sent_again(retcode: int) -> None:
    world = World()
    world.wire.answers = [retcode]
    world.app.send("BUY")
    world.run()
    (told,) = world.receipts(1)
    assert (told.status, told.retcode) == (ReceiptStatus.UNKNOWN, retcode)
    world.run(70)
    assert len(world.wire.sent) == 1
    assert world.outcome(1)[0] is ReceiptStatus.ERROR


def test_next_filling_mode_only_after_invalid_fill() -> None:
    world = World()
    world.wire.answers = [10030]
    world.app.do("BUY")
    assert [request.filling for request in world.wire.sent] == [Filling.FOK, Filling.IOC]


def test_deviation_shrinks_with_the_price_that_runs_away() -> None:
    world = World()
    world.wire.answers = [10004]

    def moves(request: Any) -> None:
        world.quote("EURUSD", Decimal("1.10005"), Decimal("1.10015"))

    world.wire.before_send = moves
    world.app.do("BUY", deviation=20)
    assert [request.deviation for request in world.wire.sent] == [20, 5]


def test_price_beyond_the_worst_allowed_ends_the_retries() -> None:
    world = World()
    world.wire.answers = [10004]
    world.wire.before_send = lambda request: world.quote(
        "EURUSD", Decimal("1.10090"), Decimal("1.10100")
    )
    told = world.app.do("BUY", deviation=20)
    assert (told.status, told.retcode, len(world.wire.sent)) == (REJECTED, 10004, 1)


def test_stop_between_requote_and_retry() -> None:
    world = World()
    world.wire.answers = [10004]
    world.wire.before_send = lambda request: world.app.press(StopLevel.HALT, "p1", world.common)
    told = world.app.do("BUY")
    assert (told.status, told.reason, told.retcode) == (DENIED, "HALTED", 10004)
    assert len(world.wire.sent) == 1


def test_expiry_between_requote_and_retry() -> None:
    world = World()
    world.wire.answers = [10004]

    def slow(request: Any) -> None:
        world.now = world.now.replace(second=world.now.second + 5)

    world.wire.before_send = slow
    told = world.app.do("BUY", life=3)
    assert (told.status, len(world.wire.sent)) == (ReceiptStatus.EXPIRED, 1)


def test_fill_beyond_the_risk_is_an_event() -> None:
    world = World("slippage:50")
    told = world.app.do("BUY", max_loss="102", deviation=0)
    assert told.status is FILLED
    (event,) = world.events("RISK_OVERRUN")
    assert (event.cmd_id, event.ticket) == (1, told.position)
