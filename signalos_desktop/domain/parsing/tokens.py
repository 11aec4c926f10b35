"""The unit the grammar works on: a word, number or sign with its meaning and its place."""

from typing import NamedTuple

from signalos_desktop.domain.parsing.concepts import Concept


class Token(NamedTuple):
    """`text` is the folded text, `value` a canonical symbol; start and end index the plain text."""

    concept: Concept
    text: str
    start: int
    end: int
    gap: bool  # white space stands before it
    value: str | None = None
    language: str | None = None
    shared: bool = False
