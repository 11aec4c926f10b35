from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from signalos_desktop.domain.values import to_ms
from signalos_desktop.simulator.market import Market
from signalos_desktop.simulator.quote_file import QuoteFile
from signalos_desktop.simulator.sessions import Calendar, phase_at
from signalos_desktop.simulator.specs import LISTINGS, Listing
from signalos_desktop.simulator.walk import Walk

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
NAMES = [listing.spec.name for listing in LISTINGS]


def at(market: Market, seconds: float, symbol: str = "EURUSD") -> tuple[Decimal, Decimal]:
    market.move(NOW + timedelta(seconds=seconds))
    tick = market.tick(symbol)
    assert tick is not None
    return tick.bid, tick.ask


def test_the_path_depends_on_the_seed_and_the_clock_not_on_who_looked_when() -> None:
    eager, lazy = (Market(LISTINGS, seed=5, now=NOW) for _ in range(2))
    for second in range(100):
        at(eager, second)
    late = Market(LISTINGS[:1], seed=5, now=NOW + timedelta(seconds=99))
    assert at(eager, 99.9) == at(lazy, 99.9) == at(late, 99.9)
    assert at(eager, 200) != at(Market(LISTINGS, seed=6, now=NOW), 200)


@pytest.mark.parametrize("name", NAMES)
def test_prices_move_on_their_grid_and_stay_about_their_level(name: str) -> None:
    market = Market(LISTINGS, seed=3, now=NOW)
    listing = market.listings[name]
    seen = [at(market, 3600 * hour, name) for hour in range(24 * 90)]
    for bid, ask in seen:
        assert abs(bid / listing.level - 1) < 20 * listing.daily_move
        assert bid % listing.spec.tick_size == ask % listing.spec.tick_size == 0
        points = (ask - bid) / listing.spec.point
        assert listing.spec.spread <= points <= listing.spec.spread * Decimal("1.5")
    assert len({bid for bid, _ in seen}) > 500
    assert len({ask - bid for bid, ask in seen}) > 1


def test_speed_moves_prices_faster_and_leaves_the_clock_alone() -> None:
    def travelled(speed: float) -> Decimal:
        market = Market(LISTINGS, seed=1, now=NOW, speed=speed)
        bids = [at(market, second)[0] for second in range(300)]
        assert market.tick("EURUSD") is not None
        return sum((abs(b - a) for a, b in pairwise(bids)), Decimal(0))

    assert travelled(100) > 3 * travelled(1)


def test_a_set_quote_holds_and_jumps_move_either_kind() -> None:
    market = Market(LISTINGS, seed=1, now=NOW)
    before = at(market, 0)[0]
    assert market.jump("EURUSD", Decimal("0.01000")) == 1000
    assert at(market, 0)[0] == before + Decimal("0.01000")
    market.set_quote("EURUSD", Decimal("1.2"), Decimal("1.3"))
    market.jump("EURUSD", Decimal("-0.1"))
    assert at(market, 1000) == (Decimal("1.1"), Decimal("1.2"))


@pytest.mark.parametrize(
    ("symbol", "bid", "ask"), [("NONE", "1", "1"), ("EURUSD", "0", "1"), ("EURUSD", "2", "1")]
)
def test_a_quote_that_cannot_be_is_refused(symbol: str, bid: str, ask: str) -> None:
    market = Market(LISTINGS, seed=1, now=NOW)
    with pytest.raises(ValueError, match=symbol):
        market.set_quote(symbol, Decimal(bid), Decimal(ask))


@pytest.mark.parametrize(
    ("name", "when", "open_"),
    [
        # Server time is two hours ahead of UTC.
        ("EURUSD", "2026-03-08T21:59:59", False),
        ("EURUSD", "2026-03-08T22:00:00", True),
        ("EURUSD", "2026-03-10T22:00:00", True),
        ("EURUSD", "2026-03-13T21:59:59", True),
        ("EURUSD", "2026-03-13T22:00:00", False),
        ("XAUUSD", "2026-03-09T22:30:00", False),
        ("XAUUSD", "2026-03-09T23:00:00", True),
        ("GER40", "2026-03-10T21:00:00", False),
        ("BTCUSD", "2026-03-14T12:00:00", True),
    ],
)
def test_sessions(name: str, when: str, open_: bool) -> None:
    now = datetime.fromisoformat(when).replace(tzinfo=UTC)
    real = Market(LISTINGS, seed=1, now=now, calendar=Calendar.REAL)
    assert real.is_open(name) is open_
    assert Market(LISTINGS, seed=1, now=now).is_open(name)


def test_without_weekends_the_terminal_states_none() -> None:
    saturday = datetime(2026, 3, 14, 12, tzinfo=UTC)
    open_ = Market(LISTINGS, seed=1, now=saturday)
    real = Market(LISTINGS, seed=1, now=saturday, calendar=Calendar.REAL)
    for listing in LISTINGS:
        name = listing.spec.name
        assert open_.listings[name].spec.sessions == (((0, 1440),),) * 7
        assert real.listings[name] == listing


def test_a_closed_symbol_keeps_its_last_tick_until_it_opens() -> None:
    friday = datetime(2026, 3, 13, 21, 59, 59, 750000, tzinfo=UTC)
    market = Market(LISTINGS, seed=1, now=friday, calendar=Calendar.REAL)
    last = market.tick("EURUSD")
    for hours in (1, 24, 47):
        market.move(friday + timedelta(hours=hours))
        assert market.tick("EURUSD") == last
    opened_later = Market(
        LISTINGS, seed=1, now=friday + timedelta(hours=30), calendar=Calendar.REAL
    )
    assert opened_later.tick("EURUSD") == last
    market.move(friday + timedelta(hours=48, seconds=1))
    fresh = market.tick("EURUSD")
    assert fresh is not None
    assert fresh.time == friday + timedelta(hours=48, milliseconds=750 + 250)


def test_a_symbol_without_sessions_is_closed_all_week() -> None:
    phase = phase_at(((),) * 7, NOW)
    assert not phase.open
    assert phase.start <= NOW < phase.end
    first = LISTINGS[0]
    never = replace(first, spec=replace(first.spec, sessions=((),) * 7))
    assert not Market([never], seed=1, now=NOW, calendar=Calendar.REAL).is_open("EURUSD")


def test_a_session_over_midnight_of_sunday_is_one_with_fridays_break_before_it() -> None:
    sessions = (((1320, 1440),), ((0, 1440),), (), (), (), (), ())
    sunday = datetime(2026, 3, 8, 23, tzinfo=UTC)
    assert phase_at(sessions, sunday).end == datetime(2026, 3, 10, tzinfo=UTC)
    before = phase_at(sessions, datetime(2026, 3, 8, 3, tzinfo=UTC))
    assert before.start == datetime(2026, 3, 3, tzinfo=UTC)
    after = phase_at(sessions, datetime(2026, 3, 11, tzinfo=UTC))
    assert after.end == datetime(2026, 3, 15, 22, tzinfo=UTC)


def row(seconds: float, symbol: str, bid: str, ask: str) -> str:
    return f"{to_ms(NOW + timedelta(seconds=seconds))},{symbol},{bid},{ask}\n"


def test_a_quote_file_replaces_the_walk_and_may_grow(tmp_path: Path) -> None:
    path = tmp_path / "quotes.csv"
    path.write_text(
        "utc_ms,symbol,bid,ask\n"
        + row(-3600, "EURUSD", "1.10000", "1.10010")
        + row(5, "EURUSD", "1.10100", "1.10110")
        + row(5, "XAUUSD", "2400.00", "2400.30").rstrip()
    )
    market = Market(LISTINGS, seed=1, now=NOW, quotes=QuoteFile(path))
    assert at(market, 4.9)[0] == Decimal("1.10000")
    assert market.tick("XAUUSD") is None
    # What the file does not name stands still at its level.
    assert at(market, 4, "GBPUSD") == (Decimal("1.27000"), Decimal("1.27012"))
    assert market.next_change(NOW + timedelta(seconds=4.9)) == NOW + timedelta(seconds=5)
    assert at(market, 5)[0] == Decimal("1.10100")
    assert at(market, 5, "XAUUSD")[1] == Decimal("2400.30")
    with path.open("a") as file:
        file.write("\n" + row(6, "EURUSD", "1.10200", "1.10210") + "1773")
    assert at(market, 6)[0] == Decimal("1.10200")
    with path.open("a") as file:
        file.write(row(7, "EURUSD", "1.10300", "1.10310")[4:])
    assert at(market, 7)[0] == Decimal("1.10300")
    assert at(market, 7, "GBPUSD")[0] == Decimal("1.27000")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,EURUSD,1.1\n", "line 1"),
        ("\n1,EURUSD,1.1,1e5\n", "line 2"),
        ("1,EURUSD,1.1,1.0\n", "line 1"),
        ("1,EURUSD,0,1.0\n", "line 1"),
        ("1,NONE,1.1,1.2\n", "does not list NONE"),
    ],
)
def test_a_row_that_is_no_quote_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "quotes.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=said):
        Market(LISTINGS, seed=1, now=NOW, quotes=QuoteFile(path))


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.spec.name)
def test_no_date_takes_a_price_far_from_its_level(listing: Listing) -> None:
    """A signal that fits the simulated prices today fits them on every other day."""
    walk = Walk(7, float(listing.daily_move))
    days = range(20_000, 22_000)
    assert all(abs(walk.at(day * 86_400 + day % 97 * 863)) < listing.daily_move for day in days)
