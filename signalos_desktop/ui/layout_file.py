"""Remembers the window's place and the sizes of its parts; a damaged file is as none."""

import json
from contextlib import suppress
from pathlib import Path


class LayoutFile:
    """A small JSON object of texts."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> dict[str, str]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(kept, dict):
            return {}
        return {str(key): text for key, text in kept.items() if isinstance(text, str)}

    def save(self, kept: dict[str, str]) -> None:
        """The layout is no reason to hold up anything: what cannot be written is not kept."""
        with suppress(OSError):
            self._path.write_text(json.dumps(kept), encoding="utf-8")
