"""The gate: the one door through which every command leaves, checked last before the write."""

from dataclasses import dataclass

from signalos_desktop.domain.command import Command
from signalos_desktop.domain.trading_state import PauseReason, Refusal, TradingState, refuse_command
from signalos_desktop.domain.values import iso_ms
from signalos_desktop.engine.ports import Clock, Outbox, OutboxFailedError
from signalos_desktop.engine.stop_latch import StopLatch

EA_SILENT_S = 5.0


@dataclass(frozen=True, slots=True)
class Standing:
    """What the gate must know of a terminal at the very moment of the write; ages in seconds."""

    state: TradingState
    reasons: frozenset[PauseReason]
    session: int
    fenced: bool
    heartbeat_age: float
    unresolved: int
    silent_after_s: float = EA_SILENT_S


class Gate:
    """Sends commands of one terminal. There is no await between the checks and the append."""

    def __init__(self, latch: StopLatch, outbox: Outbox, clock: Clock) -> None:
        self._latch = latch
        self._outbox = outbox
        self._clock = clock

    def send(
        self, command: Command, standing: Standing, *, by_user: bool, by_rule: bool = False
    ) -> Refusal | None:
        """Write the row and return None, or say why not; OutboxBusyError = ask again from there."""
        refusal = self._refuse(command, standing, by_user, by_rule)
        if refusal is not None:
            return refusal
        try:
            self._outbox.append(command)
        except OutboxFailedError as failure:
            return Refusal(
                "WRITE_FAILED", f"{failure}: free the disk or the folder, then fire again"
            )
        return None

    def _refuse(
        self, command: Command, standing: Standing, by_user: bool, by_rule: bool
    ) -> Refusal | None:
        if self._latch.is_set() and (by_rule or not command.action.reduces):
            return Refusal("HALTED", "the emergency stop was pressed: resume first")
        refusal = refuse_command(
            command, standing.state, standing.reasons, by_user=by_user, by_rule=by_rule
        )
        if refusal is not None:
            return refusal
        if self._clock.now() >= command.expires:
            return Refusal("EXPIRED", f"expired at {iso_ms(command.expires)} before it was sent")
        if standing.fenced or command.session != standing.session:
            return Refusal(
                "FENCED",
                f"session {command.session} is over (now {standing.session}):"
                " another panel took this terminal, close one of them",
            )
        if command.action.opens:
            return self._refuse_unclear(standing)
        return None

    @staticmethod
    def _refuse_unclear(standing: Standing) -> Refusal | None:
        if standing.heartbeat_age > standing.silent_after_s:
            return Refusal(
                "EA_SILENT",
                f"no heartbeat of the EA for {standing.heartbeat_age:.1f} s, allowed"
                f" {standing.silent_after_s:.0f} s: look at the terminal and its Algo Trading"
                " button",
            )
        if standing.unresolved:
            return Refusal(
                "IN_DOUBT",
                f"{standing.unresolved} order(s) with an unknown outcome:"
                " wait for the EA or settle them on the must-resolve list",
            )
        return None
