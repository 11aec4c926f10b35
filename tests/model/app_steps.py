"""The running panel: journal, queue and gate, receipts; as in engine/{desk,gate,flight}.py.

It may fire and append at any moment: what it believes of the EA and of the stop gets no credit.
"""

from collections.abc import Iterator

from tests.model.invariants import broken_by_appending, broken_by_matching
from tests.model.state import (
    BUY,
    CLOSE,
    COMMANDS,
    DEAD,
    LATE_FILL,
    LIMIT,
    NOBODY,
    NOT_FOUND,
    NOT_SENT,
    OPEN_ENDED,
    OPENS,
    PUBLISHED,
    QUEUED,
    RESUME_OVER,
    RUNNING,
    UNDER_WAY,
    UNJOURNALLED,
    Case,
    Row,
    State,
    Step,
    bit,
    commands_in,
    put,
    wire_id,
)


def app_steps(case: Case, s: State) -> Iterator[Step]:
    if s.app.phase != RUNNING:
        return
    yield from _fire(case, s)
    yield from _gate(case, s)
    yield from _flush(case, s)
    yield from _read_receipts(case, s)
    yield from _archive(s)
    if s.world.app_deaths < case.bounds.app_deaths:
        yield Step("APP DIES", killed(s, app_deaths=s.world.app_deaths + 1), progress=False)


def killed(s: State, *, app_deaths: int) -> State:
    """The process is gone: its queue, its resume, and what it had not journalled."""
    journal = tuple("" if state == UNJOURNALLED else state for state in s.app.journal)
    resume = RESUME_OVER if s.app.resume in UNDER_WAY else s.app.resume
    return s._replace(
        app=s.app._replace(phase=DEAD, journal=journal, resume=resume),
        ea=s.ea._replace(heard=s.ea.up),
        world=s.world._replace(app_deaths=app_deaths),
    )


def waiting(s: State) -> list[int]:
    """The queue: journalled, not written; an app that lost its folder took its row along."""
    written = commands_in(s.folder)
    gone = s.world.late_row.command if s.world.late_row else NOBODY
    return [
        k for k in COMMANDS if s.app.journal[k] == QUEUED and not written >> k & 1 and k != gone
    ]


# ---------------------------------------------------------------- the user


def _fire(case: Case, s: State) -> Iterator[Step]:
    """The user fires the commands in their order; the pending one may be left out for the close."""
    journal = s.app.journal
    untouched = [k for k in case.bounds.commands if not journal[k]]
    if not untouched or commands_in(s.folder) & bit(untouched[0]):
        return
    command, held = untouched[0], s.broker.positions & bit(BUY)
    if (command in OPENS and not s.app.paused) or (command == CLOSE and held):
        yield _given(case, s, command, journal)
    if command == LIMIT and held and CLOSE in case.bounds.commands:
        yield _given(case, s, CLOSE, put(journal, LIMIT, NOT_SENT))
    if not case.design.unclear_is_never_repeated:
        yield from _fire_again(case, s)


def _given(case: Case, s: State, command: int, journal: tuple[str, ...]) -> Step:
    """A command gets its id and is journalled (or, without that defence, only written later)."""
    given_in = list(s.app.given_in)
    for k in range(command + 1):
        given_in[k] = given_in[k] or s.folder.session
    app = s.app._replace(given_in=tuple(given_in))
    world = s.world._replace(alive=s.world.alive | bit(command))
    if case.design.journal_before_file:
        app = app._replace(journal=put(journal, command, QUEUED))
        return Step(f"app journals {command}", s._replace(app=app, world=world), progress=False)
    app = app._replace(journal=put(journal, command, UNJOURNALLED))
    rows = (*s.folder.rows, Row(command, s.folder.session))
    after = State(app, s.folder._replace(rows=rows), s.ea, s.broker, world)
    return Step(f"app appends {command}, not journalled yet", after, progress=False)


def _fire_again(case: Case, s: State) -> Iterator[Step]:
    """Removed defence: no receipt in time, so the same intent goes out under the next id."""
    overdue = s.app.journal[BUY] in (QUEUED, PUBLISHED) and not s.world.alive & bit(BUY)
    if overdue and not s.app.journal[LIMIT]:
        step = _given(case, s, LIMIT, s.app.journal)
        yield step._replace(name="app fires 0 again, as 1")


# ---------------------------------------------------------------- the gate


def _gate(case: Case, s: State) -> Iterator[Step]:
    queue = waiting(s)
    head = queue[:1] if case.design.queue_in_id_order else queue
    for k in head:
        if not s.world.alive & bit(k) or (k in OPENS and s.app.paused):
            yield _not_sent(s, k, f"gate refuses {k}: NOT_SENT")
            continue
        if case.design.outbox_refuses_lower_id and _lower_than_written(s, k):
            yield _not_sent(s, k, f"outbox refuses {k}, a higher id is written: NOT_SENT")
            continue
        yield _append(case, s, k)
        if s.world.torn_writes < case.bounds.torn_writes:
            torn = s.folder._replace(torn=Row(k, s.folder.session))
            world = s.world._replace(torn_writes=s.world.torn_writes + 1)
            begun = s._replace(folder=torn, world=world)
            yield Step(f"the disk takes half of row {k}", begun, progress=False)
            cut = _not_sent(begun, k, f"the disk takes half of row {k}: NOT_SENT")
            yield cut._replace(progress=False)
    if UNJOURNALLED in s.app.journal:
        k = s.app.journal.index(UNJOURNALLED)
        app = s.app._replace(journal=put(s.app.journal, k, QUEUED))
        yield Step(f"app journals {k}", s._replace(app=app))


def _lower_than_written(s: State, command: int) -> bool:
    return any(r.session == s.folder.session and r.command > command for r in s.folder.rows)


def _not_sent(s: State, command: int, name: str) -> Step:
    app = s.app._replace(journal=put(s.app.journal, command, NOT_SENT))
    return Step(name, s._replace(app=app))


def _append(case: Case, s: State, command: int) -> Step:
    """One row in one write; behind a torn row only after the mark that ends it."""
    folder, row = s.folder, Row(command, s.folder.session)
    broken = broken_by_appending(s, command)
    name = f"gate appends {command} (session {row.session})"
    torn = folder.torn
    if torn is not None and torn == row:
        return Step(f"app finishes row {command}", _written(case, s, row), broken=broken)
    swallowed = torn is not None and torn.session == row.session
    if swallowed and not case.design.torn_row_is_marked:
        app = s.app._replace(journal=put(s.app.journal, command, PUBLISHED))
        return Step(f"{name} onto the half row", s._replace(app=app), broken=broken)
    return Step(name, _written(case, s, row), broken=broken)


def _written(case: Case, s: State, row: Row) -> State:
    """PUBLISHED at once: a restart finds the row and says so too, unless a power cut takes it."""
    folder, app = s.folder, s.app
    folder = folder._replace(rows=(*folder.rows, row))
    if folder.torn == row:
        folder = folder._replace(torn=None)
    if case.bounds.rows_may_be_lost:
        folder = folder._replace(unflushed=folder.unflushed._replace(command_row=row))
    else:
        app = app._replace(journal=put(app.journal, row.command, PUBLISHED))
    return s._replace(app=app, folder=folder)


def _flush(case: Case, s: State) -> Iterator[Step]:
    """The row is on the disk, and the journal says so. Only a power cut makes a difference."""
    row = s.folder.unflushed.command_row
    if row is None:
        return
    unflushed = s.folder.unflushed._replace(command_row=None)
    app = s.app
    if app.journal[row.command] == QUEUED:
        app = app._replace(journal=put(app.journal, row.command, PUBLISHED))
    after = s._replace(app=app, folder=s.folder._replace(unflushed=unflushed))
    yield Step(f"row {row.command} is on the disk, the journal says PUBLISHED", after)


# ---------------------------------------------------------------- receipts


def _read_receipts(case: Case, s: State) -> Iterator[Step]:
    """The first terminal receipt counts, a late fill corrects NOT_FOUND; one may also revive."""
    for k in COMMANDS:
        if not s.app.journal[k] or s.app.journal[k] == UNJOURNALLED:
            continue
        for j in COMMANDS if not case.design.receipts_name_their_session else (k,):
            step = _read(case, s, k, j)
            if step is not None:
                yield step


def _read(case: Case, s: State, command: int, of_receipt: int) -> Step | None:
    """The receipt of one row, matched to a command with the same id."""
    outcome, journal = s.folder.receipts[of_receipt], s.app.journal[command]
    if command != of_receipt and wire_id(case, s, command) != wire_id(case, s, of_receipt):
        return None
    broken = broken_by_matching(command, of_receipt)
    published = journal == PUBLISHED or (
        journal == QUEUED and bool(commands_in(s.folder) & bit(command))
    )
    if outcome:
        late = outcome == LATE_FILL and journal == NOT_FOUND
        if published or journal == NOT_SENT or late:
            app = s.app._replace(journal=put(s.app.journal, command, outcome))
            name = f"app reads receipt {outcome} for {command}"
            return Step(name, s._replace(app=app), broken=broken)
    elif journal == NOT_SENT and s.folder.unclear & bit(of_receipt):
        app = s.app._replace(journal=put(s.app.journal, command, PUBLISHED))
        return Step(f"app reads UNKNOWN for {command}: it was sent", s._replace(app=app))
    return None


# ---------------------------------------------------------------- archive


def _archive(s: State) -> Iterator[Step]:
    """Older files whose every row has its outcome in the journal are moved away, at any time."""
    journal, rows = s.app.journal, s.folder.rows
    waiting = {r.session for r in rows if journal[r.command] in ("", NOT_SENT, *OPEN_ENDED)}
    moved = {r.session for r in rows if r.session < s.folder.session} - waiting
    if moved:
        kept = tuple(row for row in rows if row.session not in moved)
        folder = s.folder._replace(rows=kept)
        there = commands_in(folder)
        ea = s.ea._replace(settled=s.ea.settled & there, at_start=s.ea.at_start & there)
        yield Step("app archives", s._replace(folder=folder, ea=ea), progress=False)
