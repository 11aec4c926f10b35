"""The cards of the gallery: every component in each of its states, with invented data."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import chain, repeat

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from signalos_desktop.domain.risk.decision import Gate, GateState
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.domain.values import Side
from signalos_desktop.ui.models.cell_delegate import CellDelegate
from signalos_desktop.ui.models.columns import Cell, Column, profit_cell, side_cell
from signalos_desktop.ui.models.table import TableModel
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.widgets.badges import Chip, ModeBadge, StateWord
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.changes import Change, ChangeList
from signalos_desktop.ui.widgets.choices import Combo, Segmented, Switch
from signalos_desktop.ui.widgets.countdown import CountdownRing
from signalos_desktop.ui.widgets.gates import GatesList
from signalos_desktop.ui.widgets.headroom import Headroom, HeadroomBar
from signalos_desktop.ui.widgets.inputs import NumberField
from signalos_desktop.ui.widgets.layouts import boxed, row, stack
from signalos_desktop.ui.widgets.panel import Card, FigureCard
from signalos_desktop.ui.widgets.stop_button import StopButton
from signalos_desktop.ui.widgets.strip_buttons import HoldButton
from signalos_desktop.ui.widgets.table import TableView
from signalos_desktop.ui.widgets.text import Icon, Text
from signalos_desktop.ui.widgets.toasts import Toast, ToastCard

# Symbol, side, volume, price, profit, remark.
Line = tuple[str, Side, str, str, Cell, str]
STATES = ("normal", "hover", "pressed", "focus", "disabled")
ICONS = {
    ButtonKind.BUY: "fire",
    ButtonKind.SELL: "fire",
    ButtonKind.AMBER: "pause",
    ButtonKind.DANGER: "trash",
    ButtonKind.SECONDARY: "edit",
}
WORDS = {
    ButtonKind.PRIMARY: "Save",
    ButtonKind.SECONDARY: "Edit",
    ButtonKind.GHOST: "Reject",
    ButtonKind.BUY: "Fire",
    ButtonKind.SELL: "Fire",
    ButtonKind.AMBER: "Pause",
    ButtonKind.DANGER: "Remove",
}


def put_in_state(widget: QWidget, state: str) -> QWidget:
    """Bring a control into a state that otherwise needs a hand on it."""
    if state == "hover":
        widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    elif state == "pressed" and isinstance(widget, (Button, StopButton)):
        widget.setDown(True)
    elif state == "focus":
        focus = QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason)
        QApplication.sendEvent(widget, focus)
    elif state == "disabled":
        widget.setEnabled(False)
    return widget


def buttons(theme: Theme) -> Card:
    card = Card(theme, "Buttons")
    head = [Text(theme, "", "caption", "text3")]
    head += [Text(theme, state, "caption", "text3") for state in STATES]
    for label, width in zip(head, (72, 92, 92, 92, 92, 92), strict=True):
        label.setFixedWidth(width)
    card.add(row(*head, None))
    for kind in ButtonKind:
        name = Text(theme, kind.value, "caption", "text3")
        name.setFixedWidth(72)
        made = [
            put_in_state(
                Button(theme, WORDS[kind], kind, ICONS.get(kind, ""), height=32, minimum=92), state
            )
            for state in STATES
        ]
        card.add(row(name, *made, None))
    return card


def stops(theme: Theme) -> Card:
    card = Card(theme, "Emergency stop: the only octagon in the program")
    made = {state: StopButton(theme) for state in ("normal", "hover", "focus", "pressed")}
    for state, button in made.items():
        button.set_scope(6, 3)
        put_in_state(button, state)
    stopping, stopped, not_flat = StopButton(theme), StopButton(theme), StopButton(theme)
    stopping.set_stopping(2, 9)
    stopped.set_stopped(flat=True, note="nothing open, entries locked")
    not_flat.set_stopped(flat=False, note="1 position left")
    card.add(row(made["normal"], made["hover"], None))
    card.add(row(made["focus"], made["pressed"], None))
    card.add(row(stopping, stopped, not_flat, None))
    return card


def holds(theme: Theme) -> Card:
    card = Card(theme, "Hold to resume: fills while held, letting go empties it")
    times = chain((0.0, 0.8), repeat(0.8))
    rest, blocked = HoldButton(theme), HoldButton(theme)
    held = HoldButton(theme, clock=lambda: next(times))
    held.pressed.emit()
    held.setDown(True)
    held.advance()
    blocked.block("EA must answer")
    card.add(row(rest, held, blocked, None))
    return card


def states(theme: Theme) -> Card:
    card = Card(theme, "State words and badges")
    words = [StateWord(theme, state) for state in TradingState]
    badges = (ModeBadge(theme, live=False), ModeBadge(theme, live=True), ModeBadge(theme))
    card.add(row(*badges, *words[:2], None))
    card.add(row(*words[2:], None))
    return card


def chips(theme: Theme) -> Card:
    card = Card(theme, "Chips")
    rows = (
        (
            ("New", Tone.PLAIN, ""),
            ("Ready", Tone.ACCENT, "check"),
            ("Review", Tone.AMBER, "warning"),
            ("Rejected", Tone.BAD, "cross"),
            ("Fired", Tone.OK, "check"),
            ("Expired", Tone.STALE, "clock"),
            ("Edited", Tone.AMBER, "edit"),
        ),
        (
            ("Filled", Tone.OK, "check"),
            ("Partial", Tone.AMBER, "check"),
            ("Placed", Tone.ACCENT, "clock"),
            ("Denied", Tone.BAD, "lock"),
            ("Error", Tone.BAD, "warning"),
            ("Unknown, checking", Tone.AMBER, "question"),
        ),
        (
            ("Observe", Tone.STALE, ""),
            ("Confirm", Tone.ACCENT, ""),
            ("Auto", Tone.OK, ""),
            ("old prices", Tone.STALE, "clock"),
        ),
    )
    for line in rows:
        card.add(row(*(Chip(theme, *chip) for chip in line), None))
    return card


def inputs(theme: Theme) -> Card:
    card = Card(theme, "Inputs, switch, list")
    line = row(gap=8)
    for state in ("normal", "hover", "focus", "error", "disabled"):
        field = NumberField(
            theme, "Risk per trade", low=Decimal("0.05"), high=Decimal(5), unit="%", width=92
        )
        field.set_text("7.00" if state == "error" else "1.00")
        if state == "hover":
            field.box.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        if state == "focus":
            field.line.setFocus()
        field.setEnabled(state != "disabled")
        line.addLayout(stack(Text(theme, state, "caption", "text3"), field, gap=4))
    line.addStretch(1)
    card.add(line)
    combo = Combo(theme, ("FTMO 2-step", "Own"), "Formula")
    card.add(
        row(
            Switch(theme, "On", on=True),
            Text(theme, "on", "small", "text2"),
            Switch(theme, "Off"),
            Text(theme, "off", "small", "text2"),
            12,
            combo,
            Segmented(theme, ("M1", "M5", "H1"), "M5", "Timeframe"),
            None,
        )
    )
    return card


def some_gates() -> list[Gate]:
    passed, near = GateState.PASSED, GateState.NEAR
    refused, unknown = GateState.REFUSED, GateState.UNKNOWN
    return [
        Gate("TOO_OLD", passed, "60", "19", "19 s, max 60 s", True, "Signal age", "s", "max"),
        Gate("SPREAD", near, "40", "32", "32 points", True, "Spread", "points", "max"),
        Gate("LATE", refused, "1.50", "2.10", "2.10, max 1.50", True, "Late entry", "", "max"),
        Gate("NEWS", refused, "24 h", "calendar 26 h old", "old", True, "News, USD", "", "max"),
        Gate("MARGIN", unknown, "200", "waiting", "waits", True, "Margin level", "", "min"),
        Gate("RR", passed, "1.50", "1.75", "1.75", False, "Reward to risk", "", "min"),
    ]


def gates(theme: Theme) -> Card:
    card = Card(theme, "Gates: passed, near its limit, refused, not known yet")
    made = GatesList(theme)
    made.set_gates(some_gates())
    card.add(made)
    return card


def rows_in_every_state() -> Iterator[tuple[str, Line]]:
    yield "1", ("EURUSD", Side.BUY, "0.40", "1.08534", profit_cell(Decimal("48.80")), "normal")
    yield "2", ("XAUUSD.r", Side.BUY, "0.10", "4063.18", profit_cell(Decimal("119.80")), "hover")
    yield "3", ("GBPUSD", Side.SELL, "0.30", "1.27241", profit_cell(Decimal("-17.10")), "selected")
    old = profit_cell(Decimal("22.58"), stale=True)
    yield "4", ("USDJPY", Side.SELL, "0.25", "151.705", old, "old value")
    yield "5", ("GBPJPY", Side.BUY, "0.15", "", Cell("unknown", "amber", 500), "unclear")


def table(theme: Theme) -> Card:
    card = Card(theme, "Table")

    def price(line: Line) -> Cell:
        return Cell(line[3], "stale" if line[5] == "old value" else "text")

    def remark(line: Line) -> Cell:
        return Cell(line[5], "amber" if line[5] == "unclear" else "text3")

    columns = (
        Column[Line]("symbol", "Symbol", 96, lambda r: Cell(r[0], weight=600), lambda r: r[0]),
        Column[Line]("type", "Type", 60, lambda r: side_cell(r[1])),
        Column[Line]("volume", "Volume", 68, lambda r: Cell(r[2]), right=True),
        Column[Line]("price", "Price", 84, price, right=True),
        Column[Line]("profit", "Profit", 104, lambda r: r[4], right=True),
        Column[Line]("remark", "", 0, remark, right=True),
    )
    model = TableModel(columns, lambda r: r[0], lambda r: "amber_bg" if r[5] == "unclear" else "")
    model.set_rows(rows_in_every_state())
    view = TableView(theme, model, "Table")
    view.setFixedHeight(theme.density.row * (model.rowCount() + 1))
    delegate = view.itemDelegate()
    if isinstance(delegate, CellDelegate):
        delegate.hovered = (1, "")
    view.select_key("3")
    card.add(view)
    return card


def countdown(theme: Theme) -> Card:
    card = Card(theme, "Countdown and headroom")
    rings = [CountdownRing(theme) for _ in range(3)]
    for ring, left in zip(rings, (41, 12, 4), strict=True):
        ring.set_left(left, 60)
    bar = HeadroomBar(theme, 240)
    bar.set_room(Headroom(Decimal(510), Decimal(122), Decimal(177), Decimal(36)))
    words = Text(theme, "open S/Ls, this trade, left, buffer", "caption", "text3")
    card.add(row(*rings, 12, stack(None, bar, words, None, gap=6), None))
    return card


def icons(theme: Theme) -> Card:
    card = Card(theme, "Icons, 20 px grid")
    grid = QGridLayout()
    grid.setSpacing(10)
    for place, name in enumerate(theme.icons.names()):
        grid.addWidget(Icon(theme, name, 20, "text"), place // 13, place % 13)
    card.add(grid)
    return card


def toasts(theme: Theme) -> Card:
    card = Card(theme, "Toasts: bottom right, 6 s; warnings stay")
    for toast in (
        Toast(
            Tone.OK,
            "check",
            "Bought 0.20 XAUUSD.r at 4063.52",
            "ticket 48219240, asked 4063.50, 201 ms",
            "Show",
        ),
        Toast(
            Tone.AMBER,
            "edit",
            "Meridian FX changed a signal",
            "AUDUSD: S/L 0.64964 to 0.64864, your risk +20.00",
            "Compare",
        ),
        Toast(
            Tone.BAD,
            "warning",
            "T/P 2 was refused",
            "10016: 9 points from the price, the broker wants 20. Move it to 4075.70 or later.",
            "Edit",
        ),
    ):
        card.add(ToastCard(theme, toast))
    return card


def changes(theme: Theme) -> Card:
    card = Card(theme, "An edited signal: field by field")
    made = ChangeList(theme)
    made.set_changes(
        (
            Change("S/L", "0.64964", "0.64864", "risk +20.00", worse=True),
            Change("T/P 1", "0.65714", "0.65814", "+20.00"),
            Change("T/P 2", "none", "0.66064", "new"),
        )
    )
    card.add(made)
    return card


def figures(theme: Theme) -> Card:
    card = Card(theme, "Figure cards")
    net, each = (
        FigureCard(theme, "Net profit", colour="raised"),
        FigureCard(theme, "Expectancy", colour="raised"),
    )
    net.set_figure("+1\u202f284.60", "+11.47 %", "profit")
    each.set_figure("+0.24 R", "64 trades")
    card.add(row(net, each))
    return card


def type_scale(theme: Theme) -> Card:
    card = Card(theme, "Type: Inter, tabular figures")
    for role, weight, text in (
        ("headline", 700, "7 of 9 flat"),
        ("symbol", 700, "Buy XAUUSD"),
        ("title", 600, "Page title"),
        ("emphasis", 600, "Emphasis 12\u202f645.18"),
        ("body", 400, "Body 1.08412"),
        ("small", 400, "Small text"),
        ("caption", 400, "Caption, table head"),
    ):
        card.add(Text(theme, text, role, "text", weight))
    return card


def components(theme: Theme) -> QWidget:
    """Three columns of cards, as in the design's picture of components."""
    columns: tuple[tuple[Callable[[Theme], Card], ...], ...] = (
        (buttons, stops, holds, countdown, icons),
        (states, chips, inputs, gates, table),
        (toasts, changes, figures, type_scale),
    )
    line = row(gap=12, margins=(24, 24, 24, 24))
    for makers in columns:
        line.addWidget(boxed(stack(*(make(theme) for make in makers), None, gap=12)), 1)
    return boxed(line)
