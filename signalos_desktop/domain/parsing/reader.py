"""Reads one message: text to tokens, tokens to clauses, clauses to orders and actions."""

from decimal import Decimal
from typing import Final

from signalos_desktop.domain.parsing import judgement, review
from signalos_desktop.domain.parsing.clauses import Clause, cut, mask
from signalos_desktop.domain.parsing.closings import Step
from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.drafts import Draft
from signalos_desktop.domain.parsing.exits import joined_exits
from signalos_desktop.domain.parsing.initials import spelled_out
from signalos_desktop.domain.parsing.instruments import scale_of
from signalos_desktop.domain.parsing.invitations import taken_up
from signalos_desktop.domain.parsing.judgement import Verdict, weigh
from signalos_desktop.domain.parsing.layouts import arrange, joined
from signalos_desktop.domain.parsing.lexer import Lexer
from signalos_desktop.domain.parsing.lexicon import lexicon_of
from signalos_desktop.domain.parsing.normalise import Clean, normalise
from signalos_desktop.domain.parsing.numerals import readings
from signalos_desktop.domain.parsing.orders import Builder, Built
from signalos_desktop.domain.parsing.prices import on_scale
from signalos_desktop.domain.parsing.profile import PLAIN, Profile
from signalos_desktop.domain.parsing.reports import marked, unquoted
from signalos_desktop.domain.parsing.sorting import Sorter
from signalos_desktop.domain.parsing.tokens import Token
from signalos_desktop.domain.parsing.units import Measure
from signalos_desktop.domain.parsing.updates import (
    action_of,
    also_named,
    filters,
    modified,
    sides_of,
    steps_in,
)
from signalos_desktop.domain.signal import (
    Action,
    ActionKind,
    Kind,
    OrderReading,
    Problem,
    Reading,
    Span,
)
from signalos_desktop.domain.values import Side

MAX_CHARACTERS: Final = 8_192
_NOTHING: Final = Reading(Kind.NONE)
_INJECTED: Final = Reading(
    Kind.NONE, problems=(Problem("injection", "the message gives orders to software"),)
)
_RELEVANT: Final = mask(
    C.SYMBOL,
    C.BUY,
    C.SELL,
    C.SL,
    C.TP,
    C.STOP,
    C.CLOSE,
    C.CANCEL,
    C.CANCELLED,
    C.TAKE,
    C.REDUCE,
    C.BREAKEVEN,
    C.PARTIAL,
    C.MOVE,
    C.WITHDRAW,
)
_UNLIKE_LEVELS: Final = judgement.REPORT | mask(
    C.BUY, C.SELL, C.BUYING, C.SELLING, C.IF, C.ASK, C.GAIN, C.CHECK
)
_LEVELLED: Final = mask(C.SYMBOL, C.SL, C.PRICE)
_MOVED: Final = _LEVELLED | mask(C.MOVE)
_SIDES: Final = mask(C.BUY, C.SELL, C.BUYING, C.SELLING)


def warm_up(profile: Profile = PLAIN) -> None:
    """Build the tables of a provider ahead of its first message."""
    lexicon_of(profile)


def read(text: str, *, reply_to: str | None = None, profile: Profile = PLAIN) -> Reading:
    """What a message means. Never raises; longer texts than MAX_CHARACTERS are not read."""
    if len(text) > MAX_CHARACTERS:
        return _too_long(len(text))
    return Reader(text, reply_to, profile).run()


def _too_long(length: int) -> Reading:
    problem = Problem(
        "too_long", f"{length} characters, at most {MAX_CHARACTERS} are read for orders"
    )
    return Reading(Kind.NONE, problems=(problem,))


class Reader:
    """One message on its way through the steps."""

    def __init__(self, text: str, reply_to: str | None, profile: Profile) -> None:
        self._text = text
        self._reply_to = reply_to
        self._profile = profile
        self._clean: Clean = normalise(unquoted(_without(text, profile.ignored_lines)))
        self._tokens: list[Token] = []
        self._clauses: list[Clause] = []
        self._has = 0
        self._steps: dict[int, list[Step]] = {}
        self._spans: list[Span] = []

    def run(self) -> Reading:
        lexer = Lexer(lexicon_of(self._profile), self._clean.text)
        tokens = [] if lexer.overlong else lexer.run()
        if lexer.overlong:
            return _too_long(len(self._text))
        self._tokens = self._joined(marked(arrange(Measure(taken_up(spelled_out(tokens))).run())))
        self._clauses = cut(self._tokens)
        for clause in self._clauses:
            self._has |= clause.has
        if not self._has & _RELEVANT:
            return _NOTHING
        if self._has & mask(C.MACHINE) and review.commanding(self._clauses):
            return _INJECTED
        self._find_steps()
        drafts = self._sort()
        built = self._judge(drafts)
        if built:
            return self._open(built)
        actions = self._actions() or self._reply(drafts)
        if actions:
            return Reading(Kind.UPDATE, actions=tuple(actions), spans=tuple(self._spans))
        incomplete = review.incomplete(drafts, self._clauses)
        return self._open(incomplete) if incomplete else _NOTHING

    def _joined(self, tokens: list[Token]) -> list[Token]:
        symbols = {t.value for t in tokens if t.concept is C.SYMBOL}
        if len(symbols) != 1:
            return tokens
        scale = scale_of(symbols.pop())
        return (
            joined(tokens, lambda raw: on_scale(raw, scale) is not None) if scale.known else tokens
        )

    def _find_steps(self) -> None:
        for number, clause in enumerate(self._clauses):
            steps = steps_in(clause) or self._led(number)
            if not steps:
                continue
            meant = any(step.explicit for step in steps) or not _opens(clause)
            if meant and not _setup_first(clause, steps):
                self._steps[number] = steps
        if self._steps and any(
            c.has & _SIDES for n, c in enumerate(self._clauses) if n not in self._steps
        ):
            for number, steps in list(self._steps.items()):
                if not any(step.explicit for step in steps):
                    del self._steps[number]

    def _led(self, number: int) -> list[Step]:
        """The steps by the verb of a neighbour: "gold SL 3970, EURUSD SL 1.16, adjust"."""
        clause = self._clauses[number]
        if clause.has & _LEVELLED != _LEVELLED or clause.has & _SIDES:
            return []
        for other in (
            *self._clauses[max(0, number - 1) : number],
            *self._clauses[number + 1 :][:1],
        ):
            if other.has & _MOVED == _MOVED and not other.has & _SIDES:
                return steps_in(Clause(clause.tokens, clause.has | _MOVED, clause.end))
        return []

    def _sort(self) -> list[Draft]:
        if not self._has & (_SIDES | mask(C.SYMBOL, C.SL, C.TP)):
            return []
        sorter = Sorter()
        heads = [n for n, c in enumerate(self._clauses) if c.has & _SIDES and n not in self._steps]
        first = heads[0] if heads else 0
        for number, clause in enumerate(self._clauses):
            skipped = number < first and clause.has & judgement.REPORT
            if number in self._steps or skipped or judgement.advice(clause):
                continue
            if not judgement.talk(clause):
                sorter.clause(number, clause.tokens)
        return joined_exits(sorter.finish())

    def _judge(self, drafts: list[Draft]) -> list[tuple[Built, Draft]]:
        kept: list[tuple[Built, Draft]] = []
        seen: set[OrderReading] = set()
        results = False
        for draft in drafts:
            if not draft.symbols and draft.stopped:
                draft.symbols = self._closed(draft.head)
            if not draft.sides or not (draft.symbols or self._profile.default_symbol):
                continue
            if draft.inherited and not draft.levelled and not (draft.types and draft.entries):
                kept = [each for each in kept if not _mirrored(each[1], draft)]
                continue
            verdict = weigh(draft, self._clauses)
            results = results or verdict is Verdict.RESULT
            if verdict in (Verdict.TALK, Verdict.RESULT):
                continue
            built = Builder(draft, self._profile.default_symbol).build()
            review.inspect(built, draft, self._clauses, verdict)
            if built.order not in seen:
                seen.add(built.order)
                kept.append((built, draft))
        if results:
            kept = [(built, draft) for built, draft in kept if draft.sls and draft.tps]
        review.compare(kept)
        review.neighbours(kept, drafts, self._clauses)
        review.overlooked(kept, self._tokens)
        return kept

    def _closed(self, head: int) -> list[Token]:
        """The instrument just closed, where the next order on its line names none."""
        if head - 1 not in self._steps or self._clauses[head - 1].end is not C.END:
            return []
        named = {t.value: t for t in self._tokens if t.concept is C.SYMBOL}
        return list(named.values()) if len(named) == 1 else []

    def _open(self, built: list[tuple[Built, Draft]]) -> Reading:
        problems: list[Problem] = []
        for each, _ in built:
            for code, text, token in each.complaints:
                problems.append(Problem(code, text, self._place(token) if token else None))
            self._spans += [Span(name, *self._place(token)) for name, token in each.fields]
        first = min(draft.head for _, draft in built)
        actions = tuple(self._actions(before=first))
        if review.withdrawn(self._clauses, first, self._steps):
            problems.append(Problem("contradiction", "the message takes itself back"))
        orders = tuple(each.order for each, _ in built)
        return Reading(
            Kind.OPEN, orders, actions, tuple(problems), tuple(self._spans), self._confidence()
        )

    def _place(self, token: Token) -> tuple[int, int]:
        return self._clean.span(token.start, token.end)

    def _confidence(self) -> Decimal | None:
        if not self._has & mask(C.CONFIDENCE):
            return None
        for at, token in enumerate(self._tokens):
            near = {t.concept for t in self._tokens[max(0, at - 3) : at + 2]}
            amount = token.concept in (C.PERCENT, C.CONFIDENCE) and token.text[0].isdigit()
            if amount and C.CONFIDENCE in near:
                return next(iter(readings(token.text)), None)
        return None

    def _reply(self, drafts: list[Draft]) -> list[Action]:
        """Levels without symbol and side in a reply to an alert are its new levels."""
        if not self._reply_to or self._has & _UNLIKE_LEVELS:
            return []
        alert = read(self._reply_to, profile=self._profile)
        if alert.kind is not Kind.OPEN or len(drafts) != 1:
            return []
        symbol = alert.orders[0].symbol if alert.orders else None
        numbers = [int(t.text) for t in self._tokens if t.concept is C.INDEX and t.text.isdigit()]
        return modified(drafts[0], scale_of(symbol), numbers[0] if numbers else None)

    def _actions(self, before: int | None = None) -> list[Action]:
        named = [filters(c) for c in self._clauses] if before is None and self._steps else []
        symbols = [s for s, _ in named if s is not None]
        sides = [s for _, s in named if s is not None]
        actions: list[Action] = []
        for number, steps in self._steps.items():
            clause = self._clauses[number]
            if before is not None and number > before and not _named_close(steps, clause):
                continue
            symbol, side = filters(clause)
            if before is None:
                symbol = symbol or (symbols[0] if symbols else None)
                side = side or (sides[0] if sides and len({s.value for s in symbols}) < 2 else None)
            cancelling = steps[0].kind is ActionKind.CANCEL_PENDING
            both: list[Side | None] = [*sides_of(clause)] if cancelling else []
            for name in also_named(clause, steps, symbol):
                for each in both or [side]:
                    actions += [action_of(step, name, each, scale_of(name)) for step in steps]
            self._spans += [Span("action", *self._place(t)) for step in steps for t in step.tokens]
        return list(dict.fromkeys(actions))


def _without(text: str, lines: tuple[str, ...]) -> str:
    """The text with ignored lines blanked, so that all offsets stay."""
    if not lines:
        return text
    ignored = {" ".join(line.lower().split()) for line in lines}
    kept = text.splitlines(keepends=True)
    return "".join(
        " " * (len(line) - 1) + line[-1] if " ".join(line.lower().split()) in ignored else line
        for line in kept
    )


def _mirrored(order: Draft, other: Draft) -> bool:
    """ "Buy above 2660, sell below 2640" plans both ways, "buy 2650 sell 2670" tells a trade."""
    told = bool(order.entries and other.entries) and order.head == other.head
    return (told or bool(order.beyond and other.beyond)) and not order.levelled


def _named_close(steps: list[Step], clause: Clause) -> bool:
    return steps[0].kind in (
        ActionKind.CLOSE,
        ActionKind.CLOSE_ALL,
        ActionKind.CANCEL_PENDING,
    ) and bool(clause.has & mask(C.SYMBOL, C.BUY, C.SELL, C.BUYS, C.SELLS, C.ALL))


def _opens(clause: Clause) -> bool:
    """A side that names no existing trade, as in "the gold sell"."""
    for at, token in enumerate(clause.tokens):
        if token.concept in (C.BUY, C.SELL):
            return not any(t.concept is C.THE for t in clause.tokens[max(0, at - 2) : at])
    return False


def _setup_first(clause: Clause, steps: list[Step]) -> bool:
    """A side and a price before the first verb: a new signal with advice behind it."""
    first = min(t.start for step in steps for t in step.tokens)
    before = [t.concept for t in clause.tokens if t.start < first]
    return C.PRICE in before and (
        C.BUY in before or C.SELL in before or before[0] in (C.TP, C.SL, C.ENTRY)
    )
