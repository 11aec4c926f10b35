"""A token in a QR picture: read, or told why not; no picture is handed over that does not fit."""

import sys

import pytest

from signalos_desktop.adapters.qr_picture import GreyPicture, QrRefusedError, qr_available, read_qr
from tests.helpers.tokens import jwt

WHITE = GreyPicture(64, 64, 64, b"\xff" * 64 * 64)


def qr(text: str, gap: int = 0) -> GreyPicture:
    """A picture of the code; gap: bytes between the lines."""
    zxing = pytest.importorskip("zxingcpp", reason="the extra qr is not installed")
    code = zxing.create_barcode(text, zxing.BarcodeFormat.QRCode)
    image = memoryview(zxing.write_barcode_to_image(code, scale=4))
    height, width = image.shape or (0, 0)
    grey = bytes(image)
    lines = [grey[at : at + width] + b"\0" * gap for at in range(0, len(grey), width)]
    return GreyPicture(width, height, width + gap, b"".join(lines))


@pytest.mark.parametrize("gap", [0, 3])
def test_a_token_is_read(gap: int) -> None:
    picture = qr(jwt(size=300), gap)
    assert qr_available()
    assert read_qr(picture) == jwt(size=300).encode()


def test_no_code_and_two_codes() -> None:
    one, two = qr("one"), qr("two")
    both = GreyPicture(one.width, one.height * 2, one.stride, one.pixels + two.pixels)
    with pytest.raises(QrRefusedError, match="QR_AMBIGUOUS: 2"):
        read_qr(both)
    with pytest.raises(QrRefusedError, match="QR_UNREADABLE: no QR code"):
        read_qr(WHITE)


@pytest.mark.parametrize(
    "picture",
    [
        GreyPicture(0, 5, 5, b""),
        GreyPicture(5, 0, 5, b""),
        GreyPicture(-5, -5, -5, b"x" * 25),
        GreyPicture(100, 100, 100, b"x" * 9_999),
        GreyPicture(100, 100, 50, b"x" * 10_000),
        GreyPicture(10_000, 10_000, 10_000, b""),
        GreyPicture(65_000, 1_000, 65_000, b"x" * 65_000_000),
    ],
)
def test_a_picture_that_is_none(picture: GreyPicture) -> None:
    with pytest.raises(QrRefusedError, match="QR_UNREADABLE"):
        read_qr(picture)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    # None in sys.modules is how the import system is told that there is no such module.
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    assert not qr_available()
    with pytest.raises(QrRefusedError, match="paste the token"):
        read_qr(WHITE)
