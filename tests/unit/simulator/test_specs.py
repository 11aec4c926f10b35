import json
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.domain.symbols import TradeMode
from signalos_desktop.simulator.specs import LISTINGS, Listing, read_listings
from tests.unit.simulator.broker_bench import make_bench


def read(path: Path, *entries: object) -> dict[str, Listing]:
    path.write_text(json.dumps(entries))
    return {listing.spec.name: listing for listing in read_listings(path)}


def test_eight_symbols_are_built_in() -> None:
    assert [listing.spec.name for listing in LISTINGS] == [
        "EURUSD",
        "GBPUSD",
        "USDJPY",
        "EURJPY",
        "XAUUSD",
        "US30",
        "GER40",
        "BTCUSD",
    ]


def test_fields_are_changed_and_symbols_added(tmp_path: Path) -> None:
    listings = read(
        tmp_path / "symbols.json",
        {"name": "EURUSD", "stops_level": 50, "volume_limit": "5", "trade_mode": "CLOSEONLY"},
        {"name": "XAUUSD.m", "digits": 3, "contract_size": 10, "filling": ["RETURN"]},
        {"name": "GOLD", "like": "XAUUSD", "level": "3000", "triple_swap_day": 4},
        {"name": "US30", "sessions": [[], [[60, 1200]], [], [], [], [], []], "commission": "1.5"},
    )
    eurusd = listings["EURUSD"].spec
    assert (eurusd.stops_level, eurusd.volume_limit) == (50, Decimal(5))
    assert eurusd.trade_mode is TradeMode.CLOSEONLY
    micro = listings["XAUUSD.m"].spec
    assert (micro.point, micro.tick_size) == (Decimal("0.001"), Decimal("0.001"))
    assert (micro.contract_size, micro.filling) == (Decimal(10), ("RETURN",))
    assert (listings["GOLD"].level, listings["GOLD"].triple_swap_day) == (Decimal(3000), 4)
    assert listings["US30"].spec.sessions[1] == ((60, 1200),)
    assert listings["US30"].commission("EUR") == Decimal("1.5")
    assert len(listings) == len(LISTINGS) + 2


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"name": "NAS100"}, "no built-in symbol"),
        ({"name": "a,b"}, "not a symbol's name"),
        ({"stops_level": 1}, "not a symbol's name"),
        ({"name": "EURUSD", "lots": 1}, "unknown field 'lots'"),
        ({"name": "EURUSD", "contract_size": "1e5"}, "not a plain decimal"),
        ({"name": "EURUSD", "volume_step": 0}, "above 0"),
        ({"name": "EURUSD", "calc_mode": "FUTURES"}, "calc_mode"),
        ({"name": "EURUSD", "sessions": [[]]}, "seven"),
        ({"name": "EURUSD", "trade_mode": "MAYBE"}, "MAYBE"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, entry: object, said: str) -> None:
    with pytest.raises(ValueError, match=f"symbol 1: .*{said}"):
        read(tmp_path / "symbols.json", entry)


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "symbols.json"
    path.write_text('{"name": "EURUSD"}')
    with pytest.raises(ValueError, match="not a JSON list"):
        read_listings(path)


@pytest.mark.parametrize(
    ("currency", "commission"), [("USD", "3.5"), ("EUR", "3"), ("JPY", "350"), ("GBP", "2.75")]
)
def test_commission_by_account_currency(currency: str, commission: str) -> None:
    broker = make_bench(currency=currency).broker
    stated = {spec.name: spec.commission for spec in broker.symbols()}
    assert stated["EURUSD"] == Decimal(commission)
    assert stated["GER40"] == 0


def test_market_watch_holds_what_was_selected() -> None:
    broker = make_bench().broker
    assert broker.select_symbol("EURUSD")
    assert not broker.select_symbol("NONE")
    assert len(broker.symbols()) == len(broker.quotes()) == 8
