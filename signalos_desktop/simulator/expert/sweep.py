"""What a stop does: our resting orders first, then the positions, until the scope is flat."""

from dataclasses import dataclass
from decimal import Decimal

from signalos_desktop.domain.ea_status import StopTicket
from signalos_desktop.domain.position import Position
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.values import to_ms
from signalos_desktop.simulator.expert.closing import cancel_order, close_position, no_barrier
from signalos_desktop.simulator.expert.desk import Desk
from signalos_desktop.simulator.expert.sending import Sent, Verdict

BACKOFF_S = (0.25, 0.5, 1.0, 2.0, 4.0, 5.0)
SLICE_S = 0.5
"""After so long the other duties of the timer get their turn."""
OVERDUE_S = 5.0


@dataclass(slots=True)
class _Try:
    symbol: str
    volume: Decimal
    retcode: int = 0
    attempts: int = 0
    next_at: float = 0.0


class Sweep:
    """HALT deletes orders and keeps positions; FLATTEN closes them; FLAT after two equal scans."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tries: dict[int, _Try] = {}
        self._must_close: set[int] = set()
        self._stop_id = 0
        self._since = 0.0
        self._empty_before = False
        self._told_not_flat = False
        self.flat = False
        self.positions = 0
        self.orders = 0

    def close_late_fill(self, late: Receipt) -> None:
        """A late fill found while a stop is latched goes at once, at either level."""
        if self._desk.latch.stopped:
            self._must_close.add(late.position)

    def restore(self) -> None:
        """At OnInit: late fills found under this stop that may still be open."""
        latch = self._desk.latch
        for late in self._desk.receipts.late.values():
            found_ms = to_ms(late.time) if late.time else 0
            if latch.level and found_ms >= latch.latched_ms:
                self._must_close.add(late.position)

    @property
    def tickets(self) -> tuple[StopTicket, ...]:
        """What could not be closed or deleted yet."""
        now, now_ms = self._desk.monotonic(), self._desk.now_ms()
        return tuple(
            StopTicket(
                ticket,
                left.symbol,
                left.volume,
                left.retcode,
                left.attempts,
                now_ms + max(0, int((left.next_at - now) * 1000)),
            )
            for ticket, left in self._tries.items()
        )

    def run(self, unresolved: int) -> None:
        """Once a timer, after the doubts."""
        latch = self._desk.latch
        if latch.level is StopLevel.NONE:
            self._reset()
            return
        if latch.stop_id != self._stop_id:
            self._reset()
            self._stop_id, self._since = latch.stop_id, self._desk.monotonic()
        end = self._desk.monotonic() + SLICE_S
        sent = self._delete_orders(end)
        sent = self._close_positions(end) or sent
        self._scan(sent, unresolved)

    def _reset(self) -> None:
        if not self._stop_id:
            return
        if self._desk.latch.level is StopLevel.NONE:
            self._must_close.clear()
        self._tries.clear()
        self._stop_id, self._empty_before = 0, False
        self._told_not_flat = self.flat = False

    def _delete_orders(self, end: float) -> bool:
        sent = False
        for order in self._desk.orders():
            if self._desk.monotonic() >= end and sent:
                break
            if self._due(order.ticket):
                result = cancel_order(self._desk, order.ticket, no_barrier)
                self._note(order.ticket, order.symbol, order.volume, result)
                sent = True
        return sent

    def _close_positions(self, end: float) -> bool:
        """Only after every order was deleted, or refused to be: a fill must not come behind."""
        if any(order.ticket not in self._tries for order in self._desk.orders()):
            return False
        sent = False
        for held in sorted(self._to_close(), key=self._worth_at_sl):
            if self._desk.monotonic() >= end and sent:
                break
            if self._due(held.ticket):
                comment = f"stop {self._stop_id}"
                result = close_position(self._desk, held, held.volume, comment)
                self._note(held.ticket, held.symbol, held.volume, result)
                sent = True
        return sent

    def _to_close(self) -> list[Position]:
        if self._desk.latch.level is StopLevel.FLATTEN:
            return self._desk.positions()
        if not self._must_close:
            return []
        return [held for held in self._desk.positions() if held.identifier in self._must_close]

    def _worth_at_sl(self, held: Position) -> Decimal:
        """Profit at the S/L, so that the largest loss comes first; without S/L before all."""
        profit = None
        if held.sl:
            profit = self._desk.terminal.order_calc_profit(
                held.side.name, held.symbol, held.volume, held.price_current, held.sl
            )
        return Decimal("-Infinity") if profit is None else profit

    def _due(self, ticket: int) -> bool:
        left = self._tries.get(ticket)
        return left is None or self._desk.monotonic() >= left.next_at

    def _note(self, ticket: int, symbol: str, volume: Decimal, sent: Sent) -> None:
        left = self._tries.setdefault(ticket, _Try(symbol, volume))
        if sent.verdict is Verdict.DONE:
            left.attempts = 0
        pause = BACKOFF_S[min(left.attempts, len(BACKOFF_S) - 1)]
        left.attempts += 1
        left.volume, left.retcode = volume, sent.retcode
        left.next_at = self._desk.monotonic() + pause

    def _scan(self, sent: bool, unresolved: int) -> None:
        """FLAT is two empty scans on consecutive timers, connected, with nothing unresolved."""
        desk = self._desk
        positions, orders = desk.positions(), desk.orders()
        self.positions, self.orders = len(positions), len(orders)
        there = {held.ticket for held in positions} | {order.ticket for order in orders}
        self._tries = {t: left for t, left in self._tries.items() if t in there}
        empty = not there and not unresolved and desk.terminal.permissions().connected
        flat = empty and self._empty_before and not sent
        self._empty_before = empty and not sent
        if flat and not self.flat:
            desk.events.add("FLAT", f"stop {self._stop_id}: no position, no order, two scans")
        elif not empty or (self.flat and sent):
            self._tell_not_flat(unresolved)
        self.flat = flat

    def _tell_not_flat(self, unresolved: int) -> None:
        """Once a stop, and again when what was flat is not any more."""
        desk = self._desk
        kept = desk.latch.level is StopLevel.HALT and not self.orders
        overdue = desk.monotonic() - self._since >= OVERDUE_S
        if not self.flat and (self._told_not_flat or not (kept or overdue)):
            return
        self._told_not_flat = True
        desk.events.add(
            "NOT_FLAT",
            f"stop {self._stop_id} {desk.latch.level.name}: {self.positions} positions, "
            f"{self.orders} orders, {unresolved} unresolved",
        )
