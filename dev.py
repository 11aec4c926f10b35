#!/usr/bin/env python3
"""The one entry point for people who change the code; it needs a Python and nothing else."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from subprocess import DEVNULL

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN, SUFFIX = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
PYTHON = str(VENV / BIN / f"python{SUFFIX}")
STAMP = VENV / "made-from.sha256"
RUNTIME_LOCK, DEV_LOCK = "requirements.lock", "requirements-dev.lock"
WINDOWS_LOCKS = {f"installer/windows-cp3{minor}.lock": f"3.{minor}" for minor in (11, 13)}
CRASH_OPTIONS = {"--json", "--long", "--list-mutations", "--mutate", "--run", "--seed"}
OLDEST, NEWEST = (3, 11), (3, 13)

# Debian package: the library in it that Qt loads.
QT_LIBRARIES = {
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
}
# The same for windows on an X display.
X11_LIBRARIES = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}


def demo(args: list[str]) -> int:
    """run the panel with a simulated terminal"""
    return app(["--demo", *args])


def test(args: list[str]) -> int:
    """[LAYER...] [PYTEST OPTIONS...]  the tests; without arguments all that CI runs

    `test crash --json` enumerates the crashes of the Expert Advisor; --long, --list-mutations,
    --mutate NAME and --run TEXT go with it.
    """
    make_environment()
    first_option = next((i for i, arg in enumerate(args) if arg.startswith("-")), len(args))
    layers, options = args[:first_option], args[first_option:]
    for layer in layers:
        if not (ROOT / "tests" / layer).exists():
            return refuse(f"no tests in tests/{layer}")
    pytest = [PYTHON, "-m", "pytest", *(f"tests/{layer}" for layer in layers), *options]
    if not offer_qt_packages():
        say("Tests of the panel will fail; the others do without Qt.")
        pytest += ["-p", "no:pytest-qt"]
    offer_test_programs()
    if not layers or "installer" in layers:
        offer_installer_programs()
    if layers == ["crash"] and any(option in options for option in CRASH_OPTIONS):
        return hand_over([PYTHON, "-m", "tests.crash", *options], cwd=ROOT)
    if args:
        return run(pytest, cwd=ROOT)
    checks_failed = run_checks(with_house=False)
    return run([*pytest, "--cov"], cwd=ROOT) or checks_failed


def check(args: list[str]) -> int:
    """format, lint, types, import contracts, house rules, generated documents"""
    if args:
        return refuse("check takes no arguments")
    make_environment()
    return run_checks()


def bench(args: list[str]) -> int:
    """[--json]  the benchmarks, each beside its baseline"""
    make_environment()
    return hand_over([PYTHON, "-m", "tests.bench", *args], cwd=ROOT)


def seeds(args: list[str]) -> int:
    """[N] [--json] [--resume FILE] ...  N runs of the real engine in a simulated world

    --from K, --jobs J, --seconds S choose which and how long; --seed S plays one again;
    --list-mutations and --mutate NAME put a defect back.
    """
    make_environment()
    return hand_over([PYTHON, "-m", "tests.seeds", *args], cwd=ROOT)


def shots(args: list[str]) -> int:
    """[--out DIR]  pictures of the panel in its states, both schemes and sizes"""
    out = args[1] if len(args) == 2 and args[0] == "--out" else "build/shots"
    if args and len(args) != 2:
        return refuse("shots takes --out DIR")
    make_environment()
    offer_qt_packages()
    Path(out).mkdir(parents=True, exist_ok=True)
    return hand_over([PYTHON, "-m", "tests.gui.shots", str(Path(out).absolute())], cwd=ROOT)


def ea_run(args: list[str]) -> int:
    """FILE.mq5 --folder F ...  an Expert Advisor on a simulated terminal, in real time"""
    make_environment()
    offer_test_programs()
    return hand_over([PYTHON, "-m", "tests.ea_sim.ea_run", *args])


def score(args: list[str]) -> int:
    """FILE  the parser on a labelled file of messages"""
    if not args:
        return refuse("score needs a labelled file: python3 dev.py score FILE")
    make_environment()
    return hand_over([PYTHON, str(ROOT / "tests/score/score.py"), *args])


def app(args: list[str]) -> int:
    """[ARGS...]  signalos-desktop ARGS"""
    make_environment()
    if not args or args[0].startswith("-"):
        offer_qt_packages(on_screen=True)
    return hand_over([PYTHON, "-m", "signalos_desktop", *args])


def installer(args: list[str]) -> int:
    """[--check] [--release] [--fast] [--out DIR]  SignalOS-Setup.exe; --check: twice, and run"""
    make_environment()
    offer_installer_programs()
    return hand_over([PYTHON, "-m", "installer", *args], cwd=ROOT)


def lock(args: list[str]) -> int:
    """[UV OPTIONS...]  both locks from pyproject.toml again; --upgrade takes newer versions"""
    options = ["--generate-hashes", "--no-header", "--no-annotate", "--quiet", "--extra", "qr"]
    options += args
    everywhere = ["--universal", "--python-version", "3.11"]
    dev_extra = ["--extra", "dev", "--constraint", RUNTIME_LOCK]
    with tempfile.TemporaryDirectory() as scratch:
        make_venv(Path(scratch))
        scripts = Path(scratch) / BIN
        set_up([str(scripts / f"python{SUFFIX}"), "-m", "pip", "install", "-qq", "uv"])
        uv = [str(scripts / f"uv{SUFFIX}"), "pip", "compile", "pyproject.toml", *options]
        set_up([*uv, *everywhere, "--output-file", RUNTIME_LOCK])
        set_up([*uv, *everywhere, *dev_extra, "--output-file", DEV_LOCK])
        lock_for_windows(Path(scratch), uv)
    return 0


TASKS = {
    task.__name__.replace("_", "-"): task
    for task in (demo, test, check, bench, seeds, score, shots, ea_run, app, installer, lock)
}


def main(args: list[str]) -> int:
    use_supported_python()
    if not args or args[0] in ("-h", "--help", "help"):
        for name, task in TASKS.items():
            print(f"python3 dev.py {name:6}  {(task.__doc__ or '').splitlines()[0]}")
        return 0
    if args[0] not in TASKS:
        return refuse(f"no task {args[0]!r}; there are: {', '.join(TASKS)}")
    try:
        return TASKS[args[0]](args[1:])
    except KeyboardInterrupt:
        return 130


def lock_for_windows(scratch: Path, uv: list[str]) -> None:
    """What the installer ships: the versions of the lock, but for installer/overrides.txt."""
    overrides = ROOT / "installer" / "overrides.txt"
    pinned_there = tuple(
        line.partition("==")[0] for line in overrides.read_text("utf-8").splitlines()
    )
    pins = [line for line in (ROOT / RUNTIME_LOCK).read_text("utf-8").splitlines() if "==" in line]
    kept = [pin.rstrip(" \\") for pin in pins if not pin.startswith(pinned_there)]
    constraints = scratch / "constraints.txt"
    constraints.write_text("\n".join(kept), "utf-8")
    windows = ["--python-platform", "x86_64-pc-windows-msvc", "--only-binary"]
    windows += [":all:", "--constraint", str(constraints), "--override", str(overrides)]
    for name, python in WINDOWS_LOCKS.items():
        set_up([*uv, *windows, "--python-version", python, "--output-file", name])


def run_checks(with_house: bool = True) -> int:
    """Run every check, print what a failed one said and one line for each; 1 if any failed."""
    module = [PYTHON, "-m"]
    checks = {
        "format": [*module, "ruff", "format", "--check", "."],
        "lint": [*module, "ruff", "check", "."],
        "types": [*module, "mypy"],
        "import contracts": [str(VENV / BIN / f"lint-imports{SUFFIX}"), "--no-logo"],
    }
    if with_house:
        checks["house rules"] = [*module, "pytest", "-q", "tests/unit/test_house.py"]
    if any((ROOT / "tests").glob("generated*")):
        checks["generated documents"] = [*module, "tests.generated", "--check"]
    failed = 0
    for name, command in checks.items():
        done = subprocess.run(command, cwd=ROOT, stdin=DEVNULL, capture_output=True, check=False)
        if done.returncode:
            failed = 1
            sys.stdout.buffer.write(done.stdout + done.stderr)
        print("FAIL" if done.returncode else "ok  ", name, flush=True)
    return failed


def make_environment() -> None:
    """Make .venv from the locks, unless it is made from these very locks with this Python."""
    made_from = environment_inputs()
    if environment_is(made_from):
        return
    with one_at_a_time():
        if environment_is(made_from):
            return
        say(f"Setting up .venv from {DEV_LOCK}: once, about a minute.")
        make_venv(VENV)
        pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
        set_up([*pip, "--only-binary", ":all:", "--require-hashes", "-r", DEV_LOCK])
        set_up([*pip, "--no-deps", "--no-build-isolation", "--no-index", "-e", "."])
        STAMP.write_text(made_from)


def environment_inputs() -> str:
    """A hash of all that .venv is made from."""
    import tomllib  # New in 3.11: an older Python must get as far as use_supported_python.

    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    inputs = [
        str(ROOT),
        str(sys.version_info[:2]),
        (ROOT / DEV_LOCK).read_text("utf-8"),
        json.dumps([pyproject["project"], pyproject["build-system"]]),
    ]
    return hashlib.sha256("\0".join(inputs).encode()).hexdigest()


def environment_is(made_from: str) -> bool:
    return Path(PYTHON).exists() and STAMP.exists() and STAMP.read_text() == made_from


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two runs must not make one environment at once; SQLite's lock ends with its process."""
    cache = ROOT / ".cache"
    cache.mkdir(exist_ok=True)
    with contextlib.closing(sqlite3.connect(cache / "set-up.lock", timeout=900)) as file:
        file.execute("BEGIN EXCLUSIVE")
        yield


def use_supported_python() -> None:
    """Start again under a Python that the locks are made for, if this is none."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and silent_success([found, "-c", ""]):
            sys.exit(hand_over([found, __file__, *sys.argv[1:]]))
    sys.exit("SignalOS Desktop needs Python 3.11, 3.12 or 3.13; none of them is here.")


def make_venv(folder: Path) -> None:
    """Python's own venv and ensurepip make it; Debian keeps those in a package of their own."""
    if not importlib.util.find_spec("ensurepip"):
        install_packages(["python3-venv"])
        importlib.invalidate_caches()
        if not importlib.util.find_spec("ensurepip"):
            sys.exit("Python's venv is missing. On Debian: apt-get install python3-venv")
    import venv  # Not before here: it may have been missing until now.

    venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(folder)


def offer_qt_packages(on_screen: bool = False) -> bool:
    """Install the system libraries that Qt misses, or name them; True if none is missing now."""
    if not sys.platform.startswith("linux"):
        return True
    wanted = QT_LIBRARIES | (X11_LIBRARIES if on_screen and os.environ.get("DISPLAY") else {})
    if missing := [package for package in wanted if not loads(wanted[package])]:
        install_packages(missing)
    if missing := [package for package in missing if not loads(wanted[package])]:
        say(f"Qt misses system libraries. On Debian: apt-get install {' '.join(missing)}")
    return not missing


def offer_test_programs() -> None:
    """A compiler for the real Expert Advisor, a keyring service; tests without them are skipped."""
    wanted = {"g++": "g++", "gnome-keyring": "gnome-keyring-daemon", "dbus": "dbus-run-session"}
    missing = [package for package, program in wanted.items() if not shutil.which(program)]
    if sys.platform.startswith("linux") and missing:
        install_packages(missing)


def offer_installer_programs() -> None:
    """NSIS, a compiler for Windows and Wine: some 200 MB; what needs them is skipped without."""
    wanted = {"nsis": "makensis", "gcc-mingw-w64-x86-64": "x86_64-w64-mingw32-gcc"}
    wanted |= {"wine": "wine", "wine64": "wine64", "xvfb": "Xvfb"}
    on_path = {name for name in wanted if shutil.which(wanted[name])}
    if Path("/usr/lib/wine/wine64").exists():
        on_path.add("wine64")
    if sys.platform.startswith("linux") and (missing := sorted(set(wanted) - on_path)):
        install_packages(missing)


def loads(library: str) -> bool:
    with contextlib.suppress(OSError):
        return bool(ctypes.CDLL(library))
    return False


def install_packages(packages: list[str]) -> None:
    """Install Debian packages if no password is needed; the caller looks whether it worked."""
    as_root = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or not silent_success([*as_root, "true"]):
        return
    say(f"Installing Debian packages: {' '.join(packages)}")
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run([*apt, *arguments], stdin=DEVNULL, stdout=sys.stderr, check=False)


def silent_success(command: list[str]) -> bool:
    found = shutil.which(command[0])
    return bool(found) and subprocess.run(command, capture_output=True, check=False).returncode == 0


def set_up(command: list[str]) -> None:
    """Run a step of the set-up, away from the stdin and stdout of the task that waits for it."""
    if subprocess.run(command, cwd=ROOT, stdin=DEVNULL, stdout=sys.stderr, check=False).returncode:
        sys.exit(f"This step of the set-up failed, see above: {' '.join(command)}")


def hand_over(command: list[str], cwd: Path | None = None) -> int:
    """Become the command, which gets the terminal and the signals; on Windows wait for it."""
    if os.name == "posix":
        os.chdir(cwd or Path.cwd())
        os.execv(command[0], command)
    return run(command, cwd)


def run(command: list[str], cwd: Path | None = None) -> int:
    """Run to the end and give the exit code; what Ctrl-C means, the command decides."""
    process = subprocess.Popen(command, cwd=cwd)
    while True:
        with contextlib.suppress(KeyboardInterrupt):
            code = process.wait()
            return 128 - code if code < 0 else code


def refuse(reason: str) -> int:
    say(f"dev.py: {reason}")
    return 2


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
