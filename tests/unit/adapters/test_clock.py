"""The clock gives aware UTC, and monotonic seconds that do not go back."""

from datetime import UTC, timedelta

from signalos_desktop.adapters.clock import SystemClock
from signalos_desktop.engine.ports import Clock


def test_the_clock_is_utc_and_goes_forward() -> None:
    clock: Clock = SystemClock()
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert timedelta(0) <= second - first < timedelta(minutes=1)
    assert clock.monotonic() <= clock.monotonic()
