"""A fake terminal with what the stock executor lacks: no prices, no control, no stop of its own."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.position import Position
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine.events import StateChanged
from signalos_desktop.engine.ports import Facts, Means
from tests.helpers.rig import EURUSD, FakeBridge, position, receipt, status
from tests.helpers.session_rig import SessionRig, run_session, submit, until

STOCK_MEANS = Means(
    frozenset({CommandAction.BUY, CommandAction.SELL, CommandAction.CLOSE}),
    prices=False,
    proves_flat=False,
    controls=False,
    silent_after_s=44.0,
)


ENTRY = "BUY EURUSD 1.08000 SL 1.07500 TP 1.09000"


class StockFake(FakeBridge):
    """Shows itself only when the test lets it live."""

    protocol = 1
    means = STOCK_MEANS

    def flag_paths(self) -> tuple[str, ...]:
        return ()

    def written(self) -> list[tuple[str, str]]:
        return [(row.action.value, row.symbol) for row in self.outbox.rows]


def alive(rig: SessionRig, bridge: StockFake, *positions: Position, **changes: Any) -> Facts:
    said = status(rig.clock.now(), seq=rig.seq + 1, protocol=1)
    facts = rig.fresh(bridge, positions=positions, quotes=None, symbols=(EURUSD,), **changes)
    return replace(facts, status=said)


async def live(rig: SessionRig, bridge: StockFake, *positions: Position, **changes: Any) -> None:
    bridge.facts.append(alive(rig, bridge, *positions, **changes))
    await rig.look(bridge)


async def answer(
    rig: SessionRig,
    bridge: StockFake,
    command: Command,
    status: ReceiptStatus = ReceiptStatus.FILLED,
    *positions: Position,
    **changes: Any,
) -> None:
    """The executor's receipt, with the positions that are known after it."""
    said: Receipt = receipt(command.cmd_id, status, **changes)
    await live(rig, bridge, *positions, receipts=(said,))


async def row(bridge: StockFake, count: int) -> Command:
    """The count-th row that was written, once it is."""
    await until(lambda: len(bridge.outbox.rows) >= count, f"row {count}")
    return bridge.outbox.rows[count - 1]


def held(rig: SessionRig, ticket: int, cmd_id: int, **changes: Any) -> Position:
    made = position(ticket, rig.clock.now(), comment=f"#{cmd_id} x", volume=Decimal("0.10"))
    return replace(made, **changes)


Scene = Callable[[SessionRig, StockFake], Coroutine[Any, Any, None]]


def play(folder: Path, scene: Scene, *, ready: bool = True) -> None:
    bridge = StockFake()
    rig = SessionRig(folder, bridge)

    async def whole() -> None:
        await until(lambda: bridge.account in rig.session.desks)
        if ready:
            await live(rig, bridge)
            await until(lambda: rig.state() is TradingState.RUNNING, "RUNNING")
        await scene(rig, bridge)

    run_session(rig, whole)


async def fired(rig: SessionRig, text: str = ENTRY) -> str:
    signal = await submit(rig, text)
    done = await rig.controls.fire(signal)
    assert done.ok, done
    return signal


def verdict(rig: SessionRig) -> str:
    changed: StateChanged = rig.told(StateChanged)[-1]
    return changed.verdict
