"""Its own process, to be killed: records commands for ever and says which are acknowledged."""

import asyncio
import sys
from pathlib import Path

from signalos_desktop.adapters.ledger.journal import Journal
from signalos_desktop.domain.receipt import ReceiptStatus
from tests.unit.adapters.ledger.samples import (
    StandingClock,
    command,
    deal,
    receipt,
    signal,
)


async def write(journal: Journal, writer: int) -> None:
    cmd_id = writer
    while True:
        cmd_id += 8
        await journal.record(
            signal(f"S{cmd_id}"),
            command(cmd_id, signal=f"S{cmd_id}"),
            receipt(cmd_id, ReceiptStatus.FILLED),
            deal(cmd_id, cmd_id),
        )
        sys.stdout.write(f"{cmd_id}\n")
        sys.stdout.flush()


async def main(path: Path) -> None:
    journal = Journal(path, StandingClock())
    await asyncio.gather(*(write(journal, writer) for writer in range(8)))


asyncio.run(main(Path(sys.argv[1])))
