"""The JSON form of a reading."""

import json

import pytest

from signalos_desktop.domain.parsing import read, to_schema


def test_an_order() -> None:
    text = "btc buy limit 64250-64500 sl 63100 tp 65900 tp open lev 5-10x tcs 85%"

    assert json.loads(json.dumps(to_schema(read(text), "a"))) == {
        "id": "a",
        "kind": "open",
        "orders": [
            {
                "symbol": "BTCUSD",
                "side": "buy",
                "order_type": "limit",
                "entry": {"low": 64250, "high": 64500},
                "sl": 63100,
                "sl_pips": None,
                "tps": [65900],
                "tp_pips": [],
                "tp_rr": [],
                "tp_open": True,
                "leverage": [5, 10],
            }
        ],
        "confidence": 85,
    }


def test_a_review_names_its_problems_once() -> None:
    out = to_schema(read("gold 2650 sl 2640 tp 2660 tp 26700 tp 26800 lev 10x"), 1)

    assert out["problems"] == ["price_outlier", "side_implied"]
    assert (out["orders"][0]["side"], out["orders"][0]["leverage"]) == (None, 10)


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        (
            "close half",
            [{"action": "close_partial", "symbol": None, "side": None, "fraction": 0.5}],
        ),
        (
            "EURUSD sell: move SL to 1.0900",
            [{"action": "modify_sl", "symbol": "EURUSD", "side": "sell", "price": 1.09}],
        ),
        (
            "move TP2 to 2690",
            [
                {
                    "action": "modify_tp",
                    "symbol": None,
                    "side": None,
                    "prices": [2690],
                    "tp_index": 2,
                }
            ],
        ),
        ("close all", [{"action": "close_all", "symbol": None, "side": None}]),
    ],
)
def test_actions(text: str, actions: list[dict[str, object]]) -> None:
    assert to_schema(read(text), None) == {"id": None, "kind": "update", "actions": actions}


def test_nothing() -> None:
    assert to_schema(read("hello"), 7) == {"id": 7, "kind": "none"}
