"""What the tests of the EA need: a compiler, and a world that is always taken down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ea_sim.build import Program, compiler
from tests.ea_sim.world import EA, Setting, World

MakeWorld = Callable[..., World]


@pytest.fixture
def make_world(tmp_path: Path) -> Iterator[MakeWorld]:
    """Makes worlds on folders of their own and ends them."""
    worlds: list[World] = []

    def make(
        executor: str = EA, setting: Setting | None = None, program: Program | None = None
    ) -> World:
        if executor == EA:
            need_compiler()
        world = World(tmp_path / str(len(worlds)), executor, setting, program)
        worlds.append(world)
        return world

    yield make
    for world in worlds:
        world.close()


def need_compiler() -> None:
    if compiler() is None:
        pytest.skip("no C++ compiler: install g++ to run the real EA")
