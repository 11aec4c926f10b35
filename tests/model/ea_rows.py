"""Rows and doubts, as in simulator/expert/{rows,opening,sending,closing,doubt}.py.

The EA does one thing at a time; with nothing in hand any of its duties may come next.
"""

from collections.abc import Iterator

from tests.model.design import AtStart
from tests.model.ea_receipts import given, unknown
from tests.model.invariants import broken_by_announcing, broken_by_sending
from tests.model.state import (
    AFTER_WAIT,
    BUY,
    CLOSE,
    COMMANDS,
    DENIED,
    EXPIRED,
    FILLED,
    LATE_FILL,
    NOT_FOUND,
    OPENS,
    REJECTED,
    SENDING,
    TAKEN,
    TELLING,
    UNKNOWN,
    WITHIN_WAIT,
    Case,
    Row,
    State,
    Step,
    Work,
    bit,
    is_stopped,
    put,
    wire_id,
)
from tests.model.world_steps import executed

AGAIN = "again"


def row_steps(case: Case, s: State) -> Iterator[Step]:
    if not s.ea.up:
        return
    stage = s.ea.work.stage
    if stage == TELLING:
        yield _tell(case, s)
    elif stage == SENDING:
        yield from _attempt(case, s)
    elif stage == TAKEN:
        taken = Row(s.ea.work.command, int(s.ea.work.detail))
        yield from _look_at(case, s._replace(ea=s.ea._replace(work=Work())), taken)
    else:
        yield from _next_row(case, s)
        yield from _look_up_doubts(case, s)
        yield from _watch(case, s)


def _tell(case: Case, s: State) -> Step:
    work = s.ea.work
    idle = s._replace(ea=s.ea._replace(work=Work()))
    if work.detail == UNKNOWN:
        return Step(f"EA receipt {work.command} UNKNOWN", unknown(case, idle, work.command))
    return given(case, idle, work.command, work.detail, f"EA receipt {work.command} {work.detail}")


# ---------------------------------------------------------------- one row after the other


def _next_row(case: Case, s: State) -> Iterator[Step]:
    """Strictly in file order, oldest file first."""
    ea, folder = s.ea, s.folder
    rows = [
        row
        for row in sorted(folder.rows, key=lambda row: row.session)
        if not ea.settled & bit(row.command) and ea.file in (0, row.session)
    ]
    if not case.design.crc_is_checked and folder.torn is not None:
        yield Step("EA executes a half row", s, broken="I7 a half row is executed")
    if not rows:
        if 0 < ea.file < folder.session:
            after = s._replace(ea=ea._replace(file=ea.file + 1))
            yield Step("EA moves on to the next command file", after)
        return
    row = rows[0]
    settled = s._replace(ea=ea._replace(settled=ea.settled | bit(row.command)))
    if _is_repeated(case, s, row):
        yield Step(f"EA skips {row.command}: settled, or not above the mark", settled)
    elif case.design.rows_stay_in_file or row.command == CLOSE:
        yield from _look_at(case, settled, row)
    else:
        kept = tuple(other for other in folder.rows if other != row)
        work = Work(TAKEN, row.command, str(row.session))
        after = settled._replace(folder=folder._replace(rows=kept))
        taken = after._replace(ea=after.ea._replace(work=work))
        yield Step(f"EA deletes row {row.command} before it is executed", taken)


def _is_repeated(case: Case, s: State, row: Row) -> bool:
    """An id with a receipt; or not above the mark, in the present session's file only."""
    ea, folder = s.ea, s.folder
    mine = wire_id(case, s, row.command)
    known = ea.settled if not case.design.ids_grow_for_ever else 0
    if any(known & bit(k) and wire_id(case, s, k) == mine for k in COMMANDS):
        return True
    if ea.at_start & bit(row.command) or row.session != folder.session:
        return False
    settled = [other.command for other in folder.rows if ea.settled & bit(other.command)]
    return any(
        wire_id(case, s, other.command) >= mine
        for other in folder.rows
        if other.session == row.session and other.command in settled
    )


def _look_at(case: Case, s: State, row: Row) -> Iterator[Step]:
    """s: with the row settled. The checks are in the order of the protocol."""
    k, found_at_start = row.command, s.ea.at_start & bit(row.command)
    if k == CLOSE:
        yield from _close(case, s)
    elif found_at_start and case.design.at_start is AtStart.DOUBT:
        name = f"EA: {k} lay in the file at OnInit: IN DOUBT, UNKNOWN"
        yield Step(name, unknown(case, s, k))
    elif refusal := _refusal(case, s, row):
        letter, why = refusal
        yield given(case, s, k, letter, f"EA: {k} {why}")
    elif s.ea.doubts and not case.design.nothing_waits:
        behind = any(other.command == CLOSE for other in s.folder.rows)
        broken = "R2 a close is blocked behind a waiting open" if behind else ""
        if broken:
            yield Step(f"EA: {k} waits for a doubt", s, broken=broken)
    elif case.design.at_start is AtStart.TAG_SEARCH and s.broker.executed & bit(k):
        yield given(case, s, k, FILLED, f"EA finds the tag of {k}")
    else:
        yield _announce(case, s, row)


def _refusal(case: Case, s: State, row: Row) -> tuple[str, str] | None:
    design, k = case.design, row.command
    if design.session_is_checked and row.session != s.folder.session:
        return DENIED, "DENIED STALE_SESSION"
    if not (s.app.phase or s.ea.heard):
        return DENIED, "DENIED APP_LOST"
    if is_stopped(case, s):
        return DENIED, "DENIED HALTED"
    if _is_expired(case, s, k):
        return EXPIRED, "EXPIRED"
    if s.ea.doubts and design.doubt_denies_opens and design.nothing_waits:
        return DENIED, "DENIED IN_DOUBT"
    return None


def _is_expired(case: Case, s: State, command: int) -> bool:
    return case.design.utc_clock and not s.world.alive & bit(command)


def _announce(case: Case, s: State, row: Row) -> Step:
    k = row.command
    unflushed = s.folder.unflushed
    if case.bounds.power_cuts:
        unflushed = unflushed._replace(intent=k)
    folder = s.folder._replace(intents=s.folder.intents | bit(k), unflushed=unflushed)
    after = s._replace(folder=folder, ea=s.ea._replace(work=Work(SENDING, k)))
    return Step(f"EA writes intent {k}", after, broken=broken_by_announcing(s, row.session))


# ---------------------------------------------------------------- OrderSend


def _attempt(case: Case, s: State) -> Iterator[Step]:
    """Halt and expiry are looked at before every attempt; one requote is possible."""
    k, again = s.ea.work.command, s.ea.work.detail == AGAIN
    if case.design.halt_before_each_attempt and is_stopped(case, s):
        yield Step(f"EA keeps {k} back: halted", _holding(s, k, DENIED))
        return
    if case.design.expiry_before_each_attempt and _is_expired(case, s, k):
        yield Step(f"EA keeps {k} back: expired", _holding(s, k, EXPIRED))
        return
    broken = broken_by_sending(case.design, s, k)
    name = f"OrderSend {k} ->"
    done = s._replace(broker=executed(s.broker, k))
    yield Step(f"{name} DONE", _holding(done, k, FILLED), broken=broken)
    yield Step(f"{name} REJECT", _holding(s, k, REJECTED), broken=broken)
    if not again:
        retry = s._replace(ea=s.ea._replace(work=Work(SENDING, k, AGAIN)))
        yield Step(f"{name} REQUOTE", retry, broken=broken)
    yield Step(f"{name} TIMEOUT, executed", _holding(done, k, UNKNOWN), broken=broken)
    yield Step(f"{name} TIMEOUT, not executed", _holding(s, k, UNKNOWN), broken=broken)
    later = _holding(_sent_late(s, k, WITHIN_WAIT), k, UNKNOWN)
    yield Step(f"{name} TIMEOUT, executes within the wait", later, broken=broken)
    if s.world.very_late < case.bounds.very_late:
        world = s.world._replace(very_late=s.world.very_late + 1)
        later = _holding(_sent_late(s._replace(world=world), k, AFTER_WAIT), k, UNKNOWN)
        yield Step(f"{name} TIMEOUT, executes after the wait", later, broken=broken)


def _holding(s: State, command: int, outcome: str) -> State:
    """With the outcome in hand; its receipt is the next step."""
    return s._replace(ea=s.ea._replace(work=Work(TELLING, command, outcome)))


def _sent_late(s: State, command: int, when: int) -> State:
    on_the_way = put(s.broker.on_the_way, command, when)
    return s._replace(broker=s.broker._replace(on_the_way=on_the_way))


# ---------------------------------------------------------------- closes


def _close(case: Case, s: State) -> Iterator[Step]:
    """Idempotent: never refused for session, silence or doubt, and looked up first."""
    gone = not s.broker.positions & bit(BUY)
    if gone and case.design.close_looks_before_expiry:
        yield given(case, s, CLOSE, FILLED, "EA: close, the position is gone: FILLED")
    elif _is_expired(case, s, CLOSE):
        yield given(case, s, CLOSE, EXPIRED, "EA: close EXPIRED")
    elif gone:
        yield given(case, s, CLOSE, FILLED, "EA: close, the position is gone: FILLED")
    else:
        done = s._replace(broker=executed(s.broker, CLOSE))
        yield Step("EA closes -> DONE", _holding(done, CLOSE, FILLED))
        yield Step("EA closes -> REJECT", _holding(s, CLOSE, REJECTED))
        yield Step("EA closes -> TIMEOUT, executed", _holding(done, CLOSE, UNKNOWN))
        yield Step("EA closes -> TIMEOUT, not executed", _holding(s, CLOSE, UNKNOWN))
        if case.bounds.late_closes:
            later = _holding(_sent_late(s, CLOSE, WITHIN_WAIT), CLOSE, UNKNOWN)
            yield Step("EA closes -> TIMEOUT, executes within the wait", later)


# ---------------------------------------------------------------- doubts


def _look_up_doubts(case: Case, s: State) -> Iterator[Step]:
    for k in COMMANDS:
        if not s.ea.doubts & bit(k):
            continue
        waits = s.ea.waiting & bit(k) and case.design.waits_before_not_found
        if k == CLOSE:
            found = not s.broker.positions & bit(BUY)
        else:
            found = bool(s.broker.executed & bit(k))
        if found:
            yield given(case, s, k, FILLED, f"EA looks for {k}: found")
        elif not waits:
            yield given(case, s, k, NOT_FOUND, f"EA looks for {k}: NOT_FOUND")


def _watch(case: Case, s: State) -> Iterator[Step]:
    """NOT_FOUND is watched for further; under a stop what is found late is closed at once."""
    for k in OPENS:
        late = s.folder.receipts[k] == NOT_FOUND and s.broker.executed & bit(k)
        if late and case.design.watches_for_late_fills:
            yield given(case, s, k, LATE_FILL, f"EA: LATE_FILL {k}")
