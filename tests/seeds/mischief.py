"""The fault points, each with its weight, and how each is brought about at its time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from signalos_desktop.adapters.mt5_files.command_files import file_name
from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.values import Account
from signalos_desktop.domain.wire.commands import encode_command
from signalos_desktop.domain.wire.status_json import APP, decode_app, encode_app
from tests.seeds.terminal import MAGIC, POINTS, PRICES

if TYPE_CHECKING:
    from tests.seeds.run import World

# Struck by whoever passes: name -> parts of a path that are drawn from ("" = any file).
ONCE: dict[str, tuple[str, ...]] = {
    "app-dies-before-write": ("commands", "commands", "control", "halt.flag", ""),
    "app-dies-in-write": ("commands", "commands", "control"),
    "app-dies-after-write": ("commands", "commands", "control", "halt.flag", ""),
    "app-dies-before-commit": ("",),
    "app-dies-after-commit": ("",),
    "app-reads-nothing": ("receipts", "status", "positions", "deals"),
    "app-fsync-fails": ("",),
    "journal-slow": ("",),
    "ea-runs-in-app-write": ("commands",),
    "receipt-seen-half": ("receipts",),
    "ea-dies-before-write": ("receipts", "intents", "latch", "deals", ""),
    "ea-dies-in-write": ("receipts", "intents", "latch", "deals"),
    "ea-dies-after-write": ("receipts", "intents", "latch", "deals", ""),
    "ea-dies-before-send": ("",),
    "ea-dies-after-send": ("",),
}
# In force for a while: name -> least and most seconds, and parts of a path.
LASTING: dict[str, tuple[float, float, tuple[str, ...]]] = {
    "journal-full": (0.5, 5.0, ("",)),
    "app-disk-full": (0.5, 4.0, ("commands", "control", "app.json", "")),
    "app-file-busy": (0.3, 5.0, ("commands", "commands", "control", "app.json", "halt.flag", "")),
    "app-cannot-read": (0.5, 18.0, ("receipts", "receipts", "receipts", "status", "positions", "")),
    "ea-file-busy": (0.3, 3.0, ("receipts", "intents", "latch", "status", "")),
    "ea-cannot-read": (0.3, 3.0, ("app.json", "commands", "halt.flag", "control", "")),
}
# Faults of the simulated terminal: name -> the arguments that are drawn from.
BROKER: dict[str, tuple[str, ...]] = {
    "requote": ("", ":3"),
    "price-changed": ("",),
    "reject": ("", ":10013", ":10016", ":10019"),
    "partial": ("", ":0.3"),
    "timeout-executed": ("", ":2"),
    "timeout-not-executed": ("", ":2"),
    "late-execution": (":1", ":4.5", ":5", ":5", ":12"),
    "market-closed": ("",),
    "no-connection": (":3", ":9", ":14"),
    "algo-off": ("",),
    "slippage": (":3", ":60"),
    "gap": ("",),
    "dead-ea": (":3.5", ":4.5", ":4.5", ":8", ":14"),
    "half-row": ("", ":2"),
    "duplicate-receipt": ("", ":3"),
    "disk-full": (":1", ":4"),
    "slow-timer": (":2500", ":6000"),
}
UNTIL_CLEARED = ("market-closed", "algo-off", "slippage", "slow-timer")
RESTARTS = ("app-killed", "app-quits", "ea-reload", "ea-killed", "power-cut")
DIRECT = (
    *RESTARTS,
    "app-stalls",
    "second-panel",
    "clock-step",
    "foreign-row",
    "garbage-row",
    "row-twice",
    "old-receipts",
    "manual-trade",
    "manual-close",
    "deposit",
    "sl-hit",
)
# What strikes seldom, or hides a defect that shows seldom, is drawn more often.
WEIGHTS = {
    "app-dies-before-write": 2.0,
    "app-dies-in-write": 2.0,
    "app-dies-after-write": 2.0,
    "app-dies-before-commit": 2.0,
    "app-dies-after-commit": 1.5,
    "app-disk-full": 2.0,
    "app-fsync-fails": 2.0,
    "app-reads-nothing": 1.5,
    "app-cannot-read": 3.0,
    "journal-slow": 2.5,
    "ea-runs-in-app-write": 2.0,
    "ea-dies-before-write": 2.5,
    "ea-dies-in-write": 2.5,
    "ea-dies-after-write": 2.0,
    "ea-dies-before-send": 2.0,
    "ea-dies-after-send": 2.5,
    "requote": 1.5,
    "reject": 2.0,
    "price-changed": 2.0,
    "partial": 1.5,
    "timeout-executed": 1.5,
    "timeout-not-executed": 1.5,
    "late-execution": 3.0,
    "market-closed": 4.0,
    "no-connection": 3.0,
    "algo-off": 4.0,
    "slippage": 2.0,
    "gap": 1.5,
    "half-row": 1.5,
    "dead-ea": 3.0,
    "foreign-row": 2.5,
    "garbage-row": 1.5,
    "row-twice": 1.5,
    "old-receipts": 2.0,
    "manual-close": 2.0,
    "sl-hit": 1.5,
    "app-stalls": 1.5,
    "manual-trade": 1.5,
    "receipt-seen-half": 1.5,
}
KINDS: dict[str, float] = {
    name: WEIGHTS.get(name, 1.0) for name in (*ONCE, *LASTING, *BROKER, *DIRECT)
}
STEPS_S = (-3600, -30, -2, 2, 30, 3600)


class Mischief:
    """Brings about the faults of the plan. What is armed counts when it strikes."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.hits: Counter[str] = Counter()
        self._receipts = b""
        self._direct: dict[str, Callable[[], bool]] = {
            "app-killed": self._kill_app,
            "app-quits": self._quit_app,
            "app-stalls": self._stall_app,
            "ea-reload": self._reload,
            "ea-killed": self._kill_ea,
            "power-cut": self._cut_power,
            "second-panel": self._take_folder,
            "clock-step": self._step_clock,
            "foreign-row": self._foreign_row,
            "garbage-row": self._garbage_row,
            "row-twice": self._row_twice,
            "old-receipts": self._old_receipts,
            "manual-trade": self._trade_by_hand,
            "manual-close": self._close_by_hand,
            "deposit": self._deposit,
            "sl-hit": self._hit_stop_losses,
        }

    def schedule(self) -> None:
        timeline = self._world.ground.timeline
        for at, name in self._world.plan.faults:
            timeline.at(at, partial(self._strike, name))
        timeline.at(3.0, self._move_prices)
        timeline.at(4.0, self._write_back)

    def end(self) -> None:
        """Nothing strikes any more, and what was armed is gone."""
        self._world.ground.faults.end_all()
        for name in BROKER:
            self._world.sim_faults.clear(name)

    def _strike(self, name: str) -> None:
        if self._world.ending:
            return
        random, faults = self._world.random, self._world.ground.faults
        if name in ONCE:
            path = random.choice(ONCE[name])
            faults.arm(name, left=random.choice((0, 0, 0, 1, 2, 4)), path=path)
        elif name in LASTING:
            least, most, paths = LASTING[name]
            faults.arm(name, seconds=random.uniform(least, most), path=random.choice(paths))
        elif ":" in name:
            self._world.sim_faults.arm(name)
        elif name in BROKER:
            self._arm_broker(name)
        elif self._direct[name]():
            self.hits[name] += 1

    def _arm_broker(self, name: str) -> None:
        random, sim_faults = self._world.random, self._world.sim_faults
        sim_faults.arm(name + random.choice(BROKER[name]))
        if name in UNTIL_CLEARED:
            self._world.ground.timeline.after(
                random.uniform(2.0, 8.0), lambda: sim_faults.clear(name)
            )

    # ------------------------------------------------------------------ processes and the machine

    def _kill_app(self) -> bool:
        there = self._world.panel is not None
        self._world.end_app()
        return there

    def _quit_app(self) -> bool:
        panel = self._world.panel
        if panel is None:
            return False
        panel.call(panel.controls.quit)
        return True

    def _stall_app(self) -> bool:
        panel = self._world.panel
        if panel is None:
            return False
        seconds = self._world.random.choice((1.5, 4.0, 7.0, 12.0))
        panel.stalled_until = self._world.ground.clock.seconds + seconds
        self._world.oracle.excuse(seconds)
        return True

    def _reload(self) -> bool:
        there = self._world.terminal.expert is not None
        self._world.terminal.reload()
        return there

    def _kill_ea(self) -> bool:
        there = self._world.terminal.expert is not None
        self._world.terminal.die()
        return there

    def _take_folder(self) -> bool:
        """A second panel announces its session; its user sees it and closes this one."""
        ground, panel = self._world.ground, self._world.panel
        path = f"{self._world.terminal.folder}/{APP}"
        node = ground.disk.nodes.get(path)
        if panel is None or node is None:
            return False
        beat = decode_app(bytes(node.data))
        session = beat.value.session + 1
        other = replace(beat.value, session=session, file=file_name(session), closing=False)
        ground.disk.put(path, encode_app(other, beat.seq + 1))
        self._world.oracle.folder_taken(session)

        def close() -> None:
            if self._world.panel is panel:
                panel.call(panel.controls.quit)

        ground.timeline.after(ground.random.uniform(1.0, 5.0), close)
        return True

    def _cut_power(self) -> bool:
        away = self._world.random.uniform(1.0, 4.0)
        self._world.end_app(away + 0.5)
        self._world.terminal.die(away)
        self._world.oracle.power_cut()
        self._world.ground.disk.cut_power(self._world.random)
        return True

    def _step_clock(self) -> bool:
        self._world.ground.clock.step(self._world.random.choice(STEPS_S))
        return True

    def _write_back(self) -> None:
        self._world.ground.disk.write_back()
        self._world.ground.timeline.after(self._world.random.uniform(3.0, 10.0), self._write_back)

    # ------------------------------------------------------------------ strange bytes

    def _command_file(self) -> str | None:
        """The newest command file, if its last row is whole."""
        folder, nodes = self._world.terminal.folder, self._world.ground.disk.nodes
        names = [path for path in nodes if path.startswith(f"{folder}/commands")]
        found = [path for path in names if "archive" not in path and nodes[path].data[-1:] == b"\n"]
        return max(found, key=lambda path: (len(path), path), default=None)

    def _append(self, data: bytes) -> bool:
        path = self._command_file()
        if path is not None:
            self._world.ground.disk.append(path, data)
        return path is not None

    def _foreign_row(self) -> bool:
        """A good row of another account's panel, copied here by somebody."""
        now = self._world.ground.clock.now()
        number = self._world.random.randrange(100000)
        command = Command(
            cmd_id=2_000_000 + number,
            account=Account(222, "Other-Live"),
            session=900,
            action=CommandAction.BUY,
            created=now,
            expires=now + timedelta(seconds=20),
            magic=MAGIC,
            symbol="EURUSD",
            lots=Decimal("0.10"),
            sl=Decimal("1.05000"),
            tp=Decimal("1.20000"),
            comment=f"#{2_000_000 + number} vip",
            price=Decimal("1.10008"),
            max_loss=Decimal(900),
            deviation=50,
            max_spread=100,
        )
        return self._append(encode_command(command))

    def _garbage_row(self) -> bool:
        return self._append(self._world.random.choice((b"\x00\xff,,,\n", b"1,BUY,EURUSD\n", b"\n")))

    def _row_twice(self) -> bool:
        path = self._command_file()
        if path is None:
            return False
        rows = bytes(self._world.ground.disk.nodes[path].data).splitlines(keepends=True)
        return bool(rows) and self._append(self._world.random.choice(rows))

    def _old_receipts(self) -> bool:
        """A backup of a while ago is put back while the terminal is closed."""
        path = f"{self._world.terminal.folder}/receipts.csv"
        disk, ground = self._world.ground.disk, self._world.ground
        node = disk.nodes.get(path)
        if node is None:
            return False
        data = bytes(node.data)

        def put_back() -> None:
            if not self._world.ending:
                self._world.terminal.die()
                disk.put(path, data)
                self._world.oracle.receipts_were_lost = True
                self.hits["old-receipts"] += 1

        ground.timeline.after(ground.random.uniform(0.2, 5.0), put_back)
        return False

    # ------------------------------------------------------------------ the market and other hands

    def _trade_by_hand(self) -> bool:
        type_ = self._world.random.choice(("BUY", "SELL"))
        return self._world.terminal.trade_by_hand(type_, "0.05").retcode == 10009

    def _close_by_hand(self) -> bool:
        held = self._world.terminal.broker.positions()
        if not held:
            return False
        one = self._world.random.choice(held)
        result = self._world.terminal.trade_by_hand(
            one.side.opposite.name, str(one.volume), one.ticket, one.symbol
        )
        return result.retcode == 10009

    def _deposit(self) -> bool:
        self._world.terminal.broker.deposit(Decimal(self._world.random.choice((500, -300))))
        return True

    def _hit_stop_losses(self) -> bool:
        """The price goes through S/Ls and comes back with the next move."""
        sign = self._world.random.choice((-1, 1))
        self._world.terminal.quote("EURUSD", PRICES["EURUSD"] + sign * Decimal("0.01500"))
        return True

    def _move_prices(self) -> None:
        random = self._world.random
        if self._world.ending:
            return
        for symbol, price in PRICES.items():
            self._world.terminal.quote(symbol, price + random.randrange(-30, 31) * POINTS[symbol])
        self._world.ground.timeline.after(random.uniform(1.0, 6.0), self._move_prices)
