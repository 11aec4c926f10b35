"""A strategy as a form: its rules with meaning and limits, whom it holds for, what it changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from signalos_desktop.domain.risk.decision import Verdict
from signalos_desktop.domain.values import plain
from signalos_desktop.engine.setting_kinds import Setting, SettingInvalidError, show
from signalos_desktop.engine.setting_strategies import (
    EVERYWHERE,
    FOR,
    KEYS,
    LIMITS,
    strategy_key,
)
from signalos_desktop.engine.settings import Settings
from signalos_desktop.engine.strategies import taking_in
from signalos_desktop.engine.strategy_files import VERSION
from signalos_desktop.engine.strategy_preview import Outcome, PreviewLine
from signalos_desktop.ui.viewmodels.settings_form import group_of, title_of

EVERYBODY = "every signal"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule of a strategy. without: what holds where the strategy does not."""

    key: str
    setting: Setting
    value: str
    without: str

    @property
    def title(self) -> str:
        return title_of(self.key)

    @property
    def group(self) -> str:
        return group_of(self.key)

    @property
    def about(self) -> str:
        """What it means, with what it is a limit of."""
        whole = "; of the account as a whole" if self.key in LIMITS else ""
        return f"{self.setting.help}{whole} ({self.key})"


class StrategyForm:
    """Rules are only gathered here; the engine takes all of them or none."""

    def __init__(self, settings: Settings, name: str) -> None:
        self.settings = settings
        self.name = name
        self._rules = self._stored()

    @property
    def stored(self) -> bool:
        return self.name in self.settings.strategies

    @property
    def changed(self) -> bool:
        return self._rules != self._stored()

    def take_settings(self, settings: Settings) -> None:
        """Other settings are in force; a form that the user has changed keeps what is typed."""
        changed, self.settings = self.changed, settings
        if not changed:
            self._rules = self._stored()

    def discard(self) -> None:
        self._rules = self._stored()

    def lines(self) -> Iterator[RuleLine]:
        for key in KEYS:
            if key in self._rules:
                setting = self.settings.declared(strategy_key(self.name, key))
                yield RuleLine(key, setting, self._rules[key], self.settings.shown(key))

    def free(self) -> tuple[str, ...]:
        """Rules that the strategy does not name yet."""
        return tuple(key for key in KEYS if key not in self._rules)

    def add(self, key: str) -> None:
        """Begin with what holds now."""
        self._rules[key] = self.settings.shown(key)

    def remove(self, key: str) -> None:
        self._rules.pop(key, None)

    def type(self, key: str, text: str) -> None:
        self._rules[key] = text

    def error(self, key: str, text: str) -> str:
        """Key, value and range of a text that cannot be taken; empty if it can."""
        try:
            self.settings.with_change(strategy_key(self.name, key), text)
        except SettingInvalidError as invalid:
            return invalid.text
        return ""

    def problem(self) -> str:
        """What is wrong with the strategy as a whole, contradictions too; empty if nothing is."""
        if not self._rules:
            return "a strategy names at least one rule: add one below"
        try:
            taking_in(self.settings, self.document())
        except SettingInvalidError as invalid:
            return invalid.text
        return ""

    def document(self) -> dict[str, object]:
        """As an import takes it."""
        return {"version": VERSION, "strategy": self.name, "rules": dict(self._rules)}

    @property
    def used_for(self) -> tuple[str, ...]:
        return holders(self.settings, self.name)

    def _stored(self) -> dict[str, str]:
        rules = self.settings.strategies.get(self.name, {})
        return {key: show(value) for key, value in rules.items()}


def holders(settings: Settings, name: str) -> tuple[str, ...]:
    """Whom a strategy holds for: accounts, providers, or everybody."""
    assigned = settings.mapping(FOR)
    return tuple(sorted(target for target, used in assigned.items() if used == name))


def target_words(target: str) -> str:
    return EVERYBODY if target == EVERYWHERE else target


def strategy_note(settings: Settings, name: str) -> str:
    """A strategy in the list: whom it holds for."""
    found = [target_words(target) for target in holders(settings, name)]
    return f"for {', '.join(found)}" if found else "not used"


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A signal's decision as it is, and as it would be."""

    signal: str
    provider: str
    now: str
    then: str
    changed: bool


def decision_lines(found: Any) -> tuple[DecisionLine, ...]:
    """found: the engine's preview; newest first."""
    lines = [line for line in found if isinstance(line, PreviewLine)]
    return tuple(_decision(line) for line in reversed(lines))


def _decision(line: PreviewLine) -> DecisionLine:
    now, then = outcome_words(line.now), outcome_words(line.then)
    return DecisionLine(line.signal, line.provider, now, then, line.changed)


def outcome_words(outcome: Outcome) -> str:
    """`0.20 lots, risk 98.40` or `refused: SPREAD, COOLDOWN (0.20 lots, risk 98.40)`."""
    size = f"{plain(outcome.lots)} lots, risk {outcome.risk_money:.2f}"
    if outcome.verdict is Verdict.ACCEPTED:
        return size
    words = f"refused: {', '.join(outcome.codes) or 'no order'}"
    return f"{words} ({size})" if outcome.lots else words
