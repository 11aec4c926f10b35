"""How figures of an account are written: digits of its symbols and of its money, from events."""

from datetime import datetime, tzinfo
from decimal import Decimal

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.symbols import SymbolSpec
from signalos_desktop.domain.values import ZERO, Account, Side
from signalos_desktop.engine.events import AccountChanged, SymbolsChanged
from signalos_desktop.ui.theme.figures import price

_CENT_LOT = Decimal("0.01")
_MOST_DIGITS = 12


class Instruments:
    """zone None: the computer's own. Until a symbol is specified, a price shows all its digits."""

    def __init__(self, zone: tzinfo | None = None) -> None:
        self.zone = zone
        self._specs: dict[tuple[Account, str], SymbolSpec] = {}
        self._states: dict[Account, AccountState] = {}

    def take_symbols(self, event: SymbolsChanged) -> None:
        for spec in event.symbols:
            self._specs[event.account, spec.name] = spec

    def take_account(self, event: AccountChanged) -> bool:
        """True if the way money is written has changed."""
        account = event.state.account
        before = (self.currency(account), self.money_digits(account))
        self._states[account] = event.state
        return before != (self.currency(account), self.money_digits(account))

    def spec(self, account: Account, symbol: str) -> SymbolSpec | None:
        return self._specs.get((account, symbol))

    def digits(self, account: Account, symbol: str, value: Decimal = ZERO) -> int:
        spec = self.spec(account, symbol)
        return spec.digits if spec else _own_digits(value)

    def step(self, account: Account, symbol: str) -> Decimal:
        spec = self.spec(account, symbol)
        return spec.volume_step if spec else _CENT_LOT

    def money_digits(self, account: Account) -> int:
        state = self._states.get(account)
        return state.currency_digits if state else 2

    def currency(self, account: Account) -> str:
        state = self._states.get(account)
        return state.currency if state else ""

    def currencies(self) -> set[str]:
        return {state.currency for state in self._states.values()}

    def with_owner(self, account: Account, comment: str) -> str:
        """With several accounts, a row says whose it is before its comment."""
        return f"{account.login}  {comment}".rstrip() if len(self._states) > 1 else comment

    def price(self, account: Account, symbol: str, value: Decimal | None) -> str:
        """A price with the symbol's digits; empty where there is none, as MT5 leaves it."""
        if value is None or value == 0:
            return ""
        return price(value, self.digits(account, symbol, value))

    def time(self, instant: datetime) -> str:
        """As MT5 writes a time: `2026.11.20 14:32:07`."""
        return instant.astimezone(self.zone).strftime("%Y.%m.%d %H:%M:%S")

    def clock(self, instant: datetime) -> str:
        """The time of day with milliseconds."""
        shown = instant.astimezone(self.zone)
        return f"{shown:%H:%M:%S}.{shown.microsecond // 1000:03d}"

    def money_between(
        self, account: Account, symbol: str, side: Side, lots: Decimal, way: tuple[Decimal, Decimal]
    ) -> Decimal | None:
        """What a move from the first to the second price gains, by the terminal's tick value.

        None without a specification: an amount that is not known is not shown.
        """
        spec = self.spec(account, symbol)
        if spec is None or spec.tick_size <= 0:
            return None
        ticks = (way[1] - way[0]) * side.sign / spec.tick_size
        value = spec.tick_value_loss if ticks < 0 else spec.tick_value
        return ticks * value * lots


def row_key(account: Account, number: int) -> str:
    """A ticket or command of an account as the key of its row."""
    return f"{account}/{number}"


def _own_digits(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return min(max(-exponent, 0), _MOST_DIGITS) if isinstance(exponent, int) else 0
