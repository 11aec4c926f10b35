"""The strategies page: named sets of rules, whom they hold for, import, export and preview."""

import asyncio
import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from signalos_desktop.engine.setting_kinds import SettingInvalidError
from signalos_desktop.engine.setting_strategies import EVERYWHERE, strategy_key
from signalos_desktop.engine.settings import Settings
from signalos_desktop.engine.strategies import NONE
from signalos_desktop.engine.strategy_files import LARGEST
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.pages.needs import Needs
from signalos_desktop.ui.pages.strategy_form import StrategyFormView
from signalos_desktop.ui.pages.strategy_preview import StrategyPreview
from signalos_desktop.ui.pages.strategy_use import StrategyUse
from signalos_desktop.ui.rule_wishes import RuleWishes
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.viewmodels.strategies import StrategyForm, decision_lines, strategy_note
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.inputs import Field
from signalos_desktop.ui.widgets.layouts import boxed, empty_layout, row, stack
from signalos_desktop.ui.widgets.notices import EmptyState
from signalos_desktop.ui.widgets.panel import PanelFrame
from signalos_desktop.ui.widgets.scroll import ScrollPage
from signalos_desktop.ui.widgets.text import Rule

_SIDE, _USE = 184, 240
_FILES = "Strategies (*.json)"


class StrategiesPage(QWidget):
    """What is typed for a strategy stays until it is saved or discarded."""

    def __init__(self, theme: Theme, actions: Actions, needs: Needs) -> None:
        super().__init__()
        self._theme, self._actions, self._needs = theme, actions, needs
        self._wishes = RuleWishes(actions)
        self._settings = Settings()
        self._forms: dict[str, StrategyForm] = {}
        self._providers: list[str] = []
        self.current = ""
        self.buttons: dict[str, Button] = {}
        self.form = StrategyFormView(theme)
        self.use = StrategyUse(theme)
        self.last = StrategyPreview(theme)
        self.add = Field(theme, "Name of a new strategy", width=160, placeholder="New strategy")
        self.import_button = Button(theme, "Import…", ButtonKind.SECONDARY, "paste", height=28)
        self._list = stack(gap=2, margins=(8, 8, 8, 8))
        self._side = PanelFrame(theme, "Strategies")
        self._places = QStackedWidget()
        self._make()
        actions.do(self.load())

    async def load(self) -> None:
        """The settings in force, and for whom a strategy can hold."""
        self._settings = await self._needs.settings()
        answer = await self._wishes.providers()
        names = answer.data.get("providers", ()) if answer.ok else ()
        self._providers = [str(n) for n in names] if isinstance(names, list | tuple) else []
        for form in self._forms.values():
            form.take_settings(self._settings)
        self._show_list()

    def choose(self, name: str) -> None:
        """Show a strategy, or a new one of this name."""
        form = self._forms.setdefault(name, StrategyForm(self._settings, name))
        self.form.show_form(form)
        self.current = name
        self._show_use()
        for other, button in self.buttons.items():
            button.set_kind(ButtonKind.SECONDARY if other == name else ButtonKind.GHOST)
        self._places.setCurrentIndex(1)

    async def save(self) -> bool:
        form = self._forms[self.current]
        if not form.changed or form.problem():
            return False
        answer = await self._wishes.take_strategy(form.document())
        return await self._told(answer.ok, answer.text, f"{form.name} saved")

    async def hold(self, name: str, target: str) -> bool:
        """Let a strategy hold for a target; `none` = none holds for it any more."""
        answer = await self._wishes.use_strategy(name, target)
        return await self._told(answer.ok, answer.text, f"{name} for {target}")

    async def remove(self) -> bool:
        name = self.current
        answer = await self._wishes.remove_strategy(name)
        if answer.ok:
            self._forms.pop(name, None)
            self.current = ""
        return await self._told(answer.ok, answer.text, f"{name} removed")

    async def preview(self, last: int) -> None:
        answer = await self._wishes.preview_strategy(self.current, last)
        if answer.ok:
            self.last.show_decisions(decision_lines(answer.data["signals"]))
        else:
            self.last.tell(answer.text)

    async def import_file(self, path: Path) -> bool:
        """Keep the strategy of a file; what is wrong is told with key, value and range."""
        try:
            text = await asyncio.to_thread(_read, path)
        except (OSError, ValueError) as error:
            return await self._told(False, f"{path.name}: {error}", "")
        answer = await self._wishes.take_strategy(text)
        if answer.ok and isinstance(found := json.loads(text), dict):
            self.current = str(found["strategy"])
            self._forms.pop(self.current, None)
        return await self._told(answer.ok, f"{path.name}: {answer.text}", f"{path.name} imported")

    async def export_file(self, path: Path) -> bool:
        answer = await self._wishes.export_strategy(self.current)
        if not answer.ok:
            return await self._told(False, answer.text, "")
        text = json.dumps(answer.data["document"], indent=2, ensure_ascii=False) + "\n"
        try:
            await asyncio.to_thread(path.write_text, text, "utf-8")
        except OSError as error:
            return await self._told(False, f"{path.name} was not written: {error}", "")
        self._actions.say(Tone.OK, f"{self.current} exported", path.name, "export")
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._places.currentIndex():
            self._actions.do(self.load())

    # ------------------------------------------------------------------ making

    def _make(self) -> None:
        theme = self._theme
        self._side.setFixedWidth(_SIDE)
        holder = boxed(self._list)
        self._side.add(ScrollPage(theme, holder), 1)
        # A scroll area makes its page paint a ground of its own; this one lies on the panel's.
        holder.setAutoFillBackground(False)
        self._side.add(Rule(theme))
        self._side.add(stack(self.add, self.import_button, gap=8, margins=(12, 8, 12, 8)))
        nothing = PanelFrame(theme)
        fact = "No strategy yet: the rules of the settings hold for every signal"
        nothing.add(EmptyState(theme, "shield", fact, "Import one, or name a new one"), 1)
        self.use.setFixedWidth(_USE)
        both = row(self.form, self.use, gap=4)
        both.setStretch(0, 1)
        self._places.addWidget(nothing)
        whole = stack(gap=4)
        whole.addLayout(both, 3)
        whole.addWidget(self.last, 2)
        self._places.addWidget(boxed(whole))
        page = row(self._side, self._places, gap=4, margins=(4, 4, 4, 4))
        page.setStretch(1, 1)
        self.setLayout(page)
        do = self._actions.do
        self.add.committed.connect(self._add_named)
        self.import_button.clicked.connect(self._ask_import)
        self.form.saved.connect(lambda: do(self.save()))
        self.form.removed.connect(lambda: do(self.remove()))
        self.form.exported.connect(self._ask_export)
        self.form.edited.connect(self._show_use)
        self.use.used.connect(lambda target: do(self.hold(self.current, target)))
        self.use.ended.connect(lambda target: do(self.hold(NONE, target)))
        self.last.wanted.connect(lambda last: do(self.preview(last)))

    def _show_list(self) -> None:
        stored = sorted(self._settings.strategies)
        new = [name for name, form in self._forms.items() if name not in stored and form.changed]
        names = [*stored, *new]
        if self.current and self.current not in names and self.current in self._forms:
            names.append(self.current)
        empty_layout(self._list)
        self.buttons = {}
        for name in names:
            note = strategy_note(self._settings, name) if name in stored else "not saved"
            button = Button(self._theme, name, ButtonKind.GHOST, sub=_cut(note), height=40)
            button.setAccessibleName(f"{name}, {note}")
            button.clicked.connect(lambda _=False, name=name: self.choose(name))
            self.buttons[name] = button
            self._list.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._list.addStretch(1)
        if names:
            self.choose(self.current if self.current in names else names[0])
        else:
            self._places.setCurrentIndex(0)

    def _targets(self) -> list[str]:
        account = self._actions.account
        own = [str(account)] if account is not None else []
        return [EVERYWHERE, *own, *self._providers]

    def _add_named(self, text: str) -> None:
        name = text.strip()
        if not name:
            return
        try:
            self._settings.declared(strategy_key(name, "risk.percent"))
        except SettingInvalidError as invalid:
            self.add.show_error(invalid.text)
            return
        self.add.set_text("")
        self._forms.setdefault(name, StrategyForm(self._settings, name))
        self.current = name
        self._show_list()

    def _show_use(self) -> None:
        form = self._forms[self.current]
        self.use.show_form(form, self._targets(), live=self._actions.live)
        self.last.show_form(form)

    # ------------------------------------------------------------------ files

    def _ask_import(self) -> None:
        dialog = QFileDialog(self, "Import a strategy", "", _FILES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self._actions.do(self.import_file(Path(name))))
        dialog.open()

    def _ask_export(self) -> None:
        dialog = QFileDialog(self, "Export the strategy", f"{self.current}.json", _FILES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.fileSelected.connect(lambda name: self._actions.do(self.export_file(Path(name))))
        dialog.open()

    async def _told(self, ok: bool, problem: str, done: str) -> bool:
        if not ok:
            self.form.tell(problem, "bad")
            self._actions.say(Tone.BAD, "The strategy was refused", problem, "cross")
            return False
        await self.load()
        self.form.tell(done, "ok")
        return True


def _read(path: Path) -> str:
    """ValueError for what cannot be a strategy."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(f"more than {LARGEST} bytes, which no strategy has")
    return data.decode("utf-8")


def _cut(note: str) -> str:
    return note if len(note) <= 26 else f"{note[:25]}…"
