"""`self-test` drives the real panel: it fires, is filled, stops and is flat."""

from pathlib import Path

from tests.unit.app.program import json_lines, program


def test_the_panel_fires_and_stops_by_itself(tmp_path: Path) -> None:
    picture = tmp_path / "panel.png"
    done = program("self-test", "--picture", picture)
    assert (done.returncode, done.stderr) == (0, "")
    steps = json_lines(done)
    assert [step["step"] for step in steps] == [
        *("window", "running", "receipt", "position", "picture", "stopped flat", "closed")
    ]
    assert all(step["ok"] for step in steps)
    assert picture.read_bytes().startswith(b"\x89PNG")
