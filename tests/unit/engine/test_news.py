"""The calendar of the settings reaches the rules, and is read again by itself."""

from datetime import timedelta
from pathlib import Path

from signalos_desktop.domain.news import Calendar, Impact, NewsEvent
from signalos_desktop.engine.events import Alarm
from signalos_desktop.engine.news import READ_EVERY_S, News
from tests.helpers.rig import NOON, Rig, play, snapshot

EVENT = NewsEvent(NOON + timedelta(minutes=2), "USD", Impact.HIGH, "Payrolls")


class Shelf:
    """Calendars by path."""

    def __init__(self, **calendars: Calendar) -> None:
        self.calendars = calendars
        self.read_paths: list[str] = []

    def read(self, path: str, zone: str) -> Calendar:
        self.read_paths.append(path)
        return self.calendars[path]


async def look(rig: Rig, seconds: float = 1) -> None:
    rig.clock.move(seconds)
    rig.feed(snapshot(rig.clock))
    await rig.settle()


def test_an_entry_near_news_is_refused(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        shelf = Shelf(week=Calendar((EVENT,), NOON), bad=Calendar(problem="no CSV"))
        News(rig.pipeline, shelf, rig.bus, rig.clock)
        rig.pipeline.settings = rig.settings.with_changes(
            {"news.file": "week", "news.before_min": 5}
        )
        rig.open_for_business()
        await look(rig)
        context = rig.pipeline.exposure(rig.desk).context()
        assert context.news.events == (EVENT,)
        await look(rig)
        assert shelf.read_paths == ["week"]
        await look(rig, READ_EVERY_S)
        assert shelf.read_paths == ["week", "week"]
        signal = await rig.submit()
        refusal = await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "NEWS"
        rig.pipeline.settings = rig.pipeline.settings.with_change("news.file", "bad")
        await look(rig)
        await look(rig, READ_EVERY_S)
        assert rig.desk.calendar.problem == "no CSV"
        assert [alarm.code for alarm in rig.told(Alarm)] == ["NEWS_UNREADABLE"]
        rig.pipeline.settings = rig.pipeline.settings.with_change("news.file", "")
        await look(rig)
        assert rig.desk.calendar == Calendar()

    play(tmp_path, scene)


def test_a_calendar_that_was_replaced_meanwhile_is_not_taken(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        shelf = Shelf(week=Calendar((EVENT,), NOON))
        News(rig.pipeline, shelf, rig.bus, rig.clock)
        rig.pipeline.settings = rig.settings.with_change("news.file", "week")
        rig.feed(snapshot(rig.clock))
        rig.pipeline.settings = rig.settings.with_change("news.file", "")
        rig.feed(snapshot(rig.clock))
        await rig.settle()
        assert rig.desk.calendar == Calendar()

    play(tmp_path, scene)
