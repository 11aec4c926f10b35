"""What the simulated terminal was started with."""

from dataclasses import dataclass, field
from pathlib import Path

from signalos_desktop.simulator.expert.inputs import ExpertInputs
from signalos_desktop.simulator.sessions import Calendar
from signalos_desktop.simulator.terms import AccountTerms


@dataclass(frozen=True, slots=True)
class Settings:
    """folder: a terminal's MQL5/Files. common: the terminals' Common/Files, None = there is none.

    state of the broker: `SignalOS/simulator` in the folder. inputs: the Expert Advisor's.
    """

    folder: Path
    common: Path | None
    terms: AccountTerms
    protocol: int = 2
    seed: int = 1
    speed: float = 1.0
    calendar: Calendar = Calendar.OPEN
    symbols: Path | None = None
    quotes: Path | None = None
    send_delay_s: float = 0.0
    ledger: Path | None = None
    faults: tuple[str, ...] = ()
    parent_pid: int | None = None
    inputs: ExpertInputs = field(default_factory=ExpertInputs)


def common_of(folder: Path) -> Path | None:
    """Common/Files beside the terminals, if the folder is `Terminal/<id>/MQL5/Files`."""
    names = [part.lower() for part in folder.parts[-4:]]
    if names[2:] != ["mql5", "files"] or names[0] != "terminal":
        return None
    return folder.parent.parent.parent / "Common" / "Files"
