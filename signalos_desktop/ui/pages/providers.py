"""The providers page: how each one's messages are taken and read, and the teaching by marks."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from signalos_desktop.engine.setting_kinds import SettingInvalidError
from signalos_desktop.engine.settings import Settings
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.pages.needs import Needs
from signalos_desktop.ui.pages.provider_form import ProviderFormView
from signalos_desktop.ui.pages.teach import TeachPage
from signalos_desktop.ui.rule_wishes import RuleWishes
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.viewmodels.providers import ProviderForm, provider_note
from signalos_desktop.ui.viewmodels.teaching import TeachSubject
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.inputs import Field
from signalos_desktop.ui.widgets.layouts import boxed, empty_layout, row, stack
from signalos_desktop.ui.widgets.notices import EmptyState
from signalos_desktop.ui.widgets.panel import PanelFrame
from signalos_desktop.ui.widgets.scroll import ScrollPage
from signalos_desktop.ui.widgets.text import Rule

_LONGEST = 26
_SIDE = 224


class ProvidersPage(QWidget):
    """Providers that have said something or have settings; nothing changes before Save."""

    def __init__(self, theme: Theme, actions: Actions, needs: Needs) -> None:
        super().__init__()
        self._theme, self._actions, self._needs = theme, actions, needs
        self._wishes = RuleWishes(actions)
        self._forms: dict[str, ProviderForm] = {}
        self._settings = Settings()
        self.current = ""
        self.buttons: dict[str, Button] = {}
        self.form = ProviderFormView(theme)
        self.teach_page = TeachPage(theme, actions, self._wishes)
        self.add = Field(theme, "Name of another provider", width=200, placeholder="Add by name")
        self._list = stack(gap=2, margins=(8, 8, 8, 8))
        self._side = PanelFrame(theme, "Providers")
        self._form_place = QStackedWidget()
        self._places = QStackedWidget()
        self._make()
        actions.do(self.load())

    async def load(self) -> None:
        """The settings in force and who has said something; what was typed stays."""
        self._settings = await self._needs.settings()
        answer = await self._wishes.providers()
        names = answer.data.get("providers", ()) if answer.ok else self._settings.providers
        self.show_providers(
            [str(name) for name in names] if isinstance(names, list | tuple) else []
        )

    def show_providers(self, names: list[str]) -> None:
        own = [*names, *(n for n in self._settings.providers if n not in names)]
        if self.current and self.current not in own:
            own.append(self.current)
        for form in self._forms.values():
            form.take_settings(self._settings)
        empty_layout(self._list)
        self.buttons = {}
        for name in own:
            self._add_button(name)
        self._list.addStretch(1)
        self._side.head.set_note(str(len(own)) if own else "")
        if self.current or own:
            self.choose(self.current or own[0])
        else:
            self._form_place.setCurrentIndex(0)

    def choose(self, name: str) -> None:
        """Show a provider's settings; what was typed for another one stays there."""
        try:
            form = self._forms.setdefault(name, ProviderForm(self._settings, name))
            self.form.show_form(form)
        except SettingInvalidError as invalid:
            self._forms.pop(name, None)
            self._actions.say(Tone.BAD, "This name cannot have settings", invalid.text)
            return
        self.current = name
        if name not in self.buttons:
            self._add_button(name, at=self._list.count() - 1)
        for other, button in self.buttons.items():
            button.set_kind(ButtonKind.SECONDARY if other == name else ButtonKind.GHOST)
        self._form_place.setCurrentIndex(1)

    async def save(self) -> bool:
        """Ask the engine to take all changes of the provider; True if it did."""
        form = self._forms[self.current]
        changes = form.changes()
        if not changes or form.errors():
            return False
        answer = await self._wishes.set_provider(form.name, changes)
        return await self._told(answer.ok, answer.text, f"Saved: {', '.join(changes)}")

    async def reset(self, field: str) -> bool:
        """What holds for all holds for this provider again; at once."""
        form = self._forms[self.current]
        form.forget(field)
        if field not in form.own_fields():
            self.form.show_form(form)
            return True
        answer = await self._wishes.reset_provider(form.name, (field,))
        value = form.inherited(field) or "nothing"
        return await self._told(answer.ok, answer.text, f"{field} is {value} again")

    def teach(self, subject: TeachSubject) -> None:
        self.teach_page.open(subject)
        self._places.setCurrentWidget(self.teach_page)

    @property
    def teaching(self) -> bool:
        return self._places.currentWidget() is self.teach_page

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.buttons:
            self._actions.do(self.load())

    # ------------------------------------------------------------------ inner

    def _make(self) -> None:
        theme = self._theme
        self._side.setFixedWidth(_SIDE)
        holder = boxed(self._list)
        self._side.add(ScrollPage(theme, holder), 1)
        # A scroll area makes its page paint a ground of its own; this one lies on the panel's.
        holder.setAutoFillBackground(False)
        self._side.add(Rule(theme))
        self._side.add(row(self.add, margins=(12, 8, 12, 8)))
        nobody = PanelFrame(theme)
        fact = "No provider has said anything yet"
        nobody.add(EmptyState(theme, "list", fact, "Paste a signal, or add a provider by name"), 1)
        self._form_place.addWidget(nobody)
        self._form_place.addWidget(self.form)
        page = row(self._side, self._form_place, gap=4, margins=(4, 4, 4, 4))
        page.setStretch(1, 1)
        self._places.addWidget(boxed(page))
        self._places.addWidget(self.teach_page)
        self.setLayout(stack(self._places))
        self.add.committed.connect(self._add_named)
        self.form.saved.connect(lambda: self._actions.do(self.save()))
        self.form.reset.connect(lambda field: self._actions.do(self.reset(field)))
        self.teach_page.left.connect(self._leave_teaching)
        self._actions.teach_wanted.connect(self.teach)

    def _add_button(self, name: str, at: int = -1) -> None:
        shown = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        note = provider_note(self._settings, name)
        button = Button(self._theme, shown, ButtonKind.GHOST, sub=note, height=40)
        button.setAccessibleName(f"{name}, {note}")
        button.clicked.connect(lambda: self.choose(name))
        self.buttons[name] = button
        self._list.insertWidget(at, button, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_named(self, text: str) -> None:
        if text.strip():
            self.choose(text.strip())
            self.add.set_text("")

    async def _told(self, ok: bool, problem: str, done: str) -> bool:
        if not ok:
            self.form.tell(problem, "bad")
            return False
        await self.load()
        self.form.tell(done, "ok")
        return True

    def _leave_teaching(self, provider: str) -> None:
        self._places.setCurrentIndex(0)
        self.current = provider
        self._actions.do(self.load())
