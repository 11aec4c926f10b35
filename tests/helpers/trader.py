"""A rig with a broker of few words: what is sent is filled, and shown as a position or an order."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.signal import Message
from signalos_desktop.domain.values import Side
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.engine.inbox import Item
from signalos_desktop.engine.settings import Settings
from tests.helpers.rig import Rig, play, position, receipt, resting, snapshot

ALERT = "EURUSD BUY NOW"
LEVELS = "EURUSD BUY 1.08000\nSL 1.07700\nTP1 1.08300\nTP2 1.08600"


class Trader:
    """Says messages of one provider and looks at what became of them."""

    def __init__(self, rig: Rig, provider: str = "gold") -> None:
        self.rig = rig
        self.provider = provider
        self.positions: dict[int, Position] = {}
        self.orders: dict[int, RestingOrder] = {}
        self._done = 0

    def set(self, **values: object) -> None:
        """Settings of the provider; those for all stay."""
        changes = {f"provider.{self.provider}.{field}": value for field, value in values.items()}
        self.rig.pipeline.settings = self.rig.pipeline.settings.with_changes(changes)

    async def say(self, text: str, **message: Any) -> Item:
        said = Message(text, provider=self.provider, **message)
        signal = await self.rig.pipeline.submit(said)
        return self.item(signal)

    async def fire(self, item: Item) -> str:
        """The code of the refusal, empty if it was sent."""
        refusal = await self.rig.pipeline.fire(item.entry.signal, self.rig.desk, by_user=True)
        return refusal.code if refusal is not None else ""

    def item(self, signal: str) -> Item:
        found = self.rig.inbox.get(signal)
        assert found is not None
        return found

    def rows(self) -> list[Command]:
        """What was sent since the last look."""
        rows = self.rig.bridge.outbox.rows[self._done :]
        self._done += len(rows)
        return rows

    async def filled(self) -> list[Command]:
        """The broker executes all that was sent, and the terminal shows it."""
        await self.rig.settle()
        rows = self.rows()
        receipts = [self._execute(row) for row in rows]
        now = self.rig.clock.now()
        shown = snapshot(
            self.rig.clock,
            receipts=tuple(receipts),
            positions=tuple(replace(p, time=now) for p in self.positions.values()),
            orders=tuple(self.orders.values()),
        )
        self.rig.feed(shown)
        await self.rig.settle()
        return rows

    def _execute(self, row: Command) -> Any:
        ticket, now = 1000 + row.cmd_id, self.rig.clock.now()
        if row.action.pending:
            self.orders[ticket] = resting(
                ticket,
                now,
                type=row.action.value,
                volume=row.lots,
                price=row.price,
                sl=row.sl,
                tp=row.tp,
            )
            return receipt(row.cmd_id, ReceiptStatus.PLACED, ticket=ticket)
        if row.action.opens:
            side = Side.BUY if row.action is CommandAction.BUY else Side.SELL
            self.positions[ticket] = position(
                ticket, now, side=side, volume=row.lots, sl=row.sl, tp=row.tp
            )
            return receipt(row.cmd_id, ticket=ticket, position=ticket, volume=row.lots)
        self._change(row)
        return receipt(row.cmd_id, ticket=row.ticket or 0)

    def _change(self, row: Command) -> None:
        ticket = row.ticket or 0
        if row.action in (CommandAction.CLOSE_TICKET, CommandAction.CANCEL):
            self.positions.pop(ticket, None)
            self.orders.pop(ticket, None)
            return
        if ticket in self.orders:
            order = self.orders[ticket]
            self.orders[ticket] = replace(order, sl=row.sl or order.sl, tp=row.tp or order.tp)
            return
        held = self.positions[ticket]
        if row.action is CommandAction.CLOSE_PARTIAL:
            held = replace(held, volume=held.volume - row.lots)
        elif row.action is CommandAction.BREAKEVEN:
            held = replace(held, sl=held.price_open)
        else:
            held = replace(held, sl=row.sl or held.sl, tp=row.tp or held.tp)
        self.positions[ticket] = held


def trade(
    folder: Path, scene: Callable[[Trader], Coroutine[Any, Any, None]], **settings: object
) -> None:
    """Run a scene with an open terminal; settings are those for all."""

    async def whole(rig: Rig) -> None:
        rig.pipeline.settings = Settings().with_changes(dict(settings))
        rig.open_for_business()
        await scene(Trader(rig))

    play(folder, whole)


def actions(rows: list[Command]) -> list[tuple[CommandAction, Decimal | None, Decimal | None]]:
    """Action, S/L and T/P of each row."""
    return [(row.action, row.sl, row.tp) for row in rows]


def state(item: Item) -> tuple[SignalState, str]:
    """State, and the reason's first word."""
    return item.state, item.reason.partition(":")[0]
