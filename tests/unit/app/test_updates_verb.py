"""`updates` of this build, which has no feed yet."""

from pathlib import Path

from tests.unit.app.program import json_lines, program


def test_it_says_that_nobody_was_asked(tmp_path: Path) -> None:
    done = program("updates", "--data-dir", tmp_path)
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert "not asked" in done.stdout
    [answer] = json_lines(program("updates", "--json", "--data-dir", tmp_path))
    assert answer == {"ok": True, "text": answer["text"], "newer": ""}
