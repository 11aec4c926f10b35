"""What a trader must know of the terminal's words is an alarm, once, and pauses where it must."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.domain.ea_status import EaEvent
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import PauseReason
from signalos_desktop.engine.events import Alarm, Slippage
from signalos_desktop.engine.ports import BadLine, Facts, Trouble
from tests.helpers.rig import GOOD, Rig, play, receipt, status
from tests.helpers.rig_deals import deal


def alarms(rig: Rig) -> list[str]:
    return [alarm.code for alarm in rig.told(Alarm)]


async def fire(rig: Rig, text: str = GOOD) -> int:
    signal = await rig.submit(text)
    assert await rig.pipeline.fire(signal, rig.desk, by_user=True) is None
    return rig.desk.last_id


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("ACCOUNT_CHANGED", PauseReason.ACCOUNT_CHANGED),
        ("VERSION_MISMATCH", PauseReason.VERSION_MISMATCH),
        ("TWO_EAS", PauseReason.RECONCILE_MISMATCH),
        ("SNAPSHOT_TORN", None),
    ],
)
def test_a_trouble_is_told_and_pauses_where_the_terminal_is_not_to_be_trusted(
    tmp_path: Path, code: str, reason: PauseReason | None
) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        rig.feed(Facts(troubles=(Trouble(code, "text", "step"),)))
        assert alarms(rig) == [code]
        assert rig.desk.safety.reasons == ({reason} if reason else set())

    play(tmp_path, scene)


def test_bad_lines_and_the_eas_own_alarms_are_told(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.feed(
            Facts(
                bad_lines=(BadLine("receipts.csv", 12, "crc", "x,y"),),
                events=(
                    EaEvent(1, 1, "RISK_OVERRUN", 1, 11, "loss 120, allowed 100"),
                    EaEvent(1, 1, "INIT", 0, 0, ""),
                ),
            )
        )
        assert alarms(rig) == ["BAD_LINE", "RISK_OVERRUN"]

    play(tmp_path, scene)


def test_an_ea_that_may_not_trade_says_why_once_until_it_changes(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        now = rig.clock.now()
        off = status(now, refused=("Algo Trading is off",))
        for said in (off, off, status(now), off):
            rig.feed(Facts(status=said))
        assert alarms(rig) == ["EA_CANNOT_TRADE", "EA_CANNOT_TRADE"]

    play(tmp_path, scene)


@pytest.mark.parametrize(
    ("second", "code", "pauses"),
    [
        (receipt(1, ReceiptStatus.REJECTED), "RECEIPT_CONFLICT", True),
        (receipt(9, position=4), "EXTERNAL_RECEIPT", True),
        (receipt(9, message="PONG"), "EXTERNAL_RECEIPT", False),
        (receipt(9, ReceiptStatus.DENIED), "EXTERNAL_RECEIPT", False),
        (receipt(0, ReceiptStatus.DENIED, message="BAD_ROW commands.csv 7: crc"), "BAD_ROW", False),
    ],
)
def test_receipts_that_do_not_fit_are_alarms(
    tmp_path: Path, second: object, code: str, pauses: bool
) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        await fire(rig)
        rig.feed(Facts(receipts=(receipt(1, position=11), second)))  # type: ignore[arg-type] # receipts
        assert alarms(rig) == [code]
        assert (PauseReason.RECONCILE_MISMATCH in rig.desk.safety.reasons) is pauses

    play(tmp_path, scene)


def test_an_unknown_outcome_and_its_late_fill_are_alarms(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        await fire(rig)
        rig.feed(
            Facts(
                receipts=(
                    receipt(1, ReceiptStatus.UNKNOWN, retcode=10012),
                    receipt(1, ReceiptStatus.ERROR, message="NOT_FOUND: two scans"),
                    receipt(1, position=11, message="LATE_FILL: found"),
                )
            )
        )
        assert alarms(rig) == ["OUTCOME_UNKNOWN", "LATE_FILL"]

    play(tmp_path, scene)


@pytest.mark.parametrize(
    "refused",
    [
        receipt(1, ReceiptStatus.REJECTED, retcode=10027),
        receipt(1, ReceiptStatus.DENIED, retcode=0, message="DISK: full"),
    ],
)
def test_a_terminal_that_cannot_trade_is_an_alarm_with_the_next_step(
    tmp_path: Path, refused: object
) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        await fire(rig)
        rig.feed(Facts(receipts=(refused,)))  # type: ignore[arg-type] # a receipt
        [alarm] = rig.told(Alarm)
        assert alarm.code == "EA_CANNOT_TRADE"
        assert alarm.next_step

    play(tmp_path, scene)


def test_three_bad_fills_in_a_row_pause(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rules = {"risk.duplicate_window_min": "0", "risk.max_positions": "9"}
        rig.pipeline.settings = rig.settings.with_changes(rules)
        rig.open_for_business()
        for price in ("1.09", "1.08", "1.09", "1.09", "1.09"):
            cmd_id = await fire(rig)
            filled = receipt(cmd_id, position=cmd_id, price=Decimal(price))
            rig.feed(Facts(receipts=(filled,), positions=()))
            rig.feed(Facts(positions=()))
            rig.clock.move(11)
            rig.open_for_business()
        assert len(rig.told(Slippage)) == 4
        assert alarms(rig) == ["SLIPPAGE"]
        assert PauseReason.SLIPPAGE in rig.desk.safety.reasons

    play(tmp_path, scene)


def test_without_price_or_specification_nothing_is_measured(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        await fire(rig, "EURUSD SELL 1.07998 SL 1.08298 TP 1.07398")
        tracked = rig.desk.flight.tracked[1]
        command = replace(tracked.command, price=None)
        tracked.entry = replace(tracked.entry, command=command)
        rig.feed(Facts(receipts=(receipt(1, position=11, price=Decimal("1.0")),)))
        assert rig.told(Slippage) == []

    play(tmp_path, scene)


def test_a_deal_of_a_command_that_was_never_sent_pauses(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        rig.bridge.outbox.failure = "no space left"
        signal = await rig.submit()
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        rig.feed(Facts(deals=(deal(21, rig.clock.now(), comment="#1 paste"),)))
        assert "EXECUTED_UNSENT" in alarms(rig)
        assert PauseReason.RECONCILE_MISMATCH in rig.desk.safety.reasons

    play(tmp_path, scene)
