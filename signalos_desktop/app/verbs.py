"""The verbs of `run --headless`: one JSON object a line becomes one call of the controls."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from signalos_desktop.app.json_events import state_fields
from signalos_desktop.app.provider_json import preview_fields
from signalos_desktop.app.request_fields import BadRequestError, Fields
from signalos_desktop.domain.signal import Message
from signalos_desktop.engine.controls import Answer, Controls, answered
from signalos_desktop.engine.setting_strategies import EVERYWHERE
from signalos_desktop.engine.stop_words import PROGRAM

LONGEST_LINE = 8 << 20


@dataclass(frozen=True, slots=True)
class Request:
    do: str
    fields: Mapping[str, Any]
    ref: object


def read_request(line: bytes) -> Request:
    if len(line) > LONGEST_LINE:
        raise BadRequestError(f"the line has {len(line)} bytes, allowed {LONGEST_LINE}")
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadRequestError(f"not a JSON object: {str(error)[:200]}") from None
    if not isinstance(fields, dict):
        raise BadRequestError('not a JSON object: expected {"do": ...}')
    ref = fields.pop("ref", None)
    do = fields.pop("do", None)
    if not isinstance(do, str) or do not in VERBS:
        known = ", ".join(sorted(VERBS))
        raise BadRequestError(f"do = {str(do)[:40]!r}, allowed: {known}", ref)
    return Request(do, fields, ref)


async def serve(controls: Controls, request: Request) -> Answer:
    """Run one request; BadRequestError for a field that is unknown or of the wrong type."""
    fields = Fields(request.fields, request.ref)
    verb = VERBS[request.do]
    call = verb(controls, fields)
    fields.nothing_left(request.do)
    return await call()


Call = Callable[[], Awaitable[Answer]]


def _submit(controls: Controls, fields: Fields) -> Call:
    message = Message(
        text=fields.text("text"),
        provider=fields.maybe_text("provider") or "paste",
        message_id=fields.maybe_text("message_id"),
        reply_to=fields.maybe_text("reply_to"),
        edited=fields.flag("edited"),
        deleted=fields.flag("deleted"),
    )
    return lambda: controls.submit(message)


def _fire(controls: Controls, fields: Fields) -> Call:
    signal, account = fields.text("signal"), fields.account()
    return lambda: controls.fire(signal, account)


def _skip(controls: Controls, fields: Fields) -> Call:
    signal = fields.text("signal")
    return lambda: controls.skip(signal)


def _close(controls: Controls, fields: Fields) -> Call:
    ticket, fraction, account = fields.ticket(), fields.number("fraction"), fields.account()
    return lambda: controls.close(ticket, fraction, account)


def _modify(controls: Controls, fields: Fields) -> Call:
    ticket, account = fields.ticket(), fields.account()
    sl, tp = fields.number("sl"), fields.number("tp")
    return lambda: controls.modify(ticket, sl, tp, account)


def _breakeven(controls: Controls, fields: Fields) -> Call:
    ticket, account = fields.ticket(), fields.account()
    return lambda: controls.breakeven(ticket, account)


def _cancel(controls: Controls, fields: Fields) -> Call:
    ticket, account = fields.ticket(), fields.account()
    return lambda: controls.cancel(ticket, account)


def _resume(controls: Controls, fields: Fields) -> Call:
    by_hand, account = fields.tickets("by_hand"), fields.account()
    flat = fields.flag("flat")
    return lambda: controls.resume(by_hand, account, flat=flat)


def _start_fresh(controls: Controls, fields: Fields) -> Call:
    account = fields.account()
    return lambda: controls.start_fresh(account)


def _resolve(controls: Controls, fields: Fields) -> Call:
    signal, resolved_as, account = fields.text("signal"), fields.text("as"), fields.account()
    return lambda: controls.resolve(signal, resolved_as, account)


def _pause(controls: Controls, fields: Fields) -> Call:
    reason, account = fields.maybe_text("reason"), fields.account()
    return _now(lambda: controls.pause(account, reason or ""))


def _stop(controls: Controls, fields: Fields) -> Call:
    keep = fields.flag("keep_positions")
    return _now(lambda: controls.stop(keep_positions=keep, source=PROGRAM))


def _drill(controls: Controls, fields: Fields) -> Call:
    async def drilled() -> Answer:
        return answered(await controls.drill.run())

    return drilled


def _settings(controls: Controls, fields: Fields) -> Call:
    changes = fields.rest()
    return _now(lambda: controls.settings(changes))


def _provider(controls: Controls, fields: Fields) -> Call:
    what = fields.text("what")
    if what == "list":
        return _now(controls.providers)
    if what not in ("show", "set", "reset"):
        raise BadRequestError(f"what = {what[:20]}, allowed: list, show, set, reset", fields.ref)
    name = fields.text("provider")
    if what == "show":
        return _now(lambda: controls.provider(name))
    if what == "set":
        values = fields.mapping("set")
        return _now(lambda: controls.provider_set(name, values))
    taken = fields.texts("fields")
    return _now(lambda: controls.provider_reset(name, taken))


def _strategy(controls: Controls, fields: Fields) -> Call:
    what = fields.text("what")
    if what not in STRATEGY:
        raise BadRequestError(f"what = {what[:20]}, allowed: {', '.join(STRATEGY)}", fields.ref)
    return STRATEGY[what](controls, fields)


def _strategy_show(controls: Controls, fields: Fields) -> Call:
    name = fields.text("strategy")
    return _now(lambda: answered(controls.strategies.shown(name)))


def _strategy_export(controls: Controls, fields: Fields) -> Call:
    name = fields.text("strategy")
    return _now(lambda: answered(controls.strategies.export(name)))


def _strategy_remove(controls: Controls, fields: Fields) -> Call:
    name = fields.text("strategy")
    return _now(lambda: answered(controls.strategies.remove(name)))


def _strategy_use(controls: Controls, fields: Fields) -> Call:
    name, target = fields.text("strategy"), fields.maybe_text("for")
    return _now(lambda: answered(controls.strategies.use(name, target or EVERYWHERE)))


def _strategy_import(controls: Controls, fields: Fields) -> Call:
    document = fields.mapping("document")
    return _now(lambda: answered(controls.strategies.take_in(document)))


def _strategy_preview(controls: Controls, fields: Fields) -> Call:
    name, last, account = fields.text("strategy"), fields.whole("last"), fields.account()
    return _now(lambda: controls.strategy_preview(name, last, account))


STRATEGY: dict[str, Callable[[Controls, Fields], Call]] = {
    "list": lambda controls, _: _now(lambda: answered(controls.strategies.names())),
    "show": _strategy_show,
    "use": _strategy_use,
    "import": _strategy_import,
    "export": _strategy_export,
    "remove": _strategy_remove,
    "preview": _strategy_preview,
}


def _teach(controls: Controls, fields: Fields) -> Call:
    provider, signal = fields.text("provider"), fields.text("signal")
    marks, last, save = fields.marks("marks"), fields.whole("last"), fields.flag("save")

    async def taught() -> Answer:
        answer = await controls.teach(provider, signal, marks, last, save=save)
        return replace(answer, data=preview_fields(answer.data)) if answer.ok else answer

    return taught


def _state(controls: Controls, fields: Fields) -> Call:
    return _now(lambda: _standings(controls))


def _quit(controls: Controls, fields: Fields) -> Call:
    return _now(controls.quit)


def _now(call: Callable[[], Answer]) -> Call:
    async def answer() -> Answer:
        return call()

    return answer


def _standings(controls: Controls) -> Answer:
    accounts = []
    for standing in controls.standings():
        fields = state_fields(standing.state)
        del fields["event"]
        limits = [{**asdict(limit), "headroom": limit.left} for limit in standing.limits]
        more = {"outstanding": standing.outstanding, "unclear": standing.unclear}
        accounts.append({**fields, **more, "limits": limits})
    only = accounts[0] if len(accounts) == 1 else {}
    return Answer(True, data={**only, "accounts": accounts})


VERBS: dict[str, Callable[[Controls, Fields], Call]] = {
    "submit": _submit,
    "fire": _fire,
    "skip": _skip,
    "close": _close,
    "modify": _modify,
    "breakeven": _breakeven,
    "cancel": _cancel,
    "pause": _pause,
    "resume": _resume,
    "start_fresh": _start_fresh,
    "stop": _stop,
    "drill": _drill,
    "resolve": _resolve,
    "state": _state,
    "settings": _settings,
    "provider": _provider,
    "strategy": _strategy,
    "teach": _teach,
    "quit": _quit,
}
