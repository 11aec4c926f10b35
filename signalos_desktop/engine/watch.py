"""Watches what the terminal says for what a trader must know: unclear, late, doubled, foreign."""

from signalos_desktop.domain.position import Deal, DealEntry
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.retcodes import RETCODES
from signalos_desktop.domain.trading_state import PauseReason
from signalos_desktop.domain.values import ZERO, plain
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import CommandState
from signalos_desktop.engine.events import Slippage
from signalos_desktop.engine.flight import ReceiptVerdict, Tracked
from signalos_desktop.engine.ports import Facts

SLIPPED_IN_A_ROW = 3
EA_ALARMS = {
    "RISK_OVERRUN": "compare the fill with its S/L and close it if the risk is too much",
    "GUARD": "the EA's own limit acted: see its inputs in MT5",
    "DAMAGED": "the EA's files are damaged: look at the account, then start it fresh",
    "QUARANTINE": "the row was put aside into bad_rows.csv; nothing was executed by it",
}


PAUSING = {
    "ACCOUNT_CHANGED": PauseReason.ACCOUNT_CHANGED,
    "VERSION_MISMATCH": PauseReason.VERSION_MISMATCH,
    "TWO_EAS": PauseReason.RECONCILE_MISMATCH,
}


class Watch:
    """One desk's alarms. Each is told once when it happens."""

    def __init__(self, desk: Desk, bus: EventBus) -> None:
        self._desk = desk
        self._bus = bus
        self._slipped = 0
        self._refused: tuple[str, ...] = ()

    def look(self, facts: Facts) -> None:
        """Alarms for everything in a batch that is not a receipt."""
        for line in facts.bad_lines:
            self._desk.alarm(
                "BAD_LINE",
                f"{line.file} at byte {line.offset}: {line.why}: {line.text}",
                "it was put aside; if an outcome stays open, look at the account",
            )
        for trouble in facts.troubles:
            if trouble.code in PAUSING:
                self._desk.safety.pause(PAUSING[trouble.code])
            self._desk.alarm(trouble.code, trouble.text, trouble.next_step)
        for event in facts.events:
            if event.event in EA_ALARMS:
                self._desk.alarm(event.event, event.text, EA_ALARMS[event.event])
        if facts.status is not None and facts.status.refused != self._refused:
            self._refused = facts.status.refused
            if self._refused:
                self._desk.alarm(
                    "EA_CANNOT_TRADE",
                    "; ".join(self._refused),
                    "switch Algo Trading on in MT5 and allow it in the EA's properties",
                )

    def judge_deal(self, deal: Deal, cmd_id: int | None) -> None:
        """A deal whose command counts as never sent: a power cut may have taken the row."""
        tracked = self._desk.flight.tracked.get(cmd_id) if cmd_id is not None else None
        if tracked is None or deal.entry is not DealEntry.IN:
            return
        if tracked.state is CommandState.NOT_SENT:
            self._mismatch(
                "EXECUTED_UNSENT",
                f"deal {deal.ticket} ({deal.symbol} {plain(deal.volume)}) carries the tag of"
                f" command {cmd_id}, which ended NOT_SENT ({tracked.reason})",
            )

    def judge_receipt(self, receipt: Receipt, verdict: ReceiptVerdict) -> None:
        """Alarms for one receipt."""
        tracked = self._desk.flight.tracked.get(receipt.cmd_id)
        if verdict is ReceiptVerdict.UNKNOWN:
            self._desk.alarm(
                "OUTCOME_UNKNOWN",
                f"command {receipt.cmd_id}: {receipt.message or 'no answer of the trade server'}",
                "entries wait until the EA has found it or not; do not send it again"
                if self._desk.bridge.means.proves_flat
                else "look at the terminal and say what became of it; entries wait for that",
            )
        elif verdict is ReceiptVerdict.LATE_FILL:
            self._desk.alarm(
                "LATE_FILL",
                f"command {receipt.cmd_id} was given up and executed after all: {receipt.message}",
                "look at the position; while stopped the EA closes it by itself",
            )
        elif verdict is ReceiptVerdict.CONFLICT:
            self._mismatch(
                "RECEIPT_CONFLICT",
                f"command {receipt.cmd_id}: a second outcome {receipt.status} ({receipt.message})"
                " contradicts the first, which counts",
            )
        elif verdict is ReceiptVerdict.EXTERNAL:
            self._external(receipt)
        elif tracked is not None:
            self._settled(receipt, tracked)

    def _external(self, receipt: Receipt) -> None:
        if receipt.cmd_id == 0:
            step = "nothing was executed by it; if it was one of ours it ended NOT_SENT"
            self._desk.alarm("BAD_ROW", receipt.message, step)
            return
        text = f"a receipt for command {receipt.cmd_id}, which this journal never sent: "
        text += f"{receipt.status} {receipt.message}"
        if receipt.status.executed and not receipt.message.startswith("PONG"):
            self._mismatch("EXTERNAL_RECEIPT", text)
        else:
            self._desk.alarm("EXTERNAL_RECEIPT", text, "find out which program writes commands")

    def _mismatch(self, code: str, text: str) -> None:
        self._desk.safety.pause(PauseReason.RECONCILE_MISMATCH)
        self._desk.alarm(code, text, "compare journal and account in MT5, then resume")

    def _settled(self, receipt: Receipt, tracked: Tracked) -> None:
        command = tracked.command
        if receipt.reason == "DISK" or receipt.retcode in (10026, 10027):
            known = RETCODES.get(receipt.retcode)
            step = known.next_step if known is not None else "free the terminal's disk"
            self._desk.alarm(
                "EA_CANNOT_TRADE", f"command {command.cmd_id}: {receipt.message}", step
            )
        if command.action.opens and not command.action.pending and receipt.status.executed:
            self._measure_slippage(receipt, tracked)

    def _measure_slippage(self, receipt: Receipt, tracked: Tracked) -> None:
        command = tracked.command
        spec = self._desk.book.specs.get(command.symbol)
        if command.price is None or spec is None or receipt.price == ZERO:
            return
        sign = 1 if command.action.value == "BUY" else -1
        worse = sign * (receipt.price - command.price)
        if worse <= (command.deviation or 0) * spec.point:
            self._slipped = 0
            return
        self._slipped += 1
        self._bus.publish(Slippage(self._desk.account, command.cmd_id, worse))
        if self._slipped >= SLIPPED_IN_A_ROW:
            self._desk.safety.pause(PauseReason.SLIPPAGE)
            self._desk.alarm(
                "SLIPPAGE",
                f"{self._slipped} fills in a row worse than allowed, the last by {plain(worse)}",
                "look at the market and the broker, then resume",
            )
            self._slipped = 0
