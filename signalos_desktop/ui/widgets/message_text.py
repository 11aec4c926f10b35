"""A foreign text made fit for the screen: plain, bounded, with its spans still at their place."""

from collections.abc import Sequence
from dataclasses import dataclass

from signalos_desktop.domain.signal import Span
from signalos_desktop.ui.theme.tokens import Tone

# More than any signal has; what is longer is cut, and the view says so.
LONGEST = 10_000
_TONES = {
    "sl": Tone.LOSS,
    "tp": Tone.PROFIT,
    "entry": Tone.ACCENT,
    "order_type": Tone.ACCENT,
    "action": Tone.ACCENT,
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span in the shown text, in UTF-16 units as Qt counts."""

    start: int
    end: int
    tone: Tone


@dataclass(frozen=True, slots=True)
class ShownText:
    """hidden: how many code points of the message are not shown.

    places: where each code point begins in UTF-16 units, and the end.
    """

    text: str
    marks: tuple[Mark, ...]
    hidden: int
    places: tuple[int, ...] = (0,)


def show_message(text: str, spans: Sequence[Span], buying: bool | None = None) -> ShownText:
    """buying: the side the reading found, for the tint of its word; None = none."""
    shown = text[:LONGEST]
    pieces, places, position = [], [0], 0
    for place, char in enumerate(shown):
        piece = _shown(char, shown[place + 1 : place + 2])
        pieces.append(piece)
        position += len(piece.encode("utf-16-le")) // 2
        places.append(position)
    marks = tuple(
        Mark(places[span.start], places[min(span.end, len(shown))], field_tone(span.field, buying))
        for span in spans
        if 0 <= span.start < span.end and span.start < len(shown)
    )
    return ShownText("".join(pieces), marks, len(text) - len(shown), tuple(places))


def field_tone(field: str, buying: bool | None = None) -> Tone:
    """The tint of a field, the same in the message and in the reading beside it."""
    if field == "side":
        return Tone.PLAIN if buying is None else Tone.BUY if buying else Tone.SELL
    return _TONES.get(field.rstrip("0123456789_"), Tone.PLAIN)


def _shown(char: str, following: str) -> str:
    """Line ends as one LF; what has no shape of its own as a blank that shows it was there."""
    if char == "\r":
        return "" if following == "\n" else "\n"
    if char in "\u2028\u2029\u0085\v\f":
        return "\n"
    if char in "\n\t" or char.isprintable() or char in "\u200c\u200d":
        return char
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return "\u00a0" if char.isspace() else "\u2423"
