"""status.json: the expert's word on itself and on its stop."""

from signalos_desktop import __version__
from signalos_desktop.domain.ea_status import EaStatus, Halt
from signalos_desktop.domain.wire.fields import account_tag
from signalos_desktop.simulator.expert.command_files import CommandFiles
from signalos_desktop.simulator.expert.desk import Desk
from signalos_desktop.simulator.expert.doubt import Doubts
from signalos_desktop.simulator.expert.guard import missing_permissions
from signalos_desktop.simulator.expert.sweep import Sweep
from signalos_desktop.simulator.expert.verbs import Verbs

EA = "SignalOSBridge-simulated"
PROTOCOL = 2


class Status:
    """session_floor: the largest session that an earlier run of the expert has seen."""

    def __init__(
        self, desk: Desk, files: CommandFiles, doubts: Doubts, sweep: Sweep, verbs: Verbs
    ) -> None:
        self._desk = desk
        self._files = files
        self._doubts = doubts
        self._sweep = sweep
        self._verbs = verbs
        self.session_floor = 0

    @property
    def unresolved(self) -> int:
        """Doubts, and rows that lay there at the start and are not looked at yet."""
        return len(self._doubts) + (self._files.waiting_at_start > 0)

    def now(self) -> EaStatus:
        desk, (file, consumed) = self._desk, self._files.current
        terminal, account = desk.terminal, desk.terminal.account()
        return EaStatus(
            seq=0,
            protocol=PROTOCOL,
            ea=EA,
            version=__version__,
            utc_ms=desk.now_ms(),
            server_utc_offset_s=terminal.server_utc_offset(),
            account=account_tag(account.account),
            login=account.account.login,
            server=account.account.server,
            magic=desk.inputs.magic,
            margin_mode=account.margin_mode,
            session=max(desk.pulse.session, self.session_floor),
            phase="IN_DOUBT" if len(self._doubts) else "IDLE",
            last_settled=desk.receipts.last_settled,
            file=file,
            consumed=consumed,
            in_doubt=self._doubts.ids,
            timer_ms=self._verbs.timer_ms,
            scope=desk.scope.value.value,
            sl_required=desk.inputs.sl_required,
            common=desk.inputs.common,
            permissions=terminal.permissions(),
            refused=tuple(missing_permissions(desk)),
            halt=self._halt(),
        )

    def _halt(self) -> Halt:
        latch, sweep = self._desk.latch, self._sweep
        return Halt(
            stop_id=latch.stop_id,
            level=latch.level,
            source=latch.source if latch.level else "",
            since_ms=latch.since_ms if latch.level else 0,
            flags=tuple(dict.fromkeys(flag.identity or "unreadable" for flag in latch.lying)),
            known=latch.known,
            flat=sweep.flat,
            positions=len(self._desk.positions()),
            orders=len(self._desk.orders()),
            unresolved=self.unresolved,
            damaged=self._desk.damaged,
            tickets=sweep.tickets,
        )
