"""The terminal as the expert sees it while its clock stands still."""

from datetime import datetime

from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.trade import Terminal


class FaultyClock:
    """A Terminal whose TimeGMT stops while the fault frozen-clock is armed."""

    def __init__(self, terminal: Terminal, faults: Faults) -> None:
        self._terminal = terminal
        self._faults = faults
        self._stood_at: datetime | None = None
        self.order_send = terminal.order_send
        self.order_check = terminal.order_check
        self.order_calc_profit = terminal.order_calc_profit
        self.order_calc_margin = terminal.order_calc_margin
        self.account = terminal.account
        self.positions = terminal.positions
        self.orders = terminal.orders
        self.deals = terminal.deals
        self.old_orders = terminal.old_orders
        self.order_filled = terminal.order_filled
        self.symbols = terminal.symbols
        self.quotes = terminal.quotes
        self.select_symbol = terminal.select_symbol
        self.permissions = terminal.permissions
        self.server_utc_offset = terminal.server_utc_offset

    def time_gmt(self) -> datetime:
        if not self._faults.on("frozen-clock"):
            self._stood_at = None
            return self._terminal.time_gmt()
        if self._stood_at is None:
            self._faults.hit("frozen-clock")
            self._stood_at = self._terminal.time_gmt()
        return self._stood_at
