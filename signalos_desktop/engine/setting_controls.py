"""Changes settings while the engine runs: checked, written, then in force; all or none."""

from collections.abc import Mapping
from typing import Protocol

from signalos_desktop.domain.risk.account_limits import limits_of
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.engine.pipeline import Pipeline
from signalos_desktop.engine.setting_kinds import SettingInvalidError
from signalos_desktop.engine.settings import Settings


class SettingsStore(Protocol):
    """Keeps the settings; raises OSError if they cannot be written."""

    def save(self, settings: Settings) -> None: ...


class SettingControls:
    """The one place that puts other settings in force."""

    def __init__(self, pipeline: Pipeline, store: SettingsStore) -> None:
        self._pipeline = pipeline
        self._store = store

    @property
    def now(self) -> Settings:
        return self._pipeline.settings

    def change(self, changes: Mapping[str, object]) -> Settings | Refusal:
        """Settings that hold from the next decision on, or why the old ones stay."""
        try:
            changed = self._pipeline.settings.with_changes(changes)
        except SettingInvalidError as invalid:
            return Refusal(invalid.code, invalid.text)
        return self.keep(changed)

    def keep(self, changed: Settings) -> Settings | Refusal:
        try:
            self._store.save(changed)
        except OSError as failure:
            text = f"the settings could not be written: {failure}; nothing was changed"
            return Refusal("CONFIG_UNWRITABLE", text)
        before = self._pipeline.settings
        self._pipeline.settings = changed
        self._forget_floors(before, changed)
        return changed

    def _forget_floors(self, before: Settings, changed: Settings) -> None:
        """Where other limits hold now, nothing is entered until they have been looked at."""
        for account, desk in self._pipeline.desks.items():
            limits = changed.applied(account=str(account)).limits
            if limits != before.applied(account=str(account)).limits:
                desk.floors = None if limits_of(limits) else ()
