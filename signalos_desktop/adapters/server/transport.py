"""GET with bounds on all that a server decides: size, time, redirects, encodings, cookies."""

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from signalos_desktop.adapters.server.failures import (
    LONGEST_WAIT_S,
    bad_reply,
    no_http,
    no_proxy,
    not_reached,
    timed_out,
)
from signalos_desktop.domain.server_address import ServerAddress
from signalos_desktop.domain.token import Token
from signalos_desktop.engine.signin_ports import ServerFailedError

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Bounds:
    total_s: float = 10.0
    connect_s: float = 5.0
    body: int = 1 << 20
    redirects: int = 3


BOUNDS = Bounds()


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer within the bounds."""

    status: int
    content_type: str
    body: bytes
    retry_after_s: int | None


class Transport:
    """One client for one address. The token leaves in the Authorization header and nowhere else."""

    def __init__(
        self,
        address: ServerAddress,
        version: str,
        tls: Callable[[], ssl.SSLContext],
        bounds: Bounds = BOUNDS,
    ) -> None:
        self._address = address
        self._version = version
        self._tls = tls
        self._bounds = bounds
        self._client: httpx.AsyncClient | None = None

    async def get(self, call: str, path: str, token: Token) -> Reply:
        """Raises ServerFailedError, which has no context: a library's error holds the request."""
        try:
            async with asyncio.timeout(self._bounds.total_s):
                return await self._follow(call, path, token)
        except ServerFailedError as error:
            failure = error
        except (TimeoutError, httpx.TimeoutException):
            failure = timed_out(call, self._bounds.total_s)
        except httpx.ProtocolError:
            failure = no_http(call)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            failure = not_reached(call, error)
        raise failure

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()

    async def _follow(self, call: str, path: str, token: Token) -> Reply:
        client = self._client = self._client or await self._open(call)
        url = httpx.URL(f"{self._address}{path}")
        for _ in range(self._bounds.redirects + 1):
            request = client.build_request("GET", url, headers=self._headers(token))
            response = await client.send(request, stream=True, follow_redirects=False)
            try:
                # What httpx would send next: of that only the address is used.
                if response.next_request is None:
                    return await self._read(call, response)
                url = self._next(call, response.next_request, response.status_code)
            finally:
                await response.aclose()
        raise bad_reply(call, f"more than {self._bounds.redirects} redirects", response.status_code)

    async def _open(self, call: str) -> httpx.AsyncClient:
        """A proxy of the environment may carry TLS, and never a request to this very computer."""
        https = self._address.scheme == "https"
        context = (
            await asyncio.to_thread(self._tls) if https else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        )
        try:
            return httpx.AsyncClient(
                verify=context,
                trust_env=https and not self._address.loopback,
                timeout=httpx.Timeout(self._bounds.total_s, connect=self._bounds.connect_s),
                limits=httpx.Limits(max_connections=2),
                # A session cookie would answer for another token.
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            )
        except (ValueError, ImportError, httpx.InvalidURL):
            failure = no_proxy(call)
        raise failure

    def _headers(self, token: Token) -> list[tuple[bytes, bytes]]:
        return [
            (b"Authorization", b"Bearer " + token.secret),
            (b"Accept", b"application/json"),
            (b"Accept-Encoding", b"identity"),
            (b"User-Agent", b"SignalOS-Desktop"),
            (b"X-Client-Version", self._version.encode("ascii")),
        ]

    def _next(self, call: str, asked: httpx.Request, status: int) -> httpx.URL:
        """Where a redirect leads, if it stays on this server."""
        url = asked.url
        origin = url.scheme, url.host, url.port or _PORTS.get(url.scheme, 0)
        if origin != self._address.origin or url.userinfo:
            raise bad_reply(call, "a redirect to another server, not followed", status)
        return url

    async def _read(self, call: str, response: httpx.Response) -> Reply:
        status, head = response.status_code, response.headers
        if head.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
            raise bad_reply(call, "a packed answer, asked for a plain one", status)
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > self._bounds.body:
                raise bad_reply(call, f"more than {self._bounds.body} bytes", status)
        return Reply(status, head.get("content-type", ""), bytes(body), _wait(head))


def _wait(head: httpx.Headers) -> int | None:
    """Seconds that the server wants to be left alone, at most a quarter of an hour."""
    for name in ("retry-after", "ratelimit-reset"):
        text = head.get(name, "").strip()
        if text.isascii() and text.isdigit():
            return min(int(text[:9]), LONGEST_WAIT_S)
    return None
