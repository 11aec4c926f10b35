"""What a release feed may say: a newer version, in time, in plain words; all else is refused."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from signalos_desktop.domain.release_news import NewsRefusedError, read_news

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GOOD = {
    "format": 1,
    "product": "SignalOS Desktop",
    "version": "0.10.0",
    "issued": "2026-11-19T08:00:00+00:00",
    "notes": "Faster.\nSafer.",
}


def feed(**changes: object) -> bytes:
    return json.dumps(GOOD | changes).encode()


def test_a_newer_version_is_news() -> None:
    news = read_news(feed(), "0.9.1", NOW)
    assert news is not None
    assert (news.version, news.notes) == ("0.10.0", "Faster.\nSafer.")


@pytest.mark.parametrize("own", ["0.10.0", "0.10.1", "1.0.0", "0.10.0.dev3"])
def test_what_is_not_newer_is_no_news(own: str) -> None:
    assert read_news(feed(), own, NOW) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"format": 1}',
        feed(extra=1),
        feed(format=2),
        feed(product="Another"),
        feed(version="1.0"),
        feed(version="1.0.0; calc.exe"),
        feed(version=1),
        feed(notes="x" * 601),
        feed(notes="bell \x07"),
        feed(notes=None),
        feed(issued="yesterday"),
        feed(issued="2026-11-19T08:00:00"),
        feed(issued=5),
    ],
)
def test_everything_else_is_refused(data: bytes) -> None:
    with pytest.raises(NewsRefusedError):
        read_news(data, "0.9.0", NOW)


@pytest.mark.parametrize("age", [timedelta(days=121), timedelta(days=-2)])
def test_news_that_are_held_back_or_from_the_future_are_refused(age: timedelta) -> None:
    with pytest.raises(NewsRefusedError):
        read_news(feed(issued=(NOW - age).isoformat()), "0.9.0", NOW)
