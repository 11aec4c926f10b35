"""What is open, folded from the engine's events: one place for positions and orders alike."""

from typing import TypeVar

Key = TypeVar("Key")
Item = TypeVar("Item")


def fold(held: dict[Key, Item], key: Key, change: str, item: Item) -> None:
    """change: as PositionChanged and OrderChanged say it; what was closed is no longer held."""
    if change == "closed":
        held.pop(key, None)
    else:
        held[key] = item
