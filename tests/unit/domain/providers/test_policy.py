"""What a provider's policy makes of the rules, a zone, and what differs between two versions."""

from decimal import Decimal

import pytest

from signalos_desktop.domain.levels import TargetPolicy, ZonePick
from signalos_desktop.domain.parsing import read
from signalos_desktop.domain.providers.differences import FieldChange, differences
from signalos_desktop.domain.providers.policy import ProviderPolicy
from signalos_desktop.domain.providers.zones import across
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.domain.signal import OrderReading, OrderType, Zone

RULES = RiskRules()
RANGE = RiskRules(entry_zone=ZonePick.RANGE, percent=Decimal(3))


def test_a_policy_changes_only_what_it_says() -> None:
    assert ProviderPolicy().rules(RULES) is RULES
    own = ProviderPolicy(zone=ZonePick.LAST, targets=TargetPolicy.FIRST).rules(RULES)
    assert (own.entry_zone, own.targets_policy, own.percent) == (
        ZonePick.LAST,
        TargetPolicy.FIRST,
        RULES.percent,
    )


def order(text: str) -> OrderReading:
    return read(text).orders[0]


@pytest.mark.parametrize(
    ("text", "prices", "kind"),
    [
        ("XAUUSD BUY 2350 - 2347 SL 2340", (2350, Decimal("2348.5"), 2347), "unspecified"),
        ("XAUUSD SELL 2347 - 2350 SL 2360", (2347, Decimal("2348.5"), 2350), "unspecified"),
        ("SELL LIMIT XAUUSD 2347 - 2350 SL 2360", (2347, Decimal("2348.5"), 2350), "limit"),
    ],
)
def test_a_zone_becomes_three_orders_with_a_third_of_the_risk_each(
    text: str, prices: tuple[Decimal, ...], kind: str
) -> None:
    parts = across(order(text), RANGE)
    assert [part.entry for part, _ in parts] == [Zone(Decimal(p), Decimal(p)) for p in prices]
    assert {part.order_type for part, _ in parts} == {OrderType(kind)}
    assert [share.percent for _, share in parts] == [Decimal(1)] * 3
    assert sum(share.max_lots for _, share in parts) <= RANGE.max_lots


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("XAUUSD BUY 2350 - 2347 SL 2340", RULES),
        ("XAUUSD BUY 2350 SL 2340", RANGE),
        ("XAUUSD BUY NOW SL 2340", RANGE),
        ("BUY STOP XAUUSD 2350 - 2347 SL 2340", RANGE),
    ],
)
def test_what_is_no_zone_stays_one_order(text: str, rules: RiskRules) -> None:
    assert across(order(text), rules) == ((order(text), rules),)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("BUY GOLD 2350 SL 2340 TP 2360", "BUY GOLD 2350 SL 2341 TP 2360", ["S/L 2340 -> 2341"]),
        (
            "BUY GOLD 2350 SL 2340 TP 2360",
            "BUY GOLD 2350 - 2347 SL 2340 TP 2360 TP 2370",
            ["entry 2350 -> 2347 - 2350", "T/P2 none -> 2370"],
        ),
        (
            "BUY GOLD NOW SL 30 pips TP 1:2",
            "BUY GOLD NOW SL 40 pips TP open",
            ["S/L 30 pips -> 40 pips", "T/P1 1:2 -> open"],
        ),
        ("SL to BE", "close 25 % gold", ["actions breakeven -> close_partial XAUUSD 25 %"]),
        ("TP2 to 2370", "TP2 to 2380", ["actions modify_tp T/P2 2370 -> modify_tp T/P2 2380"]),
        ("move SL to 2340", "move SL to 2340", []),
        (
            "good morning",
            "close half",
            ["kind none -> update", "actions none -> close_partial 50 %"],
        ),
    ],
)
def test_what_differs_in_words(before: str, after: str, said: list[str]) -> None:
    assert [change.text for change in differences(read(before), read(after))] == said


def test_more_orders_and_other_symbols_differ() -> None:
    one = read("EURUSD BUY 1.08 SL 1.07 TP 1.09")
    two = read("EURUSD BUY 1.08 SL 1.07 TP 1.09\n\nGBPUSD SELL 1.27 SL 1.28 TP 1.25")
    assert differences(one, two) == (FieldChange(0, "orders", "1", "2"),)
    other = read("GBPUSD SELL 1.27 SL 1.28 TP 1.25")
    fields = [change.field for change in differences(one, other)]
    assert fields == ["symbol", "side", "entry", "sl", "tp1"]
    assert [change.level for change in differences(one, other)] == [False] * 3 + [True] * 2
