"""Instructions about existing trades."""

from decimal import Decimal

import pytest

from signalos_desktop.domain.parsing import read
from signalos_desktop.domain.signal import Action, ActionKind, Kind
from signalos_desktop.domain.values import Side
from tests.unit.domain.parsing.reading import prices


def actions(text: str, reply_to: str | None = None) -> list[Action]:
    reading = read(text, reply_to=reply_to)
    assert reading.kind in (Kind.UPDATE, Kind.NONE)
    return list(reading.actions)


def kinds(text: str) -> list[ActionKind]:
    return [action.kind for action in actions(text)]


@pytest.mark.parametrize(
    ("text", "fraction"),
    [
        ("close half", "0.5"),
        ("close 30% of gold", "0.3"),
        ("Die Hälfte schließen", "0.5"),
        ("close 1/3", "0.3333"),
        ("take 25% off", "0.25"),
        ("take profit 50% here", "0.5"),
        ("partial 40%", "0.4"),
        ("close 70%, hold the rest", "0.7"),
        ("take partials", None),
        ("close 0% now", None),
        ("close partially", None),
    ],
)
def test_partial_closes(text: str, fraction: str | None) -> None:
    (action,) = actions(text)

    assert action.kind is ActionKind.CLOSE_PARTIAL
    assert action.fraction == (fraction and Decimal(fraction))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("close gold", ActionKind.CLOSE),
        ("TP2 hit, close the rest", ActionKind.CLOSE),
        ("feels weak close gold now", ActionKind.CLOSE),
        ("güvenli değilse EURUSD işlemini kapatın", ActionKind.CLOSE),
        ("close everything", ActionKind.CLOSE_ALL),
        ("cancel the order", ActionKind.CANCEL_PENDING),
        ("signal cancelled", ActionKind.CANCEL_PENDING),
        ("SL to entry", ActionKind.BREAKEVEN),
        ("SL at entry", ActionKind.BREAKEVEN),
        ("set SL entry", ActionKind.BREAKEVEN),
        ("set breakeven", ActionKind.BREAKEVEN),
        ("EURUSD BE now", ActionKind.BREAKEVEN),
        ("SL to 2650", ActionKind.MODIFY_SL),
        ("new SL 2650", ActionKind.MODIFY_SL),
        ("TP to 2690", ActionKind.MODIFY_TP),
        ("close before the news", ActionKind.CLOSE),
    ],
)
def test_one_action(text: str, kind: ActionKind) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "should we close gold?",
        "close gold?",
        "do not close gold",
        "if it drops close gold",
        "close gold after TP1",
        "after 30 pips close gold",
        "I closed half, close it too",
        "the candle close was weak",
        "prices will close lower",
        "market close 2650",
        "close above 2650",
        "weak close yesterday",
        "we plan to cancel it",
        "order cancelled at 2650",
        "breakeven hit",
        "we got out at breakeven with nothing lost",
        "BE",
        "SL hit at 2650",
        "SL entry",
        "SL 2650",
        "secure your profits",
        "TP1 50% 2650",
        "close soon and carry on with the rest",
        "bullish outlook moves SL to 2650",
    ],
)
def test_no_action(text: str) -> None:
    assert actions(text) == []


def test_filters_are_those_the_message_names() -> None:
    close, still = actions("Close gold buy. Move EURUSD SL to BE.")

    assert (close.symbol, close.side) == ("XAUUSD", Side.BUY)
    assert (still.symbol, still.side) == ("EURUSD", None)


def test_a_symbol_named_once_counts_for_all_actions() -> None:
    assert [a.symbol for a in actions("Gold: close half.\nMove SL to BE")] == ["XAUUSD", "XAUUSD"]


def test_new_levels_keep_their_index_and_scale() -> None:
    stop, target = actions("NAS100: move SL to 21,450 and TP2 to 21,600")

    assert stop.price == Decimal(21450)
    assert (target.prices, target.tp_index) == (prices("21600"), 2)


def test_a_corrected_level_is_not_the_old_one() -> None:
    (action,) = actions("Correction: SL is 2645 not 2654")

    assert action.price == Decimal(2645)


def test_levels_in_a_reply_to_an_alert_are_its_new_levels() -> None:
    stop, target = actions("SL 43,120 TP 43,500", reply_to="us30 buy now")

    assert (stop.kind, stop.price) == (ActionKind.MODIFY_SL, Decimal(43120))
    assert (target.kind, target.prices) == (ActionKind.MODIFY_TP, prices("43500"))
    assert [a.kind for a in actions("SL 43,120", reply_to="us30 buy now")] == [ActionKind.MODIFY_SL]
    assert [a.symbol for a in actions("gold SL 2640", reply_to="buy\nsl 2630")] == ["XAUUSD"]


@pytest.mark.parametrize(
    ("text", "reply_to"),
    [
        ("SL 2640 TP 2660", None),
        ("SL 2640 TP 2660", "good morning"),
        ("my SL 2640 was hit", "gold buy now"),
        ("if SL 2640", "gold buy now"),
        ("sure", "gold buy now"),
        ("gold TP 2660 eurusd SL 1.0850", "gold buy now"),
    ],
)
def test_levels_alone_are_nothing(text: str, reply_to: str | None) -> None:
    assert actions(text, reply_to) == []


def test_an_order_and_a_clear_close_before_it() -> None:
    reading = read("Close the gold sell and buy gold now")

    assert reading.kind is Kind.OPEN
    assert reading.actions == (Action(ActionKind.CLOSE, "XAUUSD", Side.SELL),)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("gold buy 2650 sl 2640 tp 2660\nclose all eurusd", 1),
        ("gold buy 2650 sl 2640 tp 2660\nclose half at TP1", 0),
        ("gold buy 2650 sl 2640 tp1 2660 close 50% tp2 2670", 0),
        ("gold buy 2650 sl 2640\ntp 2660 close half", 0),
        ("gold buy 2650 sl 2640 tp 2660\nSL to 2655", 0),
        ("SL to 2655\nmove SL to BE\ngold buy 2650 sl 2640 tp 2660", 1),
    ],
)
def test_advice_inside_a_signal_is_no_action(text: str, count: int) -> None:
    reading = read(text)

    assert reading.kind is Kind.OPEN
    assert len(reading.actions) == count


def test_two_instruments_of_one_instruction() -> None:
    assert [a.symbol for a in actions("Close GBPUSD and EURUSD")] == ["GBPUSD", "EURUSD"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("30 pips running on gold, set BE", [ActionKind.BREAKEVEN]),
        ("SL to BE, TP2 coming", [ActionKind.BREAKEVEN]),
        ("Take half here, SL 2345", [ActionKind.CLOSE_PARTIAL, ActionKind.MODIFY_SL]),
        ("/sl 2345", [ActionKind.MODIFY_SL]),
        ("/cancelall", [ActionKind.CANCEL_PENDING]),
        ("半分利確して、SLを建値に移動", [ActionKind.CLOSE_PARTIAL, ActionKind.BREAKEVEN]),
        ("Incassiamo metà e stop a pareggio", [ActionKind.CLOSE_PARTIAL, ActionKind.BREAKEVEN]),
        ("Pair,Entry,Exit,Pips", []),
        ("SL at breakeven got hit", []),
    ],
)
def test_instructions_beside_reports(text: str, wanted: list[ActionKind]) -> None:
    assert kinds(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Gold sell, SL trailing at 2640",
        "Gold sell SL slightly tighter 2640",
        "Gold Verkauf SL runter 2640",
        "Oro venta: SL movido a 2640",
        "Gold sell SL down 2640",
    ],
)
def test_any_word_between_a_trades_stop_and_its_price_moves_the_stop(text: str) -> None:
    assert kinds(text) == [ActionKind.MODIFY_SL]


@pytest.mark.parametrize(
    "text",
    [
        "Gold SL 2640, EURUSD SL 1.0840, please adjust",
        "Adjust: gold SL 2640, EURUSD SL 1.0840",
    ],
)
def test_two_stops_and_one_verb(text: str) -> None:
    assert [(a.symbol, str(a.price)) for a in actions(text)] == [
        ("XAUUSD", "2640"),
        ("EURUSD", "1.0840"),
    ]


@pytest.mark.parametrize("text", ["Gold SL 2640. We move on", "Gold SL 2640; EURUSD SL 1.0840"])
def test_bare_levels_change_nothing(text: str) -> None:
    assert kinds(text) == []


def test_side_and_levels_that_go_somewhere_change_the_trade() -> None:
    wanted = [ActionKind.MODIFY_SL, ActionKind.MODIFY_TP]

    assert kinds("EURUSD buy: SL to 1.0860, TP to 1.0930") == wanted
    assert kinds("Gold sell TP1 to 2640") == [ActionKind.MODIFY_TP]
    assert read("Gold buy 2650, SL to 2640, TP to 2660").tradable


def test_a_new_target_in_place_of_another_closes_nothing() -> None:
    (action,) = actions("GBPUSD: take profit now 1.2790 instead of 1.2760")

    assert (action.kind, action.prices) == (ActionKind.MODIFY_TP, (Decimal("1.2790"),))
    assert kinds("close gold now, not EURUSD") == [ActionKind.CLOSE]
