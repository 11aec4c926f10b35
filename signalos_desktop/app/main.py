"""Where the program starts: finds the verb, runs it, turns what goes wrong into an exit code."""

import io
import os
import sys
from collections.abc import Sequence

from signalos_desktop.app.arguments import PROGRAM, read_arguments
from signalos_desktop.app.exits import ExitError
from signalos_desktop.app.last_words import say_crash, say_last

_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    _speak_utf8()
    if sys.stderr is None:
        sys.excepthook = say_crash
    try:
        args = read_arguments(sys.argv[1:] if argv is None else argv)
        return int(args.module.run(args))
    except ExitError as error:
        say_last(f"{PROGRAM}: {' '.join(str(error).split())}")
        return error.code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Who read us has enough. The interpreter would complain when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _speak_utf8() -> None:
    """What is read and printed is UTF-8 everywhere, and no character of a signal can stop it."""
    for stream, errors in (
        (sys.stdin, "replace"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


if __name__ == "__main__":
    sys.exit(main())
