"""The doctor's look at the terminals: found, writable, with an Expert Advisor that is alive."""

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from signalos_desktop.adapters.mt5_files.files import DiskFiles
from signalos_desktop.adapters.mt5_files.folder import Instance, find_instances, read_instance
from signalos_desktop.adapters.mt5_files.terminals import (
    TerminalFolder,
    check_folder,
    default_roots,
    find_terminals,
)
from signalos_desktop.adapters.mt5_files.troubles import ea_not_running
from signalos_desktop.app.commands.findings import Finding

_BEAT_WITHIN_S = 1.5
_LOOK_EVERY_S = 0.05
_LARGEST_OFFSET_S = 5.0


@dataclass(frozen=True, slots=True)
class Beat:
    """A status that was seen to change: the EA is alive, and its clock is compared at once."""

    instance: Instance
    offset_s: float


def check_bridges(chosen: Sequence[str]) -> list[Finding]:
    """chosen: folders of the settings; without any, the terminals that are found."""
    files = DiskFiles()
    terminals = _chosen(chosen) or find_terminals(default_roots(os.environ, Path.home()))
    if not terminals:
        return [
            Finding(
                "terminals",
                False,
                "no MetaTrader 5 terminal was found",
                "Install MetaTrader 5 and start it once, or name its MQL5/Files folder: "
                "signalos-desktop settings set bridge.folders FOLDER",
            )
        ]
    names = ", ".join(f"{one.name} ({one.found})" for one in terminals)
    findings = [Finding("terminals", True, f"{len(terminals)} found: {names}")]
    known = {one.path: find_instances(files, one.path) for one in terminals}
    beats = _listen(files, [instance for found in known.values() for instance in found])
    for terminal in terminals:
        findings += _folder_findings(files, terminal)
        findings += _terminal_findings(terminal, known[terminal.path], beats)
    return findings


def _chosen(folders: Sequence[str]) -> list[TerminalFolder]:
    return [TerminalFolder(Path(folder), folder, "settings") for folder in folders]


def _folder_findings(files: DiskFiles, terminal: TerminalFolder) -> list[Finding]:
    troubles = check_folder(files, terminal.path)
    if not troubles:
        return [Finding("write access", True, f"{terminal.path} can be written")]
    return [
        Finding("write access", False, f"{trouble.code}: {trouble.text}", trouble.next_step)
        for trouble in troubles
    ]


def _listen(files: DiskFiles, instances: Sequence[Instance]) -> dict[Path, Beat]:
    """Who changes its status within a second and a half, all of them listened to at once."""
    beats: dict[Path, Beat] = {}
    end = time.monotonic() + _BEAT_WITHIN_S
    while len(beats) < len(instances) and time.monotonic() < end:
        time.sleep(_LOOK_EVERY_S)
        for before in instances:
            now = read_instance(files, before.path)
            if before.path in beats or now is None or now.status.seq == before.status.seq:
                continue
            beats[before.path] = Beat(now, now.status.utc_ms / 1000 - time.time())
    return beats


def _terminal_findings(
    terminal: TerminalFolder, known: Sequence[Instance], beats: Mapping[Path, Beat]
) -> list[Finding]:
    """A terminal serves one account at a time: beside a living EA the silent ones are history."""
    if not known:
        trouble = ea_not_running(str(terminal.path))
        return [_ea(False, f"{trouble.code}: {trouble.text}", trouble.next_step)]
    alive = [beats[instance.path] for instance in known if instance.path in beats]
    if alive:
        return [finding for beat in alive for finding in _alive_findings(beat)]
    last = known[0]
    return [
        _ea(
            False,
            f"{last.account} in {last.path}: no heartbeat within {_BEAT_WITHIN_S:g} s",
            "Start this terminal, attach SignalOSBridge to a chart, switch Algo Trading on",
        )
    ]


def _alive_findings(beat: Beat) -> list[Finding]:
    who = f"{beat.instance.account} in {beat.instance.path}"
    status = beat.instance.status
    findings = [_ea(True, f"{who}: {status.ea} {status.version}, alive"), _clock(who, beat)]
    if status.refused:
        findings.append(
            Finding(
                "permissions",
                False,
                f"{who}: {'; '.join(status.refused)[:300]}",
                "Allow trading in MetaTrader 5: Algo Trading button, and the account's own rights",
            )
        )
    return findings


def _ea(ok: bool, text: str, next_step: str = "") -> Finding:
    return Finding("expert advisor", ok, text, next_step)


def _clock(who: str, beat: Beat) -> Finding:
    ok = abs(beat.offset_s) < _LARGEST_OFFSET_S
    return Finding(
        "clock",
        ok,
        f"{who}: its clock is {beat.offset_s:+.1f} s from ours, allowed {_LARGEST_OFFSET_S:g} s",
        "" if ok else "Set the computer's clock by network time, then look again",
    )
