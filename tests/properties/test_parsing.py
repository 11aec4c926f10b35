"""What holds for every text: no error, no price that is not in it, no change by decoration."""

import json
import random
import re
from decimal import Decimal
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from signalos_desktop.domain.parsing import read, to_schema
from signalos_desktop.domain.parsing.instruments import scale_of
from signalos_desktop.domain.parsing.normalise import fold
from signalos_desktop.domain.signal import OrderReading, OrderType, Reading, Zone
from signalos_desktop.domain.values import Side, plain

_WORDS = """buy sell gold EURUSD US30 btc sl tp tp1 entry limit stop now @ - / , . : 2650 2640
2660.5 1.0850 1'234 64 250 40 30 pips 50% 1:2 rr close half move to be all cancel ? ! if not hit
✅ 🎯 🛑 → + = ( ) { } lot 0.01 10x 黄金 做多 شراء ذهب купить al sat or ½ k open TCS 85 #12 $SOL
2️⃣6️⃣5️⃣0️⃣"""
WORDS = [*_WORDS.split(), "\n", "\n\n", "\x00"]
SCRAPS = [
    "",
    "0",
    "5",
    ".",
    ",",
    "\n",
    " ",
    "\u200b",
    "🔥",
    "-",
    "\u202e",
    '{"a":',
    "<b>",
    "&nbsp;",
]
MUTATIONS = 10_000
ADVERTISEMENTS = (
    "Join our VIP 👉 https://t.me/+abcd",
    "📲 Contact @someone for premium",
    "⚠️ Risk 1-2% per trade",
    "Not financial advice",
    "Our VIP members made 500 pips last week",
    "Win rate 92% 🏆",
    "Min deposit $200",
    "🔥🚀💎",
)

EXAMPLES: list[str] = [
    json.loads(line)["text"]
    for line in (Path(__file__).parents[1] / "score/examples.jsonl").read_text("utf-8").splitlines()
]

soup = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
texts = st.one_of(st.text(max_size=300), soup)


@st.composite
def orders(draw: st.DrawFn) -> OrderReading:
    """A complete order as a provider could state it in full."""
    symbol, middle, step = draw(
        st.sampled_from(
            [
                ("XAUUSD", Decimal(2650), Decimal("0.5")),
                ("EURUSD", Decimal("1.0850"), Decimal("0.0001")),
                ("US30", Decimal(43210), Decimal(1)),
                ("BTCUSDT", Decimal(64250), Decimal(10)),
                ("USDJPY", Decimal("155.20"), Decimal("0.01")),
            ]
        )
    )
    side = draw(st.sampled_from(Side))
    away = [
        n * step * side.sign for n in draw(st.lists(st.integers(1, 60), max_size=4, unique=True))
    ]
    width = draw(st.integers(0, 5)) * step
    entry = Zone(middle, middle + width)
    edge = entry.high if side is Side.BUY else entry.low
    stop = (entry.low if side is Side.BUY else entry.high) - draw(
        st.integers(1, 60)
    ) * step * side.sign
    return OrderReading(
        symbol=symbol,
        side=side,
        order_type=draw(st.sampled_from(OrderType)),
        entry=entry,
        sl=stop,
        tps=tuple(edge + distance for distance in away),
        tp_open=draw(st.booleans()),
        leverage=draw(st.sampled_from([(), (Decimal(10),), (Decimal(5), Decimal(10))])),
    )


def printed(order: OrderReading) -> str:
    """The canonical print of an order."""
    kind = {OrderType.MARKET: " now", OrderType.UNSPECIFIED: ""}
    assert order.entry is not None
    assert order.sl is not None
    zone = dict.fromkeys((plain(order.entry.low), plain(order.entry.high)))
    lines = [f"{order.symbol} {order.side}{kind.get(order.order_type, f' {order.order_type}')} "]
    lines[0] += " - ".join(zone)
    lines.append(f"SL {plain(order.sl)}")
    lines += [f"TP {plain(price)}" for price in order.tps]
    lines += ["TP open"] if order.tp_open else []
    if order.leverage:
        lines.append("Leverage " + "-".join(f"{plain(x)}x" for x in order.leverage))
    return "\n".join(lines)


def stated(text: str) -> set[Decimal]:
    """Every number a text states, whatever its decimal and thousands signs mean."""
    found: set[Decimal] = set()
    for digits in re.findall(r"[\d.,' \u20e3]*\d[\d.,' \u20e3]*k?", fold(text)):
        for part in [digits, *re.split(r"[, ]", digits)]:
            bare = re.sub(r"[, '\u20e3]", "", part)
            for form in (bare, bare.replace(".", ""), part.replace(",", ".").strip(" .'")):
                thousand = 1000 if form.endswith("k") else 1
                if re.fullmatch(r"\d*\.?\d+k?", form):
                    found.add(Decimal(form.rstrip("k")) * thousand)
    return found


def follows(price: Decimal, numbers: set[Decimal]) -> bool:
    """A price is in the text, or ends in digits that are, as shorthand does."""
    digits = plain(price).replace(".", "").lstrip("0")
    return price in numbers or any(
        digits.endswith(tail)
        for n in numbers
        if len(tail := plain(n).replace(".", "").lstrip("0")) > 1
    )


def levels(reading: Reading) -> list[Decimal]:
    out: list[Decimal] = []
    for order in reading.orders:
        out += [*order.tps, *([order.entry.low, order.entry.high] if order.entry else [])]
        out += [order.sl] if order.sl is not None else []
    return out


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """An example with a few characters lost, added, or torn out of another one."""
    text = draw(st.sampled_from(EXAMPLES))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)))
        kind = draw(st.integers(0, 2))
        scrap = draw(st.sampled_from(SCRAPS))
        if kind == 2:
            scrap = draw(st.sampled_from(EXAMPLES))[: draw(st.integers(1, 30))]
        text = text[:at] + scrap + text[at + (kind == 0) :]
    return text


@given(texts, st.none() | texts)
@example("1.2.3k pips 1,234.5 pips", None)
@example("\u20e31\u20e3", "gold buy now")
def test_no_text_is_an_error(text: str, reply_to: str | None) -> None:
    reading = read(text, reply_to=reply_to)

    assert to_schema(reading, 1)["id"] == 1
    for span in reading.spans:
        assert 0 <= span.start < span.end <= len(text)


def test_ten_thousand_torn_examples_are_no_error() -> None:
    chance = random.Random(5)
    for _ in range(MUTATIONS):
        text, other = chance.choice(EXAMPLES), chance.choice(EXAMPLES)
        at, to = sorted(chance.choices(range(len(text) + 1), k=2))
        scrap = chance.choice([*SCRAPS, other[: chance.randrange(30)]])
        reading = read(text[:at] + scrap + text[min(to, at + 3) :])

        assert not (reading.tradable and reading.actions and not reading.orders)
        assert to_schema(reading, 1)["kind"] == str(reading.kind)


@given(soup | mutated())
def test_every_price_of_a_tradable_order_is_stated(text: str) -> None:
    reading = read(text)

    if reading.tradable:
        numbers = stated(text)
        assert all(follows(price, numbers) for price in levels(reading))
        assert all(order.symbol and order.side for order in reading.orders)
        assert all(
            scale_of(order.symbol).fits(price) for order in reading.orders for price in order.tps
        )


@given(orders())
def test_an_order_reads_its_own_print(order: OrderReading) -> None:
    reading = read(printed(order))

    assert reading.problems == ()
    assert reading.orders == (order,)


@given(orders(), st.sampled_from(ADVERTISEMENTS), st.booleans())
def test_advertising_changes_nothing(order: OrderReading, line: str, above: bool) -> None:
    text = printed(order)
    decorated = f"{line}\n{text}" if above else f"{text}\n{line}"

    assert read(decorated).orders == read(text).orders
    assert read(decorated).problems == ()


@given(orders(), st.sampled_from("🔥🚀💎⚡️👑🎉"), st.data())
def test_emoji_between_lines_change_nothing(
    order: OrderReading, emoji: str, data: st.DataObject
) -> None:
    lines = printed(order).split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = data.draw(st.sampled_from([f"{emoji}{lines[at]}", f"{lines[at]} {emoji}"]))

    assert read("\n".join(lines)).orders == (order,)
