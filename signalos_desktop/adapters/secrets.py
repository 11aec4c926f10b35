"""Secrets in the keyring of the system, in pieces that Windows takes too; never anywhere else."""

import asyncio
import hashlib
import logging
import re
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from signalos_desktop.adapters.keyring_choice import Vault, system_vault
from signalos_desktop.engine.signin_ports import SecretsUnavailableError

PIECE = 1200
"""Characters: Windows takes 2,560 bytes of UTF-16."""
MOST_PIECES = 20
PATIENCE_S = 30.0

_SERVICE = "SignalOS Desktop"
_USER = "signalos"
_HEADER = re.compile(r"v1 ([0-9]{1,2}) ([0-9a-f]{64})")
_UNLOCK = "Unlock the keyring, or answer the question that it asks on the screen, then try again"
_WHAT_IT_MEANS = {
    "KeyringLocked": "it is locked",
    "InitError": "it could not be opened",
    "NoKeyringError": "no keyring is running here",
    "PasswordSetError": "it refused to keep the secret",
    "PasswordDeleteError": "it refused to delete the secret",
}

T = TypeVar("T")

log = logging.getLogger(__name__)


class _AbandonedError(Exception):
    """Nobody waits for this any more: leave no trace and stop."""


class KeyringSecrets:
    """Implements Secrets. Each call has a thread of its own that may hang without holding the exit.

    A header names the number of pieces and their checksum. It is written last and deleted first,
    so that a write cut short leaves no secret rather than half of one.
    """

    def __init__(
        self, find: Callable[[], Vault] = system_vault, patience_s: float = PATIENCE_S
    ) -> None:
        self._find = find
        self._patience_s = patience_s
        self._one_at_a_time = asyncio.Lock()
        self._last: Future[Any] | None = None

    async def name(self) -> str:
        return await self._ask(lambda vault, _: str(vault.name))

    async def get(self, entry: str) -> bytes | None:
        return await self._ask(lambda vault, _: _read(vault, entry))

    async def put(self, entry: str, secret: bytes) -> None:
        text = secret.decode("ascii")
        pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
        if not 0 < len(pieces) <= MOST_PIECES:
            raise ValueError(f"a secret of {len(secret)} bytes, allowed 1-{PIECE * MOST_PIECES}")
        await self._ask(lambda vault, abandoned: _write(vault, entry, pieces, abandoned))

    async def delete(self, entry: str) -> bool:
        return await self._ask(lambda vault, _: _clear(vault, entry))

    async def _ask(self, work: Callable[[Vault, threading.Event], T]) -> T:
        async with self._one_at_a_time:
            if self._last is not None and not self._last.done():
                raise SecretsUnavailableError("it has not answered the last question yet", _UNLOCK)
            abandoned = threading.Event()
            answer: Future[T] = Future()
            # From here on it cannot be cancelled: it is done when the keyring has answered.
            answer.set_running_or_notify_cancel()
            self._last = answer
            threading.Thread(
                target=_serve,
                args=(answer, lambda: work(self._find(), abandoned)),
                name="keyring",
                daemon=True,
            ).start()
            try:
                return await asyncio.wait_for(asyncio.wrap_future(answer), self._patience_s)
            except TimeoutError:
                pass
            finally:
                abandoned.set()
        raise SecretsUnavailableError(f"no answer within {self._patience_s:g} s", _UNLOCK)


def _serve(answer: Future[T], work: Callable[[], T]) -> None:
    """The failure handed over has no context: a keyring's own error may hold the secret."""
    try:
        result = work()
    except SecretsUnavailableError as error:
        failure = error
    except Exception as error:  # noqa: BLE001 - a keyring of the system may fail in any way
        kind = type(error).__name__
        failure = SecretsUnavailableError(_WHAT_IT_MEANS.get(kind, f"it failed ({kind})"), _UNLOCK)
    else:
        answer.set_result(result)
        return
    answer.set_exception(failure)


def _read(vault: Vault, entry: str) -> bytes | None:
    header = vault.get_password(_header(entry), _USER)
    if header is None:
        return None
    count, checksum = _stated(header)
    pieces = [vault.get_password(_piece(entry, n), _USER) or "" for n in range(count)]
    whole = "".join(pieces).encode("utf-8", "replace")
    if hashlib.sha256(whole).hexdigest() != checksum:
        log.warning("the secret %s in the keyring is not whole: it counts as absent", entry)
        return None
    return whole


def _stated(header: str | None) -> tuple[int, str]:
    """Number and checksum of the pieces; no checksum where the header is absent or damaged."""
    stated = _HEADER.fullmatch(header or "")
    return (min(int(stated.group(1)), MOST_PIECES), stated.group(2)) if stated else (0, "")


def _write(vault: Vault, entry: str, pieces: list[str], abandoned: threading.Event) -> None:
    whole = "".join(pieces).encode("ascii")
    header = f"v1 {len(pieces)} {hashlib.sha256(whole).hexdigest()}"
    names = [_piece(entry, n) for n in range(len(pieces))]
    # A locked keyring asks its question here: if nobody waits any more, what it has stays.
    vault.get_password(_header(entry), _USER)
    if abandoned.is_set():
        raise _AbandonedError
    try:
        _clear(vault, entry)
        for name, text in zip([*names, _header(entry)], [*pieces, header], strict=True):
            if abandoned.is_set():
                raise _AbandonedError
            vault.set_password(name, _USER, text)
        kept = _read(vault, entry) == whole and not abandoned.is_set()
    except BaseException:
        _clear_as_far_as_possible(vault, entry)
        raise
    if not kept:
        _clear(vault, entry)
        raise SecretsUnavailableError("it does not give back what is put into it", _UNLOCK)


def _clear(vault: Vault, entry: str) -> bool:
    """Delete the header, then the pieces from the last one down; False if there was nothing.

    Writing goes up and deleting goes down, so that what either leaves when it is cut short has no
    gaps: beyond the number that the header states, the first absent piece ends the search.
    """
    header = vault.get_password(_header(entry), _USER)
    count, _ = _stated(header)
    pieces: list[str] = []
    for n in range(MOST_PIECES):
        name = _piece(entry, n)
        if vault.get_password(name, _USER) is not None:
            pieces.append(name)
        elif n >= count:
            break
    if header is not None:
        vault.delete_password(_header(entry), _USER)
    for name in reversed(pieces):
        vault.delete_password(name, _USER)
    return header is not None or bool(pieces)


def _clear_as_far_as_possible(vault: Vault, entry: str) -> None:
    try:
        _clear(vault, entry)
    except Exception as error:  # noqa: BLE001 - the first failure is the one that is told
        log.warning("pieces of %s may lie in the keyring: %s", entry, type(error).__name__)


def _header(entry: str) -> str:
    """Windows keeps one secret for each service name: each piece has a name of its own."""
    return f"{_SERVICE}: {entry}"


def _piece(entry: str, number: int) -> str:
    return f"{_SERVICE}: {entry} {number + 1}"
