"""intents.csv: what is about to be sent, on the disk before it is sent."""

from signalos_desktop.domain.wire.ea_rows import (
    INTENTS_HEADER,
    IntentRow,
    decode_intent,
    encode_intent,
)
from signalos_desktop.domain.wire.fields import RowError
from signalos_desktop.simulator.expert.row_log import RowLog
from signalos_desktop.simulator.files import Files

NAME = "intents.csv"


class Intents:
    """Every intent by cmd_id; damaged = a whole line that is not a row."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.by_id: dict[int, IntentRow] = {}
        self.damaged = False
        self._log = RowLog(files, NAME, INTENTS_HEADER)
        for line in self._log.lines():
            try:
                row = decode_intent(line)
            except RowError:
                self.damaged = True
                continue
            self.by_id[row.cmd_id] = row

    def announce(self, row: IntentRow) -> None:
        """Raises the errors of Files: then nothing may be sent."""
        self._log.append(encode_intent(row))
        self.by_id[row.cmd_id] = row

    def start_fresh(self) -> None:
        """The file was put aside."""
        self._log = RowLog(self._files, NAME, INTENTS_HEADER)
        self.damaged = False
