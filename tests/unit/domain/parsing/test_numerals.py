"""What a written number can mean."""

from decimal import Decimal

import pytest

from signalos_desktop.domain.parsing.numerals import readings


@pytest.mark.parametrize(
    ("raw", "values"),
    [
        ("2650", ["2650"]),
        ("1.0850", ["1.0850"]),
        (".0850", ["0.0850"]),
        ("1,0850", ["1.0850"]),
        ("43,210", ["43210", "43.210"]),
        ("18.450", ["18.450", "18450"]),
        ("21'624", ["21624"]),
        ("1'0850", []),
        ("1,234,567", ["1234567"]),
        ("1.234.567", ["1234567"]),
        ("65,250.50", ["65250.50"]),
        ("65.250,50", ["65250.50"]),
        ("0.123.456", []),
        ("1.2.3", []),
    ],
)
def test_readings_the_likeliest_first(raw: str, values: list[str]) -> None:
    assert readings(raw) == tuple(map(Decimal, values))
