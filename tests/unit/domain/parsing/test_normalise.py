"""Folding to plain text, and the way back to the original."""

import sys

import pytest

from signalos_desktop.domain.parsing.normalise import fold, normalise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("GOLD Buy", "gold buy"),
        ("𝐁𝐔𝐘 𝕘𝕠𝕝𝕕", "buy gold"),
        ("ＢＵＹ　２６５０．５", "buy 2650.5"),
        ("🅱🆄🆈", "buy"),
        ("٢٦٥٠٫٥ ۲۶۵۰", "2650.5 2650"),
        ("XAU\u200bUSD\u202e", "xauusd"),
        ("Señal límite", "senal limite"),
        ("alış ŞİMDİ", "alis simdi"),
        ("إلغاء الصفقة", "الغاء الصفقه"),
        ("خرید طلا یک", "خريد طلا يك"),
        ("Straße", "strasse"),
        ("close ½", "close  1/2 "),
        ("② ⅷ", "• •"),
        ("a–b", "a-b"),
        ("✔️", "✅"),
        ("🔥", " "),
        ("１：２", "1:2"),
    ],
)
def test_folding(text: str, plain: str) -> None:
    assert normalise(text).text == plain


def test_spans_index_the_original() -> None:
    text = "🔥B\u200bUY\u200d gold½"
    clean = normalise(text)

    start = clean.text.index("buy")
    first, last = clean.span(start, start + 3)

    assert text[first:last] == "B\u200bUY"
    assert clean.span(clean.text.index("1"), len(clean.text)) == (len(text) - 1, len(text))


def test_spans_of_plain_text_are_its_own() -> None:
    assert normalise("buy gold").span(4, 8) == (4, 8)
    assert normalise("köp guld").span(4, 8) == (4, 8)


def test_every_character_folds_and_the_memory_of_them_stays_bounded() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))

    assert fold(everything).isprintable() is False
    assert fold("Ä") == "a"
