"""The account in MT5's order: balance, equity, margin, free margin, margin level, floating."""

from collections.abc import Callable
from decimal import Decimal

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.ui.theme.figures import money, percent
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.layouts import boxed, row
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.text import ProfitText, Text

_FIGURES: tuple[tuple[str, Callable[[AccountState], Decimal]], ...] = (
    ("Balance", lambda state: state.balance),
    ("Equity", lambda state: state.equity),
    ("Margin", lambda state: state.margin),
    ("Free margin", lambda state: state.margin_free),
)


class AccountLine(Ground):
    """Old values are grey and say of when they are."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "panel", radius=0)
        self._theme = theme
        names = [name for name, _ in _FIGURES] + ["Margin level"]
        self._figures = {name: Text(theme, "", "body", "stale", 600) for name in names}
        self._line = row(gap=0)
        for name in names:
            pair = row(Text(theme, name, "small", "text3"), self._figures[name], gap=6)
            self._line.addWidget(boxed(pair))
        self._note = Text(theme, "", "small", "text3")
        self._line.addWidget(self._note)
        self._line.addStretch(1)
        self._floating = ProfitText(theme)
        self._line.addLayout(row(Text(theme, "Floating", "small", "text3"), self._floating, gap=6))
        self.setLayout(self._line)
        self.setAccessibleName("Account")
        theme.changed.connect(self._fit)
        self._fit()
        self.set_account(None)

    def set_account(self, state: AccountState | None, old_since: str = "") -> None:
        """old_since: time of day the values are from, empty while they are fresh."""
        if state is None:
            for figure in self._figures.values():
                self._show(figure, "waiting", "stale")
            self._floating.set_amount(None)
            self._note.setText("")
            return
        colour = "stale" if old_since else "text"
        for name, read in _FIGURES:
            self._show(self._figures[name], money(read(state), state.currency_digits), colour)
        level = "none" if state.margin_level is None else percent(state.margin_level)
        self._show(self._figures["Margin level"], level, colour)
        self._floating.set_unit(state.currency)
        self._floating.set_amount(state.profit, state.currency_digits, stale=bool(old_since))
        usual = f"{state.currency}, leverage 1:{state.leverage}"
        self._note.setText(f"last values from {old_since}" if old_since else usual)
        self._fit()

    def _show(self, figure: Text, text: str, colour: str) -> None:
        figure.setText(text)
        figure.set_look(colour)

    def _fit(self) -> None:
        compact = self._theme.density.compact
        self.setFixedHeight(self._theme.density.account_line)
        self._line.setContentsMargins(12, 0, 12, 0)
        self._line.setSpacing(14 if compact else 24)
        self._note.setVisible(not compact or self._note.text().startswith("last"))
