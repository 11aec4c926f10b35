"""A halt flag stops whatever is in it; only its own first word makes it flatten."""

import pytest

from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.wire.fields import RowError, crc32
from signalos_desktop.domain.wire.flag import encode_flag, read_flag


@pytest.mark.parametrize("level", [StopLevel.HALT, StopLevel.FLATTEN])
def test_a_press_is_known_by_its_id(level: StopLevel) -> None:
    assert read_flag(encode_flag(level, "press-1"), 5) == (level, "press-1")


@pytest.mark.parametrize(
    ("data", "level"),
    [
        (b"", StopLevel.HALT),
        (b"stop!", StopLevel.HALT),
        (b"FLATTEN", StopLevel.FLATTEN),
        (b"\r\n FLATTEN \r\n", StopLevel.FLATTEN),
        (b"flatten", StopLevel.HALT),
        (b"FLATTENED", StopLevel.HALT),
        (b"FLATTEN a,b", StopLevel.FLATTEN),
        (b"HALT hand:0:0", StopLevel.HALT),
        (b"HALT \xff\xfe", StopLevel.HALT),
        (b"\xff\xfeF\0L\0", StopLevel.HALT),
    ],
)
def test_a_flag_by_hand_is_known_by_its_bytes_and_time(data: bytes, level: StopLevel) -> None:
    assert read_flag(data, 17) == (level, f"hand:{crc32(data)}:17")


def test_a_flag_that_cannot_be_read_stops() -> None:
    assert read_flag(None, 17) == (StopLevel.HALT, "hand:00000000:17")


@pytest.mark.parametrize(
    ("level", "press_id"),
    [
        (StopLevel.NONE, "a"),
        (StopLevel.HALT, ""),
        (StopLevel.HALT, "a b"),
        (StopLevel.HALT, "hand:1"),
    ],
)
def test_a_flag_that_could_not_be_recognised_is_not_made(level: StopLevel, press_id: str) -> None:
    with pytest.raises(RowError):
        encode_flag(level, press_id)
