"""Commands made of legs and of wishes about a ticket."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.orders import (
    COMMENT_LENGTH,
    Issuer,
    breakeven_command,
    cancel_command,
    close_command,
    close_symbol_command,
    modify_command,
    open_commands,
    tagged,
)
from signalos_desktop.domain.risk.decision import Leg
from signalos_desktop.domain.values import Account, Side
from tests.unit.domain.samples import NOW, dec

ISSUER = Issuer(Account(1, "s"), 4400000, 3, NOW)
LEG = Leg(
    CommandAction.BUY, "EURUSD", Side.BUY, dec("0.30"), dec("1.1"), dec("1.097"), dec("1.106"),
    dec("91.20"), 3, 30,
)  # fmt: skip


def test_one_command_for_each_leg() -> None:
    resting = replace(LEG, action=CommandAction.BUY_LIMIT, max_spread=None, tp=None)
    life, pending = timedelta(seconds=90), timedelta(hours=4)
    first, second = open_commands(ISSUER, 7, (LEG, resting), "paste", life, pending)
    assert (first.cmd_id, second.cmd_id) == (7, 8)
    assert (first.comment, first.max_loss, first.max_spread) == ("#7 paste", dec("91.20"), 30)
    assert first.expires == second.expires == NOW + timedelta(seconds=60)
    assert (first.order_expiry, second.order_expiry) == (None, NOW + pending)
    assert (second.action, second.tp) == (CommandAction.BUY_LIMIT, None)


@pytest.mark.parametrize(
    ("lots", "action", "volume"),
    [(None, CommandAction.CLOSE_TICKET, "0"), ("0.10", CommandAction.CLOSE_PARTIAL, "0.10")],
)
def test_close_in_full_or_in_part(lots: str | None, action: CommandAction, volume: str) -> None:
    part = None if lots is None else Decimal(lots)
    command = close_command(ISSUER, 9, 101, "EURUSD", part)
    assert (command.action, command.ticket, command.lots) == (action, 101, Decimal(volume))
    assert command.expires == NOW + timedelta(seconds=120)


def test_a_whole_symbol_is_closed_without_a_ticket() -> None:
    command = close_symbol_command(ISSUER, 5, "EURUSD")
    assert (command.action, command.symbol, command.ticket) == (
        CommandAction.CLOSE,
        "EURUSD",
        None,
    )
    assert (command.magic, command.lots, command.comment) == (4400000, 0, "#5")
    assert command.expires == NOW + timedelta(seconds=30)


def test_wishes_about_a_ticket() -> None:
    assert cancel_command(ISSUER, 9, 201, "EURUSD").action is CommandAction.CANCEL
    assert breakeven_command(ISSUER, 9, 101, "EURUSD").action is CommandAction.BREAKEVEN
    modified = modify_command(ISSUER, 9, 101, "EURUSD", (dec("1.09"), None))
    assert (modified.action, modified.sl, modified.tp) == (CommandAction.MODIFY, dec("1.09"), None)


@pytest.mark.parametrize(
    ("label", "comment"),
    [("", "#12"), ('Gold, "VIP"', "#12 Gold- -VIP-"), ("x" * 40, "#12 " + "x" * 22)],
)
def test_the_comment_begins_with_its_tag(label: str, comment: str) -> None:
    assert tagged(12, label) == comment
    assert len(tagged(12, label)) <= COMMENT_LENGTH
