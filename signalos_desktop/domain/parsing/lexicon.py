"""One trie of all words of all languages, and what to make of a word that is not in it."""

import re
from dataclasses import dataclass, field
from typing import Final

from signalos_desktop.domain.parsing import instruments
from signalos_desktop.domain.parsing.concepts import Concept
from signalos_desktop.domain.parsing.normalise import fold
from signalos_desktop.domain.parsing.vocabulary import LANGUAGES
from signalos_desktop.domain.parsing.vocabulary.language import Language, split

JOINERS: Final = "-./_:"
LONGEST_WORD: Final = 24
_MEMO_LIMIT = 8_000
_PIECE = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:\.\d+)?|[^\s\w]")
_DOUBLED = re.compile(r"(.)\1+")
_LOOKALIKES = str.maketrans("авемнорстухкіѕјαβεηικμνορτυχζ", "abemhopctyxkisjabehikmvoptyxz")
_ARABIC_PREFIXES = ("ال", "وال", "بال", "لل", "و", "ب", "ل", "فال", "كال")


_SIDES = {Concept.BUY, Concept.SELL}
_EVERY = {Concept.CLOSE, Concept.ALL}
_COMPOUND = {*_SIDES, Concept.LIMIT, Concept.STOP, Concept.NOW, Concept.MARKET, Concept.SYMBOL}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word or phrase stands for; `language` is set if other languages use it too."""

    concept: Concept
    value: str | None = None
    language: str | None = None
    shared: bool = False


@dataclass(slots=True)
class Node:
    """A step in a phrase: its meaning if it may end here, and the words that may follow."""

    meaning: Meaning | None = None
    others: list[Meaning] = field(default_factory=list)
    next: dict[str, "Node"] = field(default_factory=dict)


def pieces(phrase: str) -> list[str]:
    """The words of a phrase as the lexer will meet them."""
    return [piece for piece in _PIECE.findall(fold(phrase)) if piece not in JOINERS]


class Lexicon:
    """Looks words up; knows endings, doubled letters, look-alike letters and small slips."""

    def __init__(
        self, extra: tuple[tuple[Concept, str], ...] = (), names: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self.root: dict[str, Node] = {}
        self._stems: dict[str, Meaning] = {}
        self._slips: dict[str, str] = {}
        self._memo: dict[str, Node | None] = {}
        self.symbols = {"".join(pieces(alias)): symbol for alias, symbol in instruments.names()}
        for concept, word in extra:
            self._add(word, Meaning(concept))
        for alias, symbol in (*names, *instruments.names()):
            self._add(alias, Meaning(Concept.SYMBOL, symbol))
        for alias, symbol in instruments.weak_names():
            self._add(alias, Meaning(Concept.SYMBOL, symbol, shared=True))
        for language in LANGUAGES:
            self._learn(language)

    def _learn(self, language: Language) -> None:
        for symbol, words in language.names.items():
            for word in split(words):
                self._add(word, Meaning(Concept.SYMBOL, symbol, language.code))
        for symbol, words in language.shared_names.items():
            for word in split(words):
                self._add(word, Meaning(Concept.SYMBOL, symbol, language.code, shared=True))
        for concept, words in language.words.items():
            for word in split(words):
                self._add(word, Meaning(concept, None, language.code))
        for concept, words in language.shared.items():
            for word in split(words):
                self._add(word, Meaning(concept, None, language.code, shared=True))
        for word in split(language.typos):
            self._slips.update((slip, word) for slip in _slips(word))

    def _add(self, phrase: str, meaning: Meaning) -> None:
        if phrase.endswith("*"):
            self._stems.setdefault(fold(phrase[:-1]), meaning)
            return
        level = self.root
        node = Node()
        for piece in pieces(phrase):
            node = level.setdefault(piece, Node())
            level = node.next
        if node.meaning is None:
            node.meaning = meaning
        elif meaning.shared:
            node.others.append(meaning)
        elif node.meaning.shared:
            node.others.append(node.meaning)
            node.meaning = meaning

    def halves(self, word: str) -> tuple[Meaning, Meaning, int] | None:
        """Two words written as one, a side among them: buylimit, goldsell."""
        for at in range(2, len(word) - 1):
            right = self.root.get(word[at:])
            left = right and (
                self.root.get(word[:at]) or self.root.get(word[:at].removesuffix("s"))
            )
            if left and right and left.meaning and right.meaning:
                pair = {left.meaning.concept, right.meaning.concept}
                plain = not (left.meaning.shared or right.meaning.shared)
                if plain and (pair == _EVERY or (pair <= _COMPOUND and pair & _SIDES)):
                    return left.meaning, right.meaning, at
        return None

    def find(self, word: str) -> Node | None:
        """The node of a word, by its exact form or else by the nearest form we know."""
        node = self.root.get(word)
        if node is not None:
            return node
        if word in self._memo:
            return self._memo[word]
        if len(self._memo) > _MEMO_LIMIT:
            self._memo.clear()
        found = self._memo[word] = self._guess(word) if len(word) <= LONGEST_WORD else None
        return found

    def _guess(self, word: str) -> Node | None:
        for form in _forms(word):
            if form in self.root:
                return self.root[form]
        if symbol := instruments.attached(word, self.symbols):
            return Node(Meaning(Concept.SYMBOL, symbol))
        for length in range(len(word), 2, -1):
            if meaning := self._stems.get(word[:length]):
                return Node(meaning)
        if slip := self._slips.get(word):
            return self.root[slip]
        return None


def _forms(word: str) -> list[str]:
    forms = [*word.split("'")] if "'" in word else []
    if not word.isascii():
        forms.append(word.translate(_LOOKALIKES))
        forms += [
            word[len(p) :]
            for p in _ARABIC_PREFIXES
            if word.startswith(p) and len(word) > len(p) + 1
        ]
    if len(word) > 3:
        forms += [_DOUBLED.sub(r"\1\1", word), _DOUBLED.sub(r"\1", word)]
        if word[-1] == word[-2]:
            forms.append(word.rstrip(word[-1]) + word[-1])
    return forms


def _slips(word: str) -> set[str]:
    """All words one slip of the finger away: a letter lost, doubled, swapped or mistaken."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:i], word[i:]) for i in range(1, len(word) + 1)]
    lost = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    wrong = {a + c + b[1:] for a, b in cuts if b for c in letters}
    extra = {a + c + b for a, b in cuts for c in letters}
    return (lost | swapped | wrong | extra) - {word}
