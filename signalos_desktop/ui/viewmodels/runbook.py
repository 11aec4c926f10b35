"""The runbook's text as sections: a heading, and the lines below it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[str, ...]


def read_runbook(text: str) -> tuple[Section, ...]:
    """`## ` begins a section; what stands before the first one is the page's own title."""
    found: list[tuple[str, list[str]]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("## "):
            found.append((line.removeprefix("## "), []))
        elif found:
            found[-1][1].append(line)
    return tuple(Section(title, tuple(lines)) for title, lines in found)
