"""One caller a turn of the loop, in their order; who gives up keeps nobody waiting."""

import asyncio
from collections.abc import Awaitable, Callable

from signalos_desktop.engine.turnstile import Turnstile


def play(scene: Callable[[Turnstile], Awaitable[None]]) -> None:
    async def whole() -> None:
        await asyncio.wait_for(scene(Turnstile()), 10)

    asyncio.run(whole())


def test_others_have_their_turn_between_two_callers() -> None:
    async def scene(turnstile: Turnstile) -> None:
        seen: list[str] = []

        async def caller(name: str) -> None:
            await turnstile.pass_through()
            seen.append(name)

        async def heart() -> None:
            while len([s for s in seen if s != "beat"]) < 5:
                seen.append("beat")
                await asyncio.sleep(0)

        await asyncio.gather(heart(), *(caller(str(number)) for number in range(5)))
        assert [name for name in seen if name != "beat"] == ["0", "1", "2", "3", "4"]
        joined = " ".join(seen)
        assert all(f"{number} beat" in joined for number in range(4))

    play(scene)


def test_a_lonely_caller_does_not_wait() -> None:
    async def scene(turnstile: Turnstile) -> None:
        order: list[str] = []
        asyncio.get_running_loop().call_soon(order.append, "the loop's next turn")
        await turnstile.pass_through()
        order.append("through")
        await asyncio.sleep(0)
        assert order == ["through", "the loop's next turn"]

    play(scene)


def test_who_gives_up_keeps_nobody_waiting() -> None:
    async def scene(turnstile: Turnstile) -> None:
        tasks = [asyncio.ensure_future(turnstile.pass_through()) for _ in range(5)]
        await asyncio.sleep(0)
        tasks[1].cancel()
        await asyncio.sleep(0)
        tasks[2].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert [task.cancelled() for task in tasks] == [False, True, True, False, False]
        for _ in range(3):
            await asyncio.sleep(0)
        await turnstile.pass_through()

    play(scene)
