"""Wine as the tests need it: a prefix of its own, programs compiled for it, no window on screen."""

import contextlib
import os
import select
import shutil
import subprocess
import time
from pathlib import Path

PROGRAMS = Path(__file__).parent / "programs"
COMPILER = "x86_64-w64-mingw32-gcc"
NEEDED = {"wine": "wine", "nsis": "makensis", "gcc-mingw-w64-x86-64": COMPILER}
# Wine brings these along; a fresh Windows does not. Only what is shipped may be used.
_VC_RUNTIME = "msvcp140,msvcp140_1,msvcp140_2,vcruntime140,vcruntime140_1,concrt140=n"
_PATIENCE_S = 240
UNINSTALL_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\SignalOS"
# Environment variable: a folder that the release page's pictures are put into.
PICTURES = "SIGNALOS_INSTALLER_PICTURES"


def missing_packages() -> list[str]:
    """Debian packages that a test of the installer needs and that are not here."""
    return [package for package, program in NEEDED.items() if not shutil.which(program)]


def compile_c(source: str, target: Path, *options: str) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    flags = ["-O2", "-s", "-Wall", "-Werror", *options]
    subprocess.run([COMPILER, *flags, str(PROGRAMS / source), "-o", str(target)], check=True)
    return target


class Wine:
    """A Windows of one user. display: the X display of its windows, empty: it has none."""

    def __init__(self, folder: Path) -> None:
        self.prefix = folder / "prefix"
        self.display = ""
        # Its profile's links point here and not into ours.
        home = folder / "home"
        home.mkdir(parents=True)
        self._environ = {
            **{name: os.environ[name] for name in ("PATH", "TERM") if name in os.environ},
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "WINEDEBUG": "-all",
            "WINEPREFIX": str(self.prefix),
            "WINEDLLOVERRIDES": f"winemenubuilder.exe=d;mscoree=;mshtml=;{_VC_RUNTIME}",
            # Wine hides every QT_ variable from its programs but for those that begin so.
            "WINEQT_QPA_PLATFORM": "offscreen",
        }
        self.run("wineboot", "-i")
        self.run("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
        compile_c("icuuc.c", self.prefix / "drive_c/windows/system32/icuuc.dll", "-shared")

    @property
    def user(self) -> Path:
        return next(
            folder
            for folder in (self.prefix / "drive_c" / "users").iterdir()
            if folder.name != "Public"
        )

    @property
    def local_data(self) -> Path:
        return self.user / "AppData" / "Local"

    @property
    def programs(self) -> Path:
        return self.local_data / "Programs" / "SignalOS"

    @property
    def menu(self) -> Path:
        below = "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/SignalOS Desktop"
        return self.user / below

    def command(self, program: Path | str, *words: str) -> list[str]:
        return ["wine", str(program), *words]

    def start(self, program: Path | str, *words: str) -> subprocess.Popen[bytes]:
        # Python under Wine takes pipes and the null device, and no file, for its streams.
        return subprocess.Popen(
            self.command(program, *words),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environ | {"DISPLAY": self.display},
        )

    def run(
        self, program: Path | str, *words: str, largest_file: int | None = None
    ) -> subprocess.CompletedProcess[str]:
        """largest_file: bytes after which writing fails, as on a disk that is full."""
        limit = [] if largest_file is None else ["prlimit", f"--fsize={largest_file}"]
        process = subprocess.Popen(
            [*limit, *self.command(program, *words)],
            # Python ignores the signal that comes with it, and so shall the program.
            restore_signals=not limit,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self._environ | {"DISPLAY": self.display},
        )
        assert process.stdout is not None
        with process.stdout as pipe:
            text = read_while_running(process, pipe.fileno()).decode("utf-8", "replace")
        return subprocess.CompletedProcess(process.args, process.returncode, text, "")

    def windows_path(self, path: Path) -> str:
        """As a program inside sees it: C: for the prefix's own drive, Z: for everything else."""
        drive = self.prefix / "drive_c"
        if path.is_relative_to(drive):
            return "C:\\" + str(path.relative_to(drive)).replace("/", "\\")
        return "Z:" + str(path).replace("/", "\\")

    def setup_log(self) -> str:
        """What the last setup or removal said: its code and its text."""
        found = [path for path in self.user.rglob("SignalOS-Setup.log") if path.is_file()]
        return found[0].read_text("utf-16").strip() if found else ""

    def running(self, name: str) -> list[list[str]]:
        """The words of each program inside whose file has this name."""
        own, found = f"WINEPREFIX={self.prefix}".encode(), []
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if own in (process / "environ").read_bytes().split(b"\0"):
                    words = (process / "cmdline").read_text("utf-8").rstrip("\0").split("\0")
                    if words[0].rpartition("\\")[2] == name:
                        found.append(words)
        return found

    def end_session(self) -> None:
        """End every program inside, services too; the next one starts them again."""
        for words in (["-k"], ["-w"]):
            subprocess.run(["wineserver", *words], env=self._environ, check=False)


def read_while_running(process: "subprocess.Popen[bytes]", pipe: int) -> bytes:
    """Wine's services inherit the pipe and keep it: its end does not come with the program's."""
    os.set_blocking(pipe, False)
    said, running, end = b"", True, time.monotonic() + _PATIENCE_S
    while running:
        if time.monotonic() > end:
            process.kill()
            raise AssertionError(f"{process.args} did not end; it said {said!r}")
        running = process.poll() is None
        select.select([pipe], [], [], 0.05 if running else 0)
        with contextlib.suppress(BlockingIOError):
            while chunk := os.read(pipe, 1 << 16):
                said += chunk
    return said


def gone(path: Path, patience_s: float = 60.0) -> bool:
    """True as soon as nothing lies there: an uninstaller goes on after it has returned."""
    end = time.monotonic() + patience_s
    while path.exists() and time.monotonic() < end:
        time.sleep(0.05)
    return not path.exists()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
