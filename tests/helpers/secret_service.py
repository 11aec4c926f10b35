"""A real Secret Service of its own: a private D-Bus session with gnome-keyring in it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest

PASSWORD = "open sesame"


def need_secret_service() -> None:
    missing = [name for name in ("dbus-daemon", "gnome-keyring-daemon") if not shutil.which(name)]
    if missing:
        pytest.skip(f"{', '.join(missing)} missing: install the Debian packages dbus gnome-keyring")


@contextmanager
def secret_service(home: Path, password: str = PASSWORD) -> Iterator[dict[str, str]]:
    """The variables that lead a program to it. A wrong password leaves the keyring locked."""
    runtime = home / "run"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    environ = {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_RUNTIME_DIR": str(runtime),
        # Nobody is there to be asked.
        "DISPLAY": "",
        "WAYLAND_DISPLAY": "",
    }
    bus = _start(["dbus-daemon", "--session", "--nofork", "--print-address"], environ)
    try:
        environ["DBUS_SESSION_BUS_ADDRESS"] = _first_line(bus)
        ring = _start(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"], environ
        )
        try:
            assert ring.stdin is not None
            ring.stdin.write(password)
            ring.stdin.close()
            _wait_for_owner(environ["DBUS_SESSION_BUS_ADDRESS"], "org.freedesktop.secrets")
            yield environ
        finally:
            _end(ring)
    finally:
        _end(bus)


def _start(command: list[str], environ: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        env=os.environ | environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    assert line, f"{process.args!r} did not start"
    return line


def _wait_for_owner(bus: str, name: str) -> None:
    """Until somebody serves under the name; TimeoutError after half a minute."""
    # Both are here wherever the Secret Service is, and neither says what its types are.
    bus_words, blocking = import_module("jeepney"), import_module("jeepney.io.blocking")
    appears = bus_words.MatchRule(
        type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged"
    )
    appears.add_arg_condition(0, name)
    with blocking.open_dbus_connection(bus) as connection, connection.filter(appears) as appeared:
        blocking.Proxy(bus_words.message_bus, connection).AddMatch(appears)
        if not blocking.Proxy(bus_words.DBus(), connection).NameHasOwner(name)[0]:
            connection.recv_until_filtered(appeared, timeout=30)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.wait(30)
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
