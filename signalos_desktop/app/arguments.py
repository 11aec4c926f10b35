"""Reads the command line: errors are one line, and only the module of the asked verb is loaded."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from signalos_desktop import __version__
from signalos_desktop.app.exits import UsageError

PROGRAM = "signalos-desktop"
_PANEL = "signalos_desktop.app.gui"


@dataclass(frozen=True, slots=True)
class Verb:
    """A module with add_arguments(parser) and run(args) -> exit code."""

    name: str
    module: str
    help: str


VERBS: tuple[Verb, ...] = (
    Verb("run", "signalos_desktop.app.headless", "the engine without a window, JSON lines"),
    Verb("parse", "signalos_desktop.app.commands.parse", "read signals: JSON lines in, out"),
    Verb("simulate", "signalos_desktop.app.commands.simulate", "a simulated terminal on a folder"),
    Verb("stop", "signalos_desktop.app.commands.stop", "the emergency stop, from outside"),
    Verb("journal", "signalos_desktop.app.commands.journal", "one line for each intent"),
    Verb("settings", "signalos_desktop.app.commands.settings", "list, get and set settings"),
    Verb(
        "provider",
        "signalos_desktop.app.commands.provider",
        "what holds for one provider's messages: list, show, set, reset",
    ),
    Verb("strategy", "signalos_desktop.app.commands.strategy", "named sets of rules"),
    Verb(
        "doctor",
        "signalos_desktop.app.commands.doctor",
        "what works, and what to do about the rest",
    ),
    Verb(
        "deploy",
        "signalos_desktop.app.commands.deploy",
        "the Expert Advisor into terminals; without a folder: what lies there",
    ),
    Verb("updates", "signalos_desktop.app.commands.updates", "whether a newer version exists"),
    Verb(
        "self-test",
        "signalos_desktop.app.self_test",
        "the panel with a simulated terminal fires and stops by itself",
    ),
    Verb("login", "signalos_desktop.app.commands.login", "keep a token, read from stdin"),
    Verb("logout", "signalos_desktop.app.commands.logout", "delete the token that is kept"),
)


class Parser(argparse.ArgumentParser):
    """argparse with one-line errors and without guessed abbreviations."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {' '.join(message.split())}; see --help\n")


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments with `module`, what has run(args); exits with 2 for what is not understood."""
    parser = _top()
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title="verbs")
    wanted = _wanted(argv)
    for verb in VERBS:
        below = verbs.add_parser(
            verb.name, help=verb.help, description=verb.help, allow_abbrev=False
        )
        _add_data_dir(below, default=argparse.SUPPRESS)
        if verb.name == wanted:
            module = import_module(verb.module)
            module.add_arguments(below)
            below.set_defaults(module=module)
    args = parser.parse_args(argv)
    if args.verb is None:
        args.module, args.demo = _panel(), args.top_demo
    elif args.top_demo:
        parser.error("--demo in front of a verb means the panel: write it after the verb")
    return args


def _panel() -> ModuleType:
    try:
        return import_module(_PANEL)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"the panel cannot start, {error.name} is missing here: install it, or use a verb "
            f"({', '.join(verb.name for verb in VERBS)}), none of which needs a window"
        ) from error


def _top() -> Parser:
    parser = Parser(
        prog=PROGRAM,
        description="Trading signals as text in, checked orders in MetaTrader 5 out.",
        epilog="Without a verb: the panel.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument(
        "--demo",
        dest="top_demo",
        action="store_true",
        help="the panel with a simulated terminal, sample signals and its own data folder",
    )
    _add_data_dir(parser, default=None)
    return parser


def _add_data_dir(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument(
        "--data-dir",
        type=Path,
        metavar="DIR",
        default=default,
        help="where settings, state and journal are kept (or SIGNALOS_HOME)",
    )


def _wanted(argv: Sequence[str]) -> str:
    """The verb: the first word that is no option and no option's value."""
    words = iter(argv)
    for word in words:
        if word == "--data-dir":
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""
