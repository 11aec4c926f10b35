"""The state of the whole bridge: both programs, their files, the broker and the world around."""

from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from tests.model.design import Design

T = TypeVar("T")

BUY, LIMIT, CLOSE = 0, 1, 2
"""The three commands: a market order, a pending order, the close of the first one's position."""
COMMANDS = (BUY, LIMIT, CLOSE)
OPENS = (BUY, LIMIT)
NOBODY = -1

QUEUED, PUBLISHED, NOT_SENT, UNJOURNALLED = "queued", "published", "NOT_SENT", "unjournalled"
"""States of a command in the journal; else "" or the letter of its receipt."""
OPEN_ENDED = (QUEUED, PUBLISHED, UNJOURNALLED)

FILLED, REJECTED, DENIED, EXPIRED, NOT_FOUND, LATE_FILL = "F", "R", "D", "X", "N", "L"
UNKNOWN = "U"
EXECUTED = (FILLED, LATE_FILL)

HALT, FLATTEN = 1, 2

DEAD, STARTING, RUNNING = 0, 1, 2
(NO_RESUME, CONFIRMED, FIRST_STEP, SECOND_STEP, DROPPED, RESUME_WRITTEN, RESUME_OVER) = range(7)
UNDER_WAY = (CONFIRMED, FIRST_STEP, SECOND_STEP, DROPPED, RESUME_WRITTEN)

IDLE, TAKEN, SENDING, TELLING = "idle", "taken", "sending", "telling"

WITHIN_WAIT, AFTER_WAIT = 1, 2
"""When an order that timed out reaches the broker's book: before the wait of a doubt is over?"""


class Row(NamedTuple):
    command: int
    session: int


class Flag(NamedTuple):
    """A halt flag; presses are numbered, a later press has the larger number."""

    press: int
    level: int


class Latch(NamedTuple):
    """latch.csv: the last stop, its level (0 = released) and the last press that is known."""

    stop_id: int = 0
    level: int = 0
    press: int = 0


class Work(NamedTuple):
    """What the EA has in hand: nothing, a row taken out, an attempt, an outcome to be told."""

    stage: str = IDLE
    command: int = NOBODY
    detail: str = ""


class App(NamedTuple):
    """The panel. Durable: journal, given_in, paused. A resume under way ends with the process."""

    phase: int = RUNNING
    journal: tuple[str, ...] = ("", "", "")
    given_in: tuple[int, ...] = (0, 0, 0)
    paused: bool = False
    resume: int = NO_RESUME
    resume_press: int = 0
    resume_stop: int = 0


class Unflushed(NamedTuple):
    """What a power cut may take: the last row of each file. latch: as it was before that row."""

    intent: int = NOBODY
    receipt: tuple[int, str] | None = None
    latch: Latch | None = None
    command_row: Row | None = None


class Folder(NamedTuple):
    """All files of the instance. Command sets are bit masks; rows are in the order of appending.

    late_since_stop: LATE_FILL receipts that are younger than the stop that holds.
    """

    session: int = 1
    rows: tuple[Row, ...] = ()
    torn: Row | None = None
    intents: int = 0
    unclear: int = 0
    receipts: tuple[str, ...] = ("", "", "")
    resume_row: tuple[int, int] | None = None
    here: Flag | None = None
    common: Flag | None = None
    here_aside: Flag | None = None
    common_aside: Flag | None = None
    latch: Latch = Latch()
    late_since_stop: int = 0
    unflushed: Unflushed = Unflushed()


class Ea(NamedTuple):
    """The memory of the Expert Advisor; nothing of it is left after OnDeinit.

    settled: rows not to be looked at again; at_start: rows found by OnInit; waiting: doubts whose
    wait is not over; heard: the app's heartbeat is not old yet; file: session of the file being
    read (0 = all of them); half_scans: looks at positions and orders that found nothing.
    """

    up: bool = True
    settled: int = 0
    at_start: int = 0
    doubts: int = 0
    waiting: int = 0
    heard: bool = False
    file: int = 0
    work: Work = Work()
    control_read: bool = False
    half_scans: int = 0
    flat: bool = False
    must_close: int = 0
    acts_released: bool = False


class Broker(NamedTuple):
    """executed: deals or orders made by commands; on_the_way: sent, timed out, not there yet."""

    executed: int = 0
    on_the_way: tuple[int, ...] = (0, 0, 0)
    positions: int = 0
    resting: bool = False


class World(NamedTuple):
    """Time, the user, and how much of each trouble there has been.

    alive: commands whose time is not over; wanted: highest level asked for since the last release;
    late_row: the row that an app which lost its folder will still append; owed: late fills found
    under a stop, to be closed.
    """

    alive: int = 0
    presses: int = 0
    wanted: int = 0
    app_deaths: int = 0
    ea_deaths: int = 0
    power_cuts: int = 0
    deletions: int = 0
    second_apps: int = 0
    torn_writes: int = 0
    very_late: int = 0
    late_row: Row | None = None
    owed: int = 0


class State(NamedTuple):
    app: App = App()
    folder: Folder = Folder()
    ea: Ea = Ea()
    broker: Broker = Broker()
    world: World = World()


class Step(NamedTuple):
    """progress: a step of the protocol itself, which will be taken; else it may never happen."""

    name: str
    state: State
    progress: bool = True
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may happen in one scenario.

    places: where a press lays its flag; late_closes: a close that timed out may still execute.
    """

    commands: tuple[int, ...] = COMMANDS
    app_deaths: int = 0
    ea_deaths: int = 0
    power_cuts: int = 0
    rows_may_be_lost: bool = False
    presses: int = 0
    resumes: bool = False
    deletions: int = 0
    second_apps: int = 0
    torn_writes: int = 0
    very_late: int = 0
    late_closes: bool = False
    places: tuple[str, ...] = ("here", "common", "both")


class Case(NamedTuple):
    """What is searched: a design under the troubles of a scenario."""

    design: Design
    bounds: Bounds


def bit(command: int) -> int:
    return 1 << command


def initial(case: Case) -> State:
    """The EA reads all command files; a variant that reads one by one begins with the first."""
    return State(ea=Ea(file=0 if case.design.old_files_are_read_again else 1))


def put(values: tuple[T, ...], index: int, value: T) -> tuple[T, ...]:
    return (*values[:index], value, *values[index + 1 :])


def commands_in(folder: Folder) -> int:
    """Commands that have a whole row in a command file, as a mask."""
    mask = 0
    for row in folder.rows:
        mask |= 1 << row.command
    return mask


def final_mask(receipts: tuple[str, ...]) -> int:
    """Commands with a terminal receipt."""
    return (receipts[0] != "") | (receipts[1] != "") << 1 | (receipts[2] != "") << 2


def unresolved(folder: Folder) -> int:
    """Commands that are in doubt by what stands in the EA's files."""
    return (folder.intents | folder.unclear) & ~final_mask(folder.receipts)


def lying(case: Case, folder: Folder) -> tuple[Flag, ...]:
    """Flags that the EA sees."""
    places = (folder.here, folder.common) if case.design.reads_both_places else (folder.here,)
    return tuple(flag for flag in places if flag is not None)


def is_stopped(case: Case, s: State) -> bool:
    """What the EA holds for true; a flag that lies there counts before it is latched."""
    if not case.design.reads_flags:
        return False
    latched = s.folder.latch.level > 0 and not s.ea.acts_released
    return latched or bool(lying(case, s.folder))


def wire_id(case: Case, s: State, command: int) -> int:
    """The cmd_id; without ids_grow_for_ever each session counts from 1 again."""
    if case.design.ids_grow_for_ever:
        return command + 1
    given_in = s.app.given_in
    return 1 + sum(1 for earlier in range(command) if given_in[earlier] == given_in[command])
