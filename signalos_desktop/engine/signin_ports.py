"""What signing in asks of the outside world: the keyring and the server, and how they fail."""

from typing import Protocol

from signalos_desktop.domain.token import Token
from signalos_desktop.domain.wire.server_json import ServerUser


class SecretsUnavailableError(Exception):
    """The keyring cannot be used now; nothing is written elsewhere. The text says why."""

    code = "KEYRING_UNAVAILABLE"

    def __init__(self, text: str, next_step: str) -> None:
        super().__init__(text)
        self.next_step = next_step


class ServerFailedError(Exception):
    """The server gave no answer that counts. str() begins with the code and holds no token.

    retry_after_s: how long the server wants to be left alone, if it says so.
    """

    def __init__(
        self, code: str, text: str, next_step: str, retry_after_s: int | None = None
    ) -> None:
        super().__init__(f"{code}{text}")
        self.code = code
        self.next_step = next_step
        self.retry_after_s = retry_after_s


class Secrets(Protocol):
    """The keyring of the system: secrets by name, ASCII only. Every call may take its patience.

    Raises SecretsUnavailableError if there is none, or it is locked, unsafe, slow or failing.
    """

    async def name(self) -> str:
        """How the system calls the keyring that would be used."""
        ...

    async def get(self, entry: str) -> bytes | None:
        """The secret; None if there is none, or not the whole of it."""
        ...

    async def put(self, entry: str, secret: bytes) -> None: ...

    async def delete(self, entry: str) -> bool:
        """Leave nothing of the entry behind; False if there was nothing."""
        ...


class Server(Protocol):
    """One SignalOS server. Every call raises ServerFailedError, and never repeats itself."""

    async def me(self, token: Token) -> ServerUser:
        """Who the token belongs to, if the server takes it."""
        ...

    async def close(self) -> None: ...
