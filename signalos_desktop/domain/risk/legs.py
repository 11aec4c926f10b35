"""Splits a sized volume into the orders to send: one for each T/P, their sum never above it."""

from collections.abc import Sequence
from decimal import Decimal

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.levels import Levels
from signalos_desktop.domain.risk.decision import Leg
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.domain.risk.sizing import Size, ceil_cents, deviation_points, floor_lots
from signalos_desktop.domain.signal import OrderType
from signalos_desktop.domain.symbols import SymbolSpec
from signalos_desktop.domain.values import ZERO, exact, floor_money


def split_volume(
    lots: Decimal, weights: Sequence[Decimal], step: Decimal, smallest: Decimal
) -> tuple[Decimal, ...]:
    """Volumes by weight in whole steps, largest remainder first; their sum is lots.

    A part below the smallest volume goes to the one before it (the first one to the next) and is 0.
    """
    if len(weights) == 1:
        return (lots,)
    total = sum(exact(weight) for weight in weights)
    shares = [exact(lots) * exact(weight) / total for weight in weights]
    parts = [floor_lots(share, step) for share in shares]
    left = int((lots - sum(parts, ZERO)) / step)
    by_remainder = sorted(range(len(parts)), key=lambda at: (exact(parts[at]) - shares[at], at))
    for at in by_remainder[:left]:
        parts[at] += step
    return tuple(_merged(parts, smallest))


def _merged(parts: list[Decimal], smallest: Decimal) -> list[Decimal]:
    for at in range(len(parts) - 1, 0, -1):
        if parts[at] < smallest:
            parts[at - 1] += parts[at]
            parts[at] = ZERO
    if parts[0] < smallest:
        following = next((at for at, part in enumerate(parts[1:], 1) if part), 0)
        if following:
            parts[following] += parts[0]
            parts[0] = ZERO
    return parts


def weights_for(count: int, wanted: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The first `count` of the wanted weights; equal ones where there are not as many."""
    return tuple(wanted[:count]) if len(wanted) >= count else (Decimal(1),) * count


def build_legs(
    levels: Levels,
    size: Size,
    spec: SymbolSpec,
    account: AccountState,
    rules: RiskRules,
    spread_limit: int | None,
) -> tuple[Leg, ...]:
    """The orders of a sized signal; the sum of max_loss never exceeds the budget.

    A netting account gets one order with the last T/P. max_loss is the loss with costs, rounded up,
    plus the leg's part of what the budget has left over through rounding down to volume steps.
    """
    targets = levels.targets if account.hedging else levels.targets[-1:]
    weights = weights_for(len(targets), rules.targets_weights)
    volumes = split_volume(size.lots, weights, spec.volume_step, spec.volume_min)
    losses = _losses(volumes, size, account)
    if size.budget is not None and sum(losses) > size.budget:
        volumes = _with_cents_to_spare(size, size.budget, weights, spec, account)
        losses = _losses(volumes, size, account)
    losses = _with_rest(losses, volumes, size, account)
    deviation = deviation_points(levels, spec, rules)
    return tuple(
        Leg(
            action=levels.action,
            symbol=spec.name,
            side=levels.side,
            lots=lots,
            price=levels.price,
            sl=levels.sl or ZERO,
            tp=target,
            max_loss=loss,
            deviation=deviation,
            max_spread=spread_limit if levels.order_type is OrderType.MARKET else None,
        )
        for target, lots, loss in zip(targets, volumes, losses, strict=True)
        if lots
    )


def _losses(volumes: Sequence[Decimal], size: Size, account: AccountState) -> list[Decimal]:
    return [ceil_cents(size.per_lot * exact(lots), account.currency_digits) for lots in volumes]


def _with_cents_to_spare(
    size: Size,
    budget: Decimal,
    weights: Sequence[Decimal],
    spec: SymbolSpec,
    account: AccountState,
) -> tuple[Decimal, ...]:
    """Volumes whose losses still fit after each was rounded up: a little less, or one order."""
    cents = Decimal(len(weights) - 1).scaleb(-account.currency_digits)
    lots = floor_lots(exact(budget - cents) / size.per_lot, spec.volume_step)
    if lots < spec.volume_min:
        return (size.lots, *(ZERO for _ in weights[1:]))
    return split_volume(min(lots, size.lots), weights, spec.volume_step, spec.volume_min)


def _with_rest(
    losses: list[Decimal], volumes: Sequence[Decimal], size: Size, account: AccountState
) -> list[Decimal]:
    """What the budget has left over is shared out by volume, rounded down."""
    if size.budget is None:
        return losses
    rest = size.budget - sum(losses, ZERO)
    total = sum(volumes, ZERO)
    return [
        loss + floor_money(rest * lots / total, account.currency_digits)
        for loss, lots in zip(losses, volumes, strict=True)
    ]
