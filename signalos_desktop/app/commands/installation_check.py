"""The doctor's look at the program's own files."""

from collections.abc import Sequence

from signalos_desktop.adapters.manifest import ManifestDamagedError, compare, read_manifest
from signalos_desktop.app.commands.findings import Finding
from signalos_desktop.app.installation import Installation

_MOST_NAMED = 3
_MEND = "Run SignalOS-Setup.exe again: it puts the files back and keeps settings and journal"


def check_installation(installation: Installation | None) -> Finding:
    """None: not put there by setup, so that there is no list to compare with."""
    if installation is None:
        return _finding(True, "not installed by setup: there is no list of files to compare with")
    try:
        manifest = read_manifest(installation.manifest)
    except ManifestDamagedError as error:
        return _finding(False, str(error), _MEND)
    found = compare(installation.root, manifest)
    if not found:
        count = len(manifest.files)
        return _finding(True, f"{count} files are as setup has written them ({manifest.version})")
    kinds = {"altered": found.altered, "missing": found.missing, "added": found.added}
    said = "; ".join(_named(kind, names) for kind, names in kinds.items() if names)
    step = _MEND
    if found.added:
        step += ". What was added is not ours: find out who did it before you trade"
    return _finding(False, f"{installation.root}: {said}", step)


def _named(kind: str, names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMED])
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{len(names)} {kind}: {shown}{more}"


def _finding(ok: bool, text: str, next_step: str = "") -> Finding:
    return Finding("installation", ok, text, next_step)
