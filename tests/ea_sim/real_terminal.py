"""The real EA in real time: `ea-run` as a process, for tests with the panel's real engine."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.ea_sim.build import EXPERT, Program, build
from tests.helpers.processes import PATIENCE_S, LineProcess


class RealTerminal(LineProcess):
    """SignalOSBridge.mq5 on the simulated broker; ready when constructed."""

    module = "tests.ea_sim.ea_run"

    def __init__(self, files: Path, ledger: Path, *args: str, netting: bool = False) -> None:
        build(Program(EXPERT))
        files.mkdir(parents=True, exist_ok=True)
        mode = ("--account", "netting", "--input", "InpAllowNetting=true") if netting else ()
        super().__init__(
            str(EXPERT), "--strict", "--folder", str(files), "--ledger", str(ledger), *mode, *args
        )
        self.program = int(self.wait_for("ready")["pid"])

    def kill_program(self) -> None:
        """kill -9 of the compiled EA alone; what runs it ends by itself."""
        os.kill(self.program, signal.SIGKILL)
        self.wait_for("critical")
        assert self.process.wait(PATIENCE_S) == 1
