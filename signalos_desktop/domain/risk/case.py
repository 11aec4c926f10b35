"""One candidate with everything the rules need, computed once; None = not known."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.levels import Levels, place_levels
from signalos_desktop.domain.risk.context import Candidate, RiskContext
from signalos_desktop.domain.risk.decision import Leg
from signalos_desktop.domain.risk.exposure import Exposure, measure_exposure
from signalos_desktop.domain.risk.legs import build_legs
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.domain.risk.sizing import Size, base_money, size_order
from signalos_desktop.domain.symbols import Quote, Resolved, SymbolSpec
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.domain.values import ZERO

_SIZES = ("point", "tick_size", "contract_size", "volume_min", "volume_step", "volume_max")


@dataclass(frozen=True, slots=True)
class Case:
    """size is a refusal where no volume is possible; legs are the orders it would become."""

    candidate: Candidate
    context: RiskContext
    rules: RiskRules
    account: AccountState | None
    spec: SymbolSpec | None
    quote: Quote | None
    levels: Levels | None
    exposure: Exposure | None
    size: Size | Refusal | None
    legs: tuple[Leg, ...]

    @property
    def base(self) -> Decimal:
        """What percentages are taken of; 0 without an account."""
        return base_money(self.account, self.rules) if self.account is not None else ZERO

    @property
    def new_orders(self) -> int:
        return max(len(self.legs), 1)

    @property
    def new_lots(self) -> Decimal:
        return sum((leg.lots for leg in self.legs), ZERO)

    @property
    def new_loss(self) -> Decimal:
        """The most that the new orders may lose together."""
        return sum((leg.max_loss for leg in self.legs), ZERO)


def build_case(candidate: Candidate, context: RiskContext, rules: RiskRules) -> Case:
    """Compute what can be computed; what cannot is None and refuses in the rules that need it."""
    name = candidate.symbol.symbol if isinstance(candidate.symbol, Resolved) else ""
    spec, quote = _usable(name, context)
    side = candidate.order.side
    account = context.account
    levels = None
    if side is not None and spec is not None and quote is not None:
        levels = place_levels(candidate.order, side, spec, quote, rules.levels)
    exposure = None
    if account is not None and context.positions is not None and context.orders is not None:
        exposure = measure_exposure(
            context.positions,
            context.orders,
            context.reserved,
            priced_symbols(context),
            account.currency,
            account.currency_digits,
        )
    case = Case(
        candidate, context, rules, account, spec, quote, levels, exposure, size=None, legs=()
    )
    return _sized(case)


def spread_limit(spec: SymbolSpec, levels: Levels, rules: RiskRules) -> int | None:
    """Points of spread that are allowed now; None while there is no S/L to measure with."""
    if levels.distance is None:
        return rules.max_spread_points or None
    share = int(levels.distance / spec.point * rules.max_spread_percent / 100)
    return min(share, rules.max_spread_points) if rules.max_spread_points else share


def _sized(case: Case) -> Case:
    spec, quote, levels = case.spec, case.quote, case.levels
    account, exposure, rules = case.account, case.exposure, case.rules
    if spec is None or quote is None or levels is None or account is None or exposure is None:
        return case
    held = exposure.held(spec.name, levels.side)
    size = size_order(levels, spec, quote, account, rules, held)
    if isinstance(size, Refusal):
        return replace(case, size=size)
    limit = spread_limit(spec, levels, rules)
    return replace(case, size=size, legs=build_legs(levels, size, spec, account, rules, limit))


def priced_symbols(context: RiskContext) -> Mapping[str, tuple[SymbolSpec, Quote]]:
    """Of the symbols at risk, those whose specification and quote can be computed with."""
    names = {position.symbol for position in context.positions or ()}
    names |= {order.symbol for order in context.orders or ()}
    names |= {order.symbol for order in context.reserved}
    found = {}
    for name in names:
        spec, quote = _usable(name, context)
        if spec is not None and quote is not None:
            found[name] = (spec, quote)
    return found


def _usable(name: str, context: RiskContext) -> tuple[SymbolSpec | None, Quote | None]:
    spec = (context.specs or {}).get(name)
    quote = (context.quotes or {}).get(name)
    if spec is not None and not _sound_spec(spec):
        spec = None
    if quote is not None and not _sound_quote(quote):
        quote = None
    return spec, quote


def _sound_spec(spec: SymbolSpec) -> bool:
    sizes = (
        spec.point, spec.tick_size, spec.contract_size,
        spec.volume_min, spec.volume_step, spec.volume_max,
    )  # fmt: skip
    return all(size.is_finite() and size > 0 for size in sizes)


def odd_sizes(spec: SymbolSpec) -> str:
    """The sizes that nothing can be computed with, as `tick_size = 0`; empty = none."""
    sizes = ((name, getattr(spec, name)) for name in _SIZES)
    return ", ".join(
        f"{name} = {size:f}" for name, size in sizes if not (size.is_finite() and size > 0)
    )


def _sound_quote(quote: Quote) -> bool:
    """Bid or ask 0 means that the terminal has no price yet."""
    return quote.bid.is_finite() and quote.ask.is_finite() and 0 < quote.bid <= quote.ask
