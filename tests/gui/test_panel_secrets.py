"""The token through the real panel with a real Secret Service: it is found nowhere else."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from signalos_desktop.app.panel import Panel
from signalos_desktop.ui.pages.signin import SignInPage
from tests.gui.panel_run import Play, running, until
from tests.helpers.processes import Terminal
from tests.helpers.secret_service import need_secret_service, secret_service
from tests.helpers.server import PlayedServer, reply
from tests.helpers.tokens import canary, files_below, jwt, leaks

# What a server may answer, and the code that the page then says.
ANSWERS = {
    "html": (reply(b"<!DOCTYPE html>", kind="text/html"), "SERVER_BAD_REPLY"),
    "error": (reply({"error": "no"}), "SERVER_BAD_REPLY"),
    "list": (reply([1, 2]), "SERVER_BAD_REPLY"),
    "deep": (reply(b"[" * 10_000), "SERVER_BAD_REPLY"),
    "large": (reply(b" " * (2 << 20)), "SERVER_BAD_REPLY"),
    "types": (reply({"id": "seven", "username": 7}), "SERVER_BAD_REPLY"),
    "refused": (reply({"error": "no"}, 401), "TOKEN_REJECTED"),
    "elsewhere": (reply(b"", 302, Location="https://elsewhere.example/"), "SERVER"),
    "later": (reply({"error": "busy"}, 429, Retry_After="60"), "SERVER"),
    "broken": (reply({"error": "oops"}, 500), "SERVER"),
    "gone": (reply({"error": "no route"}, 404), "SERVER"),
}


@pytest.fixture
def server() -> Iterator[PlayedServer]:
    with PlayedServer(reply()) as played:
        yield played


def test_the_token_is_in_no_file_log_argument_or_crash(
    tmp_path: Path, files: Path, terminal: Terminal, server: PlayedServer
) -> None:
    need_secret_service()
    token, work = canary("panel"), tmp_path / "work"
    work.mkdir()
    with secret_service(tmp_path / "home") as environ:
        command = [sys.executable, "-X", "faulthandler", "-m", "tests.gui.canary_panel"]
        process = subprocess.Popen(
            [*command, str(work), str(files), server.url],
            env=os.environ | environ | {"QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        proc = Path(f"/proc/{process.pid}")
        seen = [(name, (proc / name).read_bytes()) for name in ("cmdline", "environ")]
        out, err = process.communicate(token.encode(), timeout=120)
    assert b"as a crash does" in err
    assert b"signed in as alice" in out
    assert any(token in asked.headers.get("authorization", "") for asked in server.asked)
    found = [*seen, ("stdout", out), ("stderr", err), *files_below(tmp_path)]
    assert leaks(token, found) == []


def test_every_answer_of_the_server_is_told_in_words(play: Play, server: PlayedServer) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        panel.window.open_page("signin")
        page = panel.window.page("signin")
        assert isinstance(page, SignInPage)
        await until(lambda: "Nobody is signed in" in page.said.text(), "the look into the keyring")
        for name, (answer, code) in ANSWERS.items():
            server.play = answer
            page.server.set_text(server.url)
            page.token.line.setText(jwt())
            before = len(server.asked)
            page.check.click()
            await until(lambda before=before: len(server.asked) > before, f"{name}: the question")
            await until(lambda: "Asking" not in page.said.text(), f"{name}: the answer")
            assert code in page.said.text(), name
            assert page.next_step.text(), name
            assert page.token.text() == ""

    play(script)
