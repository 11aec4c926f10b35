"""What the terminal says of a symbol, and which of its symbols a signal's name means."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache


class TradeMode(StrEnum):
    """MT5's SYMBOL_TRADE_MODE."""

    DISABLED = "DISABLED"
    LONGONLY = "LONGONLY"
    SHORTONLY = "SHORTONLY"
    CLOSEONLY = "CLOSEONLY"
    FULL = "FULL"


@dataclass(frozen=True, slots=True)
class Quote:
    """Last prices of a symbol with the values that move with them, money in account currency."""

    symbol: str
    bid: Decimal
    ask: Decimal
    time: datetime
    tick_value: Decimal
    tick_value_loss: Decimal
    margin_1lot: Decimal

    @property
    def mid(self) -> Decimal:
        return (self.bid + self.ask) / 2


@dataclass(frozen=True, slots=True)
class SymbolSpec:
    """A symbol as the terminal specifies it; levels in points, money in account currency.

    sessions: seven days from Sunday, each a tuple of (from, to) minutes of the server's day.
    commission: per lot and side; None = unknown.
    """

    name: str
    digits: int
    point: Decimal
    tick_size: Decimal
    tick_value: Decimal
    tick_value_loss: Decimal
    contract_size: Decimal
    calc_mode: str
    currency_base: str
    currency_profit: str
    currency_margin: str
    volume_min: Decimal
    volume_max: Decimal
    volume_step: Decimal
    volume_limit: Decimal
    stops_level: int
    freeze_level: int
    filling: tuple[str, ...]
    exemode: str
    trade_mode: TradeMode
    order_mode: tuple[str, ...]
    expiration_mode: tuple[str, ...]
    spread: int
    swap_long: Decimal
    swap_short: Decimal
    margin_1lot: Decimal
    commission: Decimal | None
    sessions: tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The one symbol of the broker that a signal's name means; by_map: the user's own choice."""

    symbol: str
    by_map: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several symbols of the broker could be meant; the user must choose one."""

    name: str
    candidates: tuple[str, ...]

    @property
    def text(self) -> str:
        names = ", ".join(self.candidates)
        return f"{self.name} -> {names}: choose in Settings > Symbols"


@dataclass(frozen=True, slots=True)
class NotFound:
    """No symbol of the broker is meant; mapped: the choice in the settings that does not exist."""

    name: str
    mapped: str | None = None

    @property
    def text(self) -> str:
        if self.mapped is not None:
            return (
                f"{self.name} -> {self.mapped} (your choice) is not in the Market Watch: "
                "show it there or change Settings > Symbols"
            )
        return (
            f"{self.name} is not in the terminal's Market Watch: "
            "show it there or choose a symbol in Settings > Symbols"
        )


Resolution = Resolved | Ambiguous | NotFound

# Canonical name first, then what brokers call it.
_GROUPS = """
XAUUSD GOLD XAU GOLDUSD GOLDSPOT SPOTGOLD
XAGUSD SILVER XAG SILVERUSD SPOTSILVER
XPTUSD PLATINUM XPT
XPDUSD PALLADIUM XPD
COPPER XCUUSD
US30 DJ30 WS30 DOW DOW30 DJI DJIA DJI30 USA30 US30USD WALLSTREET WALLSTREET30
NAS100 US100 USTEC USTECH USTEC100 USTECH100 NDX NDX100 NASDAQ NASDAQ100 NAS NQ100 UT100 TECH100
NAS100 USATEC USATECH USA100 NAS100USD
SPX500 US500 SP500 S&P500 SPX USA500 SPX500USD
GER40 DE40 DAX DAX40 GER30 DE30 DAX30 GDAXI GERMANY40 GERMANY30 DEU40 DE40EUR DE30EUR
UK100 FTSE FTSE100 UK100GBP
JP225 JPN225 NIKKEI NIKKEI225 NI225 N225 JAPAN225 JAP225 JP225USD
FRA40 FR40 CAC CAC40 F40 FRANCE40
EU50 EUSTX50 STOXX50 ESTX50 EUROSTOXX50 STOXX50E EU50EUR
AUS200 ASX200 AU200 ASX
HK50 HSI HSI50 HONGKONG50
US2000 RUSSELL2000 RUT USA2000
USOIL WTI XTIUSD XTI CRUDEOIL USCRUDE WTIOIL WTIUSD USOUSD USOILSPOT
UKOIL BRENT XBRUSD XBR BRENTOIL UKBRENT UKOUSD UKOILSPOT
NATGAS XNGUSD XNG NGAS NATURALGAS NATGASUSD
BTCUSD BTC BITCOIN XBTUSD
ETHUSD ETH ETHEREUM
LTCUSD LTC LITECOIN
XRPUSD XRP RIPPLE
V10 VOLATILITY10INDEX VIX10 R10
V25 VOLATILITY25INDEX VIX25 R25
V50 VOLATILITY50INDEX VIX50 R50
V75 VOLATILITY75INDEX VIX75 R75
V100 VOLATILITY100INDEX VIX100 R100
V75(1S) VOLATILITY75(1S)INDEX
BOOM300 BOOM300INDEX
BOOM500 BOOM500INDEX
BOOM1000 BOOM1000INDEX
CRASH300 CRASH300INDEX
CRASH500 CRASH500INDEX
CRASH1000 CRASH1000INDEX
JUMP75 JUMP75INDEX
"""
_CANONICAL = {
    alias: row.split()[0] for row in _GROUPS.strip().splitlines() for alias in row.split()
}
_CODES = (
    "USDEURGBPCHFAUDNZDCADJPYSGDHKDCNHCNYSEKNOKDKKPLNHUFCZKTRYZARMXNTHBILSINRRUBBRLRONKRW"
    "XAUXAGXPTXPD"
)
_MONEY = frozenset(_CODES[at : at + 3] for at in range(0, len(_CODES), 3))
_QUOTES = _MONEY | {"BTC", "ETH", "USDT", "USDC"}
_SUFFIX_WORDS = (
    "MICRO", "MINI", "CENT", "CASH", "SPOT", "PRIME", "PRO", "RAW", "ECN", "STP", "VIP", "STD"
)  # fmt: skip
_SEPARATORS = re.compile(r"[._\-#+!^~@$:*=]+")
_ATTACHED = re.compile(r"([A-Z0-9&]{3,})[a-z]{1,8}")
_PREFIXED = re.compile(r"[a-z]{1,4}([A-Z0-9&]{3,})")
_FUTURE = re.compile(
    r"(?:[FGHJKMNQUVXZ]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[0-9]{1,4}"
)


def resolve(
    name: str, available: Mapping[str, SymbolSpec] | Sequence[str], mapping: Mapping[str, str]
) -> Resolution:
    """The broker's symbol that a name means. The user's map wins; two that fit are never guessed.

    available: the terminal's symbols; with specifications a DISABLED double is left out and the
    profit currency must fit. A decorated name that the broker lists literally (`XAUUSD.m`) is it.
    Crypto against USDT means the broker's USD symbol, and the reverse, where its own is absent.
    """
    targets = _mapped(name, mapping)
    if len(targets) > 1:
        return Ambiguous(name, targets)
    if targets:
        known = targets[0] in available
        return Resolved(targets[0], by_map=True) if known else NotFound(name, targets[0])
    if name in available and core(name) != name.upper():
        return Resolved(name)
    for wanted in _near_names(_canonical(name)):
        fitting = sorted(symbol for symbol in available if _canonical(symbol) == wanted)
        if isinstance(available, Mapping):
            fitting = _plausible(fitting, available, wanted)
        if fitting:
            return Resolved(fitting[0]) if len(fitting) == 1 else Ambiguous(name, tuple(fitting))
    return NotFound(name)


def core(name: str) -> str:
    """A symbol's name without the broker's decoration: `#EURUSDm`, `EURUSD.pro` -> `EURUSD`."""
    joined = name.replace(" ", "").replace("/", "")
    parts = [part for part in _SEPARATORS.split(joined) if part]
    if len(parts) < 2:
        return _bare(parts[0]) if parts else name.upper()
    head, tail = _bare(parts[0]), _bare(parts[1])
    if _known(head + tail) or (tail in _QUOTES and not _pair(head)):
        return head + tail
    if _FUTURE.fullmatch(tail):
        return joined.upper()
    return tail if _known(tail) and not _known(head) else head


def _bare(part: str) -> str:
    """One word of a name without what is attached: a known word, lower-case letters, a letter."""
    upper = part.upper()
    for word in _SUFFIX_WORDS:
        if upper.endswith(word) and _known(upper.removesuffix(word)):
            return upper.removesuffix(word)
    attached = _ATTACHED.fullmatch(part)
    if attached:
        return attached[1]
    prefixed = _PREFIXED.fullmatch(part)
    if prefixed and _known(prefixed[1]):
        return prefixed[1]
    if len(upper) == 7 and _pair(upper[:6]) and upper[6] not in "CT":
        return upper[:6]
    return upper


@lru_cache(maxsize=8192)
def _canonical(name: str) -> str:
    """Kept, since every signal asks it of every symbol of the terminal."""
    bare = core(name)
    return _CANONICAL.get(bare, bare)


def _pair(name: str) -> bool:
    return len(name) == 6 and name[:3] in _MONEY and name[3:] in _MONEY


def _known(name: str) -> bool:
    return name in _CANONICAL or _pair(name)


def _mapped(name: str, mapping: Mapping[str, str]) -> tuple[str, ...]:
    """What the user's map says: for just this name, else for another name of the same thing."""
    literal = {target for key, target in mapping.items() if key.upper() == name.upper()}
    wanted = _canonical(name)
    alike = {target for key, target in mapping.items() if _canonical(key) == wanted}
    return tuple(sorted(literal or alike))


def _near_names(wanted: str) -> Iterator[str]:
    yield wanted
    if wanted.endswith("USDT"):
        yield wanted[:-1]
    elif wanted.endswith("USD") and not _pair(wanted):
        yield wanted + "T"


def _plausible(names: list[str], specs: Mapping[str, SymbolSpec], wanted: str) -> list[str]:
    """Leave out what cannot be meant: another profit currency, or a DISABLED double."""
    if _pair(wanted):
        money = ("", wanted[3:], wanted[3:5] + "C")
        names = [name for name in names if specs[name].currency_profit in money]
    enabled = [name for name in names if specs[name].trade_mode is not TradeMode.DISABLED]
    return enabled or names
