"""All that an instance's folder says, merged into Facts, with the troubles of reading it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from signalos_desktop.adapters.mt5_files.files import FileSystem, sharing_violation
from signalos_desktop.adapters.mt5_files.receipt_feed import TailReader
from signalos_desktop.adapters.mt5_files.snapshots import SnapshotReader
from signalos_desktop.adapters.mt5_files.troubles import Troubles, ea_not_running, file_busy
from signalos_desktop.domain.ea_status import EaStatus
from signalos_desktop.domain.values import Account
from signalos_desktop.domain.wire import ea_rows, receipts, snapshots
from signalos_desktop.domain.wire.fields import account_tag
from signalos_desktop.engine.ports import Checkpoint, Clock, Facts, Trouble

T = TypeVar("T")

BUSY_S = 2.0
_TWO_EAS = 3
_TWO_EAS_S = 10.0


class Feeds:
    """The readers of one instance. A poll without news is one stat for each file."""

    def __init__(
        self, files: FileSystem, folder: Path, account: Account, magic: int, clock: Clock
    ) -> None:
        self._folder = folder
        self._account = account
        self._magic = magic
        self._clock = clock
        self._troubles = Troubles()
        self._busy_since: dict[str, float] = {}
        self._steps_back: list[float] = []
        self._receipts = TailReader(
            files, folder / "receipts.csv", receipts.decode_receipt, receipts.HEADER
        )
        self._deals = TailReader(
            files, folder / "deals.csv", ea_rows.decode_deal, ea_rows.DEALS_HEADER
        )
        self._events = TailReader(
            files, folder / "events.csv", ea_rows.decode_event, ea_rows.EVENTS_HEADER
        )
        self._tails: tuple[TailReader[Any], ...] = (self._receipts, self._deals, self._events)
        self._status = SnapshotReader(files, folder / "status.json", snapshots.decode_status)
        self._account_file = SnapshotReader(
            files, folder / "account.json", snapshots.decode_account
        )
        self._positions = SnapshotReader(
            files, folder / "positions.json", snapshots.decode_positions, timeless=True
        )
        self._orders = SnapshotReader(
            files, folder / "orders.json", snapshots.decode_orders, timeless=True
        )
        self._symbols = SnapshotReader(
            files, folder / "symbols.json", snapshots.decode_symbols, timeless=True
        )
        self._quotes = SnapshotReader(
            files, folder / "quotes.json", snapshots.decode_quotes, timeless=True
        )

    @property
    def behind(self) -> bool:
        return any(tail.behind for tail in self._tails)

    def resume(self, checkpoints: Sequence[Checkpoint]) -> None:
        for tail in self._tails:
            for checkpoint in checkpoints:
                if checkpoint.file == tail.path.name:
                    tail.resume(checkpoint)

    def receipts_read(self) -> int:
        """Bytes of receipts.csv read already; 0 if the file is not the one that was read."""
        return self._receipts.offset if self._receipts.stands() else 0

    def poll(self, *, fast: bool) -> Facts | None:
        """What is new; fast leaves out all but receipts and status."""
        now = self._clock.monotonic()
        offsets = [tail.offset for tail in self._tails]
        new: dict[str, Any] = {"receipts": self._tail(self._receipts)}
        new["status"] = self._checked(self._snapshot(self._status, now), now)
        if not fast:
            new["deals"] = self._tail(self._deals)
            new["events"] = self._tail(self._events)
            new["account"] = self._snapshot(self._account_file, now)
            new["positions"] = self._snapshot(self._positions, now)
            new["orders"] = self._snapshot(self._orders, now)
            new["symbols"] = self._snapshot(self._symbols, now)
            new["quotes"] = self._snapshot(self._quotes, now)
        new["bad_lines"] = tuple(
            line for tail in self._tails if tail.bad_lines for line in tail.take_bad_lines()
        )
        new["checkpoints"] = tuple(
            tail.checkpoint
            for tail, before in zip(self._tails, offsets, strict=True)
            if tail.offset != before
        )
        new["troubles"] = self._troubles.take()
        if all(value is None or value == () for value in new.values()) and not self._emptied(new):
            return None
        return Facts(**new)

    @staticmethod
    def _emptied(new: dict[str, Any]) -> bool:
        """True if a snapshot says that there is nothing: that is news, too."""
        return any(new.get(key) == () for key in ("positions", "orders", "symbols", "quotes"))

    def note_failure(self, path: Path, error: OSError | None) -> None:
        """Tell of a file that could not be used: an open one after 2 s, anything else at once."""
        key = path.name
        if error is None:
            if self._busy_since.pop(key, None) is not None:
                self._troubles.tell(key, None)
            return
        now = self._clock.monotonic()
        since = self._busy_since.setdefault(key, now)
        if not sharing_violation(error) or now - since >= BUSY_S:
            self._troubles.tell(key, file_busy(str(path), error))

    def _tail(self, tail: TailReader[T]) -> tuple[T, ...]:
        return self._guarded(tail.path, lambda: tuple(tail.poll())) or ()

    def _snapshot(self, reader: SnapshotReader[T], now: float) -> T | None:
        value = self._guarded(reader.path, lambda: reader.poll(now))
        if reader.torn_since is not None or reader.bad is not None or value is not None:
            self._tell_state(reader, now)
        return value

    def _guarded(self, path: Path, read: Callable[[], T]) -> T | None:
        try:
            value = read()
        except OSError as error:
            self.note_failure(path, error)
            return None
        if self._busy_since:
            self.note_failure(path, None)
        return value

    def _tell_state(self, reader: SnapshotReader[T], now: float) -> None:
        trouble = None
        if reader.bad is not None:
            trouble = Trouble(
                reader.bad.code,
                reader.bad.text,
                "Entries stay paused. Install the Expert Advisor that came with this panel.",
            )
        elif reader.torn_since is not None:
            if now - reader.torn_since < BUSY_S:
                return
            trouble = Trouble(
                "SNAPSHOT_TORN",
                f"{reader.path} has been incomplete for {now - reader.torn_since:.0f} s.",
                "Look at disk space; re-attach the Expert Advisor to its chart.",
            )
        self._troubles.tell(f"{reader.path.name} content", trouble)

    def _checked(self, status: EaStatus | None, now: float) -> EaStatus | None:
        """Pass status.json on and tell what does not fit."""
        if not self._status.present:
            self._troubles.tell("status", ea_not_running(str(self._folder)))
        if self._status.steps_back:
            self._status.steps_back = 0
            self._steps_back = [at for at in self._steps_back if now - at < _TWO_EAS_S] + [now]
        if status is None:
            return None
        self._troubles.tell("status", self._misfit(status))
        return status

    def _misfit(self, status: EaStatus) -> Trouble | None:
        tag = account_tag(self._account)
        if status.account != tag or status.magic != self._magic:
            return Trouble(
                "ACCOUNT_CHANGED",
                f"{self._folder}: {tag} magic {self._magic} -> {status.account} magic "
                f"{status.magic}.",
                "Stopped until you confirm the account in Settings > Terminals.",
            )
        if status.protocol != 2:
            return Trouble(
                "VERSION_MISMATCH",
                f"The Expert Advisor {status.version} speaks protocol {status.protocol}, not 2.",
                "Install the Expert Advisor that came with this panel.",
            )
        if len(self._steps_back) >= _TWO_EAS:
            return Trouble(
                "TWO_EAS",
                f"{self._folder}: status.json counted back {len(self._steps_back)} times in 10 s.",
                "Remove one of the two Expert Advisors with this magic number from its chart.",
            )
        return None
