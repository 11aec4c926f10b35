"""A strategy's rules as a form: meaning, limits, what holds without it; rules come and go."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from signalos_desktop.engine.settings import Settings
from signalos_desktop.ui.pages.setting_control import TEXT_WIDTH, make_control
from signalos_desktop.ui.theme.figures import counted
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.settings_form import title_of
from signalos_desktop.ui.viewmodels.strategies import RuleLine, StrategyForm, strategy_note
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.choices import Combo
from signalos_desktop.ui.widgets.inputs import SettingRow
from signalos_desktop.ui.widgets.layouts import boxed, empty_layout, row, stack
from signalos_desktop.ui.widgets.panel import PanelFrame
from signalos_desktop.ui.widgets.scroll import ScrollPage
from signalos_desktop.ui.widgets.text import CutText, Rule, Text

NOTHING = "Nothing changes until you save."


class StrategyFormView(PanelFrame):
    """saved, exported, removed: what the user wants done; edited: a rule was typed or moved."""

    saved = Signal()
    exported = Signal()
    removed = Signal()
    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Strategy")
        self._theme = theme
        self.form = StrategyForm(Settings(), "")
        self.controls: dict[str, QWidget] = {}
        self.drops: dict[str, Button] = {}
        self.rule = Combo(theme, (), "Rule to add", width=260)
        self.add_rule = Button(theme, "Add rule", ButtonKind.SECONDARY, "plus", height=28)
        self.save = Button(theme, "Save", ButtonKind.PRIMARY, "check")
        self.discard = Button(theme, "Discard", ButtonKind.GHOST)
        self.export = Button(theme, "Export…", ButtonKind.GHOST, "export", height=28)
        self.remove = Button(theme, "Remove", ButtonKind.DANGER, "trash", height=28)
        self.remove.setAccessibleName("Remove the strategy")
        self.note = CutText(theme, NOTHING, "small", "text2")
        self._list = QVBoxLayout()
        self._make()

    def show_form(self, form: StrategyForm) -> None:
        """SettingInvalidError if a strategy cannot have this name."""
        lines = tuple(form.lines())
        self.form = form
        self.head.set_title(form.name)
        held = strategy_note(form.settings, form.name)
        self.head.set_note(f"{counted(len(lines), 'rule')}, {held}")
        empty_layout(self._list)
        self.controls, self.drops = {}, {}
        for line in lines:
            self._add_line(line)
        self._list.addStretch(1)
        self.rule.clear()
        for key in form.free():
            self.rule.addItem(f"{title_of(key)} ({key})", key)
        self._refresh()

    def tell(self, text: str, colour: str) -> None:
        self.note.setText(text)
        self.note.set_look(colour)
        self.note.setAccessibleName(text)

    # ------------------------------------------------------------------ inner

    def _make(self) -> None:
        theme = self._theme
        self.head.add_action(self.export)
        self.head.add_action(self.remove)
        self._list.setContentsMargins(16, 4, 16, 8)
        self._list.setSpacing(0)
        body = boxed(self._list)
        self.add(ScrollPage(theme, body), 1)
        # A scroll area makes its page paint a ground of its own; this one lies on the panel's.
        body.setAutoFillBackground(False)
        self.add(Rule(theme))
        self.add(row(self.rule, self.add_rule, None, gap=8, margins=(16, 8, 16, 0)))
        foot = row(self.note, self.discard, self.save, gap=8, margins=(16, 8, 16, 8))
        foot.setStretch(0, 1)
        self.add(foot)
        self.add_rule.clicked.connect(self._add_rule)
        self.save.clicked.connect(self.saved)
        self.discard.clicked.connect(self._discard)
        self.export.clicked.connect(self.exported)
        self.remove.clicked.connect(self.removed)

    def _add_line(self, line: RuleLine) -> None:
        theme, key = self._theme, line.key
        control = make_control(
            theme,
            line.setting,
            line.title,
            line.value,
            lambda text: self.form.error(key, text),
            lambda text: self._type(key, text),
        )
        drop = Button(theme, "Take out", ButtonKind.GHOST, height=24)
        drop.setAccessibleName(f"Take {line.title} out of the strategy")
        drop.clicked.connect(lambda: self._drop(key))
        without = Text(theme, f"without it {line.without or 'nothing'}", "caption", "text3")
        under = boxed(row(without, None, drop, gap=4))
        under.setFixedWidth(TEXT_WIDTH)
        self.controls[key], self.drops[key] = control, drop
        title = f"{line.group}: {line.title}"
        body = SettingRow(theme, title, line.about, boxed(stack(control, under, gap=2)))
        self._list.addWidget(boxed(stack(body, Rule(theme))))

    def _add_rule(self) -> None:
        key = self.rule.currentData()
        if key:
            self.form.add(str(key))
            self._redraw()

    def _drop(self, key: str) -> None:
        self.form.remove(key)
        self._redraw()

    def _redraw(self) -> None:
        self.show_form(self.form)
        self.edited.emit()

    def _type(self, key: str, text: str) -> None:
        self.form.type(key, text)
        self._refresh()
        self.edited.emit()

    def _discard(self) -> None:
        self.form.discard()
        self._redraw()

    def _refresh(self) -> None:
        form, changed = self.form, self.form.changed
        problem = form.problem() if changed or not form.stored else ""
        self.save.setEnabled(changed and not problem)
        self.discard.setEnabled(changed)
        self.export.setEnabled(form.stored)
        self.remove.setEnabled(form.stored and not form.used_for)
        self.remove.setToolTip("Take it away from all first" if form.used_for else "")
        self.add_rule.setEnabled(bool(form.free()))
        self.tell(problem or NOTHING, "bad" if problem and changed else "text2")
