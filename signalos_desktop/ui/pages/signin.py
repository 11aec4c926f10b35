"""The sign-in page: paste the token or give its QR picture, check it, keep it, forget it."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QLineEdit, QWidget

from signalos_desktop.engine.signin import SignInAnswer
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.pages.needs import Needs
from signalos_desktop.ui.pages.plain_offer import PlainOffer
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.inputs import Field
from signalos_desktop.ui.widgets.layouts import row, stack
from signalos_desktop.ui.widgets.panel import Card, PanelFrame
from signalos_desktop.ui.widgets.text import Icon, Text

_LARGEST_FILE = 20 * 1024 * 1024
_NO_SERVER = "No server is set: write its address first, for example https://signalos.example"


class SignInPage(QWidget):
    """The token is taken out of its field before anything else is done with it."""

    def __init__(self, theme: Theme, actions: Actions, needs: Needs) -> None:
        super().__init__()
        self._actions, self._needs = actions, needs
        self.server = Field(theme, "Server address", width=360, hint="https://HOST")
        self.token = Field(
            theme, "Token", width=360, hint="from the dashboard; it is not shown here"
        )
        self.token.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.check = Button(theme, "Check and keep", ButtonKind.PRIMARY, "check")
        self.picture = Button(theme, "Paste its QR picture", icon="paste")
        self.forget = Button(theme, "Forget the sign-in", ButtonKind.DANGER, "trash")
        self._mark = Icon(theme, "info", 20, "text3")
        self.said = Text(theme, "Looking in the keyring", "body", "text", 600, wrap=True)
        self.next_step = Text(theme, "", "body", "text2", wrap=True)
        file = needs.plain_file
        self.plain = PlainOffer(theme, actions, file, self.sign_in) if file is not None else None
        self._make(theme)
        self.setAcceptDrops(True)
        actions.do(self.restore())
        if self.plain is not None:
            actions.do(self.plain.look())

    async def restore(self) -> None:
        """What the keyring still has, asked of the server again."""
        url = (await self._needs.settings()).text("server.url")
        self.server.set_text(url)
        if not url:
            self._tell("Nobody is signed in", _NO_SERVER, "text3", "info")
            return
        answer = await self._busy_until(lambda: self._needs.sign_in.restore(url))
        if answer is None:
            self._tell("Nobody is signed in", "Paste a token from the dashboard", "text3", "info")
        else:
            self.show_answer(answer)

    async def sign_in(self, pasted: bytes) -> bool:
        """Check with the server, then keep; the address is kept as the setting server.url.

        True if the keyring has the token now.
        """
        url = self.server.text().strip()
        if not url:
            self._tell("Not signed in", _NO_SERVER, "amber", "warning")
            return False
        self._tell("Asking the server", "", "text3", "clock")
        answer = await self._busy_until(lambda: self._needs.sign_in.sign_in(pasted, url))
        if answer is None:
            return False
        self.show_answer(answer)
        settings = await self._needs.settings()
        if answer.ok and settings.text("server.url") != url:
            await self._actions.settings({"server.url": url})
        return answer.ok and answer.kept

    async def sign_out(self) -> None:
        answer = await self._busy_until(self._needs.sign_in.forget)
        if answer is not None:
            self.show_answer(answer)

    def show_answer(self, answer: SignInAnswer) -> None:
        session_only = answer.ok and answer.user is not None and not answer.kept
        good = answer.ok and not session_only
        colour = "ok" if good else "amber" if session_only else "bad"
        self._tell(answer.text, answer.next_step, colour, "check" if good else "warning")

    # ------------------------------------------------------------------ pictures

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_picture(event.mimeData())

    def take_picture(self, data: QMimeData) -> None:
        """A picture that was dropped or pasted, or a file of one."""
        image = QImage()
        if data.hasImage():
            found = data.imageData()
            image = found if isinstance(found, QImage) else image
        elif data.hasUrls() and data.urls()[0].isLocalFile():
            image = QImage(data.urls()[0].toLocalFile())
        if self._needs.read_picture is None:
            text = "Install the extra signalos-desktop[qr], or paste the token as text"
            self._tell("Pictures cannot be read here", text, "amber", "warning")
            return
        if image.isNull() or image.sizeInBytes() > _LARGEST_FILE * 4:
            text = "Copy the picture of the QR code, or paste the token as text"
            self._tell("There is no picture to read", text, "amber", "warning")
            return
        self._actions.do(self.read(image))

    async def read(self, image: QImage) -> None:
        """Sign in with what the QR code in a picture says."""
        if self._needs.read_picture is None:
            return
        try:
            token = await self._needs.read_picture(image)
        except ValueError as refused:
            self._tell("No token was read", str(refused), "amber", "warning")
            return
        await self.sign_in(token)

    # ------------------------------------------------------------------ inner

    def _make(self, theme: Theme) -> None:
        frame = PanelFrame(theme, "Sign in", "once: the token rests in the system's keyring")
        card = Card(theme, "Who is signed in", colour="raised")
        words = stack(self.said, self.next_step, gap=4)
        line = row(self._mark, words, gap=12)
        line.setStretch(1, 1)
        card.add(line)
        form = stack(
            card,
            *([self.plain] if self.plain is not None else []),
            Text(theme, "Server", "body", "text", 600),
            self.server,
            Text(theme, "Token", "body", "text", 600),
            self.token,
            row(self.check, self.picture, self.forget, None, gap=8),
            Text(
                theme,
                "The token is never written to a file, a log or a command line. Without a keyring "
                "it is kept for this session only.",
                "small",
                "text3",
                wrap=True,
            ),
            None,
            gap=10,
            margins=(16, 16, 16, 16),
        )
        frame.add(form, 1)
        self.setLayout(stack(frame, margins=(4, 4, 4, 4)))
        self.check.clicked.connect(self._send)
        self.token.line.returnPressed.connect(self._send)
        self.forget.clicked.connect(lambda: self._actions.do(self.sign_out()))
        clipboard = QGuiApplication.clipboard()
        self.picture.clicked.connect(lambda: self.take_picture(clipboard.mimeData()))

    def _send(self) -> None:
        pasted = self.token.text().encode("utf-8", "replace")
        self.token.set_text("")
        if pasted:
            self._actions.do(self.sign_in(pasted))
        else:
            self._tell("Nothing was pasted", "Paste the token first", "amber", "warning")
            self.token.setFocus(Qt.FocusReason.OtherFocusReason)

    async def _busy_until(
        self, wish: Callable[[], Awaitable[SignInAnswer | None]]
    ) -> SignInAnswer | None:
        buttons = (self.check, self.picture, self.forget)
        for button in buttons:
            button.setEnabled(False)
        try:
            return await wish()
        finally:
            for button in buttons:
                button.setEnabled(True)

    def _tell(self, said: str, next_step: str, colour: str, icon: str) -> None:
        self.said.setText(said)
        self.next_step.setText(next_step)
        self._mark.set_icon(icon, colour)
        self.said.setAccessibleName(f"{said}. {next_step}")
