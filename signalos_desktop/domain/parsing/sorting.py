"""Sorts symbols, sides and amounts into order drafts: a small state machine over typed tokens."""

from collections.abc import Callable
from typing import Final

from signalos_desktop.domain.parsing import lines
from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.drafts import Amount, Draft
from signalos_desktop.domain.parsing.tokens import Token

_RANGE: Final = frozenset({C.DASH, C.SLASH, C.TO})
_MENTIONS: Final = 8  # more of the same in one order add nothing
_SIDE_OF: Final = {C.BUY: "buy", C.SELL: "sell", C.BUYING: "buy", C.SELLING: "sell"}
_WANTED: Final = frozenset({C.PRICE, C.PIPS, C.OPEN, C.RATIO, C.COLON, C.DASH})


class Sorter:
    """Walks the clauses once. `field` is where the next amount belongs; None means nowhere yet."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._draft = Draft(0)
        self._field: C | None = None
        self._filled = False  # the current label already has its amount
        self._before: C = C.NEWLINE  # what stands before, signs included
        self._word: C = C.NEWLINE  # what stands before, signs left out
        self._held: Token | None = None
        self._clause = 0
        self._line = C.NEWLINE  # what the line began with
        self._next: list[Token] = []
        self._signed = False
        self._touching = False  # behind a minus that stands apart from its label
        self._summed = False  # behind an equals sign
        self._aside = False
        self._labelled = self._restating = False  # whether the entry has a label, and a second one

    def clause(self, number: int, tokens: list[Token]) -> None:
        self._clause = number
        if self._draft.stopped and lines.numbered_order(tokens):
            self._again()
        self._newline(tokens)
        for at, token in enumerate(tokens):
            concept = token.concept
            rule = _RULES.get(concept)
            if rule:
                self._next = tokens[at + 1 : at + 3]
                if self._draft.first != number and self._draft.empty:
                    self._draft.first = number
                rule(self, token)
                self._draft.last = number
            if concept in lines.SILENT:
                self._sign(concept, token.gap)
            else:
                self._word = concept
                self._signed = self._summed = self._touching = False
            self._before = concept

    def _sign(self, concept: C, gap: bool) -> None:
        """Minus signs, sums and parentheses: what they say of the next amount."""
        self._touching = concept is C.DASH and gap and self._before in (C.SL, C.TP, C.INDEX)
        self._signed = concept is C.DASH and self._before in (C.COLON, C.EQUALS, C.AT)
        self._summed = concept is C.EQUALS or (self._summed and concept is C.PLUS)
        if concept is C.PAREN or concept is C.CLOSING:
            self._aside = concept is C.PAREN

    def finish(self) -> list[Draft]:
        self._close_draft()
        return self.drafts

    def _newline(self, tokens: list[Token]) -> None:
        """A new line ends a stop and an entry, unless it goes on with a numbered or bare price."""
        first = tokens[0].concept
        listed = first is C.INDEX or (first is C.PRICE and self._line is C.PRICE)
        if self._filled and (self._field is C.SL or (self._field is C.ENTRY and not listed)):
            self._field = None
        continued = self._field is None or (self._field is C.TP and self._filled)
        if self._draft.begun and continued and lines.worded(tokens):
            self._field, self._filled = C.NOISE, True
        self._line = first
        self._aside = False
        self._before = C.NEWLINE

    def _close_draft(self) -> None:
        self._leave()
        draft = self._draft
        if draft.symbols or draft.sides or draft.begun:
            self.drafts.append(draft)

    def _start(self) -> None:
        self._close_draft()
        self._draft = Draft(self._clause, self._clause)
        self._field, self._filled = None, False
        self._labelled = self._restating = False

    def _again(self) -> None:
        """A further order of the same instrument, side and type."""
        draft = self._draft
        self._start()
        self._draft.symbols, self._draft.inherited = list(draft.symbols), True
        self._draft.sides, self._draft.head = list(draft.sides), draft.head
        self._draft.types = list(draft.types)

    def symbol(self, token: Token) -> None:
        draft = self._draft
        if draft.inherited and not draft.begun:
            draft.symbols, draft.inherited = [], False
        known = {s.value for s in draft.symbols}
        if known and draft.begun and token.value not in known:
            self._start()
            draft = self._draft
        if len(draft.symbols) < _MENTIONS:
            draft.symbols.append(token)
        if self._field is not None and self._filled:
            self._field = None

    def side(self, token: Token) -> None:
        draft = self._draft
        if draft.sides and draft.begun and self._word not in _SIDE_OF:
            if (
                _SIDE_OF[draft.sides[-1].concept] == _SIDE_OF[token.concept]
                and not draft.levelled
                and draft.entries
            ):
                draft.sides.append(token)  # "buy 2345, buy 2340": layers of one order
                self._field, self._filled = C.ENTRY, False
                return
            symbols = draft.symbols
            self._start()
            draft = self._draft
            draft.symbols, draft.inherited = list(symbols), True
        if not draft.sides:
            draft.head = self._clause
        if len(draft.sides) < _MENTIONS:
            draft.sides.append(token)
        if self._held:
            draft.types.append(self._held)
            self._held = None
        if self._field in (C.SL, C.TP):
            self._field = None

    def order_type(self, token: Token) -> None:
        if self._draft.levelled and self._next and self._next[0].concept in (C.BUY, C.SELL):
            self._held = token
        elif not self._draft.levelled or self._word in (C.BUY, C.SELL):
            self._draft.types.append(token)

    def stop(self, token: Token) -> None:
        """The word stop: an order type right beside the side, else the stop loss."""
        after = self._next[0].concept if self._next else C.NEWLINE
        joined = self._word in (C.BUY, C.SELL) and (
            (self._before is C.DASH and not token.gap)
            or (self._before is C.PAREN and after is C.CLOSING)
        )
        beside = (
            joined
            or self._before in (C.BUY, C.SELL)
            or (after in (C.BUY, C.SELL) and self._word is not C.PRICE)
        )
        if beside and not joined and after is C.PRICE and self._entered():
            beside = False
        valued = self._word is C.KEY and self._before is C.COLON and after is not C.PRICE
        if beside or valued:
            self.order_type(token._replace(concept=C.STOP_ORDER))
        else:
            self.label(token._replace(concept=C.SL))

    def _entered(self) -> bool:
        """The entry is known: by a price, or "now"."""
        timed = any(t.concept in (C.NOW, C.MARKET) for t in self._draft.types)
        return timed or bool(self._draft.entries)

    def label(self, token: Token) -> None:
        qualified = self._word in (C.SL, C.TP, C.STOP, C.INDEX) and self._before is not C.NEWLINE
        if token.concept is C.ENTRY and self._field in (C.SL, C.TP) and qualified:
            return  # "target price", "stop level"
        if token.concept is C.ENTRY and self._known() and any(map(lines.short, self._next)):
            self._field, self._filled = C.NOISE, True  # "level 85 trader" below a setup
            return
        doubled = token.concept is C.ENTRY and self._draft.entries and self._field is C.ENTRY
        valued = [t.concept for t in self._next[:1]] == [C.EQUALS]
        if doubled and self._before is C.PRICE and valued:
            self._draft.flags.setdefault("double_entry", token)
        if token.concept is C.ENTRY:
            self._restating = self._restates(token)
            self._labelled = True
        self._leave()
        self._field, self._filled = token.concept, False
        if self._before is C.ARROW and not any(t.concept in _WANTED for t in self._next):
            self._draft.flags.setdefault("gain", token)

    def _known(self) -> bool:
        return bool(self._draft.entries) and self._draft.complete

    def _restates(self, token: Token) -> bool:
        """ "Gold buy 3255, entry 3310": a second entry, unless it is numbered or layered."""
        priced = self._next_is_price() and self._next[0].concept is not C.INDEX
        bare = bool(self._draft.entries) and not self._labelled
        further = self._word is C.INDEX  # "2nd entry"
        return bare and priced and not further and token.text.startswith(lines.ENTRANCES)

    def _leave(self) -> None:
        """A label left without an amount: its level may stand where we cannot read it."""
        if self._field in (C.SL, C.TP) and not self._filled:
            self._draft.unfilled.add(self._field)

    def take(self, token: Token) -> None:
        """ "Take: 2660" is a target."""
        after = [t.concept for t in self._next]
        pointed = after[:1] and after[0] in _BEFORE_TARGET and C.PRICE in after
        if pointed or after[:1] in ([C.COLON], [C.PRICE]):
            self.label(token._replace(concept=C.TP))

    def gain(self, token: Token) -> None:
        """ "TP1 done" tells of a target that was reached."""
        reached = self._field is C.TP and self._word in (C.TP, C.INDEX, C.PRICE)
        if reached and not self._aside and not lines.tallied(self._next):
            self._draft.flags.setdefault("gain", token)
        self.word(token)

    def mark(self, token: Token) -> None:
        """🎯 or 🛑 directly before a price says what the price is."""
        if self._next and self._next[0].concept is C.PRICE:
            self.label(token._replace(concept=C.TP if token.concept is C.TARGET_MARK else C.SL))

    def tick(self, token: Token) -> None:
        """ "TP1 ✅" without a price tells of a target that was reached."""
        labelled = self._field is C.TP and self._word in (C.TP, C.INDEX) and not self._filled
        if labelled and (not self._next or self._next[0].concept is C.TP):
            self._draft.flags.setdefault("gain", token)

    def price(self, token: Token) -> None:
        ranged = self._before in _RANGE or self._before is C.OR
        if self._filled and self._field is C.TP and self._counts(token):
            self._draft.strays.append(token)
        elif self._field is C.SL:
            self._price_sl(token, ranged)
        elif self._field is C.TP:
            self._draft.tps.append(Amount(token, ranged, self._aside))
        elif self._field is C.ENTRY:
            self._draft.entries.append(Amount(token, ranged, self._aside, self._restating))
        elif self._field is None:
            self._price_loose(token, ranged)
        else:
            self._draft.strays.append(token)
        self._filled = True
        if self._before is C.TO and self._word in _LEVELS:
            self._draft.sent.append(token)
        if self._touching and not token.gap and self._field in (C.SL, C.TP):
            self._draft.signed.append(token)
        if self._minus(token):
            self._draft.flags.setdefault("negative", token)

    def _counts(self, token: Token) -> bool:
        """A short number of something behind the targets: "tp 2660 / 2670 | 65 likes"."""
        named = bool(self._next) and self._next[0].concept in lines.COUNTED
        return named and self._next[0].gap and lines.short(token)

    def _minus(self, token: Token) -> bool:
        """A minus sign behind a colon that touches the number: `SL: -1.08`, not `SL - 1.08`."""
        return self._signed and not token.gap

    def _price_sl(self, token: Token, ranged: bool) -> None:
        if self._draft.sl_pips and not self._draft.sls:
            self._draft.sl_pips.clear()  # "SL 45 pips above at 153.85"
        elif self._filled and not ranged:
            self._draft.flags.setdefault("multiple_sl", token)
            return
        self._draft.sls.append(Amount(token, ranged, self._aside))

    def _price_loose(self, token: Token, ranged: bool) -> None:
        """An unlabelled price: the entry if it follows the head of the order."""
        draft = self._draft
        if draft.entries and self._before is C.ARROW:
            draft.flags.setdefault("arrow", token)
            draft.aims.append(Amount(token, False, self._aside))
        elif draft.entries and self._word is self._line and self._line in _LISTS:
            draft.entries.append(Amount(token, False, self._aside))  # "1) 2660", "30 % @ 2660"
        elif draft.entries and (ranged or self._word is C.PRICE) and not draft.levelled:
            draft.entries.append(Amount(token, ranged, self._aside))
            if not ranged and not self._aside:
                draft.flags.setdefault("listed" if self._before in _LISTING else "loose", token)
        elif (
            not draft.entries
            and (draft.sides or draft.symbols)
            and (self._word in lines.HEAD or not draft.levelled)
        ):
            if self._word not in lines.HEAD:
                draft.flags.setdefault("loose_entry", token)
            draft.entries.append(Amount(token, False, self._aside))
        else:
            draft.strays.append(token)

    def pips(self, token: Token) -> None:
        if not token.text[0].isdigit():
            return
        draft = self._draft
        planned = self._before is not C.PLUS or (self._field is C.TP and bool(draft.sl_pips))
        if (
            self._field in (C.SL, C.TP)
            and planned
            and self._before is not C.PAREN
            and not self._priced()
        ):
            (draft.sl_pips if self._field is C.SL else draft.tp_pips).append(token)
            self._filled = True
        elif self._field not in (C.SL, C.TP) or self._summed or not self._priced():
            draft.flags.setdefault("boast" if self._heads(token) else "gain", token)
        elif self._before is C.PLUS:
            draft.flags.setdefault("boast", token)

    def _heads(self, token: Token) -> bool:
        """ "15 pips scalp" above the order."""
        framed = bool(self._next) and self._next[0].concept is C.TIMEFRAME
        return framed and self._draft.empty and self._before is C.NEWLINE

    def _priced(self) -> bool:
        return self._filled and self._word is C.PRICE

    def ratio(self, token: Token) -> None:
        if self._field is C.TP and not self._priced():
            self._draft.ratios.append(token)
            self._filled = True

    def open_target(self, token: Token) -> None:
        if (
            self._field is C.TP
            and self._before is not C.HASH
            and not (self._next and self._next[0].concept in (C.NOISE, C.TIMEFRAME))
            and self._word
            in (
                C.TP,
                C.INDEX,
                C.PRICE,
                C.AND,
                C.TARGET_MARK,
                C.PIPS,
                C.REST,
                C.UNKNOWN,
            )
        ):
            self._draft.tp_open = self._draft.tp_open or token
            self._filled = True

    def stated_open(self, token: Token) -> None:
        if self._before is not C.HASH and (self._draft.sides or self._draft.symbols):
            self._draft.tp_open = self._draft.tp_open or token

    def set_leverage(self, token: Token) -> None:
        if token.text[0].isdigit():
            self._draft.leverage.append(token)

    def beyond(self, token: Token) -> None:
        draft = self._draft
        if (
            draft.sides
            and not draft.begun
            and self._field in (None, C.ENTRY)
            and self._next_is_price()
        ):
            draft.beyond = token.concept

    def _next_is_price(self) -> bool:
        return any(t.concept is C.PRICE for t in self._next)

    def figure(self, token: Token) -> None:
        """A number that is no price, unless it stands where a missing level would."""
        if token.text[0].isdigit() and self._draft.sides:
            self._draft.figures.append(token)
        self.word(token)

    def frame(self, token: Token) -> None:
        if not self._aside:  # "2660 (scalp)" goes on with the next target
            self.word(token)

    def word(self, token: Token) -> None:
        """An unknown or idle word ends a field that has its amount."""
        if self._filled and self._field is not None:
            self._field = C.NOISE


_LEVELS: Final = frozenset({C.SL, C.TP, C.STOP})
_BEFORE_TARGET: Final = frozenset({C.AT, C.TO, C.DASH, C.EQUALS, C.THE})
_LISTING: Final = frozenset({C.NEWLINE, C.COMMA, C.AND, C.PLUS})
_LISTS: Final = frozenset({C.INDEX, C.PERCENT})
_Rule = Callable[[Sorter, Token], None]
_RULES: Final[dict[C, _Rule]] = {
    C.SYMBOL: Sorter.symbol, C.BUY: Sorter.side, C.SELL: Sorter.side, C.BUYING: Sorter.side,
    C.SELLING: Sorter.side, C.LIMIT: Sorter.order_type, C.NOW: Sorter.order_type,
    C.MARKET: Sorter.order_type, C.STOP_ORDER: Sorter.order_type, C.STOP: Sorter.stop,
    C.ENTRY: Sorter.label, C.SL: Sorter.label, C.TP: Sorter.label, C.PRICE: Sorter.price,
    C.TAKE: Sorter.take, C.CHECK: Sorter.tick,
    C.GAIN: Sorter.gain, C.TARGET_MARK: Sorter.mark, C.STOP_MARK: Sorter.mark,
    C.PIPS: Sorter.pips, C.RATIO: Sorter.ratio, C.OPEN: Sorter.open_target,
    C.TP_OPEN: Sorter.stated_open, C.LEVERAGE: Sorter.set_leverage, C.ABOVE: Sorter.beyond,
    C.BELOW: Sorter.beyond, C.UNKNOWN: Sorter.word, C.KEY: Sorter.word, C.META: Sorter.word,
    C.RISK: Sorter.word, C.PROMO: Sorter.word, C.CONFIDENCE: Sorter.word, C.LOT: Sorter.word,
    C.REWARD: Sorter.word, C.NOISE: Sorter.figure, C.TIMEFRAME: Sorter.frame,
}  # fmt: skip
