"""The verb `strategy`: lists, shows, uses, imports, exports and removes named sets of rules."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.app.commands.output import print_json, print_line, print_table
from signalos_desktop.app.commands.settings import save
from signalos_desktop.app.exits import UsageError
from signalos_desktop.app.paths import data_folder
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.engine.setting_kinds import SettingInvalidError
from signalos_desktop.engine.setting_strategies import EVERYWHERE
from signalos_desktop.engine.settings import Settings
from signalos_desktop.engine.strategies import (
    exported,
    removing,
    strategy_list,
    strategy_rows,
    taking_in,
    using,
)
from signalos_desktop.engine.strategy_files import LARGEST

USAGE = {
    "list": "strategy list",
    "show": "strategy show NAME",
    "use": "strategy use NAME|none [PROVIDER|LOGIN@SERVER]",
    "import": "strategy import FILE",
    "export": "strategy export NAME",
    "remove": "strategy remove NAME",
    "preview": "strategy preview NAME: ask a running panel, or run --headless",
}
COUNTS = {"list": (0,), "use": (1, 2)}

Words = Sequence[str]
Good = TypeVar("Good")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("do", choices=tuple(USAGE), help="what to do")
    parser.add_argument("words", nargs="*", help="; ".join(USAGE.values()))
    parser.add_argument("--json", action="store_true", help="JSON lines instead of a table")


def run(args: argparse.Namespace) -> int:
    if len(args.words) not in COUNTS.get(args.do, (1,)):
        raise UsageError(f"{USAGE[args.do]}: {len(args.words)} words given")
    if args.do == "preview":
        text = "it needs the account: start the panel, or run --headless and ask there"
        raise UsageError(f"strategy preview: {text}")
    folder = data_folder(args.data_dir)
    loaded = SettingsFile(folder.root).load()
    for problem in loaded.problems:
        sys.stderr.write(f"{problem}\n")
    settings = loaded.settings
    if args.do in CHANGES:
        settings = _changed(settings, args.do, args.words)
        save(folder, settings)
    _PRINT.get(args.do, _print_list)(settings, args.words, args.json)
    return 0


def _changed(settings: Settings, do: str, words: Words) -> Settings:
    try:
        return _good(CHANGES[do](settings, words))
    except SettingInvalidError as error:
        raise UsageError(f"{error.code}: {error.text}") from error


def _import(settings: Settings, words: Words) -> Settings:
    path = Path(words[0])
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        text = data.decode("utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text (byte {error.start})") from error
    return taking_in(settings, text)


CHANGES: Mapping[str, Callable[[Settings, Words], Settings | Refusal]] = {
    "use": lambda settings, words: using(settings, *(*words, EVERYWHERE)[:2]),
    "import": _import,
    "remove": lambda settings, words: removing(settings, words[0]),
}


def _print_list(settings: Settings, _: Words, as_json: bool) -> None:
    rows = strategy_list(settings)
    if as_json:
        for row in rows:
            print_json({"strategy": row.strategy, "rules": row.rules, "for": list(row.used_for)})
        return
    head = ("Strategy", "Rules", "For")
    print_table(head, [(row.strategy, str(row.rules), ", ".join(row.used_for)) for row in rows])


def _print_rules(settings: Settings, words: Words, as_json: bool) -> None:
    rows = _good(strategy_rows(settings, words[0]))
    if as_json:
        for row in rows:
            print_json(row)
        return
    head = ("Rule", "Value", "Without", "Range", "Help")
    cells = ("key", "value", "without", "range", "help")
    print_table(head, [tuple(row[cell] for cell in cells) for row in rows])


def _print_export(settings: Settings, words: Words, as_json: bool) -> None:
    document = _good(exported(settings, words[0]))
    print_line(json.dumps(document, indent=None if as_json else 2, ensure_ascii=False))


_PRINT: Mapping[str, Callable[[Settings, Words, bool], None]] = {
    "show": _print_rules,
    "export": _print_export,
}


def _good(found: Good | Refusal) -> Good:
    if isinstance(found, Refusal):
        raise UsageError(f"{found.code}: {found.text}")
    return found
