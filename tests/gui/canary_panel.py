"""Plays a sign-in in the real panel, for the search for its token: `FOLDER FILES URL` and stdin.

Every library logs at DEBUG, a wish fails with a traceback in the middle, and at the end the process
dies as in a crash, with the stacks of all its threads.
"""

import faulthandler
import logging
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from signalos_desktop.adapters.log_files import LogFiles
from signalos_desktop.app.panel import Panel
from signalos_desktop.ui.pages.signin import SignInPage
from signalos_desktop.ui.theme.resources import RESOURCES
from signalos_desktop.ui.theme.style import apply_theme
from signalos_desktop.ui.theme.theme import Theme
from tests.gui.panel_run import drive, running, until


def main(folder: Path, files: Path, url: str, token: str) -> None:
    app = QApplication([])
    theme = Theme(RESOURCES)
    apply_theme(app, theme)

    async def play(panel: Panel) -> None:
        await running(panel)
        panel.window.open_page("signin")
        page = panel.window.page("signin")
        assert isinstance(page, SignInPage)
        page.server.set_text(url)
        page.token.line.setText(token)
        page.check.click()
        await until(lambda: "signed in as alice" in page.said.text(), page.said.text())
        page.grab().save(str(folder / "page.png"))

        async def fail() -> None:
            raise RuntimeError(f"{page.said.text()} {page.token.text()!r} {vars(page)}")

        panel.actions.do(fail())
        await until(panel.window.toasts.shown, "the failure")
        words = [toast.text for toast in panel.window.toasts.shown()]
        sys.stdout.write(f"{words} {QGuiApplication.clipboard().text()!r} {page.said.text()}\n")
        logging.getLogger("signalos_desktop.panel").error("%s", vars(page))

    drive(app, theme, folder / "data", files, play)


if __name__ == "__main__":
    home = Path(sys.argv[1])
    log = LogFiles(home / "logs")
    logging.basicConfig(level=logging.DEBUG)
    main(home, Path(sys.argv[2]), sys.argv[3], sys.stdin.read())
    log.close()
    faulthandler.dump_traceback(all_threads=True)
    sys.stdout.flush()
    raise RuntimeError("as a crash does")
