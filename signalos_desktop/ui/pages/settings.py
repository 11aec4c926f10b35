"""The settings page: made from the declarations, searched, saved all together or not at all."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from signalos_desktop.engine.settings import Settings
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.pages.needs import Needs
from signalos_desktop.ui.pages.setting_control import make_control
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.viewmodels.settings_form import FormLine, SettingsForm
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.inputs import Field, SettingRow
from signalos_desktop.ui.widgets.layouts import boxed, empty_layout, row, stack
from signalos_desktop.ui.widgets.panel import PanelFrame
from signalos_desktop.ui.widgets.scroll import ScrollPage
from signalos_desktop.ui.widgets.text import CutText, Rule, Text

_NOTHING = "Nothing changes until you save."


class SettingsPage(QWidget):
    """Nothing is in force before the engine has taken it."""

    def __init__(self, theme: Theme, actions: Actions, needs: Needs) -> None:
        super().__init__()
        self._theme, self._actions, self._needs = theme, actions, needs
        self.form = SettingsForm(Settings())
        self.controls: dict[str, QWidget] = {}
        self.rows: dict[str, QWidget] = {}
        self._lines: dict[str, FormLine] = {}
        self._heads: dict[str, QWidget] = {}
        self.groups: dict[str, Button] = {}
        self._group = ""
        self.search = Field(theme, "Find a setting", icon="search", width=220, placeholder="Find")
        self.save = Button(theme, "Save", ButtonKind.PRIMARY, "check")
        self.discard = Button(theme, "Discard", ButtonKind.GHOST)
        self.note = CutText(theme, _NOTHING, "small", "text2")
        self._title = PanelFrame(theme, "Settings")
        self._nav = stack(gap=4, margins=(8, 12, 8, 8))
        self._list = QVBoxLayout()
        self._make()
        actions.do(self.load())

    async def load(self) -> None:
        """Show the settings in force; what was typed and not saved is let go."""
        self.show_settings(await self._needs.settings())

    def show_settings(self, settings: Settings) -> None:
        self.form = SettingsForm(settings)
        self._lines = {line.key: line for line in self.form.lines()}
        empty_layout(self._list)
        empty_layout(self._nav)
        self.controls, self.rows, self._heads, self.groups = {}, {}, {}, {}
        for group in self.form.groups():
            self._add_group(group)
        self._list.addStretch(1)
        self._nav.addStretch(1)
        self.choose_group(self._group if self._group in self.groups else next(iter(self.groups)))
        self._refresh()

    def choose_group(self, group: str) -> None:
        self._group = group
        for name, button in self.groups.items():
            button.set_kind(ButtonKind.SECONDARY if name == group else ButtonKind.GHOST)
        self._title.head.set_title(group)
        self._filter()

    async def apply(self) -> bool:
        """Ask the engine to take all changes; True if it did."""
        changes = self.form.changes()
        if not changes or self.form.errors():
            return False
        self.save.setEnabled(False)
        answer = await self._actions.settings(changes)
        if not answer.ok:
            self._tell(answer.text, "bad")
            self._refresh_buttons()
            return False
        await self.load()
        self._tell(answer.text or f"Saved: {', '.join(changes)}", "amber" if answer.text else "ok")
        self._actions.say(Tone.OK, "Settings saved", ", ".join(changes))
        return True

    # ------------------------------------------------------------------ making

    def _make(self) -> None:
        theme = self._theme
        left = PanelFrame(theme, "Settings")
        groups = boxed(self._nav)
        left.add(ScrollPage(theme, groups), 1)
        left.setFixedWidth(176)
        self._title.head.add_action(self.search)
        self._list.setContentsMargins(16, 0, 16, 8)
        self._list.setSpacing(0)
        body = boxed(self._list)
        self._title.add(ScrollPage(theme, body), 1)
        # A scroll area makes its page paint a ground of its own; these lie on the panel's.
        for page in (groups, body):
            page.setAutoFillBackground(False)
        self._title.add(Rule(theme))
        foot = row(self.note, self.discard, self.save, gap=8, margins=(16, 8, 16, 8))
        foot.setStretch(0, 1)
        self._title.add(foot)
        whole = row(left, self._title, gap=4, margins=(4, 4, 4, 4))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.search.edited.connect(lambda _text: self._filter())
        self.save.clicked.connect(lambda: self._actions.do(self.apply()))
        self.discard.clicked.connect(lambda: self.show_settings(self.form.settings))

    def _add_group(self, group: str) -> None:
        button = Button(self._theme, group, ButtonKind.GHOST, height=28)
        # Where there is no room for all of them they scroll, they do not shrink.
        button.setMinimumHeight(28)
        button.clicked.connect(lambda: self._leave_search(group))
        self.groups[group] = button
        self._nav.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        head = Text(self._theme, group, "emphasis", "text", 600)
        head.setContentsMargins(0, 12, 0, 6)
        self._heads[group] = head
        self._list.addWidget(head)
        for line in self._lines.values():
            if line.group == group:
                self._add_line(line)

    def _add_line(self, line: FormLine) -> None:
        control = self._control(line)
        self.controls[line.key] = control
        body = SettingRow(self._theme, line.title, f"{line.setting.help} ({line.key})", control)
        self.rows[line.key] = boxed(stack(body, Rule(self._theme)))
        self._list.addWidget(self.rows[line.key])

    def _control(self, line: FormLine) -> QWidget:
        key = line.key
        return make_control(
            self._theme,
            line.setting,
            line.title,
            line.value,
            lambda text: self.form.error(key, text),
            lambda text: self._type(key, text),
        )

    # ------------------------------------------------------------------ using

    def _type(self, key: str, text: str) -> None:
        self.form.type(key, text)
        self._refresh()

    def _leave_search(self, group: str) -> None:
        self.search.set_text("")
        self.choose_group(group)

    def _filter(self) -> None:
        """The chosen group; with something to find, all that has it."""
        wanted = self.search.text().strip()
        shown: set[str] = set()
        for key, line in self._lines.items():
            visible = line.found_by(wanted) if wanted else line.group == self._group
            self.rows[key].setVisible(visible)
            if visible:
                shown.add(line.group)
        for group, head in self._heads.items():
            head.setVisible(bool(wanted) and group in shown)
        if wanted:
            self._title.head.set_title(f"Found for “{wanted[:40]}”" if shown else "Nothing found")
        elif self._group:
            self._title.head.set_title(self._group)

    def _refresh(self) -> None:
        for group, button in self.groups.items():
            count = self.form.changed_in(group)
            button.set_text(f"{group}  ·  {count} changed" if count else group)
        self._refresh_buttons()
        errors = self.form.errors()
        if errors:
            key, error = next(iter(errors.items()))
            self._tell(f"{key}: {error}", "bad")
        else:
            self._tell(_NOTHING, "text2")

    def _refresh_buttons(self) -> None:
        count = len(self.form.changes())
        self.save.set_text(f"Save {count} change{'s' if count != 1 else ''}" if count else "Save")
        self.save.setEnabled(bool(count) and not self.form.errors())
        self.discard.setEnabled(bool(count))

    def _tell(self, text: str, colour: str) -> None:
        self.note.setText(text)
        self.note.set_look(colour)
        self.note.setAccessibleName(text)
