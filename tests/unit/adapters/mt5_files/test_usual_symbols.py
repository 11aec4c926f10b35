"""The table of usual symbols: sizes that brokers share, values only where they are certain."""

from decimal import Decimal

from signalos_desktop.adapters.mt5_files.usual_symbols import usual_symbols
from signalos_desktop.domain.symbols import Resolved, resolve


def test_values_are_known_only_where_profits_are_made_in_the_accounts_currency() -> None:
    specs = {spec.name: spec for spec in usual_symbols("USD", ())}
    assert len(specs) == 32
    assert specs["EURUSD"].tick_value_loss == Decimal(1)
    assert specs["XAUUSD"].tick_value_loss == Decimal(1)
    assert specs["XAGUSD"].tick_value_loss == Decimal(5)
    assert specs["USDJPY"].tick_value_loss == 0
    assert specs["GBPJPY"].point == Decimal("0.001")
    in_yen = {spec.name: spec for spec in usual_symbols("JPY", ())}
    assert in_yen["USDJPY"].tick_value_loss == Decimal(100)
    assert in_yen["EURUSD"].tick_value_loss == 0


def test_a_brokers_spelling_is_added_under_its_own_name() -> None:
    specs = {spec.name: spec for spec in usual_symbols("USD", ["XAUUSD.m", "EURUSD", "GER40"])}
    assert specs["XAUUSD.m"].contract_size == Decimal(100)
    assert "GER40" not in specs
    assert resolve("GOLD", specs, {"GOLD": "XAUUSD.m"}) == Resolved("XAUUSD.m", by_map=True)


def test_currencies_rest_at_the_weekend_and_coins_do_not() -> None:
    specs = {spec.name: spec for spec in usual_symbols("USD", ())}
    assert [bool(day) for day in specs["EURUSD"].sessions] == [False, *[True] * 5, False]
    assert all(specs["BTCUSD"].sessions)
