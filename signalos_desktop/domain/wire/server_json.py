"""What the SignalOS server answers: a JSON object of the asked shape, or nothing that counts."""

from dataclasses import dataclass

from signalos_desktop.domain.strict_json import JsonRefusedError, read_json

DEPTH = 32
_LONGEST_TEXT = 200
_LARGEST_ID = 2**53


class ReplyRefusedError(ValueError):
    """A whole answer that says something else than was asked; the text is for a person."""


@dataclass(frozen=True, slots=True)
class ServerUser:
    """Who a token belongs to, as the server says. username is plain text of at most 200."""

    id: int
    username: str


def read_user(content_type: str, body: bytes) -> ServerUser:
    """The answer of /api/me with status 200."""
    reply = _read_object(content_type, body)
    number, name = reply.get("id"), reply.get("username")
    if number is None or name is None:
        raise ReplyRefusedError(f"JSON without id and username{said_error(reply)}")
    if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < _LARGEST_ID:
        raise ReplyRefusedError("its id is not a positive whole number")
    if not isinstance(name, str) or not plain_text(name):
        raise ReplyRefusedError("its username is no text")
    return ServerUser(number, plain_text(name))


def read_refusal(content_type: str, body: bytes) -> str:
    """What a server says of itself in an answer that is no 200: ` (it says: ...)`, or nothing."""
    try:
        return said_error(_read_object(content_type, body))
    except ReplyRefusedError:
        return ""


def said_error(reply: dict[str, object]) -> str:
    said = reply.get("error") or reply.get("message")
    words = plain_text(said) if isinstance(said, str) else ""
    return f" (it says: {words})" if words else ""


def plain_text(text: str) -> str:
    """One line without anything that steers a screen, cut at 200 characters."""
    line = " ".join(text[: 4 * _LONGEST_TEXT].split())
    return "".join(char for char in line if char.isprintable())[:_LONGEST_TEXT].strip()


def _read_object(content_type: str, body: bytes) -> dict[str, object]:
    kind = content_type.partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ReplyRefusedError(f"{plain_text(kind)[:80] or 'no type'} instead of JSON")
    try:
        value = read_json(body, DEPTH)
    except JsonRefusedError as error:
        raise ReplyRefusedError(f"JSON that cannot be used: {error}") from None
    if not isinstance(value, dict):
        raise ReplyRefusedError("JSON that is no object")
    return value
