"""What verbs print: JSON lines for programs, aligned columns for people."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence


def print_json(line: Mapping[str, object]) -> None:
    print_line(json.dumps(line, ensure_ascii=False))


def print_line(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns as wide as their widest cell; what cannot be printed becomes a question mark."""
    cells = [list(head), *([_printable(cell) for cell in row] for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(head))]
    for row in cells:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print_line("  ".join(padded).rstrip())


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)
