"""MQL5 finds a function wherever it is defined; for C++ declarations are put ahead."""

from __future__ import annotations

from dataclasses import dataclass

from tests.ea_sim.tokens import Kind, Token, closing, read_tokens, word_list

_NOT_A_TYPE = frozenset(word_list("else return case new delete goto struct class enum typedef"))


@dataclass(frozen=True, slots=True)
class _Function:
    start: int
    opening: int
    end: int

    def header(self, tokens: list[Token]) -> str:
        return "".join(t.text for t in tokens[self.start : self.end + 1] if not _line_mark(t))


def _line_mark(token: Token) -> bool:
    return token.kind is Kind.DIRECTIVE


def declare_ahead(body: str) -> str:
    """The C++ text with all its functions declared before the first one, defaults included."""
    tokens = read_tokens(body)
    functions = _functions(tokens)
    if not functions:
        return body
    ahead = " ".join(f"{function.header(tokens)};" for function in functions)
    first = functions[0]
    line = f"\n{_place(tokens, first.start)}\n"
    texts = [token.text for token in tokens]
    for function in functions:
        for i in _defaults(tokens, function):
            texts[i] = ""
    return "".join(texts[: first.start]) + ahead + line + "".join(texts[first.start :])


def _place(tokens: list[Token], i: int) -> str:
    """The #line directive that is true for a token."""
    for mark in reversed(tokens[:i]):
        words = mark.text.split(maxsplit=2)
        if _line_mark(mark) and words[0] == "#line":
            ahead = tokens[i].line - mark.line - 1
            return f"#line {int(words[1]) + ahead} {words[2]}"
    return "#line 1"


def _functions(tokens: list[Token]) -> list[_Function]:
    """Definitions at the top level: `T name(...) {`, not those of classes."""
    found: list[_Function] = []
    i = 0
    while i < len(tokens):
        if tokens[i].text == "{":
            i = closing(tokens, i) + 1
            continue
        function = _function_at(tokens, i)
        if function:
            found.append(function)
            i = function.end
        i += 1
    return found


def _function_at(tokens: list[Token], i: int) -> _Function | None:
    if tokens[i].text != "(" or i == 0:
        return None
    name = _back(tokens, i)
    kind = _back(tokens, name) if name is not None else None
    if kind is not None and tokens[kind].text == "*":
        kind = _back(tokens, kind)
        # A `char *` is no MQL5: it is of this translation's own making.
        if kind is None or tokens[kind].text == "char":
            return None
    if name is None or kind is None or tokens[name].kind is not Kind.WORD:
        return None
    if tokens[kind].kind is not Kind.WORD or tokens[kind].text in _NOT_A_TYPE:
        return None
    end = closing(tokens, i)
    after = end + 1
    while after < len(tokens) and tokens[after].blank:
        after += 1
    if after >= len(tokens) or tokens[after].text != "{":
        return None
    const = _back(tokens, kind)
    start = const if const is not None and tokens[const].text in ("const", "static") else kind
    return _Function(_template(tokens, start), i, end)


def _template(tokens: list[Token], start: int) -> int:
    """Where `template<...>` in front of a function begins; the function itself if it is none."""
    i = _back(tokens, start)
    if i is None or tokens[i].text != ">":
        return start
    while i is not None and tokens[i].text != "template":
        i = _back(tokens, i)
    return start if i is None else i


def _back(tokens: list[Token], i: int) -> int | None:
    while i > 0:
        i -= 1
        if not tokens[i].blank:
            return i
    return None


def _defaults(tokens: list[Token], function: _Function) -> list[int]:
    """Tokens of the default arguments, which may stand in the declaration alone."""
    inside: list[int] = []
    dropping, depth = False, 0
    for i in range(function.opening + 1, function.end):
        text = tokens[i].text
        depth += (text in "([{") - (text in ")]}") if text else 0
        if text == "=" and depth == 0:
            dropping = True
        elif text == "," and depth == 0:
            dropping = False
        if dropping:
            inside.append(i)
    return inside
