"""Cuts plain text into tokens in one pass: numbers, signs, and the longest known phrases."""

import re
from typing import Final

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.instruments import SUFFIXES, WORDLIKE
from signalos_desktop.domain.parsing.lexicon import LONGEST_WORD, Lexicon, Meaning, Node
from signalos_desktop.domain.parsing.phrases import JOINERS
from signalos_desktop.domain.parsing.senses import settle
from signalos_desktop.domain.parsing.tokens import Token

MAX_TOKENS: Final = 800

_NOISE, _KEYCAP, _NUMBER, _WORD, _BREAK = 1, 2, 3, 4, 5
_SCAN = re.compile(
    r"[^\S\n\r\x0b\x0c]*(?:"
    r"((?=[\dhwt+{])(?:(?:https?://|www\.|t\.me/)[^\s\"']*"
    r"|\{\{(?:ticker|close|open|high|low|volume|time|timenow|interval|exchange|strategy[\w.]{1,60})\}\}"
    r"|(?<![\w.,])\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d(?!\d)"
    r"|(?<![\w.,])\d{1,2}(?:st|nd|rd|th)?[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]{0,6}(?:,? (?:19|20)\d\d)?(?!\w)"
    r"|(?<![\w.,])(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}(?!\d)(?:t[\d:.]+(?:z|[+-][\d:]+)?)?"
    r"|(?<![\w.,:])\d{1,2}:[0-5]\d(?::[0-5]\d)?(?![\d.,:]*\d)(?! ?rr?\b)"
    r"|\+\d[\d()-]*(?: [\d()-]{3,}){1,6}))"
    r"|((?:\d\u20e3[.,]?)+)"
    r"|(\d+(?:[.,']\d+)*|\.\d+)"
    r"|([^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|([\n\r\x0b\x0c]\s*)"
    r"|(\S))"
)
_SIGNS: Final = {
    ",": C.COMMA, "-": C.DASH, "~": C.DASH, "/": C.SLASH, "+": C.PLUS, "=": C.EQUALS, ":": C.COLON,
    "→": C.ARROW, ">": C.ARROW, "|": C.BAR, "(": C.PAREN, ")": C.CLOSING, "#": C.HASH, "$":
    C.DOLLAR, "✅": C.CHECK, "📈": C.UP, "📉": C.DOWN, "🎯": C.TARGET_MARK, "🛑": C.STOP_MARK, "•":
    C.DASH, "?": C.QUESTION, "!": C.END, ";": C.END, ".": C.END, "[": C.PAREN, "]": C.CLOSING, "%":
    C.PERCENT, "@": C.AT, "&": C.AND,
}  # fmt: skip
_MOST_GROUPS: Final = 4  # no price has more thousands signs
_THOUSANDS: Final = frozenset(("1000", "10000", "1000000"))
_COUNTED: Final = re.compile(r"(\d)[.](\d+[.,]\d+)")

_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u2e80-\uabff\uf900-\ufaff]")

Piece = tuple[int, str, int, int, bool]


def scan(text: str) -> list[Piece]:
    """(group, text, start, end, gap before) of everything that is not blank."""
    out: list[Piece] = []
    for match in _SCAN.finditer(text, 0, len(text.rstrip())):
        group = match.lastindex or 0
        start, end = match.span(group)
        out.append((group, match[group], start, end, start > match.start()))
        if len(out) > MAX_TOKENS:
            break
    return out


class Lexer:
    """One walk over the pieces of one message."""

    def __init__(self, lexicon: Lexicon, text: str) -> None:
        self._lexicon = lexicon
        self._text = text
        self._pieces = scan(text)
        self._tokens: list[Token] = []
        self._unsure: list[tuple[int, list[Meaning]]] = []

    @property
    def overlong(self) -> bool:
        return max(len(self._pieces), len(self._tokens)) > MAX_TOKENS

    def run(self) -> list[Token]:
        at, pieces = 0, self._pieces
        while at < len(pieces):
            group = pieces[at][0]
            if group == _WORD:
                at = self._word(at)
            elif group == _NUMBER:
                at = self._number(at)
            else:
                at = self._sign(at)
        if self._unsure:
            settle(self._tokens, self._unsure)
        return self._tokens

    def _emit(self, concept: C, piece: Piece, value: str | None = None) -> None:
        self._tokens.append(Token(concept, piece[1], piece[2], piece[3], piece[4], value))

    def _sign(self, at: int) -> int:
        piece = self._pieces[at]
        group, text, start, _, gap = piece
        if group == _BREAK:
            self._emit(C.NEWLINE, piece)
        elif group == _NOISE:
            self._emit(C.NOISE, piece)
        elif group == _KEYCAP:
            digits = text.replace("\u20e3", "")
            long = len(digits) > 2
            self._tokens.append(Token(C.NUMBER if long else C.INDEX, digits, start, piece[3], gap))
        elif text in _SIGNS:
            phrase = self._phrase(at) if text in "@&%" else None
            if phrase:
                return phrase
            self._emit(C.SLASH if self._commands(at) else _SIGNS[text], piece)
        return at + 1

    def _commands(self, at: int) -> bool:
        """The ! of a line that begins with a command: !close."""
        if self._pieces[at][1] != "!" or at + 1 == len(self._pieces):
            return False
        _, _, _, _, gap = after = self._pieces[at + 1]
        first = at == 0 or self._pieces[at - 1][0] == _BREAK
        return first and not gap and after[0] == _WORD

    def _number(self, at: int) -> int:
        piece = self._pieces[at]
        _, text, start, _, gap = piece
        phrase = 0
        if text in _THOUSANDS:
            phrase = self._thousandfold(at)
        elif text in self._lexicon.root:  # "15m", "1 hour", "1inch"
            phrase = self._phrase(at)
        if phrase:
            return phrase
        worded = at > 0 and not gap and self._pieces[at - 1][0] == _WORD
        if text[0] == "." and not gap and self._tokens and self._tokens[-1].text == ".":
            self._tokens[-1] = self._tokens[-1]._replace(concept=C.DASH)  # 2650..2655
            return self._numbers(at, [text[1:]], start + 1)
        if worded and text[0] == ".":  # "TP.1 2650"
            return self._numbers(at, [text[1:]], start + 1)
        if worded and (counted := _COUNTED.fullmatch(text)):  # "TP1.147.10"
            return self._numbers(at, [counted[1], counted[2]], start)
        parts = _several(text) if "," in text else None
        if not parts and len(text) > 18:
            self._emit(C.NOISE, piece)
            return at + 1
        return self._numbers(at, parts or [text], start)

    def _numbers(self, at: int, parts: list[str], start: int) -> int:
        """One piece as its numbers, a sign between each two."""
        gap = self._pieces[at][4]
        for part in parts:
            self._tokens.append(Token(C.NUMBER, part, start, start + len(part), gap))
            start += len(part) + 1
            gap = True
        return at + 1

    def _thousandfold(self, at: int) -> int:
        """A coin quoted by the thousand: 1000PEPEUSDT."""
        pieces = self._pieces
        if at + 1 == len(pieces):
            return 0
        node = self._lexicon.find(pieces[at + 1][1])
        value = node.meaning.value if node and node.meaning else None
        if pieces[at + 1][4] or not value or not value.endswith("USDT"):
            return 0
        self._add(Meaning(C.SYMBOL, pieces[at][1] + value), at, at + 2)
        return at + 2

    def _word(self, at: int) -> int:
        piece = self._pieces[at]
        spelled = self._spelled(at) if len(piece[1]) == 1 else 0
        phrase = spelled or self._coin(at) or self._phrase(at)
        if phrase:
            return phrase
        if not piece[1].isascii() and _UNSPACED.search(piece[1]):
            self._unspaced(piece)
            return at + 1
        halves = self._lexicon.halves(piece[1]) if len(piece[1]) <= LONGEST_WORD else None
        if halves:
            left, right, cut = halves
            start, end = piece[2], piece[3]
            self._tokens.append(
                Token(left.concept, piece[1][:cut], start, start + cut, piece[4], left.value)
            )
            self._tokens.append(
                Token(right.concept, piece[1][cut:], start + cut, end, True, right.value)
            )
            return at + 1
        self._emit(C.UNKNOWN, piece)
        return at + 1

    def _phrase(self, at: int) -> int:
        """Emit the longest phrase that begins here and return the place after it, or 0."""
        word = self._pieces[at][1]
        lexicon = self._lexicon
        node = lexicon.find(word) if self._pieces[at][0] == _WORD else lexicon.root.get(word)
        if node is None:
            return 0
        best, end, others = (
            self._walk(node, at + 1) if node.next else (node.meaning, at + 1, node.others)
        )
        if best is None:
            return 0
        if end > at + 1 and node.meaning and self._parted(at, end, node.meaning):
            best, end, others = node.meaning, at + 1, node.others
        if best.concept is C.SYMBOL:
            end = self._suffix(end)
        if best.concept is C.MACHINE and self._bracketed(at, end):
            best = Meaning(C.KEY)
        if others or best.shared:
            self._unsure.append((len(self._tokens), others))
        self._add(best, at, end)
        return end

    def _parted(self, at: int, end: int, first: Meaning) -> bool:
        """Two words that only meet: the type of "buy limit, price", type=limit price=2650."""
        if first.concept is not C.LIMIT:
            return False
        typed = bool(self._tokens) and self._tokens[-1].concept in (C.BUY, C.SELL)
        valued = self._pieces[at - 1 : at] != [] and self._pieces[at - 1][1] == "="
        return (typed or valued) and self._pieces[end : end + 1] != []

    def _bracketed(self, at: int, end: int) -> bool:
        """The sender's name at the head of an alert: [Bot]."""
        return (
            at > 0
            and self._pieces[at - 1][1] == "["
            and self._pieces[end : end + 1] != []
            and (self._pieces[end][1] == "]")
        )

    def _walk(self, node: Node, step: int) -> tuple[Meaning | None, int, list[Meaning]]:
        """Follow a phrase as far as it goes: its meaning, the place after it, other meanings."""
        pieces = self._pieces
        best, end, others = node.meaning, step, node.others
        while node.next and step < len(pieces):
            piece = pieces[step]
            if piece[1] in JOINERS:
                step += 1
                if step == len(pieces) or piece[4] or pieces[step][4]:
                    break
                piece = pieces[step]
            elif self._apart(step):
                break
            found = node.next.get(piece[1])
            if found is None:
                break
            step += 1
            node = found
            if node.meaning:
                best, end, others = node.meaning, step, node.others
        return best, end, others

    def _apart(self, at: int) -> bool:
        """Whether this piece stands in the next column of a table."""
        left, right = self._pieces[at - 1][3], self._pieces[at][2]
        return right - left > 2 or "\t" in self._text[left:right]

    def _add(self, meaning: Meaning, at: int, end: int) -> None:
        first, last = self._pieces[at], self._pieces[end - 1]
        text = first[1] if end == at + 1 else " ".join([p[1] for p in self._pieces[at:end]])
        self._tokens.append(
            Token(
                meaning.concept,
                text,
                first[2],
                last[3],
                first[4],
                meaning.value,
                meaning.language,
                meaning.shared,
            )
        )

    def _suffix(self, at: int) -> int:
        """Step over a broker's suffix: `.pro`, `_i`, `.P`."""
        tail = self._pieces[at : at + 2]
        glued = len(tail) == 2 and not (tail[0][4] or tail[1][4])
        return at + 2 if glued and tail[0][1] in "._" and tail[1][1] in SUFFIXES else at

    def _spelled(self, at: int) -> int:
        """A word with blanks between its letters: S E L L."""
        pieces = self._pieces
        end = at + 1
        while (
            end < len(pieces)
            and end < at + 12
            and len(pieces[end][1]) == 1
            and pieces[end][1].isalpha()
        ):
            if pieces[end][2] - pieces[end - 1][3] != 1:
                break
            end += 1
        for stop in range(end, at + 2, -1):
            node = self._lexicon.root.get("".join(p[1] for p in pieces[at:stop]))
            if node and node.meaning:
                self._add(node.meaning, at, stop)
                return stop
        return 0

    def _coin(self, at: int) -> int:
        """A coin we have no row for, ABC/USDT, or one that is also a word, $LINK."""
        pieces = self._pieces
        sign = pieces[at - 1][1] if at and not pieces[at][4] else ""
        joint = pieces[at + 1][1] if at + 1 < len(pieces) else ""
        word = pieces[at][1]
        if not (sign in ("$", "#") or joint in ("/", "-")) or not word.isascii() or len(word) > 12:
            return 0
        quote = pieces[at + 2][1] if at + 2 < len(pieces) else ""
        if joint in ("/", "-") and quote in ("usdt", "usdc"):
            self._add(Meaning(C.SYMBOL, (word + quote).upper()), at, at + 3)
            return at + 3
        named = word in WORDLIKE or (word not in self._lexicon.root and 2 <= len(word) <= 8)
        if (sign == "$" and named) or (sign == "#" and word in WORDLIKE):
            self._emit(C.SYMBOL, pieces[at], word.upper() + "USDT")
            return at + 1
        return 0

    def _unspaced(self, piece: Piece) -> None:
        """Words of a script that writes without blanks: the longest known word each time."""
        _, text, start, _, gap = piece
        at = strange = 0
        while at < len(text) and len(self._tokens) <= MAX_TOKENS:
            length, meaning = self._longest(text, at)
            if meaning is None:
                at += 1
                continue
            self._strange(text, strange, at, piece)
            first, end = start + at, start + at + length
            at = strange = at + length
            self._tokens.append(
                Token(
                    meaning.concept,
                    text[first - start : at],
                    first,
                    end,
                    gap,
                    meaning.value,
                    meaning.language,
                )
            )
        self._strange(text, strange, at, piece)

    def _longest(self, text: str, at: int) -> tuple[int, Meaning | None]:
        longest = self._lexicon.longest.get(text[at : at + 2], 1)
        for length in range(min(longest, len(text) - at), 0, -1):
            node = self._lexicon.root.get(text[at : at + length])
            if node and node.meaning:
                return length, node.meaning
        return 1, None

    def _strange(self, text: str, first: int, end: int, piece: Piece) -> None:
        """A run of characters that begins no word we know."""
        if end > first:
            start = piece[2] + first
            self._tokens.append(
                Token(C.UNKNOWN, text[first:end], start, start + end - first, piece[4])
            )


def _several(text: str) -> list[str] | None:
    """Several prices joined by commas, such as 1.0850,1.0900 or 2340,2350: never one number."""
    parts = text.split(",")
    if len(parts) > _MOST_GROUPS:
        return parts
    if any("." in part for part in parts[:-1]) and "." in parts[-1]:
        return parts
    if len({len(part) for part in parts}) == 1 and len(parts[0]) > 3:
        return parts
    return None
