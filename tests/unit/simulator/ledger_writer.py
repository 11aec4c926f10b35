"""A program that trades without end on a real clock and says what it was told; to be killed.

Arguments: state file, ledger file. Prints a line before each request and one after its answer.
"""

import json
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

from signalos_desktop.simulator.broker import Broker
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.ledger import Ledger
from signalos_desktop.simulator.market import Market
from signalos_desktop.simulator.specs import LISTINGS
from signalos_desktop.simulator.terms import AccountTerms
from signalos_desktop.simulator.trade import Filling, TradeAction, TradeRequest


def clock() -> datetime:
    return datetime.now(UTC)


def say(**fields: object) -> None:
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


def open_broker(state: Path, export: Path) -> Broker:
    return Broker(
        terms=AccountTerms(balance=Decimal(100000)),
        market=Market(LISTINGS, seed=1, now=clock()),
        ledger=Ledger(state, export),
        faults=Faults((), Random(1)),
        clock=clock,
    )


def main() -> None:
    broker = open_broker(Path(sys.argv[1]), Path(sys.argv[2]))
    for number in range(1_000_000):
        held = broker.positions()
        closing = len(held) >= 5
        request = TradeRequest(
            TradeAction.DEAL,
            magic=1,
            symbol="EURUSD",
            volume=Decimal("0.10"),
            type="SELL" if closing else "BUY",
            filling=Filling.FOK,
            position=held[0].ticket if closing else 0,
            comment=f"#{number}",
        )
        say(asked=number)
        result = broker.order_send(request)
        say(deal=result.deal, order=result.order, balance=str(broker.account().balance))


if __name__ == "__main__":
    main()
