"""The stock executor of protocol 1, with the quirks that the panel has to live with."""

import re
from collections import deque
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from signalos_desktop.domain.position import Position
from signalos_desktop.domain.retcodes import describe_retcode
from signalos_desktop.domain.values import ZERO, Side
from signalos_desktop.simulator.expert.faulty_files import FaultyFiles
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.files import Files, FilesBusyError, FilesFailedError
from signalos_desktop.simulator.trade import (
    Filling,
    Terminal,
    TradeAction,
    TradeRequest,
    TradeResult,
)

COMMANDS = "commands.csv"
RECEIPTS = "receipts.csv"
FIELDS = 10
RECEIPT_HEADER = "cmd_id,status,ticket,retcode,fill_price,message"
DONE = 10009
DEVIATION = 10
REMEMBERED = 10_000

_LEADING_INT = re.compile(r"\s*([+-]?[0-9]+)")
_LEADING_NUMBER = re.compile(r"\s*([+-]?[0-9]+(?:\.[0-9]+)?)")
_STAMP = re.compile(r"(\d{4})[.\-/](\d\d)[.\-/](\d\d) (\d\d):(\d\d)(?::(\d\d))?")


def int32(number: int) -> int:
    return (number + 2**31) % 2**32 - 2**31


def to_int(text: str) -> int:
    """(int)StringToInteger: leading digits, cut to 32 bits; anything else is 0."""
    match = _LEADING_INT.match(text)
    return int32(int(match[1])) if match else 0


def to_number(text: str) -> Decimal:
    match = _LEADING_NUMBER.match(text)
    return Decimal(match[1]) if match else ZERO


def to_time(text: str) -> datetime:
    """StringToTime on the server's clock; what is no time is 1970."""
    match = _STAMP.match(text)
    if match:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        try:
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except ValueError:
            pass
    return datetime(1970, 1, 1, tzinfo=UTC)


class StockExecutor:
    """Polls commands.csv in F as a whole and appends to receipts.csv; knows nothing durable.

    period_s: whole seconds, as its input. Ten fields a record whatever the line ends; a header
    costs one field; ids in memory only; a receipt whose file cannot be opened is gone for ever.
    """

    def __init__(
        self,
        terminal: Terminal,
        files: Files,
        faults: Faults,
        *,
        magic: int = 4400000,
        period_s: int = 2,
    ) -> None:
        self._terminal = terminal
        self._files = FaultyFiles(files, faults)
        self._faults = faults
        self._magic = magic
        self.timer_ms = period_s * 1000
        self._done: deque[int] = deque(maxlen=REMEMBERED)
        self.ready = False

    def start(self) -> None:
        self._done.clear()
        self.ready = True

    def stop(self) -> None:
        self.ready = False

    def timer(self) -> None:
        if self._faults.hit("dead-ea") is not None:
            return
        try:
            data = self._files.read(COMMANDS)
        except (FilesBusyError, FilesFailedError):
            return
        if data is None:
            return
        fields = _fields(data.decode("latin-1"))
        for i in range(0, len(fields), FIELDS):
            record = fields[i : i + FIELDS]
            self._record(record + [""] * (FIELDS - len(record)))

    def _record(self, record: list[str]) -> None:
        cmd_id, ttl = to_int(record[0]), to_int(record[9])
        if cmd_id <= 0 or cmd_id in self._done:
            return
        age = int((self._time_current() - to_time(record[1])).total_seconds())
        if ttl > 0 and age > ttl:
            self._receipt(cmd_id, "EXPIRED", f"Command expired (age: {age}s, TTL: {ttl}s)")
        elif to_int(record[7]) != self._magic:
            self._receipt(cmd_id, "REJECTED", "Magic number mismatch")
        else:
            self._execute(cmd_id, record)
        self._done.append(cmd_id)

    def _time_current(self) -> datetime:
        """Time of the last tick on the server's clock: it stands still without ticks."""
        ahead = timedelta(seconds=self._terminal.server_utc_offset())
        ticks = [quote.time for quote in self._terminal.quotes()]
        return max(ticks, default=datetime(1970, 1, 1, tzinfo=UTC)).replace(microsecond=0) + ahead

    def _execute(self, cmd_id: int, record: list[str]) -> None:
        symbol, action = record[2], record[3]
        if not self._terminal.select_symbol(symbol):
            self._receipt(cmd_id, "ERROR", f"Symbol not found: {symbol}")
        elif action in ("BUY", "SELL"):
            self._open(cmd_id, record)
        elif action == "CLOSE":
            self._close(cmd_id, symbol)
        else:
            self._receipt(cmd_id, "ERROR", f"Unknown action: {action}")

    def _open(self, cmd_id: int, record: list[str]) -> None:
        request = TradeRequest(
            action=TradeAction.DEAL,
            magic=self._magic,
            symbol=record[2],
            volume=to_number(record[4]),
            type=record[3],
            price=self._price(record[2], Side[record[3]]),
            sl=to_number(record[5]),
            tp=to_number(record[6]),
            deviation=DEVIATION,
            comment=record[8],
        )
        result = self._send(request)
        status = "FILLED" if result.retcode == DONE else "REJECTED"
        words = describe_retcode(result.retcode).wording
        self._receipt(cmd_id, status, words, result.order, result.retcode, result.price)

    def _send(self, request: TradeRequest) -> TradeResult:
        """FOK, IOC, RETURN, again whenever the code is not DONE: after a timeout as well."""
        result = TradeResult(False, 0)
        for filling in Filling:
            result = self._terminal.order_send(_with_filling(request, filling))
            if result.retcode == DONE:
                break
        return result

    def _close(self, cmd_id: int, symbol: str) -> None:
        ours = [
            held
            for held in self._terminal.positions()
            if held.symbol == symbol and held.magic == self._magic
        ]
        closed = sum(self._close_one(held) for held in ours)
        if closed:
            self._receipt(cmd_id, "FILLED", f"Closed {closed} position(s)", 0, DONE)
        else:
            self._receipt(cmd_id, "ERROR", f"No positions closed for {symbol}")

    def _close_one(self, held: Position) -> bool:
        request = TradeRequest(
            action=TradeAction.DEAL,
            magic=self._magic,
            symbol=held.symbol,
            volume=held.volume,
            type=held.side.opposite.name,
            price=self._price(held.symbol, held.side.opposite),
            deviation=DEVIATION,
            position=held.ticket,
            comment="Close by EA",
        )
        sent = (
            self._terminal.order_send(_with_filling(request, filling))
            for filling in (Filling.FOK, Filling.IOC)
        )
        return any(result.retcode == DONE for result in sent)

    def _price(self, symbol: str, side: Side) -> Decimal:
        for quote in self._terminal.quotes():
            if quote.symbol == symbol:
                return quote.ask if side is Side.BUY else quote.bid
        return ZERO

    def _receipt(
        self,
        cmd_id: int,
        status: str,
        message: str,
        ticket: int = 0,
        retcode: int = 0,
        price: Decimal = ZERO,
    ) -> None:
        row = f"{cmd_id},{status},{int32(ticket)},{retcode},{price:.5f},{message}\r\n"
        try:
            header = "" if self._files.size(RECEIPTS) else f"{RECEIPT_HEADER}\r\n"
            self._files.append(RECEIPTS, (header + row).encode("latin-1", "replace"))
        except (FilesBusyError, FilesFailedError):
            return


def _fields(text: str) -> list[str]:
    """Fields as FileReadString gives them in CSV mode, one after the other across line ends."""
    fields = _split(text)
    return fields[1:] if fields[:1] == ["cmd_id"] else fields


def _split(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return [field for line in lines for field in line.split(",")]


def _with_filling(request: TradeRequest, filling: Filling) -> TradeRequest:
    return TradeRequest(
        action=request.action,
        magic=request.magic,
        symbol=request.symbol,
        volume=request.volume,
        type=request.type,
        price=request.price,
        sl=request.sl,
        tp=request.tp,
        deviation=request.deviation,
        filling=filling,
        position=request.position,
        comment=request.comment,
    )
