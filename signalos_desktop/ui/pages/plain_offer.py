"""The offer to take over a token that another program left in a plain file, and to delete it."""

import asyncio
from collections.abc import Awaitable, Callable

from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.pages.needs import PlainFile
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.layouts import row, stack
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.text import Icon, Text


class PlainOffer(Ground):
    """Shown while the file is there. sign_in: True once the keyring has the token."""

    def __init__(
        self,
        theme: Theme,
        actions: Actions,
        file: PlainFile,
        sign_in: Callable[[bytes], Awaitable[bool]],
    ) -> None:
        super().__init__(theme, "amber_bg", radius=8, edge="amber_line")
        self._actions, self._file, self._sign_in = actions, file, sign_in
        self._imported = b""
        self.said = Text(theme, "", "body", "text", 600, wrap=True)
        self.take = Button(theme, "Take it over", icon="lock")
        self.delete = Button(theme, "Delete the file", ButtonKind.DANGER, "trash")
        line = row(Icon(theme, "warning", 20, "amber"), self.said, self.take, self.delete, gap=12)
        line.setStretch(1, 1)
        self.setLayout(stack(line, margins=(12, 10, 12, 10)))
        self.take.clicked.connect(lambda: actions.do(self.import_token()))
        self.delete.clicked.connect(lambda: actions.do(self.delete_file()))
        self.hide()

    async def look(self) -> None:
        """Whether there is such a file."""
        there = await asyncio.to_thread(self._file.is_there)
        self._tell(f"{self._file.name} holds a token in plain text: take it into the keyring")
        self.delete.setVisible(bool(self._imported))
        self.setVisible(there)

    async def import_token(self) -> None:
        try:
            content = await asyncio.to_thread(self._file.read)
        except ValueError as refused:
            self._tell(str(refused))
            return
        if await self._sign_in(content):
            self._imported = content
            self.take.hide()
            self.delete.show()
            self._tell(f"The keyring has it now. {self._file.name} is not needed any more")

    async def delete_file(self) -> None:
        try:
            await asyncio.to_thread(self._file.delete, self._imported)
        except ValueError as refused:
            self._tell(str(refused))
            return
        self._imported = b""
        self.hide()

    def _tell(self, text: str) -> None:
        self.said.setText(text)
        self.setAccessibleName(text)
