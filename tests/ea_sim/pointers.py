"""Pointers to objects in other people's programs: MQL5 writes a point where C++ has an arrow."""

from __future__ import annotations

from itertools import pairwise

from tests.ea_sim.tokens import Kind, Token, code

_OPENING = {")": "(", "]": "["}


def pointer_names(tokens: list[Token], types: set[str]) -> set[str]:
    """Names declared as `Type *name`: variables, members, parameters, functions."""
    words = code(tokens)
    return {
        name.text
        for (kind, star), name in zip(pairwise(words), words[2:], strict=False)
        if kind.text in types and star.text == "*" and name.kind is Kind.WORD
    }


def with_arrows(tokens: list[Token], names: set[str]) -> list[Token]:
    """The same tokens, with an arrow after each pointer and after `this`."""
    known = names | {"this"}
    return [
        Token(token.kind, "->", token.line)
        if token.text == "." and token.kind is Kind.MARK and _owner(tokens, i) in known
        else token
        for i, token in enumerate(tokens)
    ]


def _owner(tokens: list[Token], point: int) -> str:
    """The name in front of a point, past the brackets of a call or an index."""
    i = _before(tokens, point)
    while i >= 0 and tokens[i].text in _OPENING:
        i = _before(tokens, _opened(tokens, i))
    return tokens[i].text if i >= 0 else ""


def _before(tokens: list[Token], i: int) -> int:
    i -= 1
    while i >= 0 and tokens[i].blank:
        i -= 1
    return i


def _opened(tokens: list[Token], end: int) -> int:
    """Index of the bracket that opens what ends here."""
    depth = 0
    for i in range(end, -1, -1):
        depth += (tokens[i].text == tokens[end].text) - (
            tokens[i].text == _OPENING[tokens[end].text]
        )
        if depth == 0:
            return i
    return 0
