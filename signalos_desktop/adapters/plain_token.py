"""The plain file `~/.signalos/auth_token` that other programs left: read once, then deleted."""

import os
import stat
from pathlib import Path

from signalos_desktop.domain.token import TOO_LONG


class PlainTokenError(Exception):
    """The file cannot be read or deleted; the text says why and what to do, not what is in it."""


class PlainToken:
    """Every method blocks for moments. A link is not followed: it may name anything."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def of_user(cls) -> "PlainToken":
        return cls(Path.home() / ".signalos" / "auth_token")

    def is_there(self) -> bool:
        try:
            return stat.S_ISREG(os.lstat(self.path).st_mode)
        except (OSError, ValueError):
            return False

    def read(self) -> bytes:
        """What is in it, as if it had been pasted."""
        if not self.is_there():
            raise PlainTokenError(f"{self.path} is no file: there is nothing to import")
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            with open(os.open(self.path, flags | getattr(os, "O_BINARY", 0)), "rb") as file:
                return file.read(TOO_LONG)
        except OSError as error:
            raise PlainTokenError(f"{self.path} cannot be read: {error.strerror}") from None

    def delete(self, imported: bytes) -> None:
        """Delete it, if it still holds just what was imported."""
        if self.read() != imported:
            raise PlainTokenError(f"{self.path} has changed since: look at it, then delete it")
        try:
            self.path.unlink()
        except OSError as error:
            raise PlainTokenError(
                f"{self.path} cannot be deleted: {error.strerror}; delete it by hand"
            ) from None
