"""`python3 dev.py installer`: builds SignalOS-Setup.exe, or checks that the recipe holds."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from installer.figures import Verdict, busy, judge
from installer.pins import RecipeError
from installer.recipe import BUILT_ALREADY, OLDER, WORK, Built, build
from installer.stage import PROJECT

# What `--check` allows on two cores.
LONGEST_BUILD_S, LONGEST_QUICK_BUILD_S = 180, 40
_OLDER_VERSION = "0.0.1"


def main(argv: list[str]) -> int:
    args = _read(argv)
    runtime = "release" if args.release else "registry"
    try:
        first = build(runtime, args.out, fast=args.fast, say=_say)
        _show(first)
        return _check(first, runtime, args) if args.check else 0
    except RecipeError as error:
        print(f"installer: {error}", file=sys.stderr)
        return 1


def _read(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py installer", allow_abbrev=False)
    parser.add_argument(
        "--release",
        action="store_true",
        help="with CPython's embeddable zip, to be shipped; else a test build",
    )
    parser.add_argument("--fast", action="store_true", help="compress quickly, not well")
    parser.add_argument(
        "--check",
        action="store_true",
        help="build a second time and compare, then the whole cycle under Wine",
    )
    parser.add_argument("--out", type=lambda text: Path(text).absolute(), default=WORK)
    return parser.parse_args(argv)


def _show(built: Built) -> None:
    _say(
        f"{built.setup}: {built.setup_mb:.1f} MB, installed {built.installed_mb:.0f} MB, "
        f"{built.seconds:.0f} s\nSHA-256 {built.sha256}"
    )


def _check(first: Built, runtime: str, args: argparse.Namespace) -> int:
    """0 only if everything ran and held; a line for each thing that was done."""
    again = build(runtime, args.out, fast=args.fast, say=_say)
    held = [_told(_verdict(again.sha256 == first.sha256), f"two builds, one hash: {again.sha256}")]
    # Also what the cycle upgrades from.
    quick = build(runtime, args.out / OLDER, fast=True, version=_OLDER_VERSION, say=_say)
    longest = LONGEST_QUICK_BUILD_S if args.fast else LONGEST_BUILD_S
    for what, built, most in (
        ("build", first, longest),
        ("quick build", quick, LONGEST_QUICK_BUILD_S),
    ):
        held.append(_told(*judge(what, built.seconds, most, busy())))
    tests = [sys.executable, "-m", "pytest", "-v", "--no-header", "-rs", "tests/installer"]
    environ = {**os.environ, BUILT_ALREADY: str(args.out)}
    cycle = subprocess.run(tests, cwd=PROJECT, env=environ, check=False).returncode
    held.append(_told(_verdict(not cycle), "the cycle under Wine: every step stands above"))
    return 0 if all(held) else 1


def _verdict(good: bool) -> Verdict:
    return Verdict.HELD if good else Verdict.FAILED


def _told(verdict: Verdict, what: str) -> bool:
    """False if it failed."""
    _say(f"{verdict:4} {what}")
    return verdict is not Verdict.FAILED


def _say(text: str) -> None:
    """At once, and so before what the tests say."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
