"""The Expert Advisor in each terminal: what lies there, and a button that puts ours there."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.pages.needs import EaCopies, EaCopy, Finding
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.button import Button
from signalos_desktop.ui.widgets.layouts import boxed, empty_layout, row, stack
from signalos_desktop.ui.widgets.text import Icon, Rule, Text


class EaList(QWidget):
    """One row a terminal. A deployment keeps a copy of what it replaces, so it is not asked for."""

    def __init__(self, theme: Theme, actions: Actions, copies: EaCopies) -> None:
        super().__init__()
        self._theme, self._actions, self._copies = theme, actions, copies
        self.buttons: dict[str, Button] = {}
        self.said = ""
        self._rows, self._result = stack(), stack()
        title = Text(theme, "Expert Advisor in your terminals", "body", "text", 600)
        head = row(title, None, margins=(16, 10, 16, 2))
        self.setLayout(stack(head, self._rows, self._result, Rule(theme)))
        self.setAccessibleName("Expert Advisor in your terminals")

    async def look(self) -> None:
        self.show_copies(await self._copies.look())

    def show_copies(self, copies: Sequence[EaCopy]) -> None:
        empty_layout(self._rows)
        self.buttons = {}
        for copy in copies:
            self._rows.addWidget(self._row(copy))
        if not copies:
            text = "No terminal was found: install MetaTrader 5 and start it once, then look again."
            words = Text(self._theme, text, "body", "text2", wrap=True)
            self._rows.addLayout(row(words, margins=(16, 2, 16, 10)))

    async def deploy(self, folder: str) -> None:
        for button in self.buttons.values():
            button.setEnabled(False)
        try:
            self.show_result(await self._copies.deploy(folder))
        finally:
            await self.look()

    def show_result(self, result: Finding) -> None:
        empty_layout(self._result)
        self.said = f"{result.check}: {result.text}. {result.next_step}"
        icon, colour = ("check", "ok") if result.ok else ("warning", "amber")
        words = Text(self._theme, self.said, "body", "text", wrap=True)
        line = row(Icon(self._theme, icon, 20, colour), words, gap=12, margins=(16, 2, 16, 10))
        line.setStretch(1, 1)
        self._result.addLayout(line)

    def _row(self, copy: EaCopy) -> QWidget:
        theme = self._theme
        mark, colour = ("check", "ok") if copy.ok else ("info", "amber")
        words = stack(
            Text(theme, copy.name, "body", "text", wrap=True),
            Text(theme, copy.text, "small", "text2", wrap=True),
            gap=2,
        )
        line = row(Icon(theme, mark, 20, colour), words, gap=12, margins=(16, 4, 16, 8))
        line.setStretch(1, 1)
        if copy.offer:
            button = self.buttons[copy.folder] = Button(theme, copy.offer, height=28)
            button.setAccessibleName(f"{copy.offer}: {copy.name}")
            button.clicked.connect(lambda: self._actions.do(self.deploy(copy.folder)))
            line.addWidget(button)
        made = boxed(line)
        made.setAccessibleName(f"{copy.name}: {copy.text}")
        return made
