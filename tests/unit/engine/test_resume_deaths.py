"""The app dies before and after each step of the resume; real files, the real simulated expert."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.adapters.ledger.journal import Journal
from signalos_desktop.adapters.mt5_files.bridge import TerminalBridge
from signalos_desktop.adapters.mt5_files.files import DiskFiles
from signalos_desktop.adapters.mt5_files.flags import FlagFileWriter
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.engine.entries import Entry, StateEntry
from tests.helpers.rig import MAGIC, SetClock
from tests.helpers.rig import NOON as BORN
from tests.helpers.session_rig import SessionRig, hasten, submit, until
from tests.helpers.simulated_terminal import SimulatedTerminal


class Death(BaseException):
    """The process is gone; nothing may catch it."""


class DyingBridge(TerminalBridge):
    """Dies before or after what the resume does to the terminal's files."""

    die_at = ""

    def remove_flags(self, identities: frozenset[str]) -> str | None:
        self._die("before flags")
        stays = super().remove_flags(identities)
        self._die("after flags")
        return stays

    def control(self, verb: str, arg: str) -> None:
        if verb == "RESUME":
            self._die("before row")
        super().control(verb, arg)
        if verb == "RESUME":
            self._die("after row")

    def _die(self, where: str) -> None:
        if self.die_at == where:
            raise Death(where)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[SimulatedTerminal]:
    made = SimulatedTerminal(tmp_path / "Files", SetClock())
    yield made
    made.close()


class Life:
    """One process of the panel on the terminal; it may end at any moment."""

    def __init__(self, folder: Path, terminal: SimulatedTerminal) -> None:
        self.terminal = terminal
        self.wishes: list[asyncio.Future[Any]] = []
        account = terminal.account
        self.bridge = DyingBridge(terminal.folder, account, MAGIC, terminal.clock)
        flags = FlagFileWriter(DiskFiles())
        self.rig = SessionRig(folder, self.bridge, flags=flags, clock=terminal.clock)
        self.running = asyncio.ensure_future(self.rig.session.run())

    async def until(self, condition: Callable[[], object], what: str) -> None:
        """Let terminal and panel work until it holds."""

        def worked() -> object:
            self.terminal.step()
            return condition()

        await until(worked, what)

    async def reach(self, *states: TradingState) -> None:
        told = self.rig.events
        await self.until(lambda: told and self.rig.state() in states, f"one of {states}")


Scene = Callable[[Life], Coroutine[Any, Any, None]]


def live(folder: Path, terminal: SimulatedTerminal, scene: Scene) -> None:
    """One life of the panel. It ends without farewell: the system takes the lock back."""
    lives: list[Life] = []

    async def whole() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
        lives.append(Life(folder, terminal))
        await scene(lives[0])

    try:
        asyncio.run(whole())
    finally:
        for life in lives:
            life.bridge.close()
            life.rig.ledger.close()


def die_at_the_journal(monkeypatch: pytest.MonkeyPatch, *, after: bool) -> threading.Event:
    """The journal never answers again, and the life ends when it falls silent."""
    record, died = Journal.record, threading.Event()

    async def dying(self: Journal, *entries: Entry) -> None:
        fatal = any(isinstance(e, StateEntry) and e.source == "user resumes" for e in entries)
        if fatal and not after:
            died.set()
            await asyncio.get_running_loop().create_future()
        await record(self, *entries)
        if fatal:
            died.set()
            await asyncio.get_running_loop().create_future()

    monkeypatch.setattr(Journal, "record", dying)
    return died


async def stop(life: Life) -> None:
    await life.reach(TradingState.RUNNING)
    signal = await submit(life.rig)
    assert (await life.rig.controls.fire(signal)).ok
    await life.until(lambda: life.rig.desk.book.positions, "the position")
    life.rig.controls.stop()
    await life.reach(TradingState.STOPPED_FLAT)


async def resume(life: Life) -> str:
    resuming = asyncio.ensure_future(life.rig.controls.resume())
    await life.until(resuming.done, "the resume")
    return str((await resuming).data["state"])


def check_afterwards(folder: Path, terminal: SimulatedTerminal, *, latched: bool) -> None:
    """The next life finds the documented state, and the way back works from there."""
    terminal.step(1)
    deals = len(terminal.broker.deals(BORN))

    async def scene(life: Life) -> None:
        session = life.rig.session
        await life.until(lambda: session.desks and life.rig.desk.book.complete, "the start")
        if latched:
            await life.reach(TradingState.STOPPED_FLAT)
            assert await resume(life) == "PAUSED"
        await life.reach(TradingState.PAUSED)
        assert life.rig.desk.safety.reasons == {PauseReason.USER}
        status = life.rig.desk.book.status
        assert status is not None
        assert status.halt.level is StopLevel.NONE
        assert life.bridge.flags() == ()
        assert await resume(life) == "RUNNING"
        await life.reach(TradingState.RUNNING)

    live(folder, terminal, scene)
    assert len(terminal.broker.deals(BORN)) == deals


@pytest.mark.parametrize("ea_restarts", [False, True])
@pytest.mark.parametrize(
    ("where", "latched"),
    [
        ("before flags", True),
        ("after flags", True),
        ("before row", True),
        ("after row", False),
    ],
)
def test_a_death_around_flags_and_row_leaves_the_documented_state(
    tmp_path: Path, terminal: SimulatedTerminal, where: str, latched: bool, ea_restarts: bool
) -> None:
    async def scene(life: Life) -> None:
        await stop(life)
        life.bridge.die_at = where
        await life.rig.controls.resume()

    with pytest.raises(Death):
        live(tmp_path, terminal, scene)
    if ea_restarts:
        terminal.restart()
    check_afterwards(tmp_path, terminal, latched=latched)


@pytest.mark.parametrize("after", [False, True])
def test_a_death_around_the_journal_leaves_the_stop(
    tmp_path: Path, terminal: SimulatedTerminal, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    async def scene(life: Life) -> None:
        await stop(life)
        died = die_at_the_journal(patched, after=after)
        life.wishes.append(asyncio.ensure_future(life.rig.controls.resume()))
        await until(died.is_set, "the death")

    with monkeypatch.context() as patched:
        live(tmp_path, terminal, scene)
    check_afterwards(tmp_path, terminal, latched=True)


def test_a_death_while_the_ea_releases_starts_paused(
    tmp_path: Path, terminal: SimulatedTerminal
) -> None:
    async def scene(life: Life) -> None:
        await stop(life)
        life.wishes.append(asyncio.ensure_future(life.rig.controls.resume()))
        control = terminal.folder / "control.csv"
        await until(lambda: b"RESUME" in control.read_bytes(), "the row")

    live(tmp_path, terminal, scene)
    check_afterwards(tmp_path, terminal, latched=False)


def test_a_death_after_the_last_step_starts_paused(
    tmp_path: Path, terminal: SimulatedTerminal
) -> None:
    async def scene(life: Life) -> None:
        await stop(life)
        assert await resume(life) == "PAUSED"

    live(tmp_path, terminal, scene)
    check_afterwards(tmp_path, terminal, latched=False)
