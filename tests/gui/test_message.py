"""Foreign text on the screen: plain, bounded, its spans at their place whatever it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from signalos_desktop.domain.signal import Span
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.widgets.message_text import LONGEST, field_tone, show_message
from signalos_desktop.ui.widgets.message_view import MessageView, ReadingView

HARD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\r\n\u2028\u2029\x00\x1b\u200d\u200f\u202e😀🟢é\ud800<&"),
    ),
    max_size=60,
)


def in_utf16(text: str, start: int, end: int) -> str:
    raw = text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end]
    return raw.decode("utf-16-le", "surrogatepass")


def marked(view: MessageView) -> list[str]:
    """The texts that have a ground of their own, as Qt lays them out."""
    edit = view.findChild(QPlainTextEdit)
    assert isinstance(edit, QPlainTextEdit)
    found = []
    for number in range(edit.document().blockCount()):
        block = edit.document().findBlockByNumber(number)
        found += [
            in_utf16(block.text(), piece.start, piece.start + piece.length)
            for piece in block.textFormats()
            if piece.format.background().style() is not Qt.BrushStyle.NoBrush
        ]
    return found


@given(HARD, HARD, HARD)
def test_a_span_stays_at_its_words(before: str, word: str, after: str) -> None:
    text = before + word + after
    shown = show_message(text, [Span("sl", len(before), len(before) + len(word))])

    assert shown.hidden == 0
    alone = show_message(word, []).text
    for mark in shown.marks:
        piece = in_utf16(shown.text, mark.start, mark.end)
        # A CR at the end of the word may belong to an LF after it.
        assert piece in (alone, alone.removesuffix("\n"))


@given(HARD)
def test_what_is_shown_holds_no_control_characters(text: str) -> None:
    shown = show_message(text, []).text

    assert all(
        char in "\n\t\u200c\u200d" or char.isprintable() or char == "\u00a0" for char in shown
    )
    shown.encode("utf-16-le")


@pytest.mark.parametrize(
    "text", ["BUY 😀 GOLD\r\nSL 4057.50\r\n", "\u2028x\u2029SL 4057.50", "אבג SL 4057.50"]
)
def test_qt_marks_the_same_words(theme: Theme, qtbot: QtBot, text: str) -> None:
    view = MessageView(theme)
    qtbot.addWidget(view)
    start = text.index("4057.50")
    view.set_message(text, [Span("sl", start, start + 7)], buying=True)

    assert marked(view) == ["4057.50"]


def test_markup_is_shown_as_it_is(theme: Theme, qtbot: QtBot) -> None:
    view = MessageView(theme)
    qtbot.addWidget(view)
    text = '<a href="https://evil.example">BUY</a> <img src=x>'
    view.set_message(text)

    assert view.text() == text
    edit = view.findChild(QPlainTextEdit)
    assert isinstance(edit, QPlainTextEdit)
    assert edit.isReadOnly()
    assert not edit.textInteractionFlags() & Qt.TextInteractionFlag.LinksAccessibleByMouse


def test_a_very_long_text_is_cut_and_says_so(theme: Theme, qtbot: QtBot) -> None:
    shown = show_message("x" * (LONGEST + 5), [Span("sl", LONGEST + 1, LONGEST + 3)])
    assert (len(shown.text), shown.hidden, shown.marks) == (LONGEST, 5, ())

    view = MessageView(theme)
    qtbot.addWidget(view)
    view.set_message("x" * (LONGEST + 5))
    assert len(view.text()) == LONGEST


@pytest.mark.parametrize("span", [(-1, 2), (2, 2), (3, 1), (50, 60)])
def test_a_span_outside_the_text_is_left_out(span: tuple[int, int]) -> None:
    assert show_message("BUY GOLD", [Span("sl", *span)]).marks == ()


@pytest.mark.parametrize(
    ("field", "buying", "tone"),
    [
        ("side", True, Tone.BUY),
        ("side", False, Tone.SELL),
        ("side", None, Tone.PLAIN),
        ("sl", None, Tone.LOSS),
        ("tp", None, Tone.PROFIT),
        ("tp2", None, Tone.PROFIT),
        ("entry", None, Tone.ACCENT),
        ("symbol", None, Tone.PLAIN),
        ("anything new", None, Tone.PLAIN),
    ],
)
def test_each_field_has_its_tint(field: str, buying: bool | None, tone: Tone) -> None:
    assert field_tone(field, buying) is tone


def test_a_new_message_takes_the_old_marks_away(theme: Theme, qtbot: QtBot) -> None:
    view = MessageView(theme)
    qtbot.addWidget(view)
    view.set_message("SL 4057.50", [Span("sl", 3, 10)])
    view.set_message("hello everyone")

    assert marked(view) == []


def test_a_reading_is_said_field_by_field(theme: Theme, qtbot: QtBot) -> None:
    view = ReadingView(theme)
    qtbot.addWidget(view)
    view.set_reading([("sl", "S/L", "4057.50", "600 points"), ("", "Confidence", "92", "")], "all")
    view.set_reading([("sl", "S/L", "4050.00", "")], "all")

    names = {child.accessibleName() for child in view.findChildren(QWidget)}
    assert "S/L: 4050.00" in names
