"""What counts against the caps: open, reserved, unclear, and taken today."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from signalos_desktop.domain.position import DealEntry
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.values import Side
from signalos_desktop.engine.exposure import Exposure
from signalos_desktop.engine.ports import Facts
from tests.helpers.rig import NOON, Rig, play, position, receipt, resting, snapshot, status
from tests.helpers.rig_deals import deal

PENDING = "EURUSD BUY LIMIT 1.07000 SL 1.06500 TP 1.08500"


async def fired(rig: Rig, text: str = "EURUSD SELL 1.07998 SL 1.08298 TP 1.07398") -> str:
    signal = await rig.submit(text, provider="gold", message_id="7")
    assert await rig.pipeline.fire(signal, rig.desk, by_user=True) is None
    return signal


def test_nothing_is_known_before_the_first_snapshot(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        context = rig.pipeline.exposure(rig.desk).context()
        assert context.account is None
        assert context.specs is None
        assert context.quotes is None
        assert context.positions is None
        assert context.orders is None
        assert context.data_age_s is None

    play(tmp_path, scene)


def test_what_is_fired_is_reserved_and_counted_at_once(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await fired(rig)
        context = rig.pipeline.exposure(rig.desk).context()
        [reserved] = context.reserved
        assert (reserved.signal, reserved.provider, reserved.side) == (signal, "gold", Side.SELL)
        assert reserved.loss > 0
        [accepted] = context.accepted
        assert (accepted.message_id, accepted.side, accepted.index) == ("7", Side.SELL, 0)
        assert len(context.sent) == 1

    play(tmp_path, scene)


def test_what_never_opened_counts_no_more_until_a_late_fill(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        await fired(rig)
        exposure = rig.pipeline.exposure(rig.desk)
        assert len(exposure.context().sent) == 1
        rig.feed(Facts(receipts=(receipt(1, ReceiptStatus.ERROR),)))
        assert exposure.context().sent == ()
        assert exposure.context().accepted == ()
        late = receipt(1, ReceiptStatus.FILLED, message="LATE_FILL", position=11, deal=12)
        rig.feed(Facts(receipts=(late,)))
        assert len(exposure.context().sent) == 1

    play(tmp_path, scene)


def test_what_was_taken_two_days_ago_counts_no_more(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        await fired(rig)
        exposure = rig.pipeline.exposure(rig.desk)
        rig.clock.move(2 * 86_400 - 1)
        assert len(exposure.context().accepted) == 1
        rig.clock.move(1)
        assert exposure.context().accepted == ()

    play(tmp_path, scene)


def test_a_partial_fill_reserves_its_share(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        await fired(rig)
        exposure = rig.pipeline.exposure(rig.desk)
        [before] = exposure.context().reserved
        half = before.lots / 2
        rig.feed(Facts(receipts=(receipt(1, ReceiptStatus.PARTIAL, position=11, volume=half),)))
        [after] = exposure.context().reserved
        assert (after.lots, after.loss) == (half, before.loss / 2)

    play(tmp_path, scene)


def test_what_came_to_nothing_counts_no_more_and_a_late_fill_counts_again(
    tmp_path: Path,
) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        await fired(rig)
        exposure = rig.pipeline.exposure(rig.desk)
        rig.feed(Facts(receipts=(receipt(1, ReceiptStatus.ERROR, message="NOT_FOUND: gone"),)))
        assert exposure.context().accepted == ()
        assert exposure.context().reserved == ()
        rig.feed(Facts(receipts=(receipt(1, position=11, message="LATE_FILL: found"),)))
        assert len(exposure.context().accepted) == 1
        assert len(exposure.context().reserved) == 1

    play(tmp_path, scene)


def test_after_two_days_an_order_counts_no_more(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        await fired(rig)
        exposure = rig.pipeline.exposure(rig.desk)
        rig.clock.move(timedelta(days=2, seconds=1).total_seconds())
        assert exposure.context().accepted == ()

    play(tmp_path, scene)


def test_the_age_of_the_data_is_that_of_the_oldest_snapshot(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        rig.clock.move(7)
        rig.feed(Facts(status=status(rig.clock.now())))
        assert rig.pipeline.exposure(rig.desk).context().data_age_s == 7

    play(tmp_path, scene)


def test_the_day_begins_at_the_servers_midnight(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.feed(snapshot(rig.clock, status=status(NOON, server_utc_offset_s=7200)))
        context = rig.pipeline.exposure(rig.desk).context()
        assert context.day_start == datetime(2026, 3, 3, 22, 0, tzinfo=UTC)

    play(tmp_path, scene)


def test_a_new_look_takes_the_orders_of_the_journal(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        await fired(rig, PENDING)
        anew = Exposure(rig.desk, rig.inbox, rig.clock)
        [accepted] = anew.context().accepted
        assert (accepted.side, accepted.entry) == (Side.BUY, Decimal("1.07000"))
        assert len(anew.context().reserved) == 1

    play(tmp_path, scene)


def test_what_is_open_and_rests_is_its_providers(tmp_path: Path) -> None:
    """By the receipt, or by the tag in the comment where no receipt names the position."""

    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        for number, text in enumerate((PENDING, PENDING.replace("1.07000", "1.06900"))):
            signal = await rig.submit(text, provider="vip", message_id=str(number))
            assert await rig.pipeline.fire(signal, rig.desk, by_user=True) is None
        filled = receipt(1, position=11)
        now = rig.clock.now()
        rig.feed(
            snapshot(
                rig.clock,
                receipts=(filled,),
                positions=(position(11, now), position(12, now, comment="by hand")),
                orders=(resting(21, now, comment="#2 vip"),),
            )
        )
        assert rig.pipeline.exposure(rig.desk).context().providers == {11: "vip", 21: "vip"}

    play(tmp_path, scene)


def test_trades_that_are_over_are_known_by_their_deals(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        now = rig.clock.now()
        stopped = deal(2, now, entry=DealEntry.OUT, profit=Decimal(-30), reason="SL")
        rig.feed(snapshot(rig.clock, deals=(deal(1, now), stopped)))
        [trade] = rig.pipeline.exposure(rig.desk).context().closed
        assert (trade.result, trade.by_stop) == (-30, True)
        still = snapshot(rig.clock, positions=(position(11, now),))
        rig.feed(still)
        assert rig.pipeline.exposure(rig.desk).context().closed == ()

    play(tmp_path, scene)
