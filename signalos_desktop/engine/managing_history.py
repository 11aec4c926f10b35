"""What the rules of open trades have asked for before, from the journal and since: at most once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.management.state import Step, StepKind
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.values import ZERO, Account
from signalos_desktop.engine.flight import (
    FILLED,
    SNAPSHOTS_UNTIL_SEEN,
    Flight,
    Tracked,
    held_lots,
)

PREFIX = "RULE/"
RETRY = timedelta(seconds=5)
MOST_DOUBLED = 6


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule's command is about: a position or resting order, and what opened it."""

    account: Account
    identifier: int
    ticket: int
    symbol: str
    opener: Tracked


class History:
    """Commands of rules by the position that they are about, oldest first; of one account.

    A part of the volume is asked for under an intent of its own: never again while the outcome is
    unclear, again after a clear refusal, and once after the Expert Advisor did not find it and the
    deals show that it was not done. Everything else is harmless when it is repeated.
    """

    def __init__(self, flight: Flight) -> None:
        self._flight = flight
        self._asked: dict[int, list[tuple[str, int]]] = {}
        self._sent: dict[int, list[int]] = {}
        self._settled_at: dict[int, int] = {}
        self._disproved: set[int] = set()
        for tracked in flight.tracked.values():
            found = _read(tracked.entry.intent)
            if found is not None:
                self._asked.setdefault(found[0], []).append((found[1], tracked.command.cmd_id))

    def intent(self, subject: Subject, step: Step, cmd_id: int) -> str:
        """What must happen at most once, as the journal knows it."""
        key = _key(subject, step)
        if step.kind is StepKind.CLOSE_PART:
            tries = sum(1 for _ in self._of(subject.identifier, key))
            return f"{PREFIX}{subject.identifier}/part/{key}/{tries + 1}@{subject.account}"
        return f"{PREFIX}{subject.identifier}/{key}/{cmd_id}@{subject.account}"

    def note(self, subject: Subject, step: Step, cmd_id: int) -> None:
        """Remember a command that is being sent now."""
        self._asked.setdefault(subject.identifier, []).append((_key(subject, step), cmd_id))
        self._sent.setdefault(subject.identifier, []).append(cmd_id)

    def closed(self, identifier: int, opener: int) -> dict[str, Decimal]:
        """Volume by part that was closed, or may have been, since the entry of this command."""
        volumes: dict[str, Decimal] = {}
        for key, tracked in self._parts(identifier, opener):
            if not self._refused(tracked.command.cmd_id):
                volumes[key] = volumes.get(key, ZERO) + held_lots(tracked)
        return volumes

    def executed(self, identifier: int, opener: int) -> frozenset[str]:
        """Parts of which something was closed for certain."""
        parts = self._parts(identifier, opener)
        return frozenset(key for key, tracked in parts if _executed(tracked))

    def _parts(self, identifier: int, opener: int) -> Iterator[tuple[str, Tracked]]:
        head = f"{opener}."
        for key, cmd_id in self._asked.get(identifier, ()):
            if key.startswith(head):
                yield key.removeprefix(head), self._flight.tracked[cmd_id]

    def unclear(self, identifier: int) -> Iterator[Tracked]:
        """What the Expert Advisor gave up to find: done or not, it is not asked for again."""
        for _, cmd_id in self._asked.get(identifier, ()):
            if self._lost(cmd_id):
                yield self._flight.tracked[cmd_id]

    def first_lost(self, identifier: int, cmd_id: int) -> bool:
        """True if nothing of the same kind was lost before it: only such a one is asked again."""
        asked = self._asked.get(identifier, ())
        [key] = [key for key, asked_id in asked if asked_id == cmd_id]
        lost = [i for known, i in asked if known == key and _lost(self._flight.tracked[i])]
        return lost[0] == cmd_id

    def disprove(self, identifier: int, cmd_id: int) -> bool:
        """The deals show that it was not done; True if it was not asked for again before."""
        self._disproved.add(cmd_id)
        asked = self._asked.get(identifier, ())
        key = next(key for key, asked_id in asked if asked_id == cmd_id)
        return [*self._of(identifier, key)][-1] == cmd_id

    def settling(self, identifier: int, positions_seen: int) -> bool:
        """True until the snapshots show what was sent last, or could have shown it twice."""
        sent = self._sent.get(identifier)
        if not sent:
            return False
        if any(self._flight.tracked[cmd_id].open_ended for cmd_id in sent):
            return True
        seen = self._settled_at.setdefault(identifier, positions_seen)
        if positions_seen - seen < SNAPSHOTS_UNTIL_SEEN:
            return True
        del self._sent[identifier], self._settled_at[identifier]
        return False

    def refused(self, subject: Subject, step: Step) -> tuple[Tracked, datetime] | None:
        """The last refusal, and when to ask again: 5 s, 10 s ... 320 s later."""
        last, failures = None, 0
        for cmd_id in reversed([*self._of(subject.identifier, _key(subject, step))]):
            if not self._refused(cmd_id) or cmd_id in self._disproved:
                break
            last = last or self._flight.tracked[cmd_id]
            failures += 1
        if last is None:
            return None
        return last, last.command.created + RETRY * 2 ** min(failures - 1, MOST_DOUBLED)

    def _of(self, identifier: int, key: str) -> Iterator[int]:
        return (cmd_id for known, cmd_id in self._asked.get(identifier, ()) if known == key)

    def _refused(self, cmd_id: int) -> bool:
        """True if nothing was done, or if it does no harm to ask again."""
        tracked = self._flight.tracked[cmd_id]
        return not (tracked.open_ended or _executed(tracked) or self._lost(cmd_id))

    def _lost(self, cmd_id: int) -> bool:
        return _lost(self._flight.tracked[cmd_id]) and cmd_id not in self._disproved


def _key(subject: Subject, step: Step) -> str:
    """A part belongs to one entry: on a netting account the next one has parts of its own."""
    if step.kind is StepKind.CLOSE_PART:
        return f"{subject.opener.command.cmd_id}.{step.key}"
    return step.key


def why_refused(tracked: Tracked) -> str:
    """In the words of whoever refused it."""
    if tracked.settled is not None:
        return f"{tracked.settled.status} {tracked.settled.message}".strip()
    return tracked.reason or f"resolved as {tracked.resolved_as}"


def _executed(tracked: Tracked) -> bool:
    receipt = tracked.settled
    return (receipt is not None and receipt.status.executed) or tracked.resolved_as == FILLED


def _lost(tracked: Tracked) -> bool:
    """True for a part of the volume that may have been closed, but was not found."""
    lost = tracked.settled is not None and tracked.settled.status is ReceiptStatus.ERROR
    return lost and tracked.command.action is CommandAction.CLOSE_PARTIAL


def _read(intent: str) -> tuple[int, str] | None:
    """Position and key of a rule's intent; None for every other intent."""
    if not intent.startswith(PREFIX):
        return None
    identifier, *rest = intent.removeprefix(PREFIX).split("/")
    return int(identifier), rest[1] if rest[0] == "part" else rest[0]
