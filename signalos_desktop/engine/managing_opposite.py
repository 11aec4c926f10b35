"""A signal against open trades of its symbol: beside them, refused, or after they were closed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from signalos_desktop.domain.command import Command
from signalos_desktop.domain.management.opposite import OpenTrades, with_open_trades
from signalos_desktop.domain.management.rules import OppositePolicy
from signalos_desktop.domain.orders import cancel_command, close_command
from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.risk.decision import Decision
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.domain.values import ZERO, Side
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import CommandEntry
from signalos_desktop.engine.flight import held_lots
from signalos_desktop.engine.setting_management import OPPOSITE
from signalos_desktop.engine.settings import Settings

CLOSING = "CLOSING_OPPOSITE"
Again = Callable[[], Awaitable[Refusal | None]]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A signal that is fired again, as it was, once these are gone."""

    again: Again
    tickets: frozenset[int]
    cmd_ids: tuple[int, ...]


class Opposing:
    """Of one desk. What waits here is not kept over a restart: the signal can be fired again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waiting: dict[str, _Waiting] = {}

    def judge(self, decision: Decision, symbol: str, settings: Settings) -> Decision:
        """The decision with what it means for what is open in its symbol."""
        policy = OppositePolicy(settings.text(OPPOSITE))
        coming = policy is not OppositePolicy.ALLOW
        return with_open_trades(decision, self._open_trades(symbol, coming=coming), policy)

    def closes_first(self, decisions: Sequence[Decision], settings: Settings) -> bool:
        """True if the policy is to close first, and there is something to close."""
        policy = OppositePolicy(settings.text(OPPOSITE))
        against = (self._against(decision) for decision in decisions)
        return policy is OppositePolicy.CLOSE and any(against)

    async def close_first(
        self, signal: str, decisions: Sequence[Decision], again: Again, *, by_user: bool
    ) -> Refusal:
        """Close what is against the signal; it is fired again once that is gone."""
        against = {item.ticket: item for one in decisions for item in self._against(one)}
        if signal not in self._waiting:
            entries = self._entries(signal, [*against.values()])
            cmd_ids = tuple(entry.command.cmd_id for entry in entries)
            self._waiting[signal] = _Waiting(again, frozenset(against), cmd_ids)
            await self._desk.send(entries, by_user=by_user)
        listed = ", ".join(str(ticket) for ticket in against)
        return Refusal(CLOSING, f"closing {listed} first; {signal} is fired when that is done")

    def look(self) -> None:
        """Fire what has waited long enough; called whenever the terminal has said something."""
        for signal, waiting in tuple(self._waiting.items()):
            if self._desk.safety.stopped:
                del self._waiting[signal]
                continue
            tracked = [self._desk.flight.tracked[cmd_id] for cmd_id in waiting.cmd_ids]
            if any(one.open_ended for one in tracked):
                continue
            book = self._desk.book
            if not waiting.tickets & {*book.positions, *book.orders}:
                del self._waiting[signal]
                self._desk.spawn(self._fire_again(signal, waiting.again))
            elif not all(one.settled and one.settled.status.executed for one in tracked):
                del self._waiting[signal]
                text = f"{signal} is not fired: what is against it could not be closed"
                self._desk.alarm("OPPOSITE_NOT_CLOSED", text, "look at the receipts, fire again")

    async def _fire_again(self, signal: str, again: Again) -> None:
        refusal = await again()
        if refusal is not None:
            text = f"the opposite trade is closed, {signal} is not fired: {refusal.text}"
            self._desk.alarm("NOT_FIRED_AFTER_CLOSE", text, "look at the signal, then fire again")

    def _entries(self, signal: str, items: Sequence[Position | RestingOrder]) -> list[CommandEntry]:
        desk = self._desk
        first = desk.next_id(len(items))
        entries = []
        for cmd_id, item in enumerate(items, start=first):
            intent = f"OPPOSITE/{signal}/{item.ticket}/{cmd_id}@{desk.account}"
            source = f"rule: manage.opposite = close: {item.ticket} before {signal}"
            command = self._command(cmd_id, item)
            entries.append(CommandEntry(command, None, intent, ZERO, source=source))
        return entries

    def _command(self, cmd_id: int, item: Position | RestingOrder) -> Command:
        issuer = self._desk.issuer()
        if isinstance(item, Position):
            return close_command(issuer, cmd_id, item.ticket, item.symbol, None)
        return cancel_command(issuer, cmd_id, item.ticket, item.symbol)

    def _against(self, decision: Decision) -> list[Position | RestingOrder]:
        if not decision.legs or decision.levels is None:
            return []
        side = decision.levels.side
        trades = self._open_trades(decision.legs[0].symbol, coming=False)
        return [*trades.against(side), *trades.resting_against(side)]

    def _open_trades(self, symbol: str, *, coming: bool) -> OpenTrades:
        """Ours of the symbol; a net position has no owner, so on such an account all of it."""
        book, magic = self._desk.book, self._desk.bridge.magic
        held = (one for one in book.positions.values() if one.symbol == symbol)
        orders = (one for one in book.orders.values() if one.symbol == symbol)
        return OpenTrades(
            netting=book.netting,
            positions=tuple(one for one in held if book.netting or one.magic == magic),
            orders=tuple(one for one in orders if one.magic == magic),
            coming=self._coming(symbol) if coming else (),
        )

    def _coming(self, symbol: str) -> tuple[tuple[Side, Decimal], ...]:
        held = (one for one in self._desk.flight.held() if one.command.symbol == symbol)
        return tuple((_side(one.command), held_lots(one)) for one in held)


def _side(command: Command) -> Side:
    return Side.BUY if command.action.value.startswith("BUY") else Side.SELL
