"""The documents that are made from the code: settings, events, return codes.

`python -m tests.generated` writes them, `--check` says which are not what the code says.
"""

import sys
from dataclasses import fields
from pathlib import Path
from typing import get_args

from signalos_desktop.domain.retcodes import RETCODES
from signalos_desktop.engine import events
from signalos_desktop.engine.settings import Settings

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "reference"


def settings_page() -> str:
    rows = [
        f"| `{s.key}` | {Settings().shown(s.key) or 'empty'} | {s.allowed} | {s.unit} | {s.help} |"
        for s in Settings()
    ]
    head = [
        "# Settings",
        "",
        "Made from the code. `signalos-desktop settings set KEY VALUE` changes one.",
        "",
        "| key | default | allowed | unit | what it is for |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""])


def events_page() -> str:
    lines = ["# Events of the engine", "", "Made from the code.", ""]
    for kind in get_args(events.Event):
        said = (kind.__doc__ or "").strip()
        says = "" if said.startswith(f"{kind.__name__}(") else " ".join(said.split())
        names = ", ".join(f"`{item.name}`" for item in fields(kind))
        lines += [f"- **{kind.__name__}** {names}", *([f"  {says}"] if says else [])]
    return "\n".join([*lines, ""])


def retcodes_page() -> str:
    rows = [
        f"| {r.code} | {r.name} | {r.kind.value} | {r.wording} | {r.cause} | {r.next_step} |"
        for r in RETCODES.values()
    ]
    head = [
        "# Return codes of the trade server",
        "",
        "Made from the code. Class: what the Expert Advisor does with it.",
        "",
        "| code | name | class | MT5's words | cause | next step |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""])


PAGES = {"settings.md": settings_page, "events.md": events_page, "retcodes.md": retcodes_page}


def main(arguments: list[str]) -> int:
    stale = []
    for name, make in PAGES.items():
        path, text = FOLDER / name, make()
        if arguments == ["--check"]:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            FOLDER.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    if stale:
        print(f"not what the code says: {', '.join(stale)}; run python -m tests.generated")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
