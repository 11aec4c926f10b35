"""Everything outside the two programs: time, the broker, presses, a second app, the power."""

from collections.abc import Iterator
from itertools import product

from tests.model.app_steps import killed, waiting
from tests.model.invariants import broken_by_arrival, broken_by_trigger
from tests.model.state import (
    AFTER_WAIT,
    BUY,
    CLOSE,
    COMMANDS,
    FLATTEN,
    HALT,
    LATE_FILL,
    LIMIT,
    NOBODY,
    NOT_FOUND,
    OPENS,
    RUNNING,
    UNDER_WAY,
    UNKNOWN,
    WITHIN_WAIT,
    Broker,
    Case,
    Ea,
    Flag,
    Folder,
    Row,
    State,
    Step,
    Unflushed,
    bit,
    put,
)


def world_steps(case: Case, s: State) -> Iterator[Step]:
    yield from _time(s)
    yield from _broker(s)
    yield from _presses(case, s)
    yield from _second_app(case, s)
    yield from _power(case, s)


def _time(s: State) -> Iterator[Step]:
    """One tick ends every lifetime and every wait; what executes within the wait comes first."""
    due = s.world.alive or s.ea.waiting or s.ea.heard
    if due and WITHIN_WAIT not in s.broker.on_the_way:
        ea = s.ea._replace(waiting=0, heard=False)
        after = s._replace(ea=ea, world=s.world._replace(alive=0))
        yield Step("time passes: lifetimes and waits are over", after)


def _broker(s: State) -> Iterator[Step]:
    broker = s.broker
    for k in COMMANDS:
        when = broker.on_the_way[k]
        if not when:
            continue
        gone = broker._replace(on_the_way=put(broker.on_the_way, k, 0))
        late = when == AFTER_WAIT
        if k in OPENS or broker.positions & bit(BUY):
            name = f"the broker executes {k} " + ("long after" if late else "after all")
            after = s._replace(broker=executed(gone, k))
            yield Step(name, after, not late, broken_by_arrival(s, k))
        if not late:
            yield Step(f"the broker drops {k}", s._replace(broker=gone))
    if broker.resting:
        filled = broker._replace(resting=False, positions=broker.positions | bit(LIMIT))
        after = s._replace(broker=filled)
        yield Step("the resting order fills", after, progress=False, broken=broken_by_trigger(s))


def executed(broker: Broker, command: int) -> Broker:
    """The command is done: a position, an order that rests, or the position is closed."""
    done = broker._replace(executed=broker.executed | bit(command))
    if command == LIMIT:
        return done._replace(resting=True)
    if command == CLOSE:
        return done._replace(positions=done.positions & ~bit(BUY))
    return done._replace(positions=done.positions | bit(BUY))


# ---------------------------------------------------------------- presses


def _presses(case: Case, s: State) -> Iterator[Step]:
    if s.world.presses < case.bounds.presses:
        for level, place in product((HALT, FLATTEN), case.bounds.places):
            yield _press(case, s, level, place)
    if s.world.deletions < case.bounds.deletions and _deletable(s.folder):
        if s.app.resume in UNDER_WAY:
            return
        folder = s.folder._replace(here=None, common=None)
        world = s.world._replace(deletions=s.world.deletions + 1)
        name = "somebody deletes the flags, the EA has seen them"
        yield Step(name, s._replace(folder=folder, world=world), progress=False)


def _press(case: Case, s: State, level: int, place: str) -> Step:
    """Anybody, any time: button, command line, a file dropped by hand."""
    press, folder = s.world.presses + 1, s.folder

    def new(lying: Flag | None) -> Flag:
        keeps = lying is not None and case.design.press_keeps_level
        return Flag(press, max(level, lying.level) if keeps and lying else level)

    here = new(folder.here) if place in ("here", "both") else folder.here
    common = new(folder.common) if place in ("common", "both") else folder.common
    world = s.world._replace(presses=press, wanted=max(s.world.wanted, level))
    after = s._replace(folder=folder._replace(here=here, common=common), world=world)
    words = "HALT" if level == HALT else "FLATTEN"
    return Step(f"press {press}: {words} flag, {place}", after, progress=False)


def _deletable(folder: Folder) -> bool:
    flags = [flag for flag in (folder.here, folder.common) if flag is not None]
    latch = folder.latch
    seen = all(f.press <= latch.press and f.level <= latch.level for f in flags)
    return bool(flags) and latch.level > 0 and seen


# ---------------------------------------------------------------- a second app


def _second_app(case: Case, s: State) -> Iterator[Step]:
    """It takes the folder (no credit to the lock) while the first one has passed its gate."""
    late = s.world.late_row
    if late is not None:
        folder = s.folder._replace(rows=(*s.folder.rows, late))
        after = s._replace(folder=folder, world=s.world._replace(late_row=None))
        yield Step(f"the old app, fenced too late, appends {late.command}", after)
    if s.app.phase != RUNNING or s.world.second_apps >= case.bounds.second_apps:
        return
    for k in (None, *waiting(s)):
        row = None if k is None else Row(k, s.folder.session)
        dead = killed(s, app_deaths=s.world.app_deaths)
        world = dead.world._replace(second_apps=s.world.second_apps + 1, late_row=row)
        words = "" if k is None else f", the first one has passed its gate for {k}"
        yield Step(f"a second app starts{words}", dead._replace(world=world), progress=False)


# ---------------------------------------------------------------- the power


def _power(case: Case, s: State) -> Iterator[Step]:
    """Both programs die, and each file may lose its last row: a flush is not a sync."""
    if s.world.power_cuts >= case.bounds.power_cuts or not (s.ea.up or s.app.phase):
        return
    last = s.folder.unflushed
    choices = (
        (False, True) if last.intent != NOBODY else (False,),
        (False, True) if last.receipt is not None else (False,),
        (False, True) if last.latch is not None else (False,),
        (False, True) if last.command_row is not None else (False,),
    )
    for lost in product(*choices):
        names = ("intent", "receipt", "latch row", "command row")
        words = ", ".join(name for name, gone in zip(names, lost, strict=True) if gone)
        dead = killed(s, app_deaths=s.world.app_deaths)
        after = dead._replace(
            folder=_after_cut(s.folder, lost),
            ea=Ea(up=False),
            world=s.world._replace(power_cuts=s.world.power_cuts + 1, late_row=None),
        )
        yield Step(f"POWER CUT, lost: {words or 'nothing'}", after, progress=False)


def _after_cut(folder: Folder, lost: tuple[bool, ...]) -> Folder:
    last, receipts, unclear = folder.unflushed, folder.receipts, folder.unclear
    if lost[1] and last.receipt is not None:
        command, letter = last.receipt
        if letter == UNKNOWN:
            unclear &= ~bit(command)
        else:
            receipts = put(receipts, command, NOT_FOUND if letter == LATE_FILL else "")
    return folder._replace(
        intents=folder.intents & ~bit(last.intent) if lost[0] else folder.intents,
        receipts=receipts,
        unclear=unclear,
        latch=last.latch if lost[2] and last.latch is not None else folder.latch,
        rows=tuple(r for r in folder.rows if not (lost[3] and r == last.command_row)),
        unflushed=Unflushed(),
    )
