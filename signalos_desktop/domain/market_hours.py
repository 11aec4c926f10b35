"""When a symbol can be traded next, by the sessions that its specification states."""

from datetime import UTC, datetime, timedelta

from signalos_desktop.domain.symbols import SymbolSpec

_WEEK = 7


def next_open(spec: SymbolSpec, now: datetime, server_utc_offset_s: int) -> datetime | None:
    """The begin of the session that runs at `now` or comes next, UTC; None = it states none.

    server_utc_offset_s: how far the trade server's clock is ahead of UTC.
    """
    ahead = timedelta(seconds=server_utc_offset_s)
    server = now.astimezone(UTC) + ahead
    midnight = server.replace(hour=0, minute=0, second=0, microsecond=0)
    for days in range(_WEEK + 1):
        day = midnight + timedelta(days=days)
        for since, until in spec.sessions[day.isoweekday() % _WEEK]:
            if day + timedelta(minutes=until) > server:
                return day + timedelta(minutes=since) - ahead
    return None
