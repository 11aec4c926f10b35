"""Runs the program as its users do: another process, its own data folder."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]


def program(
    *arguments: str | Path, stdin: str = "", **environ: str
) -> subprocess.CompletedProcess[str]:
    """environ: variables on top of an environment that names no data folder and no terminal."""
    variables = {key: value for key, value in os.environ.items() if key != "SIGNALOS_HOME"}
    return subprocess.run(
        [sys.executable, "-m", "signalos_desktop", *map(str, arguments)],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=variables | {"PYTHONIOENCODING": "ascii"} | environ,
        timeout=60,
        check=False,
    )


def json_lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def one_line_error(done: subprocess.CompletedProcess[str], code: int) -> str:
    """The one line on stderr, after checking that it is all there is."""
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return done.stderr
