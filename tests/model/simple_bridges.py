"""What simpler bridges do (S) and torn rows (T), and which defences have a second line.

Three more habits of such bridges are M13, M15 and M17 of the other variants.
"""

from tests.model.design import AtStart, Design
from tests.model.variants import (
    MISMATCH,
    NO_RECEIPT,
    SENT_TWICE,
    SENT_WHILE_STOPPED,
    TOO_EARLY,
    Variant,
)

SIMPLE_BRIDGES = {
    "S1": Variant(
        "rows are remembered in the EA's memory only",
        "crash",
        (SENT_TWICE, TOO_EARLY),
        Design(intents_are_durable=False, receipts_are_remembered=False, at_start=AtStart.NOTHING),
    ),
    "S2": Variant(
        "no receipt in time: fired again under a new id",
        "crash",
        ("I2 one intent is sent under two ids",),
        Design(unclear_is_never_repeated=False),
    ),
    "S3": Variant(
        "the EA's clock is the broker's, hours behind", "crash", ("I3",), Design(utc_clock=False)
    ),
    "S4": Variant("rows without crc", "torn-row", ("I7",), Design(crc_is_checked=False)),
    "S5": Variant(
        "the stop is in the app only", "sweep", (SENT_WHILE_STOPPED,), Design(reads_flags=False)
    ),
    "S6": Variant(
        "a row is deleted before it is executed",
        "crash",
        ("I1 command 0 has no terminal outcome",),
        Design(rows_stay_in_file=False),
    ),
    "S7": Variant(
        "first the file, then the journal",
        "crash",
        (MISMATCH,),
        Design(journal_before_file=False),
    ),
    "S8": Variant(
        "what was announced is sent again after a restart",
        "crash",
        (SENT_TWICE, NO_RECEIPT, TOO_EARLY),
        Design(at_start=AtStart.RESEND),
    ),
    "T1": Variant(
        "no mark behind a torn row: the next one is swallowed",
        "torn-row",
        ("I1 command 1 has no terminal outcome",),
        Design(torn_row_is_marked=False),
    ),
}

SECOND_LINES = {
    "the queue may mix ids, the outbox refuses": Design(queue_in_id_order=False),
    "the outbox takes any id, the queue keeps the order": Design(outbox_refuses_lower_id=False),
    "an UNKNOWN close in memory only, its row is looked at again": Design(
        unclear_close_is_durable=False
    ),
    "intents are lost, rows found at OnInit are in doubt": Design(intents_are_durable=False),
    "receipts without session, ids never come again": Design(receipts_name_their_session=False),
}
"""Defences that have another one behind them: without them alone nothing breaks."""
