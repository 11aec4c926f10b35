"""Rows of the tables and bars of the chart, folded from events."""

from datetime import UTC, timedelta
from decimal import Decimal

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import StopLevel, TradingState
from signalos_desktop.domain.values import Side
from signalos_desktop.engine.entries import CommandState
from signalos_desktop.engine.events import RuleActed, StateChanged
from signalos_desktop.ui.viewmodels.command_rows import CommandBook, Outcome
from signalos_desktop.ui.viewmodels.instruments import Instruments, row_key
from signalos_desktop.ui.viewmodels.journal_rows import JournalBook
from signalos_desktop.ui.viewmodels.price_bars import BarBook
from signalos_desktop.ui.viewmodels.trade_rows import OpenTrades, one_line, sum_positions
from tests.gui.panel_samples import (
    ACCOUNT,
    START,
    account_changed,
    closed,
    command_changed,
    opened,
    order_changed,
    position,
    quotes,
    receipt_read,
    symbols_changed,
)


def state(unresolved: int) -> StateChanged:
    return StateChanged(
        ACCOUNT, TradingState.RUNNING, frozenset(), 0, 0, unresolved, StopLevel.NONE, "", ()
    )


def known() -> Instruments:
    use = Instruments(UTC)
    use.take_symbols(symbols_changed())
    use.take_account(account_changed())
    return use


def test_prices_have_the_symbols_digits_and_money_follows_the_tick_value() -> None:
    use = known()
    assert use.price(ACCOUNT, "EURUSD", Decimal("1.084")) == "1.08400"
    assert use.price(ACCOUNT, "XAUUSD", Decimal("4051.2")) == "4051.20"
    assert use.price(ACCOUNT, "EURUSD", None) == use.price(ACCOUNT, "EURUSD", Decimal(0)) == ""
    assert use.time(START) == "2026.11.20 14:00:00"
    way = (Decimal("1.08412"), Decimal("1.08212"))
    lost = use.money_between(ACCOUNT, "EURUSD", Side.BUY, Decimal("0.4"), way)
    assert lost == Decimal("-80.0")
    assert use.money_between(ACCOUNT, "UNKNOWN", Side.BUY, Decimal(1), way) is None


def test_until_a_symbol_is_specified_a_price_keeps_all_its_digits() -> None:
    assert Instruments().price(ACCOUNT, "EURUSD", Decimal("1.084125")) == "1.084125"


def test_positions_come_and_go_and_their_sum_follows() -> None:
    trades = OpenTrades()
    trades.take_position(opened(position(1, profit="48.80")))
    trades.take_position(opened(position(2, profit="-17.10")))
    totals = sum_positions(trades.positions.values(), known())
    assert (totals.count, totals.volume, totals.profit) == (2, Decimal("0.80"), Decimal("31.70"))
    trades.take_position(closed(position(1)))
    trades.take_order(order_changed())
    assert list(trades.positions) == [row_key(ACCOUNT, 2)]
    trades.take_order(order_changed(change="closed"))
    assert not trades.orders


def test_a_position_with_an_unclear_command_is_marked_until_that_is_settled() -> None:
    trades = OpenTrades()
    key = trades.take_position(opened(position(7)))
    assert list(trades.mark_unsettled([key])) == [key]
    assert trades.positions[key].unsettled
    trades.take_position(opened(position(7, profit="1")))
    assert trades.positions[key].unsettled
    assert list(trades.mark_unsettled([])) == [key]
    assert not trades.positions[key].unsettled


def test_an_unknown_receipt_is_unclear_until_a_final_one_comes() -> None:
    book = CommandBook()
    key = book.take_command(command_changed(5, ticket=48219031), START)
    book.take_receipt(receipt_read(5, ReceiptStatus.UNKNOWN, "timeout"))
    assert book.rows[key].outcome is Outcome.UNKNOWN
    assert book.unsettled_tickets() == {row_key(ACCOUNT, 48219031)}
    book.take_receipt(receipt_read(5), START + timedelta(milliseconds=201))
    assert (book.rows[key].outcome, book.rows[key].took_ms) == (Outcome.FILLED, 201)
    book.take_receipt(receipt_read(5, ReceiptStatus.REJECTED, "late"))
    assert book.rows[key].outcome is Outcome.FILLED


def test_only_a_late_fill_corrects_an_error() -> None:
    book = CommandBook()
    key = book.take_command(command_changed(5))
    book.take_receipt(receipt_read(5, ReceiptStatus.ERROR, "NOT_FOUND: nothing"))
    book.take_receipt(receipt_read(5, ReceiptStatus.FILLED, "LATE_FILL: found"))
    assert book.rows[key].outcome is Outcome.FILLED


def test_a_receipt_before_its_command_is_kept_for_it() -> None:
    book = CommandBook()
    assert book.take_receipt(receipt_read(5)) == ""
    assert book.rows[book.take_command(command_changed(5))].outcome is Outcome.FILLED


def test_an_overdue_command_is_unclear_until_the_engine_has_settled_it() -> None:
    book = CommandBook()
    key = book.take_command(command_changed(5))
    book.take_state(state(1), START + timedelta(seconds=5))
    assert not book.rows[key].unclear
    book.take_state(state(1), START + timedelta(minutes=10))
    assert book.rows[key].unclear
    book.take_state(state(0), START + timedelta(minutes=11))
    assert book.rows[key].outcome is Outcome.SETTLED


def test_old_commands_are_let_go_but_never_an_unclear_one() -> None:
    book = CommandBook(most=2)
    for number in (1, 2, 3):
        book.take_command(command_changed(number))
        status = ReceiptStatus.UNKNOWN if number == 1 else ReceiptStatus.FILLED
        book.take_receipt(receipt_read(number, status))
    assert [row.command.cmd_id for row in book.rows.values()] == [1, 3]
    assert book.gone == [row_key(ACCOUNT, 2)]


def test_a_command_that_was_not_sent_says_why() -> None:
    book = CommandBook()
    key = book.take_command(command_changed(5, CommandState.NOT_SENT, reason="PAUSED: by you"))
    assert (book.rows[key].outcome, book.rows[key].words) == (Outcome.NOT_SENT, "PAUSED: by you")


def test_a_strangers_text_becomes_one_short_line() -> None:
    assert one_line("a\nb\x00\t c") == "a b c"
    assert len(one_line("x" * 10_000)) == 200
    assert one_line("مرحبا") == "مرحبا"


def test_the_journal_tells_news_and_no_prices() -> None:
    book = JournalBook(known())
    held = position(7)
    row = book.take(opened(held), START)
    assert row is not None
    assert row.text == "position opened: 7 buy 0.40 EURUSD from 1.08412"
    assert book.take(quotes(0, "1.08"), START) is None
    assert book.take(state(0), START) is not None
    assert book.take(state(0), START) is None
    acted = RuleActed(ACCOUNT, 7, "EURUSD", "S1", 3, "break-even", "rule: S/L 1.08 -> 1.09")
    row = book.take(acted, START)
    assert row is not None
    assert row.text == "7 EURUSD: rule: S/L 1.08 -> 1.09"


def test_bars_are_made_of_quotes_and_longer_ones_of_minutes() -> None:
    book = BarBook()
    for seconds, bid in ((0, "1.10"), (30, "1.12"), (61, "1.08"), (301, "1.09")):
        [quote] = quotes(seconds, bid).quotes
        assert book.take(ACCOUNT, quote)
    minutes = book.bars(ACCOUNT, "EURUSD", 60)
    assert [(b.open, b.high, b.low, b.close) for b in minutes] == [
        (1.10, 1.12, 1.10, 1.12),
        (1.08, 1.08, 1.08, 1.08),
        (1.09, 1.09, 1.09, 1.09),
    ]
    fives = book.bars(ACCOUNT, "EURUSD", 300)
    assert [(b.open, b.high, b.low, b.close) for b in fives] == [
        (1.10, 1.12, 1.08, 1.08),
        (1.09, 1.09, 1.09, 1.09),
    ]


def test_a_quote_that_is_old_or_no_price_makes_no_bar() -> None:
    book = BarBook()
    assert book.take(ACCOUNT, quotes(10, "1.1").quotes[0])
    assert not book.take(ACCOUNT, quotes(9, "1.2").quotes[0])
    assert not book.take(ACCOUNT, quotes(11, "NaN").quotes[0])
    assert [bar.close for bar in book.bars(ACCOUNT, "EURUSD", 1)] == [1.1]
