"""The columns of Commands & receipts and of the journal."""

from signalos_desktop.ui.models.columns import Cell, Column, RowAction, chip_cell
from signalos_desktop.ui.panels.usual_columns import number_column, symbol_column, volume_column
from signalos_desktop.ui.theme.figures import took, volume
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.viewmodels.command_rows import CommandRow, Outcome
from signalos_desktop.ui.viewmodels.instruments import Instruments
from signalos_desktop.ui.viewmodels.journal_rows import JournalRow
from signalos_desktop.ui.viewmodels.trade_rows import one_line

SETTLE_ACTIONS = (
    RowAction("filled", "Looked in MT5: it was filled", "It was filled"),
    RowAction("not_filled", "Looked in MT5: it was not filled", "It was not"),
)
_CHIPS = {
    Outcome.WAITING: (Tone.PLAIN, "clock"),
    Outcome.UNKNOWN: (Tone.AMBER, "question"),
    Outcome.FILLED: (Tone.OK, "check"),
    Outcome.PARTIAL: (Tone.AMBER, "check"),
    Outcome.PLACED: (Tone.ACCENT, "clock"),
    Outcome.REJECTED: (Tone.BAD, "cross"),
    Outcome.EXPIRED: (Tone.STALE, "clock"),
    Outcome.DENIED: (Tone.BAD, "lock"),
    Outcome.ERROR: (Tone.BAD, "warning"),
    Outcome.NOT_SENT: (Tone.STALE, "skip"),
    Outcome.SETTLED: (Tone.PLAIN, "check"),
}


def command_columns(use: Instruments) -> tuple[Column[CommandRow], ...]:
    def size(row: CommandRow) -> str:
        lots = row.command.lots
        return volume(lots, use.step(row.account, row.command.symbol)) if lots else ""

    return (
        number_column("id", "Id", lambda r: r.command.cmd_id, width=72, compact=72),
        Column(
            "time",
            "Time",
            104,
            lambda r: Cell(use.clock(r.command.created), "text2"),
            lambda r: r.command.created.timestamp(),
            right=True,
            compact=96,
        ),
        Column("action", "Action", 128, _action, lambda r: r.command.action.value, compact=116),
        symbol_column(lambda r: r.command.symbol),
        volume_column(size, drop=5),
        number_column("ticket", "Ticket", lambda r: r.ticket, width=112, compact=96, drop=4),
        Column("receipt", "Receipt", 156, _receipt, lambda r: r.outcome.value, compact=150),
        Column("code", "Code", 72, _code, right=True, compact=64, drop=2),
        Column("words", "In words", 0, _words, minimum=160, wrap=True),
        Column("took", "Took", 80, _took, right=True, compact=72, drop=3),
        Column(
            "from",
            "From",
            96,
            lambda r: Cell(one_line(r.signal or "you"), "text2"),
            lambda r: r.signal or "",
            compact=80,
            drop=1,
        ),
        Column("actions", "", 188, _settle, right=True, compact=180),
    )


def journal_columns(use: Instruments) -> tuple[Column[JournalRow], ...]:
    return (
        Column(
            "time",
            "Time",
            164,
            lambda r: Cell(use.time(r.time), "text2"),
            lambda r: r.time.timestamp(),
            compact=148,
        ),
        Column(
            "source",
            "Source",
            208,
            lambda r: Cell(r.source, "text2"),
            lambda r: r.source,
            compact=176,
        ),
        Column("text", "Message", 0, lambda r: Cell(r.text, r.tone), minimum=200),
    )


def _action(row: CommandRow) -> Cell:
    name = row.command.action.value
    side = name.split("_")[0].lower()
    if row.command.action.opens:
        return Cell(name, side, 600)
    return Cell(name, "text2")


def _receipt(row: CommandRow) -> Cell:
    if row.overdue and row.unclear:
        return chip_cell("No answer", Tone.AMBER, "question")
    tone, icon = _CHIPS[row.outcome]
    return chip_cell(row.outcome.value, tone, icon)


def _code(row: CommandRow) -> Cell:
    code = row.receipt.retcode if row.receipt else 0
    return Cell(str(code or ""), "text2")


def _words(row: CommandRow) -> Cell:
    if row.unclear:
        return Cell(row.words, "amber")
    return Cell(row.words, "loss" if row.outcome.refused else "text")


def _took(row: CommandRow) -> Cell:
    return Cell(took(row.took_ms) if row.took_ms is not None else "", "text2")


def _settle(row: CommandRow) -> Cell:
    return Cell(actions=SETTLE_ACTIONS) if row.unclear and row.signal else Cell()
