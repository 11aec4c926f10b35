"""What the settings say of a terminal whose executor says nothing of itself."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from signalos_desktop.domain.ea_status import EaStatus, Halt, Permissions
from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.symbols import SymbolSpec
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.values import ZERO, Account
from signalos_desktop.domain.wire.fields import account_tag

STATED = "as stated in the settings"
_NO_DIGITS = ("JPY", "KRW", "HUF")
_NO_HALT = Halt(0, StopLevel.NONE, "", 0, (), (), False, 0, 0, 0, False, ())


@dataclass(frozen=True, slots=True)
class StockTerminal:
    """agreed: the user knows what protocol 1 cannot do. period_s: the executor's timer."""

    account: Account
    magic: int
    agreed: bool
    period_s: float = 2.0
    currency: str = "USD"
    balance: Decimal = ZERO
    leverage: int = 100
    specs: tuple[SymbolSpec, ...] = ()


def stated_account(terminal: StockTerminal, margin: Decimal) -> AccountState:
    """The account of the settings; margin: of the positions that are known.

    What is not known is taken for a real account that hedges, without profit or loss.
    """
    level = terminal.balance * 100 / margin if margin > 0 else None
    return AccountState(
        account=terminal.account,
        company=STATED,
        currency=terminal.currency,
        currency_digits=0 if terminal.currency in _NO_DIGITS else 2,
        leverage=terminal.leverage,
        margin_mode="RETAIL_HEDGING",
        trade_mode="REAL",
        balance=terminal.balance,
        equity=terminal.balance,
        profit=ZERO,
        margin=margin,
        margin_free=terminal.balance - margin,
        margin_level=None if level is None else level.quantize(Decimal("0.01")),
        stop_out=ZERO,
        trade_allowed=True,
        trade_expert=True,
    )


def sign_of_life(
    terminal: StockTerminal, session: int, seq: int, utc_ms: int, offset: timedelta | None
) -> EaStatus:
    """The status that the executor does not write: it says that it lives, and its time zone."""
    account = terminal.account
    return EaStatus(
        seq=seq,
        protocol=1,
        ea="stock executor",
        version="",
        utc_ms=utc_ms,
        server_utc_offset_s=int(offset.total_seconds()) if offset is not None else 0,
        account=account_tag(account),
        login=account.login,
        server=account.server,
        magic=terminal.magic,
        margin_mode="",
        session=session,
        phase="IDLE",
        last_settled=0,
        file="commands.csv",
        consumed=0,
        in_doubt=(),
        timer_ms=int(terminal.period_s * 1000),
        scope="MAGIC",
        sl_required=True,
        common="",
        permissions=Permissions(True, True, True, True, True),
        refused=(),
        halt=_NO_HALT,
    )
