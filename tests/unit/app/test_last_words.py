"""Why the program ends is said on stderr; without one it ends all the same."""

import sys

import pytest

from signalos_desktop.app.last_words import say_crash, say_last


def test_a_crash_is_told_with_its_trace(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ValueError("odd")
    except ValueError as error:
        say_crash(type(error), error, error.__traceback__)
    said = capsys.readouterr().err
    assert "ended by an error of its own" in said
    assert "ValueError: odd" in said


@pytest.mark.skipif(sys.platform == "win32", reason="a message box would wait for somebody")
def test_without_stderr_nothing_else_goes_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    say_last("the data folder is used by another SignalOS Desktop")
