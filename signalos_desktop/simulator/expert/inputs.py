"""The Expert Advisor's inputs, as its properties dialog would show them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from signalos_desktop.domain.wire.control import Scope


class ScopeInForce:
    """The scope as the panel asks for it; ACCOUNT in the inputs cannot be narrowed."""

    def __init__(self, least: Scope) -> None:
        self._least = least
        self.value = least

    def ask(self, scope: Scope) -> None:
        self.value = Scope.ACCOUNT if self._least is Scope.ACCOUNT else scope


class DeadMan(StrEnum):
    """What happens when the app has been silent for 60 s."""

    KEEP = "KEEP"
    CANCEL = "CANCEL"
    FLATTEN = "FLATTEN"


@dataclass(frozen=True, slots=True)
class ExpertInputs:
    """0 = no limit for max_daily_loss, max_spread and max_opens_per_minute.

    Money in account currency, deviation and spread in points. doubt_wait_s: connected for so long
    before an unclear send counts as not executed. common: path of Common/Files as status.json
    shows it, "" = none.
    """

    magic: int = 4400000
    max_lots: Decimal = Decimal(50)
    max_positions: int = 200
    max_daily_loss: Decimal = Decimal(0)
    max_spread: int = 0
    max_opens_per_minute: int = 0
    deviation: int = 20
    sl_required: bool = True
    allow_netting: bool = True
    scope: Scope = Scope.MAGIC
    dead_man: DeadMan = DeadMan.KEEP
    timer_ms: int = 50
    doubt_wait_s: int = 60
    common: str = ""
