"""What a user can ask about providers: list, show, set, reset, and teach by marking."""

from pathlib import Path
from typing import Any

from signalos_desktop.domain.parsing.teaching import Field, Mark
from signalos_desktop.domain.signal import Kind
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.engine.provider_controls import ProviderControls
from signalos_desktop.engine.setting_controls import SettingControls
from signalos_desktop.engine.teaching import Preview
from tests.helpers.rig import Rig
from tests.helpers.session_rig import MemoryStore
from tests.helpers.trader import Trader, trade

ODD = "EURUSD koop 1.08000\nnoodrem 1.07700\ndoelwit 1.08600"


def marks(text: str, **words: str) -> list[Mark]:
    return [
        Mark(Field(field), text.index(word), text.index(word) + len(word))
        for field, word in words.items()
    ]


def controls(rig: Rig, store: MemoryStore | None = None) -> ProviderControls:
    return ProviderControls(rig.inbox, SettingControls(rig.pipeline, store or MemoryStore()))


def data(found: object) -> Any:
    assert not isinstance(found, Refusal), found
    return found


def code(found: object) -> str:
    assert isinstance(found, Refusal)
    return found.code


def test_list_show_set_and_reset(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        verbs = controls(trader.rig)
        await trader.say("good morning")
        assert data(verbs.names()) == {"providers": ["gold"], "own": []}
        shown = data(verbs.set("silver", {"trust": "auto", "words": {"compra": "buy"}}))
        rows = {row["field"]: (row["value"], row["own"]) for row in shown["settings"]}
        assert rows["trust"] == ("auto", True)
        assert rows["words"] == ("compra=buy", True)
        assert rows["edits"] == ("accept", False)
        assert data(verbs.names()) == {"providers": ["gold", "silver"], "own": ["silver"]}
        assert trader.rig.pipeline.settings.provider("silver").trust == "auto"
        after = data(verbs.reset("silver", ["trust"]))["settings"]
        assert {row["field"] for row in after if row["own"]} == {"words"}
        data(verbs.reset("silver", []))
        assert trader.rig.pipeline.settings.providers == ()

    trade(tmp_path, scene)


def test_what_cannot_be_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        store = MemoryStore()
        verbs = controls(trader.rig, store)
        assert code(verbs.set("silver", {"trust": "yes"})) == "CONFIG_INVALID"
        assert code(verbs.set("silver", {"nix": 1})) == "CONFIG_INVALID"
        assert code(verbs.shown("  ")) == "CONFIG_INVALID"
        assert code(verbs.reset("silver", [])) == "NOTHING_TO_DO"
        assert code(verbs.reset("silver", ["nix"])) == "CONFIG_INVALID"
        data(verbs.set("silver", {"edits": "ask"}))
        store.failure = "disk full"
        assert code(verbs.set("silver", {"edits": "ignore"})) == "CONFIG_UNWRITABLE"
        assert code(verbs.reset("silver", [])) == "CONFIG_UNWRITABLE"
        assert trader.rig.pipeline.settings.provider("silver").edits == "ask"

    trade(tmp_path, scene)


def test_teaching_shows_what_would_read_otherwise_and_keeps_it_when_asked(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        verbs = controls(trader.rig)
        odd = await trader.say(ODD)
        other = await trader.say(ODD.replace("1.08600", "1.08700"))
        await trader.say("good morning")
        assert odd.state is not SignalState.READY
        marked = marks(ODD, buy="koop", sl="1.07700", tp="1.08600")
        shown = data(await verbs.teach("gold", odd.entry.signal, marked, None, save=False))
        preview = shown["preview"]
        assert isinstance(preview, Preview)
        assert preview.looked_at == 3
        assert [each.signal for each in preview.changed] == [other.entry.signal, odd.entry.signal]
        assert preview.changed[0].after.kind is Kind.OPEN
        assert trader.rig.pipeline.settings.providers == ()
        again = await trader.say(ODD, message_id="1")
        assert again.state is not SignalState.READY
        assert data(await verbs.teach("gold", odd.entry.signal, marked, 1, save=True))["saved"]
        learnt = await trader.say(ODD, message_id="2")
        assert learnt.state is SignalState.READY
        stranger = Trader(trader.rig, "other")
        assert (await stranger.say(ODD)).state is not SignalState.READY

    trade(tmp_path, scene)


def test_marks_that_teach_nothing_are_refused_in_words(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        store = MemoryStore()
        verbs = controls(trader.rig, store)
        odd = await trader.say(ODD)
        signal = odd.entry.signal
        assert code(await verbs.teach("gold", signal, [], None, save=True)) == "NOT_LEARNT"
        far = [Mark(Field.SL, 500, 510)]
        assert code(await verbs.teach("gold", signal, far, None, save=True)) == "NOT_LEARNT"
        marked = marks(ODD, buy="koop", sl="1.07700", tp="1.08600")
        assert code(await verbs.teach("gold", "S9", marked, None, save=True)) == "UNKNOWN_SIGNAL"
        assert code(await verbs.teach("other", signal, marked, None, save=True)) == "BAD_FIELD"
        assert code(await verbs.teach("gold", signal, marked, 501, save=True)) == "BAD_FIELD"
        store.failure = "disk full"
        refused = await verbs.teach("gold", signal, marked, None, save=True)
        assert code(refused) == "CONFIG_UNWRITABLE"
        assert store.saved == []

    trade(tmp_path, scene)
