"""`parse`: messages as JSON lines in, what each one says out, one line for each, in order."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from signalos_desktop.app.exits import UsageError
from signalos_desktop.domain.parsing import read, to_schema

_MAX_LINE = 4 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help='JSON lines {"id", "text", "context"?}; without FILE: stdin',
    )


def run(args: argparse.Namespace) -> int:
    if args.file is None:
        return parse_lines(sys.stdin, sys.stdout)
    try:
        with args.file.open(encoding="utf-8", errors="replace") as lines:
            return parse_lines(lines, sys.stdout)
    except OSError as error:
        raise UsageError(f"{args.file} cannot be read: {error.strerror}") from error


def parse_lines(lines: Iterable[str], out: TextIO) -> int:
    """Answer every line at once and in order; 1 if any of them was no message, else 0."""
    failed = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            answer = _answer(line)
        except ValueError as error:
            failed = True
            answer = {"id": None, "error": f"line {number}: {error}"}
        out.write(json.dumps(answer) + "\n")
        out.flush()
    return 1 if failed else 0


def _answer(line: str) -> dict[str, Any]:
    row = _decode(line)
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ValueError('expected {"id": ..., "text": "..."}')
    context = row.get("context")
    reply_to = context.get("reply_to") if isinstance(context, dict) else None
    if reply_to is not None and not isinstance(reply_to, str):
        raise ValueError("context.reply_to must be a text")
    return to_schema(read(row["text"], reply_to=reply_to), row.get("id"))


def _decode(line: str) -> Any:
    if len(line) > _MAX_LINE:
        raise ValueError(f"{len(line)} characters, at most {_MAX_LINE} are read")
    try:
        return json.loads(line)
    except RecursionError:
        raise ValueError("nested too deeply") from None
