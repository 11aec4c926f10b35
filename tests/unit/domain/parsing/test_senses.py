"""Words of several meanings: the place or the language decides."""

import pytest

from signalos_desktop.domain.parsing import read
from signalos_desktop.domain.signal import ActionKind
from tests.unit.domain.parsing.reading import order


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("Altında alım 2650 stop 2640 hedef 2665", "XAUUSD"),
        ("EURUSD 1.0850 altında sat stop 1.0880 hedef 1.0800", "EURUSD"),
        ("NU buy 0.5730 sl 0.5705 tp 0.5790", "NZDUSD"),
        ("Goud kopen nu\nstop 2640\ndoel 2660", "XAUUSD"),
        ("Achat or 2650 stop 2640 objectif 2670", "XAUUSD"),
    ],
)
def test_an_instrument_or_another_word(text: str, symbol: str) -> None:
    assert order(text).symbol == symbol


@pytest.mark.parametrize("text", ["Gold Stop neu 2640", "NQ short: trail SL to 2640"])
def test_what_is_done_to_a_stop(text: str) -> None:
    assert [a.kind for a in read(text).actions] == [ActionKind.MODIFY_SL]


def test_an_instrument_before_the_share_to_close() -> None:
    assert [a.symbol for a in read("Altında yarısını kapatın").actions] == ["XAUUSD"]
    both = read("Altında SL girişe, EURUSD kapatın").actions
    assert [a.symbol for a in both] == ["XAUUSD", "EURUSD"]
