"""The economic calendar of the settings, read again and again, for the rules of every desk."""

import asyncio
from typing import Protocol

from signalos_desktop.domain.news import Calendar
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.events import EaSeen
from signalos_desktop.engine.pipeline import Pipeline
from signalos_desktop.engine.ports import Clock

READ_EVERY_S = 30.0
NEXT_STEP = "put a readable calendar (CSV or JSON) at news.file; it is read again by itself"


class CalendarSource(Protocol):
    """Reads a calendar file; blocking, never raises for what is in it or missing."""

    def read(self, path: str, zone: str) -> Calendar: ...


class News:
    """Keeps the calendar fresh; only the engine's loop calls it, files are read in a thread."""

    def __init__(
        self, pipeline: Pipeline, source: CalendarSource, bus: EventBus, clock: Clock
    ) -> None:
        self._pipeline = pipeline
        self._source = source
        self._clock = clock
        self._calendar = Calendar()
        self._file = ""
        self._read_at = float("-inf")
        self._said = ""
        bus.subscribe(EaSeen, self._tick)

    def _tick(self, event: EaSeen) -> None:
        desk = self._pipeline.desks.get(event.account)
        if desk is None:
            return
        path = self._pipeline.settings.text("news.file")
        if path != self._file:
            self._file, self._calendar, self._read_at = path, Calendar(), float("-inf")
        desk.calendar = self._calendar
        now = self._clock.monotonic()
        if path and now - self._read_at >= READ_EVERY_S:
            self._read_at = now
            desk.spawn(self._read(path, desk))

    async def _read(self, path: str, desk: Desk) -> None:
        zone = self._pipeline.settings.text("news.zone")
        calendar = await asyncio.to_thread(self._source.read, path, zone)
        if path != self._file:
            return
        self._calendar = calendar
        for each in self._pipeline.desks.values():
            each.calendar = calendar
        if calendar.problem and calendar.problem != self._said:
            desk.alarm("NEWS_UNREADABLE", calendar.problem, NEXT_STEP)
        self._said = calendar.problem
