"""A pasted token: tidied, read for its expiry only, and never repeated in what is said of it."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signalos_desktop.domain.token import (
    TOO_LONG,
    Token,
    TokenRefusedError,
    check_expiry,
    shows,
    span_words,
    tidy_token,
)
from tests.helpers.tokens import jwt, part

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GOOD = jwt()
HEAD, CLAIMS, SIGNATURE = GOOD.split(".")
TWICE = b'{"alg":"RS256","alg":"none"}'
LATE = b'{"exp":1e999999}'


def refusal(pasted: str | bytes) -> TokenRefusedError:
    data = pasted if isinstance(pasted, bytes) else pasted.encode("utf-8", "surrogatepass")
    with pytest.raises(TokenRefusedError) as caught:
        tidy_token(data)
    assert caught.value.next_step
    return caught.value


@pytest.mark.parametrize(
    "pasted",
    [
        GOOD,
        f"  {GOOD}\r\n",
        f'"{GOOD}"',
        f"'{GOOD}',",
        f"\u201c{GOOD}\u201d",
        f"\ufeff{GOOD}\u200b",
        f"Bearer {GOOD}",
        f"bearer\n{GOOD}",
        f"Authorization: Bearer {GOOD}",
        f'"Bearer {GOOD}"',
        f"{GOOD[:40]}\n{GOOD[40:80]}\r\n   {GOOD[80:]}",
    ],
)
def test_what_surrounds_a_token_is_taken_off(pasted: str) -> None:
    assert tidy_token(pasted.encode()).secret == GOOD.encode()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_file_as_a_windows_shell_writes_it(encoding: str) -> None:
    assert tidy_token(f"{GOOD}\r\n".encode(encoding)).secret == GOOD.encode()


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        ("", "TOKEN_INVALID"),
        (' "Bearer " \n', "TOKEN_INVALID"),
        ("hello", "TOKEN_INVALID"),
        ("a.b", "TOKEN_INVALID"),
        (f"{GOOD}.more", "TOKEN_INVALID"),
        (f"{GOOD} {GOOD}", "TOKEN_INVALID"),
        (GOOD.replace("e", "\u0435"), "TOKEN_INVALID"),
        (f"{HEAD}.{CLAIMS}.\0{SIGNATURE}", "TOKEN_INVALID"),
        (f"A.{CLAIMS}.{SIGNATURE}", "TOKEN_INVALID"),
        (f"{part([1])}.{CLAIMS}.{SIGNATURE}", "TOKEN_INVALID"),
        (f"{part(b'{')}.{CLAIMS}.{SIGNATURE}", "TOKEN_INVALID"),
        (f"{HEAD}.{part(b'[' * 5000)}.{SIGNATURE}", "TOKEN_INVALID"),
        (f"{part(TWICE)}.{CLAIMS}.{SIGNATURE}", "TOKEN_INVALID"),
        (f"{part({'typ': 'JWT'})}.{CLAIMS}.{SIGNATURE}", "TOKEN_INVALID"),
        (jwt(alg=" "), "TOKEN_INVALID"),
        (jwt(alg=7), "TOKEN_INVALID"),
        (jwt(alg="none"), "TOKEN_UNSIGNED"),
        (jwt(alg="NoNe"), "TOKEN_UNSIGNED"),
        (f"{HEAD}.{CLAIMS}.", "TOKEN_UNSIGNED"),
        (jwt(exp="tomorrow"), "TOKEN_INVALID"),
        (jwt(exp=True), "TOKEN_INVALID"),
        (jwt(exp=-1), "TOKEN_INVALID"),
        (jwt(exp=10**30), "TOKEN_INVALID"),
        (jwt(exp=float("nan")), "TOKEN_INVALID"),
        (f"{HEAD}.{part(LATE)}.{SIGNATURE}", "TOKEN_INVALID"),
        ("x" * TOO_LONG, "TOKEN_TOO_LONG"),
        (jwt(size=20 * 1024), "TOKEN_TOO_LONG"),
    ],
)
def test_what_is_no_token_is_refused_and_not_repeated(pasted: str, code: str) -> None:
    error = refusal(pasted)
    assert error.code == code
    assert str(error).startswith(code)
    assert CLAIMS[:20] not in str(error)


def test_a_long_token_is_taken() -> None:
    token = jwt(size=14_000)
    assert 18_000 < len(token) < TOO_LONG
    assert tidy_token(token.encode()).secret == token.encode()


def test_the_expiry_is_read() -> None:
    assert tidy_token(jwt(exp=1_795_000_000.75).encode()).expires == datetime.fromtimestamp(
        1_795_000_000, UTC
    )
    assert tidy_token(jwt(exp=None).encode()).expires is None


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(0), "TOKEN_EXPIRED 0 s ago"),
        (timedelta(seconds=119), "TOKEN_EXPIRED 119 s ago"),
        (timedelta(minutes=2), "TOKEN_EXPIRED 2 min ago"),
        (timedelta(hours=2), "TOKEN_EXPIRED 2 h ago"),
        (timedelta(days=3, hours=5), "TOKEN_EXPIRED 3 days ago"),
    ],
)
def test_an_expired_token_is_told_how_old_it_is(ago: timedelta, words: str) -> None:
    with pytest.raises(TokenRefusedError) as caught:
        check_expiry(Token(b"a.b.c", NOW - ago), NOW)
    assert (str(caught.value), caught.value.code) == (words, "TOKEN_EXPIRED")


@pytest.mark.parametrize("expires", [None, NOW + timedelta(seconds=1)])
def test_a_token_that_is_not_over_passes(expires: datetime | None) -> None:
    check_expiry(Token(b"a.b.c", expires), NOW)


def test_a_token_is_not_shown_where_objects_are_printed() -> None:
    token = tidy_token(GOOD.encode())
    assert SIGNATURE[:10] not in f"{token!r} {token} {[token]}"
    assert base64.b64encode(token.secret).decode() not in repr(token)


def test_a_piece_of_the_token_in_a_text_is_recognised() -> None:
    token = tidy_token(GOOD.encode())
    assert shows(token, f"bad token: {GOOD[50:62]}")
    assert not shows(token, f"bad token: {GOOD[50:61]}")
    assert not shows(token, "")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_token_or_a_refusal(pasted: bytes) -> None:
    try:
        token = tidy_token(pasted)
    except TokenRefusedError as error:
        assert error.next_step  # noqa: PT017 - either way is right
    else:
        assert token.secret.count(b".") == 2


def test_spans_in_words() -> None:
    assert span_words(timedelta(hours=47, minutes=59)) == "47 h"
