"""The verbs of `run --headless`: one JSON object a line becomes one call of the controls."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from signalos_desktop.app.json_events import state_fields
from signalos_desktop.domain.signal import Message
from signalos_desktop.domain.values import Account, parse_decimal
from signalos_desktop.engine.controls import Answer, Controls

LONGEST_LINE = 8 << 20


class BadRequestError(Exception):
    """The line is no request; the text says what is wrong with it."""

    def __init__(self, text: str, ref: object = None) -> None:
        super().__init__(text)
        self.ref = ref


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


class Fields:
    """Typed access to a request's fields; what nobody asked for is an error."""

    def __init__(self, fields: Mapping[str, Any], ref: object) -> None:
        self._left = dict(fields)
        self._ref = ref

    def text(self, name: str) -> str:
        value = self._left.pop(name, None)
        if not isinstance(value, str):
            raise BadRequestError(f"{name}: a text is needed", self._ref)
        return value

    def maybe_text(self, name: str) -> str | None:
        value = self._left.pop(name, None)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise BadRequestError(f"{name}: a text is needed", self._ref)
        return value

    def flag(self, name: str) -> bool:
        value = self._left.pop(name, False)
        if not isinstance(value, bool):
            raise BadRequestError(f"{name}: true or false is needed", self._ref)
        return value

    def ticket(self, name: str = "ticket") -> int:
        return self._ticket(name, self._left.pop(name, None))

    def tickets(self, name: str) -> frozenset[int]:
        value = self._left.pop(name, [])
        if not isinstance(value, list):
            raise BadRequestError(f"{name}: a list of tickets is needed", self._ref)
        return frozenset(self._ticket(name, item) for item in value)

    def number(self, name: str) -> Decimal | None:
        value = self._left.pop(name, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise BadRequestError(f"{name}: a number is needed", self._ref)
        try:
            return parse_decimal(str(value))
        except ValueError as error:
            raise BadRequestError(f"{name}: {error}", self._ref) from None

    def account(self) -> Account | None:
        value = self.maybe_text("account")
        if value is None:
            return None
        try:
            return Account.parse(value)
        except ValueError as error:
            raise BadRequestError(str(error), self._ref) from None

    def rest(self) -> dict[str, Any]:
        rest, self._left = self._left, {}
        return rest

    def nothing_left(self, do: str) -> None:
        if self._left:
            names = ", ".join(sorted(self._left))
            raise BadRequestError(f"{do} knows no {names[:200]}", self._ref)

    def _ticket(self, name: str, value: object) -> int:
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        whole = text.isascii() and text.isdecimal() and len(text) <= 20
        if not (whole and 0 < int(text) < 1 << 64):
            raise BadRequestError(f"{name}: a ticket is needed", self._ref)
        return int(text)


Call = Callable[[], Awaitable[Answer]]


def _submit(controls: Controls, fields: Fields) -> Call:
    message = Message(
        text=fields.text("text"),
        provider=fields.maybe_text("provider") or "paste",
        message_id=fields.maybe_text("message_id"),
        reply_to=fields.maybe_text("reply_to"),
        edited=fields.flag("edited"),
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


def _resolve(controls: Controls, fields: Fields) -> Call:
    signal, resolved_as, account = fields.text("signal"), fields.text("as"), fields.account()
    return lambda: controls.resolve(signal, resolved_as, account)


def _pause(controls: Controls, fields: Fields) -> Call:
    reason, account = fields.maybe_text("reason"), fields.account()
    return _now(lambda: controls.pause(account, reason or ""))


def _stop(controls: Controls, fields: Fields) -> Call:
    keep = fields.flag("keep_positions")
    return _now(lambda: controls.stop(keep_positions=keep, source="headless"))


def _settings(controls: Controls, fields: Fields) -> Call:
    changes = fields.rest()
    return _now(lambda: controls.settings(changes))


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
    "stop": _stop,
    "resolve": _resolve,
    "state": _state,
    "settings": _settings,
    "quit": _quit,
}
