"""A sign-in as the keyring keeps it: token, whose it is, the one server it may be sent to."""

import json
from dataclasses import dataclass

from signalos_desktop.domain.server_address import ServerAddress, read_address
from signalos_desktop.domain.strict_json import read_json
from signalos_desktop.domain.token import Token, tidy_token
from signalos_desktop.domain.wire.server_json import ServerUser

VERSION = 1


class RecordDamagedError(ValueError):
    """What the keyring holds is no sign-in of this program."""


@dataclass(frozen=True, slots=True)
class SignInRecord:
    server: ServerAddress
    user: ServerUser
    token: Token


def encode_record(record: SignInRecord) -> bytes:
    """ASCII; holds the token."""
    body = {
        "v": VERSION,
        "server": str(record.server),
        "user": record.user.id,
        "username": record.user.username,
        "token": record.token.secret.decode("ascii"),
    }
    return json.dumps(body, separators=(",", ":")).encode("ascii")


def decode_record(data: bytes) -> SignInRecord:
    try:
        match read_json(data):
            case {
                "v": 1,
                "server": str(server),
                "user": int(number),
                "username": str(name),
                "token": str(token),
            }:
                return SignInRecord(
                    read_address(server),
                    ServerUser(number, name),
                    tidy_token(token.encode("utf-8", "replace")),
                )
    except ValueError:
        # Its text might name what is in the record.
        raise RecordDamagedError("the sign-in in the keyring cannot be read") from None
    raise RecordDamagedError("the sign-in in the keyring is of another version")
