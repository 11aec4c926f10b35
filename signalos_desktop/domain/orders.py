"""Builds commands: one for each leg of an accepted decision, one for each wish about a ticket."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.risk.decision import Leg
from signalos_desktop.domain.values import Account

OPEN_LIFE_MAX = timedelta(seconds=60)
REDUCTION_LIFE = timedelta(seconds=120)
SYMBOL_CLOSE_LIFE = timedelta(seconds=30)
"""A row that may be read a second time must not live longer than it has to."""
COMMENT_LENGTH = 26


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who sends: the account, its magic number, the app's session and the present moment."""

    account: Account
    magic: int
    session: int
    now: datetime


def open_commands(
    issuer: Issuer,
    first_id: int,
    legs: Sequence[Leg],
    label: str,
    life: timedelta,
    pending: timedelta,
) -> tuple[Command, ...]:
    """One command for each leg, ids from first_id on; pending: how long a resting order lives."""
    return tuple(
        Command(
            cmd_id=first_id + index,
            account=issuer.account,
            session=issuer.session,
            action=leg.action,
            created=issuer.now,
            expires=issuer.now + min(life, OPEN_LIFE_MAX),
            magic=issuer.magic,
            symbol=leg.symbol,
            lots=leg.lots,
            sl=leg.sl,
            tp=leg.tp,
            comment=tagged(first_id + index, label),
            price=leg.price,
            order_expiry=issuer.now + pending if leg.action.pending else None,
            max_loss=leg.max_loss,
            deviation=leg.deviation,
            max_spread=leg.max_spread,
        )
        for index, leg in enumerate(legs)
    )


def close_command(
    issuer: Issuer, cmd_id: int, ticket: int, symbol: str, lots: Decimal | None
) -> Command:
    """Close a position, or a part of it if lots is given."""
    action = CommandAction.CLOSE_TICKET if lots is None else CommandAction.CLOSE_PARTIAL
    return _ticket_command(issuer, cmd_id, action, ticket, symbol, lots=lots or Decimal(0))


def close_symbol_command(issuer: Issuer, cmd_id: int, symbol: str) -> Command:
    """Close every position of the symbol that carries the issuer's magic number."""
    command = _ticket_command(issuer, cmd_id, CommandAction.CLOSE, None, symbol)
    return replace(command, expires=issuer.now + SYMBOL_CLOSE_LIFE)


def cancel_command(issuer: Issuer, cmd_id: int, ticket: int, symbol: str) -> Command:
    return _ticket_command(issuer, cmd_id, CommandAction.CANCEL, ticket, symbol)


def modify_command(
    issuer: Issuer,
    cmd_id: int,
    ticket: int,
    symbol: str,
    levels: tuple[Decimal | None, Decimal | None],
) -> Command:
    """Set S/L and T/P of a position or order; None keeps a level, 0 removes it."""
    sl, tp = levels
    return _ticket_command(issuer, cmd_id, CommandAction.MODIFY, ticket, symbol, sl=sl, tp=tp)


def breakeven_command(
    issuer: Issuer, cmd_id: int, ticket: int, symbol: str, level: Decimal | None = None
) -> Command:
    """S/L to the level, None = the open price; the Expert Advisor only ever moves it nearer."""
    command = _ticket_command(issuer, cmd_id, CommandAction.BREAKEVEN, ticket, symbol)
    return replace(command, price=level)


def tagged(cmd_id: int, label: str) -> str:
    """The comment of a row: the tag first, then as much of the label as the wire allows."""
    kept = "".join(sign if sign in _LABEL else "-" for sign in label)
    return f"#{cmd_id} {kept}"[:COMMENT_LENGTH].rstrip()


_LABEL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ._:+-")


def _ticket_command(
    issuer: Issuer,
    cmd_id: int,
    action: CommandAction,
    ticket: int | None,
    symbol: str,
    *,
    lots: Decimal = Decimal(0),
    sl: Decimal | None = None,
    tp: Decimal | None = None,
) -> Command:
    return Command(
        cmd_id=cmd_id,
        account=issuer.account,
        session=issuer.session,
        action=action,
        created=issuer.now,
        expires=issuer.now + REDUCTION_LIFE,
        magic=issuer.magic,
        symbol=symbol,
        lots=lots,
        sl=sl,
        tp=tp,
        comment=tagged(cmd_id, ""),
        ticket=ticket,
    )
