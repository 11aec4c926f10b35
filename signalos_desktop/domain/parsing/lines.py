"""What kind of line it is, by the concepts on it: a further order, chat, a count."""

from typing import Final

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.tokens import Token

SILENT: Final = frozenset(
    {C.DASH, C.COLON, C.COMMA, C.SLASH, C.BAR, C.ARROW, C.NEWLINE, C.END, C.DOLLAR, C.PAREN,
     C.CLOSING, C.EQUALS, C.AT, C.CHECK, C.HASH, C.UP, C.DOWN, C.TO, C.AND, C.PLUS}
)  # fmt: skip

HEAD: Final = frozenset(
    {C.SYMBOL, C.BUY, C.SELL, C.BUYING, C.SELLING, C.NOW, C.MARKET, C.LIMIT, C.STOP_ORDER, C.AT,
     C.FROM, C.ABOVE, C.BELOW, C.DASH, C.COLON, C.COMMA, C.SLASH, C.BAR, C.ARROW, C.NEWLINE, C.END,
     C.UP, C.DOWN, C.INDEX, C.DOLLAR, C.PAREN, C.CLOSING, C.EQUALS, C.TIMEFRAME, C.KEY, C.CHECK,
     C.HASH, C.THE, C.LEVERAGE, C.AND, C.REST, C.STOP}
)  # fmt: skip
ENTRANCES: Final = (
    "entr", "ent", "enter", "open", "price", "einst", "eing", "instap", "ingres", "giri", "вход",
    "wej", "masuk", "دخول", "ورود",
)  # fmt: skip
_RESTARTS: Final = frozenset(
    {C.SL, C.TP, C.STOP, C.ENTRY, C.SYMBOL, C.BUY, C.SELL, C.BUYING, C.SELLING, C.TAKE,
     C.TARGET_MARK, C.STOP_MARK}
)  # fmt: skip
_CONTINUING: Final = SILENT | {
    C.PRICE, C.INDEX, C.OPEN, C.TP_OPEN, C.PIPS, C.PERCENT, C.RATIO, C.OR, C.REST, C.FROM,
    C.ABOVE, C.BELOW, C.NOW, C.LIMIT, C.STOP_ORDER, C.MARKET,
}  # fmt: skip
COUNTED: Final = frozenset({C.UNKNOWN, C.KEY, C.LOT, C.TIMEFRAME, C.ME, C.PROMO, C.VIEW})
_FULL: Final = 4  # digits
_TOLD: Final = frozenset({C.RESULT, C.GAIN})
_MANAGED: Final = frozenset({C.MOVE, C.BREAKEVEN, C.AFTER, C.IF, C.CLOSE, C.NEW})
_NUMBERED: Final = ([C.ENTRY], [C.KEY], [C.LIMIT])


def worded(tokens: list[Token]) -> bool:
    """A line with words or units before any label: its numbers continue no list of targets."""
    strange, inside, first = False, False, tokens[0]
    if first.concept in _RESTARTS:
        return False
    counting = first.concept is C.PRICE and short(first)
    for token in tokens:
        if inside or token.concept is C.PAREN:  # a remark: 2660 (scalp)
            inside = token.concept is not C.CLOSING
            continue
        if token.concept in _RESTARTS or (token.concept in _TOLD and not counting):
            return False
        if strange and token.concept is C.PRICE:
            return True
        strange = strange or token.concept not in _CONTINUING
    return strange and first.concept in (C.PRICE, C.OPEN, C.INDEX)


def short(token: Token) -> bool:
    """A number without the digits of a full price."""
    return token.text.isdigit() and len(token.text) < _FULL


def tallied(following: list[Token]) -> bool:
    """ "Win streak 12": a count, not the end of a trade."""
    return [t.concept for t in following] in ([C.UNKNOWN, C.PRICE], [C.UNKNOWN, C.INDEX])


def numbered_order(tokens: list[Token]) -> bool:
    """ "2) 2706 SL 2714 TP 2690", "2706: SL 2714 TP 2690": a stop and a target of its own."""
    concepts = [t.concept for t in tokens if t.concept not in SILENT]
    if concepts[:1] in _NUMBERED:
        del concepts[0]
    levelled = C.TP in concepts and (C.SL in concepts or C.STOP in concepts)
    headed = concepts[:2] == [C.INDEX, C.PRICE] or (
        concepts[:1] == [C.PRICE] and concepts[1:2] in ([C.SL], [C.STOP])
    )
    return headed and levelled and not _MANAGED & {*concepts}
