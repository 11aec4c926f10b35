"""How figures are written: MT5's digits, a real minus, thin spaces, and plain when copied."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signalos_desktop.ui.theme import figures

AMOUNTS = st.decimals(
    min_value=-(10**15), max_value=10**15, places=2, allow_nan=False, allow_infinity=False
)


@pytest.mark.parametrize(
    ("value", "digits", "signed", "shown"),
    [
        ("12645.18", 2, False, "12\u202f645.18"),
        ("1234567.891", 2, False, "1\u202f234\u202f567.89"),
        ("-122.4", 2, True, "\u2212122.40"),
        ("59.3", 2, True, "+59.30"),
        ("0", 2, True, "0.00"),
        ("-0.001", 2, True, "0.00"),
        ("0.004", 2, True, "0.00"),
        ("1000", 0, False, "1\u202f000"),
        ("0.12345678", 8, False, "0.12345678"),
    ],
)
def test_money(value: str, digits: int, signed: bool, shown: str) -> None:
    assert figures.money(Decimal(value), digits, signed=signed) == shown


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [("4063.5", 2, "4063.50"), ("23418.5", 1, "23418.5"), ("1.084", 5, "1.08400")],
)
def test_a_price_has_the_digits_of_the_instrument_and_is_not_grouped(
    value: str, digits: int, shown: str
) -> None:
    assert figures.price(Decimal(value), digits) == shown


@pytest.mark.parametrize(
    ("lots", "step", "shown"),
    [("0.2", "0.01", "0.20"), ("1", "1", "1"), ("0.2065", "0.01", "0.2065"), ("3", "0.1", "3.0")],
)
def test_volume_has_the_digits_of_the_step(lots: str, step: str, shown: str) -> None:
    assert figures.volume(Decimal(lots), Decimal(step)) == shown


@pytest.mark.parametrize("value", ["NaN", "sNaN"])
def test_what_is_no_number_is_said_to_be_unknown(value: str) -> None:
    assert figures.money(Decimal(value)) == "unknown"


@pytest.mark.parametrize("value", ["Infinity", "-Infinity", "1E+400", "-9E+99"])
def test_what_can_not_be_written_out_does_not_fail(value: str) -> None:
    shown = figures.money(Decimal(value))

    assert shown
    assert len(shown) < 20
    assert figures.volume(Decimal(value))


@given(AMOUNTS)
def test_what_is_copied_is_the_same_number(amount: Decimal) -> None:
    plain = figures.plain_figure(figures.money(amount, 2))

    assert plain.isascii()
    assert Decimal(plain) == amount


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [(38, "38 ms"), (999, "999 ms"), (2100, "2.1 s"), (59_999, "59.9 s"), (133_000, "2:13")],
)
def test_spans_of_time(milliseconds: int, shown: str) -> None:
    assert figures.took(milliseconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(-4, "0:00"), (0, "0:00"), (41, "0:41"), (746, "12:26"), (5244, "1:27:24")],
)
def test_spans_as_a_clock(seconds: int, shown: str) -> None:
    assert figures.clock_span(seconds) == shown


def test_small_words() -> None:
    assert figures.counted(1, "order") == "1 order"
    assert figures.counted(0, "position") == "0 positions"
    assert figures.percent(Decimal("-3.456"), signed=True) == "\u22123.46 %"
    assert figures.multiple(Decimal("1.75")) == "+1.75 R"
    assert figures.written("-12") == "\u221212"
    assert figures.written("-") == "-"
