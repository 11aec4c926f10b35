"""Asks the release feed for a newer version. Nothing is downloaded, nothing is started."""

import base64
import binascii
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from signalos_desktop.domain.release_news import News, NewsRefusedError, read_news
from signalos_desktop.domain.server_address import AddressRefusedError, read_address
from signalos_desktop.engine.ports import Clock

LARGEST = 16 << 10
_PATIENCE_S = 10.0
_KEY_BYTES = 32


class UpdatesFailedError(Exception):
    """Nobody knows whether there is a newer version; the text says why."""


@dataclass(frozen=True, slots=True)
class Channel:
    """Where this build hears of newer ones. page: the only page that is ever opened."""

    feed: str
    page: str
    public_key: bytes


def read_channel(path: Path) -> Channel | None:
    """None: this build has no feed. Raises UpdatesFailedError for one that cannot be used."""
    try:
        said = json.loads(path.read_text("utf-8"))
        feed, page, key = (str(said[name]) for name in ("feed", "page", "public_key"))
        if not feed:
            return None
        read_address(feed.rpartition("/")[0])
        public_key = base64.b64decode(key, validate=True)
    except (OSError, ValueError, LookupError, TypeError, AddressRefusedError) as error:
        raise UpdatesFailedError(f"{path} cannot be used: {error}") from None
    if len(public_key) != _KEY_BYTES or not page.startswith("https://"):
        raise UpdatesFailedError(f"{path} holds no key of 32 bytes or no https:// page")
    return Channel(feed, page, public_key)


class ReleaseFeed:
    """The signed feed of a channel."""

    def __init__(
        self, channel: Channel, own_version: str, clock: Clock, tls: Callable[[], ssl.SSLContext]
    ) -> None:
        self._channel, self._own_version = channel, own_version
        self._clock, self._tls = clock, tls

    async def look(self) -> News | None:
        """The newer version, if there is one; raises UpdatesFailedError."""
        try:
            body = check_signature(await self._fetch(), self._channel.public_key)
            return read_news(body, self._own_version, self._clock.now())
        except NewsRefusedError as error:
            raise UpdatesFailedError(f"{self._channel.feed}: {error}") from None

    async def _fetch(self) -> bytes:
        """No cookies, no redirects, nothing of ours but that somebody asks."""
        try:
            async with (
                httpx.AsyncClient(verify=self._tls(), timeout=_PATIENCE_S) as client,
                client.stream("GET", self._channel.feed) as answer,
            ):
                if answer.status_code != httpx.codes.OK:
                    raise NewsRefusedError(f"the server answers {answer.status_code}")
                body = b""
                async for chunk in answer.aiter_bytes():
                    body += chunk
                    if len(body) > LARGEST:
                        raise NewsRefusedError(f"longer than {LARGEST} bytes")
                return body
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            raise NewsRefusedError(f"not reached ({type(error).__name__})") from None


def check_signature(feed: bytes, public_key: bytes) -> bytes:
    """The signed bytes: the first line is their Ed25519 signature in base64, the rest is they."""
    line, _, body = feed.partition(b"\n")
    try:
        signature = base64.b64decode(line, validate=True)
        VerifyKey(public_key).verify(body, signature)
    except (BadSignatureError, binascii.Error, ValueError):
        raise NewsRefusedError("the signature is not that of the releases") from None
    return body
