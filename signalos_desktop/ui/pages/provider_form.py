"""One provider's settings as a form: each with its value, where that comes from, and a reset."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from signalos_desktop.engine.settings import Settings
from signalos_desktop.ui.pages.setting_control import TEXT_WIDTH, make_control
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.providers import ProviderForm, ProviderLine
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.inputs import SettingRow
from signalos_desktop.ui.widgets.layouts import boxed, empty_layout, row, stack
from signalos_desktop.ui.widgets.panel import PanelFrame
from signalos_desktop.ui.widgets.scroll import ScrollPage
from signalos_desktop.ui.widgets.text import CutText, Rule, Text

NOTHING = "Nothing changes until you save; a reset is at once."


class ProviderFormView(PanelFrame):
    """saved: the user wants his changes kept. reset: a field that is to be as for all again."""

    saved = Signal()
    reset = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Provider")
        self._theme = theme
        self.form = ProviderForm(Settings(), "")
        self.controls: dict[str, QWidget] = {}
        self.resets: dict[str, Button] = {}
        self.origins: dict[str, Text] = {}
        self.save = Button(theme, "Save", ButtonKind.PRIMARY, "check")
        self.discard = Button(theme, "Discard", ButtonKind.GHOST)
        self.note = CutText(theme, NOTHING, "small", "text2")
        self._list = QVBoxLayout()
        self._list.setContentsMargins(16, 0, 16, 8)
        self._list.setSpacing(0)
        body = boxed(self._list)
        self.add(ScrollPage(theme, body), 1)
        # A scroll area makes its page paint a ground of its own; this one lies on the panel's.
        body.setAutoFillBackground(False)
        self.add(Rule(theme))
        foot = row(self.note, self.discard, self.save, gap=8, margins=(16, 8, 16, 8))
        foot.setStretch(0, 1)
        self.add(foot)
        self.save.clicked.connect(self.saved)
        self.discard.clicked.connect(self._discard)

    def show_form(self, form: ProviderForm) -> None:
        """SettingInvalidError if a provider of this name cannot have settings."""
        lines = tuple(form.lines())
        self.form = form
        self.head.set_title(form.name)
        empty_layout(self._list)
        self.controls, self.resets, self.origins = {}, {}, {}
        group = ""
        for line in lines:
            if line.group != group:
                group = line.group
                head = Text(self._theme, group, "emphasis", "text", 600)
                head.setContentsMargins(0, 12, 0, 6)
                self._list.addWidget(head)
            self._add_line(line)
        self._list.addStretch(1)
        self._refresh()

    def tell(self, text: str, colour: str) -> None:
        self.note.setText(text)
        self.note.set_look(colour)
        self.note.setAccessibleName(text)

    # ------------------------------------------------------------------ inner

    def _add_line(self, line: ProviderLine) -> None:
        theme, field = self._theme, line.field
        control = make_control(
            theme,
            line.setting,
            line.title,
            line.value,
            lambda text: self.form.error(field, text),
            lambda text: self._type(field, text),
        )
        origin = Text(theme, line.origin, "caption", "text3")
        reset = Button(theme, "Reset", ButtonKind.GHOST, height=24)
        reset.setAccessibleName(f"Reset {line.title} to what holds for all")
        reset.setToolTip(f"As for all: {self.form.inherited(field) or 'nothing'}")
        reset.clicked.connect(lambda: self.reset.emit(field))
        under = boxed(row(origin, None, reset, gap=4))
        under.setFixedWidth(TEXT_WIDTH)
        whole = boxed(stack(control, under, gap=2))
        self.controls[field], self.resets[field], self.origins[field] = control, reset, origin
        body = SettingRow(theme, line.title, f"{line.setting.help} ({line.setting.key})", whole)
        self._list.addWidget(boxed(stack(body, Rule(theme))))

    def _type(self, field: str, text: str) -> None:
        self.form.type(field, text)
        self._refresh()

    def _discard(self) -> None:
        for field in self.form.changes():
            self.form.forget(field)
        self.show_form(self.form)

    def _refresh(self) -> None:
        changes, errors = self.form.changes(), self.form.errors()
        count = len(changes)
        self.head.set_note(self.form.trust_words)
        for line in self.form.lines():
            typed, origin = line.field in changes, self.origins[line.field]
            self.resets[line.field].setVisible(typed or line.own)
            origin.setText("not saved yet" if typed else line.origin)
            origin.set_look("amber" if typed else "accent" if line.own else "text3")
        self.save.set_text(f"Save {count} change{'s' if count != 1 else ''}" if count else "Save")
        self.save.setEnabled(bool(count) and not errors)
        self.discard.setEnabled(bool(count))
        if errors:
            self.tell(next(iter(errors.values())), "bad")
        else:
            self.tell(NOTHING, "text2")
