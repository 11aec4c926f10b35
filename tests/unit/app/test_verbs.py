"""Every line of stdin is a request or an error in one line; nothing it says can end the reader."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.app import verbs
from signalos_desktop.app.json_events import answer_line
from signalos_desktop.app.request_fields import BadRequestError, Fields
from signalos_desktop.app.verbs import read_request, serve
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.controls import Answer
from tests.helpers.rig import GOOD, FakeBridge, position
from tests.helpers.session_rig import SessionRig, hasten, run_session, submit, until


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode()


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"not json",
        b"\xff\xfe\x00",
        b"[]",
        b'"stop"',
        b"NaN",
        b'{"do":[]}',
        b'{"do":{"do":"stop"}}',
        b'{"do":null}',
        b'{"do":"close the door"}',
        b'{"no":"do"}',
        b"1" * 5000,
        b'{"do":"stop","x":' + b"[" * 100_000,
        b'{"do":"submit","text":"' + b"x" * verbs.LONGEST_LINE + b'"}',
    ],
)
def test_a_line_that_is_no_request_is_refused_in_few_words(bad: bytes) -> None:
    with pytest.raises(BadRequestError) as refused:
        read_request(bad)
    assert 0 < len(str(refused.value)) < 400


def test_a_request_keeps_its_ref_and_so_does_its_error() -> None:
    assert read_request(line(do="state", ref={"any": 1})).ref == {"any": 1}
    with pytest.raises(BadRequestError) as refused:
        read_request(line(do="dance", ref="r7"))
    assert refused.value.ref == "r7"


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda f: f.text("x"), 5),
        (lambda f: f.text("x"), None),
        (lambda f: f.maybe_text("x"), ["a"]),
        (lambda f: f.maybe_text("x"), True),
        (lambda f: f.flag("x"), "yes"),
        (lambda f: f.flag("x"), 1),
        (lambda f: f.ticket("x"), None),
        (lambda f: f.ticket("x"), True),
        (lambda f: f.ticket("x"), 0),
        (lambda f: f.ticket("x"), -4),
        (lambda f: f.ticket("x"), 1.5),
        (lambda f: f.ticket("x"), 1 << 64),
        (lambda f: f.ticket("x"), "9" * 5000),
        (lambda f: f.ticket("x"), "²"),
        (lambda f: f.tickets("x"), 11),
        (lambda f: f.tickets("x"), [11, "a"]),
        (lambda f: f.number("x"), True),
        (lambda f: f.number("x"), [1]),
        (lambda f: f.number("x"), "1,5"),
        (lambda f: f.number("x"), "1e5"),
        (lambda f: f.number("x"), float("inf")),
        (lambda f: f.number("x"), float("nan")),
        (lambda f: f.number("x"), "9" * 5000),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(
    read: Callable[[Fields], object], value: object
) -> None:
    with pytest.raises(BadRequestError, match=r"^x: "):
        read(Fields({"x": value}, None))


@pytest.mark.parametrize("value", ["x", "@x", "5@", 5, ["5@x"], "9" * 5000 + "@x"])
def test_an_account_that_is_none_is_refused(value: object) -> None:
    with pytest.raises(BadRequestError):
        Fields({"account": value}, None).account()


def test_fields_of_the_right_kind_are_read_and_the_rest_is_an_error() -> None:
    fields = Fields(
        {
            "text": "a",
            "id": 7,
            "yes": True,
            "ticket": "18446744073709551615",
            "many": [1, "2"],
            "number": 0.5,
            "account": "5@Demo",
            "more": 1,
        },
        None,
    )
    assert fields.text("text") == "a"
    assert fields.maybe_text("id") == "7"
    assert fields.maybe_text("none") is None
    assert fields.flag("yes")
    assert not fields.flag("no")
    assert fields.ticket() == (1 << 64) - 1
    assert fields.tickets("many") == {1, 2}
    assert fields.number("number") == Decimal("0.5")
    assert fields.number("none") is None
    assert fields.account() == Account(5, "Demo")
    with pytest.raises(BadRequestError, match="stop knows no more"):
        fields.nothing_left("stop")
    assert fields.rest() == {"more": 1}
    fields.nothing_left("stop")


Scene = Callable[[SessionRig, FakeBridge], Coroutine[Any, Any, None]]


def play(folder: Path, scene: Scene) -> None:
    bridge = FakeBridge()
    rig = SessionRig(folder, bridge)

    async def whole() -> None:
        await rig.running(bridge)
        await scene(rig, bridge)

    run_session(rig, whole)


async def ask(rig: SessionRig, **fields: object) -> Answer:
    return await serve(rig.controls, read_request(line(**fields)))


def test_every_verb_of_the_contract_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasten(monkeypatch)

    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        first = (await ask(rig, do="submit", text=GOOD, provider="gold", message_id=7)).data
        assert (await ask(rig, do="skip", signal=first["signal"])).ok
        signal = (await ask(rig, do="submit", text=GOOD)).data["signal"]
        assert (await ask(rig, do="fire", signal=signal, account=str(bridge.account))).ok
        await rig.show(bridge, positions=(position(11, rig.clock.now()),))
        assert (await ask(rig, do="close", ticket=11, fraction="0.5")).ok
        assert (await ask(rig, do="modify", ticket="11", sl="1.07800", tp=1.09)).ok
        assert (await ask(rig, do="breakeven", ticket=11)).ok
        assert (await ask(rig, do="cancel", ticket=11)).code == "NO_ORDER"
        assert (await ask(rig, do="resolve", signal=signal, **{"as": "filled"})).code == (
            "NOTHING_UNCLEAR"
        )
        assert (await ask(rig, do="settings", **{"risk.percent": "2"})).ok
        assert (await ask(rig, do="pause", reason="lunch")).ok
        assert (await ask(rig, do="resume", by_hand=[11])).data["state"] == "RUNNING"
        state = (await ask(rig, do="state")).data
        assert state["state"] == "RUNNING"
        accounts = state["accounts"]
        assert isinstance(accounts, list)
        assert {"headroom", "code", "limit", "actual"} <= set(accounts[0]["limits"][0])
        assert (await ask(rig, do="stop", keep_positions=True)).data["level"] == "HALT"
        await until(lambda: not rig.latch.is_set())
        assert (await ask(rig, do="quit")).ok

    play(tmp_path, scene)


def test_an_unknown_field_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)

    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        for request in (
            {"do": "stop", "keep_position": True},
            {"do": "close", "ticket": 11, "volume": 1},
            {"do": "quit", "now": True},
        ):
            with pytest.raises(BadRequestError, match="knows no"):
                await ask(rig, **request)
        assert not rig.latch.is_set()
        await asyncio.sleep(0)
        assert bridge.outbox.rows == []

    play(tmp_path, scene)


def test_strategies_by_verb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)

        async def ask(**fields: object) -> Answer:
            return await serve(rig.controls, read_request(line(do="strategy", **fields)))

        document = {"version": 1, "strategy": "careful", "rules": {"risk.percent": 0.5}}
        assert (await ask(what="import", document=document)).ok
        assert (await ask(what="use", strategy="careful", **{"for": "vip"})).ok
        assert (await ask(what="list")).data["strategies"]
        assert (await ask(what="show", strategy="careful")).data["rules"]
        exported = (await ask(what="export", strategy="careful")).data["document"]
        assert exported == {**document, "rules": {"risk.percent": "0.5"}}
        await submit(rig)
        previewed = await ask(what="preview", strategy="careful", last=5)
        assert previewed.data["changed"] == 1
        assert "changed" in answer_line(previewed, None, rig.clock.now())
        assert (await ask(what="remove", strategy="careful")).code == "CONFIG_INVALID"
        other = await ask(what="preview", strategy="careful", account="1@nowhere")
        assert other.code == "UNKNOWN_ACCOUNT"
        with pytest.raises(BadRequestError, match="allowed: list, show"):
            await ask(what="buy")

    run_session(rig, scene)
