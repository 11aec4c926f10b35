"""Folds Unicode text to plain lower-case letters, ASCII digits and a few signs, with offsets."""

import unicodedata
from dataclasses import dataclass

from signalos_desktop.domain.parsing.markup import unwrap

_CACHE_LIMIT = 20_000


def _sign_table() -> dict[str, str]:
    groups = {
        "\n": "\r\x0b\x0c\x85\u2028\u2029",
        "-": "‐‑‒–—―−➖⁃﹣－",
        "'": "‘’′´`ʼ٬＇",
        '"': "“”„«»″❝❞",
        "→": "→➡⇒⟶➔➜➤➝➞➛➙➟➠⟹↠⇨⤵▶►⮕↦",
        "•": "•·∙●○◦▪▫■□◆◇⚫⚪‣⁌",
        ".": "٫。｡",
        ",": "،、",
        ";": "؛",
        "?": "؟❓❔⁉",
        "!": "❗❕‼",
        "%": "٪",
        "+": "➕",
        "x": "×",
        "/": "⁄∕",
        "|": "│┃║¦",
        "✅": "✅✔☑✓🆗",
        "📈": "📈⬆🔼🐂🟢⏫↗↑🆙",
        "📉": "📉⬇🔽🐻🔴⏬↘↓",
        "🎯": "🎯🏁🥅",
        "🛑": "🛑⛔🚫❌✖✕",
        "": "ـ",
        "ه": "ة",
        "ي": "ىیے",
        "ك": "ک",
        "d": "đĐð",
        "l": "łŁ",
        "i": "ıİ",
        "o": "øØ",
        "ss": "ß",
        "ae": "æÆ",
        "oe": "œŒ",
        " 1/2 ": "½",
        " 1/3 ": "⅓",
        " 1/4 ": "¼",
        " 2/3 ": "⅔",
        " 3/4 ": "¾",
        " ": "€£¥₹₽₺﷼⏩⏪",
        "\u20e3": "\u20e3",
    }
    return {char: plain for plain, chars in groups.items() for char in chars}


class _Folding(dict[str, str]):
    """Character to its plain form, worked out once per character."""

    def __missing__(self, char: str) -> str:
        if len(self) > _CACHE_LIMIT:
            self.clear()
            self.update(_FIXED)
        plain = self[char] = _fold_char(char)
        return plain


def _fold_char(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Mn", "Mc", "Me", "Cf", "Cs"):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if 0x1F150 <= ord(char) <= 0x1F189:  # letters in dark circles and squares
        return chr(ord("a") + (ord(char) - 0x1F150) % 32)
    if category[0] in "NZC":
        return "•" if category[0] == "N" else " "
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    plain = "".join(_FIXED.get(c, c) for c in plain.lower() if not unicodedata.combining(c))
    if category[0] == "L" or plain.isascii():
        return plain
    return " "


_FIXED = _sign_table() | {chr(n): chr(n).lower() for n in range(128) if chr(n) not in "\r\x0b\x0c`"}
_FOLDING = _Folding(_FIXED)


def fold(text: str) -> str:
    """The plain form of a text; vocabulary and messages pass through the same folding."""
    return "".join([_FOLDING[c] for c in text])


@dataclass(frozen=True, slots=True)
class Clean:
    """Plain text with, unless they are the same, the original offset of each of its characters."""

    text: str
    offsets: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the original."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def normalise(text: str) -> Clean:
    """Fold a message; every character of the result knows where it came from."""
    wrapped = unwrap(text)
    if wrapped is None:
        return _folded(text)
    clean = _folded(wrapped[0])
    places = wrapped[1]
    if clean.offsets is None:
        return Clean(clean.text, tuple(places))
    return Clean(clean.text, tuple([places[at] for at in clean.offsets]))


def _folded(text: str) -> Clean:
    if text.isascii():
        return Clean(text.lower(), None)
    pieces = [_FOLDING[c] for c in text]
    plain = "".join(pieces)
    if len(plain) == len(text) and "" not in pieces:
        return Clean(plain, None)
    offsets = [at for at, piece in enumerate(pieces) for _ in piece]
    return Clean(plain, tuple(offsets))
