"""The account's deals out of the journal, with what each position was opened for and risked."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from signalos_desktop.adapters.ledger.columns import decode
from signalos_desktop.adapters.ledger.database import open_readable, trouble_named
from signalos_desktop.domain.position import Deal
from signalos_desktop.domain.values import Account

_DEALS = "SELECT * FROM deals ORDER BY time_ms, seq"
# Of each position the command that opened it, and whose signal that was.
_OPENED = """
SELECT deals.account, deals.position_id, commands.reserved_loss, signals.provider
FROM deals JOIN commands ON commands.account = deals.account AND commands.cmd_id = our_cmd_id
LEFT JOIN signals ON signals.signal = commands.signal
WHERE deals.entry = 'IN'
"""


@dataclass(frozen=True, slots=True)
class AccountResults:
    """providers and risks by position id; risk: the loss at the S/L that was reserved."""

    deals: tuple[Deal, ...]
    providers: Mapping[int, str]
    risks: Mapping[int, Decimal]


def read_results(path: Path) -> dict[Account, AccountResults]:
    """By account; empty while there is no journal. LedgerFailedError if it cannot be read."""
    if not path.exists():
        return {}
    with trouble_named(path), closing(open_readable(path)) as connection:
        connection.execute("BEGIN")
        deals: dict[str, list[Deal]] = {}
        for row in connection.execute(_DEALS):
            deals.setdefault(row["account"], []).append(decode(Deal, row))
        opened = list(connection.execute(_OPENED))
    return {
        Account.parse(account): _of_account(account, found, opened)
        for account, found in deals.items()
    }


def _of_account(account: str, deals: list[Deal], opened: list[sqlite3.Row]) -> AccountResults:
    own = [row for row in opened if row["account"] == account]
    risks: dict[int, Decimal] = {}
    for row in own:
        loss = abs(Decimal(row["reserved_loss"]))
        if loss:
            risks[row["position_id"]] = risks.get(row["position_id"], Decimal(0)) + loss
    providers = {row["position_id"]: row["provider"] for row in own if row["provider"]}
    return AccountResults(tuple(deals), providers, risks)
