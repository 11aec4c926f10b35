"""Reads instructions about existing trades: close, cancel, breakeven, new stop or targets."""

from decimal import Decimal
from itertools import pairwise, takewhile
from typing import Final

from signalos_desktop.domain.parsing.clauses import Clause, mask
from signalos_desktop.domain.parsing.closings import (
    ENDING,
    Step,
    cancelling_steps,
    closing_steps,
)
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
_TELLERS: Final = frozenset({C.UNKNOWN, C.VIEW, C.PROMO})
_JOINTS: Final = frozenset({C.AND, C.COMMA, C.SLASH, C.PLUS})
_RENEWING: Final = mask(C.MOVE, C.MOVED, C.NEW, C.TO, C.NOW, C.BREAKEVEN, C.ENTRY)
_PAST: Final = mask(C.PAST)
_SUMS: Final = mask(C.PRICE, C.PIPS)
_PASSIVE: Final = mask(C.MOVED, C.CANCELLED)
_TICKET_DIGITS: Final = 4
_ORDERED: Final = frozenset(
    {C.NOW, C.MARKET, C.LIMIT, C.STOP_ORDER, C.TP, C.ENTRY, C.PRICE, C.AT, C.FROM}
)
_STOPS: Final = {"buy stops": Side.BUY, "sell stops": Side.SELL}
_AS_FAR: Final = frozenset(("a", "à", "up to", "upto", "until", "till", "bis", "jusqu'a"))
_MOVING: Final = frozenset({C.NOW, C.MOVED, C.MOVE, C.UNKNOWN, C.OPEN, C.UP, C.DOWN})
_WORDS: Final = mask(C.UNKNOWN, C.OPEN, C.UP, C.DOWN)
_SIDED: Final = mask(C.BUY, C.SELL, C.BUYS, C.SELLS)
_SIDES: Final = frozenset({C.BUY, C.SELL, C.BUYS, C.SELLS})


def steps_in(clause: Clause) -> list[Step]:
    """The actions a clause orders; none if it asks, denies, warns or tells of conditions."""
    if not clause.has & _VERBAL or clause.has & _BARRED or clause.end is C.QUESTION:
        return []
    if clause.has & mask(C.NOT) and clause.index(C.NOT) < clause.index(*_ACTING):
        return []
    if _conditional(clause) or _told(clause) or _past(clause):
        return []
    if clause.has & mask(C.CLOSE) and clause.has & mask(C.NOT):
        clause = _retargeted(clause)
    steps = closing_steps(clause)
    steps += cancelling_steps(clause, bool(steps))
    return steps + _levels(clause, bool(steps))


def _retargeted(clause: Clause) -> Clause:
    """ "Take profit now 1.2790 instead of 1.2760": a new target, no closing."""
    tokens = [
        token._replace(concept=C.TP)
        if token.concept is C.CLOSE and "profit" in token.text and after.concept is C.PRICE
        else token
        for token, after in zip(clause.tokens, [*clause.tokens[1:], clause.tokens[-1]], strict=True)
    ]
    return Clause(tokens, clause.has | mask(C.TP, C.MOVED), clause.end)


def _conditional(clause: Clause) -> bool:
    """After TP1, once in profit: advice for later. "Before the news" is a mere reason."""
    for at, token in enumerate(clause.tokens):
        if token.concept is C.AFTER:
            near = clause.tokens[at + 1 : at + 4]
            if token.text.endswith("tp") or any(
                t.concept in (C.TP, C.RESULT, C.PIPS, C.SL, C.GAIN) for t in near
            ):
                return True
    return False


def _told(clause: Clause) -> bool:
    """A first person or a terminal telling what was done: "I moved my stop", "#5519021 moved"."""
    first = clause.tokens[0]
    if first.concept is C.ME or (first.concept is C.RESULT and first.text == "event"):
        return True
    return bool(clause.has & _PASSIVE) and any(
        sign.concept is C.HASH and len(number.text) >= _TICKET_DIGITS and number.text.isdigit()
        for sign, number in pairwise(clause.tokens)
    )


def _past(clause: Clause) -> bool:
    """A tale of what was closed: "yesterday ... at 2660", "last week ... 100 pips"."""
    return bool(clause.has & _PAST) and bool(clause.has & _SUMS)


def _levels(clause: Clause, after_close: bool) -> list[Step]:
    """New stops and targets, each labelled: move SL to 2348, stop to BE, TP2 moved to 4210."""
    tokens, steps = clause.tokens, []
    spoken = clause.has & _RENEWING or (clause.has & _WORDS and clause.has & _SIDED)
    if not (after_close or spoken or tokens[0].concept is C.SLASH):
        return []
    if _retold(tokens):
        return []
    changing = bool(clause.has & mask(C.MOVE, C.MOVED)) or _commanded(tokens)
    labels = [
        at
        for at, t in enumerate(tokens)
        if t.concept in (C.SL, C.TP) or (t.concept is C.STOP and not _order_type(tokens, at))
    ]
    labels = [at for at in labels if not _destination(tokens, at)]
    viewed = clause.index(C.VIEW)
    renamed = bool(labels) and _reset(tokens, labels)
    for number, at in enumerate(labels):
        end = labels[number + 1] if number + 1 < len(labels) else len(tokens)
        fresh = any(t.concept is C.NEW for t in tokens[max(0, at - 2) : at])
        stated = after_close and _beside_close(clause, at)
        stated = stated or renamed
        step = None if viewed < at else _level(tokens, at, end, changing or fresh or stated)
        if step:
            steps.append(step)
    if not steps and clause.has & mask(C.BREAKEVEN) and not clause.has & mask(C.PRICE):
        steps += _breakeven(clause, after_close)
    return steps


def _reset(tokens: list[Token], labels: list[int]) -> bool:
    """ "EURUSD buy: SL to 1.0860, TP to 1.0930": a side, then only levels and where they go."""
    head = {t.concept for t in tokens[: labels[0]]}
    if not head & _SIDES or head & _ORDERED:
        return False
    behind = [[t for t in tokens[at + 1 :] if t.concept is not C.INDEX][:2] for at in labels]
    return all(
        [t.concept for t in pair] == [C.TO, C.PRICE] and pair[0].text not in _AS_FAR
        for pair in behind
    )


def _destination(tokens: list[Token], at: int) -> bool:
    """The target a stop is moved to: "move SL to TP1 at 2660"."""
    before = [t.concept for t in tokens[max(0, at - 2) : at]]
    return tokens[at].concept is C.TP and before in ([C.SL, C.TO], [C.STOP, C.TO])


def _beside_close(clause: Clause, at: int) -> bool:
    """ "Take half here, SL 2345": the stop of what is left."""
    behind = clause.index(*ENDING) < at and clause.tokens[at].concept is not C.TP
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
        C.ALL,
        C.BUYS,
        C.SELLS,
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
    alone = _addressed(tokens, at, end)
    if not changing and any(t.concept is C.RESULT for t in body):
        return None
    index = next((int(t.text) for t in body[:1] if t.concept is C.INDEX), None)
    if label.concept is not C.TP and _to_entry(body, changing):
        return Step(ActionKind.BREAKEVEN, [label])
    cut = next((n for n, t in enumerate(body) if t.concept is C.NOT), len(body))
    prices = [t for t in body[:cut] if t.concept is C.PRICE]
    fresh = alone or any(t.concept in (C.TO, C.NOW, C.MOVED, C.NEW) for t in body)
    if not prices or not (changing or fresh):
        return None
    if label.concept is C.TP:
        return Step(ActionKind.MODIFY_TP, [label], prices=prices, index=index, explicit=changing)
    return Step(ActionKind.MODIFY_SL, [label], prices=prices[:1], explicit=changing or alone)


def _addressed(tokens: list[Token], at: int, end: int) -> bool:
    """ "Gold sell: SL down to 4120": side and a new stop, nothing of an order between."""
    around, body = (*tokens[:at], *tokens[end:]), tokens[at + 1 : end]
    if any(t.concept in _ORDERED for t in around) or not any(t.concept in _SIDES for t in around):
        return False
    before = {t.concept for t in takewhile(lambda t: t.concept is not C.PRICE, body)}
    return any(t.concept is C.TO for t in body) or bool(before & _MOVING)


def _to_entry(body: list[Token], changing: bool) -> bool:
    for at, token in enumerate(body):
        equal = at > 0 and body[at - 1].concept is C.EQUALS
        if token.concept is C.BREAKEVEN or (equal and token.text.startswith("entry")):
            return not (equal and any(t.concept is C.PRICE for t in body))
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
    return symbol, next(iter(sides_of(clause)), None)


def sides_of(clause: Clause) -> list[Side]:
    """The sides a clause names, in their order."""
    named = [SIDE_OF[t.concept] for t in clause.tokens if t.concept in _SIDES]
    if clause.has & mask(C.CANCEL):
        named += [_STOPS[t.text] for t in clause.tokens if t.text in _STOPS]
    return list(dict.fromkeys(named))


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


def modified(draft: Draft, scale: Scale, index: int | None = None) -> list[Action]:
    """The levels of a reply as new stop and targets (of this number) of the trade replied to."""
    stops = [p for a in draft.sls[:1] if (p := _price(a.token, scale)) is not None]
    targets = tuple(p for a in draft.tps if (p := _price(a.token, scale)) is not None)
    symbol = draft.symbols[0].value if draft.symbols else None
    actions = [Action(ActionKind.MODIFY_SL, symbol, price=stop) for stop in stops]
    if targets:
        number = index if len(targets) == 1 else None
        actions.append(Action(ActionKind.MODIFY_TP, symbol, prices=targets, tp_index=number))
    return actions
