"""Builds the sign-in: the keyring of the system, and clients of the server that share their TLS."""

from functools import cache

from signalos_desktop import __version__
from signalos_desktop.adapters.clock import SystemClock
from signalos_desktop.adapters.secrets import PATIENCE_S, KeyringSecrets
from signalos_desktop.adapters.server.client import HttpServer
from signalos_desktop.adapters.server.tls import tls_context
from signalos_desktop.adapters.server.transport import Transport
from signalos_desktop.domain.server_address import ServerAddress
from signalos_desktop.engine.signin import SignIn


def build_sign_in(patience_s: float = PATIENCE_S) -> SignIn:
    """For one loop. patience_s: how long a keyring may take, which may ask to be unlocked."""
    tls = cache(tls_context)

    def connect(address: ServerAddress) -> HttpServer:
        return HttpServer(Transport(address, __version__, tls))

    return SignIn(KeyringSecrets(patience_s=patience_s), connect, SystemClock())
