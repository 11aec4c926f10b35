"""Decimals, steps, accounts and instants."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from signalos_desktop.domain.values import (
    Account,
    Side,
    ceil_money,
    floor_money,
    floor_to_step,
    from_ms,
    iso_ms,
    parse_decimal,
    plain,
    round_to_step,
    to_ms,
    with_digits,
)
from tests.unit.domain.samples import dec


def test_sides() -> None:
    assert (Side.BUY.opposite, Side.SELL.opposite) == (Side.SELL, Side.BUY)
    assert (Side.BUY.sign, Side.SELL.sign) == (1, -1)


def test_account_reads_what_it_prints() -> None:
    account = Account(5000001, "Broker-Demo")
    assert Account.parse(str(account)) == account


@pytest.mark.parametrize(
    "text", ["", "5000001", "5000001@", "@server", "x@server", "٣@server", "-1@s"]
)
def test_what_is_no_account(text: str) -> None:
    with pytest.raises(ValueError, match="not an account"):
        Account.parse(text)


@pytest.mark.parametrize("text", ["1.10000", "-0.5", "+3", "0", "123456789012345678.000000000001"])
def test_plain_decimals_are_read(text: str) -> None:
    assert parse_decimal(text) == Decimal(text)


@pytest.mark.parametrize(
    "text", ["", "1,5", "1e5", "NaN", "Infinity", " 1", "1.", ".5", "٣", "1" * 19]
)
def test_anything_else_is_not(text: str) -> None:
    with pytest.raises(ValueError, match="not a plain decimal"):
        parse_decimal(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1.10000", "1.1"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("-0.00", "0"),
        ("0.10", "0.1"),
        ("0", "0"),
    ],
)
def test_plain_print(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_what_is_not_finite_is_not_printed(value: str) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        plain(Decimal(value))


def test_steps_are_exact_where_floats_are_not() -> None:
    assert floor_to_step(dec("0.3"), dec("0.1")) == dec("0.3")
    assert floor_to_step(dec("0.29"), dec("0.01")) == dec("0.29")
    assert floor_to_step(dec("-0.05"), dec("0.1")) == dec("-0.1")
    assert round_to_step(dec("1.26"), dec("0.25")) == dec("1.25")


def test_money_is_rounded_to_the_safe_side() -> None:
    assert floor_money(dec("1.999"), 2) == dec("1.99")
    assert ceil_money(dec("1.991"), 2) == dec("2.00")
    assert with_digits(dec("1.1"), 5) == "1.10000"


def test_instants() -> None:
    moment = datetime(2026, 3, 4, 12, 0, 0, 123999, tzinfo=UTC)
    assert to_ms(moment) == 1772625600123
    assert from_ms(to_ms(moment)) == moment.replace(microsecond=123000)
    assert iso_ms(moment.astimezone(timezone(timedelta(hours=2)))) == "2026-03-04T12:00:00.123Z"
