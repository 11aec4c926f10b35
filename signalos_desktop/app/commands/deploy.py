"""`deploy`: puts the Expert Advisor into terminals, and says what lies there without being told."""

import argparse
import os
from pathlib import Path

from signalos_desktop.adapters.clock import SystemClock
from signalos_desktop.adapters.deployment import Deployed, Deployment, SourceState, Standing
from signalos_desktop.adapters.mt5_files.files import DiskFiles
from signalos_desktop.adapters.mt5_files.terminals import (
    TerminalFolder,
    default_roots,
    find_terminals,
)
from signalos_desktop.app.commands.output import print_json, print_line
from signalos_desktop.app.exits import ExitError
from signalos_desktop.app.installation import shipped
from signalos_desktop.app.paths import DataFolder, data_folder

_WORDS = {
    SourceState.ABSENT: "not there",
    SourceState.OLDER: "an older version, {installed}; {brought} is here",
    SourceState.SAME: "{installed}, as it is here",
    SourceState.EDITED: "{installed}, with changes of its own; a deployment keeps a copy of them",
    SourceState.NEWER: "a newer version, {installed}; {brought} is here",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON lines instead of text")
    parser.add_argument("--all", action="store_true", help="into every terminal that is found")
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        metavar="FOLDER",
        help="a terminal's MQL5/Files; without any and without --all nothing is written",
    )


def run(args: argparse.Namespace) -> int:
    deployment = build_deployment(data_folder(args.data_dir))
    named = [TerminalFolder(path.absolute(), str(path), "named") for path in args.folders]
    terminals = named or find_terminals(default_roots(os.environ, Path.home()))
    if not terminals:
        raise ExitError(
            "no MetaTrader 5 terminal was found: install it and start it once, or name its "
            "MQL5/Files folder"
        )
    write = bool(named) or args.all
    done = [_serve(deployment, terminal, write, args.json) for terminal in terminals]
    return 0 if all(done) else 1


def build_deployment(data: DataFolder) -> Deployment:
    """What the panel uses too."""
    return Deployment(shipped("ea"), data.root / "ea-backups", DiskFiles(), SystemClock())


def describe(standing: Standing) -> str:
    words = _WORDS[standing.state].format(installed=standing.installed, brought=standing.brought)
    uncompiled = standing.state is not SourceState.ABSENT and not standing.compiled
    return f"{words}; not compiled since" if uncompiled else words


def _serve(deployment: Deployment, terminal: TerminalFolder, write: bool, as_json: bool) -> bool:
    """False if the terminal needs the user."""
    result = deployment.deploy(terminal) if write else None
    if result is not None and not isinstance(result, Deployed):
        _print(as_json, terminal, False, f"{result.code}: {result.text}", result.next_step)
        return False
    try:
        said = describe(deployment.look(terminal))
    except OSError as error:
        _print(as_json, terminal, False, str(error), "Close MetaEditor, then do it again")
        return False
    if result is None:
        _print(as_json, terminal, True, said, "")
        return True
    backup = f"; what was there lies in {result.backup}" if result.backup else ""
    _print(as_json, terminal, True, f"{result.written} files written{backup}", result.next_step)
    return True


def _print(as_json: bool, terminal: TerminalFolder, ok: bool, text: str, step: str) -> None:
    if as_json:
        print_json({"terminal": str(terminal.path), "ok": ok, "text": text, "next_step": step})
        return
    print_line(f"{'ok  ' if ok else 'LOOK'}  {terminal.name}: {text}")
    if step:
        print_line(f"      -> {step}")
