"""From the start of a process to its first painted window, and to the panel itself.

`FOLDER` says `painted` and `panel`, as the program does it, but without an engine.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def time_start(folder: Path) -> tuple[float, float]:
    """ms until the first window and until the panel are painted; the process is ended then."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.ui_start", str(folder)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    taken = []
    for _ in ("painted", "panel"):
        process.stdout.readline()
        taken.append((time.perf_counter() - began) * 1000)
    process.kill()
    process.wait()
    process.stdout.close()
    return taken[0], taken[1]


def _paint(folder: Path) -> None:
    from functools import partial

    from signalos_desktop.app.early_stop import EarlyStop
    from signalos_desktop.app.gui import load, load_beside, make_app, open_panel, show_start
    from signalos_desktop.app.paths import DataFolder

    app, theme = make_app()
    stop = EarlyStop()
    start = show_start(app, theme, stop)
    print("painted", flush=True)
    data = DataFolder(folder)
    data.make()
    load_beside(partial(load, data, stop, demo=True))
    from signalos_desktop.app.panel import Panel

    open_panel(app, start, Panel(app, theme, data, [], stop=stop))
    print("panel", flush=True)
    time.sleep(60)


if __name__ == "__main__":
    _paint(Path(sys.argv[1]))
