"""`login`: a token from stdin, checked against the server, into the keyring of the system."""

import argparse
import asyncio
import sys
from contextlib import AbstractContextManager, nullcontext
from getpass import getpass

from signalos_desktop.adapters.plain_token import PlainToken, PlainTokenError
from signalos_desktop.adapters.settings_file import (
    LoadedSettings,
    SettingsFile,
    SettingsNotSavedError,
)
from signalos_desktop.app.commands.output import print_line
from signalos_desktop.app.exits import ExitError, UsageError
from signalos_desktop.app.instance_lock import InstanceLock
from signalos_desktop.app.paths import DataFolder, data_folder
from signalos_desktop.app.signing_in import build_sign_in
from signalos_desktop.domain.server_address import AddressRefusedError, ServerAddress, read_address
from signalos_desktop.domain.token import TOO_LONG
from signalos_desktop.engine.settings import Settings

# What a terminal takes as one line; the rest would be cut off in silence.
_LONGEST_LINE = 4095


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--server", metavar="URL", help="the SignalOS server; kept as the setting server.url"
    )
    parser.add_argument(
        "--import",
        dest="import_plain",
        action="store_true",
        help="take the token of the plain file ~/.signalos/auth_token, then offer to delete it",
    )


def run(args: argparse.Namespace) -> int:
    folder = data_folder(args.data_dir)
    loaded = SettingsFile(folder.root).load()
    for problem in loaded.problems:
        sys.stderr.write(f"{problem}\n")
    server = _server(args.server, loaded)
    changed = str(server) != loaded.settings.text("server.url")
    with _lock(folder, needed=changed):
        plain = PlainToken.of_user()
        pasted = _read_plain(plain) if args.import_plain else _read_stdin()
        said = _sign_in(pasted, server)
        if changed:
            _save(folder, loaded.settings.with_change("server.url", str(server)))
        print_line(said)
        if args.import_plain:
            _offer_deletion(plain, pasted)
        elif plain.is_there():
            sys.stderr.write(
                f"{plain.path} holds a token in plain text: "
                "`login --import` takes it and offers to delete it\n"
            )
    return 0


def _server(given: str | None, loaded: LoadedSettings) -> ServerAddress:
    url = given if given is not None else loaded.settings.text("server.url")
    if not url:
        raise UsageError("no server is known: login --server https://HOST")
    try:
        return read_address(url)
    except AddressRefusedError as error:
        raise UsageError(f"--server: {error}") from None


def _lock(folder: DataFolder, *, needed: bool) -> AbstractContextManager[object]:
    """A running panel holds its settings in memory: another server is chosen there."""
    if not needed:
        return nullcontext()
    try:
        folder.make()
    except OSError as error:
        raise ExitError(f"{folder.root} cannot be used: {error.strerror}") from error
    return InstanceLock(folder.lock)


def _read_stdin() -> bytes:
    if not sys.stdin.isatty():
        return sys.stdin.buffer.read(TOO_LONG)
    typed = getpass("Paste the token (it is not shown) and press Enter: ")
    if len(typed) >= _LONGEST_LINE:
        raise UsageError("the token is too long for a terminal's line: login < FILE")
    return typed.encode("utf-8", "replace")


def _read_plain(plain: PlainToken) -> bytes:
    try:
        return plain.read()
    except PlainTokenError as error:
        raise ExitError(str(error)) from None


def _sign_in(pasted: bytes, server: ServerAddress) -> str:
    answer = asyncio.run(build_sign_in().sign_in(pasted, str(server)))
    if not answer.ok:
        raise ExitError(f"{answer.text}. {answer.next_step}")
    if not answer.kept:
        raise ExitError(
            f"{answer.text}, and the session of this command ends here: nothing is kept. "
            f"{answer.next_step}"
        )
    return answer.text


def _save(folder: DataFolder, settings: Settings) -> None:
    try:
        SettingsFile(folder.root).save(settings)
    except SettingsNotSavedError as error:
        raise ExitError(f"signed in, but the server's address is not kept: {error}") from error


def _offer_deletion(plain: PlainToken, imported: bytes) -> None:
    sys.stderr.write(f"The keyring has it now. Delete {plain.path}? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline(10).strip().lower() not in ("y", "yes"):
        print_line(f"{plain.path} stays: anybody who can read this disk has the token")
        return
    try:
        plain.delete(imported)
    except PlainTokenError as error:
        raise ExitError(str(error)) from None
    print_line(f"{plain.path} is deleted")
