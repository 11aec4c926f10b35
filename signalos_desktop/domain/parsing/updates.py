"""Reads instructions about existing trades: close, cancel, breakeven, new stop or targets."""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Final

from signalos_desktop.domain.parsing.clauses import Clause, mask
from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.drafts import Draft
from signalos_desktop.domain.parsing.instruments import Scale
from signalos_desktop.domain.parsing.numerals import readings
from signalos_desktop.domain.parsing.orders import SIDE_OF
from signalos_desktop.domain.parsing.prices import on_scale
from signalos_desktop.domain.parsing.tokens import Token
from signalos_desktop.domain.signal import Action, ActionKind
from signalos_desktop.domain.values import Side

_BARRED: Final = mask(C.IF, C.READY, C.ASK, C.LESSON, C.MACHINE)
_ACTING: Final = (
    C.CLOSE,
    C.CANCEL,
    C.CANCELLED,
    C.TAKE,
    C.REDUCE,
    C.MOVE,
    C.MOVED,
    C.SL,
    C.STOP,
    C.TP,
    C.BREAKEVEN,
)
_VERBAL: Final = mask(
    C.CLOSE,
    C.CANCEL,
    C.CANCELLED,
    C.TAKE,
    C.REDUCE,
    C.MOVE,
    C.MOVED,
    C.BREAKEVEN,
    C.SL,
    C.STOP,
    C.TP,
    C.PARTIAL,
)
_ENDING: Final = frozenset({C.CLOSE, C.TAKE, C.REDUCE})
_PARTS: Final = {C.HALF: "0.5", C.THIRD: "0.3333", C.QUARTER: "0.25"}
_TELLERS: Final = frozenset({C.UNKNOWN, C.VIEW, C.PROMO})
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
_PERCENT_WORDS: Final = frozenset({"percent", "percentage", "pct"})
_JOINTS: Final = frozenset({C.AND, C.COMMA, C.SLASH, C.PLUS})
_CELLS: Final = frozenset({C.COMMA, C.BAR})
_DONE: Final = mask(C.PRICE, C.RESULT)
_ENDS: Final = mask(*_ENDING)
_PARTED: Final = mask(*_SHARES)
_TAKING: Final = mask(C.TP, C.PARTIAL)
_RENEWING: Final = mask(C.MOVE, C.MOVED, C.NEW, C.TO, C.NOW, C.BREAKEVEN, C.ENTRY)
_VERB_LAST: Final = frozenset({"ja", "ko"})
_NOT_AFTER_CLOSE: Final = frozenset({C.ABOVE, C.BELOW, C.TO, C.PRICE, C.COLON, C.EQUALS})
_SIDES: Final = frozenset({C.BUY, C.SELL, C.BUYS, C.SELLS})


@dataclass(slots=True)
class Step:
    """One action of a clause with the tokens it was read from."""

    kind: ActionKind
    tokens: list[Token] = field(default_factory=list)
    fraction: Decimal | None = None
    prices: list[Token] = field(default_factory=list)
    index: int | None = None
    explicit: bool = True  # a verb says so, not only a bare new level


def steps_in(clause: Clause, *, advice: bool = False) -> list[Step]:
    """The actions a clause orders; none if it asks, denies, warns or tells of conditions."""
    if not clause.has & _VERBAL or clause.has & _BARRED or clause.end is C.QUESTION:
        return []
    if clause.has & mask(C.NOT) and clause.index(C.NOT) < clause.index(*_ACTING):
        return []
    if _conditional(clause) or _told(clause):
        return []
    steps = _closing(clause)
    steps += _cancelling(clause, bool(steps))
    return steps + _levels(clause, bool(steps))


def _conditional(clause: Clause) -> bool:
    """After TP1, once in profit: advice for later. "Before the news" is a mere reason."""
    for at, token in enumerate(clause.tokens):
        if token.concept is C.AFTER:
            near = clause.tokens[at + 1 : at + 4]
            if " " in token.text or any(
                t.concept in (C.TP, C.RESULT, C.PIPS, C.SL, C.GAIN) for t in near
            ):
                return True
    return False


def _told(clause: Clause) -> bool:
    """A first person telling what he did: "I moved my stop", "I will close"."""
    return clause.tokens[0].concept is C.ME


def _closing(clause: Clause) -> list[Step]:
    tokens = clause.tokens
    if not clause.has & _ENDS and not (clause.has & _TAKING and clause.has & _PARTED):
        return []
    for at, token in enumerate(tokens):
        if token.concept in _ENDING and _imperative(tokens, at):
            share = _share(tokens, at)
            if share is not None:
                return [Step(ActionKind.CLOSE_PARTIAL, [token, share], _fraction_of(share))]
            if token.concept is C.CLOSE:
                every = clause.has & mask(C.ALL) and not clause.has & mask(C.REST)
                return [Step(ActionKind.CLOSE_ALL if every else ActionKind.CLOSE, [token])]
        taken = token.concept in (C.TP, C.PARTIAL) and not clause.has & _DONE
        beside = tokens[at - 1 : at] if token.language in _VERB_LAST else tokens[at + 1 : at + 2]
        if taken and beside and beside[0].concept in _SHARES:
            return [Step(ActionKind.CLOSE_PARTIAL, [token, *beside], _fraction_of(beside[0]))]
    return []


def _imperative(tokens: list[Token], at: int) -> bool:
    before = tokens[at - 1].concept if at else C.NEWLINE
    after = tokens[at + 1].concept if at + 1 < len(tokens) else C.NEWLINE
    headed = tokens[at].concept is C.REDUCE and after is C.COLON
    if before in _NOT_BEFORE_CLOSE or (after in _NOT_AFTER_CLOSE and not headed):
        return False
    if before in _CELLS and after in _CELLS:
        return False  # the head of a table's column
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
    if token.concept in _PARTS:
        return Decimal(_PARTS[token.concept])
    if token.concept is C.PERCENT:
        value = next(iter(readings(token.text)), Decimal(0)) / 100
        return value if 0 < value <= 1 else None
    if token.concept is C.FRACTION:
        top, bottom = token.text.split("/")
        return (Decimal(top) / Decimal(bottom)).quantize(Decimal("0.0001"))
    return None


def _cancelling(clause: Clause, closing: bool) -> list[Step]:
    tokens = clause.tokens
    at = clause.index(C.CANCEL)
    if at < len(tokens) and (at == 0 or tokens[at - 1].concept not in (C.TO, C.READY, C.ME)):
        return [Step(ActionKind.CANCEL_PENDING, [tokens[at]])]
    at = clause.index(C.CANCELLED)
    if at < len(tokens) and not closing and not clause.has & mask(C.PRICE, C.PIPS):
        return [Step(ActionKind.CANCEL_PENDING, [tokens[at]])]
    return []


def _levels(clause: Clause, after_close: bool) -> list[Step]:
    """New stops and targets, each labelled: move SL to 2348, stop to BE, TP2 moved to 4210."""
    tokens, steps = clause.tokens, []
    if not (after_close or clause.has & _RENEWING or tokens[0].concept is C.SLASH):
        return []
    if _retold(tokens):
        return []
    changing = bool(clause.has & mask(C.MOVE, C.MOVED)) or _commanded(tokens)
    labels = [
        at
        for at, t in enumerate(tokens)
        if t.concept in (C.SL, C.TP) or (t.concept is C.STOP and not _order_type(tokens, at))
    ]
    viewed = clause.index(C.VIEW)
    for number, at in enumerate(labels):
        end = labels[number + 1] if number + 1 < len(labels) else len(tokens)
        fresh = any(t.concept is C.NEW for t in tokens[max(0, at - 2) : at])
        stated = after_close and _beside_close(clause, at)
        step = None if viewed < at else _level(tokens, at, end, changing or fresh or stated)
        if step:
            steps.append(step)
    if not steps and clause.has & mask(C.BREAKEVEN) and not clause.has & mask(C.PRICE):
        steps += _breakeven(clause, after_close)
    return steps


def _beside_close(clause: Clause, at: int) -> bool:
    """ "Take half here, SL 2345": the stop of what is left."""
    behind = clause.index(*_ENDING) < at and clause.tokens[at].concept is not C.TP
    return behind and not clause.has & mask(C.BUY, C.SELL)


def _commanded(tokens: list[Token]) -> bool:
    """A command such as /sl 2655."""
    return tokens[0].concept is C.SLASH and tokens[1:2] != [] and tokens[1].concept in (C.SL, C.TP)


def _retold(tokens: list[Token]) -> bool:
    """A tale of who moved a level, not an order to do so: "banks raise their target"."""
    return any(
        token.concept is C.MOVE and token.language == "en" and before.concept in _TELLERS
        for before, token in pairwise(tokens)
    )


def _order_type(tokens: list[Token], at: int) -> bool:
    """Whether this "stop" is the stop of "buy stop"."""
    return at > 0 and tokens[at - 1].concept in (C.BUY, C.SELL)


def _breakeven(clause: Clause, after_close: bool) -> list[Step]:
    """Breakeven without a word for the stop: "set breakeven", "BE now", "go risk free"."""
    at = clause.index(C.BREAKEVEN)
    others = clause.has & ~mask(
        C.BREAKEVEN,
        C.SYMBOL,
        C.BUY,
        C.SELL,
        C.NOW,
        C.COLON,
        C.THE,
        C.KEY,
        C.AND,
        C.COMMA,
        C.SLASH,
        C.DASH,
        C.BAR,
        C.TAKE,
        C.AT,
        C.TO,
    )
    told = clause.has & mask(C.RESULT, C.GAIN, C.BOUGHT, C.PAST)
    if (
        clause.has & mask(C.MOVE, C.MOVED)
        or after_close
        or (not others and len(clause.tokens) > 1 and not told)
    ):
        return [Step(ActionKind.BREAKEVEN, [clause.tokens[at]])]
    return []


def _level(tokens: list[Token], at: int, end: int, changing: bool) -> Step | None:
    label, body = tokens[at], tokens[at + 1 : end]
    if not changing and any(t.concept is C.RESULT for t in body):
        return None
    index = next((int(t.text) for t in body[:1] if t.concept is C.INDEX), None)
    if label.concept is not C.TP and _to_entry(body, changing):
        return Step(ActionKind.BREAKEVEN, [label])
    cut = next((n for n, t in enumerate(body) if t.concept is C.NOT), len(body))
    prices = [t for t in body[:cut] if t.concept is C.PRICE]
    fresh = any(t.concept in (C.TO, C.NOW, C.MOVED, C.NEW) for t in body)
    if not prices or not (changing or fresh):
        return None
    if label.concept is C.TP:
        return Step(ActionKind.MODIFY_TP, [label], prices=prices, index=index, explicit=changing)
    return Step(ActionKind.MODIFY_SL, [label], prices=prices[:1], explicit=changing)


def _to_entry(body: list[Token], changing: bool) -> bool:
    for at, token in enumerate(body):
        if token.concept is C.BREAKEVEN:
            return True
        if token.concept is C.ENTRY and not any(t.concept is C.PRICE for t in body):
            return changing or any(t.concept in (C.TO, C.AT, C.ARROW, C.NOW) for t in body[:at])
    return False


def action_of(step: Step, symbol: str | None, side: Side | None, scale: Scale) -> Action:
    """The action of a step with the filters the message names."""
    prices = tuple(p for t in step.prices if (p := _price(t, scale)) is not None)
    single = prices[0] if prices and step.kind is ActionKind.MODIFY_SL else None
    several = prices if step.kind is ActionKind.MODIFY_TP else ()
    return Action(step.kind, symbol, side, step.fraction, single, several, step.index)


def _price(token: Token, scale: Scale) -> Decimal | None:
    return on_scale(token.text, scale) or next(iter(readings(token.text)), None)


def filters(clause: Clause) -> tuple[Token | None, Side | None]:
    """The instrument and side a clause names."""
    symbol = next((t for t in clause.tokens if t.concept is C.SYMBOL), None)
    side = next((SIDE_OF[t.concept] for t in clause.tokens if t.concept in _SIDES), None)
    return symbol, side


def also_named(clause: Clause, steps: list[Step], symbol: Token | None) -> list[str | None]:
    """The instruments the steps are about: "close GBPUSD and EURUSD" names two."""
    names = [symbol.value if symbol else None]
    if any(step.prices for step in steps):
        return names
    for before, joint, after in zip(
        clause.tokens, clause.tokens[1:], clause.tokens[2:], strict=False
    ):
        pair = before.concept is after.concept is C.SYMBOL
        if pair and joint.concept in _JOINTS and before.value in names:
            names.append(after.value)
    return list(dict.fromkeys(names))


def modified(draft: Draft, scale: Scale) -> list[Action]:
    """The levels of a reply as new stop and targets of the trade replied to."""
    stops = [p for a in draft.sls[:1] if (p := _price(a.token, scale)) is not None]
    targets = tuple(p for a in draft.tps if (p := _price(a.token, scale)) is not None)
    symbol = draft.symbols[0].value if draft.symbols else None
    actions = [Action(ActionKind.MODIFY_SL, symbol, price=stop) for stop in stops]
    if targets:
        actions.append(Action(ActionKind.MODIFY_TP, symbol, prices=targets))
    return actions
