"""The simulated terminal in this process, on real files, with the clock of the test."""

from decimal import Decimal
from pathlib import Path
from random import Random

from signalos_desktop.domain.values import Account
from signalos_desktop.simulator.broker import Broker
from signalos_desktop.simulator.expert.expert import Expert
from signalos_desktop.simulator.expert.inputs import ExpertInputs
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.files import DiskFiles
from signalos_desktop.simulator.ledger import Ledger
from signalos_desktop.simulator.market import Market
from signalos_desktop.simulator.specs import LISTINGS
from signalos_desktop.simulator.terms import AccountTerms
from tests.helpers.rig import MAGIC, SetClock

TIMER_S = 0.05


class SimulatedTerminal:
    """Broker and expert; nothing happens but in step."""

    def __init__(self, root: Path, clock: SetClock) -> None:
        terms = AccountTerms(balance=Decimal(100_000))
        self.clock = clock
        self.account = Account(terms.login, terms.server)
        self.folder = root / "SignalOS" / f"{terms.login}-{terms.server}-{MAGIC}"
        self.market = Market(LISTINGS, seed=1, now=clock.now())
        faults = Faults((), Random(1))
        self._ledger = Ledger()
        self.broker = Broker(
            terms=terms,
            market=self.market,
            ledger=self._ledger,
            faults=faults,
            clock=clock.now,
            selected=["EURUSD"],
        )
        self.market.set_quote("EURUSD", Decimal("1.07998"), Decimal("1.08000"))
        self.broker.advance(clock.now())
        self.expert = Expert(
            self.broker,
            DiskFiles(self.folder),
            None,
            faults,
            ExpertInputs(magic=MAGIC),
            clock.monotonic,
        )
        self.expert.start()

    def step(self, seconds: float = TIMER_S) -> None:
        """Let time pass, timer after timer."""
        for _ in range(round(seconds / TIMER_S)):
            self.clock.move(TIMER_S)
            self.market.set_quote("EURUSD", Decimal("1.07998"), Decimal("1.08000"))
            self.broker.advance(self.clock.now())
            self.expert.timer()

    def restart(self) -> None:
        """As a crash and a new OnInit: what is not in the files is forgotten."""
        self.expert.stop()
        self.expert.start()

    def close(self) -> None:
        """Give the broker's ledger back in the thread that made it."""
        self._ledger.close()
