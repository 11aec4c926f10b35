"""The stop before there is an engine: presses are kept, then written where an EA was ever seen."""

import threading
from pathlib import Path

from signalos_desktop.adapters.mt5_files.files import DiskFiles
from signalos_desktop.adapters.mt5_files.flags import read_lying
from signalos_desktop.app.early_stop import EarlyStop, aim_latch
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.engine.stop_words import BUTTON, KEY
from tests.unit.adapters.mt5_files.sharing import EaFiles
from tests.unit.domain.wire import samples


def wait_for_flags() -> None:
    for thread in threading.enumerate():
        if thread.name.startswith("stop-"):
            thread.join()


def test_a_press_before_the_latch_is_written_with_it(tmp_path: Path) -> None:
    terminal = tmp_path / "Terminal" / "0A1B" / "MQL5" / "Files"
    common = tmp_path / "Terminal" / "Common" / "Files"
    common.mkdir(parents=True)
    instance = terminal / "SignalOS" / "5-x-1"
    EaFiles(instance).status(samples.STATUS)
    stop = EarlyStop()
    stop.press()
    latch = aim_latch([terminal])
    assert not latch.is_set()
    stop.arm(latch)
    assert latch.is_set()
    wait_for_flags()
    [press] = latch.take()[0]
    assert (press.source, press.level) == (BUTTON, StopLevel.FLATTEN)
    lying = (StopLevel.FLATTEN, press.press_id)
    for place in (instance, common):
        assert read_lying(DiskFiles(), place / "halt.flag") == lying


def test_a_folder_that_cannot_be_listed_keeps_the_stop_from_no_other(tmp_path: Path) -> None:
    broken, whole = tmp_path / "a", tmp_path / "b"
    broken.mkdir()
    (broken / "SignalOS").symlink_to(broken / "SignalOS")
    EaFiles(whole / "SignalOS" / "5-x-1").status(samples.STATUS)
    stop = EarlyStop()
    stop.arm(aim_latch([broken, whole]))
    stop.press()
    wait_for_flags()
    assert (whole / "SignalOS" / "5-x-1" / "halt.flag").exists()


def test_an_armed_stop_presses_at_once_and_names_who_pressed(tmp_path: Path) -> None:
    stop, latch = EarlyStop(), aim_latch([tmp_path])
    stop.arm(latch)
    assert stop.latch is latch
    stop.press(KEY)
    pressed, delivered = latch.take()
    assert [press.source for press in pressed] == [KEY]
    assert delivered == ()
