"""What the doctor finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """ok False needs the user, and next_step says what to do."""

    check: str
    ok: bool
    text: str
    next_step: str = ""
