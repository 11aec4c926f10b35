"""What must never happen in a step, and what must hold once no step of the protocol is left.

I1 every command has one terminal outcome. I2 an intent is executed at most once. I3 nothing is
sent after its expiry, I4 no open while stopped. I5 what FLAT says is true and stays so. I6 journal
and broker agree. I7 what is executed is what was accepted. I8 nothing opens while something is
unclear. I11 a stop never weakens by itself. R1 an old session opens nothing, R2 a close never waits
behind an open, R3 there is a way back from every stop.

Each function answers with the invariant that is broken, or with an empty text. They look at what
is true, never at what a program believes.
"""

from tests.model.design import Design
from tests.model.state import (
    AFTER_WAIT,
    BUY,
    CLOSE,
    COMMANDS,
    EXECUTED,
    FILLED,
    FLATTEN,
    LIMIT,
    NOT_FOUND,
    NOT_SENT,
    OPEN_ENDED,
    OPENS,
    RESUME_WRITTEN,
    State,
    bit,
    unresolved,
)


def broken_by_sending(design: Design, s: State, command: int) -> str:
    """An open goes out to the broker now."""
    sent = s.broker.executed & bit(command) or s.broker.on_the_way[command]
    if sent:
        return "I2 sent twice"
    repeated = not design.unclear_is_never_repeated and s.broker.executed & (bit(BUY) | bit(LIMIT))
    if repeated:
        return "I2 one intent is sent under two ids"
    if not s.world.alive & bit(command):
        return "I3 sent after its expiry"
    if s.ea.flat:
        return "I5 sent after FLAT was reported"
    if s.folder.here or s.folder.common or s.folder.latch.level:
        return "I4 an open is sent while stopped"
    if unresolved(s.folder) & ~bit(command):
        return "I8 an open is sent while another is unresolved"
    if s.app.journal[command] == NOT_SENT:
        return "I6 the journal says NOT_SENT and it is sent"
    return ""


def broken_by_announcing(s: State, row_session: int) -> str:
    """An open of this session is about to be executed."""
    return "R1 an open of an old session is executed" if row_session != s.folder.session else ""


def broken_by_arrival(s: State, command: int) -> str:
    """An order that timed out is executed after all; very late ones are allowed, if told."""
    if s.broker.executed & bit(command):
        return "I2 executed twice"
    if s.broker.on_the_way[command] == AFTER_WAIT:
        return ""
    if s.ea.flat:
        return "I5 filled after FLAT was reported"
    if s.folder.receipts[command]:
        return f"I6 receipt {s.folder.receipts[command]} is terminal, then the broker executes"
    return ""


def broken_by_trigger(s: State) -> str:
    """The resting order fills."""
    after_flat = s.ea.flat and s.folder.receipts[LIMIT] != NOT_FOUND
    return "I5 a resting order fills after FLAT was reported" if after_flat else ""


def broken_by_receipt(s: State, command: int) -> str:
    """A terminal receipt is written."""
    return "I1 a second terminal receipt" if s.folder.receipts[command] else ""


def broken_by_appending(s: State, command: int) -> str:
    """A row is appended for a command of the journal."""
    if s.app.given_in[command] != s.folder.session:
        return "I2 journalled before a restart, appended after it"
    return ""


def broken_by_matching(command: int, of_receipt: int) -> str:
    """The app takes a receipt for the outcome of a command."""
    return "I6 an old receipt is taken for a new command" if command != of_receipt else ""


def broken_by_release(s: State, stop_id: int, session: int) -> str:
    """The EA obeys a RESUME."""
    if stop_id != s.folder.latch.stop_id or s.world.presses > s.app.resume_press:
        return "I4 a RESUME for an earlier stop releases a later one"
    return "I4 released by an old session" if session != s.folder.session else ""


def broken_by_flat(s: State) -> str:
    """The EA reports FLAT; what comes later than the wait of a doubt cannot be waited for."""
    receipts = s.folder.receipts
    bought = s.broker.positions & bit(BUY) and receipts[BUY] != NOT_FOUND
    pending = s.broker.positions & bit(LIMIT) or s.broker.resting
    if bought or (pending and receipts[LIMIT] != NOT_FOUND):
        return "I5 FLAT is reported with something open"
    return ""


def broken_in_the_end(s: State) -> str:
    for command in COMMANDS:
        broken = _outcome(s, command)
        if broken:
            return broken
    return _stop(s)


def _outcome(s: State, command: int) -> str:
    journal, receipt = s.app.journal[command], s.folder.receipts[command]
    if not receipt and any(row.command == command for row in s.folder.rows):
        return f"I1 row {command} never gets a terminal receipt"
    if journal in OPEN_ENDED:
        return f"I1 command {command} has no terminal outcome in the journal"
    executed = bool(s.broker.executed & bit(command))
    if command in OPENS and executed and journal not in EXECUTED:
        return f"I6 the broker executed {command}, the journal says {journal or 'nothing'}"
    if command in OPENS and journal in EXECUTED and not executed:
        return f"I6 the journal says {journal} for {command}, the broker did nothing"
    if command == CLOSE and executed and journal != FILLED:
        return f"I6 the close was executed, the journal says {journal}"
    return ""


def _stop(s: State) -> str:
    latch = s.folder.latch
    if (s.folder.here or s.folder.common) and not latch.level:
        return "I4 a flag lies there and the EA is not latched"
    if latch.level < s.world.wanted:
        return f"I11 level {s.world.wanted} was asked for, the EA is at {latch.level}"
    if latch.level and s.broker.resting:
        return "I5 stopped, and a resting order is left"
    if latch.level == FLATTEN and not s.ea.flat:
        return "I5 FLATTEN without a verdict"
    if s.world.owed & s.broker.positions:
        return "I5 a late fill found under a stop is left open"
    return _way_back(s)


def _way_back(s: State) -> str:
    """A RESUME that was written for this very stop must be obeyed."""
    meant = s.folder.resume_row == (s.folder.latch.stop_id, s.folder.session)
    unchanged = s.world.presses == s.app.resume_press
    if s.app.resume == RESUME_WRITTEN and meant and unchanged and s.folder.latch.level:
        return "R3 no way back: RESUME was written and the EA stays latched"
    return ""
