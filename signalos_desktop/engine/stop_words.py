"""A stop in words: who pressed it, why something is still open, what protects it, what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from signalos_desktop.domain.ea_status import EaStatus, Halt
from signalos_desktop.domain.market_hours import next_open
from signalos_desktop.domain.position import Position
from signalos_desktop.domain.symbols import SymbolSpec
from signalos_desktop.domain.values import iso_ms, plain

BUTTON, KEY, TRAY = "you (stop button)", "you (key)", "you (tray)"
PROGRAM, COMMAND_LINE = "you (headless request)", "you (command line)"
BY_HAND, FLAG = "a halt.flag laid by hand", "the halt flag of another program"
DRILL, REMEMBERED, EXPERT = "you (stop drill)", "journal", "the Expert Advisor"
COMMAND_LINE_ID, HAND_ID = "cli-", "hand:"
RULE = "rule: "

_OWN_STOPS = {
    "APP_LOST": "the Expert Advisor: this panel was silent (dead-man)",
    "LIMIT_DAILY_LOSS": "the Expert Advisor: its own daily loss limit",
    "START_FRESH": "the Expert Advisor: started fresh",
    "DAMAGED": "the Expert Advisor: its files are damaged",
}
_TRADING_OFF = frozenset({10017, 10026, 10027})
_NO_CONNECTION = 10031
_WAITS = frozenset({10018, 10029})
HINDERED = frozenset({"TRADING_OFF", "NO_CONNECTION", "WAITING_MARKET"})
"""Verdicts that a person must know of at once: trying again does not mend them."""
MOST_LISTED = 20
ALGO_TRADING = (
    "press Algo Trading in MT5's toolbar until it is green (Tools, Options, Expert Advisors: Allow"
    " algorithmic trading); the EA goes on by itself. If it stays off, close in the Trade tab by"
    " hand or call your broker"
)


def who_stopped(halt: Halt) -> str:
    """By whom the EA was stopped, as far as its latch can tell."""
    if not halt.source.upper().endswith("FLAG"):
        return _OWN_STOPS.get(halt.source, f"{EXPERT}: {halt.source}" if halt.source else EXPERT)
    first = halt.known[0] if halt.known else ""
    if first.startswith(COMMAND_LINE_ID):
        return COMMAND_LINE
    return BY_HAND if first.startswith(HAND_ID) else FLAG


def why_open(status: EaStatus) -> str:
    """The verdict on what a stop could not end yet."""
    rights, codes = status.permissions, {ticket.retcode for ticket in status.halt.tickets}
    if not rights.connected or _NO_CONNECTION in codes:
        return "NO_CONNECTION"
    granted = (
        rights.terminal_trade and rights.ea_trade and rights.account_expert and rights.account_trade
    )
    if not granted or codes & _TRADING_OFF:
        return "TRADING_OFF"
    return "WAITING_MARKET" if codes and codes <= _WAITS else "STILL_OPEN"


def protected(positions: Iterable[Position]) -> str:
    """What the broker itself will do: every position with its S/L, largest volume first."""
    ranked = sorted(positions, key=lambda one: -one.volume)
    listed = [
        f"{one.ticket} {one.side.value} {plain(one.volume)} {one.symbol}"
        f" {f'S/L {plain(one.sl)}' if one.sl else 'NO S/L'}"
        for one in ranked[:MOST_LISTED]
    ]
    if len(ranked) > MOST_LISTED:
        listed.append(f"and {len(ranked) - MOST_LISTED} more")
    return f"at the broker: {', '.join(listed)}" if listed else ""


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What an unfinished stop is described by. counts: in words. positions: those in its scope."""

    verdict: str
    counts: str
    positions: tuple[Position, ...]
    specs: Mapping[str, SymbolSpec]
    status: EaStatus | None
    now: datetime


def describe_leftovers(left: Leftovers) -> tuple[str, str]:
    """Text and next step of the alarm that a stop has not ended everything."""
    text, step = _describe(left)
    stops = protected(left.positions)
    return (f"{text}; {stops}" if stops else text), step


def _describe(left: Leftovers) -> tuple[str, str]:
    if left.verdict in ("EA_SILENT", "NOT_ACKNOWLEDGED"):
        return (
            f"the EA does not answer the stop; last seen: {left.counts}",
            "close them in MT5 by hand; the flag stays and the EA reads it first when it starts",
        )
    if left.verdict in ("CANNOT_BE_PROVEN", "STILL_CLOSING"):
        return _describe_unproven(left)
    if left.verdict in HINDERED and left.status is not None:
        return _describe_hindered(left, left.status)
    return (
        f"stopped but not flat: {left.counts}",
        "the EA keeps trying; check the market hours and Algo Trading, or close by hand",
    )


def _describe_unproven(left: Leftovers) -> tuple[str, str]:
    text = f"this Expert Advisor cannot prove that nothing is open; known: {left.counts}"
    close = "close in MT5's Trade tab what is left with our magic number"
    if left.verdict == "STILL_CLOSING":
        return text, f"the closes go on; look at MT5, and {close}"
    return text, (
        f"press Algo Trading in MT5 so that nothing opens any more, {close}; then"
        " resume and say so (by_hand, or flat)"
    )


def _describe_hindered(left: Leftovers, status: EaStatus) -> tuple[str, str]:
    if left.verdict == "TRADING_OFF":
        why = "; ".join(status.refused) or "the terminal or the broker does not let it trade"
        return f"the EA cannot close: {why}; {left.counts}", ALGO_TRADING
    if left.verdict == "NO_CONNECTION":
        return (
            f"MT5 has no connection to the trade server; {left.counts}",
            "look at the connection at the bottom right of MT5: the EA goes on as soon as it is"
            " back. If it stays away, call your broker and have the positions closed",
        )
    waiting = dict.fromkeys(ticket.symbol for ticket in status.halt.tickets)
    opens = ", ".join(_opening(symbol, left, status) for symbol in waiting)
    return (
        f"the market is closed for what is left: {left.counts}; next session: {opens}",
        "the EA closes it as soon as the market opens: leave MT5 running, or call your broker",
    )


def _opening(symbol: str, left: Leftovers, status: EaStatus) -> str:
    spec = left.specs.get(symbol)
    at = next_open(spec, left.now, status.server_utc_offset_s) if spec is not None else None
    if at is None:
        return f"{symbol} unknown"
    return f"{symbol} {iso_ms(max(at, left.now))[:16].replace('T', ' ')} UTC"
