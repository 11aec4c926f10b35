from random import Random
from typing import Any

import pytest

from signalos_desktop.simulator.broker import Broker
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.ledger import Ledger
from signalos_desktop.simulator.market import Market
from signalos_desktop.simulator.specs import LISTINGS
from signalos_desktop.simulator.terms import AccountTerms
from tests.unit.simulator.broker_bench import VirtualClock


@pytest.mark.parametrize(
    ("changes", "said"), [({"margin_mode": "EXCHANGE"}, "EXCHANGE"), ({"leverage": 0}, "leverage")]
)
def test_terms_that_cannot_be_are_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        AccountTerms(**changes)


def test_the_market_watch_begins_with_what_was_chosen_and_grows() -> None:
    clock = VirtualClock()
    broker = Broker(
        terms=AccountTerms(),
        market=Market(LISTINGS, seed=1, now=clock.now),
        ledger=Ledger(),
        faults=Faults((), Random(1)),
        clock=clock,
        selected=["XAUUSD"],
    )
    assert [spec.name for spec in broker.symbols()] == ["XAUUSD"]
    assert broker.select_symbol("GER40")
    assert [quote.symbol for quote in broker.quotes()] == ["XAUUSD", "GER40"]


def test_the_account_as_the_terminal_shows_it() -> None:
    clock = VirtualClock()
    terms = AccountTerms(login=7, server="Demo 2", currency="JPY", margin_mode="RETAIL_NETTING")
    broker = Broker(
        terms=terms,
        market=Market(LISTINGS, seed=1, now=clock.now),
        ledger=Ledger(),
        faults=Faults((), Random(1)),
        clock=clock,
    )
    account = broker.account()
    assert (str(account.account), account.currency_digits) == ("7@Demo 2", 0)
    assert (account.hedging, account.margin_level, account.leverage) == (False, None, 100)
    assert account.balance == account.equity == account.margin_free == terms.balance
