"""Everything a user can ask of the engine; each wish is answered, none is dropped in silence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from signalos_desktop.domain.command import Command
from signalos_desktop.domain.orders import (
    breakeven_command,
    cancel_command,
    close_command,
    modify_command,
)
from signalos_desktop.domain.parsing.teaching import Mark
from signalos_desktop.domain.signal import Message
from signalos_desktop.domain.trading_state import PauseReason, Refusal, StopLevel
from signalos_desktop.domain.values import Account, floor_to_step, plain
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.elsewhere import clear_elsewhere
from signalos_desktop.engine.flight import CLOSED
from signalos_desktop.engine.fresh_start import start_fresh
from signalos_desktop.engine.limits import Headroom, headroom
from signalos_desktop.engine.overriding import read_reason
from signalos_desktop.engine.pipeline import Pipeline
from signalos_desktop.engine.ports import LedgerFailedError
from signalos_desktop.engine.provider_controls import ProviderControls
from signalos_desktop.engine.resting import cancel_resting
from signalos_desktop.engine.resume import Resume, Step
from signalos_desktop.engine.session import Session
from signalos_desktop.engine.setting_controls import SettingControls, SettingsStore
from signalos_desktop.engine.settings import live_warning
from signalos_desktop.engine.settling import opened_by, settle, to_settle
from signalos_desktop.engine.standings import Standing, standing_of
from signalos_desktop.engine.stop_latch import StopLatch
from signalos_desktop.engine.stop_words import BUTTON, DRILL
from signalos_desktop.engine.strategies import StrategyControls
from signalos_desktop.engine.tickets import entry_of, fitted


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a wish. refusals: every reason against it, empty when ok."""

    ok: bool
    code: str = "OK"
    text: str = ""
    refusals: tuple[Refusal, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)


def refused(*refusals: Refusal) -> Answer:
    return Answer(False, refusals[0].code, "; ".join(r.text for r in refusals), refusals)


def answered(found: Mapping[str, object] | Refusal) -> Answer:
    return refused(found) if isinstance(found, Refusal) else Answer(True, data=found)


class Controls:
    """The verbs. stop() may be called from any thread, all others only on the engine's loop."""

    def __init__(
        self, session: Session, pipeline: Pipeline, latch: StopLatch, store: SettingsStore
    ) -> None:
        self._session = session
        self._pipeline = pipeline
        self._latch = latch
        self.drill = session.make_drill(lambda: latch.press(StopLevel.FLATTEN, DRILL).press_id)
        self._settings = SettingControls(pipeline, store)
        self.strategies = StrategyControls(self._settings, pipeline)
        self._providers = ProviderControls(pipeline.inbox, self._settings)

    # ------------------------------------------------------------------ signals

    async def submit(self, message: Message) -> Answer:
        signal = await self._pipeline.submit(message)
        return Answer(True, data={"signal": signal})

    async def fire(
        self, signal: str, account: Account | None = None, *, override: str | None = None
    ) -> Answer:
        """override: why the user fires over soft rules; None = not over any, empty is refused."""
        desk = self._desk(account)
        if isinstance(desk, Refusal):
            return refused(desk)
        why = read_reason(override)
        if isinstance(why, Refusal):
            return refused(why)
        refusal = await self._pipeline.fire(signal, desk, by_user=True, override=why)
        return refused(refusal) if refusal else Answer(True, data={"signal": signal})

    async def skip(self, signal: str) -> Answer:
        refusal = await self._pipeline.skip(signal)
        return refused(refusal) if refusal else Answer(True, data={"signal": signal})

    # ------------------------------------------------------------------ tickets

    async def close(
        self, ticket: int, fraction: Decimal | None = None, account: Account | None = None
    ) -> Answer:
        """Close a position, or the fraction of it (0 to 1), rounded down to lot steps."""
        desk = self._desk_of(ticket, account)
        if isinstance(desk, Refusal):
            return refused(desk)
        position = desk.book.positions.get(ticket)
        if position is None:
            return refused(Refusal("NO_POSITION", f"{ticket} is an order: cancel it instead"))
        lots = None
        if fraction is not None and fraction != 1:
            part = self._part(desk, ticket, fraction)
            if isinstance(part, Refusal):
                return refused(part)
            lots = part
        return await self._send(
            desk, close_command(desk.issuer(), desk.next_id(), ticket, position.symbol, lots)
        )

    async def modify(
        self,
        ticket: int,
        sl: Decimal | None,
        tp: Decimal | None,
        account: Account | None = None,
    ) -> Answer:
        """Set S/L and T/P of a position or order; None keeps a level, 0 removes it."""
        desk = self._desk_of(ticket, account)
        if isinstance(desk, Refusal):
            return refused(desk)
        if sl is None and tp is None:
            return refused(Refusal("NOTHING_TO_DO", "name a new S/L or T/P"))
        status = desk.book.status
        if sl == 0 and (status is None or status.sl_required):
            return refused(Refusal("SL_REQUIRED", "an S/L is required: set another level instead"))
        symbol = self._symbol(desk, ticket)
        return await self._send(
            desk, modify_command(desk.issuer(), desk.next_id(), ticket, symbol, (sl, tp))
        )

    async def breakeven(self, ticket: int, account: Account | None = None) -> Answer:
        desk = self._desk_of(ticket, account)
        if isinstance(desk, Refusal):
            return refused(desk)
        if ticket not in desk.book.positions:
            return refused(Refusal("NO_POSITION", f"{ticket} is an order that is not filled yet"))
        symbol = self._symbol(desk, ticket)
        command = breakeven_command(desk.issuer(), desk.next_id(), ticket, symbol)
        return await self._send(desk, command)

    async def cancel(self, ticket: int, account: Account | None = None) -> Answer:
        desk = self._desk_of(ticket, account)
        if isinstance(desk, Refusal):
            return refused(desk)
        if ticket not in desk.book.orders:
            return refused(Refusal("NO_ORDER", f"{ticket} is a position: close it instead"))
        symbol = self._symbol(desk, ticket)
        command = cancel_command(desk.issuer(), desk.next_id(), ticket, symbol)
        return await self._send(desk, command)

    # ------------------------------------------------------------------ pause, stop, resume

    def pause(self, account: Account | None = None, reason: str = "") -> Answer:
        """Pause entries at once; unread entry rows are withdrawn."""
        desks = list(self._session.desks.values())
        if account is not None:
            desk = self._desk(account)
            if isinstance(desk, Refusal):
                return refused(desk)
            desks = [desk]
        else:
            self._session.pause_later_terminals()
        for desk in desks:
            desk.safety.pause(PauseReason.USER)
            desk.control("WITHDRAW", str(desk.last_id))
            if self._pipeline.settings.text("pending.on_pause") == "cancel":
                self._session.spawn(cancel_resting(desk, by_user=True))
            desk.judge(f"paused by the user: {reason[:200]}" if reason else "paused by the user")
        return Answer(True)

    async def undo_pause(self, account: Account | None = None) -> Answer:
        """Take back what the user alone has paused; whatever came since then is held instead."""
        desk = self._desk(account)
        if isinstance(desk, Refusal):
            return refused(desk)
        return self._stepped(await Resume(desk).undo())

    def stop(self, *, keep_positions: bool = False, source: str = BUTTON) -> Answer:
        """Latch the stop; returns before anything is written. Any thread."""
        level = StopLevel.HALT if keep_positions else StopLevel.FLATTEN
        press = self._latch.press(level, source)
        return Answer(True, data={"press": press.press_id, "level": level.name})

    async def resume(
        self,
        by_hand: frozenset[int] = frozenset(),
        account: Account | None = None,
        *,
        flat: bool = False,
    ) -> Answer:
        """One step down: STOPPED_* -> PAUSED -> RUNNING. The refusals are what still fails.

        flat: the user has looked in MT5, nothing of ours is open, where nobody else can say so.
        """
        desk = self._desk(account)
        if isinstance(desk, Refusal):
            return refused(desk)
        step = await Resume(desk).step(by_hand, flat=flat)
        answer = self._stepped(step)
        if not answer.ok:
            return answer
        words = [await self._take_word(desk)] if flat else []
        desks = self._session.desks.values()
        attached = frozenset(path for one in desks for path in one.bridge.flag_paths())
        words.append(await clear_elsewhere(self._latch, desk, attached, step.presses))
        return replace(answer, text="; ".join(filter(None, words)))

    def _stepped(self, step: Step) -> Answer:
        if step.refusals:
            return refused(*step.refusals)
        self._session.released(step.state)
        return Answer(True, data={"state": step.state.name})

    async def start_fresh(self, account: Account | None = None) -> Answer:
        """Let the EA put damaged files aside; the stop stays until it is resumed."""
        desk = self._desk(account)
        refusal = desk if isinstance(desk, Refusal) else await start_fresh(desk)
        return refused(refusal) if refusal else Answer(True)

    @staticmethod
    async def _take_word(desk: Desk) -> str:
        """The user says that nothing of ours is open: what was known is closed."""
        if desk.bridge.means.proves_flat:
            return ""
        try:
            await settle(desk, opened_by(desk), CLOSED)
        except LedgerFailedError as failure:
            return f"{failure}: the positions that were known still count as open"
        return ""

    async def resolve(
        self, signal: str, resolved_as: str, account: Account | None = None
    ) -> Answer:
        """Settle what stayed unclear, after the user has looked at the broker."""
        desk = self._desk(account)
        if isinstance(desk, Refusal):
            return refused(desk)
        found = to_settle(desk, signal, resolved_as)
        if isinstance(found, Refusal):
            return refused(found)
        try:
            await settle(desk, found, resolved_as)
        except LedgerFailedError as failure:
            return refused(Refusal("JOURNAL_FAILED", f"{failure}; nothing was resolved"))
        desk.journal(*self._pipeline.concluded(signal))
        desk.judge("resolved by the user")
        return Answer(True, data={"commands": [tracked.command.cmd_id for tracked in found]})

    # ------------------------------------------------------------------ state and settings

    def standings(self) -> list[Standing]:
        """Every account's state with every limit and its headroom."""
        return [standing_of(desk, self._limits(desk)) for desk in self._session.desks.values()]

    def settings(self, changes: Mapping[str, object]) -> Answer:
        """Change settings, all or none; they hold from the next decision on."""
        changed = self._settings.change(changes)
        if isinstance(changed, Refusal):
            return refused(changed)
        if "stop.scope" in changes:
            self._session.tell_scope(changed.text("stop.scope"))
        warning = live_warning(changed) if self._live() else None
        return Answer(True, text=warning or "", data={key: changed.shown(key) for key in changes})

    def strategy_preview(self, name: str, last: int | None, account: Account | None) -> Answer:
        """Which of the last signals a strategy would have decided otherwise."""
        desk = self._desk(account)
        if isinstance(desk, Refusal):
            return refused(desk)
        return answered(self.strategies.preview(name, desk, last))

    # ------------------------------------------------------------------ providers

    def providers(self) -> Answer:
        return answered(self._providers.names())

    def provider(self, name: str) -> Answer:
        return answered(self._providers.shown(name))

    def provider_set(self, name: str, values: Mapping[str, object]) -> Answer:
        return answered(self._providers.set(name, values))

    def provider_reset(self, name: str, fields: Sequence[str] = ()) -> Answer:
        return answered(self._providers.reset(name, fields))

    async def teach(
        self,
        provider: str,
        signal: str,
        marks: Sequence[Mark],
        last: int | None = None,
        *,
        save: bool = False,
    ) -> Answer:
        """What marked words add to a provider, what then reads otherwise; save: keep it."""
        found = await self._providers.teach(provider, signal, marks, last, save=save)
        return answered(found)

    def quit(self) -> Answer:
        self._session.close()
        return Answer(True)

    # ------------------------------------------------------------------ which desk

    def _live(self) -> bool:
        states = [desk.book.state for desk in self._session.desks.values()]
        return any(state is None or state.trade_mode == "REAL" for state in states)

    def _limits(self, desk: Desk) -> list[Headroom]:
        return headroom(self._pipeline.exposure(desk).context(), self._pipeline.rules(desk.account))

    def _desk(self, account: Account | None) -> Desk | Refusal:
        desks = self._session.desks
        if account is not None:
            found = desks.get(account)
            return found or Refusal("UNKNOWN_ACCOUNT", f"{account} is not connected")
        if not desks:
            return Refusal("NO_TERMINAL", "no terminal is connected: start MT5 with the EA")
        if len(desks) > 1:
            names = ", ".join(str(key) for key in desks)
            return Refusal("ACCOUNT_REQUIRED", f"several accounts are connected, name one: {names}")
        return next(iter(desks.values()))

    def _desk_of(self, ticket: int, account: Account | None) -> Desk | Refusal:
        desk = self._desk(account)
        if isinstance(desk, Refusal):
            return desk
        if ticket in desk.book.positions or ticket in desk.book.orders:
            return desk
        return Refusal("UNKNOWN_TICKET", f"{ticket} is neither a position nor an order now")

    @staticmethod
    def _symbol(desk: Desk, ticket: int) -> str:
        item = desk.book.positions.get(ticket) or desk.book.orders[ticket]
        return item.symbol

    @staticmethod
    def _part(desk: Desk, ticket: int, fraction: Decimal) -> Decimal | Refusal:
        if not 0 < fraction < 1:
            return Refusal("BAD_FIELD", f"fraction = {plain(fraction)}, allowed above 0 up to 1")
        position = desk.book.positions[ticket]
        spec = desk.book.specs.get(position.symbol)
        if spec is None:
            return Refusal(
                "SYMBOL", f"{position.symbol} has no specification: open its chart in MT5"
            )
        lots = floor_to_step(position.volume * fraction, spec.volume_step)
        if lots < spec.volume_min or position.volume - lots < spec.volume_min:
            return Refusal(
                "VOLUME",
                f"{plain(fraction * 100)} % of {plain(position.volume)} lots is {plain(lots)},"
                f" smallest volume {plain(spec.volume_min)}: close it whole or leave it",
            )
        return lots

    async def _send(self, desk: Desk, command: Command) -> Answer:
        possible = fitted(desk, command)
        if isinstance(possible, Refusal):
            return refused(possible)
        entry = replace(entry_of(desk, command), command=possible)
        refusal = await desk.send([entry], by_user=True)
        if refusal is not None:
            return refused(refusal)
        return Answer(True, data={"cmd_id": command.cmd_id})
