"""The first run: try the demo, or find a terminal, choose it, and prove the bridge with a PING."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QRadioButton, QVBoxLayout

from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.pages.needs import Finding
from signalos_desktop.ui.theme.figures import counted
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.layouts import empty_layout, row, stack
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.text import CutText, Icon, Text

_STEPS = (
    "1. In MT5: File, Open Data Folder; the Expert Advisor SignalOSBridge belongs in "
    "MQL5/Experts. Navigator: right click Expert Advisors, Refresh.",
    "2. Drag SignalOSBridge to any chart and allow algorithmic trading.",
    "3. Switch Algo Trading on in the toolbar: its button turns green.",
)


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
    """find: the terminals. prove: whether the EA in this folder answers, as findings."""

    find: Callable[[], Awaitable[Sequence[Terminal]]]
    prove: Callable[[str], Awaitable[Sequence[Finding]]]


class Wizard(Ground):
    """A page, not a dialog. demo: the user wants the demo. done: a terminal is chosen, or skipped.

    Nothing is traded, and nothing is written but the setting bridge.folders.
    """

    demo = Signal()
    done = Signal()

    def __init__(self, theme: Theme, actions: Actions, needs: WizardNeeds) -> None:
        super().__init__(theme, "panel", radius=10, edge="line")
        self._theme, self._actions, self._needs = theme, actions, needs
        self.setAccessibleName("First run")
        self.title = Text(theme, "Looking for MetaTrader 5", "title", "text", 600)
        self.note = Text(theme, "", "body", "text2", wrap=True)
        self.try_demo = Button(theme, "Try the demo", ButtonKind.SECONDARY, "play")
        self.again = Button(theme, "Look again", icon="refresh")
        self.prove = Button(theme, "Prove the connection", ButtonKind.PRIMARY, "link")
        self.skip = Button(theme, "Skip for now", ButtonKind.GHOST)
        self.choices: dict[str, QRadioButton] = {}
        self._list = QVBoxLayout()
        self._result = stack(gap=6)
        self._make()
        self.prove.setEnabled(False)
        actions.do(self.look())

    @property
    def chosen(self) -> str:
        """The folder of the terminal that is chosen, empty for none."""
        return next((path for path, choice in self.choices.items() if choice.isChecked()), "")

    async def look(self) -> None:
        self.show_terminals(await self._needs.find())

    def show_terminals(self, terminals: Sequence[Terminal]) -> None:
        empty_layout(self._list)
        self.choices = {}
        for terminal in terminals:
            self._add(terminal)
        if terminals:
            self.title.setText(f"{counted(len(terminals), 'terminal')} found")
            self.note.setText("Choose the one that this panel shall work with.")
            next(iter(self.choices.values())).setChecked(True)
        else:
            self.title.setText("No MetaTrader 5 was found")
            self.note.setText(
                "Install it and start it once, then look again. A portable copy is named in "
                "Settings, bridge.folders. The demo needs none of it."
            )
        self.prove.setEnabled(bool(terminals))

    async def check(self) -> bool:
        """Ask the chosen terminal's EA for a sign of life; the folder is kept if it answers."""
        folder = self.chosen
        if not folder:
            return False
        self.prove.setEnabled(False)
        try:
            findings = await self._needs.prove(folder)
        finally:
            self.prove.setEnabled(True)
        self.show_proof(findings)
        if not findings or not all(finding.ok for finding in findings):
            return False
        answer = await self._actions.settings({"bridge.folders": folder})
        if answer.ok:
            self.done.emit()
        return answer.ok

    def show_proof(self, findings: Sequence[Finding]) -> None:
        empty_layout(self._result)
        for finding in findings:
            mark, colour = ("check", "ok") if finding.ok else ("warning", "amber")
            text = finding.text if finding.ok else f"{finding.text}. {finding.next_step}"
            words = Text(self._theme, text, "body", "text", wrap=True)
            line = row(Icon(self._theme, mark, 16, colour), words, gap=8)
            line.setStretch(1, 1)
            self._result.addLayout(line)

    def _make(self) -> None:
        theme = self._theme
        steps = stack(gap=4)
        for step in _STEPS:
            steps.addWidget(Text(theme, step, "small", "text2", wrap=True))
        offer = Ground(theme, "raised", radius=8)
        words = stack(
            Text(theme, "No MT5 at hand? Try the demo", "body", "text", 600),
            Text(theme, "A simulated broker. Everything works, nothing is real.", "small", "text2"),
            gap=2,
        )
        line = row(Icon(theme, "play", 20, "text2"), words, self.try_demo, gap=16)
        line.setContentsMargins(16, 12, 16, 12)
        line.setStretch(1, 1)
        offer.setLayout(line)
        foot = row(self.again, None, self.skip, self.prove, gap=8)
        page = stack(offer, self.title, self.note, self._list, gap=12, margins=(32, 24, 32, 24))
        page.addWidget(Text(theme, "Three clicks in MT5", "body", "text", 600))
        page.addLayout(steps)
        page.addLayout(self._result)
        page.addStretch(1)
        page.addLayout(foot)
        self.setLayout(page)
        self.try_demo.clicked.connect(self.demo)
        self.skip.clicked.connect(self.done)
        self.again.clicked.connect(lambda: self._actions.do(self.look()))
        self.prove.clicked.connect(lambda: self._actions.do(self.check()))

    def _add(self, terminal: Terminal) -> None:
        path = str(terminal.path)
        choice = QRadioButton()
        choice.setAccessibleName(f"{terminal.name}, {terminal.found}, {path}")
        card = Ground(self._theme, "raised", radius=8, edge="line2")
        words = stack(
            CutText(self._theme, terminal.name, "emphasis", "text", 600),
            CutText(self._theme, f"{terminal.found}, {path}", "small", "text3"),
            gap=2,
        )
        line = row(choice, words, gap=12, margins=(16, 10, 16, 10))
        line.setStretch(1, 1)
        card.setLayout(line)
        choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        choice.setAutoExclusive(False)
        choice.clicked.connect(lambda: self._choose(path))
        self.choices[path] = choice
        self._list.addWidget(card)

    def _choose(self, path: str) -> None:
        for other, choice in self.choices.items():
            choice.setChecked(other == path)
