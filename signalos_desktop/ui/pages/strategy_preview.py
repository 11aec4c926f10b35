"""What a strategy would have decided on the last signals, beside what holds now."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from signalos_desktop.ui.models.columns import Cell, Column
from signalos_desktop.ui.models.table import TableModel
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.strategies import DecisionLine, StrategyForm
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.choices import Segmented
from signalos_desktop.ui.widgets.panel import PanelFrame
from signalos_desktop.ui.widgets.table import TablePanel

LAST = ("20", "50", "100")


def decision_columns() -> tuple[Column[DecisionLine], ...]:
    def then(line: DecisionLine) -> Cell:
        if line.changed:
            return Cell(line.then, "amber", 600)
        return Cell(line.then, "text3")

    def mark(line: DecisionLine) -> Cell:
        return Cell("changes" if line.changed else "same", "amber" if line.changed else "text3")

    return (
        Column("signal", "Signal", 80, lambda r: Cell(r.signal, "text2"), drop=2),
        Column("provider", "Provider", 110, lambda r: Cell(r.provider), drop=1),
        Column("now", "Now", 0, lambda r: Cell(r.now), minimum=100),
        Column("then", "With it", 0, then, minimum=100),
        Column("mark", "", 72, mark, drop=3),
    )


class StrategyPreview(PanelFrame):
    """wanted: how many signals are to be judged again."""

    wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "On the last signals", line=False)
        self.last = Segmented(theme, LAST, "50", "How many signals are judged again")
        self.look = Button(theme, "Preview", ButtonKind.SECONDARY, "refresh", height=28)
        model: TableModel[DecisionLine] = TableModel(
            decision_columns(), lambda r: r.provider, parent=self
        )
        self.table = TablePanel(theme, model, "Decisions on the last signals")
        self.note = ""
        self.head.add_action(self.last)
        self.head.add_action(self.look)
        self.add(self.table, 1)
        self.look.clicked.connect(lambda: self.wanted.emit(int(self.last.current)))

    def show_form(self, form: StrategyForm) -> None:
        """What was decided before says nothing of a strategy that was changed since."""
        ready = form.stored and not form.changed
        self.look.setEnabled(ready)
        self.table.view.table.set_rows(())
        self.tell(
            "see which of them it would decide otherwise"
            if ready
            else "save it first: what is previewed and used is what is saved"
        )

    def show_decisions(self, lines: Sequence[DecisionLine]) -> None:
        self.table.view.table.set_rows((f"{at}", line) for at, line in enumerate(lines))
        changed = sum(line.changed for line in lines)
        self.tell(
            f"{changed} of {len(lines)} decided otherwise, each judged at its own moment with "
            "nothing open: a paper result, not a promise"
            if lines
            else "no signal is known that states an order: there is nothing to judge"
        )

    def tell(self, text: str) -> None:
        self.note = text
        self.head.set_note(text)
