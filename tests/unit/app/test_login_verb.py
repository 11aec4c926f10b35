"""`login` and `logout` where no keyring is, and what they refuse before they ask anybody."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from signalos_desktop.app.instance_lock import InstanceLock
from tests.helpers.server import PlayedServer, reply
from tests.helpers.tokens import canary, files_below, jwt, leaks
from tests.unit.app.program import json_lines, one_line_error, program

NO_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}


@pytest.fixture
def server() -> Iterator[PlayedServer]:
    with PlayedServer(reply()) as played:
        yield played


def test_without_a_server_nothing_is_asked(tmp_path: Path) -> None:
    done = program("login", "--data-dir", tmp_path, stdin=jwt())
    assert "login --server https://HOST" in one_line_error(done, 2)


def test_a_server_that_would_see_the_token_in_the_clear(tmp_path: Path) -> None:
    done = program("login", "--server", "http://x.example", "--data-dir", tmp_path, stdin=jwt())
    assert "use https://" in one_line_error(done, 2)


@pytest.mark.parametrize(
    ("stdin", "code"),
    [
        ("", "TOKEN_INVALID: there is nothing in it"),
        ("hello", "TOKEN_INVALID: not a JSON Web Token"),
        (jwt(alg="none"), "TOKEN_UNSIGNED"),
        (jwt(exp=1_000_000_000), "TOKEN_EXPIRED"),
        ("x" * 3_000_000, "TOKEN_TOO_LONG"),
    ],
)
def test_what_is_no_token(server: PlayedServer, tmp_path: Path, stdin: str, code: str) -> None:
    done = program("login", "--server", server.url, "--data-dir", tmp_path, stdin=stdin)
    assert code in one_line_error(done, 1)
    assert server.asked == []


def test_a_token_is_no_argument(tmp_path: Path) -> None:
    assert program("login", jwt(), "--data-dir", tmp_path).returncode == 2


def test_without_a_keyring_nothing_is_kept_anywhere(server: PlayedServer, tmp_path: Path) -> None:
    token = canary("no-keyring")
    done = program(
        "login", "--server", server.url, stdin=token,
        SIGNALOS_HOME=str(tmp_path / "data"), HOME=str(tmp_path), **NO_KEYRING,
    )  # fmt: skip
    said = one_line_error(done, 1)
    assert "KEYRING_UNAVAILABLE: token kept for this session only" in said
    assert "nothing is kept" in said
    assert len(server.asked) == 1
    assert leaks(token, [("stderr", said.encode()), *files_below(tmp_path)]) == []
    got = program("settings", "get", "server.url", "--data-dir", tmp_path / "data")
    assert got.stdout == "\n"


def test_a_keyring_of_plain_text_is_refused(server: PlayedServer, tmp_path: Path) -> None:
    """As the packages with plain keyrings do it: a module on the path, named by the variable."""
    (tmp_path / "plain_keyring.py").write_text(
        "from pathlib import Path\n"
        "from keyring.backend import KeyringBackend\n"
        "class Keyring(KeyringBackend):\n"
        "    priority = 9\n"
        "    def get_password(self, service, username): return None\n"
        "    def set_password(self, service, username, password):\n"
        "        Path(__file__).with_name('stolen').write_text(password)\n"
        "    def delete_password(self, service, username): ...\n",
        encoding="utf-8",
    )
    done = program(
        "login", "--server", server.url, "--data-dir", tmp_path / "data", stdin=jwt(),
        PYTHON_KEYRING_BACKEND="plain_keyring.Keyring", PYTHONPATH=str(tmp_path),
        HOME=str(tmp_path),
    )  # fmt: skip
    assert "is not known to encrypt" in one_line_error(done, 1)
    assert not (tmp_path / "stolen").exists()


def test_another_program_holds_the_settings(server: PlayedServer, tmp_path: Path) -> None:
    with InstanceLock(tmp_path / "app.lock"):
        done = program("login", "--server", server.url, "--data-dir", tmp_path, stdin=jwt())
    assert str(os.getpid()) in one_line_error(done, 3)
    assert server.asked == []


def test_nothing_to_import(server: PlayedServer, tmp_path: Path) -> None:
    done = program(
        "login", "--import", "--server", server.url, "--data-dir", tmp_path, HOME=str(tmp_path)
    )
    assert "nothing to import" in one_line_error(done, 1)


def test_logout_does_not_claim_what_it_cannot_know() -> None:
    done = program("logout", **NO_KEYRING)
    assert "a token may still be kept there" in one_line_error(done, 1)


def test_the_doctor_asks_for_a_keyring_once_a_server_is_set(tmp_path: Path) -> None:
    program("settings", "set", "server.url", "https://signalos.example", "--data-dir", tmp_path)
    done = program("doctor", "--json", "--data-dir", tmp_path, **NO_KEYRING)
    found = {row["check"]: row for row in json_lines(done)}
    for check in ("keyring", "server"):
        assert not found[check]["ok"]
        assert found[check]["text"].startswith("KEYRING_UNAVAILABLE: no keyring is running here")
        assert found[check]["next_step"]
