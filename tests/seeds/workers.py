"""Seeds played in this process or in several, always handed out in the order of their numbers."""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Iterator
from contextlib import ExitStack

from tests.seeds.journal import JournalFile
from tests.seeds.mutations import mutation
from tests.seeds.run import Result, play_seed, quick

CHUNK = 20


def prepared(mutate: str) -> ExitStack:
    """Ready to play, with the defect of this name put back, if any."""
    logging.disable(logging.CRITICAL)
    stack = ExitStack()
    stack.enter_context(quick())
    if mutate:
        stack.enter_context(mutation(mutate).applied())
    return stack


def results(first: int, last: int, jobs: int, mutate: str) -> Iterator[Result]:
    """Whoever stops in the middle knows where to go on."""
    if jobs == 1:
        with prepared(mutate):
            journal = JournalFile()
            for seed in range(first, last):
                yield play_seed(seed, journal)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(jobs, _Worker.begin, (mutate,)) as pool:
        yield from pool.imap(_Worker.play, range(first, last), CHUNK)


class _Worker:
    """What a process of the pool keeps between seeds."""

    journal: JournalFile
    ready: ExitStack

    @classmethod
    def begin(cls, mutate: str) -> None:
        cls.journal, cls.ready = JournalFile(), prepared(mutate)

    @classmethod
    def play(cls, seed: int) -> Result:
        return play_seed(seed, cls.journal)
