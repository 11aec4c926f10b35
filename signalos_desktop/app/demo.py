"""The demo's simulated terminal: a process of its own on a folder of its own."""

import os
import subprocess
from pathlib import Path

from signalos_desktop.app.installation import own_command

STOP_WAIT_S = 5


class DemoTerminal:
    """Starts `simulate` on a folder; if one runs there already, that one is used."""

    def __init__(self, folder: Path, logs: Path) -> None:
        self._folder = folder
        self._logs = logs
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._logs / "simulator.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *own_command(),
                    "simulate",
                    "--folder",
                    str(self._folder),
                    "--calendar",
                    "open",
                    "--parent-pid",
                    str(os.getpid()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_WAIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
