"""What a user taught the parser about one provider, on top of what it knows of all of them."""

from dataclasses import dataclass

from signalos_desktop.domain.parsing.concepts import Concept


@dataclass(frozen=True, slots=True)
class Provider:
    """Extra words win over built-in ones; ignored lines are compared without case and blanks."""

    words: tuple[tuple[Concept, str], ...] = ()
    symbols: tuple[tuple[str, str], ...] = ()  # what the provider says, the symbol he means
    default_symbol: str | None = None
    ignored_words: tuple[str, ...] = ()
    ignored_lines: tuple[str, ...] = ()


DEFAULT = Provider()
