"""The defences of the bridge, one name each: a variant of the design is a Design without some."""

from dataclasses import dataclass
from enum import Enum


class AtStart(Enum):
    """What OnInit does with an open that lies in a command file without a terminal receipt."""

    DOUBT = "in doubt: never executed, looked for"
    TAG_SEARCH = "only a search for its tag just before it would run"
    NOTHING = "nothing: it runs"
    RESEND = "an announced one is sent again"


@dataclass(frozen=True, slots=True)
class Design:
    """As ea/PROTOCOL.md has it; False = this defence is removed."""

    # The app: journal, queue, gate, start.
    journal_before_file: bool = True
    queue_in_id_order: bool = True
    outbox_refuses_lower_id: bool = True
    ids_grow_for_ever: bool = True
    receipts_name_their_session: bool = True
    unclear_is_never_repeated: bool = True
    nothing_is_appended_later: bool = True
    app_json_before_reading: bool = True
    torn_row_is_marked: bool = True

    # The app: the way back from a stop.
    flags_are_compared: bool = True
    flags_before_resume: bool = True
    resume_only_if_flags_shown: bool = True
    press_keeps_level: bool = True

    # The Expert Advisor: what it remembers, what OnInit does.
    intents_are_durable: bool = True
    receipts_are_remembered: bool = True
    latch_is_durable: bool = True
    at_start: AtStart = AtStart.DOUBT
    silent_until_seq_changes: bool = True
    settled_by_own_receipt: bool = True
    all_files_at_start: bool = True
    old_files_are_read_again: bool = True

    # The Expert Advisor: rows.
    crc_is_checked: bool = True
    rows_stay_in_file: bool = True
    session_is_checked: bool = True
    utc_clock: bool = True
    halt_before_each_attempt: bool = True
    expiry_before_each_attempt: bool = True
    doubt_denies_opens: bool = True
    nothing_waits: bool = True
    close_looks_before_expiry: bool = True
    unclear_close_is_durable: bool = True
    waits_before_not_found: bool = True
    watches_for_late_fills: bool = True

    # The Expert Advisor: the stop.
    reads_flags: bool = True
    reads_both_places: bool = True
    new_flag_is_new_stop: bool = True
    resume_names_stop: bool = True
    resume_names_session: bool = True
    resume_needs_no_flag: bool = True
    released_is_written_first: bool = True
    deletes_orders: bool = True
    deletes_orders_first: bool = True
    two_scans: bool = True
    flat_waits_for_unresolved: bool = True
    late_fill_is_closed: bool = True
    late_fill_outlives_new_stop: bool = True
