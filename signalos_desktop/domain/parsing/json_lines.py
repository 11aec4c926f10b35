"""JSON in a message as lines `key: value`, one for each value, every character with its place."""

import re
from dataclasses import dataclass
from typing import Final

from signalos_desktop.domain.parsing import json_keys

Marked = tuple[str, list[int]]  # a text, and where each of its characters stands in the original

_MAX_DEPTH: Final = 8
_KEYED: Final = re.compile(r"""\{\s*["'][^"'\n]{1,40}["']\s*:""")
_TOKEN: Final = re.compile(
    r"""\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([{}\[\]:,])|([^\s{}\[\]:,"']+))""", re.DOTALL
)
_KEY: Final = re.compile(r"""["']([^"'\n]{1,40})["']\s*:""")
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\n"}
_AMOUNTS: Final = frozenset(("price", "value", "rate", "target"))
_NEUTRAL: Final = _AMOUNTS | {"low", "high", "min", "max", "from", "to", "start", "end"}
_NOTHING: Final = frozenset(["null", "none", "false", "n/a", ""])


@dataclass(slots=True)
class _Value:
    """A scalar (place in the text), or the members of an object or a list."""

    start: int = 0
    end: int = 0
    members: list[tuple["_Value | None", "_Value"]] | None = None
    quoted: bool = False


class _TornError(Exception):
    """The text only looks like JSON."""


def lines_of(text: str) -> Marked | None:
    """The message with its JSON as lines; None if there is none, or it is torn."""
    keyed = _KEYED.search(text)
    if keyed is None:
        return None
    listed = text.rfind("[", 0, keyed.start())
    start = listed if listed >= 0 and not text[listed + 1 : keyed.start()].strip() else None
    reader = _Reader(text, keyed.start() if start is None else start)
    try:
        value = reader.value(0)
    except _TornError:
        return None
    out = _Lines(text)
    out.copy(0, reader.begun)
    if not out.reports(value):
        out.write(value, None)
    out.copy(reader.at, len(text))
    return "".join(out.chars), out.offsets


class _Reader:
    """Recursive descent over the text; single quotes and trailing commas are let pass."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self.begun = self.at = at

    def value(self, depth: int) -> _Value:
        match = self._next()
        if match[2] in ("{", "[") and depth < _MAX_DEPTH:
            return self._container(match[2] == "{", depth + 1)
        if match[2] is not None:
            raise _TornError
        return self._scalar(match)

    def _next(self) -> re.Match[str]:
        match = _TOKEN.match(self._text, self.at)
        if match is None:
            raise _TornError
        self.at = match.end()
        return match

    def _scalar(self, match: re.Match[str]) -> _Value:
        quoted = match[1] is not None
        start, end = match.span(1 if quoted else 3)
        return _Value(start + quoted, end - quoted, quoted=quoted)

    def _container(self, keyed: bool, depth: int) -> _Value:
        members: list[tuple[_Value | None, _Value]] = []
        while True:
            ahead = _TOKEN.match(self._text, self.at)
            if ahead and ahead[2] == ("}" if keyed else "]"):
                self.at = ahead.end()
                return _Value(members=members)
            if ahead and ahead[2] == "," and members:
                self.at = ahead.end()
                continue
            key = self._key() if keyed else None
            members.append((key, self.value(depth)))

    def _key(self) -> _Value:
        key = self._scalar(self._next())
        if key.start < 0 or self._next()[2] != ":":
            raise _TornError
        return key


class _Lines:
    """Writes the lines, each character with its place in the original."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.chars: list[str] = []
        self.offsets: list[int] = []
        self._staked = any(
            json_keys.WORD_OF.get(json_keys.plain(key)) in ("sl", "tp")
            for key in _KEY.findall(text)
        )

    def copy(self, start: int, end: int) -> None:
        self.chars.append(self._text[start:end])
        self.offsets += range(start, end)

    def reports(self, value: _Value) -> bool:
        """Whether a machine tells what became of a trade: an order that was filled is no order."""
        for key, member in value.members or ():
            if key is None or member.members is not None:
                aside = key is not None and json_keys.plain(self._word(key)) in json_keys.ASIDE
                if not aside and self.reports(member):
                    return True
                continue
            said = self._text[member.start : member.end]
            if json_keys.tells_outcome(self._word(key), said, self._counts(member)):
                return True
        return False

    def write(self, value: _Value, key: _Value | None, parent: _Value | None = None) -> None:
        if key is not None and json_keys.plain(self._word(key)) in json_keys.ASIDE:
            return
        if value.members is None:
            self._line(value, key, parent)
            return
        if pair := self._pair(value):
            self.write(pair[1], pair[0], parent)
            return
        priced = any(k and self._word(k) in _AMOUNTS for k, _ in value.members)
        texts: list[tuple[_Value | None, _Value]] = []
        others: list[tuple[_Value | None, _Value]] = []
        for name, member in value.members:
            wordy = member.members is None and not self._counts(member)
            (texts if wordy else others).append((name, member))
        for name, member in (*texts, *others):
            idle = name and self._word(name) not in _NEUTRAL and self._counts(member)
            if priced and idle and self._outer(key, parent):
                continue  # the number, share or distance of a level beside its price
            self.write(member, name, self._outer(key, parent))
        if parent is None and self.offsets:
            self._add("\n", self.offsets[-1])

    def _outer(self, key: _Value | None, parent: _Value | None) -> _Value | None:
        """The key that speaks for the members: the container's own, or the one around it."""
        outer = key or parent
        return None if outer is None or self._word(outer) in json_keys.WRAPPERS else outer

    def _pair(self, value: _Value) -> tuple[_Value, _Value] | None:
        """The key and value of {"name": "Entry", "value": 2650}."""
        found = {self._word(k): v for k, v in value.members or () if k is not None}
        names = [v for k, v in found.items() if k in json_keys.NAMING and v.members is None]
        values = [v for k, v in found.items() if k in json_keys.NAMED]
        return (names[0], values[0]) if len(names) == len(values) == 1 else None

    def _line(self, value: _Value, key: _Value | None, parent: _Value | None) -> None:
        if self._text[value.start : value.end].strip().lower() in _NOTHING:
            return
        code = key is not None and self._counts(value) and json_keys.names_side(self._word(key))
        if key is not None and code and self._side_of(key, value) is None:
            return  # "type": 0 is a code of its sender
        if key is not None and json_keys.announces(
            self._word(key), self._text[value.start : value.end]
        ):
            return
        plain = key is None or self._word(key) in _NEUTRAL or self._word(key).isdigit()
        own = key is not None and not plain and json_keys.known(self._word(key))
        for name in (None if own else parent, None if plain and parent else key):
            if name is not None:
                self._name(name, value)
        self._add(":", value.start)
        self._add(" ", value.start)
        self._value(value, key)
        self._add(" ", value.end - 1)
        self._add("|", value.end - 1)
        self._add(" ", value.end - 1)

    def _name(self, name: _Value, value: _Value) -> None:
        """A key as the word it stands for, or as words: trailStart is trail Start."""
        text = None if self._counts(value) else self._word(value)
        word = json_keys.word_of(self._word(name), text)
        if word is not None:
            self._write(word + " ", name.start)
            return
        for at in range(name.start, name.end):
            if self._text[at].isupper() and self._text[at - 1].islower():
                self._add(" ", at)
            self._add(self._text[at], at)
        self._add(" ", name.end)

    def _value(self, value: _Value, key: _Value | None) -> None:
        side = self._side_of(key, value) if key else None
        if side is not None:
            self._write(side, value.start)
            return
        at = value.start
        while at < value.end:
            if self._text[at] == "\\" and value.quoted and at + 1 < value.end:
                self._add(_ESCAPES.get(self._text[at + 1], self._text[at + 1]), at)
                at += 2
            else:
                self._add(self._text[at], at)
                at += 1

    def _side_of(self, key: _Value, value: _Value) -> str | None:
        name, text = self._word(key), self._word(value)
        if value.quoted or not self._counts(value):
            return json_keys.side_of(name, text)
        return json_keys.signed_side(name, text, self._staked)

    def _write(self, word: str, at: int) -> None:
        for char in word:
            self._add(char, at)

    def _add(self, char: str, at: int) -> None:
        self.chars.append(char)
        self.offsets.append(at)

    def _word(self, value: _Value) -> str:
        return self._text[value.start : value.end].strip().lower()

    def _counts(self, value: _Value) -> bool:
        text = self._word(value)
        return value.members is None and bool(text) and not text.strip("0123456789.,-+%x ")
