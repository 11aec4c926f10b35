"""Turns an MQL5 program with its includes into one C++ translation unit.

Strings, characters and dates become the runtime's literals, arrays become mql_array, inputs are
registered, every file is attached once. What cannot be carried over is refused with its place.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tests.ea_sim.enums import ENUMS, naming
from tests.ea_sim.forward import declare_ahead
from tests.ea_sim.pointers import pointer_names, with_arrows
from tests.ea_sim.tokens import Kind, Token, closing, code, read_tokens, word_list

BUILTIN_TYPES = frozenset(
    word_list("""
        bool char uchar short ushort int uint long ulong float double string datetime color
        MqlDateTime MqlTick MqlTradeRequest MqlTradeResult MqlTradeTransaction
        MqlTradeCheckResult
    """)
)
DIRECTIVES = frozenset(word_list("define undef ifdef ifndef else endif include property"))
_INCLUDE = re.compile(r"#\s*include\s*(?:<([^>]+)>|\"([^\"]+)\")")
_DATE = re.compile(r"(\d{4})\.(\d\d?)\.(\d\d?)(?: +(\d\d?)(?::(\d\d?)(?::(\d\d?))?)?)?")
PRELUDE = '#define MQL_PROGRAM\n#include "mql5.hpp"\n'


class SourceError(Exception):
    """The source cannot be carried over; the text names file and line."""


@dataclass
class Unit:
    """One program: its text in C++ and the files it is made of."""

    text: str
    files: list[Path] = field(default_factory=list)


def translate(source: Path, includes: Iterable[Path], *, permissive: bool = False) -> Unit:
    return _Translator(tuple(includes), permissive).unit(source)


class _Translator:
    def __init__(self, includes: tuple[Path, ...], permissive: bool) -> None:
        self._includes = includes
        self._permissive = permissive
        self._files: list[Path] = []
        self._out: list[str] = []
        self._types = set(BUILTIN_TYPES) | set(ENUMS)
        self._pointers: set[str] = set()

    def unit(self, source: Path) -> Unit:
        self._attach(source)
        body = "\n".join(self._out)
        if self._permissive:
            return Unit(f"{PRELUDE}{declare_ahead(body)}\n", self._files)
        return Unit(f"{PRELUDE}{body}\n", self._files)

    def _attach(self, path: Path) -> None:
        path = path.resolve()
        if path in self._files:
            return
        self._files.append(path)
        tokens = read_tokens(read_source(path))
        self._types |= declared_types(tokens)
        if self._permissive:
            self._pointers |= pointer_names(tokens, self._types)
            tokens = with_arrows(tokens, self._pointers)
        self._out.append(f'#line 1 "{path}"')
        chunk: list[Token] = []
        for token in tokens:
            if token.kind is Kind.DIRECTIVE and self._directive(path, token, chunk):
                chunk = []
            elif token.kind is not Kind.DIRECTIVE or _kept(token):
                chunk.append(token)
            else:
                chunk.append(Token(Kind.SPACE, "\n" * token.text.count("\n"), token.line))
        self._flush(path, chunk)

    def _directive(self, path: Path, token: Token, chunk: list[Token]) -> bool:
        """Follow an include; True if it ended the chunk before it."""
        name = re.sub(r"^\s*#\s*", "", token.text).split(maxsplit=1)[0] if "#" in token.text else ""
        word = re.match(r"\w*", name)
        if not word or word.group(0) not in DIRECTIVES:
            raise SourceError(f"{path}:{token.line}: #{name} is lacking in this runtime")
        if word.group(0) != "include":
            return False
        match = _INCLUDE.search(token.text)
        if not match:
            raise SourceError(f"{path}:{token.line}: an include without a file")
        self._flush(path, chunk)
        self._attach(self._find(path, token, match))
        self._out.append(f'#line {token.line} "{path}"')
        return True

    def _find(self, path: Path, token: Token, match: re.Match[str]) -> Path:
        name = (match[1] or match[2]).replace("\\", "/")
        places = self._includes if match[1] else (path.parent, *self._includes)
        for place in places:
            if (place / name).exists():
                return place / name
        raise SourceError(f"{path}:{token.line}: {name} is lacking in this runtime")

    def _flush(self, path: Path, tokens: list[Token]) -> None:
        if tokens:
            self._out.append("".join(rewrite(path, tokens, self._types, self._permissive)))


def read_source(path: Path) -> str:
    data = path.read_bytes()
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = data.decode("utf-16" if wide else "utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n")


def _kept(token: Token) -> bool:
    return not re.match(r"\s*#\s*property", token.text)


def declared_types(tokens: list[Token]) -> set[str]:
    """Names of structs, classes and enums of one file."""
    words = code(tokens)
    return {
        after.text
        for before, after in pairwise(words)
        if before.text in ("struct", "class", "enum", "typename") and after.kind is Kind.WORD
    }


def rewrite(path: Path, tokens: list[Token], types: set[str], permissive: bool) -> list[str]:
    """The text of tokens in C++."""
    out: list[str] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.kind is Kind.WORD and token.text in ("input", "sinput"):
            i = _input(path, tokens, i, out)
        elif token.kind is Kind.WORD and token.text in types and not _member(tokens, i):
            i = _declaration(tokens, i, out, permissive)
        elif token.kind is Kind.WORD and token.text == "enum":
            i = _enum(tokens, i, out)
        else:
            out.append(literal(path, token))
            i += 1
    return out


def literal(path: Path, token: Token) -> str:
    if token.kind is Kind.STRING:
        return f"u{token.text}_S"
    if token.kind is Kind.CHAR:
        return f"(ushort)u{token.text}"
    if token.kind is Kind.COMMENT:
        return "\n" * token.text.count("\n") or " "
    if token.kind is Kind.DIRECTIVE and '"' in token.text:
        return re.sub(r'"(?:\\.|[^"\\\n])*"', lambda m: f"u{m.group(0)}_S", token.text)
    if token.kind is Kind.COLOUR:
        red, green, blue = (int(n, 0) for n in token.text[2:-1].split(","))
        return f"color({red | green << 8 | blue << 16}u)"
    if token.kind is Kind.DATE:
        match = _DATE.fullmatch(token.text[2:-1].strip())
        if not match:
            raise SourceError(f"{path}:{token.line}: {token.text} is no date of this runtime")
        parts = [int(group or 0) for group in match.groups()]
        return f"datetime({calendar.timegm(tuple(parts))}L)"
    return token.text


def _member(tokens: list[Token], i: int) -> bool:
    before = _before(tokens, i)
    return before is not None and before.text in (".", "::", "struct", "class", "enum")


def _before(tokens: list[Token], i: int) -> Token | None:
    while i > 0:
        i -= 1
        if not tokens[i].blank:
            return tokens[i]
    return None


def _skip(tokens: list[Token], i: int) -> int:
    while i < len(tokens) and tokens[i].blank:
        i += 1
    return i


def _text(tokens: list[Token], i: int) -> str:
    return tokens[i].text if i < len(tokens) else ""


def _input(path: Path, tokens: list[Token], i: int, out: list[str]) -> int:
    """`input T name = value;` as a read-only name for a registered variable; groups are dropped."""
    end = i
    first = _skip(tokens, i + 1)
    if _text(tokens, first) == "group":
        while end < len(tokens) and "\n" not in tokens[end].text:
            end += 1
        return end
    while end < len(tokens) and tokens[end].text != ";":
        end += 1
    parts = code(tokens[first:end])
    if len(parts) < 4 or parts[2].text != "=":
        raise SourceError(f"{path}:{tokens[i].line}: an input without a value")
    kind, name = parts[0].text, parts[1].text
    value = "".join(literal(path, part) for part in parts[3:])
    out.append(
        f"static {kind} mqlin_{name} = {kind}({value}); "
        f"static const {kind} &{name} = mqlin_{name}; "
        f'static mql_input mqlreg_{name}("{name}", mqlin_{name});'
    )
    return end + 1


def _enum(tokens: list[Token], i: int, out: list[str]) -> int:
    """A top-level enum gets the function that EnumToString and the inputs need."""
    name = _skip(tokens, i + 1)
    brace = _skip(tokens, name + 1)
    if _text(tokens, brace) != "{":
        out.append(tokens[i].text)
        return i + 1
    end = closing(tokens, brace)
    constants = [
        word.text
        for before, word in pairwise(code(tokens[brace:end]))
        if before.text in ("{", ",") and word.kind is Kind.WORD
    ]
    body = "".join(literal(Path(), token) for token in tokens[brace : end + 1])
    out.append(f"enum {tokens[name].text} : int {body}; {naming(tokens[name].text, constants)}")
    semicolon = _skip(tokens, end + 1)
    return semicolon + 1 if _text(tokens, semicolon) == ";" else end + 1


def _declaration(tokens: list[Token], i: int, out: list[str], permissive: bool) -> int:
    """`T &a[]` and `T a[..]`: the only places where arrays are declared."""
    kind = tokens[i].text
    after = _skip(tokens, i + 1)
    if _text(tokens, after) == "&":
        name = _skip(tokens, after + 1)
        bracket = _skip(tokens, name + 1)
        if _text(tokens, bracket) == "[":
            depth, end = _dimensions(tokens, bracket)
            out.append(f"{_array(kind, len(depth))} &{tokens[name].text}")
            return end
    elif after < len(tokens) and tokens[after].kind is Kind.WORD:
        bracket = _skip(tokens, after + 1)
        if _text(tokens, bracket) == "[" or (permissive and _text(tokens, bracket) in (",", "=")):
            return _declarators(tokens, i, after, out)
    out.append(kind)
    return i + 1


def _array(kind: str, depth: int) -> str:
    return f"mql_array<{_array(kind, depth - 1)}>" if depth else kind


def _dimensions(tokens: list[Token], i: int) -> tuple[list[str], int]:
    sizes: list[str] = []
    while _text(tokens, i) == "[":
        end = closing(tokens, i)
        sizes.append("".join(t.text for t in tokens[i + 1 : end]).strip())
        i = _skip(tokens, end + 1)
    return sizes, i


def _declarators(tokens: list[Token], i: int, name: int, out: list[str]) -> int:
    """Names of one declaration, each as a declaration of its own if one of them is an array."""
    kind, texts, at = tokens[i].text, [], name
    if not _has_array(tokens, name):
        out.append(kind)
        return i + 1
    while True:
        word = tokens[at].text
        sizes, after = _dimensions(tokens, _skip(tokens, at + 1))
        value, end = _initialiser(tokens, after)
        texts.append(f"{_array(kind, len(sizes))} {word}{_start(kind, sizes, value)}")
        if _text(tokens, end) != ",":
            out.append("; ".join(texts) if len(texts) > 1 else texts[0])
            return end
        at = _skip(tokens, end + 1)


def _has_array(tokens: list[Token], at: int) -> bool:
    """Is one of the names up to the semicolon an array? Brackets in a value do not count."""
    depth, in_value = 0, False
    for i in range(at, len(tokens)):
        text = tokens[i].text
        depth += (text in ("(", "{")) - (text in (")", "}"))
        if depth < 0 or (text == ";" and depth == 0):
            return False
        if text == "=" and depth == 0:
            in_value = True
        elif text == "," and depth == 0:
            in_value = False
        elif text == "[" and depth == 0 and not in_value:
            return True
    return False


def _initialiser(tokens: list[Token], i: int) -> tuple[str, int]:
    if _text(tokens, i) != "=":
        return "", i
    start = _skip(tokens, i + 1)
    end = start
    while _text(tokens, end) not in (",", ";", ")", ""):
        end = closing(tokens, end) + 1 if _text(tokens, end) in ("(", "{", "[") else end + 1
    return "".join(literal(Path(), token) for token in tokens[start:end]), end


def _start(kind: str, sizes: list[str], value: str) -> str:
    if not sizes:
        return f" = {value}" if value else ""
    if value:
        return f" = {value}"
    if not any(sizes):
        return ""
    inner = _array(kind, len(sizes) - 1)
    if len(sizes) == 1:
        return f" = mql_array<{kind}>::sized({sizes[0]})"
    row = f"mql_array<{kind}>::sized({sizes[1]})"
    if not sizes[0]:
        return f" = mql_array<{inner}>::growing({row})"
    return f" = mql_array<{inner}>::rows({sizes[0]}, {row})"
