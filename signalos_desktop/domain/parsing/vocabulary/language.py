"""The form of a vocabulary table: one language's words for each concept and each instrument."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from signalos_desktop.domain.parsing.concepts import Concept


@dataclass(frozen=True, slots=True)
class Language:
    """Words are separated by commas; a word ending in * stands for everything that begins so.

    `shared` words also mean something else in another language and count only beside a word that
    belongs to this language alone. `names` maps canonical instruments to what people call them,
    `currencies` maps currency codes to their names, of which any two make a pair.
    """

    code: str
    words: Mapping[Concept, str]
    shared: Mapping[Concept, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    shared_names: Mapping[str, str] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)
    typos: str = ""
    half_spaced: bool = False  # words of a phrase may be joined by a blank of no width


def spellings(language: Language, words: str) -> Iterator[str]:
    """The words of a table's cell, where the language joins them also as one word."""
    for word in split(words):
        yield word
        if language.half_spaced and " " in word:
            yield word.replace(" ", "")


def split(words: str) -> Iterator[str]:
    """The words of a table's cell."""
    return (word for part in words.split(",") if (word := " ".join(part.split())))
