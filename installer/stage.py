"""Puts the tree together that will be installed, every time the same bytes and times."""

import os
import shutil
from pathlib import Path

from installer.keep import thin_out_qt, unpack
from installer.launcher import build_launchers
from installer.papers import PARTS, collect_licences, parts_list, parts_of, write_manifest
from installer.pins import Pin, RecipeError, Runtime, read_keep
from installer.runtime import compile_library, find_python, lay_out
from installer.signing import sign
from installer.sources import Sources

PROJECT = Path(__file__).resolve().parent.parent
# For Python, and for the wheels that bring none of their own.
_VC_RUNTIME = ("vcruntime140.dll", "vcruntime140_1.dll", "msvcp140.dll")


def project_version() -> str:
    said = (PROJECT / "signalos_desktop" / "__init__.py").read_text("utf-8")
    return said.rpartition('__version__ = "')[2].partition('"')[0]


def build_stage(runtime: Runtime, sources: Sources, stage: Path, version: str) -> None:
    """stage: what will be the installation's folder; it is made anew."""
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    python = find_python(runtime.minor)
    lay_out(runtime, sources.runtime_file(runtime), stage / "runtime")
    wheels = sources.wheels(runtime)
    _lay_out_lib(wheels, stage)
    _copy_project(stage / "app", version)
    compile_library(python, stage, ["app", "lib"])
    build_launchers(stage, f"{runtime.stem}.dll", version)
    sign(*sorted(stage.glob("*.exe")))
    collect_licences(stage / "lib", stage / "licenses", PROJECT)
    _move_python_licence(stage)
    parts = parts_of(wheels, stage / "lib", runtime)
    (stage / PARTS).write_text(parts_list(version, parts), "utf-8", newline="\n")
    write_manifest(stage, version, runtime)
    set_times(stage)


def set_times(stage: Path) -> None:
    """The installer stores them, so they must not be those of the build."""
    moment = build_moment()
    for folder, folders, files in os.walk(stage):
        for name in (*folders, *files):
            os.utime(os.path.join(folder, name), (moment, moment))


def build_moment() -> int:
    """Seconds since 1970: SOURCE_DATE_EPOCH, else 2026-01-01."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", "1767225600"))


def _lay_out_lib(wheels: list[tuple[Pin, Path]], stage: Path) -> None:
    lib, keep = stage / "lib", read_keep()
    for _, wheel in wheels:
        if not unpack(wheel, lib, keep):
            papers = f"{'-'.join(wheel.name.split('-')[:2])}.dist-info"
            shutil.rmtree(lib / papers, ignore_errors=True)
    thin_out_qt(lib, keep)
    for name in _VC_RUNTIME:
        newest = lib / "PySide6" / name
        if not newest.exists():
            raise RecipeError(f"the PySide6 wheel holds no {name}: mend keep.toml")
        shutil.copyfile(newest, stage / "runtime" / name)


def _copy_project(app: Path, version: str) -> None:
    """The package beside the resources and the Expert Advisor, as in a checkout."""
    ignore = shutil.ignore_patterns("__pycache__", "*.pyc", ".*", "*.tmp", "shots")
    for folder in ("signalos_desktop", "resources", "ea"):
        shutil.copytree(PROJECT / folder, app / folder, ignore=ignore)
    said = app / "signalos_desktop" / "__init__.py"
    text = said.read_text("utf-8").replace(f'"{project_version()}"', f'"{version}"')
    said.write_text(text, "utf-8", newline="\n")


def _move_python_licence(stage: Path) -> None:
    licence = stage / "runtime" / "LICENSE.txt"
    if not licence.exists():
        raise RecipeError(f"this Python came without its licence: {licence} is missing")
    licence.rename(stage / "licenses" / "Python.txt")
