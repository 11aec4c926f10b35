"""Everything that can happen to a trade, as the ledger's file tells it, with the money."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.simulator.broker_bench import Bench, make_bench, read_lines


def partial_fill(bench: Bench) -> None:
    bench.faults.arm("partial:0.4")
    bench.deal("BUY", "EURUSD", "0.50")


def requote(bench: Bench) -> None:
    bench.faults.arm("requote")
    bench.deal("BUY", "EURUSD", "0.50")
    bench.deal("BUY", "EURUSD", "0.50")


def reduction(bench: Bench) -> None:
    bench.deal("BUY", "EURUSD", "0.50")
    bench.quote("EURUSD", "1.10410", "1.10420")
    bench.deal("SELL", "EURUSD", "0.20")


def reversal(bench: Bench) -> None:
    bench.deal("BUY", "EURUSD", "0.50")
    bench.quote("EURUSD", "1.09910", "1.09920")
    bench.deal("SELL", "EURUSD", "0.70")


def swap_over_midnight(bench: Bench) -> None:
    bench.deal("BUY", "EURUSD", "0.50")
    bench.wait(86_400)
    bench.deal("SELL", "EURUSD", "0.50")


def stop_out(bench: Bench) -> None:
    bench.deal("BUY", "XAUUSD", "3.00")
    # Margin 7200.60; equity below half of it from a price of 2378.86 on.
    bench.quote("XAUUSD", "2378.00", "2378.20")


def pending_trigger(bench: Bench) -> None:
    bench.rest("SELL_STOP", "GER40", "2.0", "17900.00", tp="17800.00")
    bench.quote("GER40", "17899.50", "17900.50")
    bench.quote("GER40", "17798.00", "17799.00")


def gap_through_the_stop(bench: Bench) -> None:
    bench.deal("SELL", "USDJPY", "0.30", sl="150.500")
    bench.quote("USDJPY", "151.490", "151.500")


DEAL = ("entry", "reason", "type", "volume", "price", "profit", "swap", "commission", "comment")
ORDER = ("type", "state", "volume", "retcode")

Rows = list[tuple[str, ...]]
EVENTS: list[tuple[Callable[[Bench], None], Rows, Rows, str]] = [
    (
        partial_fill,
        [("BUY", "PARTIAL", "0.5", "10010")],
        [("IN", "EXPERT", "BUY", "0.2", "1.1001", "0", "0", "-0.7", "")],
        "9999.30",
    ),
    (
        requote,
        [("BUY", "REJECTED", "0.5", "10004"), ("BUY", "FILLED", "0.5", "10009")],
        [("IN", "EXPERT", "BUY", "0.5", "1.1001", "0", "0", "-1.75", "")],
        "9998.25",
    ),
    (
        reduction,
        [("BUY", "FILLED", "0.5", "10009"), ("SELL", "FILLED", "0.2", "10009")],
        [
            ("IN", "EXPERT", "BUY", "0.5", "1.1001", "0", "0", "-1.75", ""),
            ("OUT", "EXPERT", "SELL", "0.2", "1.1041", "80", "0", "-0.7", ""),
        ],
        "10077.55",
    ),
    (
        reversal,
        [("BUY", "FILLED", "0.5", "10009"), ("SELL", "FILLED", "0.7", "10009")],
        [
            ("IN", "EXPERT", "BUY", "0.5", "1.1001", "0", "0", "-1.75", ""),
            ("INOUT", "EXPERT", "SELL", "0.7", "1.0991", "-50", "0", "-2.45", ""),
        ],
        "9945.80",
    ),
    (
        swap_over_midnight,
        [("BUY", "FILLED", "0.5", "10009"), ("SELL", "FILLED", "0.5", "10009")],
        [
            ("IN", "EXPERT", "BUY", "0.5", "1.1001", "0", "0", "-1.75", ""),
            ("OUT", "EXPERT", "SELL", "0.5", "1.1", "-5", "-3.6", "-1.75", ""),
        ],
        "9987.90",
    ),
    (
        stop_out,
        [("BUY", "FILLED", "3", "10009"), ("SELL", "FILLED", "3", "10009")],
        [
            ("IN", "EXPERT", "BUY", "3", "2400.2", "0", "0", "-10.5", ""),
            ("OUT", "SO", "SELL", "3", "2378", "-6660", "0", "-10.5", "so"),
        ],
        "3319.00",
    ),
    (
        pending_trigger,
        [
            ("SELL_STOP", "PLACED", "2", "10008"),
            ("SELL_STOP", "FILLED", "2", "10009"),
            ("BUY", "FILLED", "2", "10009"),
        ],
        [
            ("IN", "EXPERT", "SELL", "2", "17899.5", "0", "0", "0", ""),
            # 201 EUR at 1.10000.
            ("OUT", "TP", "BUY", "2", "17799", "221.1", "0", "0", "[tp 17800.00]"),
        ],
        "10221.10",
    ),
    (
        gap_through_the_stop,
        [("SELL", "FILLED", "0.3", "10009"), ("BUY", "FILLED", "0.3", "10009")],
        [
            ("IN", "EXPERT", "SELL", "0.3", "150", "0", "0", "-1.05", ""),
            # -45000 JPY at 151.500.
            ("OUT", "SL", "BUY", "0.3", "151.5", "-297.03", "0", "-1.05", "[sl 150.500]"),
        ],
        "9700.87",
    ),
]


@pytest.mark.parametrize(("happen", "orders", "deals", "balance"), EVENTS)
def test_event(
    tmp_path: Path, happen: Callable[[Bench], None], orders: Rows, deals: Rows, balance: str
) -> None:
    export = tmp_path / "ledger.jsonl"
    netting = happen in (reduction, reversal, swap_over_midnight)
    bench = make_bench(export=export, netting=netting)
    happen(bench)
    lines = read_lines(export)
    told = [tuple(line[key] for key in ORDER) for line in lines if line["kind"] == "order"]
    dealt = [tuple(line[key] for key in DEAL) for line in lines if line["kind"] == "deal"]
    assert told == orders
    assert dealt[1:] == deals
    assert bench.balance() == balance
