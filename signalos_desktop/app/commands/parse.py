"""Reads messages from JSON lines and prints what each one says, one line out for each line in."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from signalos_desktop.domain.parsing import read, to_schema

_MAX_LINE = 4 * 1024 * 1024


def run(lines: Iterable[str], out: TextIO) -> int:
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
