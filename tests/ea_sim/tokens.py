"""MQL5 source as tokens: what the preprocessor and the lint both read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<directive>^[ \t]*\#(?:[^\n\\]|\\\n|\\)*)
      | (?P<string>"(?:\\.|[^"\\\n])*")
      | (?P<date>\bD'[^'\n]*')
      | (?P<colour>\bC'[^'\n]*')
      | (?P<char>'(?:\\.|[^'\\\n])+')
      | (?P<number>\b0[xX][0-9A-Fa-f]+|(?:\b\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fF]?)
      | (?P<word>[A-Za-z_]\w*)
      | (?P<space>\s+)
      | (?P<mark>::|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|\.\.\.|.)
    """,
    re.X | re.S | re.M,
)


class Kind(StrEnum):
    COMMENT = "comment"
    DIRECTIVE = "directive"
    STRING = "string"
    DATE = "date"
    COLOUR = "colour"
    CHAR = "char"
    NUMBER = "number"
    WORD = "word"
    SPACE = "space"
    MARK = "mark"


def word_list(text: str) -> list[str]:
    """The words of a text: shorter to read than a list of many short strings."""
    return text.split()


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    line: int

    @property
    def blank(self) -> bool:
        return self.kind in (Kind.SPACE, Kind.COMMENT)


def read_tokens(source: str) -> list[Token]:
    tokens, line = [], 1
    for match in _TOKEN.finditer(source):
        text = match.group(0)
        tokens.append(Token(Kind(str(match.lastgroup)), text, line))
        line += text.count("\n")
    return tokens


def code(tokens: list[Token]) -> list[Token]:
    """Without blanks and comments."""
    return [token for token in tokens if not token.blank]


def closing(tokens: list[Token], start: int) -> int:
    """Index of the bracket that closes the one at start; the end if there is none."""
    pairs = {"(": ")", "[": "]", "{": "}"}
    opening, ending = tokens[start].text, pairs[tokens[start].text]
    depth = 0
    for i in range(start, len(tokens)):
        if tokens[i].kind is Kind.MARK:
            depth += (tokens[i].text == opening) - (tokens[i].text == ending)
            if depth == 0:
                return i
    return len(tokens)
