"""The engine's event loop: select() keeps timers below a millisecond, epoll rounds them up."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run_engine(work: Coroutine[Any, Any, T]) -> T:
    """Run the engine to its end; it has a handful of sockets, far below what select() can watch."""
    with asyncio.Runner(loop_factory=_make_loop) as runner:
        return runner.run(work)


def _make_loop() -> asyncio.AbstractEventLoop:
    return asyncio.SelectorEventLoop(selectors.SelectSelector())
