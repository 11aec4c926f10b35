"""`python -m tests.bench [--json] [--only NAME...] [--quick]`: run the benchmarks, show figures."""

import argparse
import json
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.bench import expert, idle, panel, poll, row, share, stop, trip
from tests.bench.figures import Conditions, Figure, as_json, as_table, load

GROUPS: dict[str, Callable[[Conditions], list[Figure]]] = {
    "row": row.measure,
    "share": share.measure,
    "poll": poll.measure,
    "idle": idle.measure,
    "stop": stop.measure,
    "trip": trip.measure,
    "expert": expert.measure,
    "panel": panel.measure,
}


def main(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--only", nargs="+", choices=GROUPS, default=list(GROUPS), metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="few repetitions: does it still run")
    chosen = parser.parse_args(args)
    began = load()
    figures: list[Figure] = []
    failed: list[str] = []
    for name in chosen.only:
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            figures += _run(name, chosen.quick)
        except Exception:  # noqa: BLE001 - one group's failure must not cost the others' figures
            traceback.print_exc()
            failed.append(name)
    if chosen.json:
        print(json.dumps(as_json(figures, chosen.quick, began) | {"failed": failed}))
    else:
        print(as_table(figures), *(f"{name}: FAILED, see above" for name in failed), sep="\n")
    return 1 if failed else 0


def _run(name: str, quick: bool) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix=f"signalos-bench-{name}-") as folder:
        return GROUPS[name](Conditions(Path(folder), quick))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
