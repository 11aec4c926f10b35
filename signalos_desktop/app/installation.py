"""Where this program lies: installed by setup, in a wheel, or in a checkout."""

import sys
from dataclasses import dataclass
from pathlib import Path

import signalos_desktop

_PACKAGE = Path(signalos_desktop.__file__).resolve().parent
_PANEL = "SignalOS.exe"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Installation:
    """What SignalOS-Setup.exe has put there: root\\app holds the package."""

    root: Path

    @property
    def manifest(self) -> Path:
        return self.root / MANIFEST

    @property
    def panel(self) -> Path:
        return self.root / _PANEL


def find_installation(package: Path = _PACKAGE) -> Installation | None:
    """None in a checkout and in a Python environment: nobody has listed the files there."""
    root = package.parent.parent
    laid_out = package.parent.name == "app" and (root / _PANEL).is_file()
    return Installation(root) if laid_out else None


def own_command(package: Path = _PACKAGE) -> list[str]:
    """What starts this program again; verbs and options follow it."""
    installed = find_installation(package)
    if installed is not None:
        return [str(installed.panel)]
    return [sys.executable, "-m", "signalos_desktop"]


def shipped(folder: str, package: Path = _PACKAGE) -> Path:
    """`ea` or `resources`: beside the package, or inside of it in a wheel."""
    beside = package.parent / folder
    return beside if beside.is_dir() else package / folder
