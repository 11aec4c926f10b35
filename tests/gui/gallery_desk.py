"""The desk's panels side by side, where the design's pictures have them."""

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.domain.values import Account, Side
from signalos_desktop.ui.models.inbox import InboxItem, make_inbox_model
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.widgets.account_line import AccountLine
from signalos_desktop.ui.widgets.badges import Chip, ModeBadge, StateWord
from signalos_desktop.ui.widgets.button import Button, ButtonKind, IconButton, RailButton
from signalos_desktop.ui.widgets.headroom import Headroom, HeadroomBar
from signalos_desktop.ui.widgets.inbox_list import InboxList
from signalos_desktop.ui.widgets.layouts import boxed, row, stack
from signalos_desktop.ui.widgets.panel import Ground, PanelFrame
from signalos_desktop.ui.widgets.stat import Stat
from signalos_desktop.ui.widgets.stop_button import StopButton
from signalos_desktop.ui.widgets.strip_buttons import PauseButton
from signalos_desktop.ui.widgets.tabs import Tab, TabBar
from signalos_desktop.ui.widgets.text import ProfitText, Rule, Text
from tests.gui.gallery_charts import equity, price
from tests.gui.gallery_tables import positions
from tests.gui.gallery_ticket import ticket


def strip(theme: Theme) -> QWidget:
    ground = Ground(theme, "panel", radius=0)
    ground.setFixedHeight(theme.density.strip)
    compact = theme.density.compact
    ea, clock = Stat(theme, "Expert Advisor"), Stat(theme, "Clock")
    account = Stat(theme, "Account")
    account.set_figure("51840276@Northgate-Demo")
    ea.set_figure("alive", "0.4 s ago, 38 ms", dot="ok")
    clock.set_figure("+0.02 s", icon="lock")
    profit = ProfitText(theme)
    profit.set_amount(Decimal("245.98"))
    today = stack(None, Text(theme, "Today", "caption", "text3"), profit, None, gap=2)
    bar = HeadroomBar(theme, 150 if compact else 300)
    bar.set_room(Headroom(Decimal(510), Decimal(122), Decimal(177), Decimal(36)))
    caption = row(
        Text(theme, "After all S/Ls", "caption", "text3"),
        None,
        Text(theme, "335.50", "body", "text", 600),
    )
    stop = StopButton(theme)
    stop.set_scope(6, 3)
    gap = 10 if compact else 20
    line = row(
        ModeBadge(theme, live=False),
        account,
        Rule(theme, standing=True, length=32),
        ea,
        clock,
        Rule(theme, standing=True, length=32),
        StateWord(theme, TradingState.RUNNING),
        today,
        stack(None, caption, bar, None, gap=4),
        None,
        PauseButton(theme),
        stop,
        gap=gap,
        margins=(12, 0, 12, 0),
    )
    ground.setLayout(line)
    return ground


def account_line(theme: Theme) -> QWidget:
    money = dict(
        zip(
            ("balance", "equity", "profit", "margin", "margin_free", "margin_level", "stop_out"),
            map(Decimal, ("12485.40", "12645.18", "159.78", "1854.84", "10790.34", "681.74", "50")),
            strict=True,
        )
    )
    made = AccountLine(theme)
    made.set_account(
        AccountState(
            account=Account(51840276, "Northgate-Demo"),
            company="Northgate",
            currency="USD",
            currency_digits=2,
            leverage=100,
            margin_mode="RETAIL_HEDGING",
            trade_mode="DEMO",
            trade_allowed=True,
            trade_expert=True,
            **money,
        )
    )
    return made


def inbox(theme: Theme) -> PanelFrame:
    frame = PanelFrame(theme, "Signals", "today 18")
    frame.head.add_action(IconButton(theme, "search", "Find a signal", size=24))
    frame.head.add_action(Chip(theme, "3 open"))
    model = make_inbox_model(frame)
    buy, sell = Side.BUY, Side.SELL
    items = (
        InboxItem(
            buy,
            "XAUUSD",
            "4062.50 to 4064.00",
            "Gold Circle VIP",
            "Ready",
            Tone.ACCENT,
            "check",
            "14 of 14 gates, 0.20 lots",
            "0:19",
            41 / 60,
        ),
        InboxItem(
            sell,
            "EURUSD",
            "1.08550",
            "Meridian FX",
            "New",
            Tone.PLAIN,
            "",
            "checking the gates",
            "0:04",
            56 / 60,
        ),
        InboxItem(
            buy,
            "GBPJPY",
            "191.200",
            "Kestrel Signals",
            "Review",
            Tone.AMBER,
            "warning",
            "two numbers could be the S/L",
            "0:47",
            13 / 60,
        ),
        InboxItem(
            buy,
            "NAS100",
            "21480.0",
            "Kestrel Signals",
            "Rejected",
            Tone.BAD,
            "cross",
            "spread 310, limit 200 points",
            "2:10",
            dead=True,
        ),
        InboxItem(
            sell,
            "USDJPY",
            "151.842",
            "Meridian FX",
            "Fired",
            Tone.OK,
            "check",
            "ticket 48219164, +22.58",
            "4:29:47",
        ),
        InboxItem(
            sell,
            "US30",
            "43910",
            "Gold Circle VIP",
            "Expired",
            Tone.STALE,
            "clock",
            "nobody fired it within 60 s",
            "12:26",
            dead=True,
        ),
        InboxItem(
            buy,
            "AUDUSD",
            "0.65214",
            "Meridian FX",
            "Edited",
            Tone.AMBER,
            "edit",
            "S/L 0.64964 to 0.64864, risk +20.00",
            "1:27:24",
        ),
    )
    model.set_rows((str(n), item) for n, item in reversed(list(enumerate(items))))
    view = InboxList(theme, model)
    view.select_key("0")
    frame.add(view, 1)
    frame.setFixedWidth(256 if theme.density.compact else 336)
    return frame


def bottom(theme: Theme) -> PanelFrame:
    frame = PanelFrame(theme)
    names = ("Positions", "Orders", "History", "Commands & receipts", "Journal", "Statistics")
    tabs = TabBar(theme, [Tab(name, name) for name in names])
    tabs.set_count("Positions", "6")
    tabs.set_count("Orders", "3")
    tabs.set_count("Commands & receipts", "1 unknown", Tone.AMBER)
    tabs.add_action(Button(theme, "Break-even all", ButtonKind.GHOST, "shield", height=28))
    tabs.add_action(Button(theme, "Close 6 positions", ButtonKind.GHOST, "cross", height=28))
    frame.add(tabs)
    frame.add(Rule(theme))
    frame.add(positions(theme), 1)
    frame.setFixedHeight(206 if theme.density.compact else 264)
    return frame


def rail(theme: Theme) -> QWidget:
    ground = Ground(theme, "panel", radius=0)
    names = (
        ("desk", "Trading desk"),
        ("receipt", "Commands and receipts"),
        ("chart-line", "Statistics"),
    )
    buttons = [RailButton(theme, icon, name) for icon, name in names]
    buttons[0].setChecked(True)
    ground.setLayout(stack(*buttons, None, gap=4, margins=(4, 8, 4, 8)))
    ground.setFixedWidth(theme.density.rail)
    return ground


def desk(theme: Theme) -> QWidget:
    """The panels where the design's pictures have them; the window itself is built elsewhere."""
    charts = QVBoxLayout()
    charts.setSpacing(4)
    charts.addWidget(equity(theme), 2)
    charts.addWidget(price(theme), 3)
    middle = row(inbox(theme), ticket(theme), gap=4)
    middle.addLayout(charts, 1)
    body = stack(gap=4, margins=(4, 4, 4, 4))
    body.addLayout(middle, 1)
    body.addWidget(bottom(theme))
    page = row(rail(theme), gap=0)
    page.addLayout(body, 1)
    window = stack(strip(theme), Rule(theme), account_line(theme), gap=0)
    window.addLayout(page, 1)
    return boxed(window)
