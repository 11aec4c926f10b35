"""Balance and equity over sessions and accounts."""

from decimal import Decimal

from signalos_desktop.ui.viewmodels.equity_book import EquityBook
from tests.gui.panel_samples import ACCOUNT, account_changed


def test_one_point_a_second_is_kept() -> None:
    book = EquityBook()
    book.take(account_changed(equity="100").state, 10.2)
    book.take(account_changed(equity="101").state, 10.9)
    book.take(account_changed(equity="102").state, 11.1)
    assert [(t, e) for t, _, e in book.points(ACCOUNT)] == [(10.0, 101.0), (11.0, 102.0)]


def test_what_is_no_figure_is_no_point() -> None:
    book = EquityBook()
    assert book.take(account_changed(equity="NaN").state, 10) is None
    assert book.points(ACCOUNT) == ()


def test_the_past_stands_before_the_present_and_only_once() -> None:
    book = EquityBook()
    book.take(account_changed(equity="103").state, 30)
    past = [(10.0, 100.0, 100.0), (20.0, 100.0, 101.0), (30.0, 100.0, 999.0)]
    book.load({ACCOUNT: past})
    assert [t for t, _, _ in book.points(ACCOUNT)] == [10.0, 20.0, 30.0]
    assert book.points(ACCOUNT)[-1][2] == float(Decimal(103))
