"""Drops filling words; numbers that stand alone among them are no levels."""

from typing import Final

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.tokens import Token

_LAST: Final = Token(C.NEWLINE, "", 0, 0, False)
_ORDINALS: Final = frozenset(("first", "second", "third", "one", "two", "more", "add"))
_IDLE_LINE: Final = frozenset(
    {C.PRICE, C.OPEN, C.PLUS, C.DASH, C.SLASH, C.COMMA, C.END, C.AND, C.CHECK, C.INDEX}
)


def unmixed(tokens: list[Token]) -> list[Token]:
    """The tokens without filling words; a short number among them alone is no level."""
    kept = [t for t in tokens if t.concept is not C.FILLER]
    if len(kept) == len(tokens) or not any(_mutable(t) for t in kept if len(t.text) < 5):
        return kept
    out: list[Token] = []
    line: list[Token] = []
    for token in [*tokens, _LAST]:
        if token.concept is not C.NEWLINE:
            line.append(token)
            continue
        kept = _uncounted(line)
        if out and len(kept) < len(line) and all(t.concept in _IDLE_LINE for t in kept):
            kept = [_muted(t) for t in kept]
        out += kept
        if token is not _LAST:
            out.append(token)
        line = []
    return out


def _uncounted(line: list[Token]) -> list[Token]:
    """Filling words dropped; "2660 2670 good luck 95": the last one is no third price."""
    kept: list[Token] = []
    for before, token in zip([_LAST, *line], line, strict=False):
        if token.concept is C.FILLER:
            continue
        told = before.concept is C.FILLER and before.text not in _ORDINALS
        listed = told and bool(kept) and kept[-1].concept is C.PRICE
        kept.append(_muted(token) if listed else token)
    return kept


def _mutable(token: Token) -> bool:
    return token.concept is C.OPEN or (token.concept is C.PRICE and len(token.text) < 4)


def _muted(token: Token) -> Token:
    """ "Good luck 15", "hold it please"."""
    if token.concept is C.OPEN:
        return token._replace(concept=C.UNKNOWN)
    if token.concept is C.PRICE and token.text.isdigit() and len(token.text) < 4:
        return token._replace(concept=C.NOISE)
    return token
