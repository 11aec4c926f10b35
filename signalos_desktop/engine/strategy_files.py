"""A strategy as JSON that is given from one panel to another: read strictly, written in order."""

import json
from collections.abc import Mapping

from signalos_desktop.domain.strict_json import read_json
from signalos_desktop.engine.setting_kinds import SettingInvalidError, SettingValue, to_plain
from signalos_desktop.engine.setting_strategies import KEYS, strategy_key

VERSION = 1
LARGEST = 1 << 16


def export_strategy(name: str, rules: Mapping[str, SettingValue]) -> dict[str, object]:
    """The document; numbers as they are typed, in the order of the rules."""
    ordered = {key: to_plain(rules[key]) for key in KEYS if key in rules}
    return {"version": VERSION, "strategy": name, "rules": ordered}


def read_strategy(text: str) -> tuple[str, dict[str, object]]:
    """Name and settings by key; SettingInvalidError names what is wrong with the document."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > LARGEST:
        raise SettingInvalidError(f"the strategy has {len(data)} bytes, allowed {LARGEST}")
    try:
        document = read_json(data)
    except ValueError as error:
        raise SettingInvalidError(f"the strategy is {error}") from None
    return read_document(document)


def read_document(document: object) -> tuple[str, dict[str, object]]:
    """The same of JSON that was read already."""
    if not isinstance(document, dict) or set(document) != {"version", "strategy", "rules"}:
        raise SettingInvalidError(
            'the strategy is not of the form {"version": 1, "strategy": NAME, "rules": {...}}'
        )
    version, name, rules = document["version"], document["strategy"], document["rules"]
    if type(version) is not int or version != VERSION:
        shown = json.dumps(version, default=str)[:20]
        raise SettingInvalidError(f"version = {shown}, this program knows {VERSION}")
    if not isinstance(name, str) or not isinstance(rules, dict) or not rules:
        raise SettingInvalidError("strategy must be a name, and rules an object with a rule in it")
    return name, {strategy_key(name, str(key)): value for key, value in rules.items()}
