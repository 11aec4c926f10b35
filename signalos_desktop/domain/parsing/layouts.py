"""Puts labels before their numbers where the layout has them behind (2341 SL) or above (tables)."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.numerals import readings
from signalos_desktop.domain.parsing.tokens import Token

_LEVELS: Final = frozenset({C.SL, C.STOP, C.TP})
_OUTCOMES: Final = _LEVELS | {C.UNKNOWN, C.GAIN, C.CHECK}
_COLUMNS: Final = frozenset(
    {C.ENTRY, C.SL, C.STOP, C.TP, C.META, C.LOT, C.RISK, C.REWARD, C.LEVERAGE, C.CONFIDENCE}
)
_PRICED_COLUMNS: Final = frozenset({C.ENTRY, C.SL, C.STOP, C.TP})
_TAKEN: Final = _LEVELS | {C.GAIN, C.HALF, C.THIRD, C.QUARTER, C.PARTIAL, C.BREAKEVEN, C.PERCENT}
_PARTS: Final = frozenset({C.HALF, C.THIRD, C.QUARTER, C.FRACTION, C.PARTIAL})
_NAMED: Final = _TAKEN | {C.PRICE, C.BUY, C.SELL}
_BOUND: Final = frozenset({C.SL, C.STOP, C.TP, C.COLON, C.EQUALS, C.DASH, C.INDEX, C.PLUS, C.SLASH})
_ENDS: Final = frozenset({C.NEWLINE, C.END, C.COMMA, C.AND})
_AMOUNTS: Final = frozenset({C.PRICE, C.PIPS})
_LOSSES: Final = frozenset(
    ("loss", "perda", "perdita", "perdida", "perte", "verlust", "verlies", "убыток", "zarar")
)
_SIDES: Final = frozenset({C.BUY, C.SELL})
_LEADERS: Final = frozenset({C.COLON, C.END, C.EQUALS, C.DASH, C.BAR})
_LEVEL_OF: Final = {C.RISK: C.SL, C.REWARD: C.TP}
_LONG: Final = 4  # digits and point of a number that may be a price
_POINTING: Final = frozenset({C.AT, C.COLON, C.EQUALS, C.ARROW})
_SIGNS: Final = frozenset(
    {C.COMMA, C.DASH, C.BAR, C.PAREN, C.CLOSING, C.CHECK, C.STOP_MARK, C.TARGET_MARK, C.COLON,
     C.ARROW, C.EQUALS, C.UP, C.DOWN, C.END, C.HASH}
)  # fmt: skip


def arrange(tokens: list[Token]) -> list[Token]:
    """The same tokens with every label before its number."""
    spoken = {token.concept for token in tokens}
    tokens = _sided(tokens, spoken)
    if C.RISK in spoken and not spoken & {C.SL, C.STOP}:
        tokens = _risked(tokens)
        spoken = {token.concept for token in tokens}
    if C.GAIN in spoken:
        tokens = _renamed(tokens)
    elif not spoken & _LEVELS:
        return tokens
    if C.PIPS in spoken:
        tokens = _named_behind(tokens)
    lines = _lines(tokens)
    _split_legend(lines)
    out: list[Token] = []
    columns = _legend(lines)
    for number, line in enumerate(lines):
        if not columns and not any(t.concept in _LEVELS for t in line):
            out += line
            continue
        plain = [t for t in line if t.concept not in _SIGNS]
        header = _header(plain)
        if header:
            columns = header
            continue
        following = lines[number + 1] if number + 1 < len(lines) else []
        row = _filled(line, columns) if columns and plain else line
        out += _turned(row, plain, following)
    return out


def _sided(tokens: list[Token], spoken: set[C]) -> list[Token]:
    """Words for a side that are none here."""
    if C.BUY in spoken and spoken & _TAKEN:
        tokens = _taken(tokens)
    if C.SELL in spoken and spoken & _PARTS:
        tokens = _sold(tokens)
    if C.SLASH in spoken and {C.BUY, C.SELL} <= spoken:
        tokens = _chosen(tokens)
    return tokens


def _renamed(tokens: list[Token]) -> list[Token]:
    """Beside a stop, "profit: 2660" is a target; "result: TP1" tells of one that was reached."""
    named = {t.concept for t in tokens}
    stopped = bool(named & {C.SL, C.STOP})
    out = list(tokens) if named & _LEVELS else _gains(tokens)
    for at, token in enumerate(tokens):
        if token.concept is not C.GAIN:
            continue
        after = [t.concept for t in tokens[at + 1 : at + 4] if t.concept is not C.INDEX][:2]
        bare = C.TP not in named and after[:1] == [C.PRICE]
        if token.text in _LOSSES:
            continue
        if stopped and (bare or (after[-1:] == [C.PRICE] and after[0] in _POINTING)):
            out[at] = token._replace(concept=C.TP)
        elif after[:1] == [C.COLON] and after[1:] and after[1] in _OUTCOMES:
            out[at] = token._replace(concept=C.RESULT)
    return out


def _named_behind(tokens: list[Token]) -> list[Token]:
    """ "80 pips SL, 160 pips TP": the label belongs before its distance."""
    out = list(tokens)
    for at in range(len(out) - 1):
        before = out[at - 1].concept if at else C.NEWLINE
        after = out[at + 2].concept if at + 2 < len(out) else C.NEWLINE
        behind = out[at].concept is C.PIPS and out[at + 1].concept in _LEVELS and after in _ENDS
        if behind and before not in _BOUND and out[at].text[0].isdigit():
            out[at], out[at + 1] = out[at + 1], out[at]
    return out


def _risked(tokens: list[Token]) -> list[Token]:
    """ "Risk 30 pips, reward 60 pips", "risk 2690": the stop where no other is named."""
    out = list(tokens)
    for at, (token, after) in enumerate(pairwise(tokens)):
        level = _LEVEL_OF.get(token.concept)
        if level and after.concept is C.PIPS and after.text[0].isdigit():
            out[at] = token._replace(concept=level)
        if token.concept is C.RISK and after.concept is C.NOISE and _beside(tokens, after.text):
            out[at : at + 2] = token._replace(concept=C.SL), after._replace(concept=C.PRICE)
    return out


def _beside(tokens: list[Token], raw: str) -> bool:
    """Whether a number is within a hundredth of a price of the message."""
    value = next(iter(readings(raw)), None)
    if value is None or len(raw) < _LONG:
        return False
    others = [p for t in tokens if t.concept is C.PRICE for p in readings(t.text)[:1]]
    return any(0 < abs(value - other) * 100 < other for other in others)


def _chosen(tokens: list[Token]) -> list[Token]:
    """ "Buy/Sell: SELL": a form's label and what was filled in."""
    out = list(tokens)
    for at, (one, sign, other) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if sign.concept is not C.SLASH or {one.concept, other.concept} != _SIDES:
            continue
        behind = at + 3
        while behind < len(tokens) and tokens[behind].concept in _LEADERS:
            behind += 1
        if behind > at + 3 and behind < len(tokens) and tokens[behind].concept in _SIDES:
            out[at : at + 3] = [t._replace(concept=C.KEY) for t in out[at : at + 3]]
    return out


def _gains(tokens: list[Token]) -> list[Token]:
    """ "Loss 4075 gain 4092": only both together are a stop and a target."""
    out = list(tokens)
    priced = [at for at, t in enumerate(tokens) if t.concept is C.GAIN and _valued(tokens, at)]
    losses = [at for at in priced if tokens[at].text in _LOSSES]
    if losses and len(losses) < len(priced):
        for at in priced:
            out[at] = tokens[at]._replace(concept=C.SL if at in losses else C.TP)
    return out


def _valued(tokens: list[Token], at: int) -> bool:
    after = [t.concept for t in tokens[at + 1 : at + 3]]
    return after[:1] == [C.PRICE] or (after[1:] == [C.PRICE] and after[0] in _POINTING)


def _sold(tokens: list[Token]) -> list[Token]:
    """ "Sell half of the position" takes a part of it."""
    return [
        token._replace(concept=C.TAKE)
        if token.concept is C.SELL and token.language == "en" and after.concept in _PARTS
        else token
        for token, after in zip(tokens, [*tokens[1:], tokens[-1]], strict=True)
    ]


def _taken(tokens: list[Token]) -> list[Token]:
    """Where verbs come last, "to buy" also is "to take": take the stop to 2650, take the half."""
    out: list[Token] = []
    object_of: C | None = None  # what the line names first: a level, a share, a price, a side
    for at, token in enumerate(tokens):
        after = tokens[at + 1].concept if at + 1 < len(tokens) else C.NEWLINE
        last = token.concept is C.BUY and token.language == "tr" and after in _ENDS
        if last and object_of in _TAKEN:
            level = object_of in _LEVELS or object_of is C.BREAKEVEN
            out.append(token._replace(concept=C.MOVE if level else C.TAKE))
            continue
        if token.concept is C.NEWLINE:
            object_of = None
        elif object_of is None and token.concept in _NAMED:
            object_of = token.concept
        out.append(token)
    return out


def _lines(tokens: list[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = [[]]
    for token in tokens:
        lines[-1].append(token)
        if token.concept is C.NEWLINE:
            lines.append([])
    return lines


def _split_legend(lines: list[list[Token]]) -> None:
    """Columns named behind the row, in parentheses, become a line of their own."""
    line = [t for t in lines[-1] if t.concept is not C.NEWLINE]
    at = next((n for n, t in enumerate(line) if t.concept is C.PAREN), 0)
    if at and _header([t for t in line[at:] if t.concept not in _SIGNS]):
        lines[-1:] = [line[:at], line[at:]]


def _legend(lines: list[list[Token]]) -> list[Token]:
    """A table's columns below its rows, in the last line: (entry | sl | tp)."""
    last = lines[-1] or lines[-2] if len(lines) > 1 else []
    signed = bool(last) and last[0].concept is C.PAREN
    return _header([t for t in last if t.concept not in _SIGNS]) if signed else []


def _header(plain: list[Token]) -> list[Token]:
    """The columns of a table's first line: labels only, at least a stop and two more."""
    found = [t for t in plain if t.concept in _COLUMNS]
    if len(found) < 2:
        return []
    plain = [t._replace(concept=C.ENTRY) if t.concept is C.OPEN else t for t in _unnumbered(plain)]
    found = [t for t in plain if t.concept in _COLUMNS]
    others = (
        {t.concept for t in plain}
        - _COLUMNS
        - ({C.BUY, C.SELL} if _either(plain) else set())
        - {C.KEY, C.SLASH, C.NEWLINE, C.INDEX, C.UNKNOWN, C.PIPS, C.TIMEFRAME, C.MARKET}
    )
    if len(found) < 3 or others or not any(t.concept in (C.SL, C.STOP) for t in found):
        return []
    return found


def _either(plain: list[Token]) -> bool:
    """The column "Buy/Sell"."""
    return any(
        {a.concept, b.concept} == {C.BUY, C.SELL} for a, b in zip(plain, plain[2:], strict=False)
    )


def _unnumbered(plain: list[Token]) -> list[Token]:
    """Without the 1, 2, 3 of the columns of entries, stops and targets."""
    kind = {
        t.start: before.concept
        for before, t in pairwise(plain)
        if t.concept is C.PRICE and before.concept in _PRICED_COLUMNS and len(t.text) == 1
    }
    numbered = [t for t in plain if t.start in kind]
    targets = [t.text for t in numbered if kind[t.start] is C.TP]
    counted = targets == [str(n + 1) for n in range(len(targets))]
    return [t for t in plain if t not in numbered] if counted else plain


def _filled(line: list[Token], columns: list[Token]) -> list[Token]:
    """A table's row with the column's label before each amount; other lines stay as they are."""
    amounts = [
        t
        for at, t in enumerate(line)
        if (t.concept in _AMOUNTS or t.concept is C.OPEN) and not _upper_bound(line, at)
    ]
    for more in (_counted, _at_market):
        if len(amounts) < len(columns):
            amounts = [t for t in line if t in amounts or more(t)]
    line = _typed(line)
    named = any(t.concept in _LEVELS for t in line)
    if len(amounts) != len(columns) or named:
        return line
    labels = iter(columns)
    out: list[Token] = []
    for token in line:
        if token not in amounts:
            out.append(token)
            continue
        label = next(labels)
        if _at_market(token):
            out.append(token)
            continue
        priced = label.concept in (C.ENTRY, C.SL, C.STOP, C.TP)
        out.append(label._replace(start=token.start, end=token.end))
        other = C.LEVERAGE if label.concept is C.LEVERAGE else C.NOISE
        out.append(token if priced else token._replace(concept=other))
    return out


def _typed(line: list[Token]) -> list[Token]:
    """The cell behind the side names the order's type: BUY | STOP."""
    plain = [t for t in line if t.concept not in _SIGNS and t.concept is not C.SLASH]
    types = [b for a, b in pairwise(plain) if a.concept in _SIDES and b.concept is C.STOP]
    return [t._replace(concept=C.STOP_ORDER) if t in types else t for t in line]


def _counted(token: Token) -> bool:
    """A number that is no price, such as the lots of a row."""
    return token.concept is C.NOISE and token.text.replace(".", "", 1).isdigit()


def _at_market(token: Token) -> bool:
    return token.concept in (C.MARKET, C.NOW)


def _upper_bound(line: list[Token], at: int) -> bool:
    """The second price of a zone in one cell: 199.40-199.60."""
    pair = [t.concept for t in line[max(0, at - 2) : at]]
    return len(pair) == 2 and pair[0] is C.PRICE and pair[1] in (C.DASH, C.TO, C.SLASH)


def _turned(line: list[Token], plain: list[Token], following: list[Token]) -> list[Token]:
    words = [t for t in plain if t.concept is not C.NEWLINE]
    last = next((t for t in reversed(words) if t.concept is not C.INDEX), None)
    if last is None or last.concept not in _LEVELS or _continued(following):
        return line
    labels = [at for at, t in enumerate(words) if t.concept in _LEVELS]
    if any(at == 0 or words[at - 1].concept not in _AMOUNTS for at in labels):
        return line
    amounts = sum(t.concept in _AMOUNTS for t in words)
    priced = any(t.concept is C.PRICE for t in words)
    headed = any(t.concept in (C.SYMBOL, C.BUY, C.SELL) for t in words)
    if any(t.concept is C.ARROW for t in line) or (headed and amounts <= len(labels) and priced):
        return line
    out = list(words)
    for at in labels:
        out[at - 1], out[at] = out[at], out[at - 1]
    return out + [t for t in line if t.concept is C.NEWLINE]


def _continued(following: list[Token]) -> bool:
    """Whether the next line only holds the amount of a label above it."""
    return (
        bool(following)
        and following[0].concept in _AMOUNTS
        and not any(t.concept in _LEVELS for t in following)
    )


def joined(tokens: list[Token], fits: Callable[[str], bool]) -> list[Token]:
    """Thousands written apart (64 250) as one number, where only the whole is a plausible price."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        if last and token.concept is C.PRICE and last.concept is C.PRICE and _apart(last, token):
            whole = last.text + token.text
            if fits(whole) and not fits(last.text) and not fits(token.text):
                out[-1] = last._replace(text=whole, end=token.end)
                continue
        out.append(token)
    return out


def _apart(left: Token, right: Token) -> bool:
    head = right.text.partition(".")[0]
    return (
        right.start - left.end == 1
        and left.text.isdigit()
        and len(left.text) < 4
        and head.isdigit()
        and len(head) == 3
    )
