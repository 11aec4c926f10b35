"""PROTOCOL.md against both sources: every file, column, word, code and number that it names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.wire import commands, control, ea_rows, receipts
from tests.ea_sim.build import EA, EXPERT
from tests.ea_sim.conftest import need_compiler
from tests.ea_sim.outcomes import REASONS
from tests.ea_sim.world import EA as REAL
from tests.ea_sim.world import World

DOCUMENT = (EA / "PROTOCOL.md").read_text("utf-8")
PROTOCOL_2 = DOCUMENT.partition("# Protocol 1 ")[0]
INCLUDES = sorted((EA / "Include" / "SignalOS").glob("*.mqh"))
TEXTS = [path.read_text("utf-8") for path in [*INCLUDES, EXPERT] if path.stem != "SelfTest"]
SOURCE = re.sub("//.*", "", "\n".join(TEXTS))
README = (EA / "README.md").read_text("utf-8")


def words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z_0-9]+", text))


def table(first: str) -> set[str]:
    """The words of the first column of the table whose head begins so."""
    after = DOCUMENT.split(f"| {first} |", 1)[1].split("\n\n", 1)[0]
    rows = after.split("\n")[2:]
    return {word for row in rows for word in words(row.split("|")[1])}


def section(number: int) -> str:
    return PROTOCOL_2.split(f"## {number} ", 1)[1].split("\n## ", 1)[0]


def defined(name: str) -> str:
    found = re.search(rf'#define {name} "?([^"\n]+)"?', SOURCE)
    assert found, name
    return found[1].strip()


def literals(pattern: str) -> set[str]:
    return set(re.findall(pattern, SOURCE))


@pytest.mark.parametrize(
    ("name", "python"),
    [
        ("COMMANDS_HEADER", commands.HEADER),
        ("RECEIPTS_HEADER", receipts.HEADER),
        ("CONTROL_HEADER", control.HEADER),
        ("INTENTS_HEADER", ea_rows.INTENTS_HEADER),
        ("LATCH_HEADER", ea_rows.LATCH_HEADER),
        ("DEALS_HEADER", ea_rows.DEALS_HEADER),
        ("EVENTS_HEADER", ea_rows.EVENTS_HEADER),
    ],
)
def test_columns_are_the_same_in_all_three(name: str, python: str) -> None:
    assert defined(name) == python
    assert f"`{python}`" in PROTOCOL_2


def test_every_file_of_the_source_is_in_the_table() -> None:
    names = literals(r'"([a-z_.]+\.(?:csv|json|flag|lock|next))"')
    rows = section(1).split("| file |", 1)[1].split("\n\n", 1)[0]
    listed = set(re.findall(r"`(?:Common/)?([a-z_.]+\.(?:csv|json|flag|lock|next))`", rows))
    assert names <= listed
    app_only = {"commands_archive.csv", "app.lock"}
    assert listed - names == app_only


def test_actions_are_the_same_in_all_three() -> None:
    actions = set(map(str, CommandAction))
    assert table("action | needs") == actions
    assert literals(r'verb == "([A-Z_]+)"\) return ACTION_') == actions


def test_columns_of_commands_are_explained() -> None:
    assert table("column") == set(commands.HEADER.split(",")) - {"crc32"}


def test_statuses_are_the_same_in_all_three() -> None:
    statuses = set(map(str, ReceiptStatus))
    assert table("status") == statuses
    assert literals(rf'"({"|".join(statuses)})"') == statuses


def test_reason_codes_are_the_same_in_both() -> None:
    said = section(3).split("Reason codes of DENIED:", 1)[1].split("\n\n", 1)[0]
    listed = set(re.findall(r"[A-Z_]{4,}", said))
    used = literals(r'"([A-Z_]{4,}):') | {"BAD_ROW"}
    assert used - {"EXPIRED", "NOT_FOUND", "LATE_FILL"} == listed
    assert listed | {"EXPIRED", "NOT_FOUND"} == REASONS


def test_verbs_are_the_same_in_all_three() -> None:
    verbs = set(map(str, control.ControlVerb))
    assert table("verb") == verbs
    assert literals(r'verb [!=]= "([A-Z_]+)"') - set(map(str, CommandAction)) == verbs


def test_events_are_the_same_in_both() -> None:
    said = section(7).split("events INIT", 1)[1].split(".\n", 1)[0]
    assert {"INIT", *words(said)} == literals(r'TellEvent\("([A-Z_]+)"')


def test_retcodes_are_sorted_as_the_document_says() -> None:
    final, bounded, filling, unknown = re.findall(
        r"Final: ([^(]+).*?in all, 10021 once\): ([\d,\s]+)\. Next filling mode only: (\d+)\. "
        r"UNKNOWN, never sent again: (.+?)\. Everything",
        section(3),
        re.DOTALL,
    )[0]
    numbers = [set(re.findall(r"\d+", part)) for part in (final, bounded, filling, unknown)]
    names = (EA / "Include/SignalOS/Retcodes.mqh").read_text("utf-8").split("switch", 1)[1]
    parts = names.split("return OUTCOME_")[:4]
    codes = {
        "PLACED": "10008", "DONE": "10009", "DONE_PARTIAL": "10010", "REQUOTE": "10004",
        "PRICE_CHANGED": "10020", "PRICE_OFF": "10021", "INVALID_FILL": "10030",
        "ERROR": "10011", "TIMEOUT": "10012", "LOCKED": "10028", "CONNECTION": "10031",
    }  # fmt: skip
    for listed, part in zip(numbers, parts, strict=True):
        cases = set(re.findall(r"case (?:TRADE_RETCODE_(\w+)|(0)):", part))
        assert listed == {codes.get(name, zero) for name, zero in cases}


@pytest.mark.parametrize(
    ("name", "milliseconds", "sentence"),
    [
        ("APP_LOST_MS", 10_000, "within 10 s of the EA's monotonic time"),
        ("APP_SILENT_MS", 60_000, "Silent for 60 s"),
        ("BLIND_MS", 5_000, "more than 5 s without looking"),
        ("FEED_MS", 500, "at most half a second in one timer"),
        ("RECEIPTS_BUSY_MS", 500, "keeps waiting 0.5 s before an open"),
        ("FLAG_BUSY_MS", 1_000, "an identity after 1 s"),
        ("LIST_MS", 1_000, "the list of command files each second"),
        ("SNAPSHOT_LEAST_MS", 200, "at most five times a second"),
        ("SNAPSHOT_MOST_MS", 1_000, "at least once a second"),
        ("DEALS_MS", 60_000, "deals rescanned after a trade event and each minute"),
        ("SYMBOLS_MS", 3_600_000, "symbols.json hourly"),
        ("COST_DAYS", 30, "of the symbol in 30 days"),
        ("ATTEMPTS_AT_MOST", 3, "3 attempts in all"),
        ("LONGEST_ROW", 1000, "at most 1000 characters"),
        ("APP_JSON_LIMIT", 4096, "at most 4096 bytes"),
        ("WAITING_MOST", 100, "at most 100 of them"),
        ("LARGEST_ID", 2147483647, "1 to 2147483647"),
        ("PROTOCOL_VERSION", 2, "protocol (2)"),
    ],
)
def test_numbers_are_those_of_the_source(name: str, milliseconds: int, sentence: str) -> None:
    assert int(defined(name)) == milliseconds
    assert sentence in PROTOCOL_2


def test_snapshots_have_the_members_that_the_document_names(tmp_path: Path) -> None:
    need_compiler()
    world = World(tmp_path, REAL)
    try:
        world.begin()
        world.app.send("BUY")
        world.app.send("BUY_LIMIT", price="1.09500")
        world.run(1.5)
        for name in ("status", "account", "positions", "orders", "symbols", "quotes"):
            text = section(6).split(f"`{name}.json`", 1)[1].split("\n- `", 1)[0]
            written = json.loads((world.folder / f"{name}.json").read_bytes())
            assert members(written) - words(text) == set(), name
    finally:
        world.close()


def members(value: object) -> set[str]:
    """Names at every depth of a JSON value."""
    if isinstance(value, list):
        return {name for one in value for name in members(one)}
    if isinstance(value, dict):
        return set(value) | {name for one in value.values() for name in members(one)}
    return set()


def test_inputs_are_told_with_their_defaults() -> None:
    source = EXPERT.read_text("utf-8")
    inputs = dict(re.findall(r"^input [\w ]+?\s+(Inp\w+) = ([\w.]+);", source, re.MULTILINE))
    rows = dict(re.findall(r"^\| (Inp\w+) \| ([^|]+) \|", README, re.MULTILINE))
    assert set(inputs) == set(rows)
    for name, default in inputs.items():
        if re.fullmatch(r"[\d.]+", default):
            assert float(rows[name]) == float(default), name
    for preset in (EA / "Presets").glob("*.set"):
        lines = preset.read_text("utf-8").split("\n")
        assert {line.partition("=")[0] for line in lines if "=" in line} == set(inputs)
