"""What a benchmark found: one figure with its target, and how many of them are shown."""

import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """Whose figure it is: the program's, a re-created baseline's, or one divided by the other."""

    OURS = "ours"
    BASELINE = "baselines"
    RATIO = "ratios"


@dataclass(frozen=True, slots=True)
class Figure:
    """target: the value must be below it, None = shown for comparison only."""

    key: str
    value: float
    unit: str
    how: str
    target: float | None = None
    kind: Kind = Kind.OURS

    @property
    def missed(self) -> bool:
        return self.target is not None and not self.value < self.target

    @property
    def verdict(self) -> str:
        if self.target is None:
            return ""
        return "MISSED" if self.missed else "ok"


@dataclass(frozen=True, slots=True)
class Conditions:
    """folder: empty, for this run alone. quick: fewer repetitions, figures mean little."""

    folder: Path
    quick: bool

    def times(self, full: int, quick: int) -> int:
        return quick if self.quick else full


def baseline(key: str, value: float, unit: str, how: str) -> Figure:
    return Figure(key, value, unit, how, kind=Kind.BASELINE)


def ratio(key: str, ours: float, other: float, how: str, target: float | None = None) -> Figure:
    return Figure(key, ours / other, "x", how, target, Kind.RATIO)


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least so many percent of the values do not exceed."""
    rank = math.ceil(percent / 100 * len(values))
    return sorted(values)[max(rank, 1) - 1]


def spread(values: Sequence[float], unit: str) -> str:
    """The whole distribution in one line."""
    marks = ((50, "p50"), (90, "p90"), (99, "p99"), (100, "max"))
    parts = [f"{name} {percentile(values, percent):.2f}" for percent, name in marks]
    return f"{', '.join(parts)} {unit} of {len(values)}"


def as_json(figures: Iterable[Figure], quick: bool, began: Sequence[float]) -> dict[str, object]:
    """The one object of --json: our figures by key at the top, the rest in groups."""
    figures = tuple(figures)
    groups: dict[str, dict[str, object]] = {kind: {} for kind in Kind}
    for figure in figures:
        groups[figure.kind][figure.key] = round(figure.value, 4)
    return {
        **groups[Kind.OURS],
        "baselines": groups[Kind.BASELINE],
        "ratios": groups[Kind.RATIO],
        "targets": {f.key: f.target for f in figures if f.target is not None},
        "units": {f.key: f.unit for f in figures},
        "missed": [f.key for f in figures if f.missed],
        "how": {f.key: f.how for f in figures},
        "machine": machine(began),
        "quick": quick,
    }


def as_table(figures: Iterable[Figure]) -> str:
    lines = [f"{'figure':34} {'value':>12} {'unit':5} {'below':>8}  verdict  how"]
    for f in figures:
        target = "" if f.target is None else f"{f.target:g}"
        lines.append(
            f"{f.key:34} {f.value:12.3f} {f.unit:5} {target:>8}  {f.verdict:7}  "
            f"{'' if f.kind is Kind.OURS else f'({f.kind.name.lower()}) '}{f.how}"
        )
    return "\n".join(lines)


def machine(began: Sequence[float]) -> dict[str, object]:
    """Cores and load averages over one minute before and after, since others may share them."""
    return {
        "cores": os.cpu_count(),
        "load_before": round(began[0], 2),
        "load_after": round(load()[0], 2),
    }


def load() -> Sequence[float]:
    """Load averages over 1, 5 and 15 minutes; Windows has none."""
    return os.getloadavg() if hasattr(os, "getloadavg") else (math.nan, math.nan, math.nan)
