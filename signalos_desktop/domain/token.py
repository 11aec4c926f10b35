"""A pasted JSON Web Token: tidied, and read for its expiry only; nothing in it is trusted."""

import base64
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from signalos_desktop.domain.strict_json import read_json

TOO_LONG = 20_000
"""Bytes of a paste that are not looked at any more."""

_NEW_TOKEN = "Copy the token again from the dashboard, the whole of it"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_AROUND = " \t\r\n\f\v\u00a0\u200b\u2060\ufeff\"'`\u201c\u201d\u2018\u2019\u00ab\u00bb,;"
_HEADING = re.compile(r"(?:authorization\s*:\s*)?bearer\s+", re.IGNORECASE)
_JWT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
_RECOGNISABLE = 12
_LATEST_S = Decimal(253_402_300_799)


class TokenRefusedError(ValueError):
    """No token to use. str() is for a person and shows nothing of what was pasted."""

    def __init__(self, code: str, text: str, next_step: str = _NEW_TOKEN) -> None:
        super().__init__(f"{code}{text}")
        self.code = code
        self.next_step = next_step


@dataclass(frozen=True, slots=True)
class Token:
    """A token that looks like one. expires is what it says of itself, None if it says nothing."""

    secret: bytes = field(repr=False)
    expires: datetime | None = None


def tidy_token(pasted: bytes) -> Token:
    """The token in what was pasted, without quotes, blanks, line ends and `Bearer`."""
    if len(pasted) >= TOO_LONG:
        raise TokenRefusedError(
            "TOKEN_TOO_LONG", f": {TOO_LONG} bytes or more, which no SignalOS token has"
        )
    text = _text(pasted).strip(_AROUND)
    heading = _HEADING.match(text)
    text = "".join(text[heading.end() if heading else 0 :].strip(_AROUND).split())
    if not text:
        raise TokenRefusedError("TOKEN_INVALID", ": there is nothing in it")
    if not _JWT.fullmatch(text):
        raise TokenRefusedError(
            "TOKEN_INVALID", ": not a JSON Web Token (three parts with two dots between them)"
        )
    head, claims, signature = text.split(".")
    _check_signed(_part(head, "first"), signature)
    return Token(text.encode("ascii"), _expiry(_part(claims, "second")))


def check_expiry(token: Token, now: datetime) -> None:
    """TokenRefusedError `TOKEN_EXPIRED 2 h ago` if the token itself says that it is over."""
    if token.expires is not None and token.expires <= now:
        raise TokenRefusedError(
            "TOKEN_EXPIRED",
            f" {span_words(now - token.expires)} ago",
            "Sign in at the dashboard and copy a new token from there",
        )


def shows(token: Token, text: str) -> bool:
    """True if a text, such as a stranger's answer, repeats a recognisable piece of the token."""
    secret, size = token.secret.decode("ascii").lower(), _RECOGNISABLE
    text = text.lower()
    return any(text[at : at + size] in secret for at in range(len(text) - size + 1))


def span_words(span: timedelta) -> str:
    """A span in its largest whole unit: 45 s, 12 min, 2 h, 3 days."""
    seconds = int(span.total_seconds())
    if seconds < 120:
        return f"{seconds} s"
    if seconds < 7200:
        return f"{seconds // 60} min"
    if seconds < 172_800:
        return f"{seconds // 3600} h"
    return f"{seconds // 86_400} days"


def _text(pasted: bytes) -> str:
    """Files that a Windows shell wrote may be UTF-16; what is no text at all is no token."""
    return pasted.decode("utf-16" if pasted[:2] in _UTF16_MARKS else "utf-8", "replace")


def _part(encoded: str, which: str) -> dict[str, object]:
    try:
        value = read_json(base64.b64decode(encoded + "=" * (-len(encoded) % 4), b"-_", True))
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise TokenRefusedError("TOKEN_INVALID", f": its {which} part is not what a token has")
    return value


def _check_signed(head: dict[str, object], signature: str) -> None:
    algorithm = head.get("alg")
    if not isinstance(algorithm, str) or not algorithm.strip():
        raise TokenRefusedError("TOKEN_INVALID", ": it does not say how it is signed (alg)")
    if algorithm.strip().lower() == "none" or not signature:
        raise TokenRefusedError("TOKEN_UNSIGNED", ": anybody can make one (alg none)")


def _expiry(claims: dict[str, object]) -> datetime | None:
    seconds = claims.get("exp")
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, int | Decimal):
        raise TokenRefusedError("TOKEN_INVALID", ": its expiry (exp) is no time")
    if not 0 <= seconds <= _LATEST_S:
        raise TokenRefusedError("TOKEN_INVALID", ": its expiry (exp) is no time")
    return datetime.fromtimestamp(int(seconds), UTC)
