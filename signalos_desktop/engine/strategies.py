"""Everything a user can ask about strategies: list, show, use, import, export, remove, preview."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.pipeline import Pipeline
from signalos_desktop.engine.setting_controls import SettingControls
from signalos_desktop.engine.setting_kinds import SettingInvalidError
from signalos_desktop.engine.setting_strategies import EVERYWHERE, FOR, strategy_key
from signalos_desktop.engine.settings import Settings
from signalos_desktop.engine.strategy_files import (
    export_strategy,
    read_document,
    read_strategy,
)
from signalos_desktop.engine.strategy_preview import MOST_SIGNALS, preview

Found = Mapping[str, object] | Refusal
NONE = "none"
Change = Callable[[Settings], Settings | Refusal]


class StrategyControls:
    """The verbs; only on the engine's loop. What was found, or why not."""

    def __init__(self, settings: SettingControls, pipeline: Pipeline) -> None:
        self._settings = settings
        self._pipeline = pipeline

    def names(self) -> Found:
        return {"strategies": strategy_list(self._settings.now)}

    def shown(self, name: str) -> Found:
        rows = strategy_rows(self._settings.now, name)
        return rows if isinstance(rows, Refusal) else {"strategy": name, "rules": rows}

    def use(self, name: str, target: str = EVERYWHERE) -> Found:
        """Let a strategy hold for a provider, an account or all; none = for them no more."""
        return self._kept(lambda now: using(now, name, target))

    def take_in(self, document: object) -> Found:
        """Keep an imported strategy, in place of one of the same name; a text or its JSON."""
        return self._kept(lambda now: taking_in(now, document))

    def export(self, name: str) -> Found:
        found = exported(self._settings.now, name)
        return found if isinstance(found, Refusal) else {"document": found}

    def remove(self, name: str) -> Found:
        return self._kept(lambda now: removing(now, name))

    def preview(self, name: str, desk: Desk, last: int | None) -> Found:
        """Which of the last signals would be decided otherwise, in the account as it is."""
        now = self._settings.now
        if name not in now.strategies:
            return no_strategy(now, name)
        count = MOST_SIGNALS if last is None else last
        if not 1 <= count <= MOST_SIGNALS:
            return Refusal("BAD_FIELD", f"last = {count}, allowed 1-{MOST_SIGNALS}")
        found = preview(self._pipeline, desk, name, count)
        changed = sum(line.changed for line in found)
        return {"strategy": name, "signals": found, "changed": changed}

    def _kept(self, change: Change) -> Found:
        try:
            changed = change(self._settings.now)
        except SettingInvalidError as invalid:
            return Refusal(invalid.code, invalid.text)
        if isinstance(changed, Refusal):
            return changed
        kept = self._settings.keep(changed)
        return kept if isinstance(kept, Refusal) else {"strategies": strategy_list(kept)}


@dataclass(frozen=True, slots=True)
class StrategyLine:
    """A strategy, how many rules it names, and whom it holds for."""

    strategy: str
    rules: int
    used_for: tuple[str, ...]


def strategy_list(settings: Settings) -> list[StrategyLine]:
    assigned = settings.mapping(FOR)
    return [
        StrategyLine(name, len(rules), tuple(sorted(t for t, n in assigned.items() if n == name)))
        for name, rules in sorted(settings.strategies.items())
    ]


def strategy_rows(settings: Settings, name: str) -> list[dict[str, str]] | Refusal:
    """Each rule of a strategy: its value, what holds without it, its range and its meaning."""
    if name not in settings.strategies:
        return no_strategy(settings, name)
    rows = []
    for rule in settings.strategies[name]:
        declared = settings.declared(strategy_key(name, rule))
        rows.append(
            {
                "key": rule,
                "value": settings.shown(declared.key),
                "without": settings.shown(rule),
                "range": declared.allowed,
                "unit": declared.unit,
                "help": declared.help,
            }
        )
    return rows


def using(settings: Settings, name: str, target: str) -> Settings | Refusal:
    assigned = settings.mapping(FOR)
    if name == NONE:
        if target not in assigned:
            return Refusal("NOTHING_TO_DO", f"no strategy holds for {target[:80]}")
        del assigned[target]
    elif name not in settings.strategies:
        return no_strategy(settings, name)
    else:
        assigned[target] = name
    return settings.with_changes({FOR: assigned})


def taking_in(settings: Settings, document: object) -> Settings:
    """SettingInvalidError names the key, its value and its range; nothing is kept then."""
    read = read_strategy(document) if isinstance(document, str) else read_document(document)
    name, rules = read
    old = [strategy_key(name, rule) for rule in settings.strategies.get(name, ())]
    return settings.without(old).with_changes(rules)


def exported(settings: Settings, name: str) -> dict[str, object] | Refusal:
    if name not in settings.strategies:
        return no_strategy(settings, name)
    return export_strategy(name, settings.strategies[name])


def removing(settings: Settings, name: str) -> Settings | Refusal:
    """One that still holds for somebody stays: it must be taken from them first."""
    if name not in settings.strategies:
        return no_strategy(settings, name)
    keys = [strategy_key(name, rule) for rule in settings.strategies[name]]
    return settings.without(keys).with_changes({})


def no_strategy(settings: Settings, name: str) -> Refusal:
    known = ", ".join(sorted(settings.strategies)) or "none yet: import one"
    return Refusal("UNKNOWN_STRATEGY", f"there is no strategy {name[:80]}, known: {known}")
