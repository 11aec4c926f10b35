"""What the simulated terminal is asked on stdin: faults, quotes, deposits, trades by hand."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from signalos_desktop.domain.values import parse_decimal
from signalos_desktop.simulator.broker import Broker
from signalos_desktop.simulator.trade import Filling, TradeAction, TradeRequest

_PRICES = ("volume", "price", "sl", "tp")
_TICKETS = ("position", "order")


class Requests:
    """One JSON object a line. `answer` gives the fields of an event; ValueError says what is wrong.

    {"fault":"requote:2"} {"clear":"no-connection"} {"quote":{"symbol","bid","ask"}}
    {"deposit":"100"} {"trade":{"action","symbol","type","volume",...}} {"quit":true}
    """

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self.quit = False
        self._verbs: Mapping[str, Callable[[Any], dict[str, Any]]] = {
            "fault": self._fault,
            "clear": self._clear,
            "quote": self._quote,
            "deposit": self._deposit,
            "trade": self._trade,
            "quit": self._quit,
        }

    def answer(self, line: bytes) -> dict[str, Any]:
        try:
            wish = msgspec.json.decode(line, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ValueError(f"not a JSON object: {error}") from None
        if len(wish) != 1 or not wish.keys() <= self._verbs.keys():
            raise ValueError(f"{sorted(wish)}: expected one of {', '.join(self._verbs)}")
        verb, value = next(iter(wish.items()))
        return {"done": verb, **self._verbs[verb](value)}

    def _fault(self, spec: Any) -> dict[str, Any]:
        self._broker.faults.arm(str(spec))
        return {"fault": str(spec)}

    def _clear(self, name: Any) -> dict[str, Any]:
        self._broker.faults.clear(str(name))
        return {"fault": str(name)}

    def _quote(self, quote: Any) -> dict[str, Any]:
        fields = _object(quote)
        symbol = str(fields.get("symbol", ""))
        if symbol not in self._broker.market.listings:
            raise ValueError(f"{symbol!r} is not a symbol of this broker")
        bid, ask = (parse_decimal(str(fields.get(side, ""))) for side in ("bid", "ask"))
        if not 0 < bid <= ask:
            raise ValueError(f"bid {bid}, ask {ask}: bid must be above 0, ask not below bid")
        self._broker.market.set_quote(symbol, bid, ask)
        return {"symbol": symbol}

    def _deposit(self, amount: Any) -> dict[str, Any]:
        deal = self._broker.deposit(parse_decimal(str(amount)))
        return {"deal": str(deal.ticket)}

    def _trade(self, trade: Any) -> dict[str, Any]:
        fields = _object(trade)
        values: dict[str, Any] = {name: str(fields.get(name, "")) for name in ("symbol", "type")}
        values |= {name: parse_decimal(str(fields.get(name, 0))) for name in _PRICES}
        values |= {name: int(fields.get(name, 0)) for name in _TICKETS}
        values["comment"] = str(fields.get("comment", ""))
        action = TradeAction(str(fields.get("action", "DEAL")))
        filling = Filling.RETURN if action is TradeAction.PENDING else Filling.FOK
        result = self._broker.trade_by_hand(TradeRequest(action, filling=filling, **values))
        return {
            "retcode": result.retcode,
            "order": str(result.order),
            "deal": str(result.deal),
            "price": f"{Decimal(result.price):f}",
        }

    def _quit(self, _: Any) -> dict[str, Any]:
        self.quit = True
        return {}


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{value!r}: expected an object")
    return value
