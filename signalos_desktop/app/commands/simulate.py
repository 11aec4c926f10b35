"""`simulate`: a simulated terminal alone on a folder, for tests, the demo and trying things out."""

import argparse
import json
import math
import sqlite3
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from signalos_desktop.app.exits import HeldError, UsageError
from signalos_desktop.domain.values import parse_decimal
from signalos_desktop.simulator.expert.inputs import ExpertInputs
from signalos_desktop.simulator.faults import FAULTS
from signalos_desktop.simulator.folder_lock import FolderHeldError, FolderLock
from signalos_desktop.simulator.process import Process
from signalos_desktop.simulator.sessions import Calendar
from signalos_desktop.simulator.settings import Settings, common_of
from signalos_desktop.simulator.terms import AccountTerms

SETTABLE = tuple(name for name in ExpertInputs.__slots__ if name != "common")
_MARGIN_MODES = {"hedging": "RETAIL_HEDGING", "netting": "RETAIL_NETTING"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add, terms = parser.add_argument, AccountTerms()
    add("--folder", type=Path, metavar="F", help="the terminal's MQL5/Files")
    add("--common", type=Path, metavar="DIR", help="the terminals' Common/Files")
    add("--protocol", type=int, choices=(1, 2), default=2, help="1 = the stock executor")
    add("--seed", type=int, default=1, metavar="N", help="the prices' seed (1)")
    add("--speed", type=_positive, default=1.0, metavar="X", help="prices move X times as fast")
    add("--calendar", choices=[*Calendar], default=Calendar.OPEN, help="open = no weekends")
    add("--account", choices=[*_MARGIN_MODES], default="hedging", help="margin mode")
    add(
        "--balance", type=_amount, default=terms.balance, metavar="B", help="it begins with so much"
    )
    add("--login", type=_count, default=terms.login, metavar="N", help="of the account")
    add("--currency", type=_currency, default=terms.currency, metavar="C", help="of the account")
    add("--leverage", type=_count, default=terms.leverage, metavar="L", help="1:L")
    add("--symbols", type=Path, metavar="FILE", help="JSON list that changes or adds symbols")
    add("--quotes", type=Path, metavar="FILE", help="prices: utc_ms,symbol,bid,ask; may grow")
    add("--send-delay", type=_delay, default=0.0, metavar="MS", help="how long an order takes")
    add("--ledger", type=Path, metavar="FILE", help="every order and deal as JSON lines")
    add("--fault", action="append", default=[], metavar="NAME[:ARG]", help="may be repeated")
    add("--list-faults", action="store_true", help="all faults as JSON lines")
    add("--input", action="append", default=[], metavar="NAME=VALUE", help="of the EA; repeatable")
    add("--parent-pid", type=_count, metavar="PID", help="end when that process has ended")


def run(args: argparse.Namespace) -> int:
    if args.list_faults:
        for kind in FAULTS:
            fields = {
                "name": kind.name,
                "argument": kind.argument,
                "default": kind.default,
                "description": kind.description,
            }
            sys.stdout.write(json.dumps(fields) + "\n")
        return 0
    if args.folder is None:
        raise UsageError("simulate needs --folder F: where a terminal's MQL5/Files would be")
    settings = _settings(args)
    try:
        lock = FolderLock(settings.folder / "SignalOS")
        lock.acquire()
    except FolderHeldError as error:
        raise HeldError(str(error)) from None
    except OSError as error:
        raise UsageError(f"--folder: {error}") from None
    try:
        process = Process(settings)
    except (ValueError, OSError, sqlite3.Error) as error:
        lock.release()
        raise UsageError(str(error)) from None
    try:
        process.run()
    finally:
        lock.release()
    return 0


def _settings(args: argparse.Namespace) -> Settings:
    folder = args.folder.absolute()
    return Settings(
        folder=folder,
        common=args.common.absolute() if args.common else common_of(folder),
        terms=AccountTerms(
            login=args.login,
            currency=args.currency,
            balance=args.balance,
            leverage=args.leverage,
            margin_mode=_MARGIN_MODES[args.account],
        ),
        protocol=args.protocol,
        seed=args.seed,
        speed=args.speed,
        calendar=Calendar(args.calendar),
        symbols=args.symbols,
        quotes=args.quotes,
        send_delay_s=args.send_delay,
        ledger=args.ledger,
        faults=tuple(args.fault),
        parent_pid=args.parent_pid,
        inputs=_inputs(args.input),
    )


def _inputs(texts: list[str]) -> ExpertInputs:
    """NAME=VALUE of the Expert Advisor's inputs, each read as its default's type."""
    defaults = ExpertInputs()
    changes: dict[str, Any] = {}
    for text in texts:
        name, _, value = text.partition("=")
        if name not in SETTABLE:
            raise UsageError(f"--input {name[:40]}: the EA has {', '.join(SETTABLE)}")
        default = getattr(defaults, name)
        try:
            if isinstance(default, bool):
                changes[name] = {"true": True, "false": False}[value]
            else:
                changes[name] = type(default)(value)
        except (ValueError, KeyError, ArithmeticError):
            raise UsageError(f"--input {text[:60]}: not like {default}") from None
    return replace(defaults, **changes)


def _amount(text: str) -> Decimal:
    amount = parse_decimal(text)
    if amount < 0:
        raise argparse.ArgumentTypeError(f"{text} is negative")
    return amount


def _positive(text: str) -> float:
    number = float(text)
    if not math.isfinite(number) or number <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return number


def _delay(text: str) -> float:
    """Milliseconds as seconds."""
    number = float(text) / 1000
    if not 0 <= number <= 600:
        raise argparse.ArgumentTypeError(f"{text} is not from 0 to 600000 ms")
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is below 1")
    return number


def _currency(text: str) -> str:
    if len(text) != 3 or not text.isascii() or not text.isalpha():
        raise argparse.ArgumentTypeError(f"{text} is not a currency such as USD")
    return text.upper()
