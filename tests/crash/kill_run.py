"""One run of the kill test: 200 signals fired while engine and terminal are killed at random."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from tests.helpers.processes import Engine, Event, Terminal, read_journal, read_ledger

SIGNALS = 200
IN_FLIGHT = 8
SETTINGS = {"strategy": "load", "autonomy": "auto"}
DOUBT_WAIT_S = 2
FINAL = {"FILLED", "PARTIAL", "PLACED", "REJECTED", "EXPIRED", "DENIED", "ERROR", "NOT_SENT"}
LIFE_S = 60
OPENS = {"BUY", "SELL"}
SETTLED_WITHIN_S = 60


@dataclass
class KillRun:
    """Files of one run, the two processes, and what happened on the way."""

    folder: Path
    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    signals: ClassVar[int] = SIGNALS

    def __post_init__(self) -> None:
        self.files = self.folder / "MQL5" / "Files"
        self.data = self.folder / "data"
        self.ledger = self.folder / "ledger.jsonl"
        self.random = random.Random(self.seed)
        self.open: set[int] = set()
        self.seen = 0

    def start_terminal(self) -> Terminal:
        return Terminal(
            self.files,
            *("--seed", str(self.seed), "--balance", "1000000", "--ledger", str(self.ledger)),
            *("--input", f"doubt_wait_s={DOUBT_WAIT_S}"),
        )

    def start_engine(self) -> Engine:
        return Engine(self.data, self.files)

    def play(self) -> None:
        """Fire all signals; kill and restart on the way; stop; wait until all is settled."""
        self.terminal, self.engine = self.start_terminal(), self.start_engine().running()
        assert self.engine.ask("settings", **SETTINGS)["ok"]
        kill_at = set(self.random.sample(range(5, self.signals - 5), 3))
        for number in range(self.signals):
            self.submit(number)
            if number in kill_at:
                self.drain(self.random.randrange(IN_FLIGHT))
                self.kill(self.random.choice(["engine", "terminal", "both"]))
            self.drain(IN_FLIGHT)
        self.drain(0)
        self.engine.settle()
        self.stop_and_quit()
        assert self.terminal.end() == 0

    def stop_and_quit(self) -> None:
        self.engine.ask("stop")
        flat = self.engine.wait_for("state", SETTLED_WITHIN_S, state="STOPPED_FLAT")
        self.stopped_at = flat["utc"]
        assert self.engine.ask("submit", text="BUY EURUSD NOW SL 1.00000")["ok"]
        self.engine.send(do="quit")
        assert self.engine.process.wait(30) == 0
        self.engine.end()

    def submit(self, number: int) -> None:
        """The same text for the same number, also after a crash: it must open one trade."""
        side = "BUY" if number % 2 else "SELL"
        sl = {"BUY": "1.00000", "SELL": "1.20000"}[side]
        text = f"{side} EURUSD NOW SL {sl}"
        self.engine.send(do="submit", text=text, message_id=str(number), ref=number)
        self.open.add(number)

    def drain(self, left: int) -> None:
        """Take answers until at most so many are still to come."""
        while True:
            for event in self.engine.events[self.seen :]:
                if event["event"] == "answer":
                    self.open.discard(event.get("ref"))
            self.seen = len(self.engine.events)
            if len(self.open) <= left:
                return
            self.engine.next()

    def kill(self, victims: str) -> None:
        """kill -9, a restart, and every message again that was not answered."""
        self.kills[victims] += 1
        if victims != "engine":
            self.kill_terminal()
        if victims != "terminal":
            self.engine.kill()
        if victims != "engine":
            self.terminal.end()
            self.terminal = self.start_terminal()
        if victims != "terminal":
            self.engine.end()
            self.engine = self.start_engine().running()
            unanswered, self.open, self.seen = sorted(self.open), set(), 0
            for number in unanswered:
                self.submit(number)
        else:
            self.drain(0)
        self.engine.settle()

    def kill_terminal(self) -> None:
        self.terminal.kill()

    def violations(self) -> list[str]:
        """Journal and ledger side by side, by what they say alone."""
        journal, ledger = read_journal(self.data), read_ledger(self.ledger)
        found = []
        intents = Counter(line["intent"] for line in journal)
        found += [f"{intent} has {n} lines" for intent, n in intents.items() if n > 1]
        found += [f"{x['intent']}: {x['outcome']}" for x in journal if x["outcome"] not in FINAL]
        deals = [row for row in ledger if row["kind"] == "deal" and row["type"] in ("BUY", "SELL")]
        ours = Counter(deal for line in journal for deal in line["deals"])
        found += [f"deal {ticket} on {n} lines" for ticket, n in ours.items() if n > 1]
        if set(ours) != {deal["ticket"] for deal in deals}:
            found.append(f"deals differ: {set(ours) ^ {deal['ticket'] for deal in deals}}")
        by_deal = {deal: line for line in journal for deal in line["deals"]}
        tags = {f"#{line['cmd_id']}" for line in journal if line["action"] in OPENS}
        entries = [d for d in deals if d["comment"].partition(" ")[0] in tags or d["entry"] == "IN"]
        found += _double_entries(entries, by_deal)
        found += _late_entries(entries, by_deal)
        found += [
            f"{deal['ticket']} after the stop" for deal in entries if deal["utc"] > self.stopped_at
        ]
        executed = {line["intent"] for line in journal if line["outcome"] == "FILLED"}
        carried = {
            by_deal[deal["ticket"]]["intent"] for deal in entries if deal["ticket"] in by_deal
        }
        found += [
            f"{intent}: FILLED without a deal, or the reverse" for intent in executed ^ carried
        ]
        return found


def _double_entries(entries: list[Event], by_deal: dict[str, Event]) -> list[str]:
    count = Counter(by_deal[d["ticket"]]["intent"] for d in entries if d["ticket"] in by_deal)
    return [f"{intent} executed {n} times" for intent, n in count.items() if n > 1]


def _late_entries(entries: list[Event], by_deal: dict[str, Event]) -> list[str]:
    late = []
    for deal in entries:
        line = by_deal.get(deal["ticket"])
        if line is None:
            late.append(f"deal {deal['ticket']} without an intent")
            continue
        age = datetime.fromisoformat(deal["utc"]) - datetime.fromisoformat(line["utc"])
        if age.total_seconds() > LIFE_S:
            late.append(f"{line['intent']} executed after {age}")
    return late
