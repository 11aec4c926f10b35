"""The symbols of the simulated broker: eight built in, changed and added to by a JSON file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from signalos_desktop.domain.symbols import SymbolSpec, TradeMode
from signalos_desktop.domain.values import ZERO, parse_decimal

MARGIN_BY_LEVERAGE = ("FOREX", "CFDLEVERAGE")
MARGIN_ON_BASE = ("FOREX", "FOREX_NO_LEVERAGE")
CALC_MODES = (*MARGIN_BY_LEVERAGE, "FOREX_NO_LEVERAGE", "CFD")

_WEEKDAYS = (1, 2, 3, 4, 5)
# Commission per lot and side as retail brokers list it for an account's currency.
_COMMISSION = {"USD": "3.5", "EUR": "3", "GBP": "2.75", "JPY": "350"}


@dataclass(frozen=True, slots=True)
class Listing:
    """A symbol and what only the broker knows of it.

    spec leaves the values that depend on the account and the price at 0 and, where the broker's
    table for the account currency applies, commission at None. level: the price its walk swings
    about; daily_move: usual move of a day as a fraction; triple_swap_day: 0 = Monday.
    """

    spec: SymbolSpec
    level: Decimal
    daily_move: Decimal
    triple_swap_day: int = 2
    margin_rate: Decimal = Decimal(1)

    def commission(self, currency: str) -> Decimal:
        """Per lot and side in the account's currency."""
        if self.spec.commission is not None:
            return self.spec.commission
        return Decimal(_COMMISSION.get(currency, _COMMISSION["USD"]))


def _hours(days: Iterable[int], start: int, end: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    return tuple(((start, end),) if day in tuple(days) else () for day in range(7))


def _listing(
    name: str, currencies: str, digits: int, calc_mode: str, contract: str, **other: Any
) -> Listing:
    base, profit, margin = currencies.split()
    point = Decimal(1).scaleb(-digits)
    own = {field.name for field in fields(Listing)}
    values: dict[str, Any] = {
        "volume_min": Decimal("0.01"),
        "volume_max": Decimal(100),
        "volume_step": Decimal("0.01"),
        "volume_limit": ZERO,
        "stops_level": 0,
        "freeze_level": 0,
        "filling": ("FOK", "IOC"),
        "commission": None,
        "sessions": _hours(_WEEKDAYS, 0, 1440),
    }
    values |= {key: value for key, value in other.items() if key not in own}
    spec = SymbolSpec(
        name=name,
        digits=digits,
        point=point,
        tick_size=point,
        tick_value=ZERO,
        tick_value_loss=ZERO,
        contract_size=Decimal(contract),
        calc_mode=calc_mode,
        currency_base=base,
        currency_profit=profit,
        currency_margin=margin,
        exemode="MARKET",
        trade_mode=TradeMode.FULL,
        order_mode=("MARKET", "LIMIT", "STOP", "SL", "TP"),
        expiration_mode=("GTC", "DAY", "SPECIFIED", "SPECIFIED_DAY"),
        margin_1lot=ZERO,
        **values,
    )
    return Listing(spec, **{key: value for key, value in other.items() if key in own})


def _forex(name: str, digits: int, level: str, spread: int, swaps: tuple[str, str]) -> Listing:
    return _listing(
        name,
        f"{name[:3]} {name[3:]} {name[:3]}",
        digits,
        "FOREX",
        "100000",
        spread=spread,
        stops_level=10,
        swap_long=Decimal(swaps[0]),
        swap_short=Decimal(swaps[1]),
        level=Decimal(level),
        daily_move=Decimal("0.005"),
    )


def _cfd(name: str, currencies: str, level: str, swaps: tuple[str, str], **other: Any) -> Listing:
    return _listing(
        name,
        currencies,
        2,
        other.pop("calc_mode", "CFDLEVERAGE"),
        other.pop("contract", "1"),
        swap_long=Decimal(swaps[0]),
        swap_short=Decimal(swaps[1]),
        level=Decimal(level),
        **other,
    )


LISTINGS = (
    _forex("EURUSD", 5, "1.08000", 8, ("-7.2", "2.4")),
    _forex("GBPUSD", 5, "1.27000", 12, ("-4.1", "-1.3")),
    _forex("USDJPY", 3, "150.000", 10, ("11.4", "-23.6")),
    _forex("EURJPY", 3, "162.000", 14, ("8.2", "-19.5")),
    _cfd(
        "XAUUSD",
        "XAU USD USD",
        "2400",
        ("-38.5", "19.2"),
        contract="100",
        spread=20,
        stops_level=20,
        sessions=_hours(_WEEKDAYS, 60, 1439),
        daily_move=Decimal("0.01"),
    ),
    _cfd(
        "US30",
        "USD USD USD",
        "39000",
        ("-720", "180"),
        spread=200,
        stops_level=100,
        commission=ZERO,
        volume_step=Decimal("0.1"),
        volume_min=Decimal("0.1"),
        sessions=_hours(_WEEKDAYS, 60, 1440),
        daily_move=Decimal("0.01"),
        triple_swap_day=4,
    ),
    _cfd(
        "GER40",
        "EUR EUR EUR",
        "18200",
        ("-310", "60"),
        spread=120,
        stops_level=100,
        commission=ZERO,
        volume_step=Decimal("0.1"),
        volume_min=Decimal("0.1"),
        sessions=_hours(_WEEKDAYS, 75, 1380),
        daily_move=Decimal("0.01"),
        triple_swap_day=4,
    ),
    _cfd(
        "BTCUSD",
        "BTC USD USD",
        "65000",
        ("-3200", "-1200"),
        calc_mode="CFD",
        spread=1800,
        stops_level=500,
        commission=ZERO,
        volume_max=Decimal(20),
        sessions=_hours(range(7), 0, 1440),
        daily_move=Decimal("0.03"),
        triple_swap_day=4,
        margin_rate=Decimal("0.5"),
    ),
)


def read_listings(path: Path) -> tuple[Listing, ...]:
    """The built-in symbols with those of a JSON list; ValueError names the entry that is wrong.

    An entry has `name` and any field of SymbolSpec or Listing; a new name takes the rest from
    the built-in symbol it begins with (XAUUSD.m) or that `like` names. Numbers may be strings.
    """
    try:
        entries = msgspec.json.decode(path.read_bytes(), type=list[dict[str, Any]])
    except msgspec.DecodeError as error:
        raise ValueError(f"{path}: not a JSON list of symbols: {error}") from error
    known = {listing.spec.name: listing for listing in LISTINGS}
    for number, entry in enumerate(entries, start=1):
        try:
            listing = _changed(known, entry)
        except (ValueError, TypeError, ArithmeticError) as error:
            raise ValueError(f"{path}: symbol {number}: {error}") from error
        known[listing.spec.name] = listing
    return tuple(known.values())


def _changed(known: Mapping[str, Listing], entry: Mapping[str, Any]) -> Listing:
    name = entry.get("name")
    if not isinstance(name, str) or not name.isascii() or not name.isprintable() or "," in name:
        raise ValueError(f"name {name!r} is not a symbol's name")
    like = entry.get("like", name)
    base = known.get(like) or next((known[key] for key in known if name.startswith(key)), None)
    if base is None:
        raise ValueError(f"{name}: no built-in symbol begins it; say `like`: {', '.join(known)}")
    spec: dict[str, Any] = {"name": name}
    own: dict[str, Any] = {}
    for key, value in entry.items():
        if key in ("name", "like"):
            continue
        target = own if key in _LISTING_READERS else spec
        reader = _LISTING_READERS.get(key) or _SPEC_READERS.get(key)
        if reader is None:
            raise ValueError(f"{name}: unknown field {key!r}")
        target[key] = reader(value)
    if "digits" in spec:
        point = Decimal(1).scaleb(-spec["digits"])
        spec = {"point": point, "tick_size": point} | spec
    listing = replace(base, spec=replace(base.spec, **spec), **own)
    _check(listing)
    return listing


def _check(listing: Listing) -> None:
    spec = listing.spec
    if spec.calc_mode not in CALC_MODES:
        raise ValueError(f"{spec.name}: calc_mode {spec.calc_mode!r}, known: {CALC_MODES}")
    positive = (spec.point, spec.tick_size, spec.contract_size, spec.volume_min, spec.volume_step)
    if min(*positive, listing.level) <= 0:
        raise ValueError(f"{spec.name}: point, sizes, volumes and level must be above 0")
    if len(spec.sessions) != 7:
        raise ValueError(f"{spec.name}: sessions must be seven lists, Sunday first")


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(item) for item in value)


def _sessions(value: Any) -> tuple[tuple[tuple[int, int], ...], ...]:
    return tuple(tuple((int(start), int(end)) for start, end in day) for day in value)


def _decimal(value: Any) -> Decimal:
    return parse_decimal(str(value))


def _optional(value: Any) -> Decimal | None:
    return None if value is None else _decimal(value)


_READERS: dict[Any, Callable[[Any], Any]] = {
    str: str,
    int: int,
    Decimal: _decimal,
    TradeMode: TradeMode,
    Decimal | None: _optional,
    tuple[str, ...]: _texts,
    tuple[tuple[tuple[int, int], ...], ...]: _sessions,
}
_SPEC_READERS = {field.name: _READERS[field.type] for field in fields(SymbolSpec)}
_LISTING_READERS = {
    field.name: _READERS[field.type] for field in fields(Listing) if field.name != "spec"
}
