"""The news that a newer version exists: what a release feed may say, and what is ignored of it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from signalos_desktop.domain.strict_json import JsonRefusedError, read_json

LONGEST_NOTES = 600
VALID_FOR = timedelta(days=120)
_PRODUCT = "SignalOS Desktop"
_FIELDS = {"format", "product", "version", "issued", "notes"}
_VERSION = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){2}")


class NewsRefusedError(ValueError):
    """The feed cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class News:
    """A newer version. notes: plain text, to be shown as such."""

    version: str
    issued: datetime
    notes: str


def read_news(data: bytes, own_version: str, now: datetime) -> News | None:
    """None if there is nothing newer. Only for a feed whose signature was checked."""
    news = _read(data)
    if news.issued > now + timedelta(days=1):
        raise NewsRefusedError(f"issued in the future, {news.issued:%Y-%m-%d}: look at the clock")
    if now - news.issued > VALID_FOR:
        raise NewsRefusedError(
            f"issued {news.issued:%Y-%m-%d}, which is older than {VALID_FOR.days} days: somebody "
            "may be holding back newer news"
        )
    return news if _numbers(news.version) > _numbers(own_version) else None


def _read(data: bytes) -> News:
    try:
        said = read_json(data, depth=2)
    except JsonRefusedError as error:
        raise NewsRefusedError(str(error)) from None
    if not isinstance(said, dict) or said.keys() != _FIELDS:
        raise NewsRefusedError(f"expected the fields {', '.join(sorted(_FIELDS))}")
    if said["format"] != 1 or said["product"] != _PRODUCT:
        raise NewsRefusedError(f"it is not about {_PRODUCT}, format 1")
    version, notes, issued = (said[name] for name in ("version", "notes", "issued"))
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise NewsRefusedError("the version is not of the form 1.2.3")
    if not isinstance(notes, str) or len(notes) > LONGEST_NOTES or not _is_plain(notes):
        raise NewsRefusedError(f"the notes are no plain text of at most {LONGEST_NOTES} characters")
    return News(version, _moment(issued), notes)


def _moment(said: object) -> datetime:
    try:
        moment = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise NewsRefusedError("the time of issue is no time with its zone")
    return moment


def _is_plain(text: str) -> bool:
    return all(char.isprintable() or char == "\n" for char in text)


def _numbers(version: str) -> tuple[int, ...]:
    """Of our own version too, which may have more behind its three numbers."""
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])
