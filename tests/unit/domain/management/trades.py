"""Open trades for tests: a buy of EURUSD at 1.10000 with 100 points to its first S/L."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from signalos_desktop.domain.management.rules import ManagementRules, TradePlan
from signalos_desktop.domain.management.state import ManagedTrade
from signalos_desktop.domain.symbols import Quote
from signalos_desktop.domain.values import Side
from tests.unit.domain.samples import EURUSD, NOW, dec, position, quote

TARGETS = (dec("1.10100"), dec("1.10200"), dec("1.10400"))
NO_COSTS = ManagementRules(breakeven_costs=False)


def rules(**changes: Any) -> ManagementRules:
    return replace(NO_COSTS, **changes)


def trade(
    *,
    sl: str | None = "1.09900",
    tp: str | None = "1.10400",
    volume: str = "1.00",
    spec: dict[str, Any] | None = None,
    plan: dict[str, Any] | None = None,
    held: dict[str, Any] | None = None,
    **changes: Any,
) -> ManagedTrade:
    """The third order of three; changes: of its rules, or taken, closed, costs, opened."""
    state = {name: changes.pop(name) for name in ("taken", "closed", "costs") if name in changes}
    opened = changes.pop("opened", NOW)
    own = TradePlan(rules(**changes), dec("1.09900"), TARGETS, 3)
    return ManagedTrade(
        position=position(
            sl=None if sl is None else dec(sl),
            tp=None if tp is None else dec(tp),
            volume=dec(volume),
            **(held or {}),
        ),
        plan=replace(own, **(plan or {})),
        spec=replace(EURUSD, **(spec or {})),
        volume=Decimal("1.00"),
        opened=opened,
        **state,
    )


def short(made: ManagedTrade) -> ManagedTrade:
    """The same trade mirrored at its entry: every distance kept, every direction turned."""

    def mirrored(price: Decimal | None) -> Decimal | None:
        return None if price is None else 2 * made.position.price_open - price

    held = replace(
        made.position,
        side=Side.SELL,
        sl=mirrored(made.position.sl),
        tp=mirrored(made.position.tp),
    )
    targets = tuple(mirrored(target) for target in made.plan.targets)
    sl = mirrored(made.plan.sl) or made.plan.sl
    return replace(made, position=held, plan=replace(made.plan, sl=sl, targets=targets))


def at(bid: str, value: str = "1") -> Quote:
    """EURUSD at this bid, spread 2 points."""
    return quote("EURUSD", bid, str(dec(bid) + dec("0.00002")), value=value)


def mirrored_quote(seen: Quote) -> Quote:
    """The quote that means for a sell at 1.10000 what `seen` means for a buy."""
    twice = dec("2.20000")
    return replace(seen, bid=twice - seen.ask, ask=twice - seen.bid)
