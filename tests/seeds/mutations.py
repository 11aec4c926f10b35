"""Defects put back on purpose, by name: each must be found, or the oracle is too weak."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from tests.seeds import defects_app as app
from tests.seeds import defects_ea as ea

Patch = tuple[Any, str, Any]


@dataclass(frozen=True)
class Mutation:
    """what: the defect in words. patches: owner, attribute, and what stands there instead."""

    name: str
    what: str
    patches: Callable[[], list[Patch]]

    @contextmanager
    def applied(self) -> Iterator[None]:
        with ExitStack() as undo:
            for owner, attribute, instead in self.patches():
                before = owner.__dict__[attribute]
                undo.callback(setattr, owner, attribute, before)
                setattr(owner, attribute, instead)
            yield


MUTATIONS = (
    Mutation("F1", "what was executed is known in the EA's memory only", ea.memory_only),
    Mutation("F2", "no receipt after two lives of the row: again under a new id", app.retry_new_id),
    Mutation("F3", "expiry by TimeCurrent, in the zone of the server", ea.server_clock),
    Mutation("F5", "only 10009 is a success, 10008 10010 10012 are refusals", ea.only_done),
    Mutation("F6", "a row is valid for ever", ea.no_expiry),
    Mutation("F7", "no connection: the row waits and is executed later", ea.queue_offline),
    Mutation("F8", "a receipt is taken as it is found, whole or not", app.torn_receipts),
    Mutation("F9", "the app clears processed rows while the EA reads", app.clear_processed),
    Mutation("F11", "a close closes all of the symbol and says FILLED", ea.close_all),
    Mutation("F12", "rows are not bound to an account", ea.any_account),
    Mutation("F13", "an S/L is optional", app.no_stop_loss),
    Mutation(
        "dedupe-in-memory", "variant 1: as F1, with the intents still written", ea.dedupe_only
    ),
    Mutation("new-id-after-ttl", "variant 2: as F2, after one life", app.retry_soon),
    Mutation("ttl-time-current", "variant 3: expiry by the time of the last quote", ea.quote_clock),
    Mutation("no-crc", "variant 4: the EA reads rows as they are found", ea.torn_rows),
    Mutation("stop-app-only", "variant 5: the stop is in the app only", ea.no_halt),
    Mutation(
        "delete-first", "variant 6: the file is deleted before it is executed", ea.delete_first
    ),
    Mutation("file-first", "variant 7: the file first, the journal after it", app.file_first),
    Mutation("resend-claimed", "variant 8: what was claimed is sent again at start", ea.resend),
    Mutation("no-wait", "variant 9: reconciled at once, no wait for a late arrival", ea.no_wait),
    Mutation("flat-too-soon", "variant 10: FLAT without the unresolved sends", ea.flat_too_soon),
    Mutation("no-reservation", "what is on its way counts against no cap", app.no_reservation),
    Mutation("never-fenced", "a panel that has lost its folder goes on", app.never_fenced),
    Mutation("orders-left", "variant 11: a stop leaves resting orders", ea.orders_left),
)


def mutation(name: str) -> Mutation:
    """By name; KeyError naming those that there are."""
    for one in MUTATIONS:
        if one.name == name:
            return one
    raise KeyError(f"no mutation {name!r}; there are: {', '.join(m.name for m in MUTATIONS)}")
