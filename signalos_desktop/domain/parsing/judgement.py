"""Weighs what speaks against an order: results, questions, negations, conditions, lessons."""

from enum import Enum, auto
from itertools import pairwise
from typing import Final

from signalos_desktop.domain.parsing.clauses import MANAGING, Clause, mask, promise
from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.drafts import Draft
from signalos_desktop.domain.parsing.tokens import Token

REPORT: Final = mask(C.RESULT, C.PAST, C.BOUGHT)
_TALK: Final = mask(C.PROMO, C.PAST, C.ME, C.LESSON)
_BEFORE_SIDE: Final = frozenset({C.READY, C.ASK, C.NOT, C.LESSON, C.MACHINE, C.PAST, C.BOUGHT})
_ANYWHERE: Final = mask(C.ASK, C.PAST, C.LESSON, C.MACHINE, C.RETOLD)
_BARE: Final = mask(
    C.GAIN,
    C.READY,
    C.ME,
    C.IF,
    C.NOT,
    C.ASK,
    C.PAST,
    C.LESSON,
    C.MACHINE,
    C.BOUGHT,
    C.RESULT,
    C.AFTER,
    C.PERCENT,
    C.CANDLE,
)
_SOFT: Final = mask(C.VIEW, C.PROMO)
_DOUBTS: Final = mask(C.GAIN, C.READY, C.AFTER, C.CANDLE)
_CHECK: Final = mask(C.CHECK)
_SENTENCE: Final = 6  # tokens
_STRANGE_BEFORE: Final = 2  # unknown words before the side that leave a signal believable
_STRANGE_IN_ALL: Final = 6
_NEWS: Final = mask(C.RESULT, C.GAIN, C.PIPS, C.PERCENT)
_STRUCTURE: Final = mask(C.TP, C.SL, C.STOP, C.ENTRY, C.BUY, C.SELL, C.BUYING, C.SELLING, C.SYMBOL)
_MANAGING: Final = mask(*MANAGING)
_BEYOND: Final = mask(C.CANDLE, C.ABOVE, C.BELOW)
_FIELDS: Final = frozenset({C.TP, C.SL, C.STOP, C.ENTRY})
_TELLING: Final = frozenset({C.PROMO, C.ME, C.UNKNOWN, C.LOT})
_ADVISING: Final = mask(C.MOVE, C.AFTER, C.IF, C.CLOSE, C.TAKE, C.REDUCE)
_QUALIFYING: Final = frozenset({C.UNKNOWN, C.NOW, C.FROM, C.MOVED, C.NEW})
_OPENING: Final = frozenset({C.SYMBOL, C.BUY, C.SELL, C.BUYING, C.SELLING, C.NOW})
_STATED: Final = frozenset(
    {C.SYMBOL, C.BUY, C.SELL, C.BUYING, C.SELLING, C.NOW, C.MARKET, C.KEY, C.TIMEFRAME, C.AT,
     C.HASH, C.UP, C.DOWN, C.COLON, C.DASH, C.CHECK, C.PAREN, C.CLOSING, C.INDEX, C.LIMIT,
     C.DOLLAR, C.COMMA, C.SLASH,
     C.BAR, C.ARROW, C.AND}
)  # fmt: skip


class Verdict(Enum):
    """What becomes of a draft: it stands, it is for review, it is talk, or it reports a result."""

    STANDS = auto()
    CONDITIONAL = auto()
    UNCLEAR = auto()
    TALK = auto()
    RESULT = auto()


def weigh(draft: Draft, clauses: list[Clause]) -> Verdict:
    """Judge one draft by the clauses it was read from."""
    head = clauses[draft.head]
    body = clauses[draft.first : draft.last + 1]
    if "gain" in draft.flags or _reported(draft, head, body) or _outcome(draft, head, clauses):
        return Verdict.RESULT
    if _celebrated(draft, body, clauses[draft.last + 1 : draft.last + 2]):
        return Verdict.RESULT
    side_at = head.index(C.BUY, C.SELL, C.BUYING, C.SELLING)
    before = head.tokens[:side_at]
    if any(t.concept in _BEFORE_SIDE for t in before) or _asked(head) or _told(before):
        return Verdict.TALK
    if head.has & _ANYWHERE or announced(clauses, draft.head):
        return Verdict.TALK
    if not draft.begun and head.has & mask(C.OR) and _either(draft):
        return Verdict.TALK
    if not draft.levelled:
        return _weigh_bare(draft, head, side_at)
    if not draft.complete and _retold(head):
        return Verdict.TALK
    if _only_stop(draft, head):
        return Verdict.UNCLEAR
    if any(_conditional(clause, clause is head) for clause in body):
        return Verdict.CONDITIONAL
    return Verdict.UNCLEAR if _wordy(draft, head, side_at) else Verdict.STANDS


def _either(draft: Draft) -> bool:
    """ "Gold buy or gold sell": no order at all."""
    return len({t.concept for t in draft.sides}) > 1


def _retold(head: Clause) -> bool:
    """Half a setup in a sentence that does not begin as an order does."""
    if _opening(head) > 1 or len(head.tokens) < _SENTENCE:
        return False
    return any(t.concept is C.UNKNOWN for t in head.tokens)


def _only_stop(draft: Draft, head: Clause) -> bool:
    """ "Gold sell SL 4105 instead": a stop alone, and words behind it: a new one for a trade?"""
    if draft.complete or draft.entries or not draft.sls:
        return False
    stop = draft.sls[0].token.start
    if any(t.start < stop for t in draft.types):
        return False
    return any(t.start > stop and t.concept in _QUALIFYING for t in head.tokens)


def _wordy(draft: Draft, head: Clause, side_at: int) -> bool:
    """Words of doubt, or more words we do not know than a signal has, around the side."""
    unknown = [at for at, t in enumerate(head.tokens) if t.concept is C.UNKNOWN]
    before = sum(at < side_at for at in unknown)
    titled = head.tokens[side_at - 1 : side_at] and head.tokens[side_at - 1].concept is C.COLON
    if titled and draft.complete and draft.entries:
        before = 0  # "Strategy Breaker v3 fired: sell at ..."
    if head.has & _DOUBTS or before > _STRANGE_BEFORE:
        return True
    if draft.complete and not (draft.entries or draft.types) and before:
        return True
    if draft.complete:
        return len(unknown) > _STRANGE_IN_ALL
    return len(unknown) > _STRANGE_BEFORE or bool(head.has & (_SOFT | mask(C.ME)))


def advice(clause: Clause) -> bool:
    """How to manage the trade later: "move SL to BE once TP1 is hit"."""
    return bool(
        clause.has & mask(C.IF, C.AFTER)
        and clause.has & _MANAGING
        and not clause.has & mask(C.BUY, C.SELL)
    )


def talk(clause: Clause) -> bool:
    """Advertising and stories around the order, and levels promised for later."""
    if promise(clause.tokens):
        return True
    return bool(clause.has & _TALK) and not clause.has & _STRUCTURE


def announced(clauses: list[Clause], head: int) -> bool:
    """Above the order a lesson, an old signal or a tale of the past begins: "Last week:"."""
    if any(clause.has & mask(C.LESSON) for clause in clauses[:head]):
        return True
    if any(c.has & mask(C.RESULT) and c.tokens[0].text == "event" for c in clauses[:head]):
        return True
    if any(clause.has & mask(C.RETOLD) and not clause.has & _NEWS for clause in clauses[:head]):
        return True
    return any(
        clause.has & mask(C.PAST, C.BOUGHT) and clause.tokens[-1].concept is C.COLON
        for clause in clauses[:head]
    )


def _told(before: list[Token]) -> bool:
    """Other people's trades: "our premium members got ...", "a bank: ..."."""
    if any(a.concept is C.ME and b.concept is C.COLON for a, b in pairwise(before)):
        return True
    spoken = {t.concept for t in before}
    if C.ME in spoken and C.VIEW in spoken:
        return True
    concepts = [t.concept for t in before if t.concept in _TELLING]
    return len(concepts) > 1 and concepts.count(C.UNKNOWN) < len(concepts)


def _outcome(draft: Draft, head: Clause, clauses: list[Clause]) -> bool:
    """ "GOLD BUY 2650 TP2", "2690 → 2680 ✅": how it ended instead of where it should."""
    if "arrow" in draft.flags and _arrived(head, clauses, draft.head):
        return True
    last = [t.concept for t in head.tokens[-2:] if t.concept is not C.INDEX]
    following = clauses[draft.head + 1 : draft.head + 2]
    continued = following and following[0].tokens[0].concept in (C.PRICE, C.PIPS, C.INDEX, C.DASH)
    return bool(draft.entries and last and last[-1] in (C.TP, C.SL) and not continued)


def _arrived(head: Clause, clauses: list[Clause], at: int) -> bool:
    """A tick, pips or profit beside the arrow, or "Closed this week" above it."""
    if head.has & mask(C.CHECK, C.PIPS) or any(c.has & mask(C.GAIN) for c in clauses):
        return True
    return any(c.has & REPORT and not c.has & _STRUCTURE for c in clauses[:at])


def _asked(head: Clause) -> bool:
    return head.end is C.QUESTION


def _reported(draft: Draft, head: Clause, body: list[Clause]) -> bool:
    if head.has & REPORT and not _supposed(head):
        return True
    for clause in body:
        if (
            clause is head
            or clause.has & mask(C.IF, C.AFTER)
            or not clause.has & (REPORT | mask(C.GAIN))
        ):
            continue
        if clause.has & mask(C.RESULT) and not (
            clause.has & _TALK and not clause.has & mask(C.TP, C.SL)
        ):
            return True
        if (
            clause.has & mask(C.GAIN)
            and clause.has & mask(C.PIPS, C.PERCENT)
            and not clause.has & (_TALK | _ADVISING)
        ):
            return True
    ticks, targets, stop_marked = _ticks(body)
    adorned = stop_marked and len(ticks) == 1 and _behind_all(ticks[0], body)
    ticked = 0 < len(ticks) < targets and not adorned
    return ticked or any(_ended(clause.tokens) for clause in body)


def _told_beside(clauses: list[Clause]) -> bool:
    """A person's or a question's result behind an order: "40 pips in profit with me?"."""
    return any(
        clause.has & mask(C.PIPS)
        and clause.has & mask(C.RESULT, C.GAIN)
        and not clause.has & mask(C.PROMO, C.PAST)
        for clause in clauses
    )


def _behind_all(tick: Token, body: list[Clause]) -> bool:
    """ "SL 2663 ❌ TP 2650 / 2645 ✅": one sign for all stops, one for all targets."""
    return not any(t.start > tick.start and t.concept is C.PRICE for c in body for t in c.tokens)


def _supposed(head: Clause) -> bool:
    """ "If the candle closed above": a condition in the words of a report."""
    stated = head.index(C.IF)
    return not head.has & mask(C.PAST, C.BOUGHT) and stated < head.index(C.RESULT)


def _ended(tokens: list[Token]) -> bool:
    """ "Outcome: target": a word we do not know, and a level's name without a number."""
    concepts = [t.concept for t in tokens]
    return concepts in ([C.UNKNOWN, C.COLON, C.TP], [C.UNKNOWN, C.COLON, C.SL])


def _ticked(body: list[Clause]) -> bool:
    """Every target carries a tick, or some target lines begin with one and others do not."""
    if all_ticked(body):
        return True
    lines = [clause.tokens for clause in body if clause.has & mask(C.TP)]
    ticked = sum(tokens[0].concept is C.CHECK for tokens in lines)
    return 0 < ticked < len(lines)


def _celebrated(draft: Draft, body: list[Clause], behind: list[Clause]) -> bool:
    if not draft.stopped and ("boast" in draft.flags or _ticked(body)):
        return True
    if not draft.complete and _told_beside(behind):
        return True
    return any(clause.has & _CHECK and _ended_well(clause, draft.stopped) for clause in body)


def _ended_well(clause: Clause, stopped: bool) -> bool:
    """ "TP1 3293 ✅ 50 pips"; without a stop also "TP1 ✅ 3293", "TP 40 pips ✅"."""
    if not clause.has & mask(C.TP):
        return False
    if not stopped and clause.has & mask(C.PIPS) and not clause.has & mask(C.BUY, C.SELL):
        return True
    words = [t for t in clause.tokens if t.concept not in (C.INDEX, C.COLON, C.PLUS)]
    for before, token, after in zip(words, words[1:], [*words[2:], words[-1]], strict=False):
        if token.concept is C.CHECK and (
            after.concept is C.PIPS or (not stopped and before.concept in (C.TP, C.PIPS))
        ):
            return True
    return False


def _ticks(body: list[Clause]) -> tuple[list[Token], int, bool]:
    """Ticks behind target prices, the number of target prices, and whether the stop is ticked too.

    A tick before the first label is a bullet; then no tick means anything.
    """
    ticks: list[Token] = []
    if not any(clause.has & _CHECK for clause in body):
        return ticks, 0, False
    targets, stop_marked, field, before = 0, False, C.NEWLINE, C.NEWLINE
    for clause in body:
        for token in clause.tokens:
            concept = token.concept
            if concept in _FIELDS:
                if before is C.CHECK and not ticks:
                    return [], 0, False
                field = concept
            targets += concept is C.PRICE and field is C.TP
            if before is C.PRICE and concept in (C.CHECK, C.STOP_MARK):
                stop_marked = stop_marked or field is not C.TP
                ticks += [token] if field is C.TP and concept is C.CHECK else []
            before = concept
        before = C.NEWLINE
    return ticks, targets, stop_marked


def all_ticked(body: list[Clause]) -> Token | None:
    """Every target carries a tick and the stop none: reached, or decoration."""
    ticks, targets, stop_marked = _ticks(body)
    return ticks[0] if ticks and len(ticks) == targets and not stop_marked else None


def _weigh_bare(draft: Draft, head: Clause, side_at: int) -> Verdict:
    """Without levels only a plain instruction counts: side, instrument, now, a price."""
    if head.has & mask(C.WITHDRAW) and head.index(C.WITHDRAW) < side_at:
        return Verdict.TALK
    told = _BARE & ~mask(C.ME) if _opening(head) >= 3 else _BARE
    if head.has & mask(C.RISK):
        told &= ~mask(C.PERCENT)  # "risk 1-2 %"
    telling = head.tokens[side_at].concept in (C.BUYING, C.SELLING) and _opening(head) < 3
    if head.has & told or telling:
        return Verdict.TALK
    if _opening(head) >= 3:
        return Verdict.STANDS
    unknown = [at for at, t in enumerate(head.tokens) if t.concept is C.UNKNOWN]
    allowed = 1 if _opening(head) > 1 and (draft.entries or draft.types) else 0
    stated = draft.entries[-1].token.start if draft.entries else 0
    strange = len(unknown) > allowed or any(
        at < side_at or head.tokens[at].start < stated for at in unknown
    )
    return Verdict.TALK if strange or head.has & _SOFT else Verdict.STANDS


def _opening(head: Clause) -> int:
    """How many of instrument, side and "now" the clause begins with, before any other word."""
    count = 0
    for token in head.tokens:
        if token.concept not in _STATED:
            break
        count += token.concept in _OPENING
    return count


def _conditional(clause: Clause, is_head: bool) -> bool:
    if not clause.has & mask(C.IF):
        return False
    if is_head:
        return True
    if clause.has & (_MANAGING | mask(C.TP)):
        return False
    return bool(clause.has & (_BEYOND | mask(C.PRICE)))


def stop_on_close(body: list[Clause]) -> Token | None:
    """The stop loss depends on a candle's close."""
    for clause in body:
        at = clause.index(C.SL, C.STOP)
        for token in clause.tokens[at:]:
            if token.concept is C.TP:
                break
            if token.concept in (C.CANDLE, C.IF):
                return token
    return None
