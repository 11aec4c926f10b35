"""A real HTTP server on loopback that answers byte for byte what a test wants, faults included."""

import contextlib
import json
import socketserver
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from io import BufferedIOBase

USER = {"id": 7, "username": "alice", "email": "a@example.com", "role": "user"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came: first line and headers, names in lower case."""

    line: str
    headers: dict[str, str]


Play = Callable[[Asked, BufferedIOBase], None]


def reply(
    body: bytes | object = USER, status: int = 200, kind: str = "application/json", **more: str
) -> Play:
    """A plain whole answer; more: headers, with _ for -."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(content)}", "Connection: close"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]

    def play(asked: Asked, out: BufferedIOBase) -> None:
        out.write("\r\n".join([*lines, "", ""]).encode("latin-1") + content)

    return play


class PlayedServer:
    """Listens from construction to close; `play` may be changed at any time."""

    def __init__(self, play: Play, tls: ssl.SSLContext | None = None) -> None:
        self.play = play
        self.asked: list[Asked] = []
        self.ended = threading.Event()
        outer = self

        class Connection(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):
                    outer._serve(self.rfile, self.wfile)

        class Listener(socketserver.ThreadingTCPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that goes away, or does not trust us, is part of the tests."""

        self._listener = Listener(("127.0.0.1", 0), Connection)
        if tls is not None:
            self._listener.socket = tls.wrap_socket(self._listener.socket, server_side=True)
        self.port = int(self._listener.server_address[1])
        self.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{self.port}"
        self._thread = threading.Thread(
            target=self._listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    def drip(self, asked: Asked, out: BufferedIOBase) -> None:
        """Begins a good answer and never comes to its end; each byte keeps the line alive."""
        out.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{")
        while not self.ended.wait(0.01):
            out.write(b" ")
            out.flush()

    def silent(self, asked: Asked, out: BufferedIOBase) -> None:
        self.ended.wait(60)

    def close(self) -> None:
        self.ended.set()
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()

    def __enter__(self) -> "PlayedServer":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _serve(self, incoming: BufferedIOBase, out: BufferedIOBase) -> None:
        line = incoming.readline(65536).decode("latin-1").strip()
        headers: dict[str, str] = {}
        while (header := incoming.readline(65536).decode("latin-1").strip()) != "":
            name, _, value = header.partition(":")
            headers[name.lower()] = value.strip()
        asked = Asked(line, headers)
        self.asked.append(asked)
        self.play(asked, out)
