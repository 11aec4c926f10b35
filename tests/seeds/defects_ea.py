"""Defects of the Expert Advisor's side, each as the patches that bring it back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.retcodes import RetcodeClass, class_of
from signalos_desktop.domain.values import to_ms
from signalos_desktop.domain.wire.commands import CommandRow
from signalos_desktop.domain.wire.fields import BAD_ROW, RowError
from signalos_desktop.engine.desk import Desk as AppDesk
from signalos_desktop.engine.safety import Sight
from signalos_desktop.simulator.expert import (
    closing,
    command_files,
    desk,
    doubt,
    intents,
    latch,
    pulse,
    receipts,
    rows,
    sending,
    status,
    sweep,
)
from signalos_desktop.simulator.expert.command_files import Line
from signalos_desktop.simulator.expert.opening import receipt as receipt_of
from tests.seeds.terminal import Terminal

Patch = tuple[Any, str, Any]


def _nothing(*_: Any, **__: Any) -> None:
    """It is not done."""


def _alive_at_once() -> list[Patch]:
    """A heartbeat that lies there counts: the row is met while it still lives."""

    def alive(self: Any) -> bool:
        return not self.closing and self.known and self.silent_s <= pulse.FRESH_S

    return [(pulse.Pulse, "alive", property(alive))]


def _forget_receipts() -> list[Patch]:
    init = receipts.Receipts.__init__

    def blank(self: Any, *args: Any) -> None:
        init(self, *args)
        self.final, self.unclear, self.late, self.deals = {}, {}, {}, set()
        vars(self)["_marks"] = {}

    return [(receipts.Receipts, "__init__", blank), *_alive_at_once()]


def _rows_at_start_run() -> list[Patch]:
    return [(command_files._Tail, "bind", _nothing)]  # noqa: SLF001 - a defect is put in there


def memory_only() -> list[Patch]:
    init = intents.Intents.__init__

    def blank(self: Any, files: Any) -> None:
        init(self, files)
        self.by_id = {}

    return [*_forget_receipts(), *_rows_at_start_run(), (intents.Intents, "__init__", blank)]


def dedupe_only() -> list[Patch]:
    return [*_forget_receipts(), *_rows_at_start_run(), (doubt.Doubts, "restore", _nothing)]


def resend() -> list[Patch]:
    """Receipts are remembered; what has none is executed at the start."""
    return [*_rows_at_start_run(), (doubt.Doubts, "restore", _nothing), *_alive_at_once()]


def server_clock() -> list[Patch]:
    def expired(self: Any, row: CommandRow) -> bool:
        ahead = timedelta(seconds=self.terminal.server_utc_offset())
        return to_ms(self.terminal.time_gmt() + ahead) > row.expires_ms

    return [(desk.Desk, "expired", expired)]


def quote_clock() -> list[Patch]:
    """TimeCurrent is the time of the last price, and stands still between two of them."""
    quote, last = Terminal.quote, {"ms": 0}

    def noted(self: Terminal, symbol: str, bid: Decimal) -> None:
        last["ms"] = to_ms(self.ground.clock.now())
        quote(self, symbol, bid)

    def expired(self: Any, row: CommandRow) -> bool:
        return last["ms"] + 1000 > row.expires_ms

    return [(Terminal, "quote", noted), (desk.Desk, "expired", expired)]


def no_expiry() -> list[Patch]:
    return [(desk.Desk, "expired", lambda self, row: False)]


def only_done() -> list[Patch]:
    def strict(retcode: int, action: CommandAction) -> RetcodeClass:
        kind = class_of(retcode, action)
        fair = retcode == 10009 or kind in (RetcodeClass.RETRY, RetcodeClass.NEXT_FILLING)
        return kind if fair else RetcodeClass.REJECT

    return [(sending, "class_of", strict)]


def queue_offline() -> list[Patch]:
    """A row that cannot be sent waits for the line, and is then no longer asked for its expiry."""
    settle, expired = rows.Rows._settle, desk.Desk.expired  # noqa: SLF001 - a defect is put in
    waited: set[int] = set()

    def wait(self: Any, row: CommandRow, line: Line) -> bool:
        terminal = vars(self)["_desk"].terminal
        if row.action.opens and not terminal.permissions().connected:
            waited.add(row.cmd_id)
            return False
        return settle(self, row, line)

    def late_is_fine(self: Any, row: CommandRow) -> bool:
        return row.cmd_id not in waited and expired(self, row)

    return [(rows.Rows, "_settle", wait), (desk.Desk, "expired", late_is_fine)]


def close_all() -> list[Patch]:
    def close_ticket(self: Any, row: CommandRow) -> Any:
        own = vars(self)["_desk"]
        for held in own.positions():
            if held.magic == row.magic and held.symbol == row.symbol:
                closing.close_position(own, held, held.volume, row.comment)
        return receipt_of(row, ReceiptStatus.FILLED, "Closed position(s)", retcode=10009)

    return [(closing.Closer, "close_ticket", close_ticket)]


def any_account() -> list[Patch]:
    return [(rows.Rows, "_elsewhere", _nothing)]


def torn_rows() -> list[Patch]:
    """What stands there is a row; columns that are missing are what they usually are."""
    peek = command_files._Tail.peek  # noqa: SLF001 - a defect is put in there
    skip = command_files._Tail.skip  # noqa: SLF001 - as above

    def greedy(self: Any) -> Line | None:
        line = peek(self)
        rest = vars(self).get("_rest")
        if line is None and rest and b"\n" not in rest:
            return Line(self.name, self.start, bytes(rest), self.start < self.bound)
        return line

    def over(self: Any, count: int = 0) -> None:
        rest = vars(self)["_rest"]
        skip(self, count or (0 if b"\n" in rest else len(rest)))

    return [
        (command_files._Tail, "peek", greedy),  # noqa: SLF001 - as above
        (command_files._Tail, "skip", over),  # noqa: SLF001 - as above
        (rows, "decode_command", _lenient),
    ]


def _lenient(data: bytes) -> CommandRow:
    columns = data.decode("ascii", "replace").strip().split(",")
    if len(columns) < 7 or not columns[0].isdigit():
        raise RowError(BAD_ROW, "no row")

    def column(place: int) -> str:
        return columns[place] if len(columns) > place else ""

    try:
        return CommandRow(
            cmd_id=int(columns[0]),
            timestamp=columns[1],
            symbol=columns[2],
            action=CommandAction(columns[3]),
            lots=Decimal(columns[4]),
            sl=_price(column(5)),
            tp=_price(column(6)),
            magic=4400000,
            comment=f"#{columns[0]}",
            ttl_sec=30,
            ticket=_whole(column(10)),
            price=_price(column(11)),
            order_expiry_ms=_whole(column(12)),
            expires_ms=_whole(column(13)) or 4_000_000_000_000,
            session=_whole(column(14)) or 1,
            account=column(15) or "5000001@SignalOS-Demo",
            max_loss=_price(column(16)) or Decimal(10**6),
            deviation=_whole(column(17)),
            max_spread=_whole(column(18)),
        )
    except (ValueError, InvalidOperation):
        raise RowError(BAD_ROW, "no row") from None


def _price(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"[0-9]+(\.[0-9]*)?", text) else None


def _whole(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def no_halt() -> list[Patch]:
    return [(latch.Latch, "look", _nothing)]


def delete_first() -> list[Patch]:
    """DWX: what is read is removed, then executed."""
    look = command_files.CommandFiles.look

    def take(self: Any) -> None:
        look(self)
        files = vars(self)["_files"]
        for tail in vars(self)["_tails"]:
            if vars(tail)["_rest"]:
                files.delete(tail.name)

    return [(command_files.CommandFiles, "look", take)]


def no_wait() -> list[Patch]:
    return [(doubt.Doubts, "_absent", lambda self, one, connected: True)]


def flat_too_soon() -> list[Patch]:
    """On both sides: each of them alone would be enough."""
    run, sight = sweep.Sweep.run, AppDesk.sight

    def nothing_unclear(self: AppDesk) -> Sight:
        return replace(sight(self), unresolved=0, on_their_way=0)

    return [
        (sweep.Sweep, "run", lambda self, unresolved: run(self, 0)),
        (status.Status, "unresolved", property(lambda self: 0)),
        (AppDesk, "sight", nothing_unclear),
    ]


def orders_left() -> list[Patch]:
    """Neither side looks at resting orders when it stops."""

    def positions_only(self: Any) -> list[int]:
        return [one.ticket for one in self.book.positions.values()]

    def none_seen(self: Any) -> list[Any]:
        return []

    return [(desk.Desk, "orders", none_seen), (AppDesk, "in_scope", positions_only)]
