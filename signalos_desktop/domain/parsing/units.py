"""Tells prices from pips, percent, ratios, leverage, lots, list numbers and other figures."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.fillers import unmixed
from signalos_desktop.domain.parsing.grouping import regrouped
from signalos_desktop.domain.parsing.numerals import readings
from signalos_desktop.domain.parsing.tokens import Token

_PAIRING: Final = frozenset({C.COLON, C.EQUALS})
_ENCLOSING: Final = _PAIRING | {C.CLOSING, C.PAREN}
_LONGEST_LIST: Final = 12
_AHEAD: Final = 4  # how far behind the last token the rules may look
_LEVELS: Final = frozenset({C.SL, C.TP, C.STOP})
_PLAIN_BEFORE: Final = frozenset({C.SL, C.TP, C.ENTRY, C.INDEX})
_PLAIN_AFTER: Final = frozenset({C.NEWLINE, C.SL, C.TP, C.ENTRY})
_LIST_SIGNS: Final = frozenset({C.SLASH, C.DASH, C.COMMA, C.AND, C.TO})
_UNITS: Final = {C.PIPS: C.PIPS, C.PERCENT: C.PERCENT, C.TIMES: C.LEVERAGE, C.LOT: C.NOISE}
_PASSED: Final = frozenset({C.COLON, C.EQUALS, C.PAREN, C.DASH, C.FILLER, C.ARROW, C.TO, C.DOLLAR})
_LABELS: Final = {
    C.META: C.NOISE, C.PROMO: C.NOISE, C.LOT: C.NOISE, C.RISK: C.NOISE,
    C.CONFIDENCE: C.CONFIDENCE, C.REWARD: C.RATIO, C.LEVERAGE: C.LEVERAGE,
}  # fmt: skip
_AFTER_INDEX: Final = frozenset(
    {C.NUMBER, C.OPEN, C.TP_OPEN, C.RESULT, C.MOVED, C.TO, C.CHECK, C.DOLLAR, C.PIPS, C.MOVE,
     C.NEW, C.HALF, C.GAIN, C.TARGET_MARK, C.ARROW}
)  # fmt: skip
_INDEX_SIGNS: Final = frozenset(
    {C.COLON, C.DASH, C.EQUALS, C.CLOSING, C.ARROW, C.END, C.AT, C.BAR, C.FILLER}
)
_COUNTED: Final = frozenset(
    {C.TP, C.GAIN, C.ENTRY, C.SL, C.KEY, C.LIMIT, C.STOP, C.STOP_ORDER, C.STOP_MARK}
)


class Measure:
    """One walk over a message's tokens; every NUMBER leaves as a more precise concept."""

    def __init__(self, tokens: list[Token]) -> None:
        self._in = regrouped(tokens)
        self._kinds = [t.concept for t in self._in] + [C.NEWLINE] * _AHEAD
        self._out: list[Token] = []

    def run(self) -> list[Token]:
        at = 0
        while at < len(self._in):
            token = self._in[at]
            if token.concept is C.NUMBER:
                at = self._number(at)
            elif token.concept is C.TO and token.text == "a" and self._article(at):
                at += 1
            else:
                self._out.append(token)
                at += 1
        return unmixed(self._out)

    def _number(self, at: int) -> int:
        if len(self._out) > 1 and self._out[-2].text == "open":
            self._opening()
        if self._plain(at):
            return self.emit(at, C.PRICE, at + 1)
        for rule in _RULES:
            end = rule(self, at)
            if end:
                return end
        return self.emit(at, C.PRICE, at + 1)

    def _article(self, at: int) -> bool:
        """ "With a stop at 2650 and a target": not the "a" of other languages' "to"."""
        return self._kinds[at + 1] in _LEVELS and self.last() not in _LEVELS | {C.INDEX}

    def _opening(self) -> None:
        """ "Open=2650" names the entry; "TP3: open" does not."""
        before = self._out[-3].concept if len(self._out) > 2 else C.NEWLINE
        if self.last() in (C.EQUALS, C.COLON) and before not in (C.TP, C.INDEX):
            self._out[-2] = self._out[-2]._replace(concept=C.ENTRY)

    def _plain(self, at: int) -> bool:
        """A long number between a level's label and a line's end or the next label: a price."""
        if len(self._in[at].text) < 4 or self._kinds[at + 1] not in _PLAIN_AFTER or not self._out:
            return False
        last = self._out[-1].concept
        if last is C.COLON and len(self._out) > 1:
            last = self._out[-2].concept
        return last in _PLAIN_BEFORE

    def emit(self, at: int, concept: C, end: int, text: str = "") -> int:
        token = self._in[at]
        self._out.append(token._replace(concept=concept, text=text or token.text))
        return end

    def concept(self, at: int) -> C:
        return self._kinds[at]

    def glued(self, at: int) -> bool:
        """Whether the token at this place exists and touches the one before it."""
        return 0 < at < len(self._in) and self._in[at].start == self._in[at - 1].end

    def text(self, at: int) -> str:
        return self._in[at].text if at < len(self._in) else ""

    def before(self, passed: frozenset[C] = _PASSED) -> C:
        """The concept before this place, stepping over signs between a label and its number."""
        for token in reversed(self._out[-4:]):
            if token.concept not in passed:
                return token.concept
        return C.NEWLINE

    def last(self) -> C:
        return self._out[-1].concept if self._out else C.NEWLINE

    def small(self, at: int, most: int = 9) -> bool:
        text = self.text(at)
        return text.isdigit() and len(text) <= 2 and 1 <= int(text) <= most

    def ratio(self, at: int) -> int:
        """1:2, 2R."""
        if self.concept(at + 1) is C.REWARD and self.glued(at + 1):
            return self.emit(at, C.RATIO, at + 2)
        if self.text(at) != "1" or self.concept(at + 1) is not C.COLON:
            return 0
        if self.concept(at + 2) is not C.NUMBER or len(self.text(at + 2)) > 3:
            return 0
        near = C.REWARD in (self.last(), self.before(), self.concept(at + 3))
        tight = self.glued(at + 1) and self.glued(at + 2) and self.small(at + 2, 20)
        if near or (tight and self.last() not in (C.KEY, C.INDEX)):
            return self.emit(at, C.RATIO, at + 3, self.text(at + 2))
        return 0

    def fraction(self, at: int) -> int:
        """1/3 written tightly; also "3 of 5" and "#12", which count messages."""
        slash = self.concept(at + 1) is C.SLASH and self.glued(at + 1) and self.glued(at + 2)
        if slash and self.small(at) and self.small(at + 2) and self._is_fraction(at):
            return self.emit(at, C.FRACTION, at + 3, f"{self.text(at)}/{self.text(at + 2)}")
        if self.text(at + 1) == "of" and self.concept(at + 2) is C.NUMBER:
            return self.emit(at, C.NOISE, at + 3)
        if self.last() is not C.HASH or not self.glued(at):
            return 0
        before = self._out[-2].concept if len(self._out) > 1 else C.NEWLINE
        headed = before in _TOUCHED
        listed = before is C.NEWLINE and self.concept(at + 1) is C.NUMBER  # "#2 2705"
        if (headed or listed) and self.small(at, 20):
            return self.emit(at, C.INDEX, at + 1)
        return 0 if headed else self.emit(at, C.NOISE, at + 1)

    def _is_fraction(self, at: int) -> bool:
        if self.last() in (C.CLOSE, C.TAKE, C.REDUCE):
            return int(self.text(at)) < int(self.text(at + 2))
        listed = self.last() is C.TP or self.concept(at + 3) in _LIST_SIGNS | {C.PIPS}
        return int(self.text(at)) < int(self.text(at + 2)) and not listed

    def unit(self, at: int) -> int:
        """A run of numbers with one unit behind it: 20/40/60 pips, 1-2 %, 5-10x."""
        members, end = [at], at + 1
        while (
            self.concept(end) in _LIST_SIGNS
            and self.concept(end + 1) is C.NUMBER
            and len(members) < _LONGEST_LIST
        ):
            members.append(end + 1)
            end += 2
        concept = _UNITS.get(self._kinds[end])
        if self._kinds[end] is C.META and self._minutes(end):
            concept = C.NOISE
        if concept is None:
            return self._span_of_time(at)
        if not self._unit_holds(members, end):
            return 0
        if concept is C.PIPS and self.before() is C.META:
            concept = C.NOISE  # "spread 20-40 points"
        for member in members:
            self.emit(member, concept, end)
        return end + 1

    def _span_of_time(self, at: int) -> int:
        """The 10 of "10-15 min", whose second part is a chart's name."""
        joined = self._kinds[at + 2] is C.TIMEFRAME and len(self.text(at)) < 3
        framed = joined and self._kinds[at + 1] in (C.DASH, C.TO)
        return self.emit(at, C.NOISE, at + 1) if framed and self.text(at + 2)[0].isdigit() else 0

    def _minutes(self, at: int) -> bool:
        """ "10-15 min", where "min 10" is a least amount."""
        return self.text(at) == "min" and self.concept(at + 1) not in (C.NUMBER, C.COLON, C.EQUALS)

    def _unit_holds(self, members: list[int], end: int) -> bool:
        values = [value for m in members for value in readings(self.text(m))[:1]]
        if len(values) < len(members) or max(values) > 20 * max(min(values), Decimal("0.05")):
            return False
        whole = [self.text(m).isdigit() for m in members]
        if whole[-1] and not all(whole):
            return False  # prices with a decimal point before a round number of pips
        unit = self.concept(end)
        if unit is C.TIMES:
            return self.text(members[-1]).isdigit() and max(values) <= 500
        if unit is C.LOT:
            labelled = self.concept(end + 1) in (C.COLON, C.EQUALS, C.END)
            if self.concept(end + 1) is C.NUMBER:  # "lot 0.05", not "0.05 lot 2655"
                labelled = any(value <= _MOST_LOTS for value in readings(self.text(end + 1))[:1])
            return max(values) <= _MOST_LOTS and not labelled
        return True

    def label(self, at: int) -> int:
        """A number behind a word for something else: risk 1, lot 0.5, leverage: 20, TCS 85."""
        concept = _LABELS.get(self.last()) or _LABELS.get(self.before())
        if self.last() is C.TIMES and self.glued(at):
            concept = C.LEVERAGE
        if self.before() is C.PERCENT and self.last() is C.COLON:
            concept = C.PERCENT
        if self._in_pips():
            concept = C.PIPS
        if self._idle_key():
            concept = C.NOISE
        if self.last() is C.PERCENT and self.glued(at) and self._out[-1].text == "%":
            self._out.pop()  # "%50"
            return self.emit(at, C.PERCENT, at + 1)
        if concept is None:
            return 0
        if concept is C.LEVERAGE and not (self.text(at).isdigit() and int(self.text(at)) <= 500):
            return 0
        return self.emit(at, concept, at + 1)

    def _idle_key(self) -> bool:
        """The number of a key that is no level: q=2, mm=0.5, tf: 15."""
        pair = self._out[-2:]
        if len(pair) < 2 or pair[1].concept not in (C.EQUALS, C.COLON):
            return False
        if pair[0].concept is C.TIMEFRAME:
            return True
        idle = pair[0].concept in (C.FILLER, C.KEY) or pair[0].text == "q"
        return idle and pair[1].concept is C.EQUALS

    def _in_pips(self) -> bool:
        """The unit before the number: SL (pips): 30."""
        if self.last() not in _PAIRING:
            return False
        tail = [t for t in self._out[-5:] if t.concept not in _ENCLOSING]
        unit = tail[-1] if len(tail) > 1 else None
        return unit is not None and unit.concept is C.PIPS and unit.text.isalpha()

    def volume(self, at: int) -> int:
        """Lots behind the side, as terminals print them: buy 0.10 XAUUSD at 2650."""
        if self.before(_LISTING) not in _SIDED or self.concept(at + 1) not in _AFTER_VOLUME:
            return 0
        passed = _BEFORE_LEVEL if self.concept(at + 1) is C.SYMBOL else _BEFORE_PRICE
        step = at + 1
        while step < len(self._in) and self.concept(step) in passed:
            step += 1
        lots, price = readings(self.text(at))[:1], readings(self.text(step))[:1]
        if self.concept(step) is not C.NUMBER or not lots or not price or lots[0] > _MOST_LOTS:
            return 0
        alike = lots[0] < 2 * price[0] < 4 * lots[0]
        if self.concept(at + 1) is C.NUMBER or self.last() in _LISTING:
            alike = alike or ("." not in self.text(at) and len(self.text(step)) < 4)
            return 0 if alike or price[0] < 2 * lots[0] else self.emit(at, C.NOISE, at + 1)
        alike = alike and lots[0].same_quantum(price[0])
        return 0 if alike else self.emit(at, C.NOISE, at + 1)

    def interval(self, at: int) -> int:
        """A chart's minutes between instrument and side: XAUUSD, 15, sell."""
        between = self.last() in _LISTING and self.concept(at + 1) in _LISTED
        headed = self.concept(at + 1) in _HEADED or self.concept(at + 2) in (C.BUY, C.SELL)
        framed = self.before(_LISTING) is C.SYMBOL and headed
        minutes = self.text(at) in _INTERVALS
        return self.emit(at, C.NOISE, at + 1) if between and framed and minutes else 0

    def index(self, at: int) -> int:
        """The number of a target, entry, line or signal."""
        tail = [t.text for t in self._out[-2:]]
        if self.text(at).isdigit() and (tail[-1:] == ["no"] or tail == ["no", "."]):
            del self._out[-1 - (tail[-1] == ".") :]  # "signal no. 12"
            return self.emit(at, C.INDEX, at + 1)
        if not self.small(at, 20):
            return 0
        last = self._out[-1] if self._out else None
        if last and last.concept in _COUNTED and self.small(at, 12):
            joined = self._in[at].start - self._in[at - 1].end == 1 and not self._in[at].gap
            if (self.glued(at) or joined) and self.concept(at + 1) not in _UNITS:
                return self.emit(at, C.INDEX, at + 1)
            step = at + 1
            while self.concept(step) in _INDEX_SIGNS and step < at + 4:
                step += 1
            ordered = self.concept(at + 1) is C.COLON and self.concept(step) in _HEADS
            if (self.concept(step) in _AFTER_INDEX or ordered) and self.small(at):
                return self.emit(at, C.INDEX, at + 1)
        layered = last is not None and last.concept in (C.BUY, C.SELL)
        priced = layered and self.concept(at + 2) is C.NUMBER  # "Buy 2: 2645"
        if self.concept(at + 1) is C.COLON and (priced or self._heads_line(at)):
            return self.emit(at, C.INDEX, at + 1)
        if last is None or last.concept in (C.NEWLINE, C.PAREN, C.DASH, C.CHECK, C.TARGET_MARK):
            return self._bullet(at)
        return 0

    def _heads_line(self, at: int) -> bool:
        """One word before it on the line and the order behind the colon: "Set 2: sell gold"."""
        lined = len(self._out) == 1 or (len(self._out) > 1 and self._out[-2].concept is C.NEWLINE)
        return lined and self.concept(at + 2) in _HEADS

    def _bullet(self, at: int) -> int:
        after = self.concept(at + 1)
        celled = after is C.BAR and self.last() is C.NEWLINE
        if celled and self.concept(at + 2) in _HEADS:
            return self.emit(at, C.INDEX, at + 2)
        if after in _HEADS and self.last() is C.NEWLINE:
            return self.emit(at, C.INDEX, at + 1)
        if after is C.CLOSING:
            return self.emit(at, C.INDEX, at + 2)
        if after in (C.END, C.COLON, C.DASH) and self.glued(at + 1) and not self.glued(at + 2):
            return self.emit(at, C.INDEX, at + 2)
        return 0

    def attached(self, at: int) -> int:
        """105k is a price; mt5, 3rd and 180m are not."""
        after = self._in[at + 1] if at + 1 < len(self._in) else None
        if after and self.glued(at + 1) and after.concept is C.UNKNOWN and after.text[0].isascii():
            if after.text == "k" and (values := readings(self.text(at))):
                return self.emit(at, C.PRICE, at + 2, f"{(values[0] * 1000).normalize():f}")
            ordinal = after.text in ("st", "nd", "rd", "th")
            return self.emit(at, C.INDEX if ordinal else C.NOISE, at + 2)
        last = self._out[-1] if self._out else None
        worded = last is not None and last.text.isascii() and last.text[-1].isalpha()
        if worded and self.glued(at) and self.last() not in _TOUCHED:
            return self.emit(at, C.NOISE, at + 1)
        return 0

    def gain(self, at: int) -> int:
        """+60 and +$60 without a unit boast of a result."""
        signs = [t.concept for t in self._out[-2:]]
        if signs[-1:] == [C.PLUS] and self.glued(at):
            zone = signs[0] is C.TIMEFRAME  # GMT+2
            return self.emit(at, C.NOISE if zone else C.PIPS, at + 1)
        return self.emit(at, C.PIPS, at + 1) if signs == [C.PLUS, C.DOLLAR] else 0

    def added(self, at: int) -> int:
        """2660+2670+2680: a list."""
        listed = self.last() is C.PLUS and len(self._out) > 1 and self._out[-2].concept is C.PRICE
        if listed and not self._in[at].gap and len(self._out[-2].text) == len(self.text(at)) > 3:
            return self.emit(at, C.PRICE, at + 1)
        return 0

    def count(self, at: int) -> int:
        """How many there are: in 3 layers, with 2 targets."""
        plural = self.concept(at + 1) in _COUNTABLE and self.text(at + 1)[-1] == "s"
        if plural and self.small(at) and self.last() not in _TOUCHED | {C.COLON, C.PRICE}:
            return self.emit(at, C.NOISE, at + 1)
        return 0


_TOUCHED: Final = frozenset(
    {C.TP, C.SL, C.STOP, C.ENTRY, C.BUY, C.SELL, C.NOW, C.AT, C.FROM, C.SYMBOL, C.LIMIT, C.TO,
     C.STOP_ORDER, C.ABOVE, C.BELOW}
)  # fmt: skip
_SIDED: Final = frozenset({C.BUY, C.SELL, C.LIMIT, C.STOP, C.STOP_ORDER})
_HEADS: Final = frozenset({C.SYMBOL, C.BUY, C.SELL})
_BEFORE_PRICE: Final = frozenset(
    {C.SYMBOL, C.AT, C.COLON, C.DOLLAR, C.ENTRY, C.COMMA, C.FROM, C.NOW, C.NEWLINE, C.END, C.BAR}
)
_BEFORE_LEVEL: Final = _BEFORE_PRICE | {C.SL, C.STOP, C.EQUALS}
_AFTER_VOLUME: Final = frozenset({C.SYMBOL, C.AT, C.NEWLINE, C.NUMBER, C.END, C.COMMA, C.BAR})
_COUNTABLE: Final = frozenset({C.ENTRY, C.TP, C.KEY, C.LIMIT, C.BUYS, C.SELLS})
_LISTING: Final = frozenset({C.COMMA, C.BAR, C.END, C.DASH})
_HEADED: Final = frozenset({C.COLON, C.CLOSING})
_LISTED: Final = _LISTING | {C.COLON, C.NEWLINE, C.CLOSING}
_INTERVALS: Final = frozenset(("1", "3", "5", "15", "30", "45", "60", "120", "240"))
_MOST_LOTS: Final = 100
_RULES: Final[tuple[Callable[[Measure, int], int], ...]] = (
    Measure.ratio,
    Measure.fraction,
    Measure.unit,
    Measure.label,
    Measure.volume,
    Measure.interval,
    Measure.count,
    Measure.index,
    Measure.added,
    Measure.gain,
    Measure.attached,
)
