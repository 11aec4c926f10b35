"""`updates`: asks the signed feed for a newer version; downloads and starts nothing."""

import argparse
import asyncio

from signalos_desktop.app.commands.output import print_json, print_line
from signalos_desktop.app.paths import data_folder
from signalos_desktop.app.update_check import check_for_update


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON line instead of text")


def run(args: argparse.Namespace) -> int:
    answer = asyncio.run(check_for_update(data_folder(args.data_dir)))
    if args.json:
        print_json({"ok": answer.ok, "text": answer.text, "newer": answer.newer})
    else:
        for line in (answer.text, answer.notes, answer.page):
            if line:
                print_line(line)
    return 0 if answer.ok else 1
