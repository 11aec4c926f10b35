"""Pictures of all components, dark and light: `python -m tests.gui.gallery FOLDER [NAME...]`."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from signalos_desktop.ui.theme.density import COMFORTABLE, COMPACT, Density
from signalos_desktop.ui.theme.resources import RESOURCES
from signalos_desktop.ui.theme.style import apply_theme
from signalos_desktop.ui.theme.theme import Appearance, Scheme, Theme
from tests.gui.gallery_cards import components
from tests.gui.gallery_charts import alarms
from tests.gui.gallery_desk import desk
from tests.gui.gallery_proof import proof

Sheet = Callable[[Theme], QWidget]
SHEETS: dict[str, tuple[Sheet, Density, tuple[int, int]]] = {
    "components": (components, COMFORTABLE, (1800, 1136)),
    "desk-1920": (desk, COMFORTABLE, (1920, 1080)),
    "desk-1366": (desk, COMPACT, (1366, 768)),
    "alarms-1920": (alarms, COMFORTABLE, (1580, 640)),
    "proof-1920": (proof, COMFORTABLE, (1580, 707)),
    "proof-1366": (proof, COMPACT, (1322, 500)),
}
LOOKS = {
    "dark": Appearance(Scheme.DARK, reduced_motion=True),
    "light": Appearance(Scheme.LIGHT, reduced_motion=True),
    "colourblind": Appearance(Scheme.DARK, colour_blind=True, reduced_motion=True),
}


def take_pictures(app: QApplication, folder: Path, wanted: list[str]) -> list[Path]:
    """One PNG for each sheet and look whose name holds one of the wanted words, or all."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    theme = Theme(RESOURCES)
    apply_theme(app, theme)
    for look, appearance in LOOKS.items():
        theme.set_appearance(appearance)
        for sheet, (make, density, size) in SHEETS.items():
            name = f"{sheet}-{look}"
            if wanted and not any(word in name for word in wanted):
                continue
            theme.set_density(density)
            widget = make(theme)
            widget.setFixedSize(*size)
            widget.show()
            for _ in range(6):
                app.processEvents()
            path = folder / f"{name}.png"
            widget.grab().save(str(path))
            widget.close()
            widget.deleteLater()
            taken.append(path)
    return taken


if __name__ == "__main__":
    for picture in take_pictures(QApplication([]), Path(sys.argv[1]), sys.argv[2:]):
        sys.stdout.write(f"{picture}\n")
