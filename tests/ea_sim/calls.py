"""The host's half of the runtime: what the program asks of its terminal, answered by a broker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from signalos_desktop.domain.position import Deal, Position, RestingOrder
from signalos_desktop.domain.retcodes import describe_retcode
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.values import from_ms, to_ms
from signalos_desktop.simulator.trade import Filling, Terminal, TradeAction, TradeRequest
from tests.ea_sim.enums import FLAGS, members, numbers

UNIT, RECORD, FIELD = "\x1f", "\x1e", "\x1c"
ERROR_UNKNOWN_SYMBOL, ERROR_CALCULATION = 4301, 4752

_ACTIONS = {number: name[13:] for name, number in numbers("ENUM_TRADE_REQUEST_ACTIONS").items()}
_TYPES = {name[11:]: number for name, number in numbers("ENUM_ORDER_TYPE").items()}
_TYPE_NAMES = {number: name for name, number in _TYPES.items()}
_FILLINGS = {n: name[14:] for name, n in numbers("ENUM_ORDER_TYPE_FILLING").items()}
_STATES = {name[12:]: number for name, number in numbers("ENUM_ORDER_STATE").items()}
_STATES["CANCELLED"] = _STATES["CANCELED"]
_DEAL_TYPES = {name[10:]: number for name, number in numbers("ENUM_DEAL_TYPE").items()}
_ENTRIES = {name[11:]: number for name, number in numbers("ENUM_DEAL_ENTRY").items()}
_REASONS = {name[12:]: number for name, number in numbers("ENUM_DEAL_REASON").items()}
_CALC = {name[17:]: number for name, number in numbers("ENUM_SYMBOL_CALC_MODE").items()}
_TRADE_MODES = {name[18:]: number for name, number in numbers("ENUM_SYMBOL_TRADE_MODE").items()}
_EXECUTION = {name[23:]: n for name, n in numbers("ENUM_SYMBOL_TRADE_EXECUTION").items()}
_MARGIN = {name[20:]: number for name, number in numbers("ENUM_ACCOUNT_MARGIN_MODE").items()}
_ACCOUNT = {name[19:]: number for name, number in numbers("ENUM_ACCOUNT_TRADE_MODE").items()}


def _flags(table: str, prefix: str) -> dict[str, int]:
    return {name.removeprefix(prefix): bit for name, bit in members(FLAGS[table])}


_FILLING_BITS = _flags("mql_filling_flags", "SYMBOL_FILLING_")
_ORDER_BITS = _flags("mql_order_flags", "SYMBOL_ORDER_")
_EXPIRATION_BITS = _flags("mql_expiration_flags", "SYMBOL_EXPIRATION_")


@dataclass(frozen=True, slots=True)
class OldOrder:
    """An order that no longer rests, as the terminal's history lists it."""

    ticket: int
    symbol: str
    type: str
    state: str
    volume: Decimal
    price: Decimal
    magic: int
    comment: str
    time: datetime
    position: int


def old_orders(lines: Iterable[Mapping[str, Any]]) -> list[OldOrder]:
    """The done orders of a broker's ledger, each in its last state."""
    found: dict[int, OldOrder] = {}
    for line in lines:
        if line["kind"] != "order" or line["state"] == "PLACED":
            continue
        found[int(line["ticket"])] = OldOrder(
            int(line["ticket"]),
            line["symbol"],
            line["type"],
            line["state"],
            Decimal(line["volume"]),
            Decimal(line["price"]),
            int(line["magic"]),
            line["comment"],
            datetime.fromisoformat(line["utc"]),
            int(line["position"]),
        )
    return list(found.values())


class TerminalCalls:
    """Answers one call at a time. Times that go to the program are the server's."""

    def __init__(
        self,
        terminal: Terminal,
        *,
        monotonic: Callable[[], float],
        sleep: Callable[[float], None],
        history: Callable[[], list[OldOrder]],
        paths: Mapping[str, str],
    ) -> None:
        self._terminal = terminal
        self._monotonic = monotonic
        self._sleep = sleep
        self._history = history
        self._paths = paths
        self.timer_ms = 0
        self.removed = False

    def clock(self) -> list[str]:
        """TimeGMT, GetTickCount64, the server's offset, the time of the last tick."""
        terminal = self._terminal
        gmt = int(terminal.time_gmt().timestamp())
        offset = terminal.server_utc_offset()
        ticks = [int(quote.time.timestamp()) for quote in terminal.quotes()]
        last = max(ticks, default=gmt) + offset
        return [str(gmt), str(int(self._monotonic() * 1000)), str(offset), str(last)]

    def answer(self, call: list[str]) -> list[str]:
        handler = getattr(self, f"call_{call[0]}", None)
        if handler is None:
            raise RuntimeError(f"the program asks for {call[0]!r}, which the host lacks")
        result: list[str] = handler(call[1:])
        return result

    def call_clock(self, _: list[str]) -> list[str]:
        return ["R", *self.clock()]

    def call_timer(self, args: list[str]) -> list[str]:
        self.timer_ms = int(args[0])
        return ["R"]

    def call_remove(self, _: list[str]) -> list[str]:
        self.removed = True
        return ["R"]

    def call_sleep(self, args: list[str]) -> list[str]:
        self._sleep(int(args[0]) / 1000)
        return ["R", *self.clock()]

    def call_terminal(self, args: list[str]) -> list[str]:
        return ["R", self._paths.get(args[0], "")]

    def call_state(self, _: list[str]) -> list[str]:
        terminal = self._terminal
        granted = terminal.permissions()
        names = ("connected", "terminal_trade", "ea_trade", "account_expert", "account_trade")
        permissions = FIELD.join(str(int(getattr(granted, name))) for name in names)
        positions = RECORD.join(map(self._position, terminal.positions()))
        orders = RECORD.join(map(self._order, terminal.orders()))
        return ["R", self._account(), permissions, positions, orders]

    def call_specs(self, _: list[str]) -> list[str]:
        return ["R", RECORD.join(map(_spec, self._terminal.symbols()))]

    def call_quotes(self, _: list[str]) -> list[str]:
        return ["R", RECORD.join(map(self._quote, self._terminal.quotes()))]

    def call_select(self, args: list[str]) -> list[str]:
        found = self._terminal.select_symbol(args[0])
        return ["R"] if found else ["E", str(ERROR_UNKNOWN_SYMBOL)]

    def call_send(self, args: list[str]) -> list[str]:
        result = self._terminal.order_send(self._request(args))
        words = result.comment or describe_retcode(result.retcode).wording
        return [
            "R",
            str(int(result.accepted)),
            str(result.retcode),
            str(result.deal),
            str(result.order),
            str(result.volume),
            str(result.price),
            words,
            *self.clock(),
        ]

    def call_check(self, args: list[str]) -> list[str]:
        retcode = self._terminal.order_check(self._request(args))
        return ["R", str(retcode), describe_retcode(retcode).wording if retcode else "Done"]

    def call_profit(self, args: list[str]) -> list[str]:
        type_, symbol = _TYPE_NAMES[int(args[0])], args[1]
        volume, opened, closed = (_decimal(text) for text in args[2:5])
        money = self._terminal.order_calc_profit(type_, symbol, volume, opened, closed)
        return ["E", str(ERROR_CALCULATION)] if money is None else ["R", str(money)]

    def call_margin(self, args: list[str]) -> list[str]:
        type_, symbol = _TYPE_NAMES[int(args[0])], args[1]
        volume, price = (_decimal(text) for text in args[2:4])
        money = self._terminal.order_calc_margin(type_, symbol, volume, price)
        return ["E", str(ERROR_CALCULATION)] if money is None else ["R", str(money)]

    def call_deals(self, args: list[str]) -> list[str]:
        since, position = self._from_server(int(args[0])), int(args[1])
        deals = self._terminal.deals(since)
        rows = [self._deal(deal) for deal in deals if position in (0, deal.position_id)]
        return ["R", RECORD.join(rows)]

    def call_old_orders(self, args: list[str]) -> list[str]:
        since, position = self._from_server(int(args[0])), int(args[1])
        orders = [order for order in self._history() if order.time >= since]
        rows = [self._old_order(order) for order in orders if position in (0, order.position)]
        return ["R", RECORD.join(rows)]

    def _request(self, args: list[str]) -> TradeRequest:
        expiration = int(args[13 - 1])
        return TradeRequest(
            action=TradeAction(_ACTIONS[int(args[0])]),
            magic=int(args[1]),
            order=int(args[2]),
            symbol=args[3],
            volume=_decimal(args[4]),
            price=_decimal(args[5]),
            sl=_decimal(args[7]),
            tp=_decimal(args[8]),
            deviation=int(args[9]),
            type=_TYPE_NAMES[int(args[10])],
            filling=Filling(_FILLINGS[int(args[11])]),
            expiration=self._from_server(expiration) if args[12] != "0" and expiration else None,
            comment=args[14],
            position=int(args[15]),
        )

    def _account(self) -> str:
        state = self._terminal.account()
        account = state.account
        return _row(
            account.login,
            account.server,
            state.company,
            state.currency,
            _ACCOUNT[state.trade_mode],
            state.leverage,
            _MARGIN[state.margin_mode],
            state.currency_digits,
            state.balance,
            state.equity,
            state.profit,
            state.margin,
            state.margin_free,
            state.margin_level or 0,
            state.stop_out,
        )

    def _position(self, held: Position) -> str:
        return _row(
            held.ticket,
            held.identifier,
            held.symbol,
            _TYPES[held.side.name],
            held.volume,
            held.price_open,
            held.sl or 0,
            held.tp or 0,
            held.price_current,
            held.swap,
            held.profit,
            held.magic,
            held.comment,
            self._server_ms(held.time),
        )

    def _order(self, order: RestingOrder) -> str:
        expiration = self._server_ms(order.expiration) // 1000 if order.expiration else 0
        return _row(
            order.ticket,
            order.symbol,
            _TYPES[order.type],
            _STATES[order.state],
            order.volume,
            order.volume,
            order.price,
            order.sl or 0,
            order.tp or 0,
            order.magic,
            order.comment,
            self._server_ms(order.time),
            expiration,
            2 if order.expiration else 0,
            0,
            0,
        )

    def _old_order(self, order: OldOrder) -> str:
        time = self._server_ms(order.time)
        return _row(
            order.ticket,
            order.symbol,
            _TYPES[order.type],
            _STATES[order.state],
            order.volume,
            0,
            order.price,
            0,
            0,
            order.magic,
            order.comment,
            time,
            0,
            0,
            time,
            order.position,
        )

    def _deal(self, deal: Deal) -> str:
        return _row(
            deal.ticket,
            deal.order,
            deal.position_id,
            self._server_ms(deal.time),
            deal.symbol,
            _DEAL_TYPES[deal.type],
            _ENTRIES[deal.entry.value],
            _REASONS[deal.reason],
            deal.volume,
            deal.price,
            deal.commission,
            deal.swap,
            deal.fee,
            deal.profit,
            deal.magic,
            deal.comment,
        )

    def _quote(self, quote: Quote) -> str:
        return _row(
            quote.symbol,
            quote.bid,
            quote.ask,
            self._server_ms(quote.time),
            quote.tick_value,
            quote.tick_value_loss,
        )

    def _server_ms(self, instant: datetime) -> int:
        return to_ms(instant) + self._terminal.server_utc_offset() * 1000

    def _from_server(self, seconds: int) -> datetime:
        earliest = datetime(1970, 1, 1, tzinfo=UTC)
        if seconds <= 0:
            return earliest
        return from_ms(seconds * 1000) - timedelta(seconds=self._terminal.server_utc_offset())


def _row(*values: object) -> str:
    return FIELD.join(map(str, values))


def _decimal(text: str) -> Decimal:
    """A double as the terminal understands it: what is left of binary noise is rounded away."""
    value = round(float(text), 10)
    return Decimal(repr(value)).normalize() + 0 if value else Decimal(0)


def _bits(names: Iterable[str], table: Mapping[str, int]) -> int:
    return sum(table.get(name, 0) for name in names)


def _spec(spec: SymbolSpec) -> str:
    integers = [
        spec.digits,
        _bits(spec.filling, _FILLING_BITS),
        _EXECUTION[spec.exemode],
        _TRADE_MODES[spec.trade_mode.value],
        spec.stops_level,
        spec.freeze_level,
        spec.spread,
        0,
        _bits(spec.order_mode, _ORDER_BITS),
        _bits(spec.expiration_mode, _EXPIRATION_BITS),
        _CALC[spec.calc_mode],
    ]
    doubles = [
        0,
        0,
        spec.point,
        spec.volume_min,
        spec.volume_max,
        spec.volume_step,
        spec.volume_limit,
        spec.tick_value,
        spec.tick_value_loss,
        spec.tick_size,
        spec.contract_size,
        spec.swap_long,
        spec.swap_short,
        0,
        0,
    ]
    days = "|".join(" ".join(f"{a}-{b}" for a, b in day) for day in spec.sessions)
    return _row(
        spec.name,
        spec.currency_base,
        spec.currency_profit,
        spec.currency_margin,
        *integers,
        *doubles,
        days,
    )
