"""How one provider's messages are taken: trust, entries, targets, edits, updates, own words."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from signalos_desktop.domain.levels import TargetPolicy, ZonePick
from signalos_desktop.domain.parsing.profile import PLAIN, Profile
from signalos_desktop.domain.risk.rules import RiskRules


class Trust(StrEnum):
    """What becomes of a message that passes every rule: it waits for FIRE, is sent, is shown."""

    CONFIRM = "confirm"
    AUTO = "auto"
    OBSERVE = "observe"


class EditPolicy(StrEnum):
    """What becomes of an edited message."""

    ACCEPT = "accept"
    ASK = "ask"
    IGNORE = "ignore"


class UpdatePolicy(StrEnum):
    """Whether an update of a trusted (auto) provider acts by itself."""

    ACT = "act"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class ProviderPolicy:
    """All that holds for one provider. alert_window_s: how long an alert waits; 0 = not at all."""

    trust: Trust = Trust.CONFIRM
    zone: ZonePick = ZonePick.FIRST
    targets: TargetPolicy = TargetPolicy.ALL
    weights: tuple[Decimal, ...] = ()
    edits: EditPolicy = EditPolicy.ACCEPT
    updates: UpdatePolicy = UpdatePolicy.ACT
    alert_window_s: int = 300
    profile: Profile = PLAIN

    def rules(self, rules: RiskRules) -> RiskRules:
        """The rules of risk as they hold for this provider's signals."""
        mine = (self.zone, self.targets, self.weights)
        if mine == (rules.entry_zone, rules.targets_policy, rules.targets_weights):
            return rules
        return replace(
            rules,
            entry_zone=self.zone,
            targets_policy=self.targets,
            targets_weights=self.weights,
        )
