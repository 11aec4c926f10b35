"""Every receipt the expert has given, what is settled by them, and the mark of each session."""

from dataclasses import replace

from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.wire import receipts as wire
from signalos_desktop.domain.wire.fields import RowError
from signalos_desktop.simulator.expert.journal import Journal
from signalos_desktop.simulator.expert.row_log import RowLog
from signalos_desktop.simulator.files import Files
from signalos_desktop.simulator.trade import Terminal

NAME = "receipts.csv"


class Receipts:
    """receipts.csv, read at OnInit and written ever after. A row is settled by its own receipt."""

    def __init__(self, files: Files, terminal: Terminal) -> None:
        self.journal = Journal(RowLog(files, NAME, wire.HEADER))
        self.final: dict[int, Receipt] = {}
        self.unclear: dict[int, Receipt] = {}
        self.late: dict[int, Receipt] = {}
        self.bad_rows: set[str] = set()
        self.deals: set[int] = set()
        self._marks: dict[int, int] = {}
        self._terminal = terminal
        self._login = terminal.account().account.login
        for line in self.journal.log.lines():
            try:
                self._note(wire.decode_receipt(line))
            except RowError:
                continue

    def has(self, cmd_id: int) -> bool:
        return cmd_id in self.final or cmd_id in self.unclear

    def mark(self, session: int) -> int:
        """Last settled id of a session."""
        return self._marks.get(session, 0)

    def raise_mark(self, session: int, cmd_id: int) -> None:
        self._marks[session] = max(cmd_id, self.mark(session))

    @property
    def last_settled(self) -> int:
        return max(self._marks.values(), default=0)

    def give(self, receipt: Receipt, session: int) -> None:
        """Stamp a receipt and write it, now or as soon as the disk takes it."""
        stamped = replace(
            receipt, time=self._terminal.time_gmt(), session=session, login=self._login
        )
        self._note(stamped)
        self.journal.add(wire.encode_receipt(stamped))

    def _note(self, receipt: Receipt) -> None:
        cmd_id = receipt.cmd_id
        if receipt.deal:
            self.deals.add(receipt.deal)
        if cmd_id == 0:
            self.bad_rows.add(receipt.message.partition(":")[0])
            return
        if receipt.late_fill:
            self.late.setdefault(cmd_id, receipt)
        elif receipt.status is ReceiptStatus.UNKNOWN:
            self.unclear.setdefault(cmd_id, receipt)
        else:
            self.final.setdefault(cmd_id, receipt)
        session = receipt.session or 0
        self._marks[session] = max(cmd_id, self._marks.get(session, 0))
