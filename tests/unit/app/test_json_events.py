"""Events and answers are JSON lines of the contract; decimals and tickets are strings."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.app.json_events import answer_line, event_line, print_line
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import (
    PauseReason,
    Refusal,
    StopLevel,
    TradingState,
)
from signalos_desktop.engine import events as ev
from signalos_desktop.engine.controls import Answer
from signalos_desktop.engine.ports import Facts
from tests.helpers.rig import (
    ACCOUNT,
    NOON,
    Rig,
    account_state,
    play,
    position,
    receipt,
    resting,
    status,
)
from tests.helpers.rig_deals import deal


def told(event: ev.Event) -> dict[str, Any]:
    line = event_line(event, NOON)
    assert line is not None
    assert "\n" not in line
    fields: dict[str, Any] = json.loads(line)
    assert fields["utc"] == "2026-03-04T12:00:00.000Z"
    return fields


def test_a_whole_trade_is_told_in_the_fields_of_the_contract(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit("EURUSD BUY 1.08000 SL 1.07700 TP 1.08600, close half at TP1")
        await rig.submit("good morning")
        await rig.submit("close half of EURUSD")
        signal = await rig.submit("EURUSD SELL 1.07998 SL 1.08298 TP 1.07398")
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        rig.feed(Facts(receipts=(receipt(1, ticket=11, position=11),), deals=(deal(21, NOON),)))
        lines = [told(e) for e in rig.events if event_line(e, NOON) is not None]
        names = {line["event"] for line in lines}
        wanted = {"signal", "signal_state", "decision", "command", "receipt", "deal", "account"}
        assert wanted <= names
        by_name = {line["event"]: line for line in lines}
        assert set(by_name["signal"]) >= {
            "signal", "provider", "kind", "orders", "actions", "problems", "expires",
        }  # fmt: skip
        decision = by_name["decision"]
        assert set(decision) >= {"signal", "verdict", "lots", "risk_money", "reasons"}
        assert isinstance(decision["lots"], str)
        assert {"code", "limit", "actual", "text", "state"} == set(decision["gates"][0])
        assert by_name["command"]["cmd_id"] == 1
        assert by_name["receipt"]["ticket"] == "11"
        assert by_name["deal"]["position_id"] == "11"

    play(tmp_path, scene)


def test_positions_and_orders_are_named_as_mt5_does() -> None:
    opened = told(ev.PositionChanged(ACCOUNT, "opened", position(11, NOON)))
    assert (opened["ticket"], opened["type"], opened["volume"]) == ("11", "buy", "0.3")
    assert "side" not in opened
    order = told(ev.OrderChanged(ACCOUNT, "closed", resting(12, NOON)))
    assert (order["event"], order["ticket"], order["type"]) == ("order", "12", "BUY_LIMIT")
    assert order["tp"] is None


def test_account_ready_alarm_and_slippage() -> None:
    account = told(ev.AccountChanged(account_state()))
    assert (account["balance"], account["margin_level"]) == ("10000", None)
    assert told(ev.TerminalReady(ACCOUNT, "1", 2))["protocol"] == 2
    assert "account" not in told(ev.Alarm(None, "A", "text", "step"))
    assert told(ev.Alarm(ACCOUNT, "A", "text", "step"))["account"] == str(ACCOUNT)
    assert told(ev.Slippage(ACCOUNT, 1, Decimal("0.0001")))["code"] == "FILL_WORSE"


@pytest.mark.parametrize(
    ("state", "reasons"),
    [
        (TradingState.STOPPED_NOT_FLAT, ["user", "STILL_OPEN"]),
        (TradingState.STOPPING, ["user"]),
    ],
)
def test_the_verdict_of_a_stop_that_is_not_flat_is_a_reason(
    state: TradingState, reasons: list[str]
) -> None:
    changed = ev.StateChanged(
        ACCOUNT, state, frozenset({PauseReason.USER}), 1, 0, 0, StopLevel.FLATTEN, "STILL_OPEN", ()
    )
    line = told(changed)
    assert (line["state"], line["reasons"], line["stop_level"]) == (state.name, reasons, "FLATTEN")


def test_what_the_contract_does_not_name_is_no_line() -> None:
    assert event_line(ev.EaSeen(ACCOUNT, status(NOON)), NOON) is None


def test_an_answer_says_every_reason_against_it_and_echoes_the_ref() -> None:
    refused = Answer(False, "NOT_FLAT", "still open", (Refusal("NOT_FLAT", "still open"),))
    line = json.loads(answer_line(refused, {"any": [1]}, NOON))
    assert (line["ok"], line["ref"]) == (False, {"any": [1]})
    assert line["preconditions"] == [{"code": "NOT_FLAT", "text": "still open"}]
    assert line["next_step"]
    fine = json.loads(answer_line(Answer(True, data={"cmd_id": 1}), None, NOON, event="error"))
    assert (fine["event"], fine["cmd_id"], "ref" in fine) == ("error", 1, False)


def test_every_value_has_one_form_and_an_unknown_one_is_an_error() -> None:
    values = {
        "event": "x",
        "decimal": Decimal("0.1000"),
        "time": NOON,
        "account": ACCOUNT,
        "status": ReceiptStatus.FILLED,
        "set": frozenset({"b", "a"}),
        "refusal": Refusal("A", "b"),
        "half": "\ud800",
    }
    line = print_line(values, NOON)
    said = json.loads(line)
    assert (said["decimal"], said["set"]) == ("0.1", ["a", "b"])
    assert said["refusal"] == {"code": "A", "text": "b"}
    assert said["status"] == "FILLED"
    line.encode("utf-8", "backslashreplace")
    with pytest.raises(TypeError):
        print_line({"event": "x", "odd": object()}, NOON)


def test_a_rule_of_an_open_trade_is_told_with_its_numbers() -> None:
    text = "rule: break-even after T/P 1: S/L 1.07900 -> 1.08000"
    line = told(ev.RuleActed(ACCOUNT, 101, "EURUSD", "S000001", 4, "break-even", text))
    assert line["event"] == "rule"
    assert (line["ticket"], line["cmd_id"], line["signal"]) == ("101", 4, "S000001")
    assert (line["rule"], line["text"]) == ("break-even", text)
