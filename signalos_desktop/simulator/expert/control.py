"""control.csv: verbs of the panel, read from the beginning at OnInit and before the rows."""

from collections.abc import Callable

from signalos_desktop.domain.wire.control import HEADER, ControlRow, decode_control
from signalos_desktop.domain.wire.fields import RowError, is_skipped
from signalos_desktop.simulator.expert.row_log import BOM
from signalos_desktop.simulator.files import Files, FilesBusyError, FilesFailedError

NAME = "control.csv"


class Control:
    """Hands every row of the session in force to `obey`, once; False = it must be tried again.

    session: of app.json as it is now, None = cannot be known. A row of a later session waits for
    app.json, one of an older session is dropped.
    """

    def __init__(
        self,
        files: Files,
        obey: Callable[[ControlRow], bool],
        bad_row: Callable[[str, int, bytes, RowError], None],
        session: Callable[[], int | None],
    ) -> None:
        self._files = files
        self._obey = obey
        self._bad_row = bad_row
        self._session = session
        self._offset = 0
        self._waiting: list[ControlRow] = []

    def look(self) -> None:
        self._read()
        if not self._waiting:
            return
        session = self._session()
        if session is None:
            return
        waiting, self._waiting = self._waiting, []
        for row in waiting:
            if row.session > session or (row.session == session and not self._obey(row)):
                self._waiting.append(row)

    def _read(self) -> None:
        try:
            size = self._files.size(NAME) or 0
            if size == self._offset:
                return
            if size < self._offset:
                self._offset = 0
            data = self._files.read(NAME, self._offset) or b""
        except (FilesBusyError, FilesFailedError):
            return
        for text in data.split(b"\n")[:-1]:
            offset, line = self._offset, text + b"\n"
            self._offset += len(line)
            if offset == 0:
                line = line.removeprefix(BOM)
            if is_skipped(line, HEADER):
                continue
            try:
                self._waiting.append(decode_control(line))
            except RowError as error:
                self._bad_row(NAME, offset, line, error)
