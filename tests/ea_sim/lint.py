"""Says what g++ accepts and MetaEditor refuses: the rest of the safe subset of ea/README.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.ea_sim.enums import ENUMS, FLAGS, members
from tests.ea_sim.mq5pp import BUILTIN_TYPES, DIRECTIVES, read_source
from tests.ea_sim.tokens import Kind, Token, closing, code, read_tokens, word_list

LONGEST_NAME = 63
MACRO_PARAMETERS = 8
EVENTS = frozenset(
    word_list("""
        OnInit OnDeinit OnTick OnTimer OnTrade OnTradeTransaction OnStart OnChartEvent
    """)
)
_WORDS = frozenset(
    word_list("""
        auto nullptr using constexpr decltype static_cast reinterpret_cast const_cast
        dynamic_cast friend mutable noexcept explicit volatile inline thread_local static_assert
        goto try catch throw unsigned signed size_t wchar_t char16_t char32_t int8_t int16_t
        int32_t int64_t uint8_t uint16_t uint32_t uint64_t new delete GetPointer NULL typedef
        union interface template operator namespace import export float short char color matrix
        vector complex std typename concept requires co_await and or not xor bitand bitor compl
        alignas alignof
    """)
)
_MARKS = {"->": "a pointer's arrow", "...": "an ellipsis", "::": "a scope operator"}
_KEYWORDS = frozenset(
    word_list("""
        if for while switch return sizeof else do case default break continue void struct class
        enum const static input sinput group public private protected this true false
    """)
)
_SCALARS = BUILTIN_TYPES - {
    "MqlDateTime", "MqlTick", "MqlTradeRequest", "MqlTradeResult", "MqlTradeTransaction",
    "MqlTradeCheckResult",
}  # fmt: skip
_STRUCTS = BUILTIN_TYPES - _SCALARS
_RUNTIME = Path(__file__).resolve().parent / "runtime" / "mql5.hpp"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


@dataclass(frozen=True)
class _Names:
    """What all files together declare, and what the terminal has."""

    structs: frozenset[str]
    enums: frozenset[str]
    functions: frozenset[str]
    macros: frozenset[str]
    builtin: frozenset[str]


def lint(paths: Sequence[Path]) -> list[Finding]:
    sources = {path: read_tokens(read_source(path)) for path in paths}
    names = _names(sources.values())
    found: list[Finding] = []
    for path, tokens in sources.items():
        words = code(tokens)
        for line, text in _check(path, tokens, words, names):
            found.append(Finding(path.name, line, text))
    return sorted(set(found))


def builtin_functions() -> frozenset[str]:
    """The functions that the runtime declares: what is not there is not used."""
    text = _RUNTIME.read_text("utf-8")
    text = text[: text.index("#if defined(MQL_PERMISSIVE)")]
    return frozenset(re.findall(r"\b([A-Z]\w*)\(", text)) - EVENTS


def _names(sources: Iterable[list[Token]]) -> _Names:
    structs, enums, functions, macros = set(_STRUCTS), set(ENUMS), set(), set()
    for tokens in sources:
        words = code(tokens)
        for i, word in enumerate(words[:-1]):
            if word.text in ("struct", "class"):
                structs.add(words[i + 1].text)
            elif word.text == "enum":
                enums.add(words[i + 1].text)
            if word.kind is Kind.DIRECTIVE and (match := re.match(r"#define\s+(\w+)", word.text)):
                macros.add(match[1])
        functions |= {name for _, name, _, _ in _functions(words)}
    return _Names(
        frozenset(structs),
        frozenset(enums),
        frozenset(functions),
        frozenset(macros),
        builtin_functions(),
    )


def _check(
    path: Path, tokens: list[Token], words: list[Token], names: _Names
) -> Iterator[tuple[int, str]]:
    yield from _characters(tokens)
    yield from _directives(path, words)
    yield from _forbidden(words, names)
    yield from _declarations(words, names)
    yield from _parameters(words, names)
    yield from _members(words)
    yield from _globals(words, names)
    yield from _inputs(tokens)


def _characters(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    for token in tokens:
        if not token.text.isascii():
            yield token.line, "a character that is not ASCII"
        if token.kind in (Kind.STRING, Kind.CHAR) and "\\x" in token.text:
            yield token.line, "a \\x escape"
        if token.kind is Kind.WORD and len(token.text) > LONGEST_NAME:
            yield token.line, f"a name longer than {LONGEST_NAME} characters"


def _directives(path: Path, words: list[Token]) -> Iterator[tuple[int, str]]:
    directives = [word for word in words if word.kind is Kind.DIRECTIVE]
    for word in directives:
        match = re.match(r"\s*#\s*(\w*)\s*(.*)", word.text, re.S)
        name, rest = (match[1], match[2]) if match else ("", "")
        if name not in DIRECTIVES:
            yield word.line, f"#{name} is not a directive of the subset"
        if name == "include" and not re.fullmatch(r"<SignalOS\\\w+\.mqh>\s*", rest):
            yield word.line, "an include is written <SignalOS\\Name.mqh>"
        parameters = re.match(r"\w+\(([^)]*)\)", rest)
        if name == "define" and parameters and parameters[1].count(",") >= MACRO_PARAMETERS:
            yield word.line, f"more than {MACRO_PARAMETERS} macro parameters"
    if path.suffix == ".mqh":
        guard = f"SIGNALOS_{path.stem.upper()}_MQH"
        heads = [" ".join(word.text.split()) for word in directives[:2]]
        if heads != [f"#ifndef {guard}", f"#define {guard}"]:
            yield 1, f"the guard {guard} comes first"


def _forbidden(words: list[Token], names: _Names) -> Iterator[tuple[int, str]]:
    known = names.builtin | names.functions | names.macros | _KEYWORDS | EVENTS | names.structs
    for i, word in enumerate(words):
        following = words[i + 1].text if i + 1 < len(words) else ""
        before = words[i - 1].text if i else ""
        if word.kind is Kind.WORD and word.text in _WORDS:
            yield word.line, f"{word.text} is outside the subset"
        elif word.text in _MARKS:
            yield word.line, f"{_MARKS[word.text]} is outside the subset"
        elif word.kind is Kind.COLOUR:
            yield word.line, "a colour literal is outside the subset"
        elif word.text == "enum" and following == "{":
            yield word.line, "an enum needs a name"
        elif word.text == "[" and before == "]":
            yield word.line, "an array has one dimension"
        elif word.text == "&" and before == "(" and following not in ("", "&"):
            yield word.line, "the address of a variable"
        elif word.text == "," and before == ")" and _inside_for_head(words, i):
            yield word.line, "the comma operator"
        elif _is_call(words, i) and word.text not in known | _SCALARS | names.enums:
            yield word.line, f"{word.text}() is neither MQL5 as we use it nor defined here"


def _is_call(words: list[Token], i: int) -> bool:
    if words[i].kind is not Kind.WORD or i + 1 >= len(words) or words[i + 1].text != "(":
        return False
    return words[i - 1].text != "." if i else True


def _inside_for_head(words: list[Token], i: int) -> bool:
    for j in range(i, -1, -1):
        if words[j].text in (";", "{", "}"):
            return words[j].text == ";" and _inside_for_head(words, j - 1) if j else False
        if words[j].text == "for":
            return True
    return False


def _declarations(words: list[Token], names: _Names) -> Iterator[tuple[int, str]]:
    types = _SCALARS | names.structs | names.enums
    for i, word in enumerate(words[:-3]):
        if word.text not in types or words[i - 1].text in (".", "struct", "class", "enum"):
            continue
        name, mark = words[i + 1], words[i + 2].text
        if name.text == "&" and words[i + 3].text == "=":
            yield word.line, "a reference variable"
        if name.kind is not Kind.WORD or mark != "[":
            continue
        end = closing(words, i + 2)
        if end + 1 < len(words) and words[end + 1].text == "," and not _in_parameters(words, i):
            yield word.line, "one array a declaration"


def _in_parameters(words: list[Token], i: int) -> bool:
    depth = 0
    for j in range(i, -1, -1):
        text = words[j].text
        depth += (text == ")") - (text == "(")
        if depth < 0:
            return True
        if text in (";", "{", "}") and depth == 0:
            return False
    return False


def _functions(words: list[Token]) -> Iterator[tuple[Token, str, list[Token], bool]]:
    """Return type, name and parameters of every function that is defined at the top level."""
    i = 0
    while i + 3 < len(words):
        if words[i].text == "{":
            i = closing(words, i) + 1
            continue
        kind, second = words[i], words[i + 1]
        reference = second.text == "&"
        name = words[i + 2] if reference else second
        at = i + 3 if reference else i + 2
        is_function = kind.kind is Kind.WORD and name.kind is Kind.WORD and words[at].text == "("
        if is_function:
            end = closing(words, at)
            if end + 1 < len(words) and words[end + 1].text == "{":
                yield kind, name.text, words[at + 1 : end], reference
                i = end
        i += 1


def _parameters(words: list[Token], names: _Names) -> Iterator[tuple[int, str]]:
    for kind, name, parameters, reference in _functions(words):
        if reference:
            yield kind.line, f"{name}: a function cannot return a reference"
        if kind.text in names.structs:
            yield kind.line, f"{name}: results that are structs go through a parameter"
        if name in names.builtin:
            yield kind.line, f"{name}: overloads a function of MQL5 (error 271)"
        for parameter in _split(parameters):
            yield from _parameter(name, parameter, names)


def _split(parameters: list[Token]) -> Iterator[list[Token]]:
    one: list[Token] = []
    for token in parameters:
        if token.text == ",":
            yield one
            one = []
        else:
            one.append(token)
    if one:
        yield one


def _parameter(function: str, parameter: list[Token], names: _Names) -> Iterator[tuple[int, str]]:
    texts = [token.text for token in parameter]
    const = texts[:1] == ["const"]
    kind = texts[1 if const else 0]
    by_reference, is_array = "&" in texts, "[" in texts
    line = parameter[0].line
    if is_array and not by_reference:
        yield line, f"{function}: an array parameter must be a reference (error 294)"
    if kind in names.structs and not by_reference:
        yield line, f"{function}: a struct parameter must be a reference (error 293)"
    if const and by_reference and not is_array and kind in _SCALARS | names.enums:
        yield line, f"{function}: scalars and strings go by value (error 200)"
    if "=" in texts and not re.fullmatch(r'-?[\d.]+|".*"|true|false|[A-Z_0-9]+', texts[-1]):
        yield line, f"{function}: a default argument is a literal"


def _members(words: list[Token]) -> Iterator[tuple[int, str]]:
    for i, word in enumerate(words[:-2]):
        if word.text == "struct" and words[i + 2].text == "{":
            body = words[i + 3 : closing(words, i + 2)]
            for token in body:
                if token.text in ("=", "(") and not token.blank:
                    yield token.line, f"struct {words[i + 1].text}: plain members only"


def _globals(words: list[Token], names: _Names) -> Iterator[tuple[int, str]]:
    """Global and static variables begin with literals."""
    constants = {name for body in (*ENUMS.values(), *FLAGS.values()) for name, _ in members(body)}
    depth = 0
    for i, word in enumerate(words):
        depth += (word.text == "{") - (word.text == "}")
        static = word.text == "static"
        if not (static or (depth == 0 and word.text in _SCALARS | names.structs)):
            continue
        value = _value(words, i)
        if any(token.text == "(" for token in value) or any(
            token.kind is Kind.WORD and not token.text.isupper() and token.text not in constants
            and token.text not in ("true", "false")
            for token in value
        ):  # fmt: skip
            yield word.line, "a global or static variable begins with a literal"


def _value(words: list[Token], i: int) -> list[Token]:
    """The tokens between = and ; of a declaration; nothing for a function."""
    for j in range(i, min(i + 6, len(words))):
        if words[j].text in ("(", ";", "{"):
            return []
        if words[j].text == "=":
            end = next((k for k in range(j, len(words)) if words[k].text == ";"), len(words))
            return words[j + 1 : end]
    return []


def _inputs(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    for i, token in enumerate(tokens):
        if token.text != "input":
            continue
        rest = "".join(t.text for t in tokens[i : i + 40]).partition("\n")[0]
        comment = rest.partition("//")[2].strip()
        if len(comment) > LONGEST_NAME:
            yield token.line, f"an input's comment is longer than {LONGEST_NAME} characters"
