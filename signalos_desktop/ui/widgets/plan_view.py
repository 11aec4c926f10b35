"""What firing an update does, step by step, with what it leaves out and why it asks."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.plan_lines import PlanLine, PlanShown
from signalos_desktop.ui.widgets.layouts import boxed, empty_layout, row, stack
from signalos_desktop.ui.widgets.section import SectionHead
from signalos_desktop.ui.widgets.text import Icon, Text


class PlanView(QWidget):
    """set_plan(None) leaves nothing to see."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._head = SectionHead(theme, "FIRE will")
        self._body = stack(gap=4, margins=(0, 2, 0, 6))
        self.setLayout(stack(self._head, self._body))
        self.hide()

    def set_plan(self, plan: PlanShown | None) -> None:
        empty_layout(self._body)
        self.setVisible(plan is not None)
        if plan is None:
            return
        self._head.set_title(plan.title)
        self._head.set_note(plan.note)
        for line in plan.lines:
            self._body.addWidget(self._make(line))
        self.setAccessibleName(f"{plan.title}: " + "; ".join(line.text for line in plan.lines))

    def _make(self, line: PlanLine) -> QWidget:
        colour = "text" if line.kind == "step" else line.colour
        weight = 600 if line.kind == "step" else 400
        text = Text(self._theme, line.text, "body", colour, weight, wrap=True)
        made = row(gap=8)
        icon = Icon(self._theme, line.icon, 16, line.colour)
        made.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        made.addWidget(text, 1)
        holder = boxed(made)
        holder.setAccessibleName(f"{line.kind}: {line.text}")
        return holder
