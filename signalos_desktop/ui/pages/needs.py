"""What the pages need of the world outside the panel; the app hands it in."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QImage

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


@dataclass(frozen=True, slots=True)
class Needs:
    """settings: those in force. examine: the doctor's findings. sign_in: on the panel's loop.

    read_picture: the text of the QR code in a picture, raising ValueError with words for a
    person; None where no decoder is installed.
    """

    settings: Callable[[], Awaitable[Settings]]
    examine: Callable[[], Awaitable[Sequence[Finding]]]
    sign_in: SignIn
    read_picture: Callable[[QImage], Awaitable[bytes]] | None = None
