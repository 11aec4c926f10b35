"""`python -m tests.seeds N`: many seeds, one seed again, or the search for a defect put back."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.seeds.journal import JournalFile
from tests.seeds.mutations import MUTATIONS
from tests.seeds.run import play_seed
from tests.seeds.sums import Sums
from tests.seeds.workers import prepared, results


def main(args: list[str]) -> int:
    options = _options(args)
    if options.list_mutations:
        for one in MUTATIONS:
            _say(f"{one.name:18} {one.what}")
        return 0
    if options.mutate and options.mutate not in [one.name for one in MUTATIONS]:
        _say(f"no mutation {options.mutate!r}; --list-mutations shows those that there are")
        return 2
    if options.seed is not None:
        return _one(options)
    return _many(options)


def _one(options: argparse.Namespace) -> int:
    """One seed again: the sum of its trace and what it breaks."""
    with prepared(options.mutate):
        result = play_seed(options.seed, JournalFile())
    sums = Sums(options.seed)
    sums.add(result)
    for text in result.violations:
        _say(json.dumps({"seed": result.seed, "violation": text}))
    _say(json.dumps({"seed": result.seed, "trace": result.trace, **sums.line()}))
    return 1 if result.violations else 0


def _violations(seed: int) -> int:
    """Of the code as it is."""
    with prepared(""):
        return len(play_seed(seed, JournalFile()).violations)


def _many(options: argparse.Namespace) -> int:
    sums = Sums.load(options.resume, options.first) if options.resume else Sums(options.first)
    last = options.first + options.count
    began, saved = time.monotonic(), time.monotonic()
    with closing(results(sums.next, last, options.jobs, options.mutate)) as played:
        for result in played:
            sums.add(result)
            for text in result.violations:
                _say(json.dumps({"seed": result.seed, "violation": text}))
            now = time.monotonic()
            if options.resume and now - saved > 5.0:
                saved = now
                sums.save(options.resume)
            if (options.mutate and sums.violations) or now - began > options.seconds:
                break
    if options.resume:
        sums.save(options.resume)
    line = {**sums.line(), "seconds": round(time.monotonic() - began, 1), "jobs": options.jobs}
    if options.mutate and sums.found:
        line["violations_without"] = _violations(sums.found[0]["seed"])
    if options.json:
        _say(json.dumps(line))
    else:
        _say("\n".join(f"{key.replace('_', ' ')}: {value}" for key, value in line.items()))
    return 1 if sums.violations else 0


def _options(args: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="seeds", description=__doc__)
    parser.add_argument(
        "count", nargs="?", type=int, default=1000, metavar="N", help="seeds (1000)"
    )
    parser.add_argument("--from", dest="first", type=int, default=1, metavar="K", help="first seed")
    parser.add_argument("--seed", type=int, metavar="S", help="play this one seed again")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="J")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="end after so long")
    parser.add_argument("--resume", type=Path, metavar="FILE", help="keep the sums, go on there")
    parser.add_argument("--json", action="store_true", help="the sums as one JSON line at the end")
    parser.add_argument("--mutate", default="", metavar="NAME", help="put a defect back: exits 1")
    parser.add_argument("--list-mutations", action="store_true", help="the defects there are")
    return parser.parse_args(args)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
