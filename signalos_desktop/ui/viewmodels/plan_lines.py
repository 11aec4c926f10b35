"""What an update or an edit does, in lines: the fields that changed, and what FIRE will do."""

from collections.abc import Sequence
from dataclasses import dataclass

from signalos_desktop.domain.providers.differences import FieldChange, caption
from signalos_desktop.domain.signal import Action
from signalos_desktop.domain.values import plain
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.engine.events import UpdatePlanned

_CAPTIONS = {
    "kind": "Message",
    "orders": "Orders",
    "symbol": "Symbol",
    "side": "Side",
    "type": "Type",
    "entry": "Entry",
    "actions": "Actions",
}
_TITLES = {
    SignalState.FIRED: "On its way",
    SignalState.DONE: "Done",
    SignalState.READY: "FIRE will",
    None: "FIRE will",
}
_NOTHING = "nothing here yet: it is planned again on what is open at FIRE"
_ACTIONS = {
    "close": "Close",
    "close_partial": "Close a part",
    "breakeven": "S/L to break-even",
    "modify_sl": "Move S/L",
    "modify_tp": "Move T/P",
    "cancel_pending": "Cancel the order",
    "close_all": "Close all",
}


@dataclass(frozen=True, slots=True)
class ChangedField:
    """before and after as a person reads them, `none` where it is not stated."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """icon and colour say of which kind it is, words the same for a screen reader."""

    icon: str
    colour: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanShown:
    """lines in the order in which they happen; asks and notes last."""

    title: str
    note: str
    lines: tuple[PlanLine, ...]


def changed_fields(changes: Sequence[FieldChange]) -> tuple[ChangedField, ...]:
    """What an edit says differently; with several orders each says whose field it is."""
    several = any(change.order for change in changes)
    return tuple(
        ChangedField(
            f"{_caption(change.field)} of {change.order + 1}"
            if several
            else _caption(change.field),
            change.before,
            change.after,
        )
        for change in changes
    )


def show_plan(plan: UpdatePlanned, state: SignalState | None) -> PlanShown:
    steps = [PlanLine("chevron-right", "text2", "step", step) for step in plan.steps]
    ends = [
        PlanLine("skip", "text2", "step", f"end {signal}, which still waits")
        for signal in plan.ends
    ]
    asks = [PlanLine("warning", "amber", "needs you", ask) for ask in plan.asks]
    notes = [PlanLine("info", "text3", "left out", note) for note in plan.notes]
    title = _TITLES.get(state, "It would have done")
    about = f"about {plan.thread}" if plan.thread and plan.thread != plan.signal else ""
    nothing = [] if steps or ends else [PlanLine("info", "text3", "left out", _NOTHING)]
    return PlanShown(title, about, (*steps, *ends, *nothing, *asks, *notes))


def action_words(action: Action) -> tuple[str, str]:
    """An instruction of an update: what it asks for, and of what."""
    share = f" {plain(action.fraction * 100)} %" if action.fraction is not None else ""
    index = f" {action.tp_index}" if action.tp_index is not None else ""
    prices = [*([action.price] if action.price is not None else []), *action.prices]
    to = f" to {', '.join(map(plain, prices))}" if prices else ""
    what = _ACTIONS.get(action.kind.value, action.kind.value)
    if share:
        what = "Close"
    of = " ".join(str(part) for part in (action.symbol, action.side) if part is not None)
    return f"{what}{index}{share}{to}", of


def _caption(field: str) -> str:
    return _CAPTIONS.get(field) or caption(field)
