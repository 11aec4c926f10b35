"""OnInit: the memory of the Expert Advisor is gone, everything comes from its files."""

from collections.abc import Iterator

from tests.model.design import AtStart
from tests.model.state import (
    CLOSE,
    UNKNOWN,
    Case,
    Ea,
    Folder,
    State,
    Step,
    bit,
    commands_in,
    final_mask,
    wire_id,
)

OPEN_BITS = 0b011


def ea_start_steps(case: Case, s: State) -> Iterator[Step]:
    if not s.ea.up:
        yield Step("EA OnInit", _started(case, s))
    elif s.world.ea_deaths < case.bounds.ea_deaths:
        world = s.world._replace(ea_deaths=s.world.ea_deaths + 1)
        dead = s._replace(ea=Ea(up=False), world=world)
        yield Step("EA DIES, or is initialised again", dead, progress=False)


def _started(case: Case, s: State) -> State:
    design = case.design
    folder = s.folder if design.latch_is_durable else _without_latch(s.folder)
    if not design.intents_are_durable:
        folder = folder._replace(intents=0)
    remembers = design.receipts_are_remembered
    final = final_mask(folder.receipts) if remembers else 0
    unclear = folder.unclear if remembers else 0
    doubts = (folder.intents | unclear) & ~final
    if design.at_start is AtStart.RESEND:
        doubts &= ~OPEN_BITS
    folder = _announced_are_unknown(case, folder, doubts & ~unclear)
    there = commands_in(folder)
    settled = there & (final | unclear | doubts)
    if not design.settled_by_own_receipt:
        settled = _not_above_largest(case, s, settled, there)
    asked = OPEN_BITS if design.at_start is AtStart.DOUBT else 0
    ea = Ea(
        settled=settled,
        at_start=there & ~settled & (asked | bit(CLOSE)),
        doubts=doubts,
        waiting=doubts,
        heard=not case.design.silent_until_seq_changes,
        file=_first_file(case, folder, settled),
        must_close=folder.late_since_stop,
    )
    return s._replace(folder=folder, ea=ea)


def _without_latch(folder: Folder) -> Folder:
    return folder._replace(latch=folder.latch._replace(level=0))


def _announced_are_unknown(case: Case, folder: Folder, announced: int) -> Folder:
    """An intent without any receipt gets its UNKNOWN receipt now."""
    if not announced:
        return folder
    unflushed = folder.unflushed
    if case.bounds.power_cuts:
        unflushed = unflushed._replace(receipt=(announced.bit_length() - 1, UNKNOWN))
    return folder._replace(unclear=folder.unclear | announced, unflushed=unflushed)


def _not_above_largest(case: Case, s: State, settled: int, there: int) -> int:
    """Removed defence: rows up to the largest settled id count as settled."""
    ids = [wire_id(case, s, k) for k in range(3) if settled & bit(k)]
    largest = max(ids, default=0)
    return sum(bit(k) for k in range(3) if there & bit(k) and wire_id(case, s, k) <= largest)


def _first_file(case: Case, folder: Folder, settled: int) -> int:
    """0 = all files are read, at any time. Without that defence: the one to begin with."""
    design = case.design
    if design.old_files_are_read_again:
        return 0
    open_rows = [row.session for row in folder.rows if not settled & bit(row.command)]
    if not design.all_files_at_start:
        return folder.session
    return min(open_rows, default=folder.session)
