"""The journal's tables, as numbered migrations. A migration that was released never changes.

Decimals are TEXT as MT5 prints them, times INTEGER milliseconds UTC, accounts `login@server`.
What could be done twice is unique here; evidence (receipts, deals, states) is never refused.
"""

_FIRST = """
CREATE TABLE signals (
    seq INTEGER PRIMARY KEY,
    signal TEXT NOT NULL UNIQUE,
    number INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    provider TEXT NOT NULL,
    message_id TEXT,
    kind TEXT NOT NULL,
    message TEXT NOT NULL CHECK (json_valid(message)),
    reading TEXT NOT NULL CHECK (json_valid(reading)),
    expires_ms INTEGER,
    state TEXT NOT NULL DEFAULT 'review',
    reason TEXT NOT NULL DEFAULT 'no state was recorded'
) STRICT;
CREATE INDEX signals_by_time ON signals (time_ms);
CREATE INDEX signals_by_number ON signals (number);
CREATE INDEX signals_open ON signals (signal) WHERE state IN ('ready', 'review', 'fired');

CREATE TABLE signal_states (
    seq INTEGER PRIMARY KEY,
    signal TEXT NOT NULL,
    time_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX signal_states_by_signal ON signal_states (signal);

CREATE TABLE decisions (
    seq INTEGER PRIMARY KEY,
    signal TEXT NOT NULL,
    account TEXT NOT NULL,
    time_ms INTEGER NOT NULL,
    stage TEXT NOT NULL,
    verdict TEXT NOT NULL,
    lots TEXT NOT NULL,
    risk_money TEXT NOT NULL,
    risk_percent TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (json_valid(decision))
) STRICT;
CREATE INDEX decisions_by_signal ON decisions (signal);

CREATE TABLE commands (
    seq INTEGER PRIMARY KEY,
    cmd_id INTEGER NOT NULL CHECK (cmd_id BETWEEN 1 AND 2147483647),
    account TEXT NOT NULL,
    session INTEGER NOT NULL,
    action TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    magic INTEGER NOT NULL,
    symbol TEXT NOT NULL,
    lots TEXT NOT NULL,
    sl TEXT,
    tp TEXT,
    comment TEXT NOT NULL,
    ticket INTEGER,
    price TEXT,
    order_expiry_ms INTEGER,
    max_loss TEXT,
    deviation INTEGER,
    max_spread INTEGER,
    signal TEXT,
    intent TEXT NOT NULL UNIQUE CHECK (intent <> ''),
    reserved_loss TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued'
        CHECK (state IN ('queued', 'not_sent', 'published', 'settled')),
    reason TEXT NOT NULL DEFAULT '',
    resolved_as TEXT,
    UNIQUE (account, cmd_id)
) STRICT;
CREATE INDEX commands_by_time ON commands (created_ms);
CREATE INDEX commands_by_signal ON commands (signal) WHERE signal IS NOT NULL;
CREATE INDEX commands_open ON commands (seq) WHERE state IN ('queued', 'published');

CREATE TABLE command_states (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    cmd_id INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX command_states_by_command ON command_states (account, cmd_id);

CREATE TABLE receipts (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    arrived_ms INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    cmd_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    ticket INTEGER NOT NULL,
    retcode INTEGER NOT NULL,
    price TEXT NOT NULL,
    message TEXT NOT NULL,
    position INTEGER NOT NULL,
    volume TEXT NOT NULL,
    deal INTEGER NOT NULL,
    time_ms INTEGER,
    session INTEGER,
    login INTEGER
) STRICT;
CREATE INDEX receipts_by_command ON receipts (account, cmd_id);

CREATE TABLE deals (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    our_cmd_id INTEGER,
    external INTEGER NOT NULL CHECK (external IN (0, 1)),
    ticket INTEGER NOT NULL,
    "order" INTEGER NOT NULL,
    position_id INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    symbol TEXT NOT NULL,
    type TEXT NOT NULL,
    entry TEXT NOT NULL,
    reason TEXT NOT NULL,
    volume TEXT NOT NULL,
    price TEXT NOT NULL,
    commission TEXT NOT NULL,
    swap TEXT NOT NULL,
    fee TEXT NOT NULL,
    profit TEXT NOT NULL,
    magic INTEGER NOT NULL,
    comment TEXT NOT NULL,
    UNIQUE (account, ticket)
) STRICT;
CREATE INDEX deals_by_time ON deals (time_ms);
CREATE INDEX deals_by_position ON deals (account, position_id);
CREATE INDEX deals_by_command ON deals (account, our_cmd_id) WHERE our_cmd_id IS NOT NULL;
CREATE INDEX deals_external ON deals (time_ms) WHERE external = 1;

CREATE TABLE positions (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    seen_ms INTEGER NOT NULL,
    change TEXT NOT NULL,
    ticket INTEGER NOT NULL,
    identifier INTEGER NOT NULL,
    symbol TEXT NOT NULL,
    side TEXT NOT NULL,
    volume TEXT NOT NULL,
    price_open TEXT NOT NULL,
    sl TEXT,
    tp TEXT,
    price_current TEXT NOT NULL,
    swap TEXT NOT NULL,
    profit TEXT NOT NULL,
    magic INTEGER NOT NULL,
    comment TEXT NOT NULL,
    time_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX positions_by_identifier ON positions (account, identifier);

CREATE TABLE open_positions (
    account TEXT NOT NULL,
    identifier INTEGER NOT NULL,
    PRIMARY KEY (account, identifier)
) STRICT, WITHOUT ROWID;

CREATE TABLE states (
    seq INTEGER PRIMARY KEY,
    account TEXT,
    time_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    reasons TEXT NOT NULL CHECK (json_valid(reasons)),
    source TEXT NOT NULL,
    stop_level TEXT NOT NULL
) STRICT;
CREATE INDEX states_by_account ON states (account);

CREATE TABLE sessions (
    account TEXT NOT NULL,
    session INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    PRIMARY KEY (account, session)
) STRICT, WITHOUT ROWID;

CREATE TABLE alarms (
    seq INTEGER PRIMARY KEY,
    account TEXT,
    time_ms INTEGER NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    next_step TEXT NOT NULL
) STRICT;

CREATE TABLE checkpoints (
    account TEXT NOT NULL,
    file TEXT NOT NULL,
    offset INTEGER NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (account, file)
) STRICT, WITHOUT ROWID;

CREATE TABLE resolutions (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    cmd_id INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    resolved_as TEXT NOT NULL
) STRICT;
CREATE INDEX resolutions_by_command ON resolutions (account, cmd_id);
"""

# How a trade is looked after, and which rule of it asked for a command.
_MANAGEMENT = """
ALTER TABLE commands ADD COLUMN plan TEXT CHECK (plan IS NULL OR json_valid(plan));
ALTER TABLE commands ADD COLUMN source TEXT NOT NULL DEFAULT '';
"""

# What the limits of an account are measured from, and its money as it was seen last.
_LIMITS = """
CREATE TABLE anchors (
    account TEXT NOT NULL,
    schedule TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    balance TEXT NOT NULL,
    equity TEXT NOT NULL,
    highest TEXT NOT NULL,
    peak TEXT NOT NULL,
    exact INTEGER NOT NULL CHECK (exact IN (0, 1)),
    equity_exact INTEGER NOT NULL CHECK (equity_exact IN (0, 1)),
    source TEXT NOT NULL,
    breached TEXT NOT NULL CHECK (json_valid(breached)),
    PRIMARY KEY (account, schedule, start_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE sightings (
    account TEXT PRIMARY KEY,
    time_ms INTEGER NOT NULL,
    balance TEXT NOT NULL,
    equity TEXT NOT NULL,
    deal INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX deals_transfers ON deals (seq) WHERE type IN ('BALANCE', 'CREDIT', 'BONUS');
"""

# How a message belongs to an earlier one: an edit, levels after an alert, a reply.
_THREADS = """
ALTER TABLE signals ADD COLUMN relation TEXT NOT NULL DEFAULT 'new';
ALTER TABLE signals ADD COLUMN thread TEXT NOT NULL DEFAULT '';
ALTER TABLE signals ADD COLUMN changes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(changes));
CREATE INDEX signals_by_thread ON signals (thread) WHERE thread <> '';
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _MANAGEMENT, _LIMITS, _THREADS)
