"""Short forms for what tests ask about a reading."""

from decimal import Decimal

from signalos_desktop.domain.parsing import read
from signalos_desktop.domain.signal import OrderReading, Zone


def order(text: str) -> OrderReading:
    """The only order of a message that may trade."""
    reading = read(text)
    assert reading.problems == ()
    (only,) = reading.orders
    return only


def problems(text: str) -> set[str]:
    return {problem.code for problem in read(text).problems}


def prices(*values: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, values))


def zone(low: str, high: str | None = None) -> Zone:
    return Zone(Decimal(low), Decimal(high or low))
