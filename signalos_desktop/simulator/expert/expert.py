"""The simulated Expert Advisor: OnInit, OnTimer and OnDeinit of protocol 2."""

from collections.abc import Callable

from signalos_desktop.simulator.expert.faulty_clock import FaultyClock
from signalos_desktop.simulator.expert.faulty_files import FaultyFiles
from signalos_desktop.simulator.expert.inputs import ExpertInputs
from signalos_desktop.simulator.expert.run import Run
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.files import Files, FilesBusyError, FilesFailedError
from signalos_desktop.simulator.trade import Terminal


class Expert:
    """Speaks protocol 2 in one instance folder (`files`); `common` is the terminals' shared one.

    All state that counts is in the files: `start` forgets everything else. Nothing blocks but the
    terminal's order_send. monotonic: seconds.
    """

    def __init__(
        self,
        terminal: Terminal,
        files: Files,
        common: Files | None,
        faults: Faults,
        inputs: ExpertInputs,
        monotonic: Callable[[], float],
    ) -> None:
        self._terminal = FaultyClock(terminal, faults)
        self._files = FaultyFiles(files, faults)
        self._common = common
        self._faults = faults
        self._inputs = inputs
        self._monotonic = monotonic
        self._run: Run | None = None
        self._started = False
        self._timed_at = float("-inf")

    @property
    def ready(self) -> bool:
        """True once the files could be read and the snapshots are written."""
        return self._run is not None

    @property
    def timer_ms(self) -> int:
        """Period that the timer should have now."""
        return self._run.verbs.timer_ms if self._run else self._inputs.timer_ms

    def start(self) -> None:
        """OnInit. Files that cannot be read now are read on a later timer, before anything else."""
        self._started, self._run = True, None
        try:
            self._run = Run(
                self._inputs, self._terminal, self._files, self._common, self._monotonic
            )
        except (FilesBusyError, FilesFailedError):
            return

    def timer(self) -> None:
        """OnTimer."""
        if not self._started or self._dead() or self._too_early():
            return
        if self._run is None:
            self.start()
        else:
            self._run.timer()

    def stop(self) -> None:
        """OnDeinit: nothing is written, as after a crash."""
        self._started, self._run = False, None

    def _dead(self) -> bool:
        return self._faults.hit("dead-ea") is not None

    def _too_early(self) -> bool:
        slow_ms = self._faults.hit("slow-timer")
        now = self._monotonic()
        if slow_ms is not None and (now - self._timed_at) * 1000 < float(slow_ms):
            return True
        self._timed_at = now
        return False
