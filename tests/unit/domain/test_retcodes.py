"""The trade server's return codes, pinned to the official table."""

import pytest

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.retcodes import RETCODES, RetcodeClass, class_of, describe_retcode


def codes_of(kind: RetcodeClass) -> set[int]:
    return {code for code, row in RETCODES.items() if row.kind is kind}


def test_every_documented_code_is_there() -> None:
    documented = {10004, *range(10006, 10047)} - {10037}
    assert set(RETCODES) == documented


def test_classes() -> None:
    assert codes_of(RetcodeClass.DONE) == {10008, 10009, 10010}
    assert codes_of(RetcodeClass.RETRY) == {10004, 10020, 10021}
    assert codes_of(RetcodeClass.NEXT_FILLING) == {10030}
    assert codes_of(RetcodeClass.UNKNOWN) == {10011, 10012, 10028, 10031}
    assert describe_retcode(0).kind is RetcodeClass.UNKNOWN


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (10027, "CLIENT_DISABLES_AT"),
        (10028, "LOCKED"),
        (10030, "INVALID_FILL"),
        (10031, "CONNECTION"),
        (10099, "CODE_10099"),
    ],
)
def test_names_that_are_often_mixed_up(code: int, name: str) -> None:
    assert describe_retcode(code).name == name


@pytest.mark.parametrize(
    ("code", "action", "kind"),
    [
        (10025, CommandAction.MODIFY, RetcodeClass.DONE),
        (10025, CommandAction.BUY, RetcodeClass.REJECT),
        (10036, CommandAction.CLOSE_TICKET, RetcodeClass.DONE),
        (10036, CommandAction.CANCEL, RetcodeClass.REJECT),
        (10036, CommandAction.BUY, RetcodeClass.REJECT),
        (10012, CommandAction.BUY, RetcodeClass.UNKNOWN),
        (10099, CommandAction.BUY, RetcodeClass.REJECT),
    ],
)
def test_what_a_code_means_for_an_action(
    code: int, action: CommandAction, kind: RetcodeClass
) -> None:
    assert class_of(code, action) is kind
