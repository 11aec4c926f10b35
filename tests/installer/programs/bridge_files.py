"""What the bridge's file operations do to a file that a terminal holds: one word for each."""

import sys
from collections.abc import Callable
from pathlib import Path

from signalos_desktop.adapters.mt5_files.files import DiskFiles, sharing_violation

files, path = DiskFiles(), Path(sys.argv[1])
OPERATIONS: dict[str, Callable[[], object]] = {
    "read": lambda: files.read(path, 0, 100),
    "append": lambda: files.append(path, b"row\n", files.stat(path)),
    "replace": lambda: files.replace(path, b"new\n"),
    "remove": lambda: files.remove(path),
}
for name, operate in OPERATIONS.items():
    try:
        operate()
    except OSError as error:
        word = "busy" if sharing_violation(error) else f"error {error}"
    else:
        word = "done"
    sys.stdout.write(f"{name}={word}\n")
