"""The ticket of the gallery, with an invented signal."""

from decimal import Decimal

from signalos_desktop.domain.risk.decision import Gate, GateState
from signalos_desktop.domain.signal import Span
from signalos_desktop.domain.values import Side
from signalos_desktop.ui.theme.figures import THIN
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.outcome import LevelLine, VolumeLine
from signalos_desktop.ui.widgets.figure_grid import LevelTable, VolumeTable
from signalos_desktop.ui.widgets.fire_bar import FireBar
from signalos_desktop.ui.widgets.gates import GatesList
from signalos_desktop.ui.widgets.layouts import boxed, row, stack
from signalos_desktop.ui.widgets.message_view import MessageView, ReadingView
from signalos_desktop.ui.widgets.panel import PanelFrame
from signalos_desktop.ui.widgets.text import Rule, Text

MESSAGE = """GOLD BUY NOW
Entry 4064 - 4062.5
SL: 4057.50
TP1 4069.50
TP2 4075.50
TP3 4084.50
Use proper risk management!"""


def spans() -> list[Span]:
    found = []
    for field, word in (
        ("symbol", "GOLD"),
        ("side", "BUY"),
        ("entry", "4064 - 4062.5"),
        ("sl", "4057.50"),
        ("tp", "4069.50"),
        ("tp", "4075.50"),
        ("tp", "4084.50"),
    ):
        start = MESSAGE.index(word)
        found.append(Span(field, start, start + len(word)))
    return found


def all_gates() -> list[Gate]:
    passed, near = GateState.PASSED, GateState.NEAR
    rows = (
        ("Signal age", "19", "s", "max", "60", passed),
        ("Confidence", "92", "", "min", "75", passed),
        ("Session", "open", "", "", "to 22:55", passed),
        ("Late entry", "in zone", "", "max", "1.50", passed),
        ("Spread", "32", "points", "max", "40", near),
        ("Reward to risk", "1.75", "", "min", "1.50", passed),
        ("Risk", "0.98", "%", "max", "1.00", passed),
        ("Open risk", "5.07", "%", "max", "6.00", near),
        ("Positions", "7", "", "max", "10", passed),
        ("Trades today", "8", "", "max", "10", near),
        ("USD exposure", "38", "%", "max", "60", passed),
        ("News, USD", "in 1 h 27", "", "min", "0 h 30", passed),
        ("Headroom left", "213.10", "", "min", "36.00", passed),
        ("Margin level", "474", "%", "min", "200", passed),
    )
    return [
        Gate(name, state, limit, actual, name, True, name, unit, bound)
        for name, actual, unit, bound, limit, state in rows
    ]


def ticket(theme: Theme) -> PanelFrame:
    frame = PanelFrame(theme)
    compact, pad = theme.density.compact, theme.density.ticket_padding
    head = row(
        Text(theme, "Buy", "symbol", "buy", 700),
        Text(theme, "XAUUSD", "symbol", "text", 700),
        4,
        Text(theme, "Gold Circle VIP, message 48213, 14:32:07", "small", "text3"),
        None,
        Text(theme, "4063.18", "emphasis", "text2", 600),
        Text(theme, "4063.50", "emphasis", "text", 600),
        margins=(pad, 0, pad, 0),
    )
    top = boxed(head)
    top.setFixedHeight(36 if compact else 48)
    message, reading = MessageView(theme), ReadingView(theme)
    message.set_message(MESSAGE, spans(), buying=True)
    message.setFixedWidth(216 if compact else 280)
    fields = [
        ("symbol", "Symbol", "XAUUSD.r", "from GOLD, your map"),
        ("entry", "Order", "Buy at market", "4062.50 to 4064.00"),
        ("sl", "S/L", "4057.50", "6.00 = 600 points"),
        ("tp", "T/P 1", "4069.50", "close 50 %"),
        ("tp", "T/P 2", "4075.50", "close 30 %"),
        ("tp", "T/P 3", "4084.50", "close 20 %"),
        ("", "Confidence", "92", "needs 75"),
    ]
    reading.set_reading(fields[: 6 if compact else 7], "every span used", buying=True)
    volume, levels = VolumeTable(theme), LevelTable(theme)
    volume.setFixedWidth(216 if compact else 280)
    volume.set_lines(
        (
            VolumeLine("Risk" if compact else f"Risk of 12{THIN}485.40", "1.00 %", "0.98 %", True),
            VolumeLine("Money at risk", "124.85", "122.40", True),
            VolumeLine("Volume, lots", "0.2040", "0.20", True),
            VolumeLine("Margin", "", "812.70"),
        ),
        "step 0.01, min 0.01",
    )
    levels.set_lines(
        (
            LevelLine("S/L", "4057.50", "0.20", Decimal("-122.40"), Decimal("-1.00"), loss=True),
            LevelLine("T/P 1", "4069.50", "0.10", Decimal("59.30"), Decimal("0.48")),
            LevelLine("T/P 2", "4075.50", "0.06", Decimal("71.58"), Decimal("0.58")),
            LevelLine("T/P 3", "4084.50", "0.04", Decimal("83.72"), Decimal("0.68")),
        ),
        "USD",
        "commission 1.40, slippage 1.00",
    )
    gates = GatesList(theme)
    gates.set_gates(all_gates())
    fire = FireBar(theme)
    fire.set_ready(
        Side.BUY, "0.20", "Expires 14:33:07", "\u221286.94 at S/L, 213.10 left after all S/Ls"
    )
    fire.set_left(41, 60)
    first = row(message, reading, gap=2 * pad)
    second = row(volume, Rule(theme, standing=True), levels, gap=pad)
    body = stack(first, second, gates, None, gap=2 if compact else 10, margins=(pad, 4, pad, 0))
    for part in (top, Rule(theme)):
        frame.add(part)
    frame.add(body, 1)
    frame.add(Rule(theme))
    frame.add(fire)
    frame.setFixedWidth(568 if compact else 680)
    return frame
