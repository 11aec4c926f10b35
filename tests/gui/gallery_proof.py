"""The proof of a stop in the gallery, with invented tickets."""

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.proof import Proof, ProofPanel, ProofStep, ProofTicket


def proof(theme: Theme) -> QWidget:
    buy, sell = Side.BUY, Side.SELL
    tickets = (
        ProofTicket(
            48219120,
            "XAUUSD.r",
            buy,
            "0.10",
            Decimal("119.80"),
            "4051.20",
            "Unknown, checking",
            False,
            1,
            2100,
            "10012 timeout",
            "checking, then closing the rest",
            unclear=True,
        ),
        ProofTicket(
            48219164,
            "USDJPY",
            sell,
            "0.25",
            Decimal("22.58"),
            "152.242",
            "Retrying",
            False,
            2,
            2800,
            "10004 requote: the price moved",
            "again in 0.4 s",
        ),
        ProofTicket(
            48219031,
            "EURUSD",
            buy,
            "0.40",
            Decimal("48.80"),
            "1.08212",
            "Closed",
            True,
            1,
            800,
            "done at 1.08534, largest risk goes first",
        ),
        ProofTicket(
            48219077,
            "GBPUSD",
            sell,
            "0.30",
            Decimal("-17.10"),
            "1.27484",
            "Closed",
            True,
            1,
            1400,
            "done at 1.27241",
        ),
        ProofTicket(
            48219230,
            "EURJPY",
            buy,
            "0.20",
            None,
            "",
            "Cancelled",
            True,
            1,
            300,
            "orders go first, so they cannot refill",
            order="buy limit",
        ),
        ProofTicket(
            48219236,
            "US30",
            sell,
            "0.50",
            None,
            "",
            "Cancelled",
            True,
            1,
            400,
            "done",
            order="sell stop",
        ),
    )
    steps = (
        ProofStep("Stop pressed", "14:33:02.118"),
        ProofStep("Entries blocked here", "+3 ms"),
        ProofStep("Stop file on disk", "+84 ms"),
        ProofStep("EA confirmed the stop", "+193 ms"),
        ProofStep("Flat and checked twice", ""),
    )
    made = ProofPanel(theme)
    made.set_proof(
        Proof(
            "4 of 6 flat",
            "Stop pressed 14:33:02 by you, this app",
            "scope: our magic 4400000 on 51840276@Northgate-Demo",
            "2.8 s",
            "0.4 s",
            tickets,
            steps,
            (
                "Loud alarm at 14:33:07. Then, in MT5: Toolbox, tab Trade, right-click the ticket, "
                "Close position.",
                "Every S/L stays at the broker until its position is closed.",
            ),
            "Flat is shown only when the account itself lists no position and no order of ours, "
            "and no send is unclear.",
        )
    )
    return made
