"""The whole of `login`, `doctor`, `logout` with a real keyring and server; no trace is left."""

import asyncio
import base64
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from io import BufferedIOBase
from pathlib import Path

import pytest

from signalos_desktop import __version__
from signalos_desktop.adapters.clock import SystemClock
from signalos_desktop.adapters.log_files import LogFiles
from signalos_desktop.adapters.secrets import KeyringSecrets
from signalos_desktop.adapters.server.client import HttpServer
from signalos_desktop.adapters.server.tls import tls_context
from signalos_desktop.adapters.server.transport import Transport
from signalos_desktop.domain.server_address import ServerAddress
from signalos_desktop.engine.signin import SignIn
from tests.helpers.secret_service import need_secret_service, secret_service
from tests.helpers.server import Asked, PlayedServer, reply
from tests.helpers.tokens import canary, encodings, files_below, jwt, leaks
from tests.helpers.vaults import MemoryVault
from tests.unit.app.program import json_lines, program

LEFT = """\
import secretstorage
bus = secretstorage.dbus_init()
for item in secretstorage.get_default_collection(bus).get_all_items():
    print(item.get_label(), len(item.get_secret()))
"""


@pytest.fixture
def server() -> Iterator[PlayedServer]:
    with PlayedServer(reply()) as played:
        yield played


@pytest.fixture
def session(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A user's session: HOME, an unlocked keyring, a data folder."""
    need_secret_service()
    with secret_service(tmp_path / "home") as environ:
        yield environ | {"SIGNALOS_HOME": str(tmp_path / "data")}


def in_the_keyring(session: dict[str, str]) -> list[int]:
    """Sizes of the secrets of this program, smallest first."""
    done = subprocess.run(
        [sys.executable, "-c", LEFT],
        env=os.environ | session,
        capture_output=True,
        text=True,
        check=True,
    )
    ours = [line for line in done.stdout.splitlines() if "SignalOS Desktop" in line]
    return sorted(int(line.split()[-1]) for line in ours)


def test_in_looked_at_and_out(
    server: PlayedServer, session: dict[str, str], tmp_path: Path
) -> None:
    token = jwt(size=4000, canary="long")
    said = [program("login", "--server", server.url, stdin=f"Bearer {token}\n", **session)]
    assert said[0].stdout.startswith(f"signed in as alice (user 7) at {server.url}")
    assert (said[0].returncode, said[0].stderr) == (0, "")
    sizes = in_the_keyring(session)
    assert len(sizes) == 6
    assert sizes[-1] == 1200

    said.append(program("doctor", "--json", **session))
    found = {row["check"]: row for row in json_lines(said[-1])}
    assert found["keyring"]["ok"]
    assert found["server"]["text"].startswith("signed in as alice")

    server.play = reply({"id": 8, "username": "bob"})
    said.append(program("doctor", "--json", **session))
    found = {row["check"]: row for row in json_lines(said[-1])}
    assert "SERVER_OTHER_USER" in found["server"]["text"]

    server.play = reply()
    said.append(program("login", stdin=jwt(), **session))
    assert len(in_the_keyring(session)) == 2

    said.append(program("logout", **session))
    assert said[-1].stdout == "signed out, the token is deleted\n"
    assert in_the_keyring(session) == []
    assert program("logout", **session).stdout == "nobody was signed in\n"
    words = [(f"call {n}", (done.stdout + done.stderr).encode()) for n, done in enumerate(said)]
    assert leaks(token, [*words, *files_below(tmp_path)]) == []


def test_no_file_argument_or_variable_ever_holds_it(
    server: PlayedServer, session: dict[str, str], tmp_path: Path
) -> None:
    """Looked at while the request is under way, with the keyring and all that was written."""
    token = canary("process")
    arrived, looked = threading.Event(), threading.Event()

    def hold(asked: Asked, out: BufferedIOBase) -> None:
        arrived.set()
        looked.wait(30)
        reply()(asked, out)

    server.play = hold
    process = subprocess.Popen(
        [sys.executable, "-m", "signalos_desktop", "login", "--server", server.url],
        env=os.environ | session,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(token.encode())
    process.stdin.close()
    process.stdin = None
    assert arrived.wait(30)
    proc = Path(f"/proc/{process.pid}")
    seen = [(name, (proc / name).read_bytes()) for name in ("cmdline", "environ", "comm")]
    looked.set()
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert leaks(token, [*seen, ("said", out + err), *files_below(tmp_path)]) == []
    assert len(files_below(tmp_path / "home")) >= 1
    assert in_the_keyring(session)


def test_a_locked_keyring(server: PlayedServer, tmp_path: Path) -> None:
    need_secret_service()
    home, data = tmp_path / "home", {"SIGNALOS_HOME": str(tmp_path / "data")}
    with secret_service(home) as environ:
        assert program("login", "--server", server.url, stdin=jwt(), **environ, **data).stdout
    with secret_service(home, password="wrong") as environ:
        session = environ | data
        for verb in ("login", "logout"):
            done = program(verb, stdin=jwt(), **session)
            assert done.returncode == 1
            assert "KEYRING_UNAVAILABLE" in done.stderr
            assert "it is locked" in done.stderr
            assert "Unlock the keyring" in done.stderr
    with secret_service(home) as environ:
        assert program("logout", **environ, **data).stdout.startswith("signed out")


@pytest.mark.parametrize("answer", ["y", "n"])
def test_a_plain_token_is_imported_and_deleted_when_confirmed(
    server: PlayedServer, session: dict[str, str], answer: str
) -> None:
    plain = Path(session["HOME"]) / ".signalos" / "auth_token"
    plain.parent.mkdir()
    plain.write_text(f'"{jwt()}"\n', encoding="utf-8")
    told = program("login", "--server", server.url, stdin=jwt(), **session)
    assert "login --import" in told.stderr
    done = program("login", "--import", stdin=f"{answer}\n", **session)
    assert done.returncode == 0
    assert f"Delete {plain}? [y/N]" in done.stderr
    assert plain.exists() == (answer == "n")
    assert len(in_the_keyring(session)) == 2


def test_the_loudest_log_does_not_know_it(
    server: PlayedServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Every library at DEBUG, and the program's own log file."""
    token = canary("log")
    caplog.set_level(logging.DEBUG)
    files = LogFiles(tmp_path)

    def connect(address: ServerAddress) -> HttpServer:
        return HttpServer(Transport(address, __version__, tls_context))

    async def in_and_out() -> None:
        vault = MemoryVault()
        sign_in = SignIn(KeyringSecrets(lambda: vault), connect, SystemClock())
        for play in (reply(), reply({"error": token}, 401), reply(b"<html>", kind="text/html")):
            server.play = play
            answer = await sign_in.sign_in(token.encode(), server.url)
            logging.getLogger("signalos_desktop.test").info("%s %s", answer, sign_in.current)
        await sign_in.forget()

    for name in ("httpx", "httpcore", "keyring"):
        caplog.set_level(logging.DEBUG, name)
    asyncio.run(in_and_out(), debug=True)
    files.close()
    assert "TOKEN_REJECTED" in caplog.text
    assert len(server.asked) == 3
    assert leaks(token, [("log", caplog.text.encode()), *files_below(tmp_path)]) == []


@pytest.mark.parametrize("way", list(encodings("a.b.c")))
def test_the_search_finds_what_it_looks_for(way: str, tmp_path: Path) -> None:
    token = canary("control")
    written = {
        "plain": token.encode(),
        "utf-16": token.encode("utf-16"),
        "hex": token.encode().hex().encode(),
        "base64": base64.b64encode(b"Bearer " + token.encode()),
        "percent": "".join(f"%{byte:02X}" for byte in token.encode()).encode(),
    }
    (tmp_path / "file").write_bytes(b"before " + written[way] + b" after")
    assert leaks(token, files_below(tmp_path)) == [f"{tmp_path / 'file'}: {way}"]
    assert leaks(canary("other"), files_below(tmp_path)) == []
