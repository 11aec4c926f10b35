"""The kill test with the compiled Expert Advisor in place of the simulator's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tests.crash.kill_run import KillRun
from tests.ea_sim.real_terminal import RealTerminal

DOUBT_WAIT_S = 5


@dataclass
class RealKillRun(KillRun):
    """Of the terminal either the EA alone is killed, or all of it with the broker's connection."""

    netting: bool = False
    signals: ClassVar[int] = 60

    def start_terminal(self) -> RealTerminal:
        wait = ("--input", f"InpDoubtWait={DOUBT_WAIT_S}", "--input", "InpMaxPositions=0")
        account = ("--seed", str(self.seed), "--balance", "1000000")
        return RealTerminal(self.files, self.ledger, *account, *wait, netting=self.netting)

    def stop_and_quit(self) -> None:
        """And once more: deals of the last moments are read at the next start."""
        super().stop_and_quit()
        with self.start_engine() as engine:
            engine.wait_for("state", state="STOPPED_FLAT")
            engine.send(do="quit")
            assert engine.process.wait(30) == 0

    def kill_terminal(self) -> None:
        assert isinstance(self.terminal, RealTerminal)
        if self.random.random() < 0.5:
            self.terminal.kill_program()
        else:
            self.terminal.kill()
