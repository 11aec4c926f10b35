"""The address of a server: https, except on this very computer."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

ALLOWED = "https://HOST, or http:// on this computer only"

_LONGEST = 500
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")


class AddressRefusedError(ValueError):
    """No address that a token may be sent to; the text says why, without the address."""


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a server is; port is always known, base is empty or a path such as /signalos."""

    scheme: str
    host: str
    port: int
    base: str

    @property
    def loopback(self) -> bool:
        return is_loopback(self.host)

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _usual_port(self.scheme) else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.base}"


def read_address(text: str) -> ServerAddress:
    """The address that a person typed; AddressRefusedError if no token may be sent there."""
    text = text.strip()
    if len(text) > _LONGEST or not text.isascii() or not text.isprintable() or "\\" in text:
        raise AddressRefusedError(f"not an address, expected {ALLOWED}")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise AddressRefusedError(f"not an address, expected {ALLOWED}") from None
    if parts.username is not None or parts.password is not None:
        raise AddressRefusedError("a name or password does not belong into the address")
    if parts.query or parts.fragment or not _PATH.fullmatch(parts.path.rstrip("/")):
        raise AddressRefusedError("the address must end behind the host or a plain path")
    host = _read_host(parts.hostname or "")
    if parts.scheme not in ("https", "http") or port == 0:
        raise AddressRefusedError(f"expected {ALLOWED}")
    if parts.scheme == "http" and not is_loopback(host):
        raise AddressRefusedError("http:// would send the token in the clear: use https://")
    return ServerAddress(
        parts.scheme, host, port or _usual_port(parts.scheme), parts.path.rstrip("/")
    )


def is_loopback(host: str) -> bool:
    """True for localhost and the loopback addresses, and for no name that merely begins so."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _read_host(host: str) -> str:
    if ":" in host and "%" not in host:
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError:
            raise AddressRefusedError("the host is no IPv6 address") from None
    if not _HOST.fullmatch(host):
        raise AddressRefusedError(f"the host is missing or misspelt, expected {ALLOWED}")
    return host


def _usual_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80
