"""The ticket of one signal: its reading, Input -> Result, the money at every level, its gates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from signalos_desktop.domain.levels import Levels
from signalos_desktop.domain.risk.decision import Decision, Gate, GateState, Verdict
from signalos_desktop.domain.signal import Kind, OrderReading, OrderType, Span
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.domain.values import ZERO, Account, Side, plain
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.engine.events import UpdatePlanned
from signalos_desktop.ui.theme.figures import money, price, volume
from signalos_desktop.ui.viewmodels.book import AccountBook
from signalos_desktop.ui.viewmodels.inbox import FIREABLE, SignalRecord, price_words
from signalos_desktop.ui.viewmodels.outcome import (
    LevelLine,
    VolumeLine,
    show_costs,
    show_outcome,
    shown_gate,
    volume_lines,
    volume_note,
)
from signalos_desktop.ui.viewmodels.plan_lines import (
    ChangedField,
    PlanShown,
    action_words,
    changed_fields,
    show_plan,
)

Field = tuple[str, str, str, str]
REJECTED = "Rejected by the rules"


@dataclass(frozen=True, slots=True)
class ChartOrder:
    """What the price chart draws of the ticket. targets: price, lots, money at it."""

    symbol: str
    side: Side
    entry: Decimal
    lots: Decimal
    sl: Decimal | None
    loss: Decimal
    targets: tuple[tuple[Decimal, Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class FireState:
    """Whether FIRE is possible; side None = it acts on what is open.

    icon and colour are those of the reason why it is not. over: the soft rules, with their figures,
    that are all that refuse it; empty where something else does.
    """

    ready: bool
    side: Side | None
    volume: str
    title: str
    note: str
    icon: str = ""
    colour: str = "text3"
    over: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Everything the ticket shows of a signal."""

    signal: str
    side: Side | None
    symbol: str
    about: str
    bid: str
    ask: str
    text: str
    spans: tuple[Span, ...]
    fields: tuple[Field, ...]
    read_note: str
    volume_lines: tuple[VolumeLine, ...]
    volume_note: str
    outcome: tuple[LevelLine, ...]
    outcome_note: str
    currency: str
    digits: int
    gates: tuple[Gate, ...]
    fire: FireState
    can_skip: bool
    chart: ChartOrder | None
    changes: tuple[ChangedField, ...] = ()
    plan: PlanShown | None = None


def show_ticket(
    record: SignalRecord,
    book: AccountBook | None,
    now: datetime,
    show_time: Callable[[datetime], str],
) -> Ticket:
    decisions = record.decisions.get(book.account, {}) if book is not None else {}
    decision = decisions.get(0)
    plan = record.plans.get(book.account) if book is not None else None
    spec, quote = _market(record, decision, book)
    order = record.order
    account = book.money if book is not None else None
    digits = account.currency_digits if account is not None else 2
    outcome = show_outcome(decision, spec, quote, digits) if decision is not None else ()
    gates = tuple(
        shown_gate(gate, decision)
        for gate in record.gates(_account(book))
        if gate.state is not GateState.OFF
    )
    figures = spec.digits if spec is not None else 5
    return Ticket(
        record.signal,
        order.side if order else None,
        spec.name if spec is not None else _symbol_words(record),
        _about(record, show_time(record.received)),
        price(quote.bid, figures) if quote is not None else "",
        price(quote.ask, figures) if quote is not None else "",
        record.message.text,
        record.reading.spans,
        _fields(record, decision, spec),
        _read_note(record),
        volume_lines(decision, spec, quote, account),
        volume_note(spec),
        outcome,
        show_costs(decision, spec, digits),
        account.currency if account is not None else "",
        digits,
        gates,
        _fire(record, book, decisions, now, show_time),
        record.state in (SignalState.READY, SignalState.REVIEW, SignalState.REJECTED),
        _chart(decision, outcome, spec),
        changed_fields(record.changes),
        show_plan(plan, record.state) if plan is not None else None,
    )


def _symbol_words(record: SignalRecord) -> str:
    if record.order is not None and record.order.symbol:
        return record.order.symbol
    return "Update" if record.reading.kind is Kind.UPDATE else "Message"


def _account(book: AccountBook | None) -> Account | None:
    return book.account if book is not None else None


def _market(
    record: SignalRecord, decision: Decision | None, book: AccountBook | None
) -> tuple[SymbolSpec | None, Quote | None]:
    if book is None:
        return None, None
    name = decision.legs[0].symbol if decision is not None and decision.legs else ""
    if not name and record.order is not None and record.order.symbol:
        name = record.order.symbol
    return book.specs.get(name), book.quotes.get(name)


def _about(record: SignalRecord, when: str) -> str:
    number = f", message {record.message.message_id}" if record.message.message_id else ""
    return f"{record.message.provider}{number}, {when}"


def _read_note(record: SignalRecord) -> str:
    problems = len(record.reading.problems)
    if problems:
        return "1 thing is unclear" if problems == 1 else f"{problems} things are unclear"
    if record.reading.kind is Kind.UPDATE:
        return "acts on what is open"
    return "nothing unclear" if record.reading.tradable else "asks for no order"


def _fields(
    record: SignalRecord, decision: Decision | None, spec: SymbolSpec | None
) -> tuple[Field, ...]:
    problems = tuple(("", "Unclear", "", problem.text) for problem in record.reading.problems[:3])
    order = record.order
    if order is None:
        actions = tuple(
            ("action", "Action", *action_words(action)) for action in record.reading.actions[:6]
        )
        return (*actions, *problems)
    levels = decision.levels if decision is not None else None
    fields: list[Field] = []
    broker = spec.name if spec is not None else (order.symbol or "unknown")
    named = f"from {order.symbol}" if order.symbol and order.symbol != broker else ""
    fields.append(("symbol", "Symbol", broker, named))
    fields.append(("entry", "Order", _order_words(order, levels), price_words(order)))
    fields.append(("sl", "S/L", _stop_words(order), _distance(levels, spec)))
    fields += _target_fields(order)
    if record.reading.confidence is not None:
        fields.append(("", "Confidence", plain(record.reading.confidence), ""))
    return (*fields[: 8 - len(problems)], *problems)


def _order_words(order: OrderReading, levels: Levels | None) -> str:
    side = order.side.value.capitalize() if order.side else "Side unknown"
    kind = levels.order_type if levels is not None else order.order_type
    word = "at market" if kind is OrderType.MARKET else kind.value
    return side if kind is OrderType.UNSPECIFIED else f"{side} {word}"


def _stop_words(order: OrderReading) -> str:
    if order.sl is not None:
        return plain(order.sl)
    return f"{plain(order.sl_pips)} pips" if order.sl_pips is not None else "none"


def _distance(levels: Levels | None, spec: SymbolSpec | None) -> str:
    if levels is None or levels.distance is None or spec is None:
        return ""
    points = levels.distance / spec.point
    return f"{price(levels.distance, spec.digits)} = {plain(points.quantize(Decimal(1)))} points"


def _target_fields(order: OrderReading) -> list[Field]:
    prices = [plain(target) for target in order.tps]
    prices += [f"{plain(pips)} pips" for pips in order.tp_pips]
    prices += [f"{plain(rr)} R" for rr in order.tp_rr]
    if order.tp_open:
        prices.append("open")
    if len(prices) == 1:
        return [("tp", "T/P", prices[0], "")]
    return [("tp", f"T/P {at}", text, "") for at, text in enumerate(prices[:4], 1)]


# ---------------------------------------------------------------- FIRE


def _fire(
    record: SignalRecord,
    book: AccountBook | None,
    decisions: dict[int, Decision],
    now: datetime,
    show_time: Callable[[datetime], str],
) -> FireState:
    if book is not None and book.account in record.plans:
        return _fire_plan(record, book, record.plans[book.account], now, show_time)
    order = record.order
    side = order.side if order else None
    lots = sum((decision.lots for decision in decisions.values()), ZERO)
    text = volume(lots) if lots else ""
    blocked = _blocked(record, book, now)
    if blocked is not None or side is None:
        title, note, icon, colour = blocked or ("No order", "nothing to fire", "info", "stale")
        over = _soft_refusals(record, book) if title == REJECTED and side is not None else ""
        return FireState(False, side, text, title, note, icon, colour, over)
    expires = f"Expires {show_time(record.expires)}" if record.expires else "Waits for you"
    return FireState(True, side, text, expires, _costs(tuple(decisions.values()), book))


def _fire_plan(
    record: SignalRecord,
    book: AccountBook,
    plan: UpdatePlanned,
    now: datetime,
    show_time: Callable[[datetime], str],
) -> FireState:
    """An update may be fired while entries are paused: it never opens anything."""
    blocked = _over(record)
    if blocked is None and book.trading.stopped:
        blocked = _standing(book)
    if blocked is None and record.expires is not None and record.expires <= now:
        blocked = ("Expired", "it was not fired in time", "clock", "stale")
    if blocked is None and record.state not in FIREABLE:
        blocked = ("Reading", "looking for its trade", "clock", "stale")
    if blocked is not None:
        title, note, icon, colour = blocked
        return FireState(False, None, "", title, note, icon, colour)
    expires = f"Expires {show_time(record.expires)}" if record.expires else "Waits for you"
    note = "; ".join(plan.steps) or "planned again on what is open at FIRE"
    return FireState(True, None, "", expires, note)


def _costs(decisions: Sequence[Decision], book: AccountBook | None) -> str:
    """Money at the S/L, and what is left above the highest floor if every S/L is hit, this too."""
    risk = sum((decision.risk_money for decision in decisions), ZERO)
    if book is None or book.money is None:
        return "every rule is asked again at FIRE"
    digits = book.money.currency_digits
    at_stop = f"{money(-risk, digits, signed=True)} at S/L"
    room = book.limits.headroom if book.limits is not None else None
    if room is None:
        return f"{at_stop}, every rule is asked again"
    return f"{at_stop}, {money(room - risk, digits)} left after all S/Ls"


Block = tuple[str, str, str, str]


def _blocked(record: SignalRecord, book: AccountBook | None, now: datetime) -> Block | None:
    """Why it may not be fired: title, what can be done, icon, colour."""
    if record.reading.kind is Kind.NONE:
        return ("No order in it", record.reason or "act on the trade by hand", "info", "stale")
    over = _over(record)
    if over is not None:
        return over
    standing = _standing(book)
    if standing is not None:
        return standing
    if record.expires is not None and record.expires <= now:
        return ("Expired", "it was not fired in time", "clock", "stale")
    if record.state is SignalState.REJECTED:
        return (REJECTED, record.reason, "cross", "bad")
    return None if record.state is not None else ("Reading", "checking the gates", "clock", "stale")


def _soft_refusals(record: SignalRecord, book: AccountBook | None) -> str:
    """`Reward to risk 0.80, min 1.50`; empty where a hard rule, or one not known, refuses too."""
    refusing = [gate for gate in record.gates(_account(book)) if gate.refuses]
    if any(gate.hard for gate in refusing):
        return ""
    words = (f"{g.name} {g.actual}, {g.bound or 'needs'} {g.limit}" for g in refusing)
    return "; ".join(dict.fromkeys(words))


def _over(record: SignalRecord) -> Block | None:
    """Where it stands by itself, whatever the account says."""
    if record.state is SignalState.FIRED or record.state is SignalState.DONE:
        icon = "check" if record.state is SignalState.DONE else "clock"
        done = record.state is SignalState.DONE
        return ("Done" if done else "Fired", record.reason or "waiting for the receipt", icon, "ok")
    if record.state not in FIREABLE and record.state is not None:
        word = "Review" if record.state is SignalState.REVIEW else "Over"
        return (word, record.reason, "warning" if word == "Review" else "clock", "amber")
    return None


def _standing(book: AccountBook | None) -> Block | None:
    if book is None:
        return ("No terminal", "start MetaTrader 5 with the EA", "unlink", "bad")
    state = book.trading
    if state.stopped:
        return ("Stopped: entries are locked", "unlock to paused first, then resume", "lock", "bad")
    if state is TradingState.PAUSED:
        return ("Paused: entries are refused", "you can still close and tighten", "pause", "amber")
    if state is TradingState.STARTING:
        return ("Starting", "the account is being compared with the journal", "clock", "amber")
    return None


def _chart(
    decision: Decision | None, outcome: Sequence[LevelLine], spec: SymbolSpec | None
) -> ChartOrder | None:
    if decision is None or decision.levels is None or spec is None:
        return None
    levels = decision.levels
    gains = [line.money for line in outcome if not line.loss and not line.total]
    legs = [leg for leg in decision.legs if leg.tp is not None]
    targets = tuple(
        (leg.tp, leg.lots, gain) for leg, gain in zip(legs, gains, strict=False) if leg.tp
    )
    return ChartOrder(
        spec.name,
        levels.side,
        levels.price,
        decision.lots,
        levels.sl,
        -decision.risk_money,
        targets if decision.verdict is Verdict.ACCEPTED else (),
    )
