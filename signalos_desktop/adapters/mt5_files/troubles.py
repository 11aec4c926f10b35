"""What is wrong with the bridge's files now, each trouble told once until it changes."""

from signalos_desktop.engine.ports import Trouble


class Troubles:
    """Keeps one trouble for each place; take() gives those that are new."""

    def __init__(self) -> None:
        self._now: dict[str, Trouble] = {}
        self._new: list[Trouble] = []

    def tell(self, place: str, trouble: Trouble | None) -> None:
        """trouble None = this place is in order again."""
        if trouble is None:
            self._now.pop(place, None)
            return
        known = self._now.get(place)
        self._now[place] = trouble
        if known is None or known.code != trouble.code:
            self._new.append(trouble)

    def take(self) -> tuple[Trouble, ...]:
        taken, self._new = tuple(self._new), []
        return taken


def ea_not_running(folder: str) -> Trouble:
    return Trouble(
        "EA_NOT_RUNNING",
        f"No Expert Advisor writes into {folder}.",
        "Attach SignalOSBridge to a chart and switch Algo Trading on.",
    )


def file_busy(path: str, error: OSError) -> Trouble:
    return Trouble(
        "FILE_BUSY",
        f"{path} cannot be opened: {error.strerror or error}.",
        "Close the program that has it open (editor, spreadsheet, backup, virus scanner), "
        "or allow this user to read it.",
    )
