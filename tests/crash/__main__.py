"""`python -m tests.crash`: all runs, one run again, or the suite against one removed defence."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter

from tests.crash.mutations import MUTATIONS, mutation
from tests.crash.play import Result, Run, play
from tests.crash.runs import all_runs
from tests.ea_sim.build import compiler


def main(args: list[str]) -> int:
    options = _options(args)
    if options.list_mutations:
        for one in MUTATIONS:
            _say(f"{one.name:24} {one.removed}")
        return 0
    if compiler() is None:
        _say("no C++ compiler: install g++ to run the real EA")
        return 3
    if options.mutate:
        return _mutate(options.mutate)
    runs = [Run.parse(options.run)] if options.run else all_runs(
        whole=options.long, seed=options.seed
    )  # fmt: skip
    tally = Tally(options.json)
    for run in runs:
        tally.add(play(run))
    tally.end()
    return 1 if tally.violations else 0


class Tally:
    """Counts runs; says each violation at once and the sum at the end."""

    def __init__(self, as_json: bool) -> None:
        self.violations = 0
        self._json = as_json
        self._runs = 0
        self._deaths = 0
        self._points: set[tuple[str, str, int]] = set()
        self._faults: Counter[str] = Counter()

    def add(self, result: Result) -> None:
        run = result.run
        self._runs += 1
        self._deaths += result.died
        self._points |= {(run.script, str(run.hedging), death.effect) for death in run.deaths}
        if run.fault:
            self._faults[run.fault] += result.faults
        for violation in result.violations:
            self.violations += 1
            _say(json.dumps({"run": str(run), "violation": violation}))

    def end(self) -> None:
        summary = {
            "runs": self._runs,
            "violations": self.violations,
            "deaths": self._deaths,
            "effect_points": len(self._points),
            "fault_hits": dict(sorted(self._faults.items())),
        }
        if self._json:
            _say(json.dumps(summary))
        else:
            _say("\n".join(f"{key.replace('_', ' ')}: {value}" for key, value in summary.items()))


def _mutate(name: str) -> int:
    try:
        one = mutation(name)
    except KeyError as error:
        _say(str(error.args[0]))
        return 2
    evidence = one.detect(one.program)
    _say(f"{name}: removed is «{one.removed}»")
    _say(f"the suite finds: {evidence}" if evidence else "THE SUITE FINDS NOTHING")
    return 0 if evidence is None else 1


def _options(args: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="crash", description=__doc__)
    parser.add_argument("--json", action="store_true", help="the sum as one JSON line at the end")
    parser.add_argument("--long", action="store_true", help="every effect, fault and double death")
    parser.add_argument("--seed", type=int, default=0, help="of the runs that are drawn")
    parser.add_argument("--run", metavar="TEXT", help="play one run again, as a violation names it")
    parser.add_argument("--list-mutations", action="store_true", help="the defences that can go")
    parser.add_argument("--mutate", metavar="NAME", help="the suite without one defence: exits 1")
    return parser.parse_args(args)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
