"""The app's own way through a stop, where the Expert Advisor knows none: CLOSE, look, again."""

from decimal import Decimal

from signalos_desktop.domain.orders import close_symbol_command
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import CommandEntry
from signalos_desktop.engine.flight import Tracked
from signalos_desktop.engine.ports import Clock

RETRY_S, MOST_DOUBLED = 5.0, 4
TRIES = 3


class Sweep:
    """Of one desk. Rounds of CLOSE for each symbol until one that began when no entry could follow
    any more found nothing left to do. It proves nothing: that takes eyes on the account.

    An executor says ERROR where nothing was open and where a close failed: it is asked TRIES times.
    """

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock
        self._began = ""
        self._level = StopLevel.NONE
        self._forget()

    def look(self) -> None:
        """Do the next step, if there is one; called at every poll."""
        safety, desk = self._desk.safety, self._desk
        if (safety.press_id, safety.wanted) != (self._began, self._level):
            self._began, self._level = safety.press_id, safety.wanted
            self._forget()
            desk.swept = False
        if not safety.stopped or desk.swept or self._sending or self._under_way():
            return
        unread = desk.flight.opens_unread(desk.issuer().now) > 0
        if safety.wanted is StopLevel.HALT:
            desk.swept = not unread
            return
        failed = self._failed()
        if self._final and not failed:
            desk.swept = True
        elif self._may_begin(unread, failed):
            self._begin(failed if self._final else self._symbols(), final=not unread)

    def _forget(self) -> None:
        self._sending = False
        self._final = False
        self._round: dict[str, int] = {}
        self._tries: dict[str, int] = {}
        self._rounds = 0
        self._next_at = 0.0

    def _may_begin(self, unread: bool, failed: frozenset[str]) -> bool:
        """At once; again when something failed, and once no entry can follow any more."""
        if self._round and unread and not failed:
            return False
        return not failed or self._clock.monotonic() >= self._next_at

    def _symbols(self) -> frozenset[str]:
        magic, held = self._desk.bridge.magic, self._desk.book.positions.values()
        here = frozenset(position.symbol for position in held if position.magic == magic)
        return here | self._desk.flight.symbols_opened()

    def _begin(self, symbols: frozenset[str], *, final: bool) -> None:
        self._final, self._round = final, {}
        self._next_at = self._clock.monotonic() + RETRY_S * 2 ** min(self._rounds, MOST_DOUBLED)
        self._rounds += 1
        if symbols:
            self._sending = True
            self._desk.spawn(self._close(sorted(symbols)))

    async def _close(self, symbols: list[str]) -> None:
        desk = self._desk
        first, issuer = desk.next_id(len(symbols)), desk.issuer()
        entries = []
        for cmd_id, symbol in enumerate(symbols, start=first):
            self._round[symbol] = cmd_id
            self._tries[symbol] = self._tries.get(symbol, 0) + 1
            intent = f"STOP/{symbol}/{cmd_id}@{desk.account}"
            command = close_symbol_command(issuer, cmd_id, symbol)
            entries.append(CommandEntry(command, None, intent, Decimal(0)))
        self._sending = False
        await desk.send(entries, by_user=False)

    def _under_way(self) -> bool:
        return any(self._tracked(cmd_id).open_ended for cmd_id in self._round.values())

    def _failed(self) -> frozenset[str]:
        """Symbols of the last round that must be asked again."""
        return frozenset(s for s, cmd_id in self._round.items() if not self._done(s, cmd_id))

    def _done(self, symbol: str, cmd_id: int) -> bool:
        receipt = self._tracked(cmd_id).settled
        if receipt is None or receipt.status is ReceiptStatus.EXPIRED:
            return False
        if receipt.message.startswith("NO_RECEIPT"):
            return False
        left = any(p.symbol == symbol for p in self._desk.book.positions.values())
        return not left or self._tries[symbol] >= TRIES

    def _tracked(self, cmd_id: int) -> Tracked:
        return self._desk.flight.tracked[cmd_id]
