"""A first person's trade with an invitation to copy it is an order: "Ich bin long ... kopiert"."""

from itertools import pairwise
from typing import Final

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.tokens import Token

_SIDES: Final = frozenset({C.BUY, C.SELL})
_DENYING: Final = frozenset(
    {C.PAST, C.RESULT, C.GAIN, C.READY, C.IF, C.ASK, C.NOT, C.LESSON, C.QUESTION, C.PROMO}
)
_SOMEBODY: Final = frozenset({C.UNKNOWN, C.LOT, C.THE})
_FIRST_PERSON: Final = frozenset(
    ("i", "i'm", "im", "i've", "ive", "me", "ich", "hab", "habe", "je", "j'ai", "moi", "io",
     "sono", "ho", "yo", "eu", "ben", "я", "ik", "ja")
)  # fmt: skip
_STOPS: Final = frozenset({C.SL, C.STOP})
_SOLD: Final = (
    "sold", "short", "verkauft", "vend", "satt", "satil", "прода", "verkocht", "sprzeda",
)  # fmt: skip
_BOUGHT: Final = (
    "bought", "long", "gekauft", "achet", "compr", "acquist", "aldi", "alin", "купи", "gekocht",
    "kupi",
)  # fmt: skip


def taken_up(tokens: list[Token]) -> list[Token]:
    """The same tokens; what tells of a full setup one is asked to copy becomes the order to."""
    if not any(token.concept is C.INVITE for token in tokens):
        return tokens
    spoken = {token.concept for token in tokens}
    planned = {C.TP, C.SYMBOL, C.NUMBER} <= spoken and spoken & _STOPS
    if not planned or spoken & _DENYING or _others(tokens):
        return [_as(t, C.FILLER) if t.concept is C.INVITE else t for t in tokens]
    sided = bool(spoken & _SIDES)
    return [_told(token, sided) for token in tokens]


def _others(tokens: list[Token]) -> bool:
    """Somebody else's trade: "members bought", "my friend sold", "Peter entered"."""
    if any(t.concept is C.ME and t.text not in _FIRST_PERSON for t in tokens):
        return True
    return any(
        after.concept is C.BOUGHT and before.concept in _SOMEBODY
        for before, after in pairwise(tokens)
    )


def _told(token: Token, sided: bool) -> Token:
    if token.concept in (C.INVITE, C.ME):
        return _as(token, C.FILLER)
    if token.concept is not C.BOUGHT:
        return token
    for words, side in ((_SOLD, C.SELL), (_BOUGHT, C.BUY)):
        if not sided and any(word in token.text for word in words):
            return _as(token, side)
    return _as(token, C.FILLER) if sided else token


def _as(token: Token, concept: C) -> Token:
    return token._replace(concept=concept)
