"""Caps under every order of events: signals, fills, receipts and snapshots that come late.

As engine/flight.py counts: a command is reserved until its receipt, and then until a snapshot shows
its position, or two newer ones were read. The Expert Advisor counts what is open at the broker.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

NEW, DENIED, PUBLISHED, UNCLEAR, OPEN, TOLD, COUNTED = range(7)
"""A signal: to be decided; refused; written; sent, outcome unknown; open; its receipt read;
counted by snapshots alone."""
AT_BROKER = (OPEN, TOLD, COUNTED)
SNAPSHOTS_UNTIL_SEEN = 2


@dataclass(frozen=True, slots=True)
class Caps:
    """Which defences there are. freed_after: snapshots that free a reservation unseen."""

    signals: int = 5
    cap: int = 2
    reserves: bool = True
    ea_counts: bool = True
    unclear_counts: bool = True
    freed_after: int = SNAPSHOTS_UNTIL_SEEN


class Signal(NamedTuple):
    """written, shown: in the file of positions as it lies there, and as the app has read it."""

    state: int = NEW
    written: bool = False
    shown: bool = False
    snapshots: int = 0


class Scene(NamedTuple):
    """unread: positions.json was written since the app has read it; only then a read counts."""

    signals: tuple[Signal, ...]
    unread: bool = False


def exceeded(caps: Caps) -> tuple[str, ...]:
    """The shortest way over the cap; empty = there is none."""
    first = Scene((Signal(),) * caps.signals)
    came_from: dict[Scene, tuple[str, Scene] | None] = {first: None}
    waiting = deque([first])
    while waiting:
        scene = waiting.popleft()
        if sum(signal.state in AT_BROKER for signal in scene.signals) > caps.cap:
            return _trace(came_from, scene)
        for name, after in _steps(caps, scene):
            same = after._replace(signals=tuple(sorted(after.signals)))
            if same not in came_from:
                came_from[same] = (name, scene)
                waiting.append(same)
    return ()


def _trace(came_from: dict[Scene, tuple[str, Scene] | None], last: Scene) -> tuple[str, ...]:
    names: list[str] = []
    before = came_from[last]
    while before is not None:
        names.append(before[0])
        before = came_from[before[1]]
    return tuple(reversed(names))


def _steps(caps: Caps, scene: Scene) -> Iterator[tuple[str, Scene]]:
    signals = scene.signals
    for index, signal in enumerate(signals):
        for name, after in _moves(caps, signals, signal):
            moved = (*signals[:index], after, *signals[index + 1 :])
            yield name, scene._replace(signals=moved)
    at_broker = tuple(s._replace(written=s.state in AT_BROKER) for s in signals)
    yield "the EA writes positions.json", Scene(at_broker, unread=True)
    if scene.unread:
        yield "the app reads positions.json", Scene(tuple(_read(caps, s) for s in signals))


def _moves(caps: Caps, signals: tuple[Signal, ...], signal: Signal) -> Iterator[tuple[str, Signal]]:
    if signal.state == NEW:
        accepted = _counted_by_app(caps, signals) < caps.cap
        state = PUBLISHED if accepted else DENIED
        yield ("the app accepts" if accepted else "the app refuses"), signal._replace(state=state)
    elif signal.state == PUBLISHED:
        held = sum(other.state in AT_BROKER for other in signals)
        unclear = any(other.state == UNCLEAR for other in signals)
        if caps.ea_counts and (held >= caps.cap or unclear):
            yield "the EA denies", signal._replace(state=DENIED)
        else:
            yield "the EA fills", signal._replace(state=OPEN)
            yield "the EA sends, outcome unknown", signal._replace(state=UNCLEAR)
    elif signal.state == UNCLEAR:
        yield "the broker fills what was unclear", signal._replace(state=OPEN)
        yield "what was unclear is not found", signal._replace(state=DENIED)
    elif signal.state == OPEN:
        yield "the app reads the receipt", signal._replace(state=TOLD, snapshots=0)


def _counted_by_app(caps: Caps, signals: tuple[Signal, ...]) -> int:
    """What the last snapshot shows, and every reservation that it does not show."""
    reserved = {PUBLISHED, OPEN, TOLD} if caps.reserves else set()
    if caps.unclear_counts and caps.reserves:
        reserved.add(UNCLEAR)
    return sum(signal.shown or signal.state in reserved for signal in signals)


def _read(caps: Caps, signal: Signal) -> Signal:
    """A reservation is freed when its position is shown, or after two snapshots without it."""
    signal = signal._replace(shown=signal.written)
    if signal.state != TOLD:
        return signal
    seen = signal._replace(snapshots=signal.snapshots + 1)
    if seen.shown or seen.snapshots >= caps.freed_after:
        return seen._replace(state=COUNTED, snapshots=0)
    return seen
