"""Compiles MQL5 programs with g++, strictly or as a terminal would take them; kept by a hash."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.ea_sim import enums
from tests.ea_sim.mq5pp import translate
from tests.ea_sim.tokens import word_list

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RUNTIME = HERE / "runtime"
CACHE = ROOT / ".cache" / "ea_sim"
EA = ROOT / "ea"
EXPERT = EA / "Experts" / "SignalOS" / "SignalOSBridge.mq5"

STRICT = word_list(
    "-Wall -Wextra -Wconversion -Wsign-compare -Wshadow -Wparentheses -Wunused -Wuninitialized "
    "-Wreturn-type -Wno-sign-conversion -Wno-unused-function -Wno-unused-parameter "
    "-Wno-attributes -Werror"
)
LOOSE = ["-w", "-fpermissive"]
PERMISSIVE = ["-DMQL_PERMISSIVE"]
SANITIZERS = word_list(
    "-g -O1 -fsanitize=address,undefined,float-divide-by-zero -fno-sanitize-recover=all"
)


class BuildError(Exception):
    """The compiler refused the program; the text is what it said."""


@dataclass(frozen=True, slots=True)
class Program:
    """How a program is built; checked: with warnings as errors; mutation: name, old, new text."""

    source: Path
    permissive: bool = False
    sanitize: bool = False
    checked: bool = True
    mutation: tuple[str, str, str] | None = None


def compiler() -> str | None:
    """The C++ compiler of this machine, None if there is none."""
    return shutil.which(os.environ.get("CXX", "g++"))


def includes(program: Program) -> tuple[Path, ...]:
    own = EA / "Include"
    return (program.source.resolve().parent, own, HERE / "library", HERE / "executors" / "Include")


def expert() -> Program:
    """The EA as the tests run it; EA_SIM_SANITIZE=1 runs all of them under ASan and UBSan."""
    return Program(EXPERT, sanitize=os.environ.get("EA_SIM_SANITIZE") == "1")


@functools.cache
def build(program: Program) -> Path:
    """The executable of a program; compiled unless one made from the same texts lies there."""
    unit = translate(program.source, includes(program), permissive=program.permissive)
    text = _mutated(unit.text, program)
    mode = [*(SANITIZERS if program.sanitize else []), *(PERMISSIVE if program.permissive else [])]
    runtime = _runtime(["-O1", *mode])
    warnings = STRICT if program.checked and not program.permissive else LOOSE
    key = _hash(text, " ".join([*mode, *warnings]), runtime.name)
    binary = CACHE / f"{program.source.stem}-{key}"
    if binary.exists():
        return binary
    generated = CACHE / f"{binary.name}.cpp"
    _write(generated, text)
    built = CACHE / f"{binary.name}.{os.getpid()}"
    _compile([*mode, *warnings, *_include_flags(), str(generated), str(runtime), "-o", str(built)])
    built.replace(binary)
    return binary


def _mutated(text: str, program: Program) -> str:
    if not program.mutation:
        return text
    name, old, new = program.mutation
    if text.count(old) != 1:
        raise BuildError(f"mutation of {name}: {old!r} stands {text.count(old)} times")
    return text.replace(old, new)


def _runtime(mode: list[str]) -> Path:
    """The runtime as one object file; each part is compiled beside the others."""
    header = enums.header()
    sources = sorted(RUNTIME.glob("*.cpp"))
    texts = [path.read_text("utf-8") for path in sorted(RUNTIME.glob("*.[ch]pp"))]
    key = _hash(header, *texts, " ".join(mode))
    joined = CACHE / f"runtime-{key}.o"
    if joined.exists():
        return joined
    _write(CACHE / "include" / "mql5_enums.hpp", header)
    parts = [CACHE / f"{path.stem}-{key}.{os.getpid()}.o" for path in sources]
    runs = [
        subprocess.Popen(
            [
                _cxx(),
                *mode,
                "-std=c++17",
                "-w",
                *_include_flags(),
                "-c",
                str(source),
                "-o",
                str(part),
            ],
            stderr=subprocess.PIPE,
        )
        for source, part in zip(sources, parts, strict=True)
    ]
    for run in runs:
        said = run.communicate()[1]
        if run.returncode:
            raise BuildError(said.decode("utf-8", "replace"))
    made = CACHE / f"runtime-{key}.{os.getpid()}.o"
    subprocess.run(["ld", "-r", *map(str, parts), "-o", str(made)], check=True)
    made.replace(joined)
    for part in parts:
        part.unlink()
    return joined


def _cxx() -> str:
    found = compiler()
    if found is None:
        raise BuildError("no C++ compiler: install g++")
    return found


def _include_flags() -> list[str]:
    return ["-I", str(RUNTIME), "-I", str(CACHE / "include")]


def _compile(arguments: list[str]) -> None:
    done = subprocess.run(
        [_cxx(), "-std=c++17", *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildError(done.stderr)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    temporary.write_text(text, "utf-8")
    temporary.replace(path)


def _hash(*texts: str) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8"))
        digest.update(b"\0")
    return digest.hexdigest()[:20]
