"""Typed access to the fields of a request; what is of the wrong type is named in one line."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from signalos_desktop.domain.parsing.teaching import Field, Mark
from signalos_desktop.domain.values import Account, parse_decimal


class BadRequestError(Exception):
    """The line is no request; the text says what is wrong with it."""

    def __init__(self, text: str, ref: object = None) -> None:
        super().__init__(text)
        self.ref = ref


class Fields:
    """Typed access to a request's fields; what nobody asked for is an error."""

    def __init__(self, fields: Mapping[str, Any], ref: object) -> None:
        self._left = dict(fields)
        self._ref = ref

    @property
    def ref(self) -> object:
        return self._ref

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

    def mapping(self, name: str) -> dict[str, Any]:
        value = self._left.pop(name, None)
        if not isinstance(value, dict):
            raise BadRequestError(f"{name}: an object is needed", self._ref)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._left.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise BadRequestError(f"{name}: a list of texts is needed", self._ref)
        return tuple(value)

    def marks(self, name: str) -> tuple[Mark, ...]:
        """Marked words: a list of {field, start, end, symbol?}, places in code points."""
        value = self._left.pop(name, None)
        if not isinstance(value, list):
            raise BadRequestError(f"{name}: a list of {{field, start, end}} is needed", self._ref)
        return tuple(self._mark(name, item) for item in value)

    def _mark(self, name: str, item: object) -> Mark:
        below = Fields(item if isinstance(item, dict) else {}, self._ref)
        field, symbol = below.text("field"), below.maybe_text("symbol")
        places = [below.whole("start"), below.whole("end")]
        below.nothing_left(name)
        if field not in set(Field) or None in places:
            allowed = ", ".join(Field)
            text = f"{name}: field = {field[:20]}, allowed: {allowed}; start and end are needed"
            raise BadRequestError(text, self._ref)
        return Mark(Field(field), places[0] or 0, places[1] or 0, symbol)

    def whole(self, name: str) -> int | None:
        value = self._left.pop(name, None)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise BadRequestError(f"{name}: a whole number is needed", self._ref)
        return value

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
