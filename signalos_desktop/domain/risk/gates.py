"""Every rule in the order in which it is shown; a new rule is one function and one line here."""

from collections.abc import Callable

from signalos_desktop.domain.risk import (
    exposure_gates,
    market_gates,
    money_gates,
    signal_gates,
    time_gates,
)
from signalos_desktop.domain.risk.case import Case
from signalos_desktop.domain.risk.decision import Gate

GATES: tuple[Callable[[Case], Gate], ...] = (
    money_gates.data_gate,
    money_gates.permission_gate,
    signal_gates.expiry_gate,
    signal_gates.age_gate,
    signal_gates.duplicate_gate,
    signal_gates.confidence_gate,
    market_gates.symbol_gate,
    market_gates.session_gate,
    time_gates.week_edge_gate,
    time_gates.hours_gate,
    time_gates.news_gate,
    time_gates.cooldown_gate,
    market_gates.price_gate,
    market_gates.entry_gate,
    market_gates.stop_gate,
    market_gates.target_gate,
    market_gates.late_gate,
    market_gates.reward_gate,
    market_gates.spread_gate,
    market_gates.collar_gate,
    money_gates.risk_gate,
    money_gates.positions_gate,
    money_gates.symbol_positions_gate,
    exposure_gates.provider_positions_gate,
    exposure_gates.side_positions_gate,
    exposure_gates.symbol_lots_gate,
    exposure_gates.total_lots_gate,
    exposure_gates.order_value_gate,
    money_gates.unprotected_gate,
    money_gates.heat_gate,
    exposure_gates.currency_gate,
    exposure_gates.currency_risk_gate,
    money_gates.daily_trades_gate,
    money_gates.throttle_gate,
    money_gates.margin_gate,
    money_gates.margin_level_gate,
    money_gates.daily_loss_gate,
    money_gates.drawdown_gate,
    money_gates.worst_case_gate,
)
