"""Teach by marking: mark words of a message, see what is added and what then reads otherwise."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from signalos_desktop.domain.parsing.teaching import Field as MarkField
from signalos_desktop.engine.controls import Answer
from signalos_desktop.engine.teaching import Preview
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.models.columns import Cell, Column
from signalos_desktop.ui.models.table import TableModel
from signalos_desktop.ui.pages.teach_text import TeachText
from signalos_desktop.ui.rule_wishes import RuleWishes
from signalos_desktop.ui.theme.figures import counted
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.viewmodels.teaching import (
    CAPTIONS,
    KEYS,
    ChangedLine,
    Marking,
    TeachSubject,
    added_lines,
    changed_lines,
    reading_words,
)
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.choices import Segmented
from signalos_desktop.ui.widgets.inputs import Field
from signalos_desktop.ui.widgets.layouts import boxed, empty_layout, row, stack
from signalos_desktop.ui.widgets.panel import PanelFrame
from signalos_desktop.ui.widgets.section import SectionHead
from signalos_desktop.ui.widgets.table import TablePanel
from signalos_desktop.ui.widgets.text import CutText, Rule, Text

_TWO_LINES = 40
LAST = ("20", "50", "200", "500")
_HOW = "Select words, then press a field or its letter. Delete takes a mark away."


def changed_columns() -> tuple[Column[ChangedLine], ...]:
    """A message that would read otherwise: before, after, and what that means."""

    def what(line: ChangedLine) -> Cell:
        tone = Tone.AMBER if line.risky else Tone.PLAIN
        return Cell(line.what, tone.text, 600, "warning" if line.risky else "", tone)

    def before(line: ChangedLine) -> Cell:
        return Cell(line.before, "text2")

    def after(line: ChangedLine) -> Cell:
        return Cell(line.after, weight=600)

    return (
        Column("signal", "Signal", 84, lambda r: Cell(r.signal, "text2"), drop=1),
        Column("text", "Message", 0, lambda r: Cell(r.text), minimum=140, wrap=True),
        Column("before", "Reads now", 0, before, minimum=160, wrap=True),
        Column("after", "Would read", 0, after, minimum=160, wrap=True),
        Column("what", "So", 132, what),
    )


class TeachPage(QWidget):
    """Nothing is kept before Save. left: the provider whose page is to be shown again."""

    left = Signal(str)

    def __init__(self, theme: Theme, actions: Actions, wishes: RuleWishes) -> None:
        super().__init__()
        self._theme, self._actions, self._wishes = theme, actions, wishes
        self.marking: Marking | None = None
        self.preview: Preview | None = None
        self._asked = 0
        self._looking = False
        self.text = TeachText(theme)
        self.marks = {field: self._mark_button(letter, field) for letter, field in KEYS.items()}
        self.clear = Button(theme, "Take marks away", ButtonKind.GHOST, key="Del", height=28)
        self.symbol = Field(theme, "The marked symbol stands for", width=110, placeholder="XAUUSD")
        self.last = Segmented(theme, LAST, "50", "How many messages are read again")
        self.save = Button(theme, "Save", ButtonKind.PRIMARY, "check")
        self.cancel = Button(theme, "Cancel", ButtonKind.GHOST, key="Esc")
        self.note = CutText(theme, _HOW, "small", "text2")
        self.found = stack(gap=4, margins=(0, 4, 0, 8))
        model: TableModel[ChangedLine] = TableModel(
            changed_columns(), lambda r: r.text, parent=self
        )
        name = "Messages that would read otherwise"
        self.table = TablePanel(theme, model, name, row_height=_TWO_LINES)
        self._frame = PanelFrame(theme, "Teach")
        self._changed = PanelFrame(theme, "Would read otherwise", line=False)
        self._make()

    def open(self, subject: TeachSubject) -> None:
        """Begin with a message without any mark."""
        self.marking = Marking(subject)
        self.preview = None
        self._asked += 1
        self._frame.head.set_title(f"Teach {subject.provider}")
        self._frame.head.set_note(f"signal {subject.signal}")
        self.symbol.set_text(self.marking.symbol)
        self.text.show_marks(self.marking)
        self._show(_HOW, "text2")
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark(self, field: MarkField) -> None:
        """Give the selected words, or the word at the cursor, to a field."""
        if self.marking is None:
            return
        problem = self.marking.put(field, *self.text.selected_span())
        if problem:
            self._tell(problem, "amber")
            return
        self.text.clear_selection()
        if field is MarkField.SYMBOL and not self.marking.symbol:
            self._marked()
            self.symbol.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._marked()

    def unmark(self) -> None:
        if self.marking is not None and self.marking.remove(*self.text.selected_span()):
            self._marked()

    async def look(self) -> None:
        """What the marks would add and change; one question at a time, the last marks count."""
        while not self._looking and self.marking is not None and self.marking.marks:
            self._looking = True
            asked = self._asked
            try:
                answer = await self._ask(self.marking, save=False)
            finally:
                self._looking = False
            if asked == self._asked:
                self._take(answer)
                return

    async def keep(self) -> bool:
        """Save what was derived; True if the engine did."""
        marking = self.marking
        if marking is None or not self.save.isEnabled():
            return False
        self.save.setEnabled(False)
        answer = await self._ask(marking, save=True)
        if not answer.ok:
            self._take(answer)
            return False
        provider = marking.subject.provider
        self._actions.say(Tone.OK, f"{provider} taught", "it holds from the next message on")
        self.left.emit(provider)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancel.click()
            return
        super().keyPressEvent(event)

    # ------------------------------------------------------------------ making

    def _mark_button(self, letter: str, field: MarkField) -> Button:
        button = Button(self._theme, CAPTIONS[field], key=letter, height=28)
        button.setAccessibleName(f"Mark as {CAPTIONS[field]}, key {letter}")
        button.clicked.connect(lambda: self.mark(field))
        return button

    def _make(self) -> None:
        theme = self._theme
        left = stack(SectionHead(theme, "Message", "as received"), gap=4)
        left.addWidget(self.text, 1)
        left.addLayout(row(*self.marks.values(), None, gap=4))
        instrument = Text(theme, "The symbol stands for", "small", "text2")
        left.addLayout(row(instrument, self.symbol, None, self.clear, gap=8))
        right = stack(SectionHead(theme, "What is taught"), boxed(self.found), None, gap=4)
        top = row(gap=24, margins=(16, 8, 16, 8))
        top.addLayout(left, 1)
        top.addLayout(right, 1)
        self._frame.add(top, 1)
        self._frame.add(Rule(theme))
        foot = row(self.note, self.cancel, self.save, gap=8, margins=(16, 8, 16, 8))
        foot.setStretch(0, 1)
        self._frame.add(foot)
        self._changed.head.add_action(Text(theme, "of the last", "small", "text3"))
        self._changed.head.add_action(self.last)
        self._changed.add(self.table, 1)
        page = stack(gap=4, margins=(4, 4, 4, 4))
        page.addWidget(self._frame, 3)
        page.addWidget(self._changed, 2)
        self.setLayout(page)
        self.text.marked.connect(self.mark)
        self.text.unmarked.connect(self.unmark)
        self.clear.clicked.connect(self.unmark)
        self.symbol.edited.connect(self._name_symbol)
        self.last.chosen.connect(lambda _key: self._marked())
        self.save.clicked.connect(lambda: self._actions.do(self.keep()))
        self.cancel.clicked.connect(self._leave)

    # ------------------------------------------------------------------ showing

    async def _ask(self, marking: Marking, *, save: bool) -> Answer:
        subject, last = marking.subject, int(self.last.current)
        return await self._wishes.teach(
            subject.provider, subject.signal, marking.marks, last, save=save
        )

    def _marked(self) -> None:
        marking = self.marking
        if marking is None:
            return
        self.preview = None
        self._asked += 1
        self.text.show_marks(marking)
        self._show("Reading the last messages again" if marking.marks else _HOW, "text2")
        self._actions.do(self.look())

    def _name_symbol(self, text: str) -> None:
        if self.marking is not None:
            self.marking.symbol = text
            if any(line.field is MarkField.SYMBOL for line in self.marking.lines()):
                self._marked()

    def _take(self, answer: Answer) -> None:
        found = answer.data.get("preview") if answer.ok else None
        self.preview = found if isinstance(found, Preview) else None
        if self.preview is None:
            self._show(answer.text, "amber")
            return
        changed = counted(len(self.preview.changed), "message")
        if not added_lines(self.preview.lesson.additions):
            self._show("It reads so already: there is nothing to save", "text2")
        else:
            self._show(f"{changed} would read otherwise; nothing is kept before Save", "text2")

    def _show(self, note: str, colour: str) -> None:
        self._tell(note, colour)
        empty_layout(self.found)
        preview, marking = self.preview, self.marking
        added = added_lines(preview.lesson.additions) if preview is not None else ()
        if marking is not None:
            reading = preview.lesson.reading if preview is not None else marking.subject.reading
            self._add("Reads" if preview is not None else "Reads now", reading_words(reading))
            for line in marking.lines():
                self._add(line.caption, line.words)
        for words in added:
            self._add("Added", words, "accent")
        lines = changed_lines(preview) if preview is not None else ()
        self.table.view.table.set_rows((line.signal, line) for line in lines)
        looked = f"{len(lines)} of {preview.looked_at} read again" if preview is not None else ""
        self._changed.head.set_note(looked)
        self.save.setEnabled(bool(added))

    def _add(self, caption: str, words: str, colour: str = "text") -> None:
        name = Text(self._theme, caption, "small", "text3")
        name.setFixedWidth(72)
        line = row(gap=8)
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Text(self._theme, words, "body", colour, 600, wrap=True), 1)
        holder = boxed(line)
        holder.setAccessibleName(f"{caption}: {words}")
        self.found.addWidget(holder)

    def _tell(self, text: str, colour: str) -> None:
        self.note.setText(text)
        self.note.set_look(colour)
        self.note.setAccessibleName(text)

    def _leave(self) -> None:
        if self.marking is not None:
            self._asked += 1
            self.left.emit(self.marking.subject.provider)
