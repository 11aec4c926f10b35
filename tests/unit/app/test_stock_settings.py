"""What the settings must say before the stock executor can be used, each lack in words."""

from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.adapters.mt5_files.stock_terminal import StockTerminal
from signalos_desktop.app.stock_settings import stock_terminal
from signalos_desktop.domain.values import Account
from signalos_desktop.domain.wire.symbols_json import encode_symbols
from signalos_desktop.engine.ports import Trouble
from signalos_desktop.engine.settings import Settings
from tests.helpers.rig import EURUSD

GOOD = {"stock.account": "7@Broker-Live", "stock.balance": "2500"}


def test_a_terminal_as_it_is_stated() -> None:
    changes = {"stock.currency": "jpy", "stock.leverage": 30, "stock.period_s": 5, "magic": 9}
    terminal = stock_terminal(Settings().with_changes({**GOOD, **changes}), "1")
    assert isinstance(terminal, StockTerminal)
    assert (terminal.account, terminal.balance) == (Account(7, "Broker-Live"), Decimal(2500))
    assert (terminal.currency, terminal.leverage) == ("JPY", 30)
    assert (terminal.magic, terminal.period_s, terminal.agreed) == (9, 5.0, True)
    assert "USDJPY" in [spec.name for spec in terminal.specs]


@pytest.mark.parametrize(
    ("protocol", "agreed", "used"),
    [("1", False, True), ("auto", True, True), ("auto", False, False), ("2", True, False)],
)
def test_it_is_used_only_by_name_or_after_an_agreement(
    protocol: str, agreed: bool, used: bool
) -> None:
    settings = Settings().with_changes({**GOOD, "stock.agreed": agreed})
    assert (stock_terminal(settings, protocol) is not None) is used


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"stock.account": ""}, "STOCK_ACCOUNT_MISSING"),
        ({"stock.account": "broker"}, "STOCK_ACCOUNT_MISSING"),
        ({"stock.currency": "euros"}, "STOCK_CURRENCY"),
        ({"stock.balance": 0}, "STOCK_BALANCE_MISSING"),
        ({"stock.symbols": "/nowhere/symbols.json"}, "STOCK_SYMBOLS"),
    ],
)
def test_what_is_lacking_is_named_with_the_setting_to_mend(
    changes: dict[str, object], code: str
) -> None:
    trouble = stock_terminal(Settings().with_changes({**GOOD, **changes}), "1")
    assert isinstance(trouble, Trouble)
    assert trouble.code == code
    assert "settings set stock." in trouble.next_step


def test_symbols_of_a_file_are_taken_as_they_stand_there(tmp_path: Path) -> None:
    path = tmp_path / "symbols.json"
    settings = Settings().with_changes({**GOOD, "stock.symbols": str(path)})
    path.write_bytes(encode_symbols([EURUSD], [], 1))
    terminal = stock_terminal(settings, "1")
    assert isinstance(terminal, StockTerminal)
    assert terminal.specs == (EURUSD,)
    for wrong in (b"{", b"[]", encode_symbols([], [], 1)):
        path.write_bytes(wrong)
        found = stock_terminal(settings, "1")
        assert isinstance(found, Trouble)
        assert found.code == "STOCK_SYMBOLS"
