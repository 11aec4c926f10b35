"""The verb `doctor`: what works, what does not, and what to do about it."""

import argparse

from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.app.commands.bridge_checks import check_bridges
from signalos_desktop.app.commands.findings import Finding
from signalos_desktop.app.commands.house_checks import (
    check_data_folder,
    check_journal,
    check_keyring,
    check_server,
    check_settings,
)
from signalos_desktop.app.commands.installation_check import check_installation
from signalos_desktop.app.commands.output import print_json, print_line
from signalos_desktop.app.installation import find_installation
from signalos_desktop.app.paths import data_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON lines instead of text")


def run(args: argparse.Namespace) -> int:
    folder = data_folder(args.data_dir)
    loaded = SettingsFile(folder.root).load()
    findings = [
        *check_bridges(loaded.settings.texts("bridge.folders")),
        *check_settings(folder, loaded.problems),
        check_data_folder(folder),
        check_journal(folder),
        check_keyring(loaded.settings.text("server.url")),
        check_server(loaded.settings.text("server.url")),
        check_installation(find_installation()),
    ]
    for finding in findings:
        _print(finding, as_json=args.json)
    return 0 if all(finding.ok for finding in findings) else 1


def _print(finding: Finding, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "check": finding.check,
                "ok": finding.ok,
                "text": finding.text,
                "next_step": finding.next_step,
            }
        )
        return
    print_line(f"{'ok  ' if finding.ok else 'LOOK'}  {finding.check}: {finding.text}")
    if finding.next_step:
        print_line(f"      -> {finding.next_step}")
