"""`stop`: the emergency stop from outside; works while the panel hangs or is not running."""

import argparse
import os
import secrets
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from signalos_desktop.adapters.mt5_files.files import DiskFiles
from signalos_desktop.adapters.mt5_files.flags import FlagFileWriter
from signalos_desktop.adapters.mt5_files.folder import (
    Instance,
    find_instances,
    flag_places,
    read_instance,
)
from signalos_desktop.adapters.mt5_files.terminals import default_roots, find_terminals
from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.app.paths import data_folder
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.engine.stop_latch import StopLatch
from signalos_desktop.engine.stop_words import COMMAND_LINE, COMMAND_LINE_ID

LOOK_EVERY_S = 0.02
LEFT_AFTER_S = 60.0
MANUAL = "press Algo Trading in MT5 and close what is open there by hand"


@dataclass(frozen=True, slots=True)
class Target:
    """One EA to stop, with the flags that tell it so.

    awaited: its answer counts; False for another account's folder that nobody writes any more.
    """

    instance: Instance
    flags: tuple[str, ...]
    awaited: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="the demo's terminal")
    parser.add_argument(
        "--keep-positions", action="store_true", help="halt entries, leave positions to their S/L"
    )
    parser.add_argument(
        "--bridge-folder",
        type=Path,
        action="append",
        default=[],
        metavar="F",
        help="a terminal's MQL5/Files; without it every known terminal",
    )
    parser.add_argument("--wait", type=_seconds, default=5.0, metavar="S", help="seconds (5)")


def run(args: argparse.Namespace) -> int:
    level = StopLevel.HALT if args.keep_positions else StopLevel.FLATTEN
    files = DiskFiles()
    folders = args.bridge_folder or _known_folders(args)
    targets = [target for folder in folders for target in _targets(files, folder)]
    _complain(files, folders)
    if not targets:
        _say(f"no terminal with the EA was found: nothing was stopped; {MANUAL}")
        return 1
    latch = StopLatch(FlagFileWriter(files), lambda: COMMAND_LINE_ID + secrets.token_hex(8))
    latch.watch((path for target in targets for path in target.flags), lambda: None)
    press = latch.press(level, COMMAND_LINE)
    awaited = [target for target in targets if target.awaited]
    answered = _listen(files, awaited, press.press_id, args.wait)
    _, deliveries = latch.take()
    for delivery in deliveries:
        if delivery.error:
            _say(f"{delivery.path}: the flag could not be written: {delivery.error}")
    silent = [target for target in awaited if target.instance.path not in answered]
    for target in silent:
        _say(f"{target.instance.account}: the EA does not answer in {args.wait:g} s; {MANUAL}")
    every_folder = all(_targets(files, folder) for folder in folders)
    return 0 if not silent and every_folder else 1


def _known_folders(args: argparse.Namespace) -> list[Path]:
    """The folders of the settings, the demo's, and every terminal of this computer."""
    data = data_folder(args.data_dir, demo=args.demo)
    settings = SettingsFile(data.root).load().settings
    folders = [Path(folder) for folder in settings.texts("bridge.folders")]
    if data.demo_files.is_dir():
        folders.append(data.demo_files)
    if not args.demo:
        folders += [one.path for one in find_terminals(default_roots(os.environ, Path.home()))]
    return list(dict.fromkeys(folders))


def _targets(files: DiskFiles, folder: Path) -> list[Target]:
    targets: list[Target] = []
    for instance in find_instances(files, folder):
        quiet_s = time.time() - instance.mtime_ns / 1e9
        awaited = not targets or quiet_s < LEFT_AFTER_S
        flags = tuple(str(path) for path in flag_places(files, instance))
        targets.append(Target(instance, flags, awaited))
    return targets


def _complain(files: DiskFiles, folders: Sequence[Path]) -> None:
    for folder in folders:
        if not _targets(files, folder):
            _say(
                f"{folder}: no EA with protocol 2 was ever here; a stock executor cannot be stopped"
                f" from outside: {MANUAL}"
            )


def _listen(
    files: DiskFiles, targets: Sequence[Target], press_id: str, wait: float
) -> dict[Path, Instance]:
    """The instances whose EA states that it has latched this press; each is told when it does."""
    answered: dict[Path, Instance] = {}
    end = time.monotonic() + wait
    while len(answered) < len(targets) and time.monotonic() < end:
        for target in targets:
            path = target.instance.path
            now = read_instance(files, path)
            if path in answered or now is None or press_id not in now.status.halt.known:
                continue
            answered[path] = now
            halt = now.status.halt
            verdict = "flat" if halt.flat else "not flat yet"
            _say(
                f"{now.account}: stopped ({halt.level.name}, stop {halt.stop_id}), {verdict}:"
                f" {halt.positions} position(s), {halt.orders} order(s), {halt.unresolved} unclear"
            )
        time.sleep(LOOK_EVERY_S)
    return answered


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 3600:
        raise argparse.ArgumentTypeError("seconds from 0 to 3600")
    return value


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
