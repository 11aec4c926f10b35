"""The verb `settings`: lists, gets and sets them in the data folder."""

import argparse
import sys

from signalos_desktop.adapters.settings_file import SettingsFile, SettingsNotSavedError
from signalos_desktop.app.commands.output import print_json, print_line, print_table
from signalos_desktop.app.exits import ExitError, UsageError
from signalos_desktop.app.paths import DataFolder, data_folder
from signalos_desktop.engine.setting_kinds import Setting, SettingInvalidError, show, to_plain
from signalos_desktop.engine.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("do", choices=("list", "get", "set"), help="what to do")
    parser.add_argument("key", nargs="?", help="get, set: the setting, such as risk.percent")
    parser.add_argument("value", nargs="?", help="set: its new value")
    parser.add_argument("--json", action="store_true", help="JSON lines instead of a table")


def run(args: argparse.Namespace) -> int:
    _check_count(args)
    folder = data_folder(args.data_dir)
    loaded = SettingsFile(folder.root).load()
    for problem in loaded.problems:
        sys.stderr.write(f"{problem}\n")
    settings = loaded.settings
    try:
        if args.do == "list":
            _print_all(settings, as_json=args.json)
            return 0
        if args.do == "set":
            settings = settings.with_change(args.key, args.value)
            save(folder, settings)
        _print_one(settings, settings.declared(args.key), as_json=args.json)
    except SettingInvalidError as error:
        raise UsageError(f"{error.code}: {error.text}") from error
    return 0


def _check_count(args: argparse.Namespace) -> None:
    wanted = {"list": 0, "get": 1, "set": 2}[args.do]
    given = [word for word in (args.key, args.value) if word is not None]
    if len(given) != wanted:
        usage = {
            "list": "settings list",
            "get": "settings get KEY",
            "set": "settings set KEY VALUE",
        }
        raise UsageError(f"{usage[args.do]}: {len(given)} words given, {wanted} expected")


def save(folder: DataFolder, settings: Settings) -> None:
    """A running panel holds its settings in memory: they are changed there."""
    from signalos_desktop.app.instance_lock import InstanceLock

    try:
        folder.make()
        with InstanceLock(folder.lock):
            SettingsFile(folder.root).save(settings)
    except SettingsNotSavedError as error:
        raise ExitError(str(error)) from error
    except OSError as error:
        raise ExitError(f"{folder.root} cannot be used: {error.strerror}") from error


def _print_all(settings: Settings, *, as_json: bool) -> None:
    if as_json:
        for setting in settings:
            _print_one(settings, setting, as_json=True)
        return
    head = ("Key", "Value", "Default", "Type", "Range", "Help")
    print_table(head, [_cells(settings, setting) for setting in settings])


def _print_one(settings: Settings, setting: Setting, *, as_json: bool) -> None:
    if not as_json:
        print_line(settings.shown(setting.key))
        return
    print_json(
        {
            "key": setting.key,
            "value": to_plain(settings.get(setting.key)),
            "type": setting.kind.value,
            "default": to_plain(setting.default),
            "range": setting.allowed,
            "unit": setting.unit,
            "help": setting.help,
        }
    )


def _cells(settings: Settings, setting: Setting) -> tuple[str, ...]:
    allowed = f"{setting.allowed} {setting.unit}".strip()
    return (
        setting.key,
        settings.shown(setting.key),
        show(setting.default),
        setting.kind.value,
        allowed,
        setting.help,
    )
