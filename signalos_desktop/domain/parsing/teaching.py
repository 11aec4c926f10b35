"""Teach by marking: from marked words in one message to the additions that make it read so."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.lexer import Lexer
from signalos_desktop.domain.parsing.lexicon import lexicon_of
from signalos_desktop.domain.parsing.normalise import normalise
from signalos_desktop.domain.parsing.profile import PLAIN, Profile, Role, faults
from signalos_desktop.domain.parsing.reader import MAX_CHARACTERS, read
from signalos_desktop.domain.signal import Reading
from signalos_desktop.domain.values import Side

_WARNING: Final = frozenset(
    {C.RESULT, C.PAST, C.BOUGHT, C.NOT, C.IF, C.READY, C.ASK, C.WITHDRAW, C.GAIN, C.MACHINE}
)
_ORDER: Final = frozenset(
    {C.SYMBOL, C.BUY, C.SELL, C.NOW, C.MARKET, C.LIMIT, C.STOP, C.STOP_ORDER, C.SL, C.TP, C.ENTRY}
)
_NO_LABEL: Final = _ORDER - {C.SL, C.TP, C.ENTRY, C.STOP}
_BETWEEN: Final = frozenset(
    {C.COLON, C.EQUALS, C.DASH, C.ARROW, C.AT, C.DOLLAR, C.TO, C.BAR, C.PAREN, C.NUMBER, C.INDEX,
     C.FROM, C.HASH, C.COMMA, C.SLASH}
)  # fmt: skip


class Field(StrEnum):
    """What a user can mark."""

    SYMBOL = "symbol"
    BUY = "buy"
    SELL = "sell"
    ENTRY = "entry"
    SL = "sl"
    TP = "tp"


_SIDES: Final = {Field.BUY: Side.BUY, Field.SELL: Side.SELL}
_ROLES: Final = {
    Field.BUY: Role.BUY, Field.SELL: Role.SELL, Field.ENTRY: Role.ENTRY, Field.SL: Role.SL,
    Field.TP: Role.TP,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """text[start:end] is this field; a symbol says which canonical instrument it means."""

    field: Field
    start: int
    end: int
    symbol: str | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """What to add, the profile with it, how the message then reads, and why not where it cannot."""

    profile: Profile
    additions: Profile
    reading: Reading
    problems: tuple[str, ...] = ()

    @property
    def learnt(self) -> bool:
        return not self.problems


def teach(text: str, marks: tuple[Mark, ...], profile: Profile = PLAIN) -> Lesson:
    """The fewest additions found that make the message read as marked."""
    reading = read(text, profile=profile)
    wrong = _unusable(text, marks)
    if wrong:
        return Lesson(profile, PLAIN, reading, tuple(wrong))
    if _holds(reading, text, marks):
        return Lesson(profile, PLAIN, reading)
    for additions in _attempts(text, marks, profile):
        joined = _joined(profile, additions)
        if not faults(joined) and _holds(read(text, profile=joined), text, marks):
            fewest = _fewest(text, marks, profile, additions)
            taught = _joined(profile, fewest)
            return Lesson(taught, fewest, read(text, profile=taught))
    return Lesson(profile, PLAIN, reading, tuple(_why_not(text, marks, profile)))


def _unusable(text: str, marks: tuple[Mark, ...]) -> list[str]:
    out = []
    if len(text) > MAX_CHARACTERS:
        out.append(f"the message has {len(text)} characters, at most {MAX_CHARACTERS} are read")
    for mark in marks:
        marked = text[mark.start : mark.end] if 0 <= mark.start < mark.end <= len(text) else ""
        if not marked.strip():
            out.append(f"the {mark.field} mark ({mark.start} to {mark.end}) holds no text")
        elif mark.field is Field.SYMBOL and not mark.symbol:
            out.append(f"name the instrument that {marked!r} stands for")
        elif mark.field in (Field.ENTRY, Field.SL, Field.TP) and not any(map(str.isdigit, marked)):
            out.append(f"the {mark.field} mark {marked!r} holds no number")
    return out if marks else [*out, "nothing is marked"]


def _holds(reading: Reading, text: str, marks: tuple[Mark, ...]) -> bool:
    """Whether the message now trades and every mark was read as what it is marked as."""
    return reading.tradable and all(_agrees(reading, mark) for mark in marks)


def _agrees(reading: Reading, mark: Mark) -> bool:
    name = "side" if mark.field in _SIDES else str(mark.field)
    touching = {s.field for s in reading.spans if s.start < mark.end and mark.start < s.end}
    if mark.field in _SIDES:
        return name in touching and all(o.side is _SIDES[mark.field] for o in reading.orders)
    if mark.field is Field.SYMBOL:
        return name in touching and any(o.symbol == mark.symbol for o in reading.orders)
    return touching == {name}


def _joined(profile: Profile, additions: Profile) -> Profile:
    """Additions first; what they say anew replaces what the profile said."""
    words = dict(profile.words) | dict(additions.words)
    symbols = dict(profile.symbols) | dict(additions.symbols)
    return replace(
        profile,
        words=tuple(words.items()),
        symbols=tuple(symbols.items()),
        ignored_words=tuple(w for w in profile.ignored_words if w not in words),
        ignored_lines=tuple(dict.fromkeys((*profile.ignored_lines, *additions.ignored_lines))),
    )


def _attempts(text: str, marks: tuple[Mark, ...], profile: Profile) -> Iterator[Profile]:
    """Possible additions, the smallest first: without and with ignoring the unmarked lines."""
    labels = _Labels(text, marks, profile)
    symbols = tuple(
        (text[m.start : m.end].strip().lower(), m.symbol)
        for m in marks
        if m.field is Field.SYMBOL and m.symbol
    )
    idle = tuple(labels.idle_lines())
    for ignored in dict.fromkeys(((), idle)):
        for width in (3, 1, 0):
            words = dict(
                pair
                for mark in marks
                if mark.field in _ROLES and (pair := labels.word_for(mark, width))
            )
            yield Profile(tuple(words.items()), symbols, ignored_lines=ignored)


def _fewest(text: str, marks: tuple[Mark, ...], profile: Profile, full: Profile) -> Profile:
    """Leave out every addition the message reads as marked without."""
    least = full
    for name in ("symbols", "words", "ignored_lines"):
        for each in getattr(full, name):
            kept: Any = tuple(other for other in getattr(least, name) if other != each)
            smaller = replace(least, **{name: kept})
            if _holds(read(text, profile=_joined(profile, smaller)), text, marks):
                least = smaller
    return least


def _why_not(text: str, marks: tuple[Mark, ...], profile: Profile) -> list[str]:
    labels = _Labels(text, marks, profile)
    out = [
        f"no word beside {text[m.start : m.end]!r} says that it is the {m.field}"
        for m in marks
        if m.field in _ROLES and labels.word_for(m, 3) is None
    ]
    reading = read(text, profile=_joined(profile, next(_attempts(text, marks, profile))))
    out += [f"{p.code}: {p.text}" for p in reading.problems]
    if not out:
        read_as = "reads as no signal" if not reading.orders else "reads otherwise than marked"
        out.append(f"with these words the message still {read_as}")
    return out


class _Labels:
    """Finds the words beside the marked numbers."""

    def __init__(self, text: str, marks: tuple[Mark, ...], profile: Profile) -> None:
        self._text = text
        self._marks = marks
        clean = normalise(text)
        self._tokens = Lexer(lexicon_of(profile), clean.text).run()
        self._places = [clean.span(t.start, t.end) for t in self._tokens]

    def word_for(self, mark: Mark, width: int) -> tuple[str, Role] | None:
        """The word that is to carry a mark's role; up to `width` words before a number."""
        role = _ROLES[mark.field]
        if mark.field in _SIDES:
            return self._text[mark.start : mark.end].strip().lower(), role
        number = self._number_of(mark)
        label = self._label(mark, number, width) if number is not None else []
        if not label:
            return None
        first, last = self._places[label[0]], self._places[label[-1]]
        return " ".join(self._text[first[0] : last[1]].lower().split()), role

    def _number_of(self, mark: Mark) -> int | None:
        for at, (start, end) in enumerate(self._places):
            if start < mark.end and mark.start < end and self._tokens[at].concept is C.NUMBER:
                return at
        return None

    def _label(self, mark: Mark, number: int, width: int) -> list[int]:
        """Places of the words before a number on its line, or on the line above."""
        at = number - 1
        while at >= 0 and (self._tokens[at].concept in _BETWEEN or self._breaks(at, number)):
            at -= 1
        out: list[int] = []
        while at >= 0 and len(out) < width and self._is_word(at) and not self._other(at, mark):
            out.insert(0, at)
            at -= 1
        return out

    def _breaks(self, at: int, number: int) -> bool:
        return self._tokens[at].concept is C.NEWLINE and at == number - 1

    def _is_word(self, at: int) -> bool:
        token = self._tokens[at]
        return token.text[:1].isalpha() and token.concept not in _NO_LABEL

    def _other(self, at: int, mark: Mark) -> bool:
        """Whether this word is part of another mark."""
        start, end = self._places[at]
        return any(m.start < end and start < m.end for m in self._marks if m is not mark)

    def idle_lines(self) -> Iterator[str]:
        """Unmarked lines that neither state an order nor speak against one."""
        start = 0
        for line in self._text.splitlines(keepends=True):
            end = start + len(line)
            marked = any(m.start < end and start < m.end for m in self._marks)
            concepts = {
                t.concept
                for t, (a, b) in zip(self._tokens, self._places, strict=True)
                if start <= a and b <= end
            }
            if line.strip() and not marked and not concepts & (_WARNING | _ORDER):
                yield line.strip()
            start = end
