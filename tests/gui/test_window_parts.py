"""Parts of the window: account line, banner, toasts, tabs, inbox, changes, proof."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.values import Account, Side
from signalos_desktop.ui.models.inbox import InboxItem, make_inbox_model
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.widgets.account_line import AccountLine
from signalos_desktop.ui.widgets.button import Button
from signalos_desktop.ui.widgets.changes import Change, ChangeList
from signalos_desktop.ui.widgets.inbox_list import InboxList
from signalos_desktop.ui.widgets.notices import Banner, EmptyState
from signalos_desktop.ui.widgets.proof import Proof, ProofPanel, ProofStep, ProofTicket
from signalos_desktop.ui.widgets.stat import Stat
from signalos_desktop.ui.widgets.tabs import Tab, TabBar
from signalos_desktop.ui.widgets.text import CutText, Text
from signalos_desktop.ui.widgets.toasts import MOST, Toast, ToastCard, ToastStack

LEFT = Qt.MouseButton.LeftButton
STATE = AccountState(
    account=Account(51840276, "Northgate-Demo"), company="Northgate", currency="USD",
    currency_digits=2, leverage=100, margin_mode="RETAIL_HEDGING", trade_mode="DEMO",
    balance=Decimal("12485.40"), equity=Decimal("12645.18"), profit=Decimal("159.78"),
    margin=Decimal(0), margin_free=Decimal("10790.34"), margin_level=None, stop_out=Decimal(50),
    trade_allowed=True, trade_expert=True,
)  # fmt: skip


def texts(widget: QWidget) -> list[str]:
    """What a trader can read in it."""
    return [label.text() for label in widget.findChildren(Text) if not label.isHidden()]


def test_the_account_line_is_in_the_order_of_mt5(theme: Theme, qtbot: QtBot) -> None:
    line = AccountLine(theme)
    qtbot.addWidget(line)
    assert texts(line).count("waiting") == 5
    assert "unknown" in texts(line)

    line.set_account(STATE)
    shown = [text for text in texts(line) if text]
    assert shown == [
        "Balance", "12\u202f485.40", "Equity", "12\u202f645.18", "Margin", "0.00", "Free margin",
        "10\u202f790.34", "Margin level", "none", "USD, leverage 1:100", "Floating", "+159.78 USD",
    ]  # fmt: skip


def test_old_values_say_how_old_they_are(theme: Theme, qtbot: QtBot) -> None:
    line = AccountLine(theme)
    qtbot.addWidget(line)
    line.set_account(replace(STATE, currency="JPY", currency_digits=0), "14:31:58")

    assert "last values from 14:31:58" in texts(line)
    assert "12\u202f485" in texts(line)


def test_a_banner_says_what_and_offers_what_to_do(theme: Theme, qtbot: QtBot) -> None:
    banner = Banner(theme)
    qtbot.addWidget(banner)
    banner.set_notice(Tone.AMBER, "pause", "Paused", facts=(("You, at 14:31:52", "needs you"),))
    banner.set_notice(
        Tone.BAD, "unlink", "The EA has not answered for 28 s.", "Look at MT5.",
        actions=(("ping", "Send PING", "refresh"), ("steps", "Show me the steps", "info")),
        alarm=True,
    )  # fmt: skip
    buttons = {b.text(): b for b in banner.findChildren(Button) if not b.isHidden()}

    assert banner.accessibleName() == "The EA has not answered for 28 s. Look at MT5."
    assert banner.height() == theme.density.alarm_banner
    with qtbot.waitSignal(banner.acted) as acted:
        qtbot.mouseClick(buttons["Send PING"], LEFT)
    assert acted.args == ["ping"]


def test_an_alarm_is_never_cut(theme: Theme, qtbot: QtBot) -> None:
    banner = Banner(theme)
    qtbot.addWidget(banner)
    long = "close them in MT5 by hand; the flag stays and the Expert Advisor closes when it runs"
    banner.set_notice(
        Tone.BAD, "bell", "The EA does not answer the stop", long,
        actions=(("seen", "Seen", "check"), ("steps", "Show me the steps", "info")), alarm=True,
    )  # fmt: skip
    banner.resize(1300, banner.height())
    banner.show()
    qtbot.waitUntil(lambda: banner.height() == theme.density.alarm_banner)
    banner.resize(560, banner.height())
    [words] = [label for label in banner.findChildren(CutText) if label.text() == long]
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))
    assert banner.height() > theme.density.alarm_banner
    assert words.geometry().bottom() < banner.height()


def toast(number: int, tone: Tone = Tone.OK) -> Toast:
    return Toast(tone, "check", f"Toast {number}", "text", "Show", f"key {number}")


@pytest.fixture
def toasts(theme: Theme, qtbot: QtBot) -> ToastStack:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 700)
    host.show()
    made = ToastStack(theme, host)
    host.toasts = made  # type: ignore[attr-defined]  # kept alive with its host
    return made


def test_at_most_three_toasts_and_none_is_lost(toasts: ToastStack, qtbot: QtBot) -> None:
    for number in range(5):
        toasts.show_toast(toast(number, Tone.BAD))
    assert [t.title for t in toasts.shown()] == ["Toast 0", "Toast 1", "Toast 2"]
    assert toasts.waiting() == 2

    toasts.findChildren(ToastCard)[0].closed.emit()
    assert [t.title for t in toasts.shown()] == ["Toast 1", "Toast 2", "Toast 3"]
    assert len(toasts.shown()) == MOST


def test_toasts_lie_at_the_bottom_right(toasts: ToastStack) -> None:
    assert not toasts.isVisible()
    toasts.show_toast(toast(1))
    toasts.show_toast(toast(2))
    host = toasts.parentWidget()
    assert host is not None
    host.resize(1000, 600)

    assert toasts.geometry().right() <= host.width() - 16
    assert toasts.geometry().bottom() == host.height() - 17
    assert toasts.isVisible()


def test_the_action_of_a_toast_is_sent_and_closes_it(toasts: ToastStack, qtbot: QtBot) -> None:
    toasts.show_toast(toast(7, Tone.AMBER))
    with qtbot.waitSignal(toasts.acted) as acted:
        qtbot.mouseClick(toasts.findChildren(Button)[0], LEFT)

    assert acted.args == ["key 7"]
    assert toasts.shown() == ()
    assert not toasts.isVisible()


@pytest.mark.parametrize(
    ("tone", "stays"), [(Tone.OK, False), (Tone.PLAIN, False), (Tone.AMBER, True), (Tone.BAD, True)]
)
def test_warnings_stay(tone: Tone, stays: bool) -> None:
    assert toast(1, tone).stays is stays


def test_tabs_by_mouse_and_by_arrow_keys(theme: Theme, qtbot: QtBot) -> None:
    tabs = TabBar(theme, (Tab("positions", "Positions"), Tab("orders", "Orders")))
    qtbot.addWidget(tabs)
    tabs.show()
    tabs.set_count("orders", "3")
    with qtbot.waitSignal(tabs.chosen) as chosen:
        qtbot.keyClick(tabs, Qt.Key.Key_Left)
    assert chosen.args == ["orders"]
    with qtbot.waitSignal(tabs.chosen) as chosen:
        qtbot.mouseClick(tabs.childAt(20, 10), LEFT)

    assert (chosen.args, tabs.current) == (["positions"], "positions")
    assert [b.accessibleName() for b in tabs.findChildren(QWidget)] == ["Positions", "Orders, 3"]


def item(symbol: str) -> InboxItem:
    return InboxItem(
        Side.BUY, symbol, "1.1", "Meridian FX", "New", Tone.PLAIN, "", "new", "0:01", 0.9
    )


def test_the_selected_signal_stays_selected(theme: Theme, qtbot: QtBot) -> None:
    model = make_inbox_model()
    model.set_rows([("a", item("EURUSD")), ("b", item("XAUUSD"))])
    inbox = InboxList(theme, model)
    qtbot.addWidget(inbox)
    inbox.show()
    with qtbot.waitSignal(inbox.chosen) as chosen:
        inbox.select_key("b")
    model.put("c", item("GER40"))
    model.put("b", replace(item("XAUUSD"), age="0:02"))
    model.flush()

    assert (chosen.args, inbox.current_key) == (["b"], "b")
    assert [model.key_at(row) for row in range(3)] == ["c", "b", "a"]
    assert model.index(1, 0).data().startswith("New: buy XAUUSD 1.1, Meridian FX")


def test_a_message_without_an_order_has_a_row_too(theme: Theme, qtbot: QtBot) -> None:
    model = make_inbox_model()
    model.set_rows([("a", replace(item("Talk"), side=None, price=""))])
    inbox = InboxList(theme, model)
    qtbot.addWidget(inbox)
    inbox.resize(300, 100)

    assert inbox.grab().toImage() != QWidget().grab().toImage()
    assert model.index(0, 0).data().startswith("New: Talk")


def test_an_edited_signal_is_shown_field_by_field(theme: Theme, qtbot: QtBot) -> None:
    changes = ChangeList(theme)
    qtbot.addWidget(changes)
    changes.set_changes((Change("S/L", "0.64964", "0.64864", "risk +20.00", worse=True),))

    assert texts(changes) == ["S/L", "0.64964", "0.64864", "risk +20.00"]


def ticket(number: int, *, settled: bool) -> ProofTicket:
    return ProofTicket(
        number, "EURUSD", Side.BUY, "0.40", Decimal("48.80"), "1.08212",
        "Closed" if settled else "Retrying", settled, 1, 800,
        "done at 1.08534" if settled else "10004 requote", "" if settled else "again in 0.4 s",
    )  # fmt: skip


def proof(*tickets: ProofTicket) -> Proof:
    steps = (ProofStep("Stop pressed", "14:33:02.118"), ProofStep("Flat", ""))
    return Proof("1 of 2 flat", "by you", "ours", "2.8 s", "", tickets, steps, ("Call.",), "Rule.")


def test_what_is_not_settled_stands_first_and_says_what_is_next(theme: Theme, qtbot: QtBot) -> None:
    panel = ProofPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(1400, 500)
    panel.set_proof(proof(ticket(1, settled=True), ticket(2, settled=False)))
    model = panel.table.table
    assert [model.key_at(row) for row in range(2)] == ["2", "1"]
    words = [model.index(0, column).data() for column in range(model.columnCount())]
    assert words[-1] == "10004 requote, again in 0.4 s"

    panel.set_proof(proof(ticket(1, settled=True), ticket(2, settled=True)))
    assert [model.key_at(row) for row in range(2)] == ["1", "2"]
    panel.grab()
    assert "waiting" in texts(panel)
    with qtbot.waitSignal(panel.copied):
        qtbot.mouseClick(panel.copy, LEFT)


def test_foreign_text_in_a_tip_is_no_page(theme: Theme, qtbot: QtBot) -> None:
    text = CutText(theme, "<a href='https://evil.example'>click</a> " * 9)
    qtbot.addWidget(text)
    text.resize(60, 20)
    text.grab()

    assert "&lt;a href=" in text.toolTip()
    assert "<a" not in text.toolTip()


def test_an_ampersand_is_no_shortcut(theme: Theme, qtbot: QtBot) -> None:
    tabs = TabBar(theme, (Tab("receipts", "Commands & receipts"),))
    qtbot.addWidget(tabs)

    assert [button.shortcut().isEmpty() for button in tabs.findChildren(QAbstractButton)] == [True]


def test_small_parts_are_said(theme: Theme, qtbot: QtBot) -> None:
    empty, stat = EmptyState(theme, "check", "No orders"), Stat(theme, "Clock")
    qtbot.addWidget(empty)
    qtbot.addWidget(stat)
    assert stat.accessibleName() == "Clock: unknown"
    empty.set_state("check", "No open positions", "Checked at 14:33:07")
    stat.set_figure("+0.02 s", "measured 2 s ago", icon="lock")

    assert empty.accessibleName() == "No open positions. Checked at 14:33:07"
    assert stat.accessibleName() == "Clock: +0.02 s measured 2 s ago"
