"""Cuts a message into clauses (lines and sentences) and sums up what each one speaks of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.tokens import Token

SIDES: Final = frozenset({C.BUY, C.SELL})
_AMOUNTS: Final = frozenset({C.PRICE, C.PIPS, C.INDEX, C.NOISE, C.RATIO, C.OPEN, C.DOLLAR})
_LABELS: Final = frozenset({C.SL, C.TP, C.STOP, C.ENTRY, C.INDEX, C.KEY, C.META, C.LIMIT, C.AT})
MANAGING: Final = frozenset({C.MOVE, C.BREAKEVEN, C.CLOSE, C.TAKE, C.REDUCE, C.CANCEL})
_PROMISED: Final = frozenset({C.SL, C.TP, C.STOP})
_PROMISING: Final = _PROMISED | {C.AND, C.COMMA, C.SLASH, C.PLUS, C.INDEX, C.READY}
_COMING: Final = frozenset(("coming", "upcoming", "soon", "about to"))
_STATED: Final = SIDES | {C.PRICE, C.PIPS, C.SYMBOL, C.BUYING, C.SELLING}
_CONJUNCTIONS: Final = frozenset({C.AND, C.COMMA, C.DASH, C.ARROW})


@cache
def mask(*concepts: C) -> int:
    """A set of concepts as bits, so that one `&` answers whether a clause speaks of any of them."""
    bits = 0
    for concept in concepts:
        bits |= 1 << concept
    return bits


_SIGHT: Final = 60  # tokens: how far ahead a clause's end is looked for
_PRICED: Final = mask(C.PRICE)
_REPORTED: Final = mask(C.RESULT, C.GAIN, C.PAST)
_TOLD: Final = mask(C.RESULT, C.GAIN)
_FIRST_PERSON: Final = mask(C.ME)
_CONDITIONS: Final = mask(C.IF, C.CANDLE)
_VERBS: Final = mask(C.CLOSE, C.CANCEL, C.TAKE, C.REDUCE)
_NAMED: Final = mask(C.SYMBOL)
_ENDED: Final = frozenset({C.CLOSE, C.CANCEL, C.REDUCE})
_TRADED: Final = mask(*SIDES, C.SYMBOL, C.PRICE, C.SL, C.TP, C.STOP, C.READY, C.ASK, C.ME)
_ACTS: Final = MANAGING | {C.SL, C.TP, C.STOP}
_INSTRUCTING: Final = mask(*_ACTS, C.HALF, C.PARTIAL)
_SIDED: Final = mask(*SIDES)
_STARTED: Final = mask(*SIDES, *MANAGING)


@dataclass(slots=True)
class Clause:
    """Tokens up to a line's or sentence's end; `has` is the mask of their concepts."""

    tokens: list[Token]
    has: int
    end: C

    def index(self, *concepts: C) -> int:
        """Place of the first token of one of these concepts, or the number of tokens."""
        for at, token in enumerate(self.tokens):
            if token.concept in concepts:
                return at
        return len(self.tokens)


def cut(tokens: list[Token]) -> list[Clause]:
    """The clauses of a message, in order, without empty ones."""
    clauses: list[Clause] = []
    run = Clause([], 0, C.NEWLINE)
    for at, token in enumerate(tokens):
        concept = token.concept
        if concept in _BREAKS and _ends(tokens, at, run.tokens):
            if run.tokens:
                run.end = concept
                clauses.append(run)
                run = Clause([], 0, C.NEWLINE)
            elif concept is C.QUESTION and clauses:
                clauses[-1].end = concept
            continue
        if run.tokens and concept in _CUTTERS and _CUTTERS[concept](tokens, at, run):
            run.end = C.END
            clauses.append(run)
            run = Clause([], 0, C.NEWLINE)
            if concept in _CONJUNCTIONS:
                continue
        run.tokens.append(token)
        run.has |= 1 << concept
    if run.tokens:
        clauses.append(run)
    return clauses


_INSTRUCTIONS: Final = frozenset({C.MOVE, C.CLOSE, C.TAKE, C.REDUCE, C.CANCEL})
_COLUMNS: Final = frozenset({"symbol", "side", "pair", "direction", "type", "action", "ticker"})
_BREAKS: Final = frozenset({C.NEWLINE, C.END, C.QUESTION})


def _ends(tokens: list[Token], at: int, run: list[Token]) -> bool:
    token = tokens[at]
    if token.concept is not C.END or token.text != "." or at + 1 == len(tokens):
        return True
    after = tokens[at + 1]
    labelled = bool(run) and run[-1].concept in _LABELS and after.concept in _AMOUNTS
    return after.gap and not labelled


def _advice_begins(tokens: list[Token], at: int, run: Clause) -> bool:
    """Behind the levels, an "if" or "after" that tells how to manage the trade later."""
    return bool(run.has & _PRICED) and _advice_ahead(tokens, at)


def _advice_ahead(tokens: list[Token], at: int) -> bool:
    """Whether what follows up to the line's end tells how to manage the trade later."""
    for token in tokens[at + 1 : at + _SIGHT]:
        if token.concept in _BREAKS:
            return False
        if token.concept in MANAGING:
            return True
    return False


def _heading(tokens: list[Token], at: int, run: Clause) -> bool:
    """ "New trade:" in the middle of a line that began with the result of another."""
    if tokens[at].text in _COLUMNS or not run.has & _REPORTED:
        return False
    return at + 1 < len(tokens) and tokens[at + 1].concept is C.COLON


def _promised(tokens: list[Token], at: int, run: Clause) -> bool:
    """Behind the order, levels that are to come: "buy gold, SL and TP coming"."""
    if not run.has & _STARTED:
        return False
    end, most = at, min(len(tokens), at + _SIGHT)
    if run.tokens[-1].concept not in _CONJUNCTIONS:  # "buy gold now TP SL soon"
        while end < most and tokens[end].concept in _PROMISING:
            end += 1
        if end < most and tokens[end].concept not in _BREAKS:
            return False
    while end < most and tokens[end].concept not in _BREAKS:
        end += 1
    return promise(tokens[at:end])


def promise(tokens: list[Token]) -> bool:
    """Levels are spoken of and said to be coming; no number, no side."""
    concepts = {token.concept for token in tokens}
    return C.READY in concepts and bool(concepts & _PROMISED) and not concepts & _STATED


def _ordered(tokens: list[Token], at: int, run: Clause) -> bool:
    """Behind a report, what to do now: "30 pips running, set BE"."""
    reported = run.has & _TOLD and not run.has & _FIRST_PERSON
    return bool(reported) and tokens[at + 1].concept in _INSTRUCTIONS


def _divides(tokens: list[Token], at: int, run: Clause) -> bool:
    """A new order or instruction behind a comma or an "and"."""
    if at + 1 == len(tokens) or run.has & _CONDITIONS:
        return False
    if tokens[at + 1].concept in SIDES and run.has & _VERBS:
        return True
    if tokens[at].concept is C.COMMA and tokens[at + 1].concept is C.NOT and run.has & _VERBS:
        return True
    told = run.has & _PRICED and run.has & _SIDED
    if run.has & _NAMED and run.has & _INSTRUCTING and not told and _other_ahead(tokens, at, run):
        return True
    if tokens[at].concept is C.COMMA and run.has & _VERBS and _setup_ahead(tokens, at):
        return True
    if tokens[at].concept is not C.COMMA:
        return False
    if run.has & _VERBS and _remark_ahead(tokens, at):
        return True
    verb = tokens[at + 1]
    remark = verb.gap and verb.concept in _ENDED and not run.has & (_VERBS | _TRADED)
    listed = tokens[at + 2 : at + 3] and tokens[at + 2].concept in _CONJUNCTIONS
    return bool(remark and not listed) or _ordered(tokens, at, run)


def _other_ahead(tokens: list[Token], at: int, run: Clause) -> bool:
    """Instructions about another instrument: "breakeven on EURUSD, close gold"."""
    own = {t.value for t in run.tokens if t.concept is C.SYMBOL}
    other = acting = False
    for token in tokens[at + 1 : at + _SIGHT]:
        if token.concept in _BREAKS:
            break
        other = other or (token.concept is C.SYMBOL and token.value not in own)
        acting = acting or token.concept in _ACTS
    return other and acting


def _remark_ahead(tokens: list[Token], at: int) -> bool:
    """Why it is to be done: "close all gold, news coming"."""
    rest = tokens[at + 1 : at + _SIGHT]
    end = next((n for n, t in enumerate(rest) if t.concept in _BREAKS), len(rest))
    coming = any(t.text in _COMING for t in rest[:end])
    return coming and all(t.concept in (C.VIEW, C.UNKNOWN, C.READY) for t in rest[:end])


def _setup_ahead(tokens: list[Token], at: int) -> bool:
    """ "..., we flip: sell gold 3985, sl 3993": soon a side, behind it a price and a stop."""
    end = next((n for n, t in enumerate(tokens[at:], at) if t.concept in _BREAKS), len(tokens))
    rest = [t.concept for t in tokens[at + 1 : end]]
    soon = next((n for n, concept in enumerate(rest[:3]) if concept in SIDES), None)
    return soon is not None and C.PRICE in rest[soon:] and C.SL in rest[soon:]


def _asked(tokens: list[Token], at: int, run: Clause) -> bool:
    """Behind a result, a question: "40 pips running, who is with me?"."""
    return bool(run.has & _TOLD) and not run.has & _SIDED


_CUTTERS: Final[Mapping[C, Callable[[list[Token], int, Clause], bool]]] = {
    C.IF: _advice_begins, C.AFTER: _advice_begins, C.KEY: _heading, C.SL: _promised,
    C.TP: _promised, C.STOP: _promised, C.AND: _divides, C.COMMA: _divides, C.DASH: _divides,
    C.ARROW: _divides, C.ASK: _asked,
}  # fmt: skip
