"""What is at risk already, in money, margin and counts."""

from collections.abc import Mapping

from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.risk.context import Reservation
from signalos_desktop.domain.risk.exposure import Exposure, measure_exposure
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.values import ZERO, Side
from tests.unit.domain.samples import EURUSD, EURUSD_QUOTE, USDJPY, dec, position, quote, resting

MARKET: Mapping[str, tuple[SymbolSpec, Quote]] = {"EURUSD": (EURUSD, EURUSD_QUOTE)}
RESERVED = Reservation(7, "EURUSD", Side.SELL, dec("0.20"), dec("61.50"), "vip", "s1")


def measure(
    positions: tuple[Position, ...] = (),
    orders: tuple[RestingOrder, ...] = (),
    reserved: tuple[Reservation, ...] = (),
    market: Mapping[str, tuple[SymbolSpec, Quote]] = MARKET,
) -> Exposure:
    return measure_exposure(positions, orders, reserved, market, "USD", 2)


def test_nothing() -> None:
    empty = measure()
    assert (empty.heat, empty.worst, empty.margin, empty.count()) == (ZERO, ZERO, ZERO, 0)


def test_open_resting_and_reserved_are_summed() -> None:
    found = measure((position(),), (resting(),), (RESERVED,))
    assert found.heat == dec("20.00") + dec("30.00") + dec("61.50")
    assert found.margin == dec("0.30") * 1100
    assert (found.count(), found.count("EURUSD"), found.count("XAUUSD")) == (3, 3, 0)
    assert found.held("EURUSD", Side.BUY) == dec("0.20")
    assert found.held("EURUSD", Side.SELL) == dec("0.20")
    assert found.held("XAUUSD", Side.SELL) == 0


def test_heat_is_measured_from_the_open_price_and_worst_from_the_present_one() -> None:
    found = measure((position(price_current=dec("1.10500")),))
    assert (found.heat, found.worst) == (dec("20.00"), dec("70.00"))
    losing = measure((position(price_current=dec("1.09900")),))
    assert (losing.heat, losing.worst) == (dec("20.00"), dec("10.00"))


def test_a_stop_in_profit_is_no_loss_and_no_gain() -> None:
    secured = position(sl=dec("1.10200"), price_current=dec("1.10500"))
    found = measure((secured, position(ticket=102)))
    assert (found.heat, found.worst) == (dec("20.00"), dec("50.00"))


def test_without_a_stop_the_sum_is_not_known() -> None:
    found = measure((position(), position(ticket=102, sl=None)), (resting(sl=None),))
    assert (found.heat, found.worst, found.unprotected) == (None, None, (102, 201))
    assert found.margin == dec("0.10") * 1100


def test_a_symbol_without_prices_makes_the_sum_unknown() -> None:
    foreign = position(symbol="XAUUSD")
    found = measure((position(), foreign))
    assert (found.heat, found.worst, found.margin, found.unpriced) == (
        None,
        None,
        None,
        ("XAUUSD",),
    )
    for bad in (quote("EURUSD", "1", "1", value="0"), quote("EURUSD", "1", "1", value="NaN")):
        assert measure((position(),), market={"EURUSD": (EURUSD, bad)}).heat is None


def test_an_order_without_a_margin_makes_the_margin_unknown() -> None:
    for margin in ("0", "NaN"):
        free = {"EURUSD": (EURUSD, quote("EURUSD", "1.1", "1.1", margin=margin))}
        found = measure((), (resting(),), market=free)
        assert (found.margin, found.unpriced) == (None, ("EURUSD",))
    assert measure((), (), (RESERVED,), market={}).unpriced == ("EURUSD",)


def test_a_loss_is_converted_at_the_stop_where_the_account_is_in_the_base() -> None:
    """0.60 USDJPY from 150.00 to 149.50: 30 000 JPY, 200.67 USD there and 200.00 at today's."""
    tick_value = dec("100") / dec("150")
    market = {"USDJPY": (USDJPY, quote("USDJPY", "150.000", "150.000", value=str(tick_value)))}
    yen = position(
        symbol="USDJPY", volume=dec("0.60"), price_open=dec("150.000"), sl=dec("149.500"),
        price_current=dec("150.000"),
    )  # fmt: skip
    assert measure((yen,), market=market).heat == dec("200.67")
