"""Decides what a word of several meanings says here: by its place, or by the language spoken."""

from collections import Counter
from typing import Final

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.lexicon import Meaning
from signalos_desktop.domain.parsing.tokens import Token

_LEVELS: Final = frozenset({C.SL, C.STOP, C.TP})
_SIDES: Final = frozenset({C.BUY, C.SELL})
_PRICED: Final = frozenset({C.NUMBER, C.NOW, C.AT, C.LIMIT, C.FROM})
_SHARES: Final = frozenset({C.HALF, C.PARTIAL, C.REDUCE, C.ALL, C.CLOSE, C.PERCENT})
_BEGINNING: Final = frozenset({C.NEWLINE, C.HASH, C.DOLLAR, C.KEY, C.COLON, C.NOISE, C.UP, C.DOWN})

Unsure = list[tuple[int, list[Meaning]]]  # the place of a token, and its other meanings


def settle(tokens: list[Token], unsure: Unsure) -> None:
    """Give each unsure token the meaning that fits; a word of a language not spoken has none."""
    spoken = Counter(t.language for t in tokens if not t.shared)
    languages = spoken.keys() - {None}
    present = {t.concept for t in tokens if not t.shared}
    alone = not present & _SIDES and bool(present & {C.SL, C.TP})
    for at, others in unsure:
        token = tokens[at]
        choice = _placed(tokens, at, others, C.SYMBOL in present) or next(
            (m for m in others if m.language != token.language and m.language in languages), None
        )
        own = 0 if token.shared or token.language == "en" else spoken[token.language] - 1
        if choice and choice.concept is not C.SYMBOL and own > spoken[choice.language]:
            continue
        if choice is None and alone:
            choice = next((m for m in others if m.concept in _SIDES), None)
        if choice:
            tokens[at] = token._replace(concept=choice.concept, value=choice.value)
        elif _foreign(token, languages) and not alone:
            tokens[at] = token._replace(concept=C.UNKNOWN)


def _foreign(token: Token, languages: set[str | None]) -> bool:
    """A shared word of a language nothing else in the message belongs to."""
    strange = token.shared and token.language not in languages
    return strange and token.concept is not C.SYMBOL


def _placed(tokens: list[Token], at: int, others: list[Meaning], named: bool) -> Meaning | None:
    """The meaning that fits the place: a stop's change, an instrument beside its side."""
    before = tokens[at - 1].concept if at else C.NEWLINE
    after = tokens[at + 1].concept if at + 1 < len(tokens) else C.NEWLINE
    for meaning in others:
        if meaning.concept is C.MOVE and after in _LEVELS:
            return meaning
        if meaning.concept is C.NEW and before in _LEVELS and after is C.NUMBER:
            return meaning
        led = at == 0 and after in _LEVELS  # "Altında SL girişe": nothing else begins so
        if meaning.concept is C.SYMBOL and (led or not named) and _names(tokens, at, before, after):
            return meaning
    return None


def _names(tokens: list[Token], at: int, before: C, after: C) -> bool:
    """Where an instrument belongs: between side and price, or before the side of a setup."""
    if before in _SIDES and after in _PRICED:
        return True
    if at == 0 and after in _LEVELS:
        return True
    if at == 0 and after in _SHARES:
        return tokens[1].language == tokens[0].language
    if after not in _SIDES or before not in _BEGINNING:
        return False
    side, own = tokens[at + 1], tokens[at].language
    return side.language == own or (
        side.language == "en" and any(t.concept in _LEVELS for t in tokens)
    )
