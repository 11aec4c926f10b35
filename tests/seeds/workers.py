"""Seeds played in this process or in several, always handed out in the order of their numbers."""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Generator
from contextlib import ExitStack

from tests.seeds.journal import JournalFile
from tests.seeds.mutations import mutation
from tests.seeds.run import Result, play_seed, quick

CHUNK = 4
# A fork has all that the parent has loaded and warmed.
METHOD = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"


def prepared(mutate: str) -> ExitStack:
    """Ready to play, with the defect of this name put back, if any."""
    logging.disable(logging.CRITICAL)
    stack = ExitStack()
    stack.enter_context(quick())
    if mutate:
        stack.enter_context(mutation(mutate).applied())
    return stack


def results(first: int, last: int, jobs: int, mutate: str) -> Generator[Result, None, None]:
    """Whoever stops in the middle knows where to go on, and closes this."""
    with prepared(mutate):
        if jobs == 1:
            journal = JournalFile()
            for seed in range(first, last):
                yield play_seed(seed, journal)
            return
        context = multiprocessing.get_context(METHOD)
        own = mutate if METHOD == "spawn" else None
        with context.Pool(jobs, _Worker.begin, (own,)) as pool:
            yield from pool.imap(_Worker.play, range(first, last), CHUNK)


class _Worker:
    """What a process of the pool keeps between seeds."""

    journal: JournalFile
    ready: ExitStack

    @classmethod
    def begin(cls, mutate: str | None) -> None:
        """mutate: None where the parent has prepared everything."""
        cls.journal = JournalFile()
        if mutate is not None:
            cls.ready = prepared(mutate)

    @classmethod
    def play(cls, seed: int) -> Result:
        return play_seed(seed, cls.journal)
