"""The program's own icons, tinted and drawn sharp at any device pixel ratio, kept once drawn."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_EMPTY = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"/>'
_STROKE = b'stroke-width="1.5"'


class IconSet:
    """The SVG files of a folder; one that cannot be read is drawn empty and noted in missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, bytes] = {}
        self._pixmaps: dict[tuple[str, int, str, float], QPixmap] = {}
        self.missing: set[str] = set()

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(path.stem for path in self._folder.glob("*.svg")))

    def pixmap(self, name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
        """size in device-independent px, colour as #RRGGBB."""
        key = (name, size, colour, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = self._pixmaps[key] = self._draw(name, size, colour, ratio)
        return found

    def _draw(self, name: str, size: int, colour: str, ratio: float) -> QPixmap:
        # On the 20 px grid: 1.5 px from 20 px on, 1.4 px below, whatever the size.
        stroke = (1.5 if size >= 20 else 1.4) * 20 / size
        source = self._source(name).replace(b"currentColor", colour.encode())
        source = source.replace(_STROKE, f'stroke-width="{stroke:.3f}"'.encode())
        side = max(round(size * ratio), 1)
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, side, side))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _source(self, name: str) -> bytes:
        if name not in self._sources:
            try:
                self._sources[name] = (self._folder / f"{name}.svg").read_bytes()
            except OSError:
                self.missing.add(name)
                self._sources[name] = _EMPTY
        return self._sources[name]
