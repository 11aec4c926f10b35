"""Recording from a test that has no loop of its own."""

import asyncio
from typing import Any

from signalos_desktop.engine.ports import Ledger


async def recorded(journal: Ledger, *entries: Any) -> None:
    """Wait until the entries are on the disk."""
    await journal.record(*entries)


def record(journal: Ledger, *entries: Any) -> None:
    """Record and wait; wrong entries are tested as well."""
    asyncio.run(recorded(journal, *entries))
