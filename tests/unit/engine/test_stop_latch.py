"""The latch: set at once from any thread, its flags written beside, every failure reported."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from signalos_desktop.adapters.mt5_files.files import DiskFiles
from signalos_desktop.adapters.mt5_files.flags import FlagFileWriter, read_lying
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.engine.stop_latch import Delivery, StopLatch, StopPress
from tests.helpers.rig import SilentFlags

PATIENCE_S = 20.0


class News:
    """Counts what a latch tells, and lets a test wait for it."""

    def __init__(self) -> None:
        self._told = threading.Semaphore(0)

    def __call__(self) -> None:
        self._told.release()

    def wait(self, times: int) -> None:
        for _ in range(times):
            assert self._told.acquire(timeout=PATIENCE_S)


def made(writer: object = None) -> tuple[StopLatch, News]:
    numbers = iter(range(1, 100))
    latch = StopLatch(writer or SilentFlags(), lambda: f"press{next(numbers)}")  # type: ignore[arg-type] # some writers are fakes
    return latch, News()


def test_a_press_latches_before_anything_is_written() -> None:
    gate = threading.Event()

    class Slow(SilentFlags):
        def write(self, path: str, level: StopLevel, press_id: str) -> None:
            assert gate.wait(PATIENCE_S)
            super().write(path, level, press_id)

    writer = Slow()
    latch, news = made(writer)
    latch.watch(["/a"], news)
    press = latch.press(StopLevel.FLATTEN, "button")
    assert latch.is_set()
    assert writer.written == []
    gate.set()
    news.wait(2)
    assert writer.written == [("/a", StopLevel.FLATTEN, press.press_id)]


def test_taking_clears_the_latch_and_hands_out_each_press_once() -> None:
    latch, news = made()
    first, second = latch.press(StopLevel.HALT, "a"), latch.press(StopLevel.FLATTEN, "b")
    news.wait(0)
    assert latch.take()[0] == (first, second)
    assert not latch.is_set()
    assert latch.take() == ((), ())


def test_one_place_that_hangs_holds_up_no_other() -> None:
    gate = threading.Event()

    class Hanging(SilentFlags):
        def write(self, path: str, level: StopLevel, press_id: str) -> None:
            if path == "/hangs":
                assert gate.wait(PATIENCE_S)
            super().write(path, level, press_id)

    latch, news = made(Hanging())
    latch.watch(["/hangs", "/b", "/b"], news)
    press = latch.press(StopLevel.FLATTEN, "button")
    news.wait(2)
    assert latch.take()[1] == (Delivery(press, "/b", ""),)
    gate.set()
    news.wait(1)
    assert latch.take()[1] == (Delivery(press, "/hangs", ""),)


@pytest.mark.parametrize("failure", [PermissionError("held"), ValueError("no such encoding")])
def test_whatever_fails_in_the_thread_is_a_delivery_with_an_error(failure: Exception) -> None:
    class Broken(SilentFlags):
        def write(self, path: str, level: StopLevel, press_id: str) -> None:
            raise failure

    latch, news = made(Broken())
    latch.watch(["/a"], news)
    press = latch.press(StopLevel.FLATTEN, "button")
    news.wait(2)
    assert latch.take()[1] == (Delivery(press, "/a", str(failure)),)


def test_a_thread_that_cannot_start_is_a_delivery_with_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    latch, news = made()
    latch.watch(["/a"], news)
    monkeypatch.setattr(threading.Thread, "start", refuse)
    press = latch.press(StopLevel.FLATTEN, "button")
    assert latch.is_set()
    assert latch.take()[1] == (Delivery(press, "/a", "can't start new thread"),)


def test_presses_from_many_threads_are_all_taken() -> None:
    latch, _ = made()
    threads = [
        threading.Thread(target=latch.press, args=(StopLevel.FLATTEN, str(number)))
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {press.source for press in latch.take()[0]} == {str(number) for number in range(8)}


def test_the_flags_are_real_files_of_the_press(tmp_path: Path) -> None:
    numbers: Callable[[], str] = iter(["a1"]).__next__
    latch, news = StopLatch(FlagFileWriter(DiskFiles()), numbers), News()
    places = [tmp_path / "one" / "halt.flag", tmp_path / "two" / "halt.flag"]
    for place in places:
        place.parent.mkdir()
    latch.watch([str(place) for place in places], news)
    assert latch.press(StopLevel.FLATTEN, "button") == StopPress("a1", StopLevel.FLATTEN, "button")
    news.wait(3)
    assert [read_lying(DiskFiles(), place) for place in places] == [(StopLevel.FLATTEN, "a1")] * 2


def test_flags_are_cleared_from_every_place_that_was_aimed_at_but_for_some(tmp_path: Path) -> None:
    latch, news = made(FlagFileWriter(DiskFiles()))
    places = [str(tmp_path / name) for name in ("kept", "early", "by-hand")]
    latch.watch(places, news)
    press = latch.press(StopLevel.FLATTEN, "button")
    news.wait(4)
    Path(places[2]).write_text("FLATTEN another\n")
    latch.watch(places[:1], news)
    ids = frozenset({press.press_id})
    assert latch.clear(ids, frozenset(places[:1])) == ((places[1],), ())
    assert [Path(place).exists() for place in places] == [True, False, True]
    assert latch.clear(ids, frozenset(places[:1])) == ((), ())


def test_a_place_that_cannot_be_cleared_is_named() -> None:
    writer = SilentFlags()
    latch, news = made(writer)
    latch.watch(["/a"], news)
    writer.failure = "no right"
    assert latch.clear(frozenset({"press1"}), frozenset()) == ((), ("/a: no right",))
