"""The parts of the ticket: gates, outcome, volume, countdown, Fire."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from signalos_desktop.domain.risk.decision import Gate, GateState
from signalos_desktop.domain.values import Side
from signalos_desktop.ui.theme.density import COMPACT
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.outcome import LevelLine, VolumeLine
from signalos_desktop.ui.widgets.countdown import CountdownRing
from signalos_desktop.ui.widgets.figure_grid import LevelTable, VolumeTable
from signalos_desktop.ui.widgets.fire_bar import FireBar
from signalos_desktop.ui.widgets.gates import GateRow, GatesList, count_gates
from signalos_desktop.ui.widgets.override_line import OverrideLine

LEFT = Qt.MouseButton.LeftButton
PASSED, NEAR, REFUSED = GateState.PASSED, GateState.NEAR, GateState.REFUSED
UNKNOWN, OFF = GateState.UNKNOWN, GateState.OFF


def gate(name: str, state: GateState) -> Gate:
    return Gate(name.upper(), state, "40", "32", f"{name}: 32, max 40", True, name, "points", "max")


@pytest.mark.parametrize(
    ("states", "text"),
    [
        ([PASSED, PASSED], "2 of 2 passed"),
        ([PASSED, NEAR], "2 of 2 passed, 1 near its limit"),
        ([NEAR, NEAR], "2 of 2 passed, 2 near their limit"),
        ([PASSED, REFUSED], "1 of 2 passed, 1 refuses"),
        ([REFUSED, REFUSED, NEAR], "1 of 3 passed, 2 refuse"),
        ([PASSED, UNKNOWN], "1 of 2 passed, 1 not known"),
        ([UNKNOWN, REFUSED, OFF], "0 of 2 passed, 1 refuses, 1 not known"),
        ([PASSED, GateState.OVERRIDDEN], "1 of 2 passed, 1 fired over"),
        ([], "0 of 0 passed"),
    ],
)
def test_gates_are_counted_in_words(states: list[GateState], text: str) -> None:
    assert count_gates([gate("Spread", state) for state in states]) == text


def names(gates: GatesList) -> list[str]:
    rows = gates.findChildren(GateRow)
    return [row.accessibleName() for row in rows if not row.isHidden()]


def test_what_refuses_stands_first_and_nothing_else_moves(theme: Theme, qtbot: QtBot) -> None:
    gates = GatesList(theme)
    qtbot.addWidget(gates)
    gates.set_gates([gate("A", PASSED), gate("B", UNKNOWN), gate("C", REFUSED), gate("D", NEAR)])

    assert names(gates) == [
        "C, refused: C: 32, max 40",
        "A, passed: A: 32, max 40",
        "B, not known, so it refuses: B: 32, max 40",
        "D, passed, near its limit: D: 32, max 40",
    ]
    theme.set_density(COMPACT)
    gates.set_gates([gate("A", PASSED)])
    assert names(gates) == ["A, passed: A: 32, max 40"]
    gates.set_gates([])
    assert names(gates) == []


@pytest.mark.parametrize("state", list(GateState))
@pytest.mark.parametrize("compact", [True, False])
def test_every_gate_can_be_painted(
    theme: Theme, qtbot: QtBot, state: GateState, compact: bool
) -> None:
    if compact:
        theme.set_density(COMPACT)
    row = GateRow(theme)
    qtbot.addWidget(row)
    row.resize(200, 24)
    empty = row.grab().toImage()
    row.set_gate(gate("Reward to risk", state))

    assert row.grab().toImage() != empty


@pytest.mark.parametrize(
    ("left", "text", "token"),
    [
        (41, "0:41", "text2"),
        (20.2, "0:21", "text2"),
        (20, "0:20", "amber"),
        (5, "0:05", "bad"),
        (0.2, "0:01", "bad"),
        (0, "0:00", "bad"),
        (-3, "0:00", "bad"),
        (3900, "65 m", "text2"),
    ],
)
def test_the_ring_turns_amber_and_red(
    theme: Theme, qtbot: QtBot, left: float, text: str, token: str
) -> None:
    ring = CountdownRing(theme)
    qtbot.addWidget(ring)
    ring.set_left(left, 60)
    ring.grab()

    assert (ring.text(), ring.token()) == (text, token)
    spoken = "1:05:00" if left == 3900 else text
    assert ring.accessibleName() == f"{spoken} left"


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> FireBar:
    made = FireBar(theme)
    qtbot.addWidget(made)
    made.resize(680, 68)
    made.show()
    return made


def test_nothing_can_be_fired_at_first(bar: FireBar, qtbot: QtBot) -> None:
    assert not bar.fire.isEnabled()
    with qtbot.assertNotEmitted(bar.fired):
        qtbot.mouseClick(bar.fire, LEFT)


@pytest.mark.parametrize("side", list(Side))
def test_fire_says_side_and_volume(bar: FireBar, qtbot: QtBot, side: Side) -> None:
    bar.set_ready(side, "0.20", "Expires 14:33:07", "leaves 213.10 today")

    assert bar.fire.accessibleName() == f"Fire {side.value} 0.20"
    with qtbot.waitSignal(bar.fired):
        qtbot.mouseClick(bar.fire, LEFT)


def test_a_blocked_signal_can_be_rejected_but_not_fired(bar: FireBar, qtbot: QtBot) -> None:
    bar.set_ready(Side.BUY, "0.20", "Expires 14:33:07", "")
    bar.set_blocked(Side.BUY, "0.20", "pause", "amber", "Paused: entries are refused", "")

    with qtbot.assertNotEmitted(bar.fired):
        qtbot.mouseClick(bar.fire, LEFT)
        qtbot.keyClick(bar.fire, Qt.Key.Key_Space)
    assert not bar.over.isVisible()
    with qtbot.waitSignal(bar.rejected):
        qtbot.mouseClick(bar.reject, LEFT)


def test_what_only_a_soft_rule_refuses_is_fired_with_a_reason(
    bar: FireBar, theme: Theme, qtbot: QtBot
) -> None:
    bar.set_blocked(Side.BUY, "0.20", "cross", "bad", "Rejected by the rules", "", over=True)
    assert not bar.fire.isVisible()
    with qtbot.waitSignal(bar.over_asked):
        qtbot.mouseClick(bar.over, LEFT)

    line = OverrideLine(theme)
    qtbot.addWidget(line)
    line.set_order(Side.BUY, "0.20", "Reward to risk 0.80, min 1.50")
    line.ask()
    assert "Reward to risk 0.80" in line.accessibleName()
    with qtbot.assertNotEmitted(line.fired):
        qtbot.keyClicks(line.reason.line, "  a ")
        qtbot.keyClick(line.reason.line, Qt.Key.Key_Return)
        qtbot.mouseClick(line.go, LEFT)
    qtbot.keyClicks(line.reason.line, "retest")
    with qtbot.waitSignal(line.fired) as fired:
        qtbot.keyClick(line.reason.line, Qt.Key.Key_Return)
    assert fired.args == ["  a retest"]

    line.ask()
    assert line.reason.text() == ""
    qtbot.keyClick(line.reason.line, Qt.Key.Key_Escape)
    assert not line.isVisible()


def test_the_outcome_is_money_and_multiples(theme: Theme, qtbot: QtBot) -> None:
    table = LevelTable(theme)
    qtbot.addWidget(table)
    table.set_lines(
        (
            LevelLine("S/L", "4057.50", "0.20", Decimal("-1122.40"), Decimal(-1), loss=True),
            LevelLine("T/P 1", "4069.50", "0.10", Decimal("59.3"), None),
            LevelLine("All T/Ps", "", "0.20", Decimal("214.6"), Decimal("1.75"), total=True),
        ),
        "USD",
        "",
    )

    shown = [[cell.text for cell in row] for row in table.grid.rows()]
    assert shown[0] == ["S/L", "4057.50", "0.20", "\u22121\u202f122.40", "\u22121.00"]
    assert shown[1][3:] == ["+59.30", ""]
    assert shown[2][3:] == ["+214.60", "+1.75"]
    assert "-1122.40" in table.grid.accessibleName()
    assert {row[3].colour for row in table.grid.rows()} == {"loss", "profit"}


def test_volume_is_input_and_result(theme: Theme, qtbot: QtBot) -> None:
    table = VolumeTable(theme)
    qtbot.addWidget(table)
    table.set_lines((VolumeLine("Volume, lots", "0.2040", "0.20", deciding=True),), "step 0.01")
    before = table.grid.sizeHint().height()
    theme.set_density(COMPACT)

    assert [cell.text for cell in table.grid.rows()[0]] == ["Volume, lots", "0.2040", "0.20"]
    assert table.grid.sizeHint().height() < before
