"""receipts.csv: what the EA writes of an outcome, and what it then knows."""

from tests.model.invariants import broken_by_receipt
from tests.model.state import CLOSE, LATE_FILL, UNKNOWN, Case, Folder, State, Step, bit, put


def given(case: Case, s: State, command: int, letter: str, name: str) -> Step:
    """The terminal receipt of a row, or the one correction of it."""
    late = letter == LATE_FILL
    broken = "" if late else broken_by_receipt(s, command)
    folder = s.folder._replace(receipts=put(s.folder.receipts, command, letter))
    ea = s.ea._replace(
        doubts=s.ea.doubts & ~bit(command), waiting=s.ea.waiting & ~bit(command), half_scans=0
    )
    world = s.world
    if late:
        ea = ea._replace(flat=False)
    if late and folder.latch.level:
        ea = ea._replace(must_close=ea.must_close | bit(command))
        folder = folder._replace(late_since_stop=folder.late_since_stop | bit(command))
        world = world._replace(owed=world.owed | bit(command))
    folder = _unflushed(case, folder, command, letter)
    return Step(name, s._replace(folder=folder, ea=ea, world=world), broken=broken)


def unknown(case: Case, s: State, command: int) -> State:
    """The UNKNOWN receipt settles the row; the command is in doubt from now on."""
    folder = s.folder
    durable = command != CLOSE or case.design.unclear_close_is_durable
    if durable:
        folder = folder._replace(unclear=folder.unclear | bit(command))
        folder = _unflushed(case, folder, command, UNKNOWN)
    doubts, waiting = s.ea.doubts | bit(command), s.ea.waiting | bit(command)
    return s._replace(folder=folder, ea=s.ea._replace(doubts=doubts, waiting=waiting))


def _unflushed(case: Case, folder: Folder, command: int, letter: str) -> Folder:
    if not case.bounds.power_cuts:
        return folder
    return folder._replace(unflushed=folder.unflushed._replace(receipt=(command, letter)))
