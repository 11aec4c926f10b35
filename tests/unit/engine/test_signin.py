"""Signing in: the server before the keyring, one server for one token, nothing said of it."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any

import pytest

from signalos_desktop.domain.server_address import ServerAddress
from signalos_desktop.domain.token import Token
from signalos_desktop.domain.wire.server_json import ServerUser
from signalos_desktop.engine.signin import ENTRY, SignIn, SignInAnswer
from signalos_desktop.engine.signin_ports import SecretsUnavailableError, ServerFailedError
from tests.helpers.tokens import jwt, leaks

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TOKEN = jwt(exp=int(NOW.timestamp()) + 7200)
URL = "https://signalos.example"
ALICE, BOB = ServerUser(7, "alice"), ServerUser(8, "bob")


class FixedClock:
    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return 0.0


class Ring:
    """A keyring in memory that can be locked."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.locked = False

    async def name(self) -> str:
        return "Ring"

    async def get(self, entry: str) -> bytes | None:
        self._look()
        return self.kept.get(entry)

    async def put(self, entry: str, secret: bytes) -> None:
        self._look()
        self.kept[entry] = secret

    async def delete(self, entry: str) -> bool:
        self._look()
        return self.kept.pop(entry, None) is not None

    def _look(self) -> None:
        if self.locked:
            raise SecretsUnavailableError("it is locked", "Unlock it")


class Desk:
    """The server: who it takes the token for, or how it fails."""

    def __init__(self) -> None:
        self.says: ServerUser | ServerFailedError = ALICE
        self.asked: list[tuple[str, bytes]] = []
        self.open = 0
        self.address = ""

    def connect(self, address: ServerAddress) -> "Desk":
        self.address = str(address)
        self.open += 1
        return self

    async def me(self, token: Token) -> ServerUser:
        self.asked.append((self.address, token.secret))
        await asyncio.sleep(0)
        if isinstance(self.says, ServerFailedError):
            raise self.says
        return self.says

    async def close(self) -> None:
        self.open -= 1


class Bench:
    def __init__(self) -> None:
        self.ring, self.desk, self.clock = Ring(), Desk(), FixedClock()
        self.sign_in = SignIn(self.ring, self.desk.connect, self.clock)

    def restart(self) -> None:
        self.sign_in = SignIn(self.ring, self.desk.connect, self.clock)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def run(wish: Coroutine[Any, Any, SignInAnswer]) -> SignInAnswer:
    """The answer, after checking that its words hold no token."""
    answer = asyncio.run(wish)
    assert leaks(TOKEN, [("answer", f"{answer!r}".encode())]) == []
    return answer


def restored(bench: Bench, url: str = URL) -> SignInAnswer:
    async def wish() -> SignInAnswer:
        answer = await bench.sign_in.restore(url)
        assert answer is not None
        return answer

    return run(wish())


def test_in_and_kept(bench: Bench) -> None:
    answer = run(bench.sign_in.sign_in(f"Bearer {TOKEN}\n".encode(), URL))
    assert (answer.ok, answer.code, answer.user, answer.kept) == (True, "SIGNED_IN", ALICE, True)
    assert answer.text == f"signed in as alice (user 7) at {URL}, expires in 2 h"
    assert bench.sign_in.current is not None
    assert bench.sign_in.current.token.secret == TOKEN.encode()
    assert TOKEN[80:120] not in repr(bench.sign_in.current)
    assert (bench.desk.asked, bench.desk.open) == ([(URL, TOKEN.encode())], 0)
    assert bench.ring.kept.keys() == {ENTRY}


def test_a_token_without_expiry(bench: Bench) -> None:
    assert run(bench.sign_in.sign_in(jwt(exp=None).encode(), URL)).text.endswith(URL)


@pytest.mark.parametrize(
    ("pasted", "url", "code"),
    [
        (TOKEN, "http://signalos.example", "SERVER_ADDRESS"),
        ("hello", URL, "TOKEN_INVALID"),
        (jwt(alg="none"), URL, "TOKEN_UNSIGNED"),
        (jwt(exp=int(NOW.timestamp()) - 7200), URL, "TOKEN_EXPIRED"),
    ],
)
def test_what_is_wrong_before_the_server_is_asked(
    bench: Bench, pasted: str, url: str, code: str
) -> None:
    answer = run(bench.sign_in.sign_in(pasted.encode(), url))
    assert (answer.ok, answer.code, bool(answer.next_step)) == (False, code, True)
    assert (bench.desk.asked, bench.ring.kept, bench.sign_in.current) == ([], {}, None)


def test_the_server_refuses_and_the_earlier_sign_in_stays(bench: Bench) -> None:
    run(bench.sign_in.sign_in(TOKEN.encode(), URL))
    before = bench.sign_in.current, dict(bench.ring.kept)
    bench.desk.says = ServerFailedError("SERVER_BAD_REPLY", " me: text/html", "Check it")
    answer = run(bench.sign_in.sign_in(jwt(size=9).encode(), URL))
    assert (answer.ok, answer.code, answer.next_step) == (False, "SERVER_BAD_REPLY", "Check it")
    assert answer.text == "SERVER_BAD_REPLY me: text/html"
    assert (bench.sign_in.current, bench.ring.kept) == before
    assert bench.desk.open == 0


def test_a_keyring_that_cannot_be_used(bench: Bench) -> None:
    bench.ring.locked = True
    answer = run(bench.sign_in.sign_in(TOKEN.encode(), URL))
    assert (answer.ok, answer.kept, answer.user) == (True, False, ALICE)
    assert answer.text == ("KEYRING_UNAVAILABLE: token kept for this session only (it is locked)")
    assert answer.next_step == "Unlock it"
    assert bench.sign_in.current is not None
    bench.restart()
    assert restored(bench).code == "KEYRING_UNAVAILABLE"
    assert not run(bench.sign_in.forget()).ok


def test_the_next_start_asks_the_server_again(bench: Bench) -> None:
    run(bench.sign_in.sign_in(TOKEN.encode(), URL))
    bench.restart()
    answer = restored(bench)
    assert (answer.ok, answer.kept, answer.user) == (True, True, ALICE)
    assert bench.sign_in.current is not None
    assert len(bench.desk.asked) == 2


def test_nothing_kept(bench: Bench) -> None:
    assert asyncio.run(bench.sign_in.restore(URL)) is None
    assert restored(bench, "nonsense").code == "SERVER_ADDRESS"


@pytest.mark.parametrize(
    "other", ["https://evil.example", f"{URL}:8443", f"{URL}/desk", "http://localhost:5000"]
)
def test_the_token_of_one_server_is_never_sent_to_another(bench: Bench, other: str) -> None:
    run(bench.sign_in.sign_in(TOKEN.encode(), URL))
    bench.restart()
    answer = restored(bench, other)
    assert (answer.ok, answer.code, answer.kept) == (False, "SIGN_IN_ELSEWHERE", True)
    assert {address for address, _ in bench.desk.asked} == {URL}


def test_a_server_that_says_another_user_now(bench: Bench) -> None:
    run(bench.sign_in.sign_in(TOKEN.encode(), URL))
    bench.restart()
    bench.desk.says = BOB
    answer = restored(bench)
    assert (answer.ok, answer.code) == (False, "SERVER_OTHER_USER")
    assert "alice (user 7)" in answer.text
    assert "bob (user 8)" in answer.text
    assert bench.sign_in.current is None


def test_a_kept_token_that_has_expired_is_not_sent(bench: Bench) -> None:
    run(bench.sign_in.sign_in(TOKEN.encode(), URL))
    bench.restart()
    bench.clock.time = datetime(2026, 11, 20, 16, tzinfo=UTC)
    answer = restored(bench)
    assert (answer.code, answer.text) == ("TOKEN_EXPIRED", "TOKEN_EXPIRED 2 h ago")
    assert len(bench.desk.asked) == 1


def test_a_server_that_is_away_costs_no_sign_in(bench: Bench) -> None:
    run(bench.sign_in.sign_in(TOKEN.encode(), URL))
    bench.restart()
    bench.desk.says = ServerFailedError("SERVER_TIMEOUT", " me: ...", "Later")
    assert (restored(bench).code, bench.sign_in.current) == ("SERVER_TIMEOUT", None)
    bench.desk.says = ALICE
    assert restored(bench).ok


def test_a_damaged_record(bench: Bench) -> None:
    bench.ring.kept[ENTRY] = b"{}"
    answer = restored(bench)
    assert (answer.ok, answer.code) == (False, "SIGN_IN_DAMAGED")


def test_out(bench: Bench) -> None:
    assert run(bench.sign_in.forget()).text == "nobody was signed in"
    run(bench.sign_in.sign_in(TOKEN.encode(), URL))
    assert run(bench.sign_in.forget()).text == "signed out, the token is deleted"
    assert (bench.ring.kept, bench.sign_in.current) == ({}, None)


def test_wishes_do_not_overtake_each_other(bench: Bench) -> None:
    async def at_once() -> None:
        await asyncio.gather(bench.sign_in.sign_in(TOKEN.encode(), URL), bench.sign_in.forget())

    asyncio.run(at_once())
    assert (bench.ring.kept, bench.sign_in.current) == ({}, None)
