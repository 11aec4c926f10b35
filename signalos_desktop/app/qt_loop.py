"""The panel's event loop: Qt's own, under qasync, with what qasync leaves out."""

import asyncio
import sys
from collections.abc import AsyncGenerator, Coroutine
from typing import Any, TypeVar

import qasync
from PySide6.QtWidgets import QApplication

T = TypeVar("T")


def run_on_qt(app: QApplication, work: Coroutine[Any, Any, T]) -> T:
    """Run to the end on this thread; generators that are left early are closed on the loop."""
    before = sys.get_asyncgen_hooks()
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        closing: set[asyncio.Task[None]] = set()

        def close(left: AsyncGenerator[Any, Any]) -> None:
            if not runner.get_loop().is_closed():
                task = runner.get_loop().create_task(_close(left))
                closing.add(task)
                task.add_done_callback(closing.discard)

        sys.set_asyncgen_hooks(finalizer=close)
        try:
            return runner.run(work)
        finally:
            sys.set_asyncgen_hooks(*before)


async def _close(left: AsyncGenerator[Any, Any]) -> None:
    await left.aclose()
