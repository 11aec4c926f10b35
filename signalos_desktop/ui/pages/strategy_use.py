"""Whom a strategy holds for, with a warning where that is real money."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from signalos_desktop.engine.setting_strategies import EVERYWHERE
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.strategies import StrategyForm, target_words
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.choices import Combo
from signalos_desktop.ui.widgets.layouts import boxed, empty_layout, row, stack
from signalos_desktop.ui.widgets.panel import Ground, PanelFrame
from signalos_desktop.ui.widgets.text import Icon, Text

_LIVE = (
    "An account is LIVE: a strategy that holds for it decides on real money from the next "
    "signal on."
)


class StrategyUse(PanelFrame):
    """used, ended: a target that the strategy is to hold for, or no more."""

    used = Signal(str)
    ended = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Use")
        self._theme = theme
        self._sure = False
        self.is_live = False
        self.target = Combo(theme, (), "Whom the strategy holds for", width=210)
        self.use = Button(theme, "Use", ButtonKind.SECONDARY, "check", height=28)
        self.warning = self._make_warning()
        self.ends: dict[str, Button] = {}
        self._holders = stack(gap=4)
        self._make()

    def show_form(self, form: StrategyForm, targets: Sequence[str], *, live: bool) -> None:
        self.is_live = live
        self.warning.setVisible(live)
        self._calm()
        chosen = self.target.currentData()
        self.target.clear()
        for target in targets:
            self.target.addItem(target_words(target), target)
        self.target.setCurrentIndex(max(self.target.findData(chosen), 0))
        empty_layout(self._holders)
        self.ends = {}
        for target in form.used_for:
            self._add_holder(target)
        self.use.setEnabled(form.stored)

    # ------------------------------------------------------------------ inner

    def _make(self) -> None:
        theme = self._theme
        body = stack(gap=8, margins=(12, 10, 12, 10))
        body.addWidget(self.warning)
        body.addWidget(Text(theme, "Holds for", "small", "text2", 600))
        body.addLayout(self._holders)
        body.addWidget(self.target)
        body.addLayout(row(self.use, None, gap=8))
        self.add(body)
        self.body.addStretch(1)
        self.use.clicked.connect(self._use)
        self.target.currentIndexChanged.connect(lambda _at: self._calm())

    def _make_warning(self) -> QWidget:
        made = Ground(self._theme, "amber_bg", edge="amber_line")
        text = Text(self._theme, _LIVE, "small", "amber", wrap=True)
        line = row(Icon(self._theme, "warning", 20, "amber"), text, gap=8, margins=(10, 8, 10, 8))
        line.setStretch(1, 1)
        made.setLayout(line)
        made.setAccessibleName(_LIVE)
        made.hide()
        return made

    def _add_holder(self, target: str) -> None:
        words = target_words(target)
        end = Button(self._theme, "Take away", ButtonKind.GHOST, height=24)
        end.setAccessibleName(f"Take the strategy away from {words}")
        end.clicked.connect(lambda: self.ended.emit(target))
        self.ends[target] = end
        line = row(Text(self._theme, words, "body", "text", 600), None, end, gap=8)
        self._holders.addWidget(boxed(line))

    def _use(self) -> None:
        """On a live account it asks once more, on the same button."""
        if self.is_live and not self._sure:
            self._sure = True
            self.use.set_kind(ButtonKind.AMBER)
            self.use.set_text("Yes, with real money")
            return
        self._calm()
        self.used.emit(str(self.target.currentData() or EVERYWHERE))

    def _calm(self) -> None:
        self._sure = False
        self.use.set_kind(ButtonKind.SECONDARY)
        self.use.set_text("Use")
