"""`logout`: nothing of the token stays in the keyring."""

import argparse
import asyncio
import sys

from signalos_desktop.adapters.plain_token import PlainToken
from signalos_desktop.app.commands.output import print_line
from signalos_desktop.app.exits import ExitError
from signalos_desktop.app.signing_in import build_sign_in


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "The token itself stays valid until it expires or the server revokes it."


def run(args: argparse.Namespace) -> int:
    answer = asyncio.run(build_sign_in().forget())
    if not answer.ok:
        raise ExitError(f"{answer.text}. {answer.next_step}")
    print_line(answer.text)
    plain = PlainToken.of_user()
    if plain.is_there():
        sys.stderr.write(f"{plain.path} still holds a token in plain text: delete it by hand\n")
    return 0
