"""The first run: terminals found or none, the demo first, a proof that is or is not one."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.text import Text
from signalos_desktop.ui.wizard import Wizard, WizardNeeds


@dataclass(frozen=True, slots=True)
class Place:
    path: str
    name: str
    found: str


@dataclass(frozen=True, slots=True)
class Found:
    check: str
    ok: bool
    text: str
    next_step: str = ""


PLACES = (Place("/a", "Northgate", "data folder"), Place("/b", "Harbour", "portable"))


async def find() -> Sequence[Place]:
    return PLACES


async def keep(folder: str) -> str:
    return ""


async def prove(folder: str) -> Sequence[Found]:
    return [Found("EA", False, f"EA_NOT_RUNNING: {folder}", "Attach it to a chart")]


async def deploy(folder: str) -> Found:
    return Found(folder, True, "9 files written", "Now compile it with F7")


@pytest.fixture
def wizard(qtbot: QtBot, theme: Theme) -> Wizard:
    made = Wizard(theme, Actions(), WizardNeeds(find, prove, keep, deploy))
    made.resize(1040, 624)
    qtbot.addWidget(made)
    made.show()
    return made


def test_one_of_the_terminals_is_chosen(wizard: Wizard) -> None:
    asyncio.run(wizard.look())
    assert wizard.chosen == "/a"
    wizard.choices["/b"].click()
    assert wizard.chosen == "/b"
    assert not wizard.choices["/a"].isChecked()
    assert all(choice.accessibleName() for choice in wizard.choices.values())
    wizard.grab()


def test_without_a_terminal_the_demo_is_still_there(qtbot: QtBot, wizard: Wizard) -> None:
    wizard.show_terminals(())
    assert not wizard.prove.isEnabled()
    assert not asyncio.run(wizard.check())
    with qtbot.waitSignal(wizard.demo):
        wizard.try_demo.click()


def test_the_expert_advisor_is_put_into_the_chosen_terminal(wizard: Wizard) -> None:
    assert not wizard.deploy.isEnabled()
    asyncio.run(wizard.look())
    wizard.choices["/b"].click()
    asyncio.run(wizard.put_ea())
    said = " ".join(text.text() for text in wizard.findChildren(Text))
    assert "9 files written. Now compile it with F7" in said
    assert wizard.deploy.isEnabled()


def test_an_ea_that_does_not_answer_is_no_proof(wizard: Wizard) -> None:
    ended: list[bool] = []
    wizard.done.connect(lambda: ended.append(True))
    asyncio.run(wizard.look())
    assert not asyncio.run(wizard.check())
    assert ended == []
    assert wizard.prove.isEnabled()
