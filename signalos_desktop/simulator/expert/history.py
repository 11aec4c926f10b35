"""The account's deals of the last day: deals.csv, and what a command or a position came to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from signalos_desktop.domain.position import Deal, DealEntry
from signalos_desktop.domain.values import ZERO
from signalos_desktop.domain.wire.ea_rows import DEALS_HEADER, encode_deal
from signalos_desktop.simulator.expert.journal import Journal
from signalos_desktop.simulator.expert.row_log import RowLog
from signalos_desktop.simulator.files import Files
from signalos_desktop.simulator.trade import Terminal

NAME = "deals.csv"
DAY = timedelta(hours=24)
OVERLAP = timedelta(seconds=10)
RESCAN = timedelta(minutes=1)
PRICE_STEP = Decimal("0.00000001")


@dataclass(frozen=True, slots=True)
class Fill:
    """What deals or a position say was done; tickets 0 = none."""

    order: int = 0
    position: int = 0
    deal: int = 0
    volume: Decimal = ZERO
    price: Decimal = ZERO


def fill_of(deals: Iterable[Deal]) -> Fill | None:
    """Deals of one command as one fill: the volume in all, the average price, the last deal."""
    found = sorted(deals, key=lambda deal: deal.ticket)
    if not found:
        return None
    last, volume = found[-1], sum((deal.volume for deal in found), ZERO)
    price = last.price
    if len(found) > 1 and volume:
        price = sum((deal.volume * deal.price for deal in found), ZERO) / volume
        price = price.quantize(PRICE_STEP)
    return Fill(last.order, last.position_id, last.ticket, volume, price)


class History:
    """Scanned often from the newest deal on, and every minute over the whole day."""

    def __init__(self, files: Files, terminal: Terminal) -> None:
        self.journal = Journal(RowLog(files, NAME, DEALS_HEADER))
        self._terminal = terminal
        self._deals: dict[int, Deal] = {}
        self._newest = terminal.time_gmt() - DAY
        self._whole_day_at = terminal.time_gmt()
        self._written = {
            int(column)
            for line in self.journal.log.lines()
            if (column := line.partition(b",")[0]).isdigit()
        }
        self._take(self._newest)

    @property
    def deals(self) -> Iterable[Deal]:
        return self._deals.values()

    def scan(self) -> None:
        now = self._terminal.time_gmt()
        if now - self._whole_day_at >= RESCAN or now < self._whole_day_at:
            self._whole_day_at = now
            oldest = now - DAY - RESCAN
            self._deals = {t: deal for t, deal in self._deals.items() if deal.time >= oldest}
            self._take(now - DAY)
        else:
            self._take(self._newest - OVERLAP)

    def _take(self, since: datetime) -> None:
        for deal in self._terminal.deals(since):
            if deal.ticket in self._deals:
                continue
            self._deals[deal.ticket] = deal
            self._newest = max(self._newest, deal.time)
            if deal.ticket not in self._written:
                self._written.add(deal.ticket)
                self.journal.add(encode_deal(deal))

    def of_order(self, order: int) -> Fill | None:
        return fill_of(deal for deal in self.deals if order and deal.order == order)

    @property
    def last_ticket(self) -> int:
        return max(self._deals, default=0)

    def closing(self, ticket: int, after: int = 0) -> Fill | None:
        """What closed of a position, by POSITION_ID and never by comment.

        The deals after the one named, else those of the last order that closed of it.
        """
        identifier = self.identifier(ticket)
        ending = [
            deal
            for deal in self.deals
            if deal.trade and deal.position_id == identifier and deal.entry is not DealEntry.IN
        ]
        later = [deal for deal in ending if deal.ticket > after] if after else []
        return fill_of(later or [deal for deal in ending if deal.order == ending[-1].order])

    def identifier(self, ticket: int) -> int:
        """POSITION_ID of a ticket: the ticket may have changed since the opening order's."""
        for deal in self.deals:
            if deal.trade and deal.order == ticket and deal.entry is not DealEntry.OUT:
                return deal.position_id
        return ticket

    def result_since(self, start: datetime) -> Decimal:
        """Money made or lost by the deals from an instant on, costs included."""
        return sum(
            (
                deal.profit + deal.commission + deal.swap + deal.fee
                for deal in self.deals
                if deal.trade and deal.time >= start
            ),
            ZERO,
        )
