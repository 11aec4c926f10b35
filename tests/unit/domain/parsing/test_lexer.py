"""Words, phrases and instruments as tokens."""

import pytest

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.lexer import MAX_TOKENS, Lexer
from signalos_desktop.domain.parsing.lexicon import Lexicon
from signalos_desktop.domain.parsing.normalise import fold
from signalos_desktop.domain.parsing.tokens import Token

LEXICON = Lexicon()


def lex(text: str) -> list[Token]:
    return Lexer(LEXICON, fold(text)).run()


def concepts(text: str) -> list[C]:
    return [token.concept for token in lex(text)]


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("GOLD", "XAUUSD"),
        ("xau/usd", "XAUUSD"),
        ("EURUSD.pro", "EURUSD"),
        ("eurusd_i", "EURUSD"),
        ("GBPJPYm", "GBPJPY"),
        ("GBP JPY", "GBPJPY"),
        ("Boom 1000 Index", "BOOM1000"),
        ("US 30", "US30"),
        ("#SOL/USDT", "SOLUSDT"),
        ("WIFUSDT", "WIFUSDT"),
        ("foobarusdt", "FOOBARUSDT"),
        ("solusd", "SOLUSD"),
        ("linkusd", "LINKUSD"),
        ("btcperp", "BTCUSDT"),
        ("$LINK", "LINKUSDT"),
        ("1000PEPEUSDT", "1000PEPEUSDT"),
        ("link/usdt", "LINKUSDT"),
        ("$ZZTOP", "ZZTOPUSDT"),
        ("zztop/usdt", "ZZTOPUSDT"),
        ("ХАUUSD", "XAUUSD"),
        ("ЗОЛОТА", "XAUUSD"),
        ("بالذهب", "XAUUSD"),
        ("EURUSD'de", "EURUSD"),
        ("nas", "NAS100"),
    ],
)
def test_instruments(text: str, symbol: str) -> None:
    assert [t.value for t in lex(text) if t.concept is C.SYMBOL] == [symbol]


@pytest.mark.parametrize(
    "text", ["link", "near", "$", "$A", "link-up", "fooxusd", "abc/usd", "€ 5", "usdt", "goldvip"]
)
def test_ordinary_words_are_no_instruments(text: str) -> None:
    assert C.SYMBOL not in concepts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("take profit", [C.TP]),
        ("Take-Profit", [C.TP]),
        ("S/L", [C.SL]),
        ("S L", [C.SL]),
        ("S E L L  G O L D", [C.SELL, C.SYMBOL]),
        ("x q q q", [C.TIMES, C.UNKNOWN, C.UNKNOWN, C.UNKNOWN]),
        ("selll", [C.SELL]),
        ("targett", [C.TP]),
        ("trget", [C.TP]),
        ("buylimit", [C.BUY, C.LIMIT]),
        ("Verkaufslimit", [C.SELL, C.LIMIT]),
        ("closeall", [C.CLOSE, C.ALL]),
        ("@market", [C.NOW]),
        ("@ 5", [C.AT, C.NUMBER]),
        ("@somebody", [C.AT, C.UNKNOWN]),
        ("15m", [C.TIMEFRAME]),
        ("14/03/2025 2025-03-14T09:30:00Z 09:30 +44 7700 900123", [C.NOISE] * 4),
        ("https://example.test/a?b=1", [C.NOISE]),
        ("1" * 19, [C.NOISE]),
        ("1.0850,1.0900", [C.NUMBER, C.NUMBER]),
        ("2640,2650", [C.NUMBER, C.NUMBER]),
        ("26,500", [C.NUMBER]),
        ("2️⃣6️⃣5️⃣0️⃣", [C.NUMBER]),
        ("1️⃣", [C.INDEX]),
        ("黄金做多了", [C.SYMBOL, C.BUY, C.FILLER]),
        ("鑫金", [C.UNKNOWN, C.SYMBOL]),
        ("take  profit", [C.TP]),
        ("take   profit", [C.TAKE, C.GAIN]),
        ("take\tprofit", [C.TAKE, C.GAIN]),
        ("take- profit", [C.TAKE, C.DASH, C.GAIN]),
        ("take-", [C.TAKE, C.DASH]),
        ("a" * 30, [C.UNKNOWN]),
        ("^", []),
        ("1000 PEPEUSDT", [C.NUMBER, C.SYMBOL]),
        ("1000", [C.NUMBER]),
        ("1000gold", [C.NUMBER, C.SYMBOL]),
        ("1000flowers", [C.NUMBER, C.UNKNOWN]),
    ],
)
def test_words_and_signs(text: str, expected: list[C]) -> None:
    assert concepts(text) == expected


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("achat or 2650", C.SYMBOL),  # French gold
        ("buy or sell", C.OR),
        ("xauusd al sl 2640", C.BUY),  # Turkish buy: no other side in the message
        ("comprar al mercado", C.NOW),
        ("EURUSD eu", C.SYMBOL),
        ("he sat there", C.UNKNOWN),
    ],
)
def test_words_of_two_languages(text: str, concept: C) -> None:
    assert concept in concepts(text)


def test_a_message_of_too_many_words_is_overlong() -> None:
    assert Lexer(LEXICON, "a, " * MAX_TOKENS).overlong


def test_the_memory_of_unknown_words_stays_bounded() -> None:
    lexicon = Lexicon()

    for number in range(20_000):
        assert lexicon.find(
            f"q{number:x}z".translate(str.maketrans("0123456789", "ghijklmnop"))
        ) is (None)

    assert lexicon.find("gold") is lexicon.find("gold")
