"""Baseline: the receipts reader of the protocol's reference, which reads the whole file each time.

`python -m tests.bench.naive_reader FILE TIMES` prints milliseconds of the fastest reading and
MiB of memory at the peak.
"""

import csv
import resource
import sys
import time
from pathlib import Path


def read_receipts(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def main(path: Path, times: int) -> None:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        read_receipts(path)
        took.append(time.perf_counter() - began)
    peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(min(took) * 1000, peak_kib / 1024)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
