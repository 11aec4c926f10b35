"""What a trader must know of a stop besides what is open: news right now, a netting account."""

from datetime import timedelta

from signalos_desktop.domain.news import Impact
from signalos_desktop.domain.risk.quiet import currencies_of
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.values import iso_ms
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.events import Alarm

NEWS_WINDOW = timedelta(minutes=2)


def notes_of_stop(desk: Desk) -> list[Alarm]:
    """For a stop that closes positions; each is told once, when the stop begins."""
    scope = frozenset(desk.in_scope())
    symbols = sorted({p.symbol for p in desk.book.positions.values() if p.ticket in scope})
    if not symbols or desk.safety.wanted is not StopLevel.FLATTEN:
        return []
    found = [_news(desk, symbols), _netting(desk, symbols)]
    return [alarm for alarm in found if alarm is not None]


def _news(desk: Desk, symbols: list[str]) -> Alarm | None:
    now = desk.sight().now
    for symbol in symbols:
        spec = desk.book.specs.get(symbol)
        if spec is None:
            continue
        near = desk.calendar.between(
            currencies_of(spec), now - NEWS_WINDOW, now + NEWS_WINDOW, Impact.HIGH
        )
        if near is not None:
            text = (
                f"the stop closes {symbol} within 2 minutes of {near.currency} {near.title}"
                f" ({iso_ms(near.time)[11:16]} UTC): some firms (FTMO Standard, funded) count any"
                " close in that window as a breach of its own"
            )
            step = "the stop acts all the same; tell your firm why, with the journal as evidence"
            return Alarm(desk.account, "NEWS_AT_STOP", text, step)
    return None


def _netting(desk: Desk, symbols: list[str]) -> Alarm | None:
    if not desk.book.netting:
        return None
    text = (
        f"netting account: the stop closes the whole net volume of {', '.join(symbols)}, what was"
        " traded there by hand or by another program included"
    )
    step = "open again by hand what was not meant to be closed"
    return Alarm(desk.account, "NETTING_AT_STOP", text, step)
