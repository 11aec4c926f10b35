"""Tables, numbered orders, and lines whose verb comes last."""

from decimal import Decimal

import pytest

from signalos_desktop.domain.parsing import read
from signalos_desktop.domain.signal import ActionKind, Kind
from tests.unit.domain.parsing.reading import order, problems


@pytest.mark.parametrize(
    "header",
    [
        "Pair | Side | Entry | SL | TP",
        "Pair | Side | Open | S/L | T/P 1",
        "Pair | Buy/Sell | Entry | Stop | Target",
    ],
)
def test_a_tables_header_labels_its_rows(header: str) -> None:
    read_order = order(f"{header}\nGOLD | SELL | 2699 | 2706 | 2688")

    assert (read_order.sl, read_order.tps) == (Decimal(2706), (Decimal(2688),))


def test_target_columns_out_of_order_are_no_header() -> None:
    assert problems("Pair | Entry | SL | TP 2\nGOLD BUY | 2650 | 2640 | 2660")


def test_numbered_lines_with_their_own_stops_are_orders_of_their_own() -> None:
    reading = read(
        "Sell limits on gold:\n1) 2701 sl 2709 tp 2690\n2) 2706 sl 2714 tp 2692\n"
        "Entry 3: 2711 sl 2719 tp 2694"
    )

    assert [o.sl for o in reading.orders] == [Decimal(2709), Decimal(2714), Decimal(2719)]
    assert not reading.problems


@pytest.mark.parametrize("advice", ["SL to 2700", "TP done, move SL to 2700"])
def test_a_numbered_target_with_advice_is_no_order(advice: str) -> None:
    reading = read(f"GOLD SELL 2700\nSL 2708\nTP\n1) 2690 {advice}\n2) 2680")

    assert len(reading.orders) < 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("XAUUSD stopu 2650'ye alın", ActionKind.MODIFY_SL),
        ("Altın stopu girişe alın", ActionKind.BREAKEVEN),
        ("Altın yarısı alın", ActionKind.CLOSE_PARTIAL),
    ],
)
def test_to_take_a_level_somewhere_is_not_to_buy(text: str, kind: ActionKind) -> None:
    reading = read(text)

    assert [action.kind for action in reading.actions] == [kind]
    assert not reading.orders


@pytest.mark.parametrize("text", ["Altın alın", "Altın 2650 stop 2640 hedef 2670 al"])
def test_without_a_level_before_it_to_buy_is_to_buy(text: str) -> None:
    assert order(text).symbol == "XAUUSD"


@pytest.mark.parametrize(
    "text",
    [
        "Si la bougie H1 clôture au-dessus de 2680, achat or 2681 SL 2672 TP 2695",
        "Se o candle fechar acima de 2680, compra ouro 2681 SL 2672 TP 2695",
        "اگر کندل بالای ۲۶۸۰ بسته شد خرید طلا ۲۶۸۱ حد ضرر ۲۶۷۲ تارگت ۲۶۹۵",
    ],
)
def test_a_condition_before_the_comma_belongs_to_the_order_behind_it(text: str) -> None:
    assert problems(text) == {"conditional"}


@pytest.mark.parametrize(
    "text",
    [
        "gold buy 2650 sl 2640 tp 2660. Outcome: target",
        "gold buy 2650, sell 2670",
        "gold buy 2650 quickly to 2670",
        "goldman: long gold 2650 stop 2600 target 2900",
        "gold buy 0.10 lots +$128.50",
        "Buy our gold package now",
        "NAS100 buy 20100\nResult: clean",
    ],
)
def test_what_tells_of_a_trade_opens_none(text: str) -> None:
    assert read(text).kind is not Kind.OPEN or problems(text)


def test_somebodys_opinion_without_an_entry_is_for_review() -> None:
    assert problems("Some House: long EURUSD, target 1.12, stop 1.05") == {"unclear"}


@pytest.mark.parametrize(
    ("text", "sl"),
    [
        ("short nas100 23050 risk 23120 target 22900", "23120"),
        ("Pair: gold\nBuy/Sell: SELL\nEntry 2650\nSL 2660\nTP 2640", "2660"),
        ("Instrument;Side;Type;Price;SL;TP\nUS30;BUY;STOP;42650;42510;42900", "42510"),
    ],
)
def test_forms_and_columns(text: str, sl: str) -> None:
    assert str(order(text).sl) == sl


def test_an_amount_risked_is_no_stop() -> None:
    assert order("gold buy 2650 risk 100 tp 2660").sl is None
    assert order("gold buy 2650 risk 50.5.5.5 tp 2660").sl is None
