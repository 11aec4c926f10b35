"""Messages in a wrapping: JSON, HTML, and thousands written apart."""

from decimal import Decimal

import pytest

from signalos_desktop.domain.parsing import read
from signalos_desktop.domain.parsing.json_lines import lines_of
from signalos_desktop.domain.parsing.markup import unwrap
from signalos_desktop.domain.signal import ActionKind, Kind, OrderType
from tests.unit.domain.parsing.reading import order, prices, zone


def test_json_becomes_lines_with_the_place_of_every_character() -> None:
    text = 'x {"SL": 2640, "side": "buy"} y'

    unwrapped = lines_of(text)

    assert unwrapped is not None
    plain, offsets = unwrapped
    assert plain.split() == ["x", "side", ":", "buy", "|", "SL", ":", "2640", "|", "y"]
    assert len(plain) == len(offsets)
    assert text[offsets[plain.index("2640")]] == "2"


@pytest.mark.parametrize(
    "text",
    [
        "no json at all",
        '{"a": 1',
        '{"a" 1}',
        '{"a": }',
        '{"a": 1, {"b": 2}}',
        '{"a":' + "[" * 20 + "]" * 20 + "}",
        "{} and {",
    ],
)
def test_what_only_looks_like_json_stays_as_it_is(text: str) -> None:
    assert lines_of(text) is None


def test_targets_in_objects_keep_the_name_around_them() -> None:
    text = """{"symbol": "EURUSD", "type": "sell_limit", "entry": {"min": 1.0890, "max": 1.0900},
    "stop_loss": {"price": 1.0925, "pips": 35}, "note": null,
    "take_profits": [{"level": 1, "price": 1.0850, "share": 50}, {"level": 2, "price": 1.0810}]}"""

    reading = order(text)

    assert (reading.symbol, reading.order_type) == ("EURUSD", OrderType.LIMIT)
    assert reading.entry == zone("1.0890", "1.0900")
    assert (reading.sl, reading.tps) == (Decimal("1.0925"), prices("1.0850", "1.0810"))


def test_several_signals_in_one_list() -> None:
    text = """[{'pair': 'EURUSD', 'side': 'buy', 'entry': 1.17, 'sl': 1.167, 'tp': 1.176},
    {'pair': 'GBPUSD', 'side': 'sell', 'entry': 1.35, 'sl': 1.354, 'tp': 1.342},]"""

    assert [o.symbol for o in read(text).orders] == ["EURUSD", "GBPUSD"]


def test_json_text_with_escapes() -> None:
    reading = order('{"text": "GOLD BUY 2650\\nSL 2640\\nTP \\"2660\\"", "tps": {"2": 2670}}')

    assert (reading.sl, reading.tps) == (Decimal(2640), prices("2660", "2670"))


def test_a_stop_as_order_type_is_no_stop_loss() -> None:
    reading = order('{"symbol":"US30","side":"sell","order_type":"STOP","price":44400,"sl":44520}')

    assert (reading.order_type, reading.sl) == (OrderType.STOP, Decimal(44520))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"action": "close", "symbol": "XAUUSD"}', ActionKind.CLOSE),
        (
            '{"action": "close_partial", "symbol": "XAUUSD", "percent": 50}',
            ActionKind.CLOSE_PARTIAL,
        ),
        ('{"action": "breakeven", "symbol": "XAUUSD"}', ActionKind.BREAKEVEN),
        ('{"cmd": "modify", "symbol": "XAUUSD", "sl": 2640}', ActionKind.MODIFY_SL),
    ],
)
def test_updates_in_json(text: str, kind: ActionKind) -> None:
    (action,) = read(text).actions

    assert (action.kind, action.symbol) == (kind, "XAUUSD")


@pytest.mark.parametrize(
    "text",
    [
        '{"event": "tp_hit", "symbol": "XAUUSD", "side": "buy", "entry": 2650, "pips": 100}',
        '{"symbol": "XAUUSD", "side": "buy", "result": "TP1", "pips": 85}',
        "{{strategy.order.action}} {{ticker}} @ {{close}}",
    ],
)
def test_reports_and_empty_templates_are_nothing(text: str) -> None:
    assert read(text).kind is Kind.NONE


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<b>SL</b> 2640<br/>TP", "SL 2640\nTP"),
        ("<td>SL</td><td>2640</td>", "\tSL\t\t2640\t"),
        ("S&amp;P &#76;ong", "S&P Long"),
        ("<b>2 <x>", "2 <x>"),
    ],
)
def test_html_is_taken_off(text: str, plain: str) -> None:
    unwrapped = unwrap(text)

    assert unwrapped is not None
    assert unwrapped[0] == plain
    assert len(unwrapped[1]) == len(plain)


@pytest.mark.parametrize("text", ["buy < 2650 > 2640", "a & b", "{x}"])
def test_plain_text_has_no_wrapping(text: str) -> None:
    assert unwrap(text) is None


def test_spans_in_html_point_into_the_original() -> None:
    text = "<b>Gold</b> bùy <i>2650</i>&nbsp;SL 2640"

    spans = {span.field: text[span.start : span.end] for span in read(text).spans}

    assert spans == {"symbol": "Gold", "side": "bùy", "entry": "2650", "sl": "2640"}


def test_thousands_written_apart_are_joined_where_it_is_a_habit() -> None:
    reading = order("Gold buy 2 650.5 SL 2 642 TP 2 665")

    assert (reading.entry, reading.sl, reading.tps) == (
        zone("2650.5"),
        Decimal(2642),
        prices("2665"),
    )


@pytest.mark.parametrize("text", ["TP 1 850 TP 2 860", "1 850", "5 pips 850 lots 860"])
def test_numbered_targets_are_not_thousands(text: str) -> None:
    assert "1850" not in str(read(f"Gold buy 840 SL 830 {text}").orders)


def test_one_price_written_apart_is_joined_where_only_the_whole_is_plausible() -> None:
    assert order("BTC buy 64 250 SL 63100 TP 66000").entry == zone("64250")


def test_spans_survive_wrapping_and_folding() -> None:
    text = "🔥<b>G\u200bold</b> buy 2650 SL 2640"

    spans = {span.field: text[span.start : span.end] for span in read(text).spans}

    assert spans["symbol"] == "G\u200bold"


def test_an_alert_that_was_triggered_is_a_signal() -> None:
    text = '{"event":"alert_triggered","symbol":"XAUUSD","side":"buy","price":2650,"sl":2640}'

    assert order(text).sl == Decimal(2640)
