"""`python3 dev.py installer`: builds SignalOS-Setup.exe, or checks that the recipe holds."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from installer.pins import RecipeError
from installer.recipe import BUILT_ALREADY, WORK, Built, build
from installer.stage import PROJECT


def main(argv: list[str]) -> int:
    args = _read(argv)
    runtime = "release" if args.release else "registry"
    try:
        first = build(runtime, args.out, fast=args.fast)
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
        help="build a second time and compare, then the whole cycle under wine or on Windows",
    )
    parser.add_argument("--out", type=lambda text: Path(text).absolute(), default=WORK)
    return parser.parse_args(argv)


def _show(built: Built) -> None:
    print(
        f"{built.setup}: {built.setup_mb:.1f} MB, installed {built.installed_mb:.0f} MB, "
        f"{built.seconds:.0f} s\nSHA-256 {built.sha256}"
    )


def _check(first: Built, runtime: str, args: argparse.Namespace) -> int:
    again = build(runtime, args.out, fast=args.fast)
    same = again.sha256 == first.sha256
    print("ok   two builds, one hash" if same else f"FAIL the second build has {again.sha256}")
    tests = [sys.executable, "-m", "pytest", "-q", "-rs", "tests/installer"]
    environ = {**os.environ, BUILT_ALREADY: str(args.out)}
    cycle = subprocess.run(tests, cwd=PROJECT, env=environ, check=False).returncode
    return 0 if same and not cycle else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
