"""Makes signalos.ico and side.bmp from launcher/signalos.svg: `python -m installer.icon`."""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from installer.pins import HERE

# Pixels, as NSIS wants it.
SIDE = (164, 314)
SIZES = (16, 20, 24, 32, 48, 64, 256)
_ENTRY = "<BBBBHHII"


def pack(pictures: dict[int, bytes]) -> bytes:
    """An .ico of PNG pictures; its directory writes 256 as 0."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + len(pictures) * struct.calcsize(_ENTRY)
    entries = b""
    for size, data in pictures.items():
        entries += struct.pack(_ENTRY, size % 256, size % 256, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return head + entries + b"".join(pictures.values())


def draw(svg: Path, size: int) -> bytes:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, b"PNG")
    return bytes(data.data())


def draw_side(svg: Path, target: Path) -> None:
    """The left side of the first and the last page."""
    image = QImage(*SIDE, QImage.Format.Format_RGB888)
    image.fill(QColor("#0d1620"))
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter, QRectF(34, 96, 96, 96))
    painter.end()
    image.save(str(target), b"BMP")


if __name__ == "__main__":
    app = QGuiApplication(sys.argv[:1])
    folder = HERE / "launcher"
    pictures = {size: draw(folder / "signalos.svg", size) for size in SIZES}
    (folder / "signalos.ico").write_bytes(pack(pictures))
    draw_side(folder / "signalos.svg", folder / "side.bmp")
