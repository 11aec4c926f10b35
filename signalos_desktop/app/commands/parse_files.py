"""The verb `parse`: JSON lines from a file or from stdin, readings to stdout."""

import argparse
import sys
from pathlib import Path

from signalos_desktop.app.commands import parse
from signalos_desktop.app.exits import UsageError


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
        return parse.run(sys.stdin, sys.stdout)
    try:
        with args.file.open(encoding="utf-8", errors="replace") as lines:
            return parse.run(lines, sys.stdout)
    except OSError as error:
        raise UsageError(f"{args.file} cannot be read: {error.strerror}") from error
