"""Whether something took longer than it may; a machine that others keep busy is no judge."""

import os
from enum import StrEnum


class Verdict(StrEnum):
    HELD = "ok"
    FAILED = "FAIL"
    NOT_JUDGED = "--"


def busy() -> float:
    """How many programs want each processor, over the last minute."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return load / (os.cpu_count() or 1)


def judge(what: str, took_s: float, most_s: float, busy: float) -> tuple[Verdict, str]:
    """With a line that says why."""
    line = f"{what}: {took_s:.1f} s, allowed are {most_s:.0f}"
    if took_s <= most_s:
        return Verdict.HELD, line
    if busy > 1:
        return Verdict.NOT_JUDGED, f"{line}; {busy:.1f} programs want each processor"
    return Verdict.FAILED, line
