"""Closing, closing in part, cancelling."""

from decimal import Decimal

import pytest

from signalos_desktop.domain.parsing import read
from signalos_desktop.domain.signal import ActionKind
from signalos_desktop.domain.values import Side


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Hälfte sichern", "0.5"),
        ("/partial 30%", "0.3"),
        ("close 3/4 and leave the rest", "0.75"),
        ("!closehalf gold", "0.5"),
        ("Half off EURUSD", "0.5"),
        ("halve gold", "0.5"),
        ("۳۰ درصد حجم رو سیو سود کنید", "0.3"),
    ],
)
def test_a_share_is_closed(text: str, share: str) -> None:
    (action,) = read(text).actions

    assert (action.kind, action.fraction) == (ActionKind.CLOSE_PARTIAL, Decimal(share))


@pytest.mark.parametrize(
    "text",
    [
        "half off all memberships",
        "halve your risk",
        "/partial 50",
        "TP hit half way",
        "bulls pull the gold price up",
        "let us close the week",
    ],
)
def test_no_share_no_action(text: str) -> None:
    assert read(text).actions == ()


def test_two_verbs_about_two_instruments() -> None:
    actions = read("Close GBPUSD and cancel the EURUSD limit").actions

    assert [(a.kind, a.symbol) for a in actions] == [
        (ActionKind.CLOSE, "GBPUSD"),
        (ActionKind.CANCEL_PENDING, "EURUSD"),
    ]
    assert [a.symbol for a in read("Close gold and move on").actions] == ["XAUUSD"]


def test_what_is_pulled_is_an_order() -> None:
    assert [a.kind for a in read("pull the EU limit").actions] == [ActionKind.CANCEL_PENDING]


def test_both_sides_are_cancelled() -> None:
    actions = read("delete both gold limits, the buy limit and the sell limit").actions

    assert [a.side for a in actions] == [Side.BUY, Side.SELL]


def test_a_new_order_in_place_of_the_one_closed() -> None:
    reading = read("Gold Short schließen, dafür Long 4020 mit SL 4012 und TP 4032")

    assert [o.symbol for o in reading.orders] == ["XAUUSD"]
    assert [a.kind for a in reading.actions] == [ActionKind.CLOSE]


@pytest.mark.parametrize("text", ["Close full trade here", "Close fully", "close the whole trade"])
def test_the_whole_of_one_trade_is_not_all_trades(text: str) -> None:
    assert [a.kind for a in read(text).actions] == [ActionKind.CLOSE]


@pytest.mark.parametrize("text", ["close all", "close full positions", "close everything here"])
def test_all_trades(text: str) -> None:
    assert [a.kind for a in read(text).actions] == [ActionKind.CLOSE_ALL]


def test_a_word_for_pending_orders_keeps_its_side() -> None:
    (action,) = read("Please remove all pending buy stops on US30").actions

    assert (action.kind, action.side) == (ActionKind.CANCEL_PENDING, Side.BUY)


def test_a_share_is_locked_a_level_moved() -> None:
    assert [a.fraction for a in read("Lock 25% on the gold buy").actions] == [Decimal("0.25")]
    assert [a.kind for a in read("Verschiebe die Hälfte der Stops auf Einstand").actions] == [
        ActionKind.BREAKEVEN
    ]


def test_the_reason_to_close_does_not_hold_it_up() -> None:
    assert [a.kind for a in read("Close all gold sell now, news coming").actions] == [
        ActionKind.CLOSE_ALL
    ]
    assert read("close all, maybe").actions == ()
