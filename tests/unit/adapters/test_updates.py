"""The release feed over a real socket: signed or ignored, bounded, and asked only if wanted."""

import asyncio
import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from installer.feed import main as feed_tool
from installer.feed import make_feed
from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.adapters.updates import LARGEST, UpdatesFailedError, read_channel
from signalos_desktop.app.paths import DataFolder
from signalos_desktop.app.update_check import SETTING, UpdateAnswer, check_for_update
from signalos_desktop.engine.settings import Settings
from tests.helpers.server import PlayedServer, reply

KEY = SigningKey.generate()
PAGE = "https://example.com/releases"


class World:
    def __init__(self, folder: Path, server: PlayedServer) -> None:
        self.data, self.server = DataFolder(folder / "data"), server
        self.data.make()
        self.channel = folder / "updates.json"
        self.write_channel(f"http://127.0.0.1:{server.port}/feed/stable")

    def write_channel(self, address: str, **changes: str) -> None:
        key = base64.b64encode(bytes(KEY.verify_key)).decode()
        self.channel.write_text(
            json.dumps({"feed": address, "page": PAGE, "public_key": key} | changes)
        )

    def ask(self) -> UpdateAnswer:
        return asyncio.run(check_for_update(self.data, self.channel))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    server = PlayedServer(reply(make_feed(KEY, "9.0.0", "Faster.", datetime.now(UTC))))
    yield World(tmp_path, server)
    server.close()


def test_a_newer_version_is_told_with_the_page_of_this_build(world: World) -> None:
    answer = world.ask()
    assert (answer.ok, answer.newer, answer.notes, answer.page) == (True, "9.0.0", "Faster.", PAGE)


def test_nothing_newer(world: World) -> None:
    world.server.play = reply(make_feed(KEY, "0.0.1", "", datetime.now(UTC)))
    answer = world.ask()
    assert (answer.ok, answer.newer) == (True, "")


def test_switched_off_nobody_is_asked(world: World) -> None:
    SettingsFile(world.data.root).save(Settings().with_change(SETTING, False))
    assert "off" in world.ask().text
    assert world.server.asked == []


def test_a_build_without_a_feed_asks_nobody(world: World) -> None:
    world.write_channel("")
    assert world.ask() == UpdateAnswer(True, "not asked: this build has no feed of releases")


@pytest.mark.parametrize("place", [0, -2])
def test_one_altered_byte_and_it_is_ignored(world: World, place: int) -> None:
    feed = bytearray(make_feed(KEY, "9.0.0", "", datetime.now(UTC)))
    feed[place] ^= 1
    world.server.play = reply(bytes(feed))
    answer = world.ask()
    assert (answer.ok, answer.newer) == (False, "")
    assert "signature" in answer.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (make_feed(SigningKey.generate(), "9.0.0", "", datetime.now(UTC)), 200),
        (make_feed(KEY, "9.0.0", "", datetime(2026, 1, 1, tzinfo=UTC)), 200),
        (b"<html>", 200),
        (b"x" * (LARGEST + 1), 200),
        (b"", 404),
        (b"", 302),
    ],
)
def test_what_else_may_come_is_refused_in_words(world: World, body: bytes, status: int) -> None:
    world.server.play = reply(body, status, Location="https://example.com/")
    answer = world.ask()
    assert not answer.ok
    assert answer.newer == ""
    assert len(world.server.asked) == 1


def test_a_server_that_is_not_there(world: World) -> None:
    world.server.close()
    assert "not reached" in world.ask().text


@pytest.mark.parametrize(
    "changes",
    [{"public_key": "AAAA"}, {"public_key": "?"}, {"page": "http://x"}, {"feed": "http://x.y/f"}],
)
def test_a_channel_that_nobody_should_follow(world: World, changes: dict[str, str]) -> None:
    world.write_channel("https://example.com/feed", **changes)
    with pytest.raises(UpdatesFailedError):
        read_channel(world.channel)
    assert not world.ask().ok


def test_the_tool_of_the_release_makes_what_the_program_reads(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, out = tmp_path / "key", tmp_path / "feed"
    assert feed_tool(["key", str(key)]) == 0
    public = capsys.readouterr().out.strip()
    with pytest.raises(FileExistsError):
        feed_tool(["key", str(key)])
    words = ["sign", "--key", str(key), "--version", "9.1.0", "--notes", "New.", "--out", str(out)]
    assert feed_tool(words) == 0
    world.write_channel(f"http://127.0.0.1:{world.server.port}/feed", public_key=public)
    world.server.play = reply(out.read_bytes())
    assert world.ask().newer == "9.1.0"
