"""Who stopped, why something is still open, what protects it, and what to do about it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from signalos_desktop.domain.ea_status import Halt, Permissions, StopTicket
from signalos_desktop.engine import stop_words as words
from tests.helpers.rig import EURUSD, NOON, position, status
from tests.helpers.session_rig import latched

GRANTED = Permissions(True, True, True, True, True)


def ticket(retcode: int) -> StopTicket:
    return StopTicket(7, "EURUSD", Decimal("0.10"), retcode, 3, 0)


@pytest.mark.parametrize(
    ("halt", "who"),
    [
        (latched(known=("cli-0a1b",), source="FLAG"), "you (command line)"),
        (latched(known=("hand:00aa:17",), source="COMMON_FLAG"), "a halt.flag laid by hand"),
        (latched(known=("0a1b2c",), source="FLAG"), "the halt flag of another program"),
        (latched(source="FLAG"), "the halt flag of another program"),
        (
            latched(known=("ea-3-17",), source="APP_LOST"),
            "the Expert Advisor: this panel was silent (dead-man)",
        ),
        (latched(source="LIMIT_DAILY_LOSS"), "the Expert Advisor: its own daily loss limit"),
        (latched(source="SOMETHING"), "the Expert Advisor: SOMETHING"),
        (latched(source=""), "the Expert Advisor"),
    ],
)
def test_who_stopped(halt: Halt, who: str) -> None:
    assert words.who_stopped(halt) == who


@pytest.mark.parametrize(
    ("permissions", "retcodes", "verdict"),
    [
        (GRANTED, (), "STILL_OPEN"),
        (GRANTED, (10004,), "STILL_OPEN"),
        (GRANTED, (10018,), "WAITING_MARKET"),
        (GRANTED, (10018, 10029), "WAITING_MARKET"),
        (GRANTED, (10018, 10004), "STILL_OPEN"),
        (GRANTED, (10027,), "TRADING_OFF"),
        (GRANTED, (10026, 10018), "TRADING_OFF"),
        (GRANTED, (10017,), "TRADING_OFF"),
        (GRANTED, (10031, 10027), "NO_CONNECTION"),
        (replace(GRANTED, terminal_trade=False), (), "TRADING_OFF"),
        (replace(GRANTED, account_trade=False), (), "TRADING_OFF"),
        (replace(GRANTED, connected=False), (10018,), "NO_CONNECTION"),
    ],
)
def test_why_something_is_still_open(
    permissions: Permissions, retcodes: tuple[int, ...], verdict: str
) -> None:
    halt = latched(flat=False, tickets=tuple(map(ticket, retcodes)))
    assert words.why_open(status(NOON, permissions=permissions, halt=halt)) == verdict


def test_what_the_broker_will_do_is_listed_largest_first() -> None:
    small = position(7, NOON, volume=Decimal("0.10"), sl=Decimal("1.07000"))
    large = position(8, NOON, volume=Decimal(2), sl=Decimal(0))
    listed = words.protected([small, large])
    assert listed == "at the broker: 8 buy 2 EURUSD NO S/L, 7 buy 0.1 EURUSD S/L 1.07"
    many = words.protected(position(number, NOON) for number in range(25))
    assert many.endswith("and 5 more")
    assert words.protected([]) == ""


def left(verdict: str, **said: Any) -> words.Leftovers:
    held = (position(7, NOON, sl=Decimal("1.07")),)
    heard = status(NOON, **said)
    return words.Leftovers(verdict, "1 position(s)", held, {"EURUSD": EURUSD}, heard, NOON)


@pytest.mark.parametrize(
    ("verdict", "step"),
    [
        ("EA_SILENT", "the EA reads it first when it starts"),
        ("NOT_ACKNOWLEDGED", "the EA reads it first when it starts"),
        ("CANNOT_BE_PROVEN", "resume and say so"),
        ("STILL_CLOSING", "the closes go on"),
        ("TRADING_OFF", "press Algo Trading in MT5's toolbar until it is green"),
        ("NO_CONNECTION", "call your broker"),
        ("WAITING_MARKET", "leave MT5 running"),
        ("STILL_OPEN", "the EA keeps trying"),
    ],
)
def test_each_verdict_says_what_is_protected_and_what_to_do(verdict: str, step: str) -> None:
    text, next_step = words.describe_leftovers(left(verdict))
    assert "7 buy 0.3 EURUSD S/L 1.07" in text
    assert step in next_step


def test_a_closed_market_names_its_next_session() -> None:
    weekend = replace(EURUSD, sessions=((),) + ((((0, 60),)),) + ((),) * 5)
    halt = latched(flat=False, tickets=(ticket(10018),))
    found = replace(left("WAITING_MARKET", halt=halt), specs={"EURUSD": weekend})
    assert "next session: EURUSD 2026-03-09 00:00 UTC" in words.describe_leftovers(found)[0]
    unknown = replace(found, specs={})
    assert "EURUSD unknown" in words.describe_leftovers(unknown)[0]


def test_trading_that_is_off_says_why_in_the_eas_words() -> None:
    said = left("TRADING_OFF", refused=("Algo Trading is off in the terminal (10027)",))
    assert "Algo Trading is off in the terminal (10027)" in words.describe_leftovers(said)[0]
