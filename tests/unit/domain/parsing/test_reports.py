"""What only looks like an order: terminals' reports, recaps, quotes."""

import pytest

from signalos_desktop.domain.parsing import read
from signalos_desktop.domain.parsing.reports import unquoted
from signalos_desktop.domain.signal import Kind
from signalos_desktop.domain.values import Side
from tests.unit.domain.parsing.reading import order


@pytest.mark.parametrize(
    "text",
    [
        "order #5521 buy limit 0.20 XAUUSD at 4050.00 cancelled [expired]",
        "Position #88213 modified by server: XAUUSD sell sl 2663 tp 2640",
        "AutoTrader: SL of #5519021 XAUUSD BUY moved to 4081.00",
        "symbol,side,entry,exit,pips\nXAUUSD,buy,4066,4074,80\nEURUSD,sell,1.1688,1.1640,48",
        '{"event":"sl_moved","symbol":"XAUUSD","side":"buy","old_sl":2640,"new_sl":2650}',
        '{"execution":{"state":"FILLED","symbol":"XAUUSD","side":"buy","sl":2640,"tp":2660}}',
        '[{"symbol":"XAUUSD","side":"buy","price":2650,"sl":2640,"tp":2660,"status":"closed"}]',
        "event=filled; symbol=XAUUSD; side=buy; order=2650; sl=2640; tp=2660",
        "From the archive\nGold buy 2650 SL 2640 TP 2660",
        "Unser bester Trade: Gold Kauf 2650 SL 2640 TP 2660",
        "We skip this one: gold buy 2650 SL 2640 TP 2660",
        "> XAUUSD BUY 2650 SL 2640 TP 2660\nwhat a call, thank you",
    ],
)
def test_a_report_is_nothing(text: str) -> None:
    assert read(text).kind is Kind.NONE


def test_what_a_machine_told_of_older_trades_says_nothing_of_the_new_one() -> None:
    text = (
        '{"symbol":"XAUUSD","side":"buy","price":2650,"sl":2640,"tp":2660,'
        '"history":[{"symbol":"XAUUSD","status":"closed"}]}'
    )

    assert order(text).side is Side.BUY


def test_those_who_hold_a_trade_are_called_on() -> None:
    (action,) = read("Gold buyers: SL to your entry").actions

    assert (action.symbol, action.side) == ("XAUUSD", Side.BUY)


def test_a_short_number_behind_the_word_order_counts_signals() -> None:
    assert order("Order #12: gold buy 2650 sl 2640 tp 2660").side is Side.BUY


def test_a_signal_laid_out_as_a_quotation_is_kept() -> None:
    text = "**US30**\n> Side: sell\n> Entry: 43250"

    assert unquoted(text) == text
    assert unquoted("> a\n> b") == "> a\n> b"


def test_a_quoted_line_leaves_its_place_empty() -> None:
    assert unquoted("> ab\ncd") == "    \ncd"


def test_the_plural_of_a_side_opens_with_levels_only() -> None:
    assert order("Gold longs from 2650, stop 2640, TP 2665").side is Side.BUY
    assert read("Gold longs from 2650").kind is Kind.NONE
    assert read("Gold longs: move stop to 2655, TP 2670").kind is Kind.UPDATE


def test_a_price_that_found_no_place_beside_an_order_without_a_stop_is_for_review() -> None:
    reading = read("gold buy 2650\ncafé 2640\nbar 2665")

    assert reading.problems
