"""Where icons and fonts lie: beside the package in a checkout and an installation, else in it."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[2]
_BESIDE = _PACKAGE.parent / "resources"
RESOURCES = _BESIDE if _BESIDE.is_dir() else _PACKAGE / "resources"
