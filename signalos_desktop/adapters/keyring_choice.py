"""Which keyring of the system may hold a secret: the encrypted ones, and nothing instead."""

from typing import Protocol

from signalos_desktop.engine.signin_ports import SecretsUnavailableError

_ENCRYPTED = frozenset(
    f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet", "macOS")
)
_WINDOWS = "keyring.backends.Windows"
_NONE = ("keyring.backends.fail", "keyring.backends.null", "keyring.backends.chainer")
_SET_UP = "Set up a keyring, such as GNOME Keyring or KWallet, and start again"


class Vault(Protocol):
    """What is used of a keyring; every call may block until somebody answers a question."""

    @property
    def name(self) -> str: ...

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


def system_vault() -> Vault:
    """The keyring of this computer; SecretsUnavailableError if there is none that is safe."""
    # Only here, in the thread that asks: loading it takes longer than painting a window.
    import keyring

    return safe_vault(keyring.get_keyring())


def safe_vault(chosen: Vault) -> Vault:
    """The chosen keyring, or the first safe one of a chain, never the chain: it falls through."""
    chain: list[Vault] = list(getattr(chosen, "backends", ()))
    for vault in (chosen, *chain):
        module = type(vault).__module__
        if module in _ENCRYPTED:
            return vault
        if module == _WINDOWS:
            # Otherwise the secret would travel with a roaming profile.
            setattr(vault, "persist", "local machine")  # noqa: B010 - only this keyring has it
            return vault
    if type(chosen).__module__ in _NONE and not chain:
        raise SecretsUnavailableError("no keyring is running here", _SET_UP)
    raise SecretsUnavailableError(
        f"the keyring {_names(chain or [chosen])} is not known to encrypt, it is not used", _SET_UP
    )


def _names(vaults: list[Vault]) -> str:
    return ", ".join(vault.name[:80] for vault in vaults)
