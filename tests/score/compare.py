"""Compares what the parser reads with what a labelled row expects."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]

_ALIASES = {
    alias: names.split()[0]
    for names in (
        "XAUUSD GOLD XAU",
        "XAGUSD SILVER XAG",
        "US30 DJ30 WS30 DOW",
        "NAS100 US100 USTEC NASDAQ",
        "SPX500 US500 SP500",
        "GER40 DE40 DAX",
        "UK100 FTSE",
        "JP225 NIKKEI",
        "USOIL WTI OIL",
        "UKOIL BRENT",
    )
    for alias in names.split()
}
_FIELDS = ("symbol", "side", "order_type", "entry", "stop", "targets", "leverage")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row's outcome: what was wanted, what came, and whether they are the same."""

    wanted: str
    got: str
    exact: bool
    wrong: tuple[str, ...] = ()

    @property
    def may_trade(self) -> bool:
        return self.wanted == "open"

    @property
    def false_trade(self) -> bool:
        return not self.may_trade and self.got == "open"

    @property
    def missed(self) -> bool:
        return self.may_trade and self.got != "open"


def judge(got: Row, expected: Row) -> Verdict:
    """Compare one answer of the parser with one expectation, both in the schema of the corpora."""
    wanted, came = _kind(expected), _kind(got)
    if wanted != came:
        return Verdict(wanted, came, False, ("kind",))
    wrong: tuple[str, ...] = ()
    if wanted == "open":
        wrong = tuple(_wrong_fields(got["orders"], expected["orders"]))
    if wanted in ("open", "update") and _actions(got) != _actions(expected):
        wrong = (*wrong, "actions")
    return Verdict(wanted, came, not wrong, wrong)


def _kind(row: Row) -> str:
    return "review" if row["kind"] == "open" and row.get("problems") else str(row["kind"])


def _wrong_fields(got: list[Row], expected: list[Row]) -> Iterable[str]:
    if len(got) != len(expected):
        return ["number of orders"]
    left = [_order(order) for order in got]
    wrong: Counter[str] = Counter()
    for order in map(_order, expected):
        nearest = min(left, key=lambda other: len(_differences(other, order)))
        left.remove(nearest)
        wrong.update(_differences(nearest, order))
    return sorted(wrong)


def _differences(got: Row, expected: Row) -> list[str]:
    names = [name for name in _FIELDS if got[name] != expected[name]]
    loose = expected["order_type"] == "unspecified" and got["order_type"] in ("market", "limit")
    return [name for name in names if name != "order_type" or not loose]


def _order(order: Row) -> dict[str, Any]:
    entry = order["entry"]
    leverage = order["leverage"]
    return {
        "symbol": _symbol(order["symbol"]),
        "side": order["side"],
        "order_type": order["order_type"],
        "entry": entry and (_number(entry["low"]), _number(entry["high"])),
        "stop": (_number(order["sl"]), _number(order["sl_pips"])),
        "targets": (*(_sorted(order[k]) for k in ("tps", "tp_pips", "tp_rr")), order["tp_open"]),
        "leverage": _sorted(leverage if isinstance(leverage, list) else [leverage]),
    }


def _actions(row: Row) -> Counter[tuple[Any, ...]]:
    return Counter(
        (
            action["action"],
            _symbol(action.get("symbol")),
            action.get("side"),
            _number(action.get("fraction"), digits=2),
            _number(action.get("price")),
            _sorted(action.get("prices") or []),
            action.get("tp_index"),
        )
        for action in row.get("actions", [])
    )


def _symbol(name: str | None) -> str | None:
    if name is None:
        return None
    for quote in ("USDT", "USDC"):
        if name.endswith(quote):
            return name.removesuffix(quote) + "USD"
    return _ALIASES.get(name, name)


def _number(value: float | None, digits: int = 9) -> float | None:
    """Equal to `digits` significant places, so that 1.10 and 1.1 are the same."""
    if value is None or value == 0:
        return value
    return round(float(value), digits - 1 - math.floor(math.log10(abs(value))))


def _sorted(values: Iterable[float | None]) -> tuple[float, ...]:
    return tuple(sorted(number for v in values if (number := _number(v)) is not None))
