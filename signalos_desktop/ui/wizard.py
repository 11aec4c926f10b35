"""The first run: try the demo, or find a terminal, choose it, and prove the bridge with a PING."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.pages.needs import Finding
from signalos_desktop.ui.theme.figures import counted
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.choice_card import ChoiceCard
from signalos_desktop.ui.widgets.inputs import Field
from signalos_desktop.ui.widgets.layouts import boxed, empty_layout, row, stack
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.scroll import ScrollPage
from signalos_desktop.ui.widgets.step_list import StepList
from signalos_desktop.ui.widgets.text import Icon, Rule, Text

_CLICKS = (
    "Put the Expert Advisor into the chosen terminal with the button below. In MT5 press F4, open "
    "Experts/SignalOS/SignalOSBridge.mq5 and press F7.",
    "Drag SignalOSBridge to any chart and allow algorithmic trading.",
    "Switch Algo Trading on in the toolbar: its button turns green.",
)
STEPS = ("Find MetaTrader 5", "Three clicks in MT5", "Prove the connection")
_SIZE, _SIZE_COMPACT = (1120, 720), (1040, 624)
_SIDE = 265


class Terminal(Protocol):
    """A terminal of this computer; path: its MQL5/Files."""

    @property
    def path(self) -> object: ...
    @property
    def name(self) -> str: ...
    @property
    def found(self) -> str: ...


@dataclass(frozen=True, slots=True)
class WizardNeeds:
    """find: the terminals. prove: whether the EA in this folder answers, as findings.

    keep: the folder as the setting bridge.folders; what went wrong in words, empty if nothing did.
    deploy: our Expert Advisor into this terminal, with a backup of what lay there.
    """

    find: Callable[[], Awaitable[Sequence[Terminal]]]
    prove: Callable[[str], Awaitable[Sequence[Finding]]]
    keep: Callable[[str], Awaitable[str]]
    deploy: Callable[[str], Awaitable[Finding]]


class Wizard(QWidget):
    """A page, not a dialog. demo: the user wants the demo. done: a terminal is chosen, or skipped.

    Nothing is traded. Written are the setting bridge.folders and, at its button, the EA's files.
    """

    demo = Signal()
    done = Signal()

    def __init__(self, theme: Theme, actions: Actions, needs: WizardNeeds) -> None:
        super().__init__()
        self._theme, self._actions, self._needs = theme, actions, needs
        self.setAccessibleName("First run")
        self.steps = StepList(theme, STEPS)
        self.title = Text(theme, "Looking for MetaTrader 5", "title", "text", 600)
        self.note = Text(theme, "", "body", "text2", wrap=True)
        self.try_demo = Button(theme, "Try the demo", ButtonKind.SECONDARY)
        self.again = Button(theme, "Look again", icon="refresh")
        self.other = Field(
            theme, "Another MQL5/Files folder", width=360, placeholder="or its MQL5/Files folder"
        )
        self.deploy = Button(theme, "Put the Expert Advisor there", icon="export")
        self.prove = Button(theme, "Prove the connection", ButtonKind.PRIMARY, "link")
        self.skip = Button(theme, "Skip for now", ButtonKind.GHOST)
        self.choices: dict[str, ChoiceCard] = {}
        self._list = stack(gap=8)
        self._result = stack(gap=6)
        self._make()
        self._refresh()
        actions.do(self.look())

    @property
    def chosen(self) -> str:
        """The folder that was written, or that of the terminal that is chosen; empty for none."""
        ticked = (path for path, choice in self.choices.items() if choice.isChecked())
        return self.other.text().strip() or next(ticked, "")

    async def look(self) -> None:
        self.show_terminals(await self._needs.find())

    def show_terminals(self, terminals: Sequence[Terminal]) -> None:
        empty_layout(self._list)
        self.choices = {}
        for terminal in terminals:
            self._add(terminal)
        if terminals:
            self.title.setText(f"{counted(len(terminals), 'terminal')} found")
            self.note.setText("Choose the one this panel shall work with. More can be added later.")
            next(iter(self.choices.values())).setChecked(True)
        else:
            self.title.setText("No MetaTrader 5 was found")
            self.note.setText(
                "Install it and start it once, then look again. A portable copy has no entry in "
                "the system: write its folder below. The demo needs none of it."
            )
        self._refresh()

    async def put_ea(self) -> None:
        """Our Expert Advisor into the chosen terminal; what is left to do in MT5 is shown."""
        self.deploy.setEnabled(False)
        try:
            self.show_proof([await self._needs.deploy(self.chosen)])
        finally:
            self._refresh()

    async def check(self) -> bool:
        """Ask the chosen terminal's EA for a sign of life; the folder is kept if it answers."""
        folder = self.chosen
        if not folder:
            return False
        self.prove.setEnabled(False)
        self.steps.set_current(2)
        try:
            findings = await self._needs.prove(folder)
        finally:
            self.prove.setEnabled(True)
        self.show_proof(findings)
        if not findings or not all(finding.ok for finding in findings):
            self.steps.set_current(1)
            return False
        problem = await self._needs.keep(folder)
        if problem:
            self.note.setText(problem)
            return False
        self.done.emit()
        return True

    def show_proof(self, findings: Sequence[Finding]) -> None:
        empty_layout(self._result)
        for finding in findings:
            mark, colour = ("check", "ok") if finding.ok else ("warning", "amber")
            text = f"{finding.text}. {finding.next_step}" if finding.next_step else finding.text
            words = Text(self._theme, text, "body", "text", wrap=True)
            line = row(Icon(self._theme, mark, 16, colour), words, gap=8)
            line.setStretch(1, 1)
            self._result.addLayout(line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, high = _SIZE_COMPACT if self._theme.density.compact else _SIZE
        wide, high = min(wide, self.width() - 16), min(high, self.height() - 16)
        left, top = (self.width() - wide) // 2, (self.height() - high) // 2
        self._card.setGeometry(left, top, wide, high)

    def _make(self) -> None:
        theme = self._theme
        self._card = Ground(theme, "panel", radius=10, edge="line")
        self._card.setParent(self)
        side = Ground(theme, "raised", radius=10)
        side.setFixedWidth(_SIDE)
        side.setLayout(
            stack(
                Text(theme, "SignalOS Desktop", "emphasis", "text", 700),
                Text(theme, "First run", "small", "text3"),
                24,
                self.steps,
                None,
                Text(theme, "Nothing is traded during the set-up.", "small", "text3", wrap=True),
                gap=2,
                margins=(24, 24, 24, 24),
            )
        )
        line = row(side, boxed(self._make_page()), gap=0)
        line.setStretch(1, 1)
        line.setContentsMargins(1, 1, 1, 1)
        self._card.setLayout(line)
        self.try_demo.clicked.connect(self.demo)
        self.skip.clicked.connect(self.done)
        self.again.clicked.connect(lambda: self._actions.do(self.look()))
        self.prove.clicked.connect(lambda: self._actions.do(self.check()))
        self.deploy.clicked.connect(lambda: self._actions.do(self.put_ea()))
        self.other.edited.connect(lambda _text: self._refresh())

    def _make_page(self) -> QVBoxLayout:
        theme = self._theme
        clicks = stack(gap=6)
        for number, click in enumerate(_CLICKS, 1):
            words = Text(theme, click, "small", "text2", wrap=True)
            line = row(Text(theme, f"{number}", "small", "text", 600), words, gap=10)
            line.setStretch(1, 1)
            clicks.addLayout(line)
        content = stack(
            self.title,
            self.note,
            self._list,
            row(self.again, self.other, None, gap=12),
            Text(theme, "Three clicks in MT5", "body", "text", 600),
            clicks,
            None,
            gap=12,
            margins=(32, 24, 32, 8),
        )
        body = boxed(content)
        scrolled = ScrollPage(theme, body)
        body.setAutoFillBackground(False)
        foot = stack(
            self._result,
            self._make_offer(),
            Rule(theme),
            row(self.deploy, None, self.skip, self.prove),
            gap=16,
        )
        foot.setContentsMargins(32, 8, 32, 20)
        whole = stack(scrolled)
        whole.addLayout(foot)
        return whole

    def _make_offer(self) -> Ground:
        theme = self._theme
        offer = Ground(theme, "raised", radius=8)
        words = stack(
            Text(theme, "No MT5 at hand? Try the demo", "body", "text", 600),
            Text(
                theme,
                "A simulated broker with moving prices. Everything works, nothing is real.",
                "small",
                "text2",
                wrap=True,
            ),
            gap=2,
        )
        line = row(Icon(theme, "play", 20, "text2"), words, self.try_demo, gap=16)
        line.setContentsMargins(16, 12, 16, 12)
        line.setStretch(1, 1)
        offer.setLayout(line)
        return offer

    def _refresh(self) -> None:
        for button in (self.prove, self.deploy):
            button.setEnabled(bool(self.chosen))
        self.steps.set_current(1 if self.chosen else 0)

    def _add(self, terminal: Terminal) -> None:
        path = str(terminal.path)
        card = ChoiceCard(self._theme, terminal.name, terminal.found, path)
        card.clicked.connect(lambda: self._choose(path))
        self.choices[path] = card
        self._list.addWidget(card)

    def _choose(self, path: str) -> None:
        for other, choice in self.choices.items():
            choice.setChecked(other == path)
        self.other.set_text("")
        self.choices[path].setFocus(Qt.FocusReason.OtherFocusReason)
        self._refresh()
