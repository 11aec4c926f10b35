"""An account whose limits are watched, and money that the test moves."""

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from signalos_desktop.domain.position import Deal, DealEntry
from signalos_desktop.engine.account_limits import AccountLimits
from signalos_desktop.engine.entries import Replay
from signalos_desktop.engine.events import Alarm, LimitsChanged
from signalos_desktop.engine.money_course import WAIT_FOR_DEAL_S
from signalos_desktop.engine.settings import Settings
from tests.helpers.rig import Rig, account_state, play, snapshot
from tests.helpers.rig_deals import deal


class LimitRig:
    """A rig with AccountLimits; `show` lets the terminal state the money after a second."""

    def __init__(self, rig: Rig, replay: Replay | None = None, **settings: object) -> None:
        self.rig = rig
        rig.pipeline.settings = Settings().with_changes(
            {key.replace("__", "."): value for key, value in settings.items()}
        )
        self.watcher = AccountLimits(
            rig.pipeline, rig.bus, rig.clock, rig.latch, replay or Replay()
        )
        self._ticket = 0

    def show(
        self,
        balance: str,
        equity: str = "",
        *,
        seconds: float = 1,
        until: datetime | None = None,
        **changes: Any,
    ) -> None:
        clock = self.rig.clock
        clock.move(seconds if until is None else (until - clock.now()).total_seconds())
        money = account_state(balance, equity=Decimal(equity or balance))
        self.rig.feed(snapshot(clock, account=money, **changes))

    def deal(self, profit: str, kind: str = "BUY", hours_ago: float = 0) -> Deal:
        """The next deal: it ended a position, or moved the balance."""
        self._ticket += 1
        time = self.rig.clock.now() + timedelta(seconds=1) - timedelta(hours=hours_ago)
        entry = DealEntry.OUT if kind == "BUY" else DealEntry.IN
        return deal(
            self._ticket, time, type=kind, entry=entry, profit=Decimal(profit),
            position_id=900 + self._ticket,
        )  # fmt: skip

    def alarms(self) -> list[str]:
        return [alarm.code for alarm in self.rig.told(Alarm)]

    @property
    def told(self) -> LimitsChanged:
        last: LimitsChanged = self.rig.told(LimitsChanged)[-1]
        return last

    async def replay(self) -> Replay:
        await self.rig.settle()
        return self.rig.ledger.replay()


def play_limits(
    folder: Path, scene: Callable[[LimitRig], Coroutine[Any, Any, None]], **settings: object
) -> None:
    async def whole(rig: Rig) -> None:
        watched = LimitRig(rig, **settings)
        rig.open_for_business()
        watched.show("10000", seconds=WAIT_FOR_DEAL_S)
        await scene(watched)

    play(folder, whole)
