"""The log: rotating, in UTC, and without anything secret in whatever way it got there."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from signalos_desktop.adapters.log_files import LogFiles, redact

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJDQU5BUlktN1EifQ.CANARY-7Q_signature"
CANARY = "CANARY-7Q"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    logs = LogFiles(tmp_path / "logs", loud=logging.CRITICAL)
    yield tmp_path / "logs"
    logs.close()


def logged(folder: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted(folder.iterdir()))


@pytest.mark.parametrize(
    "text",
    [
        f"token is {JWT}",
        f"cut {JWT.rpartition('.')[0]}",
        f"GET /ws?token={CANARY}&x=1",
        f"Authorization: Bearer {CANARY}",
        f"{{'Authorization': 'Bearer {CANARY}'}}",
        f'"authorization": "Basic {CANARY}"',
        f"Proxy-Authorization={CANARY}",
        f"sent bearer {CANARY}",
        f'{{"password": "my {CANARY}"}}',
        f"MT5_PASSWORD={CANARY}",
        f"access_token='{CANARY}'",
        f"api-key: {CANARY}",
        f"client_secret = {CANARY};",
        f"Set-Cookie: {CANARY}; HttpOnly",
    ],
)
def test_secrets_are_hidden(text: str) -> None:
    shown = redact(text)
    assert CANARY not in shown
    assert JWT.split(".")[1] not in shown
    assert "[hidden]" in shown


@pytest.mark.parametrize(
    "text", ["BUY GOLD 2400 SL 2390", "EA 1.0 on 1001@Demo-Server", "tokens: none were found"]
)
def test_everything_else_stays(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize("text", ["eyJ" * 400_000, "x" * 1_000_000, "token " * 200_000])
def test_a_hostile_megabyte_is_cut_and_read_in_no_time(text: str) -> None:
    assert len(redact(text)) <= 20_000


def test_arguments_and_tracebacks_are_covered_below_the_root(folder: Path) -> None:
    logger = logging.getLogger("below.the.root")
    logger.info("headers %s", {"Authorization": f"Bearer {CANARY}"})
    try:
        raise ValueError(f"password={CANARY}")
    except ValueError:
        logger.exception("failed")
    text = logged(folder)
    assert "ValueError" in text
    assert CANARY not in text


def test_lines_begin_with_utc_and_milliseconds(folder: Path) -> None:
    logging.getLogger("x").info("half a pair \ud83d and whole \U0001f680")
    line = logged(folder).splitlines()[0]
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO x: ", line)


def test_files_rotate_and_stay_bounded(tmp_path: Path) -> None:
    logs = LogFiles(tmp_path, loud=logging.CRITICAL, largest=10_000)
    for _ in range(100):
        logging.getLogger("flood").info("y" * 1000)
    logs.close()
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == 6
    assert max(sizes) <= 10_000


@pytest.mark.expects_warning
def test_a_folder_that_cannot_be_made_is_said_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").write_text("a file")
    logs = LogFiles(tmp_path / "logs")
    logging.getLogger("x").error("still heard")
    logs.close()
    assert "still heard" in capsys.readouterr().err


def test_closing_gives_the_root_back(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (list(root.handlers), root.level)
    LogFiles(tmp_path).close()
    assert (list(root.handlers), root.level) == before
