"""The design without one defence each, and the violation that follows.

H: wordings that turned out too loose. M: one defence removed. Some remove a second line of defence
too, which would hide the first.
"""

from dataclasses import dataclass

from tests.model.design import AtStart, Design

SENT_TWICE = "I2 sent twice"
NO_RECEIPT = "I1 row 0 never gets a terminal receipt"
TOO_EARLY = "I6 receipt"
SENT_WHILE_STOPPED = "I4 an open is sent while stopped"
RELEASED = "I4 a RESUME for an earlier stop releases a later one"
FLAT_BUT_OPEN = "I5 FLAT is reported with something open"
LATE_LEFT = "I5 a late fill"
AFTER_FLAT = "I5 filled after FLAT"
MISMATCH = "I6 the broker executed"


@dataclass(frozen=True, slots=True)
class Variant:
    """breaks: how each violation that must be found begins."""

    what: str
    scenario: str
    breaks: tuple[str, ...]
    design: Design


VARIANTS = {
    "H1": Variant(
        "OnInit: only a tag search, before an open that would run",
        "power",
        (TOO_EARLY,),
        Design(at_start=AtStart.TAG_SEARCH),
    ),
    "H2": Variant(
        "OnInit: app.json counts as fresh (and H1)",
        "power",
        (SENT_TWICE,),
        Design(at_start=AtStart.TAG_SEARCH, silent_until_seq_changes=False),
    ),
    "H3": Variant(
        "rows are appended out of id order",
        "crash",
        (NO_RECEIPT,),
        Design(queue_in_id_order=False, outbox_refuses_lower_id=False),
    ),
    "H4": Variant(
        "resume removes whatever flag lies there",
        "stop-app-dies",
        (RELEASED,),
        Design(flags_are_compared=False),
    ),
    "H5": Variant(
        "a new flag while latched keeps the stop_id",
        "stop-by-hand",
        (RELEASED,),
        Design(new_flag_is_new_stop=False),
    ),
    "H6": Variant(
        "a HALT flag replaces an unread FLATTEN flag",
        "stop-app-dies",
        ("I11",),
        Design(press_keeps_level=False),
    ),
    "H7": Variant(
        "an UNKNOWN close lives in memory only (and H12)",
        "crash",
        ("I1 row 2 never gets a terminal receipt",),
        Design(
            unclear_close_is_durable=False,
            all_files_at_start=False,
            old_files_are_read_again=False,
        ),
    ),
    "H8": Variant(
        "the app reads the files before app.json says the session",
        "second-app",
        ("I6 the journal says NOT_SENT and it is sent",),
        Design(app_json_before_reading=False),
    ),
    "H9": Variant(
        "a close looks at its expiry first",
        "crash",
        ("I6 the close was executed, the journal says X",),
        Design(close_looks_before_expiry=False),
    ),
    "H10": Variant(
        "OnInit: settled = not above the largest settled id",
        "power-two-rows",
        (NO_RECEIPT,),
        Design(settled_by_own_receipt=False),
    ),
    "H11": Variant(
        "resume is offered before the EA has read the last flag",
        "stop-app-dies",
        ("I11",),
        Design(resume_only_if_flags_shown=False),
    ),
    "H12": Variant(
        "OnInit reads the current command file only (and H13)",
        "power",
        (NO_RECEIPT,),
        Design(all_files_at_start=False, old_files_are_read_again=False),
    ),
    "H13": Variant(
        "older command files are never looked at again",
        "second-app",
        (NO_RECEIPT,),
        Design(old_files_are_read_again=False),
    ),
    "H14": Variant(
        "a new stop forgets the late fills found under the one before",
        "late-fill",
        (LATE_LEFT,),
        Design(late_fill_outlives_new_stop=False),
    ),
    "M1": Variant(
        "intents are not durable, and OnInit asks for none",
        "crash",
        (SENT_TWICE,),
        Design(intents_are_durable=False, at_start=AtStart.NOTHING),
    ),
    "M2": Variant(
        "receipts are not remembered: the mark is in memory only",
        "crash",
        ("I1 a second terminal receipt",),
        Design(receipts_are_remembered=False),
    ),
    "M3": Variant(
        "halt is looked at once, not before every attempt",
        "sweep",
        (SENT_WHILE_STOPPED,),
        Design(halt_before_each_attempt=False),
    ),
    "M4": Variant(
        "expiry is looked at once, not before every attempt",
        "crash",
        ("I3",),
        Design(expiry_before_each_attempt=False),
    ),
    "M5": Variant(
        "RESUME without stop_id", "stop-by-hand", (RELEASED,), Design(resume_names_stop=False)
    ),
    "M6": Variant(
        "RESUME without session",
        "stop-app-dies",
        ("I4 released by an old session",),
        Design(resume_names_session=False),
    ),
    "M7": Variant(
        "RESUME is obeyed while a flag lies there",
        "stop-app-dies",
        (RELEASED,),
        Design(resume_needs_no_flag=False),
    ),
    "M8": Variant(
        "RELEASED is written after acting",
        "stop-app-dies",
        (SENT_WHILE_STOPPED,),
        Design(released_is_written_first=False),
    ),
    "M9": Variant(
        "flags are removed after RESUME",
        "stop-app-dies",
        ("R3",),
        Design(flags_before_resume=False),
    ),
    "M10": Variant(
        "rows of an old session run", "crash", ("R1",), Design(session_is_checked=False)
    ),
    "M11": Variant(
        "an open waits for a doubt instead of DENIED", "crash", ("R2",), Design(nothing_waits=False)
    ),
    "M12": Variant(
        "an open runs while another is in doubt",
        "crash",
        ("I8",),
        Design(doubt_denies_opens=False),
    ),
    "M13": Variant(
        "NOT_FOUND without the wait",
        "sweep",
        (TOO_EARLY, AFTER_FLAT),
        Design(waits_before_not_found=False),
    ),
    "M14": Variant("FLAT after one scan", "sweep", (FLAT_BUT_OPEN,), Design(two_scans=False)),
    "M15": Variant(
        "FLAT without the unresolved check",
        "sweep",
        (FLAT_BUT_OPEN, AFTER_FLAT),
        Design(flat_waits_for_unresolved=False),
    ),
    "M16": Variant(
        "orders are deleted after the closes, without another look",
        "sweep",
        (FLAT_BUT_OPEN,),
        Design(deletes_orders_first=False),
    ),
    "M17": Variant(
        "a stop leaves resting orders",
        "sweep",
        (FLAT_BUT_OPEN, "I5 a resting order fills after FLAT"),
        Design(deletes_orders=False),
    ),
    "M18": Variant(
        "OnInit asks for nothing, and the power was cut",
        "power",
        (TOO_EARLY,),
        Design(at_start=AtStart.NOTHING),
    ),
    "M19": Variant(
        "a restart appends what was journalled before it",
        "crash",
        ("I2 journalled before a restart",),
        Design(nothing_is_appended_later=False),
    ),
    "M20": Variant(
        "ids start again with each session (receipts without session)",
        "crash",
        ("I6 an old receipt is taken for a new command",),
        Design(ids_grow_for_ever=False, receipts_name_their_session=False),
    ),
    "M21": Variant(
        "the EA reads the flag in one place only",
        "stop-app-dies",
        ("I4 a flag lies there", SENT_WHILE_STOPPED),
        Design(reads_both_places=False),
    ),
    "M22": Variant(
        "the latch is in memory only", "stop-by-hand", ("I11",), Design(latch_is_durable=False)
    ),
    "M23": Variant(
        "nobody watches after NOT_FOUND", "sweep", (MISMATCH,), Design(watches_for_late_fills=False)
    ),
    "M24": Variant(
        "ids start again with each session (receipts name it)",
        "crash",
        ("I1 row 1 never gets a terminal receipt",),
        Design(ids_grow_for_ever=False),
    ),
    "M25": Variant(
        "a late fill under a HALT is kept", "sweep", (LATE_LEFT,), Design(late_fill_is_closed=False)
    ),
}
