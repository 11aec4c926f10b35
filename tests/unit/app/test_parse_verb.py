"""The verb `parse`: one answer for each line, at once, in order."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from signalos_desktop.app.commands.parse import parse_lines


def answers(*lines: str) -> tuple[int, list[dict[str, Any]]]:
    out = io.StringIO()
    code = parse_lines(lines, out)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_lines_keep_their_order_and_ids() -> None:
    code, out = answers(
        '{"id": 1, "text": "gold buy now"}\n', "\n", '{"id": "b", "text": "good morning"}\n'
    )

    assert code == 0
    assert [(row["id"], row["kind"]) for row in out] == [(1, "open"), ("b", "none")]


def test_the_message_replied_to_counts() -> None:
    row = {"id": 1, "text": "SL 2640", "context": {"reply_to": "gold buy now"}}

    assert answers(json.dumps(row))[1][0]["actions"][0]["price"] == 2640


def test_a_context_without_a_reply_is_fine() -> None:
    assert answers('{"id": 1, "text": "hi", "context": {}}')[0] == 0


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        '{"id": 1}',
        '{"id": 1, "text": 5}',
        '{"id": 1, "text": "x", "context": {"reply_to": 5}}',
        "[" * 100_000,
        '"' + "x" * 5_000_000,
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(line: str) -> None:
    code, out = answers(line, '{"id": 2, "text": "hi"}')

    assert code == 1
    assert out[0]["id"] is None
    assert out[0]["error"].startswith("line 1: ")
    assert out[1] == {"id": 2, "kind": "none"}


def test_each_line_is_answered_before_the_next_is_read() -> None:
    out = io.StringIO()

    def lines() -> Iterator[str]:
        yield '{"id": 1, "text": "hi"}'
        assert out.getvalue().endswith("\n")
        yield '{"id": 2, "text": "hi"}'

    assert parse_lines(lines(), out) == 0
