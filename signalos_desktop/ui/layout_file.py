"""Remembers the window's place and where its parts stand; what is damaged is said, not used."""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class KeptLayout:
    """problem: why the file was not used, in words; empty = it was, or there is none yet."""

    texts: dict[str, str] = field(default_factory=dict)
    problem: str = ""


class LayoutFile:
    """A small JSON object of texts."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> KeptLayout:
        try:
            with self._path.open("rb") as file:
                content = file.read(_LARGEST + 1)
        except FileNotFoundError:
            return KeptLayout()
        except OSError as error:
            return self._unusable(str(error.strerror))
        if len(content) > _LARGEST:
            return self._unusable(f"it is larger than {_LARGEST} bytes")
        try:
            kept = json.loads(content)
        except (ValueError, RecursionError) as error:
            return self._unusable(f"it is no JSON: {str(error)[:80]}")
        if not isinstance(kept, dict) or not all(isinstance(text, str) for text in kept.values()):
            return self._unusable("it is no object of texts")
        return KeptLayout(kept)

    def save(self, texts: dict[str, str]) -> None:
        """The layout is no reason to hold up anything: what cannot be written is not kept."""
        with suppress(OSError):
            self._path.write_text(json.dumps(texts), encoding="utf-8")

    def _unusable(self, why: str) -> KeptLayout:
        text = f"{self._path.name} is damaged ({why}): the usual layout is shown, and kept anew"
        return KeptLayout(problem=text)
