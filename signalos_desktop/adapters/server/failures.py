"""Each way a server can fail, as a code, a sentence and a next step; none repeats what it sent."""

import socket
import ssl
from collections.abc import Iterator

from signalos_desktop.engine.signin_ports import ServerFailedError

_LATER = "Check the address and the network, then try again; trading with local sources goes on"
_WRONG_SERVER = "Check the server's address: what answers there is not a SignalOS server"
_NEW_TOKEN = "Copy a new token from the dashboard"
LONGEST_WAIT_S = 900


def bad_reply(call: str, why: str, status: int) -> ServerFailedError:
    return ServerFailedError("SERVER_BAD_REPLY", f" {call}: {why} (HTTP {status})", _WRONG_SERVER)


def no_http(call: str) -> ServerFailedError:
    return ServerFailedError(
        "SERVER_BAD_REPLY",
        f" {call}: the answer is not HTTP, or not the whole of it",
        _WRONG_SERVER,
    )


def no_proxy(call: str) -> ServerFailedError:
    return ServerFailedError(
        "SERVER_UNREACHABLE",
        f" {call}: the proxy in this computer's environment cannot be used",
        "Correct HTTPS_PROXY and ALL_PROXY, an http:// proxy is expected, or remove them",
    )


def timed_out(call: str, seconds: float) -> ServerFailedError:
    return ServerFailedError(
        "SERVER_TIMEOUT", f" {call}: no whole answer within {seconds:g} s", _LATER
    )


def not_reached(call: str, error: BaseException) -> ServerFailedError:
    """What a failed connection means, without the library's own text."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return ServerFailedError(
                "SERVER_UNTRUSTED",
                f" {call}: its certificate is not valid ({cause.verify_message[:120]})",
                "Do not go on: check the address, the computer's date and who is in between",
            )
    why = next((words for cause in _causes(error) if (words := _words(cause))), "no connection")
    return ServerFailedError("SERVER_UNREACHABLE", f" {call}: {why}", _LATER)


def refused(call: str, status: int, said: str, retry_after_s: int | None) -> ServerFailedError:
    """An answer whose status is not 200; said is what the server says of it, or nothing."""
    if status in (401, 403):
        return ServerFailedError(
            "TOKEN_REJECTED", f": the server does not take it (HTTP {status}){said}", _NEW_TOKEN
        )
    if status == 429:
        wait = f"in {retry_after_s} s" if retry_after_s is not None else "in some minutes"
        return ServerFailedError(
            "SERVER_BUSY",
            f" {call}: too many requests (HTTP 429){said}",
            f"Try again {wait}",
            retry_after_s,
        )
    if status in (408, 425) or status >= 500:
        return ServerFailedError(
            "SERVER_FAILED", f" {call}: HTTP {status}{said}", _LATER, retry_after_s
        )
    return bad_reply(call, f"no answer to use{said}", status)


def _words(cause: BaseException) -> str:
    if isinstance(cause, socket.gaierror):
        return "its name is not known"
    if isinstance(cause, ConnectionRefusedError):
        return "nothing listens there"
    if isinstance(cause, ssl.SSLError):
        return "no secure connection can be made"
    if isinstance(cause, ConnectionError | EOFError):
        return "the connection broke off"
    return ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all that it came from, groups included."""
    waiting, seen = [error], set[int]()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [before for before in (one.__context__, one.__cause__) if before is not None]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions
