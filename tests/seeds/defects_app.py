"""Defects of the app's side, each as the patches that bring it back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from signalos_desktop.adapters.mt5_files import feeds, heartbeat, receipt_feed
from signalos_desktop.domain import orders
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.wire.fields import BAD_ROW, RowError
from signalos_desktop.engine import desk, exposure, pipeline
from signalos_desktop.engine.entries import CommandEntry
from signalos_desktop.engine.flight import NOT_FILLED
from signalos_desktop.engine.ports import OutboxBusyError
from signalos_desktop.simulator.expert import guard

Patch = tuple[Any, str, Any]


def retry_new_id() -> list[Patch]:
    return _retry(2.0)


def retry_soon() -> list[Patch]:
    return _retry(1.0)


def _retry(lives: float) -> list[Patch]:
    """An open without a receipt is given up and sent again under the next id."""
    expire = pipeline.Pipeline.expire

    def again(self: Any) -> Any:
        for own in self.desks.values():
            for tracked in own.flight.outstanding():
                command = tracked.command
                life = command.expires - command.created
                if command.action.opens and own.issuer().now > command.created + life * lives:
                    own.flight.resolve(command.cmd_id, NOT_FILLED)
                    own.spawn(_send_again(own, tracked.entry, life))
        return expire(self)

    return [(pipeline.Pipeline, "expire", again)]


async def _send_again(own: Any, entry: CommandEntry, life: timedelta) -> None:
    now, cmd_id = own.issuer().now, own.next_id()
    label = entry.command.comment.partition(" ")[2]
    command = replace(
        entry.command,
        cmd_id=cmd_id,
        session=own.session,
        created=now,
        expires=now + life,
        comment=f"#{cmd_id} {label}".strip(),
    )
    await own.send(
        [replace(entry, command=command, intent=f"{entry.intent} again {cmd_id}")], by_user=True
    )


def torn_receipts() -> list[Patch]:
    """The tail of the file counts as a row, and a row needs no check sum."""
    read = receipt_feed.TailReader._rows  # noqa: SLF001 - a defect is put in there

    def greedy(self: Any, data: bytes) -> Any:
        found, used = read(self, data)
        rest = data[used:]
        if rest and b"," in rest and self.path.name == "receipts.csv":
            read_one = vars(self)["_decode"]
            try:
                return [*found, read_one(rest)], used
            except RowError:
                pass
        return found, used

    init = feeds.Feeds.__init__

    def lenient(self: Any, *args: Any) -> None:
        init(self, *args)
        vars(vars(self)["_receipts"])["_decode"] = _lenient

    return [
        (receipt_feed.TailReader, "_rows", greedy),
        (feeds.Feeds, "__init__", lenient),
    ]


def _lenient(line: bytes) -> Receipt:
    columns = line.decode("ascii", "replace").strip().split(",")
    while len(columns) < 13:
        columns.append("")
    try:
        return Receipt(
            int(columns[0]),
            ReceiptStatus(columns[1]),
            _whole(columns[2]),
            _whole(columns[3]),
            Decimal(columns[4] or 0),
            columns[5].strip('"'),
            _whole(columns[6]),
            Decimal(columns[7] or 0),
            _whole(columns[8]),
        )
    except (ValueError, InvalidOperation):
        raise RowError(BAD_ROW, "no receipt") from None


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0


def clear_processed() -> list[Patch]:
    """Whenever all that was sent has its receipt the command file is emptied."""
    archive = desk.Desk.archive

    def clear(self: Any) -> None:
        files, own = vars(self.bridge)["_files"], vars(self.bridge)["_rows"]
        if not self.flight.outstanding() and files.stat(own.path) is not None:
            files.overwrite(own.path, b"")
            own.forget()
        archive(self)

    return [(desk.Desk, "archive", clear)]


def no_stop_loss() -> list[Patch]:
    """The order goes without an S/L, and the Expert Advisor asks for none."""
    make = orders.open_commands

    def bare(*args: Any) -> Any:
        return tuple(replace(command, sl=Decimal(0)) for command in make(*args))

    def fine(self: Any, opening: Any) -> None:
        """No S/L is asked for."""

    return [
        (pipeline, "open_commands", bare),
        (guard.Guard, "_stop_loss", fine),
        (guard.Guard, "_risk", fine),
    ]


def no_reservation() -> list[Patch]:
    """Only what the terminal shows counts against the caps."""
    return [(exposure.Exposure, "_reservations", lambda self: ())]


def never_fenced() -> list[Patch]:
    """Nobody looks whether another panel has taken the folder."""
    return [(heartbeat.AppFile, "announced", lambda self: 0)]


def file_first() -> list[Patch]:
    """The rows are written, and the journal is told afterwards."""
    send = desk.Desk.send

    async def early(self: Any, entries: Any, **how: Any) -> Any:
        for entry in entries:
            with suppress(OutboxBusyError):
                vars(self)["_gate"].send(entry.command, self.standing(), by_user=how["by_user"])
        return await send(self, entries, **how)

    return [(desk.Desk, "send", early)]
