"""Which numbers are prices, and what the others are."""

import pytest

from signalos_desktop.domain.parsing.lexer import Lexer
from signalos_desktop.domain.parsing.lexicon import Lexicon
from signalos_desktop.domain.parsing.normalise import fold
from signalos_desktop.domain.parsing.units import Measure

LEXICON = Lexicon()


def amounts(text: str) -> list[str]:
    tokens = Measure(Lexer(LEXICON, fold(text)).run()).run()
    return [f"{t.concept.name} {t.text}" for t in tokens if t.text[:1].isdigit()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sl 30 pips", ["PIPS 30"]),
        ("tp 20/40/60 pips", ["PIPS 20", "PIPS 40", "PIPS 60"]),
        ("tp 2660 / 50 pips", ["PRICE 2660", "PIPS 50"]),
        ("tp 1.0850, 30 pips", ["PRICE 1.0850", "PIPS 30"]),
        ("tp 45.20, 30 pips", ["PRICE 45.20", "PIPS 30"]),
        ("1-2%", ["PERCENT 1", "PERCENT 2"]),
        ("5-10x", ["LEVERAGE 5", "LEVERAGE 10"]),
        ("x20", ["LEVERAGE 20"]),
        ("2.5x", ["PRICE 2.5"]),
        ("leverage: 20", ["LEVERAGE 20"]),
        ("leverage 2000", ["PRICE 2000"]),
        ("0.01 lot", ["NOISE 0.01"]),
        ("tp 2660 lot 0.5", ["PRICE 2660", "NOISE 0.5"]),
        ("sl 2640 lots", ["PRICE 2640"]),
        ("volume: 0.10", ["NOISE 0.10"]),
        ("risk 2", ["NOISE 2"]),
        ("min deposit $200", ["NOISE 200"]),
        ("tp 1:2 rr", ["RATIO 2"]),
        ("rr 1 : 2.5", ["RATIO 2.5"]),
        ("tp 1:3", ["RATIO 3"]),
        ("tp 3r", ["RATIO 3"]),
        ("1 : 22", ["PRICE 1", "PRICE 22"]),
        ("1:2650", ["PRICE 1", "PRICE 2650"]),
        ("1: gold", ["INDEX 1"]),
        ("signal 1:2", ["INDEX 1", "PRICE 2"]),
        ("signal1:2", ["INDEX 1", "PRICE 2"]),
        ("close 1/3", ["FRACTION 1/3"]),
        ("close 3/1", ["PRICE 3", "PRICE 1"]),
        ("tp 1/2", ["PRICE 1", "PRICE 2"]),
        ("signal 3 of 5", ["NOISE 3"]),
        ("#148", ["NOISE 148"]),
        ("signal no 12", ["INDEX 12"]),
        ("tp1 2660", ["INDEX 1", "PRICE 2660"]),
        ("tp 1: 2660", ["INDEX 1", "PRICE 2660"]),
        ("tp 2 hit", ["INDEX 2"]),
        ("tp 12 2660", ["PRICE 12", "PRICE 2660"]),
        ("tp1 pips", ["PIPS 1"]),
        ("1) 2660", ["INDEX 1", "PRICE 2660"]),
        ("1. gold", ["INDEX 1"]),
        ("1 gold", ["INDEX 1"]),
        ("1 pair", ["PRICE 1"]),
        ("(1) gold", ["INDEX 1"]),
        ("entry 105k", ["PRICE 105000"]),
        ("1.2.3k", ["NOISE 1.2.3"]),
        ("3rd entry", ["INDEX 3"]),
        ("180q", ["NOISE 180"]),
        ("mt5", ["NOISE 5"]),
        ("+60", ["PIPS 60"]),
        ("1.2.3 pips", ["PRICE 1.2.3"]),
        ("tp 1.2.3 / 40 pips", ["PRICE 1.2.3", "PIPS 40"]),
        ("confidence 85", ["CONFIDENCE 85"]),
    ],
)
def test_numbers_by_what_stands_beside_them(text: str, expected: list[str]) -> None:
    assert amounts(text) == expected


def test_a_long_list_is_measured_in_parts() -> None:
    assert amounts("/".join(["20"] * 30) + " pips").count("PIPS 20") == 12
