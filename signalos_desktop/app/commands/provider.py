"""The verb `provider`: lists, shows, sets and resets what holds for one provider's messages."""

import argparse
import sys
from collections.abc import Sequence

from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.app.commands.output import print_json, print_line, print_table
from signalos_desktop.app.commands.settings import save
from signalos_desktop.app.exits import UsageError
from signalos_desktop.app.paths import data_folder
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.engine.provider_controls import keys_to_reset, provider_rows
from signalos_desktop.engine.setting_kinds import SettingInvalidError
from signalos_desktop.engine.setting_signals import provider_key
from signalos_desktop.engine.settings import Settings

USAGE = {
    "list": "provider list",
    "show": "provider show NAME",
    "set": "provider set NAME FIELD VALUE",
    "reset": "provider reset NAME [FIELD]",
}
COUNTS = {"list": (0,), "show": (1,), "set": (3,), "reset": (1, 2)}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("do", choices=tuple(USAGE), help="what to do")
    parser.add_argument("words", nargs="*", help="; ".join(USAGE.values()))
    parser.add_argument("--json", action="store_true", help="JSON lines instead of a table")


def run(args: argparse.Namespace) -> int:
    if len(args.words) not in COUNTS[args.do]:
        raise UsageError(f"{USAGE[args.do]}: {len(args.words)} words given")
    folder = data_folder(args.data_dir)
    loaded = SettingsFile(folder.root).load()
    for problem in loaded.problems:
        sys.stderr.write(f"{problem}\n")
    if args.do == "list":
        for name in loaded.settings.providers:
            print_json({"provider": name}) if args.json else print_line(name)
        return 0
    try:
        settings = _changed(loaded.settings, args.do, args.words)
        rows = provider_rows(settings, args.words[0])
    except SettingInvalidError as error:
        raise UsageError(f"{error.code}: {error.text}") from error
    if args.do != "show":
        save(folder, settings)
    _print(rows, as_json=args.json)
    return 0


def _changed(settings: Settings, do: str, words: Sequence[str]) -> Settings:
    if do == "set":
        name, field, value = words
        return settings.with_change(provider_key(name, field), value)
    if do == "show":
        return settings
    keys = keys_to_reset(settings, words[0], words[1:])
    if isinstance(keys, Refusal):
        raise UsageError(f"{keys.code}: {keys.text}")
    return settings.without(keys)


def _print(rows: Sequence[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        for row in rows:
            print_json(row)
        return
    head = ("Field", "Value", "Own", "Type", "Range", "Help")
    cells = ("field", "value", "own", "type", "allowed", "help")
    print_table(head, [tuple(_shown(row[cell]) for cell in cells) for row in rows])


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "own" if value else ""
    return str(value)
