"""What a user taught the parser about one provider, on top of what it knows of all of them."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from signalos_desktop.domain.parsing.concepts import Concept
from signalos_desktop.domain.parsing.phrases import pieces

MAX_WORDS: Final = 200
MAX_LETTERS: Final = 60


class Role(StrEnum):
    """What a provider's own word can stand for."""

    BUY = "buy"
    SELL = "sell"
    NOW = "now"
    LIMIT = "limit"
    STOP = "stop"  # a stop order, not the stop loss
    ENTRY = "entry"
    SL = "sl"
    TP = "tp"
    TP_OPEN = "tp_open"
    PIPS = "pips"
    CLOSE = "close"
    CLOSE_PARTIAL = "close_partial"
    HALF = "half"
    ALL = "all"
    CANCEL = "cancel"
    MOVE = "move"
    BREAKEVEN = "breakeven"
    RESULT = "result"
    READY = "ready"
    NOT = "not"


CONCEPT_OF: Final = {
    Role.BUY: Concept.BUY,
    Role.SELL: Concept.SELL,
    Role.NOW: Concept.NOW,
    Role.LIMIT: Concept.LIMIT,
    Role.STOP: Concept.STOP_ORDER,
    Role.ENTRY: Concept.ENTRY,
    Role.SL: Concept.SL,
    Role.TP: Concept.TP,
    Role.TP_OPEN: Concept.TP_OPEN,
    Role.PIPS: Concept.PIPS,
    Role.CLOSE: Concept.CLOSE,
    Role.CLOSE_PARTIAL: Concept.REDUCE,
    Role.HALF: Concept.HALF,
    Role.ALL: Concept.ALL,
    Role.CANCEL: Concept.CANCEL,
    Role.MOVE: Concept.MOVE,
    Role.BREAKEVEN: Concept.BREAKEVEN,
    Role.RESULT: Concept.RESULT,
    Role.READY: Concept.READY,
    Role.NOT: Concept.NOT,
}


@dataclass(frozen=True, slots=True)
class Profile:
    """Additions win over what is built in; ignored lines are compared without case and blanks.

    `pip_sizes` is what the provider calls one pip of a canonical symbol, in price; the reading
    keeps pips as they are written, and whoever makes prices of them asks `pip_size`.
    """

    words: tuple[tuple[str, Role], ...] = ()
    symbols: tuple[tuple[str, str], ...] = ()  # what the provider says, the canonical symbol
    default_symbol: str | None = None
    ignored_words: tuple[str, ...] = ()
    ignored_lines: tuple[str, ...] = ()
    pip_sizes: tuple[tuple[str, Decimal], ...] = ()

    def pip_size(self, symbol: str) -> Decimal | None:
        """The provider's pip of a canonical symbol in price, None where the broker's pip counts."""
        return next((size for name, size in self.pip_sizes if name == symbol), None)


PLAIN: Final = Profile()


def faults(profile: Profile) -> tuple[str, ...]:
    """What is wrong with a profile, in words for its user; a profile with faults is not used."""
    phrases = [word for word, _ in profile.words] + [name for name, _ in profile.symbols]
    phrases += profile.ignored_words
    out = [_fault(phrase) for phrase in phrases]
    out += _doubled(phrases)
    if len(phrases) + len(profile.ignored_lines) > MAX_WORDS:
        out.append(f"{len(phrases) + len(profile.ignored_lines)} words, at most {MAX_WORDS}")
    out += [
        f"the pip of {symbol} is {size}: it must be above zero"
        for symbol, size in profile.pip_sizes
        if not (size.is_finite() and size > 0)
    ]
    return tuple(text for text in out if text)


def _fault(phrase: str) -> str:
    words = pieces(phrase)
    if not any(character.isalpha() for word in words for character in word):
        return f"{phrase!r} has no letters: a number or sign alone cannot be taught"
    if len(phrase) > MAX_LETTERS:
        return f"{phrase[:20]!r}... has {len(phrase)} characters, at most {MAX_LETTERS}"
    return ""


def _doubled(phrases: list[str]) -> list[str]:
    plain = Counter(" ".join(pieces(phrase)) for phrase in phrases)
    return [f"{phrase!r} is taught twice" for phrase, times in plain.items() if times > 1]
