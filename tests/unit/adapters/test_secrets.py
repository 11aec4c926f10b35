"""Secrets in pieces: whole or absent, gone when deleted, and no keyring can hold the program up."""

import asyncio
import logging
import threading
import traceback

import pytest

from signalos_desktop.adapters.keyring_choice import Vault
from signalos_desktop.adapters.secrets import MOST_PIECES, PIECE, KeyringSecrets
from signalos_desktop.engine.signin_ports import SecretsUnavailableError
from tests.helpers.tokens import canary
from tests.helpers.vaults import ForgetfulVault, LockedVault, MemoryVault, StallingVault

HEADER = "SignalOS Desktop: sign-in"
LONG = (canary("keyring") * 20)[:5000].encode()


def secrets(vault: Vault, patience_s: float = 30) -> KeyringSecrets:
    return KeyringSecrets(lambda: vault, patience_s)


@pytest.mark.parametrize("size", [1, PIECE, PIECE + 1, 5000, PIECE * MOST_PIECES])
def test_there_and_back_in_pieces_that_windows_takes(size: int) -> None:
    vault, secret = MemoryVault(longest=1280), b"x" * size

    async def run() -> None:
        kept = secrets(vault)
        await kept.put("sign-in", secret)
        assert await kept.get("sign-in") == secret
        assert await kept.name() == "Test Vault"

    asyncio.run(run())
    assert len(vault.kept) == 1 + -(-size // PIECE)
    assert vault.writes[-1] == HEADER


@pytest.mark.parametrize("size", [0, PIECE * MOST_PIECES + 1])
def test_a_secret_that_does_not_fit_is_a_mistake_of_the_caller(size: int) -> None:
    with pytest.raises(ValueError, match="allowed"):
        asyncio.run(secrets(MemoryVault()).put("sign-in", b"x" * size))


def test_a_shorter_secret_leaves_nothing_of_the_longer_one() -> None:
    vault = MemoryVault()

    async def run() -> None:
        kept = secrets(vault)
        await kept.put("sign-in", LONG)
        await kept.put("sign-in", b"short")
        assert await kept.get("sign-in") == b"short"
        assert len(vault.kept) == 2
        assert await kept.delete("sign-in")
        assert not await kept.delete("sign-in")

    asyncio.run(run())
    assert vault.kept == {}


@pytest.mark.expects_warning
@pytest.mark.parametrize("name", [f"{HEADER} 1", f"{HEADER} 3", f"{HEADER} 5"])
@pytest.mark.parametrize("damage", [None, "", "x" * PIECE])
def test_a_damaged_or_missing_piece_makes_it_absent(name: str, damage: str | None) -> None:
    vault = MemoryVault()

    async def run() -> None:
        kept = secrets(vault)
        await kept.put("sign-in", LONG)
        del vault.kept[name]
        if damage is not None:
            vault.kept[name] = damage
        assert await kept.get("sign-in") is None
        assert await kept.delete("sign-in")

    asyncio.run(run())
    assert vault.kept == {}


@pytest.mark.expects_warning
@pytest.mark.parametrize("header", ["", "v1 0 ", "v1 99 " + "0" * 64, "v2 1", "\ud800"])
def test_a_damaged_header_makes_it_absent(header: str) -> None:
    vault = MemoryVault()

    async def run() -> None:
        kept = secrets(vault)
        await kept.put("sign-in", LONG)
        vault.kept[HEADER] = header
        assert await kept.get("sign-in") is None
        assert await kept.delete("sign-in")

    asyncio.run(run())
    assert vault.kept == {}


@pytest.mark.parametrize("at", range(6))
def test_a_write_that_fails_leaves_no_piece_and_does_not_say_what_it_wrote(at: int) -> None:
    vault = MemoryVault()
    vault.fail_at_write = at
    with pytest.raises(SecretsUnavailableError, match=r"it failed \(RuntimeError\)") as caught:
        asyncio.run(secrets(vault).put("sign-in", LONG))
    assert vault.kept == {}
    said = "".join(traceback.format_exception(caught.value))
    assert LONG[:40].decode() not in said
    assert (caught.value.__context__, caught.value.__cause__) == (None, None)


class DyingVault(MemoryVault):
    """Does nothing any more once a write has failed, as after a kill."""

    dead = False

    def set_password(self, service: str, username: str, password: str) -> None:
        try:
            super().set_password(service, username, password)
        except RuntimeError:
            self.dead = True
            raise

    def get_password(self, service: str, username: str) -> str | None:
        if self.dead:
            raise OSError("gone")
        return super().get_password(service, username)


@pytest.mark.expects_warning
@pytest.mark.parametrize("at", range(6))
def test_a_death_while_writing_leaves_no_secret_and_the_next_write_cleans_up(at: int) -> None:
    vault = DyingVault()
    vault.fail_at_write = at
    with pytest.raises(SecretsUnavailableError):
        asyncio.run(secrets(vault).put("sign-in", LONG))
    assert len(vault.kept) == at
    vault.dead = False

    async def next_start() -> None:
        kept = secrets(vault)
        assert await kept.get("sign-in") is None
        await kept.put("sign-in", b"short")

    asyncio.run(next_start())
    assert len(vault.kept) == 2


def test_a_keyring_that_forgets_is_found_out() -> None:
    with pytest.raises(SecretsUnavailableError, match="does not give back"):
        asyncio.run(secrets(ForgetfulVault()).put("sign-in", LONG))


def test_a_locked_keyring_is_not_waited_for_and_nothing_is_written_afterwards() -> None:
    vault = LockedVault()
    vault.kept = {HEADER: "old", f"{HEADER} 1": "old"}

    async def run() -> None:
        kept = secrets(vault, patience_s=0.05)
        with pytest.raises(SecretsUnavailableError, match="no answer within") as caught:
            await kept.put("sign-in", LONG)
        assert "Unlock" in caught.value.next_step
        with pytest.raises(SecretsUnavailableError, match="not answered the last question"):
            await kept.get("sign-in")
        vault.answered.set()

    asyncio.run(run())
    join_keyring_threads()
    assert vault.kept == {HEADER: "old", f"{HEADER} 1": "old"}


def test_a_keyring_that_stalls_while_writing_ends_up_empty() -> None:
    vault = StallingVault()
    with pytest.raises(SecretsUnavailableError, match="no answer within"):
        asyncio.run(secrets(vault, patience_s=0.05).put("sign-in", LONG))
    vault.answered.set()
    join_keyring_threads()
    assert (len(vault.writes), vault.kept) == (2, {})


def join_keyring_threads() -> None:
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join(30)


def test_no_keyring_at_all() -> None:
    def none() -> Vault:
        raise SecretsUnavailableError("no keyring is running here", "Set up a keyring")

    async def run() -> None:
        kept = KeyringSecrets(none)
        for call in (kept.name(), kept.get("x"), kept.put("x", b"y"), kept.delete("x")):
            with pytest.raises(SecretsUnavailableError, match="no keyring is running here"):
                await call

    asyncio.run(run())


@pytest.mark.expects_warning
def test_the_log_knows_the_entry_and_not_the_secret(caplog: pytest.LogCaptureFixture) -> None:
    vault = MemoryVault()

    async def run() -> None:
        kept = secrets(vault)
        await kept.put("sign-in", LONG)
        del vault.kept[f"{HEADER} 2"]
        await kept.get("sign-in")

    with caplog.at_level(logging.DEBUG):
        asyncio.run(run())
    assert caplog.text
    assert LONG[:30].decode() not in caplog.text
