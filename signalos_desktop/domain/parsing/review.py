"""Finds what makes an order one for review: missing parts, conflicts, conditions, doubts."""

from collections.abc import Mapping
from typing import Final

from signalos_desktop.domain.parsing.clauses import Clause, mask
from signalos_desktop.domain.parsing.closings import Step
from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.drafts import Draft
from signalos_desktop.domain.parsing.instruments import scale_of
from signalos_desktop.domain.parsing.judgement import (
    REPORT,
    Verdict,
    all_ticked,
    stop_on_close,
    weigh,
)
from signalos_desktop.domain.parsing.orders import Builder, Built, Complaint
from signalos_desktop.domain.parsing.prices import near, on_scale
from signalos_desktop.domain.parsing.tokens import Token
from signalos_desktop.domain.signal import ActionKind, OrderType

_AGAINST: Final = REPORT | mask(
    C.GAIN, C.ASK, C.LESSON, C.NOT, C.READY, C.MACHINE, C.ME, C.VIEW, C.IF
)
_ORDERING: Final = mask(C.BUY, C.SELL, C.SL, C.TP, C.STOP, C.ENTRY, C.PRICE, C.PIPS)
_SHORTEST: Final = 2  # digits of a number too small to be a level
_PENDING: Final = (OrderType.LIMIT, OrderType.STOP)


def inspect(built: Built, draft: Draft, clauses: list[Clause], verdict: Verdict) -> None:
    """Add the complaints that depend on the words around an order."""
    body = clauses[draft.first : draft.last + 1]
    if verdict is Verdict.CONDITIONAL:
        built.complaints.append(("conditional", "the order depends on a condition", None))
    if verdict is Verdict.UNCLEAR:
        built.complaints.append(("unclear", "more talk than a signal has", draft.sides[0]))
    if draft.sls and (token := stop_on_close(body)):
        built.complaints.append(
            ("sl_conditional", "the stop loss depends on a candle's close", token)
        )
    levels = len(draft.sls) + len(draft.tps)
    if draft.sent and len(draft.sent) == levels and not (draft.entries or draft.types):
        what = "a new trade, or new levels of an old one"
        built.complaints.append(("unclear", what, draft.sent[0]))
    if token := all_ticked(body):
        built.complaints.append(("result_marks", "every target is ticked off", token))


def compare(built: list[tuple[Built, Draft]]) -> None:
    """Opposite orders on one instrument are fine as pending orders only."""
    seen: dict[str | None, Built] = {}
    for each, draft in built:
        order = each.order
        other = seen.setdefault(order.symbol, each)
        if other.order.side is not order.side and not (
            order.order_type in _PENDING and other.order.order_type in _PENDING
        ):
            each.complaints.append(
                ("side_conflict", "buy and sell on one instrument", draft.sides[0])
            )


def neighbours(
    built: list[tuple[Built, Draft]], drafts: list[Draft], clauses: list[Clause]
) -> None:
    """A second instrument without a side in the order's own sentence: which one is meant?"""
    for draft in drafts:
        if draft.sides or not draft.symbols or not clauses[draft.first].has & _ORDERING:
            continue
        for each, other in built:
            if other.last == draft.first and other.symbols:
                each.complaints.append(
                    ("symbol_conflict", "a second instrument without a side", draft.symbols[0])
                )


def overlooked(built: list[tuple[Built, Draft]], tokens: list[Token]) -> None:
    """A price of the instrument that was given no place: anywhere, if no stop is stated."""
    if not built:
        return
    taken = {token.start for each, _ in built for _, token in each.fields}
    free = [t for t in tokens if t.concept is C.PRICE and t.start not in taken]
    for each, draft in built:
        order, scale = each.order, scale_of(each.order.symbol)
        stopped = order.sl is not None or order.sl_pips is not None
        if not scale.known or (stopped and each.complaints):
            continue
        anchor = order.entry.low if order.entry else order.sl
        strays = [t for t in draft.strays if len(t.text) > _SHORTEST]
        lost = draft.figures if C.SL in draft.unfilled else []
        for token in strays if stopped else (*free, *lost):
            price = on_scale(token.text, scale)
            if price is not None and (anchor is None or near(price, anchor, scale)):
                each.complaints.append(("unread_number", f"{token.text} may be a level", token))
                break


def incomplete(drafts: list[Draft], clauses: list[Clause]) -> list[tuple[Built, Draft]]:
    """A trade that is clearly meant but lacks its instrument or its side."""
    out: list[tuple[Built, Draft]] = []
    for draft in drafts:
        body = clauses[draft.first : draft.last + 1]
        if not draft.sls and not draft.tps and not draft.sl_pips and not _shouted(draft, clauses):
            continue
        if (
            any(clause.has & _AGAINST or clause.end is C.QUESTION for clause in body)
            or "gain" in draft.flags
        ):
            continue
        if draft.sides and weigh(draft, clauses) in (Verdict.RESULT, Verdict.TALK):
            continue
        built = Builder(draft).build()
        if draft.sides and not draft.symbols:
            built.complaints.append(_nameless(draft, clauses[draft.head]))
            out.append((built, draft))
        elif draft.symbols and not draft.sides and (draft.sls or draft.sl_pips) and draft.tps:
            built.complaints.append(("side_implied", "no word for buy or sell", draft.symbols[0]))
            out.append((built, draft))
    return out


def _shouted(draft: Draft, clauses: list[Clause]) -> bool:
    """ "Sell now!": nothing else in the message."""
    now = any(t.concept is C.NOW for t in draft.types)
    return bool(draft.sides and now and len(clauses) == 1 and len(clauses[0].tokens) <= 4)


def _nameless(draft: Draft, head: Clause) -> Complaint:
    side = head.index(C.BUY, C.SELL, C.BUYING, C.SELLING)
    for token in head.tokens[max(0, side - 2) : side + 3]:
        if token.concept is C.UNKNOWN and token.text.isascii() and len(token.text) > 2:
            return ("symbol_unknown", f"{token.text.upper()} is no instrument we know", token)
    return ("no_symbol", "no instrument is named", draft.sides[0])


def withdrawn(clauses: list[Clause], first: int, steps: Mapping[int, list[Step]]) -> bool:
    """The message takes its own order back: "sorry, ignore this", "cancel"."""
    for number, clause in enumerate(clauses):
        if number >= first and clause.has & mask(C.WITHDRAW):
            return True
        cancels = any(s.kind is ActionKind.CANCEL_PENDING for s in steps.get(number, ()))
        if (
            number > first
            and cancels
            and not clause.has & mask(C.SYMBOL, C.BUY, C.SELL, C.BUYS, C.SELLS, C.ALL)
        ):
            return True
    return False


def commanding(clauses: list[Clause]) -> bool:
    """Two words that order software about in one clause, as in a prompt."""
    return any(sum(t.concept is C.MACHINE for t in clause.tokens) > 1 for clause in clauses)
