"""The words of every language; a new language is one more table in this list."""

from typing import Final

from signalos_desktop.domain.parsing.vocabulary import (
    arabic,
    chinese,
    dutch,
    english,
    french,
    german,
    hindi,
    indonesian,
    italian,
    japanese,
    korean,
    persian,
    polish,
    portuguese,
    russian,
    spanish,
    turkish,
    vietnamese,
)
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGES: Final[tuple[Language, ...]] = (
    english.LANGUAGE,
    spanish.LANGUAGE,
    portuguese.LANGUAGE,
    french.LANGUAGE,
    italian.LANGUAGE,
    german.LANGUAGE,
    dutch.LANGUAGE,
    russian.LANGUAGE,
    polish.LANGUAGE,
    turkish.LANGUAGE,
    arabic.LANGUAGE,
    persian.LANGUAGE,
    vietnamese.LANGUAGE,
    indonesian.LANGUAGE,
    hindi.LANGUAGE,
    chinese.LANGUAGE,
    japanese.LANGUAGE,
    korean.LANGUAGE,
)
