"""The trade server's return codes: MT5's wording, the cause in plain words, what to do next."""

from dataclasses import dataclass
from enum import StrEnum

from signalos_desktop.domain.command import CommandAction

NO_CHANGES = 10025
POSITION_CLOSED = 10036


class RetcodeClass(StrEnum):
    """What the EA does with a code; UNKNOWN is looked for at the broker and never sent again."""

    DONE = "DONE"
    RETRY = "RETRY"
    NEXT_FILLING = "NEXT_FILLING"
    UNKNOWN = "UNKNOWN"
    REJECT = "REJECT"


@dataclass(frozen=True, slots=True)
class Retcode:
    """One code; name is MT5's constant without TRADE_RETCODE_, wording MT5's description."""

    code: int
    name: str
    kind: RetcodeClass
    wording: str
    cause: str
    next_step: str


_WAIT = "Nothing to do: the panel shows it until it is settled."
_NOTHING = "Nothing to do."
_BROKER = "Ask the broker."
_AGAIN = "Send it again if the price still suits you."

# fmt: off
_TABLE = (
    (10004, "REQUOTE", "RETRY", "Requote", "The price moved before the broker accepted it.",
     _AGAIN),
    (10006, "REJECT", "REJECT", "Request rejected", "The broker refused without a reason.",
     _BROKER),
    (10007, "CANCEL", "REJECT", "Request canceled by trader", "It was cancelled before it ran.",
     "Send it again if it was not you."),
    (10008, "PLACED", "DONE", "Order placed", "The order rests at the broker.", _NOTHING),
    (10009, "DONE", "DONE", "Request completed", "Done in full.", _NOTHING),
    (10010, "DONE_PARTIAL", "DONE", "Only part of the request was completed",
     "There was not enough volume at the price.", "Look at the volume of the position."),
    (10011, "ERROR", "UNKNOWN", "Request processing error",
     "The server stumbled; the order may or may not exist.", _WAIT),
    (10012, "TIMEOUT", "UNKNOWN", "Request canceled by timeout",
     "No answer in time; the order may or may not exist.", _WAIT),
    (10013, "INVALID", "REJECT", "Invalid request", "The broker does not understand the request.",
     "Look at symbol and order type; export the evidence for support."),
    (10014, "INVALID_VOLUME", "REJECT", "Invalid volume in the request",
     "The volume is below, above or between the steps the broker allows.",
     "Look at the symbol's smallest and largest volume and its step."),
    (10015, "INVALID_PRICE", "REJECT", "Invalid price in the request",
     "The price is on the wrong side of the market or too close to it.",
     "Look at the price and send it again."),
    (10016, "INVALID_STOPS", "REJECT", "Invalid stops in the request",
     "S/L or T/P is on the wrong side or closer than the broker's stops level.",
     "Move S/L or T/P further away."),
    (10017, "TRADE_DISABLED", "REJECT", "Trade is disabled",
     "The account or the symbol may not trade; an investor password does this too.",
     "Log in with the master password; if you did, ask the broker."),
    (10018, "MARKET_CLOSED", "REJECT", "Market is closed", "The symbol's session is over.",
     "Wait until the market opens."),
    (10019, "NO_MONEY", "REJECT", "There is not enough money to complete the request",
     "The free margin is too small for this volume.", "Lower the volume or free margin."),
    (10020, "PRICE_CHANGED", "RETRY", "Prices changed",
     "The price moved before the broker accepted it.", _AGAIN),
    (10021, "PRICE_OFF", "RETRY", "There are no quotes to process the request",
     "The broker has no price for the symbol now.", "Wait for prices, then send it again."),
    (10022, "INVALID_EXPIRATION", "REJECT", "Invalid order expiration date in the request",
     "The broker does not allow this expiry for a pending order.",
     "Leave the order's expiry out or choose another."),
    (10023, "ORDER_CHANGED", "REJECT", "Order state changed",
     "The order was filled, changed or deleted meanwhile.", "Look at orders and positions."),
    (10024, "TOO_MANY_REQUESTS", "REJECT", "Too frequent requests",
     "The broker limits how often one may ask.", "Wait a few seconds, then send it again."),
    (10025, "NO_CHANGES", "REJECT", "No changes in request",
     "S/L and T/P were already so; for a change of levels that is success.", _NOTHING),
    (10026, "SERVER_DISABLES_AT", "REJECT", "Autotrading disabled by server",
     "The broker forbids automatic trading on this account.",
     "Ask the broker to allow Expert Advisors on this account."),
    (10027, "CLIENT_DISABLES_AT", "REJECT", "Autotrading disabled by client terminal",
     "Algo Trading is switched off in the terminal.",
     "Press the Algo Trading button in MetaTrader 5 so that it is green."),
    (10028, "LOCKED", "UNKNOWN", "Request locked for processing",
     "The server still works on an earlier request; this one may run.", _WAIT),
    (10029, "FROZEN", "REJECT", "Order or position frozen",
     "The price is within the broker's freeze level of the order.",
     "Wait until the price is further away."),
    (10030, "INVALID_FILL", "NEXT_FILLING", "Invalid order filling type",
     "The broker does not allow this filling mode; the next one is tried.",
     "If none is accepted, ask the broker which filling mode the symbol has."),
    (10031, "CONNECTION", "UNKNOWN", "No connection with the trade server",
     "The terminal lost its connection; the order may or may not exist.",
     "Look at the terminal's connection, lower right corner."),
    (10032, "ONLY_REAL", "REJECT", "Operation is allowed only for live accounts",
     "The broker does not offer this on a demo account.", "Use another symbol or order type."),
    (10033, "LIMIT_ORDERS", "REJECT", "The number of pending orders has reached the limit",
     "The broker allows no more pending orders.", "Delete pending orders you do not need."),
    (10034, "LIMIT_VOLUME", "REJECT",
     "The volume of orders and positions for the symbol has reached the limit",
     "The broker allows no more volume of this symbol in this direction.",
     "Lower the volume or close a part."),
    (10035, "INVALID_ORDER", "REJECT", "Incorrect or prohibited order type",
     "The symbol does not allow this type of order.", "Use another order type."),
    (10036, "POSITION_CLOSED", "REJECT",
     "Position with the specified POSITION_IDENTIFIER has already been closed",
     "The position is gone; for a close that is success.", _NOTHING),
    (10038, "INVALID_CLOSE_VOLUME", "REJECT", "A close volume exceeds the current position volume",
     "The position is smaller than the volume to close.", "Look at the position's volume."),
    (10039, "CLOSE_ORDER_EXIST", "REJECT", "A close order already exists for a specified position",
     "Another close of this position is under way.", "Wait for it, then look at the position."),
    (10040, "LIMIT_POSITIONS", "REJECT", "The number of open positions has reached the limit",
     "The account may not hold more positions.", "Close a position first."),
    (10041, "REJECT_CANCEL", "REJECT",
     "The pending order activation request is rejected, the order is canceled",
     "The broker cancelled the pending order when its price came.", _BROKER),
    (10042, "LONG_ONLY", "REJECT", "Only long positions are allowed",
     "The symbol may only be bought now.", "Skip the sell, or ask the broker."),
    (10043, "SHORT_ONLY", "REJECT", "Only short positions are allowed",
     "The symbol may only be sold now.", "Skip the buy, or ask the broker."),
    (10044, "CLOSE_ONLY", "REJECT", "Only position closing is allowed",
     "The symbol takes no new positions now.", "Only close what is open."),
    (10045, "FIFO_CLOSE", "REJECT", "Position closing is allowed only by FIFO rule",
     "The oldest position of the symbol must be closed first.", "Close the oldest one first."),
    (10046, "HEDGE_PROHIBITED", "REJECT", "Opposite positions on a single symbol are disabled",
     "The account does not allow buy and sell of one symbol at a time.",
     "Close the opposite position first."),
)
# fmt: on

RETCODES = {
    code: Retcode(code, name, RetcodeClass(kind), wording, cause, next_step)
    for code, name, kind, wording, cause, next_step in _TABLE
}

NOT_ASKED = Retcode(
    0,
    "",
    RetcodeClass.UNKNOWN,
    "The trade server was not asked",
    "The EA or the terminal stopped it before it was sent, or the answer was lost.",
    "Read the message beside it.",
)


def describe_retcode(code: int) -> Retcode:
    """The code's row; a code that the table does not know is a rejection to ask about."""
    if code == 0:
        return NOT_ASKED
    return RETCODES.get(code) or Retcode(
        code,
        f"CODE_{code}",
        RetcodeClass.REJECT,
        f"Return code {code}",
        "MetaTrader 5 documents no such code; the broker's server made it.",
        _BROKER,
    )


def class_of(code: int, action: CommandAction) -> RetcodeClass:
    """What a code means for this action: no change is success for levels, gone is for a close."""
    if code == NO_CHANGES and action in (CommandAction.MODIFY, CommandAction.BREAKEVEN):
        return RetcodeClass.DONE
    if code == POSITION_CLOSED and action.reduces and action is not CommandAction.CANCEL:
        return RetcodeClass.DONE
    return describe_retcode(code).kind
