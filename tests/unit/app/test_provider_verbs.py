"""`provider` on the command line and in headless mode, and `teach`."""

import json
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.app.json_events import answer_line, event_line
from signalos_desktop.app.request_fields import BadRequestError
from signalos_desktop.app.verbs import Request, serve
from signalos_desktop.engine.controls import Answer
from signalos_desktop.engine.events import SignalRead, UpdatePlanned
from tests.helpers.rig import ACCOUNT, NOON, FakeBridge
from tests.helpers.session_rig import SessionRig, hasten, run_session
from tests.unit.app.program import json_lines, program

ODD = "EURUSD koop 1.08000\nnoodrem 1.07700\ndoelwit 1.08600"
MARKS = [
    {"field": "buy", "start": 7, "end": 11},
    {"field": "sl", "start": 28, "end": 35},
    {"field": "tp", "start": 44, "end": 51},
]


def test_set_show_list_and_reset(tmp_path: Path) -> None:
    here = ("--data-dir", tmp_path)
    rows = json_lines(program("provider", "set", "Gold VIP", "trust", "auto", "--json", *here))
    trust = next(row for row in rows if row["field"] == "trust")
    assert (trust["value"], trust["own"]) == ("auto", True)
    assert trust["allowed"] == "confirm, auto, observe"
    assert program("provider", "list", *here).stdout == "Gold VIP\n"
    assert json_lines(program("provider", "list", "--json", *here)) == [{"provider": "Gold VIP"}]
    shown = program("provider", "show", "Gold VIP", *here).stdout.splitlines()
    assert [line.split()[:3] for line in shown[1:3]] == [
        ["trust", "auto", "own"],
        ["zone", "first", "choice"],
    ]
    assert program("provider", "reset", "Gold VIP", *here).returncode == 0
    assert program("provider", "list", *here).stdout == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "gold", "trust", "blind"), "provider.gold.trust = blind, allowed confirm, auto"),
        (("set", "gold", "nix", "1"), "provider.gold.nix is no setting of a provider"),
        (("set", "gold", "trust"), "provider set NAME FIELD VALUE: 2 words given"),
        (("list", "gold"), "provider list: 1 words given"),
        (("reset", "gold"), "NOTHING_TO_DO: gold has no such setting of its own"),
        (("reset", "gold", "nix"), "nix is no setting of a provider"),
        (("show", " "), "1 to 80 printable characters"),
    ],
)
def test_a_wrong_word_is_one_line_and_exit_2(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = program("provider", *words, "--data-dir", tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert said in done.stderr


def headless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *wishes: Any) -> list[Any]:
    """The answers to these requests, as the JSON that leaves; a text = what was refused."""
    hasten(monkeypatch)
    rig = SessionRig(tmp_path, FakeBridge())
    said: list[Any] = []

    async def scene() -> None:
        for wish in wishes:
            fields = dict(wish)
            try:
                answer: Answer = await serve(rig.controls, Request(fields.pop("do"), fields, None))
            except BadRequestError as bad:
                said.append(str(bad))
            else:
                said.append(json.loads(answer_line(answer, None, NOON)))

    run_session(rig, scene)
    return said


def test_headless_provider_and_teach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    teach = {"do": "teach", "provider": "gold", "signal": "S000001", "marks": MARKS}
    told = headless(
        tmp_path,
        monkeypatch,
        {"do": "submit", "text": ODD, "provider": "gold", "message_id": "1"},
        {"do": "provider", "what": "list"},
        teach,
        {**teach, "last": 0, "save": True},
        {"do": "provider", "what": "show", "provider": "gold"},
        {"do": "provider", "what": "set", "provider": "gold", "set": {"edits": "ask"}},
        {"do": "provider", "what": "reset", "provider": "gold", "fields": ["edits"]},
        {"do": "submit", "text": "", "provider": "gold", "message_id": "1", "deleted": True},
    )
    assert told[1]["providers"] == ["gold"]
    assert (told[2]["saved"], told[2]["looked_at"]) == (False, 1)
    assert set(told[2]["additions"]["words"].values()) == {"sl", "tp"}
    [changed] = told[2]["changed"]
    assert (changed["signal"], changed["after"]["kind"]) == ("S000001", "open")
    assert changed["before"] != changed["after"]
    assert (told[3]["saved"], told[3]["changed"]) == (True, [])
    own = {row["field"] for row in told[4]["settings"] if row["own"]}
    assert own == {"words"}
    assert all(answer["ok"] for answer in told)


@pytest.mark.parametrize(
    "wish",
    [
        {"do": "provider", "what": "dance"},
        {"do": "provider", "what": "show"},
        {"do": "provider", "what": "set", "provider": "gold"},
        {"do": "provider", "what": "set", "provider": "gold", "set": [1]},
        {"do": "provider", "what": "reset", "provider": "gold", "fields": "all"},
        {"do": "provider", "what": "reset", "provider": "gold", "fields": [1]},
        {"do": "teach", "provider": "gold", "signal": "S1"},
        {"do": "teach", "provider": "gold", "signal": "S1", "marks": [1]},
        {"do": "teach", "provider": "gold", "signal": "S1", "marks": [{**MARKS[0], "x": 1}]},
        {"do": "teach", "provider": "gold", "signal": "S1", "marks": [{"field": "sl"}]},
        {"do": "teach", "provider": "gold", "signal": "S1", "marks": [{**MARKS[0], "start": "7"}]},
        {"do": "teach", "provider": "gold", "signal": "S1", "marks": [{**MARKS[0], "field": "x"}]},
        {"do": "teach", "provider": "gold", "signal": "S1", "marks": MARKS, "last": True},
    ],
)
def test_wishes_of_the_wrong_form_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wish: dict[str, Any]
) -> None:
    [said] = headless(tmp_path, monkeypatch, wish)
    assert isinstance(said, str)
    assert 0 < len(said) < 300


def test_what_cannot_be_taught_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wish = {"do": "teach", "provider": "gold", "signal": "S9", "marks": MARKS, "save": True}
    [said] = headless(tmp_path, monkeypatch, wish)
    assert (said["ok"], said["code"]) == (False, "UNKNOWN_SIGNAL")


def test_an_edit_and_a_plan_leave_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)
    rig = SessionRig(tmp_path, FakeBridge())

    async def scene() -> None:
        for text in ("EURUSD BUY 1.08 SL 1.07", "EURUSD BUY 1.08 SL 1.075"):
            fields = {"text": text, "provider": "gold", "message_id": "7"}
            await serve(rig.controls, Request("submit", fields, None))

    run_session(rig, scene)
    edit = json.loads(event_line(rig.told(SignalRead)[-1], NOON) or "")
    assert (edit["relation"], edit["thread"]) == ("edit", "S000001")
    assert edit["changes"] == [
        {
            "order": 0,
            "field": "sl",
            "before": "1.07",
            "after": "1.075",
            "text": "S/L 1.07 -> 1.075",
        }
    ]
    plan = UpdatePlanned(ACCOUNT, "S000002", "S000001", ("close",), (), ("asks",), ())
    told = json.loads(event_line(plan, NOON) or "")
    assert (told["event"], told["steps"], told["asks"]) == ("plan", ["close"], ["asks"])
