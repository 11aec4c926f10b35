"""The books outlive the broker: its SQLite file, and the JSON lines made from it."""

from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.simulator.specs import LISTINGS
from tests.unit.simulator.broker_bench import Bench, make_bench, read_lines


def trade(bench: Bench) -> None:
    bench.deal("BUY", "EURUSD", "0.50", sl="1.09500", comment="#1")
    bench.deal("SELL", "XAUUSD", "0.10", tp="2300.00")
    bench.rest("SELL_LIMIT", "GBPUSD", "0.20", "1.26000")
    bench.wait(86_400)
    bench.close(bench.broker.positions()[1])


def test_everything_goes_on_after_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "state.sqlite3"
    bench = make_bench(state=state)
    trade(bench)
    bench.faults.arm("late-execution:30")
    bench.deal("BUY", "GBPUSD", "0.10", comment="#late")
    before = bench.broker
    known = (before.positions(), before.orders(), bench.trades(), bench.balance())
    done = before.old_orders()
    bench.ledger.close()

    again = make_bench(state=state, clock=bench.clock)
    assert again.broker.positions() == known[0]
    assert again.broker.orders() == known[1]
    assert again.trades() == known[2]
    assert again.balance() == known[3]
    assert again.broker.old_orders() == done != []
    assert again.broker.order_filled(100001) is True
    assert again.broker.order_filled(100003) is None
    again.wait(30)
    late = again.broker.positions()[-1]
    assert (late.ticket, late.comment) == (100005, "#late")
    assert again.trades()[-1].ticket == 500005
    again.wait(43_200)
    assert str(again.broker.positions()[0].swap) == "-14.40"
    again.ledger.close()


def test_a_jump_of_the_market_is_kept(tmp_path: Path) -> None:
    state = tmp_path / "state.sqlite3"
    bench = make_bench(state=state, walk=True, faults=["gap:0.05"])
    bench.deal("BUY", "EURUSD", "0.10", sl="1.05000")
    bench.wait(1)
    (quote,) = [one for one in bench.broker.quotes() if one.symbol == "EURUSD"]
    assert quote.bid < Decimal("1.0")
    bench.ledger.close()
    again = make_bench(state=state, walk=True, clock=bench.clock)
    assert quote in again.broker.quotes()
    again.ledger.close()


def test_the_books_of_another_account_are_refused(tmp_path: Path) -> None:
    state = tmp_path / "state.sqlite3"
    make_bench(state=state).ledger.close()
    for currency, netting in (("EUR", False), ("USD", True)):
        with pytest.raises(ValueError, match="5000001@SignalOS-Demo USD RETAIL_HEDGING"):
            make_bench(state=state, currency=currency, netting=netting)


def test_positions_of_an_unlisted_symbol_are_not_lost_in_silence(tmp_path: Path) -> None:
    state = tmp_path / "state.sqlite3"
    bench = make_bench(state=state)
    bench.deal("BUY", "EURUSD", "0.50")
    bench.ledger.close()
    with pytest.raises(ValueError, match="EURUSD"):
        make_bench(state=state, listings=LISTINGS[1:])


def test_the_file_has_a_line_for_every_order_and_deal(tmp_path: Path) -> None:
    export = tmp_path / "out" / "ledger.jsonl"
    bench = make_bench(export=export)
    trade(bench)
    lines = read_lines(export)
    assert lines == [dict(line) for line in bench.ledger.lines()]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    deals = [line for line in lines if line["kind"] == "deal"]
    money = sum(
        Decimal(deal[key]) for deal in deals for key in ("profit", "swap", "commission", "fee")
    )
    assert money == bench.broker.account().balance
    last = lines[-1]
    assert (last["kind"], last["state"], last["type"], last["magic"]) == (
        "order",
        "FILLED",
        "BUY",
        "77",
    )
    assert deals[-1]["utc"] == "2026-03-11T12:00:00.000Z"
    assert deals[0]["type"] == "BALANCE"


@pytest.mark.parametrize("cut", [1, 40, 250, 900])
def test_what_the_file_lacks_is_made_up_for_at_the_next_start(tmp_path: Path, cut: int) -> None:
    state, export = tmp_path / "state.sqlite3", tmp_path / "ledger.jsonl"
    bench = make_bench(state=state, export=export)
    trade(bench)
    bench.ledger.close()
    whole = export.read_bytes()
    export.write_bytes(whole[:-cut])
    make_bench(state=state, export=export, clock=bench.clock).ledger.close()
    assert export.read_bytes() == whole


def test_a_file_of_another_book_is_added_to(tmp_path: Path) -> None:
    export = tmp_path / "ledger.jsonl"
    export.write_text('{"seq":99,"book":"other","kind":"deal"}\nnot json\n{"torn":')
    bench = make_bench(state=tmp_path / "state.sqlite3", export=export)
    bench.ledger.close()
    other, noise, own = export.read_text().splitlines()
    assert (other, noise) == ('{"seq":99,"book":"other","kind":"deal"}', "not json")
    assert '"seq":1' in own


@pytest.mark.parametrize("netting", [False, True])
def test_the_same_seed_gives_the_same_ledger(tmp_path: Path, netting: bool) -> None:
    texts = []
    for name, seed in (("one", 11), ("two", 11), ("three", 12)):
        export = tmp_path / name
        bench = make_bench(
            export=export,
            walk=True,
            seed=seed,
            netting=netting,
            faults=["requote:2@0.5", "partial"],
        )
        for number in range(40):
            side = "BUY" if number % 3 else "SELL"
            bench.deal(side, "XAUUSD", "0.20", comment=f"#{number}")
            bench.wait(20.1)
        texts.append(export.read_text())
    assert texts[0] == texts[1] != texts[2]
    assert len(texts[0].splitlines()) > 60
