"""Says why the program ends, also where there is neither a console nor a window of ours."""

import sys
import traceback
from types import TracebackType

_WARNING_ON_TOP = 0x10030


def say_last(text: str) -> None:
    """On stderr; a program without one, started from the menu, shows a message box."""
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")
    elif sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, "SignalOS Desktop", _WARNING_ON_TOP)


def say_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """As sys.excepthook: a crash must not look as if nothing had been started."""
    said = "".join(traceback.format_exception(kind, error, trace))
    say_last(f"SignalOS Desktop ended by an error of its own:\n\n{said[-3000:]}")
