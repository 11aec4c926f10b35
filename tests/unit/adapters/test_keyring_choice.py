"""Only a keyring that is known to encrypt is used, and never a chain that falls through."""

from typing import Any

import pytest
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.backends.SecretService import Keyring as SecretService

from signalos_desktop.adapters.keyring_choice import Vault, safe_vault
from signalos_desktop.engine.signin_ports import SecretsUnavailableError
from tests.helpers.vaults import MemoryVault


def made(kind: Any) -> Any:
    """The library's own keyrings have no types."""
    return kind()


def chain(*vaults: Vault) -> Vault:
    """As the library joins several keyrings: it tries the next one when one fails."""

    class Chain(MemoryVault):
        backends = vaults

    Chain.__module__ = ChainerBackend.__module__
    return Chain()


def test_encrypting_keyrings_are_taken() -> None:
    service = made(SecretService)
    assert safe_vault(service) is service


def test_windows_keeps_it_on_this_computer() -> None:
    class WinVault(MemoryVault):
        persist = "enterprise"

    WinVault.__module__ = "keyring.backends.Windows"
    vault = WinVault()
    assert safe_vault(vault) is vault
    assert vault.persist == "local machine"


@pytest.mark.parametrize("vault", [made(NoKeyring), made(NullKeyring), chain()])
def test_no_keyring(vault: Vault) -> None:
    with pytest.raises(SecretsUnavailableError, match="no keyring") as caught:
        safe_vault(vault)
    assert "GNOME Keyring" in caught.value.next_step


def test_a_plain_one_is_named_and_refused() -> None:
    with pytest.raises(SecretsUnavailableError, match="Test Vault is not known to encrypt"):
        safe_vault(MemoryVault())


def test_of_a_chain_only_the_safe_one_is_used() -> None:
    service = made(SecretService)
    assert safe_vault(chain(MemoryVault(), service)) is service
    with pytest.raises(SecretsUnavailableError, match="Test Vault, Test Vault is not known"):
        safe_vault(chain(MemoryVault(), MemoryVault()))


def test_the_library_still_chains_as_we_know_it() -> None:
    assert isinstance(made(ChainerBackend).backends, list)
