"""Marks what only looks like an order: a terminal's report, a recap's table, a quoted message."""

from typing import Final

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.tokens import Token

_CALLED: Final = {"buyers": C.BUYS, "sellers": C.SELLS, "käufer": C.BUYS, "verkäufer": C.SELLS}
_TICKETED: Final = frozenset({"order", "deal", "position", "trade", "ticket"})
_REPORTED: Final = frozenset({C.CANCELLED, C.MOVED, C.RESULT, C.BOUGHT, C.GAIN})
_OUTCOMES: Final = frozenset({C.CLOSE, C.GAIN, C.RESULT, C.PIPS})
_LEVELS: Final = frozenset({C.SL, C.STOP, C.TP})
_SIDES: Final = frozenset({C.BUY, C.SELL})
_COLUMNED: Final = frozenset({C.COMMA, C.BAR, C.END, C.SLASH})
_MANAGING: Final = frozenset(
    {C.MOVE, C.CLOSE, C.CANCEL, C.TAKE, C.REDUCE, C.BREAKEVEN, C.NEW, C.MOVED, C.CANCELLED}
)
_TICKET_DIGITS: Final = 4


def unquoted(text: str) -> str:
    """The text without the lines it quotes (> ...), if it begins with them and goes on."""
    if not text.lstrip().startswith(">"):
        return text
    lines = text.rstrip().splitlines(keepends=True)
    quoted = [line.lstrip().startswith(">") for line in lines]
    if quoted[-1]:
        return text
    return "".join(
        " " * (len(line) - 1) + line[-1] if said else line
        for line, said in zip(lines, quoted, strict=True)
    )


def marked(tokens: list[Token]) -> list[Token]:
    """The same tokens; lines of reports and recaps begin with a word for a result."""
    spoken = {token.concept for token in tokens}
    if C.VIEW in spoken and C.COLON in spoken:
        tokens = _called(tokens)
    if not spoken & _SIDES:
        return _singular(tokens, spoken) if spoken & {C.BUYS, C.SELLS} else tokens
    if C.KEY not in spoken or not spoken & (_REPORTED | _OUTCOMES):
        return tokens
    out: list[Token] = []
    line: list[Token] = []
    recap = False
    for token in [*tokens, tokens[-1]._replace(concept=C.NEWLINE, text="")]:
        if token.concept is not C.NEWLINE:
            line.append(token)
            continue
        told = _ticketed(line) or (recap and any(t.concept in _SIDES for t in line))
        recap = recap or _recap(line)
        if told:
            line[0] = line[0]._replace(concept=C.RESULT)
        out += line
        if token.text:
            out.append(token)
        line = []
    return out


def _called(tokens: list[Token]) -> list[Token]:
    """ "Gold buyers: SL to entry" calls on those who hold the trade."""
    return [
        token._replace(concept=_CALLED[token.text])
        if token.text in _CALLED and after.concept is C.COLON
        else token
        for token, after in zip(tokens, [*tokens[1:], tokens[-1]], strict=True)
    ]


def _ticketed(line: list[Token]) -> bool:
    """ "Order #5521 ... cancelled", "event: sl moved": what became of a ticket."""
    words = [t for t in line if t.concept is not C.HASH][:2]
    if words and words[0].text == "event":
        return any(t.concept in _REPORTED for t in line)
    if len(words) < 2 or words[0].text not in _TICKETED or not words[1].text.isdigit():
        return False
    return len(words[1].text) >= _TICKET_DIGITS and any(t.concept in _REPORTED for t in line)


def _recap(line: list[Token]) -> bool:
    """A table's head with a column for the outcome and none for a stop."""
    concepts = {t.concept for t in line}
    headed = len(concepts & _COLUMNED) == 1 and C.KEY in concepts and C.PRICE not in concepts
    named = concepts & (_LEVELS | _SIDES | {C.SYMBOL, C.COLON})
    return headed and bool(concepts & _OUTCOMES) and not named


def _singular(tokens: list[Token], spoken: set[C]) -> list[Token]:
    """ "Gold longs from 4061, stop 4054, TP 4070": the plural of a side that opens a trade."""
    planned = C.TP in spoken and bool(spoken & {C.SL, C.STOP}) and C.SYMBOL in spoken
    if not planned or spoken & _MANAGING:
        return tokens
    sides = {C.BUYS: C.BUY, C.SELLS: C.SELL}
    return [t._replace(concept=sides.get(t.concept, t.concept)) for t in tokens]
