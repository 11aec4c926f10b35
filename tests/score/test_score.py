"""The parser on our own labelled examples: the floors only rise."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.score.compare import judge
from tests.score.score import confusion, load, rates, score, table

EXAMPLES = Path(__file__).with_name("examples.jsonl")
EXACT_FLOOR = 1.0
OPEN: dict[str, Any] = {
    "kind": "open",
    "orders": [
        {
            "symbol": "XAUUSD",
            "side": "buy",
            "order_type": "unspecified",
            "entry": {"low": 2650, "high": 2655},
            "sl": 2640,
            "sl_pips": None,
            "tps": [2670, 2680],
            "tp_pips": [],
            "tp_rr": [],
            "tp_open": False,
            "leverage": None,
        }
    ],
}


def changed(**fields: object) -> dict[str, object]:
    return {"kind": "open", "orders": [{**OPEN["orders"][0], **fields}]}


def test_our_examples_are_read_as_labelled() -> None:
    exact, false_trade, missed = rates(score(load(EXAMPLES)))

    assert exact >= EXACT_FLOOR
    assert (false_trade, missed) == (0.0, 0.0)


def test_examples_have_their_own_ids_and_texts() -> None:
    rows = load(EXAMPLES)

    assert len({row["id"] for row in rows}) == len(rows)
    assert len({(row["text"], str(row.get("context"))) for row in rows}) == len(rows)


def test_the_order_of_targets_and_trailing_zeros_do_not_count() -> None:
    assert judge(changed(tps=[2680.0, 2670.0], symbol="GOLD"), OPEN).exact
    assert judge(changed(order_type="limit"), OPEN).exact


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"symbol": "XAGUSD"}, "symbol"),
        ({"side": "sell"}, "side"),
        ({"order_type": "stop"}, "order_type"),
        ({"entry": None}, "entry"),
        ({"sl": 2641}, "stop"),
        ({"tps": [2670]}, "targets"),
        ({"leverage": 10}, "leverage"),
    ],
)
def test_one_wrong_field_is_named(fields: dict[str, object], wrong: str) -> None:
    assert judge(changed(**fields), OPEN).wrong == (wrong,)


def test_a_trade_where_none_may_be_is_a_false_trade() -> None:
    verdict = judge(OPEN, {"kind": "none"})

    assert (verdict.false_trade, verdict.missed, verdict.exact) == (True, False, False)


def test_an_order_for_review_does_not_trade() -> None:
    assert not judge({**OPEN, "problems": ["no_symbol"]}, {"kind": "none"}).false_trade
    assert judge({**OPEN, "problems": ["no_symbol"]}, OPEN).missed


def test_an_extra_order_and_a_missing_action_are_wrong() -> None:
    close = {"action": "close", "symbol": None, "side": None}

    assert judge({"kind": "open", "orders": OPEN["orders"] * 2}, OPEN).wrong == (
        "number of orders",
    )
    assert judge(OPEN, {**OPEN, "actions": [close]}).wrong == ("actions",)
    assert judge(
        {"kind": "update", "actions": [close]}, {"kind": "update", "actions": [close]}
    ).exact


def test_the_report_names_families_and_confusions() -> None:
    rows = [{"id": "1", "text": "gold buy now", "family": "alerts", "expect": {"kind": "none"}}]

    scored = score(rows)

    assert "alerts" in table(scored)[1]
    assert confusion(scored) == ["none read as open: 1", "wrong kind: 1"]


def test_the_scorer_ends_with_the_three_figures(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    row = {"id": "1", "text": "gold buy now", "family": "alerts", "expect": {"kind": "none"}}
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    script = Path(__file__).with_name("score.py")

    done = subprocess.run(
        [sys.executable, script, file], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "exact=0.0000 false_trade=1.0000 missed=0.0000"
