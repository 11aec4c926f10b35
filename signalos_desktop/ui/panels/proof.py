"""The proof of the stop in the window: every ticket, the verdict, and what is left to do."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from signalos_desktop.domain.trading_state import StopLevel, TradingState
from signalos_desktop.engine.stop_words import ALGO_TRADING, BUTTON
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.theme.figures import took
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.book import AccountBook
from signalos_desktop.ui.viewmodels.proof import (
    MANUAL,
    MARKET_CLOSED,
    RULE,
    VERDICTS,
    ProofBook,
    ProofRow,
)
from signalos_desktop.ui.viewmodels.views import Views
from signalos_desktop.ui.widgets.button import Button
from signalos_desktop.ui.widgets.layouts import row, stack
from signalos_desktop.ui.widgets.proof import Proof, ProofPanel, ProofStep, ProofTicket


class ProofPage(QWidget):
    """closed: the user goes back to the desk; the stop goes on all the same."""

    closed = Signal()

    def __init__(self, theme: Theme, views: Views, actions: Actions) -> None:
        super().__init__()
        self._views, self._actions = views, actions
        self.panel = ProofPanel(theme)
        self.back = Button(theme, "Back to the desk", icon="desk")
        self.looked = Button(theme, "I looked in MT5: nothing is open", icon="check")
        self.looked.hide()
        self.panel.copied.connect(self._copy)
        self.back.clicked.connect(self.closed)
        self.looked.clicked.connect(lambda: actions.do(actions.resume(flat=True)))
        whole = stack(gap=4)
        whole.addWidget(self.panel, 1)
        whole.addLayout(row(self.looked, None, self.back, margins=(0, 0, 0, 0)))
        self.setLayout(whole)
        self._last: Proof | None = None

    def refresh(self) -> None:
        book = self._views.book
        if book is None or book.state is None or self._views.proof.steps is None:
            return
        shown = self._make(book)
        if shown != self._last:
            self._last = shown
            self.panel.set_proof(shown)
        self.looked.setVisible(book.state.verdict == "CANNOT_BE_PROVEN")

    def report(self) -> str:
        """The proof as plain text."""
        proof = self._last
        if proof is None:
            return ""
        lines = [proof.headline, proof.pressed, proof.scope, f"elapsed {proof.elapsed}"]
        lines += [
            f"{t.ticket} {t.symbol} {t.order or t.side.value} {t.volume}: {t.state}, {t.answer}"
            for t in proof.tickets
        ]
        lines += [f"{step.text}: {step.when or 'waiting'}" for step in proof.steps]
        return "\n".join(lines)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report())

    def _make(self, book: AccountBook) -> Proof:
        views, state = self._views, book.state
        proof = views.proof
        steps = proof.steps
        if state is None or steps is None:
            raise RuntimeError("there is no stop to prove")
        if book.status is not None and book.status.halt.level is not StopLevel.NONE:
            proof.note_latched()
        end = steps.flat if steps.flat is not None else views.clock.monotonic()
        by = BUTTON if proof.by_us and not state.stopped_by else state.stopped_by
        who = f"by {by}" if by else "elsewhere"
        magic = book.status.magic if book.status is not None else "unknown"
        whose = "the whole account" if views.whole_account else f"our magic {magic}"
        verdict = VERDICTS.get(state.verdict, state.verdict)
        if state.state is TradingState.STOPPED_FLAT:
            verdict = "flat, proven by the account itself"
        return Proof(
            proof.headline(state.state),
            f"Stop pressed {views.show_time(steps.pressed_at)} {who}",
            f"scope: {whose} on {book.account}. {verdict[:1].upper()}{verdict[1:]}",
            took(round((end - steps.pressed) * 1000)),
            "" if steps.flat is not None else "by the EA",
            tuple(self._ticket(proof, r, steps.pressed, end) for r in proof.rows.values()),
            _steps(proof, views),
            () if steps.flat is not None else _advice(state.verdict, views.alarms.broker_phone),
            RULE,
        )

    @staticmethod
    def _ticket(proof: ProofBook, row: ProofRow, pressed: float, end: float) -> ProofTicket:
        answer, next_step = proof.answer(row)
        settled = row.ended is not None
        attempts = row.tried.attempts if row.tried is not None else 0
        done = "Cancelled" if row.order else "Closed"
        ended = row.ended if row.ended is not None else end
        return ProofTicket(
            row.ticket,
            row.symbol,
            row.side,
            row.volume,
            row.profit,
            row.sl,
            done if settled else _doing(row, attempts),
            settled,
            attempts,
            max(0, round((ended - pressed) * 1000)),
            answer,
            next_step,
            row.order,
        )


def _doing(row: ProofRow, attempts: int) -> str:
    if row.tried is not None and row.tried.retcode == MARKET_CLOSED:
        return "Market closed"
    return "Retrying" if attempts else "Waiting"


def _advice(verdict: str, phone: str) -> tuple[str, ...]:
    """What to do by hand while the stop is not flat; the pressing step first."""
    if verdict == "TRADING_OFF":
        first: tuple[str, ...] = (f"Now: {ALGO_TRADING}.",)
    elif verdict in ("EA_SILENT", "NOT_ACKNOWLEDGED"):
        first = ("Now: is MT5 running, is SignalOS at the top right of the chart?",)
    else:
        first = ()
    call = (f"Your broker: {phone}.",) if phone else ()
    return (*first, *MANUAL, *call)


def _steps(proof: ProofBook, views: Views) -> tuple[ProofStep, ...]:
    steps = proof.steps
    if steps is None:
        return ()

    def since(at: float | None) -> str:
        return "" if at is None else f"+{took(max(0, round((at - steps.pressed) * 1000)))}"

    return (
        ProofStep("Stop pressed", views.show_time(steps.pressed_at)),
        ProofStep("Entries blocked here", since(steps.stopping)),
        ProofStep("EA confirmed the stop", since(steps.latched)),
        ProofStep("Flat and checked", since(steps.flat)),
    )
