"""What a receipt says beyond its columns."""

from decimal import Decimal

import pytest

from signalos_desktop.domain.receipt import Receipt, ReceiptStatus


def receipt(status: ReceiptStatus, message: str) -> Receipt:
    return Receipt(7, status, 0, 0, Decimal(0), message)


def test_only_unknown_is_not_final() -> None:
    assert [status for status in ReceiptStatus if not status.terminal] == [ReceiptStatus.UNKNOWN]


def test_what_was_executed() -> None:
    done = {status for status in ReceiptStatus if status.executed}
    assert done == {ReceiptStatus.FILLED, ReceiptStatus.PARTIAL, ReceiptStatus.PLACED}


@pytest.mark.parametrize(
    ("status", "message", "late"),
    [
        (ReceiptStatus.FILLED, "LATE_FILL found in history", True),
        (ReceiptStatus.FILLED, "done", False),
        (ReceiptStatus.ERROR, "LATE_FILL", False),
    ],
)
def test_a_late_fill_is_an_execution(status: ReceiptStatus, message: str, late: bool) -> None:
    assert receipt(status, message).late_fill is late


@pytest.mark.parametrize(
    ("message", "reason"),
    [("NO_MARGIN: 12 of 10", "NO_MARGIN"), ("no such thing: x", ""), ("HALTED", ""), ("", "")],
)
def test_reason_code(message: str, reason: str) -> None:
    assert receipt(ReceiptStatus.DENIED, message).reason == reason
