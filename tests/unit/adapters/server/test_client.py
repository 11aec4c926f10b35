"""/api/me of a real server on loopback: one good answer, each bad one told for what it is."""

import asyncio
import gzip
import socket
import traceback
from collections.abc import Iterator
from io import BufferedIOBase

import pytest

from signalos_desktop.adapters.server.client import HttpServer
from signalos_desktop.adapters.server.tls import tls_context
from signalos_desktop.adapters.server.transport import Bounds, Transport
from signalos_desktop.domain.server_address import read_address
from signalos_desktop.domain.token import tidy_token
from signalos_desktop.domain.wire.server_json import ServerUser
from signalos_desktop.engine.signin_ports import ServerFailedError
from tests.helpers.server import USER, Asked, Play, PlayedServer, reply
from tests.helpers.tokens import canary, leaks

SECRET = canary("server")
TOKEN = tidy_token(SECRET.encode())
HTML = reply(b"<!DOCTYPE html><html></html>", kind="text/html; charset=utf-8")
HASTY = Bounds(total_s=0.3)


@pytest.fixture
def server() -> Iterator[PlayedServer]:
    with PlayedServer(reply()) as played:
        yield played


async def ask(url: str, bounds: Bounds | None = None, times: int = 1) -> ServerUser:
    client = HttpServer(Transport(read_address(url), "1.2.3", tls_context, bounds or Bounds()))
    try:
        for _ in range(times):
            user = await client.me(TOKEN)
        return user
    finally:
        await client.close()


def failure(url: str, bounds: Bounds | None = None) -> ServerFailedError:
    """The failure, after checking that nothing in it holds the token."""
    with pytest.raises(ServerFailedError) as caught:
        asyncio.run(ask(url, bounds))
    error = caught.value
    assert error.next_step
    assert (error.__context__, error.__cause__) == (None, None)
    said = "".join(traceback.format_exception(error)) + repr(error) + error.next_step
    assert leaks(SECRET, [("failure", said.encode())]) == []
    return error


def test_a_good_answer(server: PlayedServer) -> None:
    assert asyncio.run(ask(server.url)) == ServerUser(7, "alice")
    (asked,) = server.asked
    assert asked.line == "GET /api/me HTTP/1.1"
    assert asked.headers["authorization"] == f"Bearer {SECRET}"
    assert asked.headers["accept-encoding"] == "identity"
    assert asked.headers["x-client-version"] == "1.2.3"


def test_an_address_with_a_path(server: PlayedServer) -> None:
    asyncio.run(ask(f"{server.url}/desk/"))
    assert server.asked[0].line == "GET /desk/api/me HTTP/1.1"


@pytest.mark.parametrize(
    ("play", "said"),
    [
        (HTML, "SERVER_BAD_REPLY me: text/html instead of JSON (HTTP 200)"),
        (reply({"error": "no such user"}), "id and username (it says: no such user) (HTTP 200)"),
        (reply({"success": True}), "SERVER_BAD_REPLY me: JSON without id and username"),
        (reply(b'{"id":"7","username":"alice"}'), "SERVER_BAD_REPLY me: its id"),
        (reply(b'{"id":7,"username":["alice"]}'), "SERVER_BAD_REPLY me: its username"),
        (reply(b'{"id":NaN,"username":"alice"}'), "NaN is no number"),
        (reply(b'{"id":7,"id":8,"username":"alice"}'), "the same key stands in it twice"),
        (reply(b'{"x":' * 10_000 + b"1" + b"}" * 10_000), "nested deeper than 32"),
        (reply(b'{"id":7,"username":"alice"'), "JSON that cannot be used"),
        (reply(b""), "JSON that cannot be used"),
        (reply(USER, kind=""), "no type instead of JSON"),
        (reply(USER, kind=f"x/{SECRET}"), "an answer that repeats the token"),
        (reply({"id": 7, "username": SECRET}), "its username repeats the token"),
        (reply({"error": f"bad token {SECRET}"}), "an answer that repeats the token"),
        (reply(USER, status=204), "no answer to use (HTTP 204)"),
        (reply(USER, status=206), "no answer to use (HTTP 206)"),
        (reply({"error": "Validation failed"}, 400), "it says: Validation failed) (HTTP 400)"),
        (reply(b"<p>", 404, "text/html"), "no answer to use (HTTP 404)"),
        (reply(b" " * ((1 << 20) + 1)), "more than 1048576 bytes"),
        (reply(gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip"), "a packed answer"),
        (reply(USER, Content_Encoding="br"), "a packed answer"),
        (reply(b"", 304, Location="/other"), "no answer to use (HTTP 304)"),
        (reply(b"", 302, Location="http://127.0.0.1:1/api/me"), "to another server, not followed"),
        (reply(b"", 307, Location="https://evil.example/"), "to another server, not followed"),
        (reply(b"", 302, Location="//evil.example/api/me"), "to another server, not followed"),
        (reply(b"", 302, Location="ftp://127.0.0.1/"), "to another server, not followed"),
        (reply(b"", 302, Location="http://[::1"), "is not HTTP"),
        (reply(b"", 302, Location="/api/me"), "more than 3 redirects"),
        (lambda _, out: None, "is not HTTP, or not the whole of it"),
        (lambda _, out: out.write(b"220 mail.example ESMTP\r\n"), "is not HTTP"),
        (lambda _, out: out.write(b"HTTP/1.1 200 OK\r\nContent-Le"), "is not HTTP"),
        (
            lambda _, out: out.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}"),
            "not the whole of it",
        ),
        (
            lambda _, out: out.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000),
            "SERVER_BAD_REPLY me:",
        ),
    ],
)
def test_answers_that_do_not_count(server: PlayedServer, play: Play, said: str) -> None:
    server.play = play
    error = failure(server.url)
    assert (error.code, said in str(error)) == ("SERVER_BAD_REPLY", True), str(error)


@pytest.mark.parametrize(
    ("play", "code", "wait"),
    [
        (reply({"error": "Invalid credentials"}, 401), "TOKEN_REJECTED", None),
        (reply(b"Unauthorized", 401, "text/plain"), "TOKEN_REJECTED", None),
        (reply({"error": SECRET}, 403), "TOKEN_REJECTED", None),
        (reply({"error": "Too many"}, 429, RateLimit_Reset="843"), "SERVER_BUSY", 843),
        (reply({"error": "Too many"}, 429, Retry_After="86400"), "SERVER_BUSY", 900),
        (reply({"error": "Too many"}, 429, Retry_After="soon"), "SERVER_BUSY", None),
        (reply(b"", 408), "SERVER_FAILED", None),
        (reply({"error": "x"}, 500), "SERVER_FAILED", None),
        (reply(b"<html>", 503, "text/html", Retry_After="5"), "SERVER_FAILED", 5),
    ],
)
def test_refusals(server: PlayedServer, play: Play, code: str, wait: int | None) -> None:
    server.play = play
    error = failure(server.url)
    assert (error.code, error.retry_after_s) == (code, wait)
    assert len(server.asked) == 1


def test_fifty_megabytes_are_not_waited_for(server: PlayedServer) -> None:
    sent: list[int] = []

    def flood(asked: Asked, out: BufferedIOBase) -> None:
        out.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        for _ in range(800):
            out.write(b" " * 65536)
            sent.append(65536)

    server.play = flood
    assert "more than 1048576 bytes" in str(failure(server.url))
    assert sum(sent) < 40_000_000


@pytest.mark.parametrize("how", ["drip", "silent"])
def test_a_server_that_never_comes_to_its_end(server: PlayedServer, how: str) -> None:
    server.play = getattr(server, how)
    error = failure(server.url, HASTY)
    assert str(error) == "SERVER_TIMEOUT me: no whole answer within 0.3 s"


def test_a_redirect_on_the_same_server_is_followed(server: PlayedServer) -> None:
    there = reply(b"", 301, Location="/v2/me")
    server.play = lambda asked, out: (there if "/api/me" in asked.line else reply())(asked, out)
    assert asyncio.run(ask(server.url)).id == 7
    assert [asked.line.split()[1] for asked in server.asked] == ["/api/me", "/v2/me"]


def test_a_session_cookie_is_not_sent_back(server: PlayedServer) -> None:
    server.play = reply(Set_Cookie="signalos.sid=s%3Aabc; Path=/")
    asyncio.run(ask(server.url, times=2))
    assert all("cookie" not in asked.headers for asked in server.asked)


def test_a_proxy_never_sees_what_is_asked_of_this_computer(
    server: PlayedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with PlayedServer(HTML) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.setenv("NO_PROXY", "")
        assert asyncio.run(ask(server.url)).id == 7
        assert proxy.asked == []


@pytest.mark.parametrize(
    "proxy", ["socks5://me:pa55@127.0.0.1:1", "nonsense://pa55", "http://[::1"]
)
def test_a_proxy_that_cannot_be_used_is_said(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    monkeypatch.setenv("NO_PROXY", "")
    error = failure("https://signalos.invalid")
    assert error.code == "SERVER_UNREACHABLE"
    assert "the proxy in this computer's environment" in str(error)
    assert "pa55" not in f"{error} {error.next_step}"


def test_nothing_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert str(failure(f"http://127.0.0.1:{port}")) == (
        "SERVER_UNREACHABLE me: nothing listens there"
    )


def test_a_name_that_is_not_known() -> None:
    error = failure("https://nowhere.invalid")
    assert error.code == "SERVER_UNREACHABLE"


def test_the_next_call_uses_the_same_client(server: PlayedServer) -> None:
    assert asyncio.run(ask(server.url, times=3)) == ServerUser(7, "alice")
    assert len(server.asked) == 3
