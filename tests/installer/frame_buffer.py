"""The screen of an Xvfb that keeps it in a file, as a picture."""

import struct
import time
from pathlib import Path

from PySide6.QtGui import QImage

# A caret blinks every half a second: shorter than that, or no two looks ever agree.
_BETWEEN_LOOKS_S = 0.2


class FrameBuffer:
    """path: what Xvfb's -fbdir has made, a file of the format XWD."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def standing_still(self) -> QImage:
        """As soon as two looks one after the other agree."""
        last, now = b"", self._path.read_bytes()
        while last != now:
            time.sleep(_BETWEEN_LOOKS_S)
            last, now = now, self._path.read_bytes()
        return _picture(now)


def _picture(data: bytes) -> QImage:
    head, *_ = struct.unpack_from(">I", data)
    width, height = struct.unpack_from(">II", data, 16)
    colours, row = struct.unpack_from(">I", data, 76)[0], struct.unpack_from(">I", data, 48)[0]
    pixels = data[head + 12 * colours :]
    return QImage(pixels, width, height, row, QImage.Format.Format_RGB32).copy()
