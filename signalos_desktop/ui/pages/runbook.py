"""What to do when something goes wrong, without a network; and the stop drill to practise it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from signalos_desktop.engine.drill_steps import DrillStep
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.pages.needs import Needs
from signalos_desktop.ui.theme.resources import RESOURCES
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.runbook import Section, read_runbook
from signalos_desktop.ui.widgets.button import Button
from signalos_desktop.ui.widgets.layouts import boxed, empty_layout, row, stack
from signalos_desktop.ui.widgets.panel import PanelFrame
from signalos_desktop.ui.widgets.scroll import ScrollPage
from signalos_desktop.ui.widgets.text import Icon, Rule, Text

TEXT = RESOURCES / "help" / "runbook.md"
EXPLAINED = (
    "Presses the real stop on every connected terminal: what is open there is closed, nothing is"
    " opened. It is refused unless every account is a demo account. Then it leads back in the two"
    " steps of every resume."
)
_MARGINS = (16, 10, 16, 10)


class DrillCard(QWidget):
    """The button, and each step with its time beside its target."""

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        self.begin = Button(theme, "Begin the stop drill", icon="stop-octagon", height=28)
        self.begin.clicked.connect(lambda: actions.do(self._drill()))
        self._said = Text(theme, EXPLAINED, "body", "text2", wrap=True)
        self._steps = stack(gap=4)
        head = row(Text(theme, "Stop drill", "emphasis", "text", 600), None, self.begin)
        whole = stack(head, self._said, gap=6, margins=_MARGINS)
        whole.addLayout(self._steps)
        self.setLayout(whole)
        actions.drill_moved.connect(self.show_steps)

    def show_steps(self, steps: Sequence[DrillStep]) -> None:
        empty_layout(self._steps)
        for step in steps:
            mark, colour = _mark(step)
            text = Text(self._theme, step.words, "body", "text" if mark == "check" else "text2")
            self._steps.addLayout(row(Icon(self._theme, mark, 14, colour), text, None, gap=8))
        self.setAccessibleName("Stop drill: " + "; ".join(step.words for step in steps))

    async def _drill(self) -> None:
        self.begin.setEnabled(False)
        try:
            answer = await self._actions.drill()
        finally:
            self.begin.setEnabled(True)
        self._said.setText(str(answer.data["next_step"]) if answer.ok else answer.text)


def _mark(step: DrillStep) -> tuple[str, str]:
    if not step.needed:
        return "check", "text3"
    if step.took_ms is None:
        return "clock", "amber"
    return ("warning", "amber") if step.in_time is False else ("check", "ok")


class RunbookPage(QWidget):
    """The text lies beside the program; a copy without it says where it should be."""

    def __init__(self, theme: Theme, actions: Actions, _needs: Needs | None = None) -> None:
        super().__init__()
        self.frame = PanelFrame(theme, "What to do when", "works without a network")
        self.drill = DrillCard(theme, actions)
        page = stack(self.drill, Rule(theme))
        for section in _read():
            page.addWidget(_shown(theme, section))
            page.addWidget(Rule(theme))
        page.addStretch(1)
        body = boxed(page)
        self.frame.add(ScrollPage(theme, body), 1)
        # A scroll area makes its page paint a ground of its own; this one lies on the panel's.
        body.setAutoFillBackground(False)
        self.setLayout(stack(self.frame, margins=(4, 4, 4, 4)))


def _read() -> tuple[Section, ...]:
    try:
        return read_runbook(TEXT.read_text(encoding="utf-8"))
    except OSError as error:
        return (Section("The text is missing", (f"{error}: install the program again.",)),)


def _shown(theme: Theme, section: Section) -> QWidget:
    words = stack(Text(theme, section.title, "emphasis", "text", 600), gap=4, margins=_MARGINS)
    for line in section.lines:
        words.addWidget(Text(theme, line, "body", "text2", wrap=True))
    shown = boxed(words)
    shown.setAccessibleName(f"{section.title}. {' '.join(section.lines)}")
    return shown
