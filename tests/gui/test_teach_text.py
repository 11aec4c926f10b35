"""The text that is marked: places in it are those of the message, whatever it is made of."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from signalos_desktop.domain import parsing
from signalos_desktop.domain.parsing.teaching import Field
from signalos_desktop.engine.controls import Answer
from signalos_desktop.ui.actions import Actions, Wish
from signalos_desktop.ui.pages.teach import TeachPage
from signalos_desktop.ui.pages.teach_text import TeachText
from signalos_desktop.ui.rule_wishes import RuleWishes
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.teaching import Marking, TeachSubject
from signalos_desktop.ui.widgets.message_text import LONGEST


def subject(text: str) -> TeachSubject:
    return TeachSubject("S1", "Gold", text, parsing.read(text))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("gold buy\r\nSL 2300\r\nTP 2600", "2300"),
        ("\U0001f525\U0001f680 gold \U0001f525 SL 2300", "2300"),
        ("طلا خرید حد ضرر ۲۳۰۰", "۲۳۰۰"),
        ("a\u202eb\x00c 2300 \ud800 end", "2300"),
        ("x" * (LONGEST - 4) + "2300" + "y" * 5000, "2300"),
    ],
    ids=["crlf", "emoji", "rtl", "controls", "too long"],
)
def test_a_selection_is_given_in_code_points_of_the_message(
    qtbot: QtBot, theme: Theme, text: str, word: str
) -> None:
    made = TeachText(theme)
    qtbot.addWidget(made)
    made.show_marks(Marking(subject(text)))
    at = text.index(word)
    made.select_span(at, at + len(word))
    assert made.selected_span() == (at, at + len(word))


def test_letters_mark_delete_unmarks_and_copying_still_works(qtbot: QtBot, theme: Theme) -> None:
    made = TeachText(theme)
    qtbot.addWidget(made)
    made.show_marks(Marking(subject("gold SL 2300")))
    marked: list[Field] = []
    gone: list[bool] = []
    made.marked.connect(marked.append)
    made.unmarked.connect(lambda: gone.append(True))
    QTest.keyClicks(made, "bsyeltBq")
    QTest.keyClick(made, Qt.Key.Key_Backspace)
    QTest.keyClick(made, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    sides = [Field.BUY, Field.SELL]
    assert marked == [*sides, Field.SYMBOL, Field.ENTRY, Field.SL, Field.TP, Field.BUY]
    assert gone == [True]
    assert made.toPlainText() == "gold SL 2300"


class Late:
    """An engine whose answers come when the test lets them."""

    def __init__(self) -> None:
        self.answers: list[asyncio.Future[Answer]] = []

    async def ask(self, wish: Wish) -> Answer:
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.answers.append(waiting)
        return await waiting

    async def look(self) -> list[object]:
        return []


def test_only_the_answer_to_the_last_marks_counts(qtbot: QtBot, theme: Theme) -> None:
    actions, engine = Actions(), Late()
    actions.connect_engine(engine)  # type: ignore[arg-type] # its looks are never asked for
    page = TeachPage(theme, actions, RuleWishes(actions))
    qtbot.addWidget(page)

    async def script() -> None:
        page.open(subject("gold SL 2300 TP 2600"))
        for at, field in ((8, Field.SL), (16, Field.TP)):
            page.text.select_span(at, at + 4)
            page.mark(field)
            await asyncio.sleep(0)
        [first] = engine.answers
        first.set_result(Answer(False, "NOT_LEARNT", "the first"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert page.note.text() == "Reading the last messages again"
        [_, second] = engine.answers
        second.set_result(Answer(False, "NOT_LEARNT", "the second"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    asyncio.run(script())
    assert page.note.text() == "the second"
    assert not page.save.isEnabled()
