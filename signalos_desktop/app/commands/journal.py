"""The verb `journal`: one line for each intent and what became of it, also while the app runs."""

import argparse
from collections.abc import Iterator

from signalos_desktop.adapters.ledger.reading import JournalLine, read_journal
from signalos_desktop.app.commands.output import print_json, print_line, print_table
from signalos_desktop.app.exits import ExitError
from signalos_desktop.app.paths import data_folder
from signalos_desktop.domain.values import iso_ms
from signalos_desktop.engine.ports import LedgerDamagedError, LedgerFailedError

_HEAD = (
    "UTC",
    "Account",
    "Signal",
    "Id",
    "Action",
    "Symbol",
    "Lots",
    "Outcome",
    "Tickets",
    "Reason",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON lines instead of a table")


def run(args: argparse.Namespace) -> int:
    path = data_folder(args.data_dir).journal
    lines: Iterator[JournalLine] = read_journal(path) if path.exists() else iter(())
    try:
        if args.json:
            for line in lines:
                print_json(_object(line))
        else:
            _print_table(lines)
    except (LedgerFailedError, LedgerDamagedError) as error:
        raise ExitError(str(error)) from error
    return 0


def _print_table(lines: Iterator[JournalLine]) -> None:
    rows = [_cells(line) for line in lines]
    if rows:
        print_table(_HEAD, rows)
    else:
        print_line("The journal is empty: nothing has been traded with this data folder yet.")


def _object(line: JournalLine) -> dict[str, object]:
    return {
        "intent": line.intent,
        "signal": line.signal,
        "cmd_id": line.cmd_id,
        "session": line.session,
        "account": line.account,
        "action": line.action,
        "symbol": line.symbol,
        "lots": line.lots,
        "outcome": line.outcome,
        "reason": line.reason,
        "source": line.source,
        "tickets": list(line.tickets),
        "deals": list(line.deals),
        "utc": iso_ms(line.time),
    }


def _cells(line: JournalLine) -> tuple[str, ...]:
    return (
        iso_ms(line.time),
        line.account,
        line.signal or "",
        "" if line.cmd_id is None else str(line.cmd_id),
        line.action,
        line.symbol,
        line.lots,
        line.outcome,
        ",".join(line.tickets),
        line.reason or line.source,
    )
