"""The program's log: rotating files and stderr, UTC times, nothing secret in any line."""

import logging
import re
import sys
import time
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

_KEPT = 5
_LONGEST_LINE = 20_000
_HIDDEN = "[hidden]"
_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"',;&}\]]+)"""
_SECRETS = (
    # A JSON Web Token, wherever it stands.
    (re.compile(r"eyJ[\w-]{1,1000}(?:\.[\w-]*){1,2}"), _HIDDEN),
    # Authorization headers with or without their scheme, and a scheme alone.
    (
        re.compile(rf"(?i)\b((?:proxy-)?authorization[\"']?\s*[:=]\s*[\"']?(?:\w+\s+)?){_VALUE}"),
        rf"\g<1>{_HIDDEN}",
    ),
    (re.compile(r"(?i)\b(bearer\s+)[\w.~+/-]{8,}=*"), rf"\g<1>{_HIDDEN}"),
    (
        re.compile(
            r"(?i)((?:password|passwd|passphrase|secret|token|api[_-]?key|cookie)[\"']?"
            rf"\s*[:=]\s*){_VALUE}"
        ),
        rf"\g<1>{_HIDDEN}",
    ),
)


def redact(text: str) -> str:
    """The text without tokens, passwords and authorization headers, cut at 20,000 characters."""
    text = text[:_LONGEST_LINE]
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class LineFormatter(logging.Formatter):
    """Works on the finished text, so that arguments and tracebacks are covered as well."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class LogFiles:
    """Logs everything from INFO up into a folder, and from `loud` up to stderr, until closed.

    largest: bytes of a file before the next one begins.
    """

    def __init__(
        self, folder: Path, *, loud: int = logging.WARNING, largest: int = 2 * 1024 * 1024
    ) -> None:
        self._root = logging.getLogger()
        self._level = self._root.level
        self._handlers: list[logging.Handler] = []
        self._root.setLevel(logging.INFO)
        # What a request library says of each request does not belong into a trader's log.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        self._add(logging.StreamHandler(sys.stderr), loud)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file = RotatingFileHandler(
                folder / "signalos.log",
                maxBytes=largest,
                backupCount=_KEPT,
                encoding="utf-8",
                errors="backslashreplace",
            )
        except OSError as error:
            logging.getLogger(__name__).warning(
                "no log file in %s (%s): this run is logged to stderr only", folder, error
            )
        else:
            self._add(file, logging.INFO)

    def close(self) -> None:
        for handler in self._handlers:
            self._root.removeHandler(handler)
            with suppress(OSError):
                handler.close()
        self._root.setLevel(self._level)

    def _add(self, handler: logging.Handler, level: int) -> None:
        handler.setLevel(level)
        handler.setFormatter(LineFormatter())
        self._root.addHandler(handler)
        self._handlers.append(handler)
