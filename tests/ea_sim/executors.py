"""One face for what executes rows: the simulator's expert, or the real EA in its own process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from signalos_desktop.domain.wire.control import Scope
from signalos_desktop.simulator.expert.expert import Expert
from signalos_desktop.simulator.expert.inputs import DeadMan, ExpertInputs
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.files import DiskFiles
from signalos_desktop.simulator.trade import Terminal
from tests.ea_sim.build import Program, build, expert
from tests.ea_sim.calls import OldOrder, TerminalCalls
from tests.ea_sim.host import EaHost

COMMON_PATH = "C:\\Users\\Trader\\AppData\\Roaming\\MetaQuotes\\Terminal\\Common"

# The simulator's inputs by the names that the EA gives them.
_INPUTS: dict[str, str] = {
    "magic": "InpMagic",
    "max_lots": "InpMaxLots",
    "max_positions": "InpMaxPositions",
    "max_daily_loss": "InpMaxDailyLoss",
    "max_spread": "InpMaxSpread",
    "max_opens_per_minute": "InpMaxOpensPerMinute",
    "deviation": "InpDeviation",
    "sl_required": "InpSlRequired",
    "allow_netting": "InpAllowNetting",
    "timer_ms": "InpTimerMs",
    "doubt_wait_s": "InpDoubtWait",
}
_SCOPES = {Scope.MAGIC: 0, Scope.ACCOUNT: 1}
_POLICIES = {DeadMan.KEEP: 0, DeadMan.CANCEL: 1, DeadMan.FLATTEN: 2}


class Executor(Protocol):
    """OnInit, OnTimer, OnDeinit; `start` is a new process each time."""

    def start(self) -> None: ...

    def timer(self) -> None: ...

    def reinit(self, reason: int) -> None:
        """OnDeinit and OnInit; the program stays in memory where the reason lets it."""
        ...

    def stop(self) -> None: ...


class PythonExecutor:
    """The simulator's expert."""

    def __init__(
        self,
        terminal: Terminal,
        folder: Path,
        common: Path,
        inputs: ExpertInputs,
        monotonic: Callable[[], float],
        faults: Faults,
    ) -> None:
        self._arguments = (terminal, folder, common, faults, inputs, monotonic)
        self._expert = self._make()

    def _make(self) -> Expert:
        terminal, folder, common, faults, inputs, monotonic = self._arguments
        return Expert(terminal, DiskFiles(folder), DiskFiles(common), faults, inputs, monotonic)

    def start(self) -> None:
        self._expert = self._make()
        self._expert.start()

    def timer(self) -> None:
        self._expert.timer()

    def reinit(self, reason: int) -> None:
        del reason
        self._expert.stop()
        self.start()

    def stop(self) -> None:
        self._expert.stop()


class EaExecutor:
    """SignalOSBridge.mq5, compiled, in its own process; `host` is None while it is dead."""

    def __init__(
        self,
        terminal: Terminal,
        files: Path,
        common: Path,
        inputs: ExpertInputs,
        monotonic: Callable[[], float],
        history: Callable[[], list[OldOrder]],
        program: Program | None = None,
        sleep: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        self._binary = build(program or expert())
        self._files = files
        self._common = common
        self._inputs = ea_inputs(inputs)
        self._calls = TerminalCalls(
            terminal,
            monotonic=monotonic,
            sleep=sleep,
            history=history,
            paths={"TERMINAL_COMMONDATA_PATH": COMMON_PATH},
        )
        self.host: EaHost | None = None

    @property
    def running(self) -> EaHost:
        if self.host is None:
            raise RuntimeError("the EA is not running")
        return self.host

    def load(self, inputs: Mapping[str, object] | None = None) -> EaHost:
        """A new process that has not run OnInit yet."""
        self.stop()
        self.host = EaHost(self._binary, self._files, self._calls, self._common)
        self.host.start(self._inputs if inputs is None else inputs)
        return self.host

    def start(self) -> None:
        self.load().init()

    def timer(self) -> None:
        self.running.event("trade")
        self.running.timer()

    def reinit(self, reason: int) -> None:
        self.running.deinit(reason)
        self.running.init()

    def stop(self) -> None:
        if self.host is not None:
            self.host.kill()
            self.host = None


def ea_inputs(inputs: ExpertInputs) -> dict[str, Any]:
    """The simulator's inputs as the EA's."""
    values: dict[str, Any] = {ours: getattr(inputs, name) for name, ours in _INPUTS.items()}
    values["InpScope"] = _SCOPES[inputs.scope]
    values["InpSilentPolicy"] = _POLICIES[inputs.dead_man]
    return values
