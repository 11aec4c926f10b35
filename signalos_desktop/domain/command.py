"""A command: one row that asks the Expert Advisor for one thing, with everything it may do."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from signalos_desktop.domain.values import Account


class CommandAction(StrEnum):
    """What a row asks for; the names are the protocol's."""

    BUY = "BUY"
    SELL = "SELL"
    BUY_LIMIT = "BUY_LIMIT"
    SELL_LIMIT = "SELL_LIMIT"
    BUY_STOP = "BUY_STOP"
    SELL_STOP = "SELL_STOP"
    CLOSE = "CLOSE"
    CLOSE_ALL = "CLOSE_ALL"
    CLOSE_TICKET = "CLOSE_TICKET"
    CLOSE_PARTIAL = "CLOSE_PARTIAL"
    MODIFY = "MODIFY"
    BREAKEVEN = "BREAKEVEN"
    CANCEL = "CANCEL"
    PING = "PING"

    @property
    def opens(self) -> bool:
        """True if the action can increase exposure."""
        return self in _OPENS

    @property
    def pending(self) -> bool:
        return self.opens and self not in (CommandAction.BUY, CommandAction.SELL)

    @property
    def needs_intent(self) -> bool:
        """True if a second execution would do a second thing at the broker."""
        return self.opens or self is CommandAction.CLOSE_PARTIAL

    @property
    def reduces(self) -> bool:
        return self in _REDUCTIONS


_OPENS = frozenset(
    {
        CommandAction.BUY,
        CommandAction.SELL,
        CommandAction.BUY_LIMIT,
        CommandAction.SELL_LIMIT,
        CommandAction.BUY_STOP,
        CommandAction.SELL_STOP,
    }
)
_REDUCTIONS = frozenset(
    {
        CommandAction.CLOSE,
        CommandAction.CLOSE_ALL,
        CommandAction.CLOSE_TICKET,
        CommandAction.CLOSE_PARTIAL,
        CommandAction.CANCEL,
    }
)


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the command file. Prices None = the column is empty (MODIFY: keep).

    lots: volume in lots, 0 where it does not apply. max_loss: account currency, opens only.
    deviation, max_spread: points.
    """

    cmd_id: int
    account: Account
    session: int
    action: CommandAction
    created: datetime
    expires: datetime
    magic: int
    symbol: str = ""
    lots: Decimal = Decimal(0)
    sl: Decimal | None = None
    tp: Decimal | None = None
    comment: str = ""
    ticket: int | None = None
    price: Decimal | None = None
    order_expiry: datetime | None = None
    max_loss: Decimal | None = None
    deviation: int | None = None
    max_spread: int | None = None
