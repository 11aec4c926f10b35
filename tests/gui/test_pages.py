"""Settings, sign-in and doctor, with a small keyring of the test and no engine."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from signalos_desktop.adapters.clock import SystemClock
from signalos_desktop.domain.server_address import ServerAddress
from signalos_desktop.engine.controls import Answer
from signalos_desktop.engine.settings import Settings
from signalos_desktop.engine.signin import SignIn
from signalos_desktop.engine.signin_ports import SecretsUnavailableError, Server
from signalos_desktop.ui.actions import Actions, Wish
from signalos_desktop.ui.pages.doctor import DoctorPage
from signalos_desktop.ui.pages.needs import Needs
from signalos_desktop.ui.pages.plain_offer import PlainOffer
from signalos_desktop.ui.pages.registry import PAGES
from signalos_desktop.ui.pages.settings import SettingsPage
from signalos_desktop.ui.pages.signin import SignInPage
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.choices import Combo
from signalos_desktop.ui.widgets.inputs import Field


@dataclass(frozen=True, slots=True)
class Found:
    check: str
    ok: bool
    text: str
    next_step: str = ""


class LockedKeyring:
    """Every call fails as a locked keyring does."""

    async def name(self) -> str:
        raise self.trouble

    async def get(self, entry: str) -> bytes | None:
        raise self.trouble

    async def put(self, entry: str, secret: bytes) -> None:
        raise self.trouble

    async def delete(self, entry: str) -> bool:
        raise self.trouble

    @property
    def trouble(self) -> SecretsUnavailableError:
        return SecretsUnavailableError("the keyring is locked", "Unlock it")


class Refusing:
    """An engine that takes no settings."""

    async def ask(self, wish: Wish) -> Answer:
        return Answer(False, "CONFIG_UNWRITABLE", "the disk is full; nothing was changed")

    async def standings(self) -> list[object]:
        return []


def unreachable(address: ServerAddress) -> Server:
    raise AssertionError(f"{address} was asked")


async def settings() -> Settings:
    return Settings({"server.url": "https://signalos.example"})


async def examine() -> Sequence[Found]:
    return [Found("journal", True, "is whole"), Found("terminals", False, "none", "Install MT5")]


@pytest.fixture
def needs() -> Needs:
    return Needs(settings, examine, SignIn(LockedKeyring(), unreachable, SystemClock()))


def test_every_page_is_made_and_all_it_has_has_a_name(
    qtbot: QtBot, theme: Theme, needs: Needs
) -> None:
    for page in PAGES:
        made = page.make(theme, Actions(), needs)
        qtbot.addWidget(made)
        assert all(line.accessibleName() for line in made.findChildren(QLineEdit))


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, needs: Needs) -> SettingsPage:
    made = SettingsPage(theme, Actions(), needs)
    qtbot.addWidget(made)
    made.resize(1322, 680)
    made.show()
    asyncio.run(made.load())
    return made


def test_the_page_has_a_control_for_every_declared_setting(page: SettingsPage) -> None:
    assert set(page.controls) == {setting.key for setting in Settings()}
    page.grab()


def test_a_value_out_of_range_is_shown_and_cannot_be_saved(page: SettingsPage) -> None:
    field = page.controls["risk.percent"]
    assert isinstance(field, Field)
    field.line.setText("200")
    field.line.textEdited.emit("200")
    assert not page.save.isEnabled()
    assert "0.01-5" in page.note.text()
    field.line.setText("2")
    field.line.textEdited.emit("2")
    assert page.save.isEnabled()
    assert page.save.text() == "Save 1 change"


def test_what_the_engine_refuses_stays_typed_and_is_told(
    qtbot: QtBot, theme: Theme, needs: Needs
) -> None:
    actions = Actions()
    actions.connect_engine(Refusing())  # type: ignore[arg-type] # its standings are never asked
    made = SettingsPage(theme, actions, needs)
    qtbot.addWidget(made)
    asyncio.run(made.load())
    choice = made.controls["autonomy"]
    assert isinstance(choice, Combo)
    choice.setCurrentText("observe")
    assert not asyncio.run(made.apply())
    assert "disk is full" in made.note.text()
    assert made.form.changes() == {"autonomy": "observe"}


def test_a_search_finds_settings_of_every_group(page: SettingsPage) -> None:
    page.search.set_text("loss")
    page.search.edited.emit("loss")
    shown = {key for key, line in page.rows.items() if line.isVisible()}
    assert {"risk.max_daily_loss_percent", "risk.loss_buffer_percent"} <= shown
    assert "magic" not in shown


def test_a_locked_keyring_is_told_in_words(qtbot: QtBot, theme: Theme, needs: Needs) -> None:
    made = SignInPage(theme, Actions(), needs)
    qtbot.addWidget(made)
    asyncio.run(made.restore())
    assert "KEYRING_UNAVAILABLE" in made.said.text()
    assert made.next_step.text() == "Unlock it"


def test_a_paste_that_is_no_token_leaves_nothing_of_it_behind(
    qtbot: QtBot, theme: Theme, needs: Needs
) -> None:
    made = SignInPage(theme, Actions(), needs)
    qtbot.addWidget(made)
    asyncio.run(made.restore())
    made.token.line.setText("canary-that-is-no-token")
    made.check.click()
    assert made.token.text() == ""
    assert not made.token.line.isUndoAvailable()
    asyncio.run(made.sign_in(b"canary-that-is-no-token"))
    assert "TOKEN_INVALID" in made.said.text()
    assert "canary" not in made.said.text() + made.next_step.text()


def test_without_a_picture_the_user_is_told_what_to_do(
    qtbot: QtBot, theme: Theme, needs: Needs
) -> None:
    async def read(_image: QImage) -> bytes:
        raise ValueError("QR_UNREADABLE: no QR code found; take the picture larger and sharper")

    made = SignInPage(theme, Actions(), needs)
    qtbot.addWidget(made)
    made.take_picture(QMimeData())
    assert "cannot be read here" in made.said.text()
    assert "paste the token as text" in made.next_step.text()
    able = SignInPage(theme, Actions(), replace(needs, read_picture=read))
    qtbot.addWidget(able)
    able.take_picture(QMimeData())
    assert "no picture" in able.said.text()
    asyncio.run(able.read(QImage(4, 4, QImage.Format.Format_RGB32)))
    assert "larger and sharper" in able.next_step.text()


@dataclass(slots=True)
class LeftBehind:
    """A plain token file of the test."""

    content: bytes | None = b"left-behind"
    name: str = "~/.signalos/auth_token"

    def is_there(self) -> bool:
        return self.content is not None

    def read(self) -> bytes:
        if self.content is None:
            raise ValueError("it is no file: there is nothing to import")
        return self.content

    def delete(self, imported: bytes) -> None:
        if self.content != imported:
            raise ValueError("it has changed since: look at it, then delete it")
        self.content = None


def test_a_plain_token_is_offered_and_deleted_only_when_the_keyring_has_it(
    qtbot: QtBot, theme: Theme, needs: Needs
) -> None:
    file = LeftBehind()
    made = SignInPage(theme, Actions(), replace(needs, plain_file=file))
    qtbot.addWidget(made)
    offer = made.plain
    assert offer is not None
    asyncio.run(offer.look())
    assert not offer.isHidden()
    assert offer.delete.isHidden()
    asyncio.run(offer.import_token())
    assert offer.delete.isHidden()
    assert file.is_there()

    async def signed_in(_token: bytes) -> bool:
        return True

    kept = PlainOffer(theme, Actions(), file, signed_in)
    qtbot.addWidget(kept)
    asyncio.run(kept.look())
    asyncio.run(kept.import_token())
    assert not kept.delete.isHidden()
    file.content = b"changed"
    asyncio.run(kept.delete_file())
    assert "changed since" in kept.said.text()
    file.content = b"left-behind"
    asyncio.run(kept.delete_file())
    assert not file.is_there()
    assert kept.isHidden()
    asyncio.run(kept.import_token())
    assert "nothing to import" in kept.said.text()


def test_the_doctor_puts_what_needs_the_user_first(
    qtbot: QtBot, theme: Theme, needs: Needs
) -> None:
    made = DoctorPage(theme, Actions(), needs)
    qtbot.addWidget(made)
    asyncio.run(made.look())
    assert [finding.check for finding in made.findings] == ["terminals", "journal"]
    assert made.again.isEnabled()
    made.grab()
