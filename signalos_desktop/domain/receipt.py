"""A receipt: what the Expert Advisor says became of a command."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class ReceiptStatus(StrEnum):
    """Outcome of a command; UNKNOWN is the only one that is not final."""

    FILLED = "FILLED"
    PARTIAL = "PARTIAL"
    PLACED = "PLACED"
    REJECTED = "REJECTED"
    EXPIRED = "EXPIRED"
    DENIED = "DENIED"
    ERROR = "ERROR"
    UNKNOWN = "UNKNOWN"

    @property
    def terminal(self) -> bool:
        return self is not ReceiptStatus.UNKNOWN

    @property
    def executed(self) -> bool:
        """True if something was done at the broker."""
        return self in (ReceiptStatus.FILLED, ReceiptStatus.PARTIAL, ReceiptStatus.PLACED)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One row of receipts.csv; tickets 0 = none. cmd_id 0 = a row the EA could not read."""

    cmd_id: int
    status: ReceiptStatus
    ticket: int
    retcode: int
    price: Decimal
    message: str
    position: int = 0
    volume: Decimal = Decimal(0)
    deal: int = 0
    time: datetime | None = None
    session: int | None = None
    login: int | None = None

    @property
    def late_fill(self) -> bool:
        """True for the one correction the protocol knows: found after ERROR NOT_FOUND."""
        return self.message.startswith("LATE_FILL") and self.status.executed

    @property
    def reason(self) -> str:
        """Reason code in front of the message, or an empty string."""
        head, sep, _ = self.message.partition(":")
        return head if sep and head.isupper() else ""
