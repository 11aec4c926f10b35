"""The panel's side of the bridge as the tests need it: heartbeats, rows, control rows, flags."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.values import Account, to_ms
from signalos_desktop.domain.wire.commands import encode_command
from signalos_desktop.domain.wire.control import ControlRow, ControlVerb, encode_control
from signalos_desktop.domain.wire.flag import encode_flag
from signalos_desktop.domain.wire.snapshots import AppHeartbeat, encode_app

MAGIC = 4400000
_DECIMALS = ("lots", "sl", "tp", "price", "max_loss")


class App:
    """Writes what a panel would; `session` and `seq` are its memory."""

    def __init__(
        self, folder: Path, common: Path, account: Account, now: Callable[[], datetime]
    ) -> None:
        self.folder = folder
        self.common = common
        self.account = account
        self.session = 1
        self.seq = 0
        self.last_id = 0
        self.closing = False
        self._now = now

    @property
    def file(self) -> str:
        return "commands.csv" if self.session == 1 else f"commands.{self.session}.csv"

    def beat(self) -> None:
        self.seq += 1
        heart = AppHeartbeat(self.session, self.file, 2, self.closing, to_ms(self._now()))
        self._replace(self.folder / "app.json", encode_app(heart, self.seq))

    def new_session(self) -> None:
        self.session += 1
        self.beat()

    def row(self, action: CommandAction | str, **values: Any) -> bytes:
        """The bytes of the next command; `life` in seconds, numbers as text."""
        action = CommandAction(action)
        self.last_id = values.pop("cmd_id", self.last_id + 1)
        life = timedelta(seconds=values.pop("life", 30))
        fields: dict[str, Any] = _defaults(action, self.last_id) | values
        for name in _DECIMALS:
            if isinstance(fields.get(name), str):
                fields[name] = Decimal(fields[name])
        now = self._now()
        return encode_command(
            Command(
                cmd_id=self.last_id,
                account=fields.pop("account", self.account),
                session=fields.pop("session", self.session),
                action=action,
                created=now,
                expires=now + life,
                magic=fields.pop("magic", MAGIC),
                **fields,
            )
        )

    def write(self, data: bytes, file: str | None = None) -> None:
        with (self.folder / (file or self.file)).open("ab") as stream:
            stream.write(data)

    def send(self, action: CommandAction | str, **values: Any) -> int:
        file = values.pop("file", None)
        self.write(self.row(action, **values), file)
        return self.last_id

    def control(self, verb: str, arg: object = "", session: int | None = None) -> None:
        row = ControlRow(
            1, to_ms(self._now()), session or self.session, ControlVerb(verb), str(arg)
        )
        self.write(encode_control(row), "control.csv")

    def press(self, level: StopLevel, press_id: str, *places: Path) -> None:
        for place in places or (self.folder, self.common):
            self._replace(place / "halt.flag", encode_flag(level, press_id))

    def remove_flags(self) -> None:
        for place in (self.folder, self.common):
            (place / "halt.flag").unlink(missing_ok=True)

    @staticmethod
    def _replace(path: Path, data: bytes) -> None:
        beside = path.with_name(path.name + ".new")
        beside.write_bytes(data)
        beside.replace(path)


def _defaults(action: CommandAction, cmd_id: int) -> dict[str, Any]:
    if not action.opens:
        return {"comment": f"#{cmd_id}"}
    sell = action.value.startswith("SELL")
    return {
        "symbol": "EURUSD",
        "lots": "0.10",
        "sl": "1.11000" if sell else "1.09000",
        "price": "1.10000" if not sell else "1.09990",
        "max_loss": "500",
        "comment": f"#{cmd_id} test",
    }
