"""The floor of each account limit, how much of it is used, and what the loss of the day is."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from signalos_desktop.domain.risk.account_limits import AccountLimit, LimitRules, Reference
from signalos_desktop.domain.risk.sizing import ceil_cents
from signalos_desktop.domain.values import ZERO, floor_money, iso_ms, plain

NEAR = Decimal("0.8")
"""Part of a limit from which on it is warned of."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a schedule's limits are measured from, as it was at `start`, net of later transfers.

    highest: the highest balance that any day began with; peak: the highest equity seen since.
    exact, equity_exact: False where the app could not know it and took the strictest plausible
    value; source says how it came about. breached: the limits reached in this period.
    """

    schedule: str
    start: datetime
    balance: Decimal
    equity: Decimal
    highest: Decimal
    peak: Decimal
    exact: bool = True
    equity_exact: bool = True
    source: str = ""
    breached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transfers:
    """Deposits less withdrawals since an anchor's start; equity also moves with credit."""

    balance: Decimal = ZERO
    equity: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Floor:
    """A limit in money, account currency. act: reached there, the buffer above the floor.

    reference: what it is measured from; exact: whether that is known for sure. resets: when it
    begins anew, None = never. on_balance: the money measured is the balance.
    """

    limit: AccountLimit
    reference: Decimal
    floor: Decimal
    act: Decimal
    exact: bool = True
    source: str = ""
    breached: bool = False
    resets: datetime | None = None

    @property
    def code(self) -> str:
        return self.limit.code

    @property
    def amount(self) -> Decimal:
        """How much may be lost until the app acts."""
        return max(self.reference - self.act, ZERO)

    @property
    def ends(self) -> str:
        """How a limit that was reached ends."""
        if self.resets is None or not self.limit.sticky:
            return f"no entries until the account is above {plain(self.act)} again"
        return f"entries again after {iso_ms(self.resets)}"

    def measured(self, balance: Decimal, equity: Decimal) -> Decimal:
        return balance if self.limit.on_balance else equity

    def left(self, balance: Decimal, equity: Decimal) -> Decimal:
        """How much may still be lost until the app acts; below 0 = reached."""
        return self.measured(balance, equity) - self.act

    def used(self, balance: Decimal, equity: Decimal) -> Decimal:
        return max(self.reference - self.measured(balance, equity), ZERO)

    def near(self, balance: Decimal, equity: Decimal) -> bool:
        """True from 80 % of the limit itself on."""
        whole = self.reference - self.floor
        return self.used(balance, equity) >= whole * NEAR


def floor_of(
    limit: AccountLimit,
    anchor: Anchor,
    transfers: Transfers,
    rules: LimitRules,
    digits: int,
    resets: datetime | None = None,
) -> Floor:
    """The floor now, rounded up to the currency's digits: never below the firm's."""
    initial = rules.initial if rules.initial > 0 else anchor.balance + transfers.balance
    reference = _reference(limit, anchor, transfers, rules, initial)
    share = reference if limit.of_reference else initial
    exact = Fraction(reference) - Fraction(share) * Fraction(limit.percent) / 100
    floor = ceil_cents(exact, digits)
    if limit.lock:
        floor = min(floor, initial)
    buffer = ceil_cents(Fraction(initial) * Fraction(rules.buffer_percent) / 100, digits)
    return Floor(
        limit=limit,
        reference=reference,
        floor=floor,
        act=floor + buffer,
        exact=_exact(limit, anchor),
        source=anchor.source,
        breached=limit.name in anchor.breached,
        resets=resets,
    )


def next_day_floor(
    limit: AccountLimit,
    now: Anchor,
    balance: Decimal,
    equity: Decimal,
    rules: LimitRules,
    digits: int,
) -> Floor:
    """What the floor would become if the next period began at this moment."""
    highest = max(now.highest, balance)
    anchor = Anchor(now.schedule, now.start, balance, equity, highest, max(now.peak, equity))
    return floor_of(limit, anchor, Transfers(), rules, digits)


def tightest(floors: tuple[Floor, ...], code: str | None = None) -> Floor | None:
    """The one at which the app acts first."""
    wanted = [floor for floor in floors if code is None or floor.code == code]
    return max(wanted, key=lambda floor: floor.act, default=None)


def day_result(equity: Decimal, day: Anchor, moved: Transfers, digits: int) -> Decimal:
    """What the day has brought so far: equity against the balance it began with."""
    return floor_money(equity - day.balance - moved.equity, digits)


def _reference(
    limit: AccountLimit, anchor: Anchor, moved: Transfers, rules: LimitRules, initial: Decimal
) -> Decimal:
    shift = moved.balance if limit.on_balance else moved.equity
    return {
        Reference.INITIAL: initial,
        Reference.BALANCE: anchor.balance + shift,
        Reference.EQUITY: anchor.equity + shift,
        Reference.HIGHER: max(anchor.balance, anchor.equity) + shift,
        Reference.HIGHEST_BALANCE: max(initial, rules.highest, anchor.highest + shift),
        Reference.PEAK_EQUITY: max(rules.highest, anchor.peak + shift),
    }[limit.reference]


def _exact(limit: AccountLimit, anchor: Anchor) -> bool:
    if limit.reference is Reference.INITIAL:
        return True
    needs_equity = limit.reference in (Reference.EQUITY, Reference.HIGHER, Reference.PEAK_EQUITY)
    return anchor.exact and (anchor.equity_exact or not needs_equity)
