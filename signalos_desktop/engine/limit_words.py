"""What is said of an account's limits: a sentence with the numbers, and what to do next."""

from collections.abc import Callable, Collection
from decimal import Decimal

from signalos_desktop.domain.risk.floors import Floor
from signalos_desktop.domain.values import Account, iso_ms, with_digits
from signalos_desktop.engine.desk import Desk


def estimated(desk: Desk, floor: Floor) -> tuple[str, str]:
    shown = _money(desk)
    text = f"{floor.limit.name}: {floor.source}; the floor is {shown(floor.floor)}"
    return text, "compare it with the page of your firm or broker"


def reached(desk: Desk, floor: Floor) -> tuple[str, str]:
    shown, state = _money(desk), desk.book.state
    measured = floor.measured(state.balance, state.equity) if state is not None else floor.act
    what = "balance" if floor.limit.on_balance else "equity"
    text = (
        f"{floor.limit.name} reached: {what} {shown(measured)}, the app acts at "
        f"{shown(floor.act)}, the floor is {shown(floor.floor)}, measured from "
        f"{shown(floor.reference)}"
    )
    until = "" if floor.resets is None else f" after {iso_ms(floor.resets)}"
    return text, f"look at what is open; entries are possible again{until} once you resume"


def stop_reaches(accounts: Collection[Account]) -> str:
    """A stop goes to every connected terminal, also one that a limit has pressed."""
    if len(accounts) < 2:
        return "; the emergency stop is pressed"
    listed = ", ".join(str(account) for account in accounts)
    return f"; the emergency stop is pressed, and as every stop it reaches all of {listed}"


def highest_unknown(desk: Desk, floor: Floor) -> tuple[str, str]:
    shown = _money(desk)
    text = (
        f"{floor.limit.name}: what was before this program saw the account is not known, so it is "
        f"measured from {shown(floor.reference)}"
    )
    return text, "if your firm's page states more, set limits.highest to it"


def near(desk: Desk, floor: Floor) -> tuple[str, str]:
    shown, state = _money(desk), desk.book.state
    left = floor.left(state.balance, state.equity) if state is not None else floor.amount
    text = f"{floor.limit.name}: {shown(left)} left until the app acts at {shown(floor.act)}"
    return text, "close or reduce what loses, or stop for today"


def before_midnight(desk: Desk, floor: Floor) -> tuple[str, str]:
    shown, state = _money(desk), desk.book.state
    when = iso_ms(floor.resets) if floor.resets is not None else "the reset"
    equity = shown(state.equity) if state is not None else "not known"
    text = (
        f"{floor.limit.name}: at {when} its floor becomes {shown(floor.floor)}, with an equity of "
        f"{equity} the open loss counts for the new day"
    )
    return text, "close or reduce what loses before the reset"


def _money(desk: Desk) -> Callable[[Decimal], str]:
    state = desk.book.state
    digits, currency = (2, "") if state is None else (state.currency_digits, f" {state.currency}")
    return lambda amount: with_digits(amount, digits) + currency
