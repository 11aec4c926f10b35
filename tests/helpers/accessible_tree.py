"""The accessible tree as a screen reader walks it: AT-SPI on a private D-Bus, under a private X."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_ROOT = "/org/a11y/atspi/accessible/root"
_LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")


@dataclass(frozen=True, slots=True)
class Node:
    """One accessible: who serves it and where, its role and its name."""

    bus: str
    path: str
    role: str
    name: str


def need_accessible_tree() -> None:
    missing = [name for name in ("dbus-daemon", "Xvfb") if not shutil.which(name)]
    missing += [] if _LAUNCHER.exists() else ["at-spi2-core"]
    if missing:
        pytest.skip(f"{', '.join(missing)} missing: install the packages dbus xvfb at-spi2-core")
    pytest.importorskip("jeepney", reason="jeepney, which speaks D-Bus, is not installed")


@contextmanager
def accessible_desktop(home: Path) -> Iterator[dict[str, str]]:
    """The variables of a display with a session bus on which assistive programs are expected."""
    home.mkdir(mode=0o700)
    environ = {
        "XDG_RUNTIME_DIR": str(home),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "WAYLAND_DISPLAY": "",
    }
    screen = ["-screen", "0", "1400x900x24", "-nolisten", "tcp", "-displayfd", "1"]
    with _running(["Xvfb", *screen], environ) as display:
        environ["DISPLAY"] = f":{display}"
        bus = ["dbus-daemon", "--session", "--nofork", "--print-address"]
        with _running(bus, environ) as address:
            environ["DBUS_SESSION_BUS_ADDRESS"] = address
            yield environ


class AccessibleTree:
    """What the programs on that desktop show."""

    def __init__(self, session_bus: str) -> None:
        # Neither says what its types are.
        self._words = import_module("jeepney")
        self._blocking = import_module("jeepney.io.blocking")
        with self._blocking.open_dbus_connection(session_bus) as session:
            where = self._words.DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            call = self._words.new_method_call(where, "GetAddress")
            address = session.send_and_get_reply(call, timeout=30).body[0]
        self._bus = self._blocking.open_dbus_connection(address)

    def close(self) -> None:
        self._bus.close()

    def nodes(self) -> Iterator[Node]:
        """Everything below the desktop, a node before its children."""
        waiting: list[tuple[str, str]] = [("org.a11y.atspi.Registry", _ROOT)]
        while waiting:
            bus, path = waiting.pop()
            node = self._node(bus, path)
            if node is None:
                continue
            yield node
            children = self._ask(bus, path, _ACCESSIBLE, "GetChildren")
            waiting += reversed(children[0] if children else [])

    def find(self, role: str, name: str) -> Node | None:
        """The first one of this role whose name begins so."""
        found = (n for n in self.nodes() if n.role == role and n.name.startswith(name))
        return next(found, None)

    def press(self, node: Node) -> bool:
        """Its first action, as a screen reader's user does it."""
        answer = self._ask(node.bus, node.path, "org.a11y.atspi.Action", "DoAction", "i", (0,))
        return bool(answer and answer[0])

    def _node(self, bus: str, path: str) -> Node | None:
        """None for one that has gone meanwhile."""
        role = self._ask(bus, path, _ACCESSIBLE, "GetRoleName")
        properties = "org.freedesktop.DBus.Properties"
        name = self._ask(bus, path, properties, "Get", "ss", (_ACCESSIBLE, "Name"))
        return Node(bus, path, role[0], name[0][1]) if role and name else None

    def _ask(
        self, bus: str, path: str, interface: str, method: str, *typed: Any
    ) -> tuple[Any, ...] | None:
        where = self._words.DBusAddress(path, bus, interface)
        call = self._words.new_method_call(where, method, *typed)
        answer = self._bus.send_and_get_reply(call, timeout=30)
        wrong = answer.header.message_type is self._words.MessageType.error
        return None if wrong else answer.body


@contextmanager
def _running(command: list[str], environ: dict[str, str]) -> Iterator[str]:
    """A program that says on its first line where it can be reached."""
    process = subprocess.Popen(
        command,
        env=os.environ | environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        assert line, f"{command[0]} did not start"
        yield line
    finally:
        process.terminate()
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()
