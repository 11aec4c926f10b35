"""The way back, step by step: STOPPED -> PAUSED(user) -> RUNNING, each with conditions."""

import asyncio
from dataclasses import dataclass, replace

from signalos_desktop.domain.trading_state import PauseReason, Refusal, StopLevel, TradingState
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import StateEntry
from signalos_desktop.engine.ports import LedgerFailedError
from signalos_desktop.engine.stop_words import HAND_ID

FRESH_S = 3.0
SKEW_S = 5.0
RELEASE_WAIT_S = 10.0
_POLL_S = 0.02


@dataclass(frozen=True, slots=True)
class Step:
    """Outcome of one step down; refusals empty = it was made. presses: of the stop it has ended."""

    state: TradingState
    refusals: tuple[Refusal, ...]
    presses: frozenset[str] = frozenset()


class Resume:
    """Makes one step down for one desk, at the user's wish only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def step(self, by_hand: frozenset[int], *, flat: bool = False) -> Step:
        """The next less severe state, or the conditions that fail.

        flat: the user's word for it, where the Expert Advisor cannot prove it.
        """
        state = self._desk.judge("resume").state
        if state.stopped:
            refusals = self._conditions()
            if self._desk.bridge.means.proves_flat:
                refusals += self._stop_conditions(by_hand)
            else:
                refusals += self._word_conditions(by_hand, flat=flat)
            return await self._release(state, refusals)
        refusals = self._conditions()
        stays = sorted(r for r in self._desk.safety.reasons if r.clears_itself)
        refusals += [
            Refusal("REASON_STANDS", f"{r}: goes away by itself with its cause") for r in stays
        ]
        if refusals:
            return Step(state, tuple(refusals))
        for reason in self._desk.safety.reasons:
            self._desk.safety.clear(reason)
        return Step(self._desk.judge("user resumed").state, ())

    async def undo(self) -> Step:
        """Take back a pause that is the user's alone; it is never a step down from a stop."""
        state = self._desk.judge("undo").state
        if self._desk.safety.undoable:
            return await self.step(frozenset())
        text = "there is more than your pause by now: read the strip, then hold Resume"
        return Step(state, (Refusal("NOT_UNDOABLE", text),))

    def _conditions(self) -> list[Refusal]:
        sight = self._desk.sight()
        age = self._desk.book.heartbeat_age(sight.monotonic)
        skew = self._desk.book.clock_skew_s
        found = []
        if self._desk.fenced:
            found.append(Refusal("FENCED", "another panel has this terminal: close one of them"))
        means = self._desk.bridge.means
        fresh_s = FRESH_S if means.proves_flat else means.silent_after_s
        if age > fresh_s:
            found.append(
                Refusal("EA_SILENT", f"last heartbeat {age:.1f} s ago, allowed {fresh_s:.0f} s")
            )
        found += self._limits()
        if sight.unresolved:
            found.append(
                Refusal("UNRESOLVED", f"{sight.unresolved} outcome(s) unknown: settle them first")
            )
        if sight.status is not None and sight.status.login != self._desk.account.login:
            found.append(
                Refusal("ACCOUNT_CHANGED", f"the terminal is on account {sight.status.login}")
            )
        if sight.status is not None and sight.status.protocol != self._desk.bridge.protocol:
            found.append(
                Refusal("VERSION_MISMATCH", f"the EA speaks protocol {sight.status.protocol}")
            )
        if skew is None or abs(skew) > SKEW_S:
            text = "unknown" if skew is None else f"{skew:.1f} s"
            found.append(Refusal("CLOCK_SKEW", f"EA's clock against this one: {text}, allowed 5 s"))
        return found

    def _limits(self) -> list[Refusal]:
        """A limit that is reached, or not known, holds entries back."""
        if self._desk.floors is None:
            text = (
                "what the account's limits are measured from is not known: wait for the terminal,"
                " or switch them off where this Expert Advisor shows no live money"
            )
            return [Refusal("LIMITS_UNKNOWN", text)]
        found = [floor for floor in self._desk.floors if floor.breached]
        return [Refusal("LIMIT_REACHED", f"{floor.limit.name}: {floor.ends}") for floor in found]

    def _word_conditions(self, by_hand: frozenset[int], *, flat: bool) -> list[Refusal]:
        """Nobody can prove that nothing is open: the user must have looked."""
        found = [] if flat else self._still_open(by_hand)
        if not self._desk.swept:
            found.append(Refusal("STILL_CLOSING", "the closes are still under way: wait for them"))
        if not flat and not by_hand:
            text = "look at the Trade tab in MT5; name what you handle by hand, or say it is flat"
            found.append(Refusal("CANNOT_BE_PROVEN", text))
        return found

    def _still_open(self, by_hand: frozenset[int]) -> list[Refusal]:
        ours = [ticket for ticket in self._desk.in_scope() if ticket not in by_hand]
        if not ours:
            return []
        listed = ", ".join(str(ticket) for ticket in sorted(ours)[:20])
        text = f"still open: {listed}; close them or name them as handled by hand"
        return [Refusal("NOT_FLAT", text)]

    def _stop_conditions(self, by_hand: frozenset[int]) -> list[Refusal]:
        desk = self._desk
        status = desk.book.status
        found = self._still_open(by_hand)
        if status is None:
            return found
        if status.halt.level is StopLevel.NONE or not desk.safety.acknowledged(status.halt):
            found.append(
                Refusal("NOT_ACKNOWLEDGED", "the EA has not seen this stop yet: wait for it")
            )
        if status.halt.damaged:
            found.append(
                Refusal(
                    "DAMAGED", "the EA's files are damaged: start it fresh (hold to confirm) first"
                )
            )
        lying = {flag.identity for flag in desk.bridge.flags()}
        if not lying <= set(status.halt.flags):
            found.append(
                Refusal(
                    "FLAG_NOT_SEEN", "a halt flag lies there that the EA has not read yet: wait"
                )
            )
        return found

    async def _release(self, state: TradingState, refusals: list[Refusal]) -> Step:
        desk = self._desk
        status = desk.book.status
        if refusals or status is None:
            return Step(state, tuple(refusals))
        halt, press = status.halt, desk.safety.press_id
        now = desk.sight().now
        paused = desk.safety.reasons | {PauseReason.USER}
        try:
            await desk.keep(
                StateEntry(desk.account, now, TradingState.PAUSED, paused, "user resumes")
            )
        except LedgerFailedError as failure:
            return Step(state, (Refusal("JOURNAL_FAILED", f"{failure}: free the disk first"),))
        if desk.safety.press_id != press:
            return self._given_up(Refusal("STOPPED_AGAIN", "another stop was pressed meanwhile"))
        stays = desk.bridge.remove_flags(frozenset(halt.flags))
        if stays is not None:
            why = f"{stays} changed or cannot be removed: look at it, then resume again"
            return self._given_up(Refusal("FLAG_STAYS", why))
        desk.safety.expect_release(expected=True)
        desk.control("RESUME", str(halt.stop_id))
        step = await self._wait_released(halt.stop_id, press)
        ours = frozenset(one for one in (*halt.known, press) if not one.startswith(HAND_ID))
        return step if step.refusals else replace(step, presses=ours)

    def _given_up(self, refusal: Refusal) -> Step:
        self._desk.safety.expect_release(expected=False)
        self._desk.drop_control("RESUME")
        return Step(self._desk.judge_anew("resume given up").state, (refusal,))

    async def _wait_released(self, stop_id: int, press: str) -> Step:
        desk = self._desk
        loop = asyncio.get_running_loop()
        end = loop.time() + RELEASE_WAIT_S
        while loop.time() < end:
            status = desk.book.status
            newer = status is not None and status.halt.stop_id > stop_id
            if newer or desk.safety.press_id not in (press, ""):
                text = "another stop came in while this one was released"
                return self._given_up(Refusal("STOPPED_AGAIN", text))
            if status is not None and status.halt.level is StopLevel.NONE:
                return Step(desk.judge("released").state, ())
            await asyncio.sleep(_POLL_S)
        text = f"the EA did not release the stop in {RELEASE_WAIT_S:.0f} s: see its journal in MT5"
        return self._given_up(Refusal("NOT_RELEASED", text))
