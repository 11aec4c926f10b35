"""https: only a certificate that holds, for this very name, gets to see the token."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path

import pytest

from signalos_desktop.adapters.server.client import HttpServer
from signalos_desktop.adapters.server.tls import tls_context
from signalos_desktop.adapters.server.transport import Transport
from signalos_desktop.domain.server_address import read_address
from signalos_desktop.domain.token import tidy_token
from signalos_desktop.domain.wire.server_json import ServerUser
from signalos_desktop.engine.signin_ports import ServerFailedError
from tests.helpers.server import PlayedServer, reply
from tests.helpers.tokens import jwt


def certificate(folder: Path, address: str = "127.0.0.1", days: int = 2) -> Path:
    """A certificate that nobody has signed, with its key in the same file."""
    pytest.importorskip("cryptography", reason="cryptography makes the certificates of this test")
    x509 = import_module("cryptography.x509")
    ec = import_module("cryptography.hazmat.primitives.asymmetric.ec")
    forms = import_module("cryptography.hazmat.primitives.serialization")
    hashes = import_module("cryptography.hazmat.primitives.hashes")
    key, end = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC) + timedelta(days=days)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "SignalOS test")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(end - timedelta(days=30))
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), False)
        .sign(key, hashes.SHA256())
    )
    pem = forms.Encoding.PEM
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(pem, forms.PrivateFormat.PKCS8, forms.NoEncryption())
        + made.public_bytes(pem)
    )
    return path


def ask(certificate: Path, trusted: ssl.SSLContext) -> tuple[ServerUser | str, int]:
    """The user, or the failure in words; and how many requests reached the server."""
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)

    async def me(url: str) -> ServerUser | str:
        client = HttpServer(Transport(read_address(url), "1", lambda: trusted))
        try:
            return await client.me(tidy_token(jwt().encode()))
        except ServerFailedError as error:
            return str(error)
        finally:
            await client.close()

    with PlayedServer(reply(), served) as server:
        return asyncio.run(me(server.url)), len(server.asked)


def trusting(certificate: Path) -> ssl.SSLContext:
    context = tls_context()
    context.load_verify_locations(certificate)
    return context


def test_a_trusted_server(tmp_path: Path) -> None:
    path = certificate(tmp_path)
    assert ask(path, trusting(path)) == (ServerUser(7, "alice"), 1)


def test_a_certificate_that_nobody_signed(tmp_path: Path) -> None:
    said, asked = ask(certificate(tmp_path), tls_context())
    assert (str(said).startswith("SERVER_UNTRUSTED me: its certificate"), asked) == (True, 0)


@pytest.mark.parametrize(("address", "days"), [("127.0.0.2", 2), ("127.0.0.1", -1)])
def test_another_ones_certificate_and_one_that_is_over(
    tmp_path: Path, address: str, days: int
) -> None:
    path = certificate(tmp_path, address, days)
    said, asked = ask(path, trusting(path))
    assert (str(said).startswith("SERVER_UNTRUSTED"), asked) == (True, 0)


def test_the_context_verifies_and_tells_no_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    path = certificate(tmp_path)
    context = trusting(path)
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.cert_store_stats()["x509_ca"] > 0
    assert ask(path, context)[1] == 1
    assert not (tmp_path / "keys").exists()
