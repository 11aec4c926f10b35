"""Flags, latch, RESUME, sweep and FLAT, as in simulator/expert/{latch,control,verbs,sweep}.py."""

from collections.abc import Iterator

from tests.model.invariants import broken_by_flat, broken_by_release
from tests.model.state import (
    BUY,
    FLATTEN,
    IDLE,
    LIMIT,
    Broker,
    Case,
    Flag,
    Latch,
    State,
    Step,
    bit,
    lying,
)

OPEN_BITS = bit(BUY) | bit(LIMIT)
POSITIONS_THEN_ORDERS_TWICE = 4


def stop_steps(case: Case, s: State) -> Iterator[Step]:
    if not s.ea.up or s.ea.work.stage != IDLE or not case.design.reads_flags:
        return
    flags = lying(case, s.folder)
    if flags:
        yield from _latch(case, s, flags)
    yield from _control(case, s, flags)
    if s.folder.latch.level and not s.ea.acts_released:
        yield from _sweep(case, s)
        yield from _scan(case, s)


# ---------------------------------------------------------------- latch.csv


def _latch(case: Case, s: State, flags: tuple[Flag, ...]) -> Iterator[Step]:
    latch = s.folder.latch
    press, level = max(f.press for f in flags), max(f.level for f in flags)
    merged = latch._replace(level=max(latch.level, level), press=max(press, latch.press))
    known = press <= latch.press or not case.design.new_flag_is_new_stop
    if not latch.level or s.ea.acts_released or not known:
        merged = merged._replace(stop_id=latch.stop_id + 1)
        yield Step("EA latches under a new stop_id", _latched(case, s, merged))
    elif merged != latch:
        yield Step("EA: same stop, the higher level", _latched(case, s, merged))


def _latched(case: Case, s: State, latch: Latch) -> State:
    folder = s.folder
    new = latch.stop_id != folder.latch.stop_id
    if new and not case.design.late_fill_outlives_new_stop:
        folder = folder._replace(late_since_stop=0)
    ea = s.ea._replace(half_scans=0, flat=False, acts_released=False)
    return _with_latch(case, s._replace(folder=folder, ea=ea), latch)


def _with_latch(case: Case, s: State, latch: Latch) -> State:
    unflushed = s.folder.unflushed
    if case.bounds.power_cuts:
        unflushed = unflushed._replace(latch=s.folder.latch)
    return s._replace(folder=s.folder._replace(latch=latch, unflushed=unflushed))


# ---------------------------------------------------------------- RESUME


def _control(case: Case, s: State, flags: tuple[Flag, ...]) -> Iterator[Step]:
    if s.ea.acts_released:
        latch = s.folder.latch._replace(level=0)
        after = s._replace(ea=s.ea._replace(acts_released=False))
        yield Step("EA writes RELEASED", _with_latch(case, after, latch))
    if s.folder.resume_row is None or s.ea.control_read:
        return
    stop_id, session = s.folder.resume_row
    read = s._replace(ea=s.ea._replace(control_read=True))
    if not _obeys(case, s, flags):
        yield Step(f"EA reads RESUME {stop_id}: refused", read)
        return
    broken = broken_by_release(s, stop_id, session)
    ea = read.ea._replace(flat=False, half_scans=0, must_close=0)
    released = read._replace(
        ea=ea,
        folder=s.folder._replace(late_since_stop=0),
        world=s.world._replace(wanted=0, owed=0),
    )
    if case.design.released_is_written_first:
        done = _with_latch(case, released, s.folder.latch._replace(level=0))
        yield Step("EA writes RELEASED", done, broken=broken)
    else:
        after = released._replace(ea=ea._replace(acts_released=True))
        yield Step("EA acts as released, nothing written yet", after, broken=broken)


def _obeys(case: Case, s: State, flags: tuple[Flag, ...]) -> bool:
    """RESUME is for this very stop, of this session, and no flag lies in either place."""
    design, folder = case.design, s.folder
    if folder.resume_row is None or not folder.latch.level or s.ea.acts_released:
        return False
    stop_id, session = folder.resume_row
    return (
        (not flags or not design.resume_needs_no_flag)
        and (stop_id == folder.latch.stop_id or not design.resume_names_stop)
        and (session == folder.session or not design.resume_names_session)
    )


# ---------------------------------------------------------------- sweep


def _sweep(case: Case, s: State) -> Iterator[Step]:
    """Our resting orders first, then the positions; at HALT only what was filled late."""
    design, broker = case.design, s.broker
    if design.deletes_orders_first and design.deletes_orders and broker.resting:
        after = _acted(s, broker._replace(resting=False))
        yield Step("EA deletes the resting order", after)
        return
    if not design.deletes_orders_first and s.ea.half_scans:
        return
    positions = broker.positions
    if s.folder.latch.level < FLATTEN:
        positions &= s.ea.must_close if design.late_fill_is_closed else 0
    for k in (BUY, LIMIT):
        if positions & bit(k):
            closed = broker._replace(positions=broker.positions & ~bit(k))
            yield Step(f"EA closes position {k}", _acted(s, closed))


def _acted(s: State, broker: Broker) -> State:
    return s._replace(broker=broker, ea=s.ea._replace(half_scans=0))


def _scan(case: Case, s: State) -> Iterator[Step]:
    """FLAT: positions, then orders, and both again, without a find; nothing unresolved."""
    ea, design = s.ea, case.design
    unclear = ea.doubts or ea.at_start & OPEN_BITS & ~ea.settled
    clear = not (unclear and design.flat_waits_for_unresolved)
    if not design.deletes_orders_first:
        yield from _close_then_delete(s, clear=clear)
        return
    if ea.flat:
        if s.broker.positions or s.broker.resting or unclear:
            yield Step("EA is not flat any more", s._replace(ea=ea._replace(flat=False)))
        return
    if not clear:
        return
    orders_turn = ea.half_scans % 2 == 1
    found = s.broker.resting and design.deletes_orders if orders_turn else s.broker.positions
    last = POSITIONS_THEN_ORDERS_TWICE if design.two_scans else POSITIONS_THEN_ORDERS_TWICE // 2
    if found:
        if ea.half_scans:
            yield Step("EA finds something", s._replace(ea=ea._replace(half_scans=0)))
    elif ea.half_scans + 1 < last:
        after = s._replace(ea=ea._replace(half_scans=ea.half_scans + 1))
        yield Step(f"EA scans: {'no order' if orders_turn else 'no position'}", after)
    else:
        after = s._replace(ea=ea._replace(flat=True, half_scans=0))
        yield Step("EA reports FLAT", after, broken=broken_by_flat(s))


def _close_then_delete(s: State, *, clear: bool) -> Iterator[Step]:
    """Removed defence: positions first, then orders, and FLAT without another look."""
    ea = s.ea
    if not ea.half_scans and not s.broker.positions:
        yield Step("EA: all positions are closed", s._replace(ea=ea._replace(half_scans=1)))
    elif ea.half_scans and clear and not ea.flat:
        broker = s.broker._replace(resting=False)
        after = s._replace(broker=broker, ea=ea._replace(flat=True))
        broken = broken_by_flat(after)
        yield Step("EA deletes the resting orders, reports FLAT", after, broken=broken)
