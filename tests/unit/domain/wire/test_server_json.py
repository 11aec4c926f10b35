"""Answers of the server: only the asked shape counts, and its words are plain text."""

import json

import pytest

from signalos_desktop.domain.wire.server_json import (
    ReplyRefusedError,
    ServerUser,
    plain_text,
    read_refusal,
    read_user,
)

JSON = "application/json; charset=utf-8"


def test_a_user() -> None:
    body = json.dumps({"id": 1, "username": " al\u202eice\n", "role": "user", "extra": [1]})
    assert read_user(JSON, body.encode()) == ServerUser(1, "alice")


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("text/html; charset=utf-8", b"<!DOCTYPE html>", "text/html instead of JSON"),
        ("", b'{"id":1,"username":"a"}', "no type instead of JSON"),
        (JSON, b"<html>", "not JSON"),
        (JSON, b'{"id":NaN,"username":"a"}', "NaN"),
        (JSON, b'[{"id":1,"username":"a"}]', "no object"),
        (JSON, b'"alice"', "no object"),
        (JSON, b"{}", "without id and username"),
        (JSON, b'{"id":1}', "without id and username"),
        (JSON, b'{"error":"go <b>away</b>"}', r"it says: go <b>away</b>\)"),
        (JSON, b'{"message":"no\\u001b[31m\\nway"}', r"it says: no\[31m way\)"),
        (JSON, b'{"error":{"id":1}}', "without id and username$"),
        (JSON, b'{"id":"1","username":"a"}', "its id"),
        (JSON, b'{"id":true,"username":"a"}', "its id"),
        (JSON, b'{"id":1.5,"username":"a"}', "its id"),
        (JSON, b'{"id":0,"username":"a"}', "its id"),
        (JSON, b'{"id":9007199254740993,"username":"a"}', "its id"),
        (JSON, b'{"id":1,"username":5}', "its username"),
        (JSON, b'{"id":1,"username":"\\u200b \\n"}', "its username"),
    ],
)
def test_what_is_no_user(kind: str, body: bytes, why: str) -> None:
    with pytest.raises(ReplyRefusedError, match=why):
        read_user(kind, body)


def test_a_username_has_an_end() -> None:
    user = read_user(JSON, json.dumps({"id": 1, "username": "a" * 100_000}).encode())
    assert user.username == "a" * 200


def test_what_a_refusal_says() -> None:
    assert read_refusal(JSON, b'{"error":"Invalid credentials"}').endswith("Invalid credentials)")
    assert read_refusal("text/plain", b"Unauthorized") == ""
    assert plain_text("a\tb\x00\u2066c") == "a bc"
