"""Worked examples, reckoned by hand at the prices of broker_bench.PRICES."""

from decimal import Decimal

import pytest

from signalos_desktop.simulator.money import round_money
from tests.unit.simulator.broker_bench import make_bench

# currency, side, symbol, volume, open, close, profit
PROFITS = [
    ("USD", "BUY", "EURUSD", "0.50", "1.10010", "1.10500", "245.00"),
    # In the pair's own base currency its closing price converts: 18000 JPY / 149.400.
    ("USD", "SELL", "USDJPY", "0.30", "150.000", "149.400", "120.48"),
    ("USD", "BUY", "USDJPY", "0.60", "150.000", "149.500", "-200.67"),
    # -10300 JPY / bid 150.000; 19700 JPY / ask 150.010.
    ("USD", "BUY", "EURJPY", "0.20", "165.015", "164.500", "-68.67"),
    ("USD", "BUY", "EURJPY", "0.20", "165.015", "166.000", "131.32"),
    ("USD", "SELL", "XAUUSD", "0.33", "2400.00", "2406.00", "-198.00"),
    ("USD", "BUY", "US30", "1.5", "39002.00", "38900.00", "-153.00"),
    # -183 EUR * ask 1.10010; 180 EUR * bid 1.10000.
    ("USD", "BUY", "GER40", "3.0", "18001.00", "17940.00", "-201.32"),
    ("USD", "BUY", "GER40", "3.0", "18001.00", "18061.00", "198.00"),
    ("USD", "BUY", "BTCUSD", "0.10", "65018.00", "66018.00", "100.00"),
    # 245 USD / closing price 1.10500.
    ("EUR", "BUY", "EURUSD", "0.50", "1.10010", "1.10500", "221.72"),
    # A loss in USD costs EUR at the bid, a gain brings them at the ask.
    ("EUR", "SELL", "XAUUSD", "0.33", "2400.00", "2406.00", "-180.00"),
    ("EUR", "SELL", "XAUUSD", "0.33", "2400.00", "2394.00", "179.98"),
    ("EUR", "BUY", "GER40", "3.0", "18001.00", "17940.00", "-183.00"),
    ("GBP", "SELL", "XAUUSD", "0.33", "2400.00", "2406.00", "-158.40"),
    # No EURGBP is listed: by way of USD, 183 * 1.10010 / 1.25000.
    ("GBP", "BUY", "GER40", "3.0", "18001.00", "17940.00", "-161.05"),
    ("GBP", "BUY", "EURJPY", "0.20", "165.015", "164.500", "-54.93"),
    ("JPY", "BUY", "EURUSD", "0.50", "1.10010", "1.10500", "36750"),
    ("JPY", "BUY", "EURJPY", "0.20", "165.015", "164.500", "-10300"),
    # 183 EUR * ask 165.015 = 30197.745.
    ("JPY", "BUY", "GER40", "3.0", "18001.00", "17940.00", "-30198"),
]


@pytest.mark.parametrize(
    ("currency", "side", "symbol", "volume", "price_open", "price_close", "profit"), PROFITS
)
def test_profit(
    currency: str,
    side: str,
    symbol: str,
    volume: str,
    price_open: str,
    price_close: str,
    profit: str,
) -> None:
    broker = make_bench(currency=currency).broker
    money = broker.order_calc_profit(
        side, symbol, Decimal(volume), Decimal(price_open), Decimal(price_close)
    )
    assert str(money) == profit


# currency, side, symbol, volume, price, margin; leverage 100
MARGINS = [
    ("USD", "BUY", "EURUSD", "0.50", "1.10010", "550.05"),
    ("USD", "SELL", "EURUSD", "0.50", "1.10000", "550.00"),
    ("USD", "BUY", "USDJPY", "0.30", "150.010", "300.00"),
    ("USD", "BUY", "EURJPY", "0.20", "165.015", "220.02"),
    ("USD", "BUY", "XAUUSD", "0.33", "2400.20", "792.07"),
    ("USD", "BUY", "GER40", "3.0", "18001.00", "594.09"),
    # No leverage on a CFD, half of its value is asked: 0.1 * 65018 / 2.
    ("USD", "BUY", "BTCUSD", "0.10", "65018.00", "3250.90"),
    ("EUR", "BUY", "EURUSD", "0.50", "1.10010", "500.00"),
    ("JPY", "BUY", "USDJPY", "0.30", "150.010", "45003"),
    ("GBP", "BUY", "XAUUSD", "0.33", "2400.20", "633.65"),
]


@pytest.mark.parametrize(("currency", "side", "symbol", "volume", "price", "margin"), MARGINS)
def test_margin(
    currency: str, side: str, symbol: str, volume: str, price: str, margin: str
) -> None:
    broker = make_bench(currency=currency).broker
    money = broker.order_calc_margin(side, symbol, Decimal(volume), Decimal(price))
    assert str(money) == margin


@pytest.mark.parametrize(
    ("currency", "symbol", "gain", "loss"),
    [
        ("USD", "EURUSD", "1.00000000", "1.00000000"),
        ("USD", "USDJPY", "0.66662223", "0.66666667"),
        ("USD", "GER40", "0.01100000", "0.01100100"),
        ("EUR", "XAUUSD", "0.90900827", "0.90909091"),
    ],
)
def test_tick_values_by_side(currency: str, symbol: str, gain: str, loss: str) -> None:
    broker = make_bench(currency=currency).broker
    (spec,) = [spec for spec in broker.symbols() if spec.name == symbol]
    assert (str(spec.tick_value), str(spec.tick_value_loss)) == (gain, loss)


@pytest.mark.parametrize(
    ("amount", "digits", "rounded"),
    [("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("0.124999", 2, "0.12"), ("-2.5", 0, "-3")],
)
def test_money_is_rounded_half_away_from_zero(amount: str, digits: int, rounded: str) -> None:
    assert str(round_money(Decimal(amount), digits)) == rounded


def test_what_cannot_be_converted_is_not_guessed() -> None:
    broker = make_bench(currency="CHF").broker
    profit = broker.order_calc_profit("BUY", "EURUSD", Decimal(1), Decimal("1.1"), Decimal("1.2"))
    assert profit is None
    assert broker.order_calc_profit("BUY", "NONE", *[Decimal(1)] * 3) is None
    assert broker.order_calc_margin("BUY", "NONE", Decimal(1), Decimal(1)) is None
    assert {quote.tick_value for quote in broker.quotes()} == {Decimal(0)}
