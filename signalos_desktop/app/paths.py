"""Where everything is kept: one data folder for settings, state, journal and logs."""

import os
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "SIGNALOS_HOME"
_NAME = "SignalOS Desktop"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The layout of a data folder."""

    root: Path

    @property
    def journal(self) -> Path:
        return self.root / "journal.sqlite3"

    @property
    def state(self) -> Path:
        return self.root / "state"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def demo_files(self) -> Path:
        """MQL5/Files of the demo's terminal, laid out as MetaTrader lays out its own."""
        return self.root / "MetaQuotes" / "Terminal" / "Demo" / "MQL5" / "Files"

    @property
    def lock(self) -> Path:
        return self.root / "app.lock"

    def make(self) -> None:
        """Create the folders, readable by the user alone where the system knows that."""
        for folder in (self.root, self.state, self.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def data_folder(chosen: Path | None, *, demo: bool = False) -> DataFolder:
    """The folder given, else SIGNALOS_HOME, else the user's own; the demo has one of its own."""
    given = chosen or _from_environment()
    if given is not None:
        return DataFolder(given.expanduser().absolute())
    # Only here, because most verbs are told where to look and must start fast.
    import platformdirs

    root = platformdirs.user_data_path(_NAME, appauthor=False, roaming=False)
    return DataFolder(root / ("demo" if demo else "live"))


def _from_environment() -> Path | None:
    value = os.environ.get(HOME_VARIABLE, "")
    return Path(value) if value else None
