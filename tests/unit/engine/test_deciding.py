"""What the preview and FIRE share: one decision for one moment, another as soon as anything is."""

from pathlib import Path

import pytest

from signalos_desktop.engine.deciding import Deciding
from signalos_desktop.engine.managing_desks import Management
from signalos_desktop.engine.settings import Settings
from tests.helpers.rig import Rig, play, quote, snapshot


@pytest.mark.parametrize("changed", ["nothing", "time", "price", "settings", "override", "anew"])
def test_the_rules_look_again_when_anything_is_another(tmp_path: Path, changed: str) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        item = rig.inbox.get(await rig.submit())
        assert item is not None
        deciding = Deciding(
            rig.inbox, Settings(), rig.bus, rig.clock, Management(rig.bus, rig.clock)
        )
        first = deciding.decide(item, rig.desk)
        rig.clock.move(0.1 if changed == "time" else 0.01)
        if changed == "price":
            moved = quote(rig.clock.now(), "1.08010", "1.08020")
            rig.pipeline.on_facts(rig.desk, snapshot(rig.clock, quotes=(moved,)))
        elif changed == "settings":
            deciding.settings = Settings().with_change("risk.percent", "0.5")
        override = "the news is over" if changed == "override" else ""
        again = deciding.decide(item, rig.desk, override, anew=changed == "anew")
        assert (again is first) is (changed == "nothing")

    play(tmp_path, scene)
