"""What the keyring keeps of a sign-in comes back as it was, or not at all."""

import json

import pytest

from signalos_desktop.domain.server_address import read_address
from signalos_desktop.domain.token import tidy_token
from signalos_desktop.domain.wire.server_json import ServerUser
from signalos_desktop.domain.wire.sign_in_record import (
    RecordDamagedError,
    SignInRecord,
    decode_record,
    encode_record,
)
from tests.helpers.tokens import jwt

TOKEN = jwt(size=500)
RECORD = SignInRecord(
    read_address("https://signalos.example:8443/desk"),
    ServerUser(7, "Ren\u00e9 \u4e00"),
    tidy_token(TOKEN.encode()),
)


def test_there_and_back() -> None:
    kept = encode_record(RECORD)
    assert kept.isascii()
    assert decode_record(kept) == RECORD
    assert TOKEN[60:90] not in repr(RECORD)


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": None},
        {"server": "http://evil.example"},
        {"server": 5},
        {"user": "7"},
        {"username": None},
        {"token": "eyJ"},
        {"token": "\ud800"},
    ],
)
def test_a_damaged_record_is_refused_and_not_repeated(change: dict[str, object]) -> None:
    body = json.loads(encode_record(RECORD)) | change
    with pytest.raises(RecordDamagedError) as caught:
        decode_record(json.dumps(body).encode())
    assert TOKEN[60:90] not in str(caught.value)


def test_anything_else_is_refused() -> None:
    for kept in (b"", b"[]", TOKEN.encode()):
        with pytest.raises(RecordDamagedError):
            decode_record(kept)
