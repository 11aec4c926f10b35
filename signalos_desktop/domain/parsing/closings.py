"""Reads closing, taking part of a position off the table, and cancelling what is pending."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from signalos_desktop.domain.parsing.clauses import Clause, mask
from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.numerals import readings
from signalos_desktop.domain.parsing.tokens import Token
from signalos_desktop.domain.signal import ActionKind

ENDING: Final = frozenset({C.CLOSE, C.TAKE, C.REDUCE})
_PARTS: Final = {C.HALF: "0.5", C.THIRD: "0.3333", C.QUARTER: "0.25"}
_TWO_THIRDS: Final = Decimal("0.6667")
_SEVERAL: Final = {
    **dict.fromkeys(("two", "2", "zwei", "deux", "dos", "due", "dois", "les"), _TWO_THIRDS),
    **dict.fromkeys(("three", "3", "drei"), Decimal("0.75")),
}
_HALVING: Final = (
    "half off",
    "take half off",
    "halve",
    "cut in half",
    "halbier",
    "dimezza",
    "yariya",
)
_OFFERED: Final = mask(C.PROMO, C.RISK, C.META, C.LOT)  # half off a price, a size, a risk
_SHARES: Final = frozenset({*_PARTS, C.PERCENT, C.FRACTION, C.PARTIAL})
_NOT_BEFORE_CLOSE: Final = frozenset(
    {
        C.CANDLE,
        C.TIMEFRAME,
        C.MARKET,
        C.READY,
        C.NOT,
        C.ASK,
        C.ME,
        C.VIEW,
        C.PAST,
        C.IF,
        C.CLOSE,
        C.TO,
        C.META,
    }
)
_OBJECTS: Final = frozenset(
    {
        C.ALL,
        C.HALF,
        C.PERCENT,
        C.FRACTION,
        C.SYMBOL,
        C.THE,
        C.NOW,
        C.KEY,
        C.BUY,
        C.SELL,
        C.BUYS,
        C.SELLS,
        C.PARTIAL,
    }
)
_PERCENT_WORDS: Final = frozenset({"percent", "percentage", "pct", "%"})
_WHOLE: Final = frozenset(
    ("full", "fully", "whole", "entire", "komplett", "toute", "toda", "tutta")
)
_PLURALS: Final = frozenset(("trades", "positions", "orders", "account"))
_NOTHING: Final = Token(C.NEWLINE, "", 0, 0, False)
_LOOSE: Final = frozenset(("pull", "drop", "yank", "scratch", "nuke"))  # of orders only
_ORDERED: Final = mask(C.LIMIT, C.STOP, C.STOP_ORDER, C.KEY)
_CELLS: Final = frozenset({C.COMMA, C.BAR})
_DONE: Final = mask(C.PRICE, C.RESULT, C.PROMO)
_ENDS: Final = mask(*ENDING)
_PARTED: Final = mask(*_SHARES)
_PARTING: Final = frozenset({C.TP, C.PARTIAL, C.MOVE})
_TAKING: Final = mask(*_PARTING)
_VERB_LAST: Final = frozenset({"ja", "ko"})
_NOT_AFTER_CLOSE: Final = frozenset({C.ABOVE, C.BELOW, C.TO, C.PRICE, C.COLON, C.EQUALS})


@dataclass(slots=True)
class Step:
    """One action of a clause with the tokens it was read from."""

    kind: ActionKind
    tokens: list[Token] = field(default_factory=list)
    fraction: Decimal | None = None
    prices: list[Token] = field(default_factory=list)
    index: int | None = None
    explicit: bool = True  # a verb says so, not only a bare new level


def closing_steps(clause: Clause) -> list[Step]:
    """Closing, wholly or in part; none if the clause orders neither."""
    tokens = clause.tokens
    if not clause.has & _ENDS and not (clause.has & _TAKING and clause.has & _PARTED):
        return []
    if clause.has & mask(C.REDUCE) and _offered(clause):
        return []
    for at, token in enumerate(tokens):
        share = None
        if token.concept in ENDING and _imperative(tokens, at):
            share = _share(tokens, at)
            if share is None and token.concept is C.CLOSE:
                if _pending(clause):
                    return []
                every = _every(clause)
                return [Step(ActionKind.CLOSE_ALL if every else ActionKind.CLOSE, [token])]
        elif token.concept in _PARTING:
            share = _share_beside(clause, at)
        if share is not None:
            return [Step(ActionKind.CLOSE_PARTIAL, [token, share], _fraction_of(share))]
    return []


def _offered(clause: Clause) -> bool:
    """ "Half off all memberships", "halve your risk": nothing of a position."""
    at = clause.index(C.REDUCE)
    if not clause.tokens[at].text.startswith(_HALVING):
        return False
    strange = any(t.concept is C.UNKNOWN for t in clause.tokens[at + 1 : at + 3])
    return strange or bool(clause.has & _OFFERED)


def _every(clause: Clause) -> bool:
    """All trades, not "the full trade"."""
    if clause.has & mask(C.REST):
        return False
    return any(
        token.concept is C.ALL and (token.text not in _WHOLE or after.text in _PLURALS)
        for token, after in zip(clause.tokens, [*clause.tokens[1:], _NOTHING], strict=True)
    )


def _pending(clause: Clause) -> bool:
    """ "Kill the EURJPY pending" closes nothing."""
    named = any("pending" in t.text for t in clause.tokens if t.concept is C.KEY)
    return named and not clause.has & mask(C.CANCEL)


def _share_beside(clause: Clause, at: int) -> Token | None:
    """The share beside a word that closes only together with one: "TP half", "Hälfte sichern"."""
    tokens, token = clause.tokens, clause.tokens[at]
    if token.concept is C.PARTIAL and at == 1 and tokens[0].concept is C.SLASH:
        return _share(tokens, at)  # the command /partial
    if clause.has & _DONE:
        return None
    locking = token.text == "lock"  # "lock 25 % of it"
    if token.concept is C.MOVE and not locking and token.language == "en":
        return None
    if token.concept is C.MOVE and _destined(tokens, at):
        return None
    last = (token.concept is C.MOVE and not locking) or token.language in _VERB_LAST
    beside = tokens[max(0, at - 1) : at] if last else tokens[at + 1 : at + 2]
    return next((t for t in beside if t.concept in _SHARES), None)


def _destined(tokens: list[Token], at: int) -> bool:
    """Behind the verb the place where a level goes: "move half the stops to entry"."""
    return any(t.concept in (C.TO, C.BREAKEVEN, C.SL, C.STOP) for t in tokens[at + 1 : at + 4])


def _imperative(tokens: list[Token], at: int) -> bool:
    before = tokens[at - 1].concept if at else C.NEWLINE
    if before is C.META and at > 1 and tokens[at - 2].concept in _SHARES:
        before = C.PERCENT  # "30 % of the volume take off", verb last
    after = tokens[at + 1].concept if at + 1 < len(tokens) else C.NEWLINE
    headed = tokens[at].concept is C.REDUCE and after is C.COLON
    if before in _NOT_BEFORE_CLOSE or (after in _NOT_AFTER_CLOSE and not headed):
        return False
    if before in _CELLS and after in _CELLS:
        return False  # the head of a table's column
    if after is C.THE and [t.concept for t in tokens[at + 2 : at + 3]] == [C.UNKNOWN]:
        return False  # "close the week"
    verb_last = at + 1 == len(tokens) and tokens[at].language != "en"
    return before is not C.UNKNOWN or after in _OBJECTS or verb_last


def _share(tokens: list[Token], at: int) -> Token | None:
    """The share to close: before any word for the rest of the position."""
    for token in tokens[at + 1 :]:
        if token.concept is C.REST:
            break
        if token.concept in _SHARES and token.text not in _PERCENT_WORDS:
            return token
    if not any(t.concept is C.REST for t in (*tokens[:at], *_following(tokens, at))):
        for token in tokens[max(0, at - 6) : at]:
            if token.concept in _SHARES:
                return token
    return tokens[at] if tokens[at].concept is C.REDUCE else None


def _following(tokens: list[Token], at: int) -> list[Token]:
    """The next word that is no "the": in "close the rest" it is the rest."""
    return [t for t in tokens[at + 1 : at + 3] if t.concept is not C.THE][:1]


def _fraction_of(token: Token) -> Decimal | None:
    if token.concept is C.REDUCE and token.text.startswith(_HALVING):
        return Decimal("0.5")
    if token.concept in _PARTS:
        several = _SEVERAL.get(token.text.split(" ")[0]) if " " in token.text else None
        return several or Decimal(_PARTS[token.concept])
    if token.concept is C.PERCENT:
        value = next(iter(readings(token.text)), Decimal(0)) / 100
        return value if 0 < value <= 1 else None
    if token.concept is C.FRACTION:
        top, bottom = token.text.split("/")
        return (Decimal(top) / Decimal(bottom)).quantize(Decimal("0.0001"))
    return None


def cancelling_steps(clause: Clause, closing: bool) -> list[Step]:
    tokens = clause.tokens
    at = clause.index(C.CANCEL)
    loose = at < len(tokens) and tokens[at].text.split(" ")[0] in _LOOSE
    if loose and not clause.has & _ORDERED:
        return []
    if at < len(tokens) and (at == 0 or tokens[at - 1].concept not in (C.TO, C.READY, C.ME)):
        return [Step(ActionKind.CANCEL_PENDING, [tokens[at]])]
    closed = clause.index(C.CLOSE)
    if _pending(clause) and not closing and closed < len(tokens) and _imperative(tokens, closed):
        return [Step(ActionKind.CANCEL_PENDING, [tokens[closed]])]
    at = clause.index(C.CANCELLED)
    if at < len(tokens) and not closing and not clause.has & mask(C.PRICE, C.PIPS):
        return [Step(ActionKind.CANCEL_PENDING, [tokens[at]])]
    return []
