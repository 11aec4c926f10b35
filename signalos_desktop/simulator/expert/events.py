"""events.csv: what a person should know that no receipt says."""

from collections.abc import Callable

from signalos_desktop.domain.ea_status import EaEvent
from signalos_desktop.domain.values import to_ms
from signalos_desktop.domain.wire.ea_rows import EVENTS_HEADER, encode_event
from signalos_desktop.simulator.expert.journal import Journal
from signalos_desktop.simulator.expert.row_log import RowLog
from signalos_desktop.simulator.files import Files
from signalos_desktop.simulator.trade import Terminal

NAME = "events.csv"


class Events:
    def __init__(self, files: Files, terminal: Terminal, session: Callable[[], int]) -> None:
        self.journal = Journal(RowLog(files, NAME, EVENTS_HEADER))
        self._terminal = terminal
        self._session = session

    def add(self, event: str, text: str, *, cmd_id: int = 0, ticket: int = 0) -> None:
        now = to_ms(self._terminal.time_gmt())
        self.journal.add(encode_event(EaEvent(now, self._session(), event, cmd_id, ticket, text)))
