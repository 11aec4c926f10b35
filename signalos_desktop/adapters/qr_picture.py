"""Reads the QR code in a picture, with zxing-cpp where the extra `qr` is installed."""

from dataclasses import dataclass, field
from importlib import import_module

_MOST_PIXELS = 64_000_000
_MISSING = "QR_UNAVAILABLE: pictures cannot be read here, the extra signalos-desktop[qr] is missing"


class QrRefusedError(Exception):
    """There is not one QR code to read; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class GreyPicture:
    """8 bits a pixel; stride: bytes from one line to the next."""

    width: int
    height: int
    stride: int
    pixels: bytes = field(repr=False)


def qr_available() -> bool:
    try:
        import_module("zxingcpp")
    except ImportError:
        return False
    return True


def read_qr(picture: GreyPicture) -> bytes:
    """What the one QR code says. Blocks for 30 ms with a whole screen: call it in a thread."""
    image = _contiguous(picture)
    try:
        zxing = import_module("zxingcpp")
    except ImportError:
        raise QrRefusedError(f"{_MISSING}; paste the token as text") from None
    found = zxing.read_barcodes(image, formats=zxing.BarcodeFormat.QRCode)
    texts = {bytes(code.bytes) for code in found}
    if not texts:
        raise QrRefusedError("QR_UNREADABLE: no QR code found; take the picture larger and sharper")
    if len(texts) > 1:
        raise QrRefusedError(f"QR_AMBIGUOUS: {len(texts)} QR codes found; cut out the right one")
    return texts.pop()


def _contiguous(picture: GreyPicture) -> memoryview:
    """Lines without gaps; the library reads past the end of a picture that is too short."""
    width, height, stride = picture.width, picture.height, picture.stride
    fits = 0 < width <= stride and height > 0 and len(picture.pixels) >= stride * height
    if not fits or width * height > _MOST_PIXELS:
        raise QrRefusedError(f"QR_UNREADABLE: {width} x {height} is no picture that can be read")
    lines = picture.pixels
    if stride != width:
        lines = b"".join(lines[at : at + width] for at in range(0, stride * height, stride))
    return memoryview(lines)[: width * height].cast("B", (height, width))
