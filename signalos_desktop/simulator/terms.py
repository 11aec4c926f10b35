"""What the simulated account was opened with."""

from dataclasses import dataclass
from decimal import Decimal

MARGIN_MODES = ("RETAIL_HEDGING", "RETAIL_NETTING")


@dataclass(frozen=True, slots=True)
class AccountTerms:
    """balance: what it begins with; the books go on from there."""

    login: int = 5000001
    server: str = "SignalOS-Demo"
    currency: str = "USD"
    balance: Decimal = Decimal(10000)
    leverage: int = 100
    margin_mode: str = "RETAIL_HEDGING"

    def __post_init__(self) -> None:
        if self.margin_mode not in MARGIN_MODES:
            raise ValueError(f"margin mode {self.margin_mode!r}, known: {', '.join(MARGIN_MODES)}")
        if self.leverage < 1:
            raise ValueError(f"leverage {self.leverage} is below 1")

    @property
    def hedging(self) -> bool:
        return self.margin_mode == "RETAIL_HEDGING"

    def __str__(self) -> str:
        return f"{self.login}@{self.server} {self.currency} {self.margin_mode}"
