"""What many seeds came to: sums, hits of each fault point, and where to go on."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.seeds.mischief import KINDS
from tests.seeds.run import Result

COUNTED = ("steps", "sends", "fills", "denials", "restarts", "stops", "signals")


@dataclass
class Sums:
    """next: the first seed that is not played yet."""

    next: int
    runs: int = 0
    violations: int = 0
    virtual_seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    found: list[dict[str, Any]] = field(default_factory=list)

    def add(self, result: Result) -> None:
        self.next = result.seed + 1
        self.runs += 1
        self.violations += len(result.violations)
        self.virtual_seconds += result.virtual_seconds
        self.counts.update({name: getattr(result, name) for name in COUNTED})
        self.hits.update(result.hits)
        self.found += [{"seed": result.seed, "violation": text} for text in result.violations]

    def line(self) -> dict[str, Any]:
        return {
            "runs": self.runs,
            "violations": self.violations,
            **{name: self.counts[name] for name in COUNTED},
            "virtual_seconds": round(self.virtual_seconds, 3),
            "hits": {name: self.hits[name] for name in sorted(KINDS)},
        }

    def save(self, path: Path) -> None:
        """Written beside and renamed: a kill leaves the sums of before."""
        beside = path.with_name(path.name + ".tmp")
        state = {**self.line(), "next": self.next, "found": self.found}
        beside.write_text(json.dumps(state), encoding="utf-8")
        beside.replace(path)

    @classmethod
    def load(cls, path: Path, first: int) -> Sums:
        """The sums of an earlier run; none yet = from the first seed."""
        if not path.exists():
            return cls(first)
        state = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            state["next"],
            state["runs"],
            state["violations"],
            state["virtual_seconds"],
            Counter({name: state[name] for name in COUNTED}),
            Counter(state["hits"]),
            state["found"],
        )
