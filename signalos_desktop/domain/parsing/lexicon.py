"""One trie of all words of all languages, and what to make of a word that is not in it."""

import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import permutations, product
from typing import Final

from signalos_desktop.domain.parsing import instruments
from signalos_desktop.domain.parsing.concepts import Concept
from signalos_desktop.domain.parsing.normalise import fold
from signalos_desktop.domain.parsing.phrases import pieces
from signalos_desktop.domain.parsing.profile import CONCEPT_OF, PLAIN, Profile
from signalos_desktop.domain.parsing.vocabulary import LANGUAGES
from signalos_desktop.domain.parsing.vocabulary.language import Language, spellings, split

LONGEST_WORD: Final = 24
_MEMO_LIMIT = 8_000
_DOUBLED = re.compile(r"(.)\1+")
_LOOKALIKES = str.maketrans("авемнорстухкіѕјαβεηικμνορτυχζ", "abemhopctyxkisjabehikmvoptyxz")
_ARABIC_PREFIXES = ("ال", "وال", "بال", "لل", "و", "ب", "ل", "فال", "كال")


_SIDES = {Concept.BUY, Concept.SELL}
_CLOSINGS = [
    {Concept.CLOSE, Concept.ALL},
    {Concept.CLOSE, Concept.HALF},
    {Concept.CLOSE, Concept.PARTIAL},
    {Concept.CLOSE, Concept.BUY},
    {Concept.CLOSE, Concept.SELL},
    {Concept.CANCEL, Concept.ALL},
]
_COMPOUND = {
    *_SIDES, Concept.LIMIT, Concept.STOP, Concept.NOW, Concept.MARKET, Concept.SYMBOL, Concept.ENTRY
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word or phrase stands for; what a provider's user taught has no second meaning."""

    concept: Concept
    value: str | None = None
    language: str | None = None
    shared: bool = False
    taught: bool = False


@dataclass(slots=True)
class Node:
    """A step in a phrase: its meaning if it may end here, and the words that may follow."""

    meaning: Meaning | None = None
    others: list[Meaning] = field(default_factory=list)
    next: dict[str, "Node"] = field(default_factory=dict)


class Lexicon:
    """Looks words up; knows endings, doubled letters, look-alike letters and small slips."""

    def __init__(self) -> None:
        self.root: dict[str, Node] = {}
        self._stems: dict[str, Meaning] = {}
        self._slips: dict[str, str] = {}
        self._memo: dict[str, Node | None] = {}
        self.symbols = {"".join(pieces(alias)): symbol for alias, symbol in instruments.names()}
        for alias, symbol in instruments.names():
            self._add(alias, Meaning(Concept.SYMBOL, symbol))
        for alias, symbol in instruments.weak_names():
            self._add(alias, Meaning(Concept.SYMBOL, symbol, shared=True))
        for language in LANGUAGES:
            self._take_in(language)
        self.longest: dict[str, int] = {}  # of the words that begin with these two characters
        for word in self.root:
            self._measure(word)

    def learn(self, profile: Profile) -> None:
        """A provider's words come first and mean nothing else; what was copied is left alone."""
        self.root, self._stems, self.longest = (
            dict(self.root),
            dict(self._stems),
            dict(self.longest),
        )
        self._memo = {}
        for word, role in profile.words:
            self._put_first(word, Meaning(CONCEPT_OF[role], taught=True))
        for alias, symbol in profile.symbols:
            self._put_first(alias, Meaning(Concept.SYMBOL, symbol, taught=True))
        for word in profile.ignored_words:
            self._put_first(word, Meaning(Concept.FILLER, taught=True))

    def _put_first(self, phrase: str, meaning: Meaning) -> None:
        """In place of what the phrase meant; nodes on its way are this lexicon's own."""
        if phrase.endswith("*"):
            self._stems[fold(phrase[:-1])] = meaning
            phrase = phrase[:-1]
        level, node = self.root, Node()
        for piece in pieces(phrase):
            known = level.get(piece, Node())
            node = level[piece] = Node(known.meaning, known.others, dict(known.next))
            level = node.next
        node.meaning, node.others = meaning, []
        self._measure(pieces(phrase)[0])

    def _measure(self, word: str) -> None:
        self.longest[word[:2]] = max(len(word), self.longest.get(word[:2], 0))

    def _take_in(self, language: Language) -> None:
        code = language.code
        for name, symbol in _pairs(language.currencies):
            self._add(name, Meaning(Concept.SYMBOL, symbol, code))
        for shared, names in ((False, language.names), (True, language.shared_names)):
            for symbol, aliases in names.items():
                for alias in split(aliases):
                    self._add(alias, Meaning(Concept.SYMBOL, symbol, code, shared))
        for shared, table in ((False, language.words), (True, language.shared)):
            for concept, words in table.items():
                for word in spellings(language, words):
                    self._add(word, Meaning(concept, None, code, shared))
        for word in split(language.typos):
            self._slips.update((slip, word) for slip in _slips(word))

    def _add(self, phrase: str, meaning: Meaning) -> None:
        if phrase.endswith("*"):
            self._stems.setdefault(fold(phrase[:-1]), meaning)
            phrase = phrase[:-1]
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
                if plain and (pair in _CLOSINGS or (pair <= _COMPOUND and pair & _SIDES)):
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


def lexicon_of(profile: Profile) -> Lexicon:
    """The words of everybody and of one provider, built once."""
    if profile is PLAIN:
        return _of_everybody()
    return _built(
        Profile(words=profile.words, symbols=profile.symbols, ignored_words=profile.ignored_words)
    )


@lru_cache(maxsize=32)
def _built(profile: Profile) -> Lexicon:
    if profile == PLAIN:
        return _of_everybody()
    own = copy(_of_everybody())
    own.learn(profile)
    return own


@lru_cache(maxsize=1)
def _of_everybody() -> Lexicon:
    return Lexicon()


def _pairs(currencies: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Currency pairs by the names of their currencies: euro dollar, and written as one word."""
    for (base, bases), (quote, quotes) in permutations(currencies.items(), 2):
        if base + quote in instruments.PAIRS:
            for one, other in product(split(bases), split(quotes)):
                yield f"{one} {other}", base + quote
                yield one + other, base + quote


def _forms(word: str) -> list[str]:
    forms = sorted(word.split("'"), key=len, reverse=True) if "'" in word else []
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
