"""The order of work: sources, staged tree, static check, setup program, its hash beside it."""

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from installer import closure
from installer.nsis import build_setup, size_kb
from installer.papers import MANIFEST, PARTS
from installer.pins import RecipeError, Runtime, read_runtime
from installer.signing import configured
from installer.sources import Sources, sha256
from installer.stage import PROJECT, build_stage, project_version

CACHE = PROJECT / ".cache" / "installer"
WORK = PROJECT / "build" / "installer"
# Environment variable: a folder with a finished build, for the tests; below it an older version.
BUILT_ALREADY = "SIGNALOS_INSTALLER_BUILD"
OLDER = "older"
LARGEST_SETUP_MB = 40
LARGEST_INSTALLED_MB = 140


@dataclass(frozen=True, slots=True)
class Built:
    """A finished setup program. stage: the tree it installs."""

    setup: Path
    stage: Path
    version: str
    sha256: str
    setup_mb: float
    installed_mb: float
    seconds: float = 0.0


def build(
    runtime_name: str,
    work: Path,
    *,
    fast: bool = False,
    version: str = "",
    say: Callable[[str], None] = print,
) -> Built:
    """work: a folder of this build; the setup program comes to lie in it."""
    began = time.monotonic()
    runtime = read_runtime(runtime_name)
    version = version or project_version()
    stage = work / "stage"
    say(f"{runtime.name} runtime, CPython {runtime.python}, version {version}")
    build_stage(runtime, Sources(CACHE), stage, version)
    if problems := closure.problems(stage):
        raise RecipeError("the staged tree would not start on Windows:\n" + "\n".join(problems))
    say(f"staged in {time.monotonic() - began:.0f} s; every import is there")
    setup = work / f"{setup_name(runtime)}.exe"
    build_setup(stage, setup, version, fast=fast)
    shutil.copyfile(stage / PARTS, work / PARTS)
    if not configured():
        say("not signed: no key is configured (SIGNALOS_SIGN)")
    built = replace(built_in(work), seconds=time.monotonic() - began)
    (work / f"{setup.name}.sha256").write_text(f"{built.sha256}  {setup.name}\n", "ascii")
    if built.installed_mb > LARGEST_INSTALLED_MB or (
        built.setup_mb > LARGEST_SETUP_MB and not fast
    ):
        raise RecipeError(
            f"setup {built.setup_mb:.1f} MB, installed {built.installed_mb:.0f} MB; allowed are "
            f"{LARGEST_SETUP_MB} and {LARGEST_INSTALLED_MB}: see what grew, drop it in keep.toml"
        )
    return built


def setup_name(runtime: Runtime) -> str:
    """A build with the tests' runtime must not be taken for one that may be shipped."""
    return "SignalOS-Setup" if runtime.url else "SignalOS-Setup-test"


def built_in(work: Path) -> Built:
    """What lies there from an earlier build."""
    stage = work / "stage"
    said = json.loads((stage / MANIFEST).read_text("utf-8"))
    setup = work / f"{setup_name(read_runtime(said['runtime']))}.exe"
    setup_mb, installed_mb = setup.stat().st_size / 1e6, size_kb(stage) * 1024 / 1e6
    return Built(setup, stage, said["version"], sha256(setup), setup_mb, installed_mb)
