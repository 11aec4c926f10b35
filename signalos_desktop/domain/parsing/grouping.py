"""Joins thousands written apart (2 650.5), where a message writes its prices so throughout."""

from typing import Final

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.tokens import Token

_COUNTING: Final = frozenset(
    {C.TP, C.SL, C.ENTRY, C.KEY, C.LIMIT, C.STOP, C.STOP_ORDER, C.TARGET_MARK, C.STOP_MARK}
)


def regrouped(tokens: list[Token]) -> list[Token]:
    """The same tokens; two such pairs, one of them behind no word that counts, make it a habit."""
    numbers = [at for at, token in enumerate(tokens) if token.concept is C.NUMBER]
    pairs = [at for at in numbers if at and _apart(tokens, at)]
    if len(pairs) < 2 or not any(_plain(tokens, at) for at in pairs):
        return tokens
    out: list[Token] = []
    for at, token in enumerate(tokens):
        if at in pairs and out:
            out[-1] = out[-1]._replace(text=out[-1].text + token.text, end=token.end)
        else:
            out.append(token)
    return out


def _apart(tokens: list[Token], at: int) -> bool:
    """One to three digits, a single blank, three digits; the first touch nothing before them."""
    left, right = tokens[at - 1], tokens[at]
    if left.concept is not C.NUMBER:
        return False
    head = right.text.replace(",", ".").partition(".")[0]
    loose = at == 1 or left.gap or tokens[at - 2].concept in (C.COLON, C.AT, C.DASH, C.DOLLAR)
    short = left.text.isdigit() and len(left.text) < 4 and left.text[0] != "0"
    return short and loose and right.start - left.end == 1 and len(head) == 3 and head.isdigit()


def _plain(tokens: list[Token], at: int) -> bool:
    before = tokens[at - 2].concept if at > 1 else C.NEWLINE
    return before not in _COUNTING and before is not C.NUMBER
