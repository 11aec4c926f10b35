"""Gives a single letter its meaning from its place: side: S, B.LIMIT, e: s: t:, S / L."""

from typing import Final

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.tokens import Token

_SIDES: Final = {"b": C.BUY, "s": C.SELL, "l": C.BUY}
_LEVELS: Final = {"e": C.ENTRY, "s": C.SL, "t": C.TP}
_WAYS: Final = {"in": C.ENTRY, "out": C.TP}
_KNOWN: Final = frozenset({"b", "e", "l", "s", "t", "out"})
_SLASHED: Final = {("s", "l"): C.SL, ("t", "p"): C.TP}
_ORDER_TYPES: Final = frozenset({C.LIMIT, C.STOP, C.STOP_ORDER})
_POINTING: Final = frozenset({C.COLON, C.EQUALS, C.DASH, C.END, C.AT})
_CELLS: Final = frozenset({C.BAR, C.COMMA, C.END})
_TOUCHING: Final = frozenset({C.END, C.DASH})
_PAIRS: Final = frozenset({C.COLON, C.EQUALS})


def spelled_out(tokens: list[Token]) -> list[Token]:
    """The same tokens, with letters that stand for a side or a level as such."""
    texts = {t.text for t in tokens}
    if not texts & _KNOWN:
        return tokens
    out = _slashed(tokens)
    spoken = {t.concept for t in out}
    sided = bool(spoken & {C.BUY, C.SELL})
    ways = texts >= _WAYS.keys()
    free = _unnamed(out, spoken)
    for at, token in enumerate(out):
        if ways and token.text in _WAYS and _labels(out, at):
            out[at] = token._replace(concept=_WAYS[token.text])
        if len(token.text) != 1:
            continue
        if token.text in _SIDES and (_celled(out, at) or (not sided and _says_side(out, at))):
            out[at] = token._replace(concept=_SIDES[token.text])
        elif token.text in free and _labels(out, at):
            out[at] = token._replace(concept=free[token.text])
    return out


def _slashed(tokens: list[Token]) -> list[Token]:
    """ "S / L" and "T / P" with blanks around the slash."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        three = tokens[at : at + 3]
        label = None
        if len(three) == 3 and three[1].concept is C.SLASH:
            label = _SLASHED.get((three[0].text, three[2].text))
        if label is None:
            out.append(tokens[at])
            at += 1
        else:
            out.append(three[0]._replace(concept=label, end=three[2].end))
            at += 3
    return out


def _unnamed(tokens: list[Token], spoken: set[C]) -> dict[str, C]:
    """The letters that label levels: a stop and a target must be named, in letters or in words."""
    words = spoken | {C.SL} if C.STOP in spoken else spoken
    free = {letter: label for letter, label in _LEVELS.items() if label not in words}
    letters = {t.text for at, t in enumerate(tokens) if t.text in free and _labels(tokens, at)}
    named = words | {free[letter] for letter in letters}
    return free if letters & {"s", "t"} and {C.SL, C.TP} <= named else {}


def _labels(tokens: list[Token], at: int) -> bool:
    """Directly before a number, or before a sign that points at one."""
    after = [t.concept for t in tokens[at + 1 : at + 3]]
    pointed = len(after) == 2 and after[0] in _POINTING
    return after[:1] == [C.NUMBER] or (pointed and after[1] is C.NUMBER)


def _says_side(tokens: list[Token], at: int) -> bool:
    """Beside an order type, behind a key, in a table's cell, or behind the instrument."""
    before = [t.concept for t in tokens[max(0, at - 2) : at]]
    after = [t.concept for t in tokens[at + 1 : at + 3]]
    if tokens[at].text != "l" and (
        after[:1] and (after[0] in _ORDER_TYPES or (after[0] in _TOUCHING and _typed(after)))
    ):
        return True
    if len(before) == 2 and before[1] in _PAIRS and before[0] is C.KEY:
        return after[:1] != [C.NUMBER]
    return before[-1:] == [C.SYMBOL] and after[:1] == [C.NUMBER]


def _celled(tokens: list[Token], at: int) -> bool:
    """A cell of its own beside the instrument's: DAX | S | 23410."""
    before = [t.concept for t in tokens[max(0, at - 2) : at]]
    after = tokens[at + 1].concept if at + 1 < len(tokens) else C.BAR
    return before[:1] == [C.SYMBOL] and before[-1] in _CELLS and after in _CELLS


def _typed(after: list[C]) -> bool:
    return len(after) > 1 and after[1] in _ORDER_TYPES
