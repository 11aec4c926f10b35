"""What the pages need of the world outside the panel; the app hands it in."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from PySide6.QtGui import QImage

from signalos_desktop.domain.position import Deal
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.settings import Settings
from signalos_desktop.engine.signin import SignIn


class Finding(Protocol):
    """What the doctor found; ok False needs the user, and next_step says what to do."""

    @property
    def check(self) -> str: ...
    @property
    def ok(self) -> bool: ...
    @property
    def text(self) -> str: ...
    @property
    def next_step(self) -> str: ...


class Results(Protocol):
    """An account's deals; providers and risks (money at the S/L) by position id."""

    @property
    def deals(self) -> tuple[Deal, ...]: ...
    @property
    def providers(self) -> Mapping[int, str]: ...
    @property
    def risks(self) -> Mapping[int, Decimal]: ...


class PlainFile(Protocol):
    """A token that another program left in plain text; every method blocks for moments."""

    @property
    def name(self) -> str: ...
    def is_there(self) -> bool: ...
    def read(self) -> bytes: ...
    def delete(self, imported: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class EaCopy:
    """The Expert Advisor in one terminal. offer: what a button may do there, empty for nothing.

    folder: the terminal's MQL5/Files. ok: it is ours, and compiled.
    """

    folder: str
    name: str
    text: str
    offer: str = ""
    ok: bool = True


class EaCopies(Protocol):
    """look: every terminal of this computer. deploy: ours into one of them, with a backup."""

    async def look(self) -> Sequence[EaCopy]: ...
    async def deploy(self, folder: str) -> Finding: ...


class News(Protocol):
    """newer: a version, empty if there is none or nobody was asked. page: for a click only."""

    @property
    def ok(self) -> bool: ...
    @property
    def text(self) -> str: ...
    @property
    def newer(self) -> str: ...
    @property
    def notes(self) -> str: ...
    @property
    def page(self) -> str: ...


async def no_results() -> Mapping[Account, Results]:
    return {}


@dataclass(frozen=True, slots=True)
class Needs:
    """settings: those in force. examine: the doctor's findings. sign_in: on the panel's loop.

    results: the journal's deals by account. plain_file: raises ValueError with words for a
    person. read_picture: the text of the QR code in a picture, ValueError likewise; None where no
    decoder is installed. copies, news: None where nothing is deployed and nobody is asked.
    """

    settings: Callable[[], Awaitable[Settings]]
    examine: Callable[[], Awaitable[Sequence[Finding]]]
    sign_in: SignIn
    read_picture: Callable[[QImage], Awaitable[bytes]] | None = None
    results: Callable[[], Awaitable[Mapping[Account, Results]]] = no_results
    plain_file: PlainFile | None = None
    copies: EaCopies | None = None
    news: Callable[[], Awaitable[News]] | None = None
