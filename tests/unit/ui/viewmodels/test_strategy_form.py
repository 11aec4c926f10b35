"""The form of a strategy: rules come and go, ranges and contradictions are named, it exports."""

from decimal import Decimal

from signalos_desktop.domain.risk.decision import Verdict
from signalos_desktop.engine.settings import Settings
from signalos_desktop.engine.strategies import taking_in
from signalos_desktop.engine.strategy_preview import Outcome, PreviewLine
from signalos_desktop.ui.viewmodels.strategies import (
    StrategyForm,
    decision_lines,
    outcome_words,
    strategy_note,
)

CAREFUL = Settings().with_changes(
    {"strategy.careful.risk.percent": "0.5", "strategy.for": "*=careful"}
)


def test_a_rule_comes_with_its_meaning_its_limits_and_what_holds_without_it() -> None:
    [line] = StrategyForm(CAREFUL, "careful").lines()
    assert (line.value, line.without, line.setting.allowed) == ("0.5", "1", "0.01-5")
    assert "(risk.percent)" in line.about
    assert line.group == "Risk rules"


def test_a_new_strategy_begins_with_what_holds_and_becomes_one_document() -> None:
    form = StrategyForm(Settings(), "bold")
    assert (form.stored, form.changed) == (False, False)
    assert "at least one rule" in form.problem()
    form.add("risk.max_daily_trades")
    form.type("risk.max_daily_trades", "3")
    assert form.problem() == ""
    assert "risk.max_daily_trades" not in form.free()
    kept = taking_in(Settings(), form.document())
    form.take_settings(kept)
    assert form.stored
    assert kept.strategies == {"bold": {"risk.max_daily_trades": 3}}
    form.discard()
    assert not form.changed


def test_a_value_out_of_range_and_a_contradiction_are_named() -> None:
    form = StrategyForm(CAREFUL, "careful")
    assert (
        form.error("risk.percent", "200") == "strategy.careful.risk.percent = 200, allowed 0.01-5"
    )
    form.type("risk.percent", "NaN")
    assert "risk.percent = NaN" in form.problem()
    form.type("risk.percent", "5")
    form.add("hours.windows")
    form.type("hours.windows", "25:00-26:00")
    assert "hours.windows" in form.problem()
    form.remove("risk.percent")
    assert [line.key for line in form.lines()] == ["hours.windows"]


def test_what_is_typed_stays_when_other_settings_come_into_force() -> None:
    form = StrategyForm(CAREFUL, "careful")
    form.take_settings(CAREFUL.with_change("strategy.careful.risk.percent", "0.7"))
    assert not form.changed
    form.type("risk.percent", "2")
    form.take_settings(CAREFUL)
    assert form.changed


def test_the_list_says_whom_a_strategy_holds_for() -> None:
    assert strategy_note(CAREFUL, "careful") == "for every signal"
    assert strategy_note(Settings(), "careful") == "not used"


def test_decisions_are_told_newest_first() -> None:
    taken = Outcome(Verdict.ACCEPTED, Decimal("0.20"), Decimal("98.4"), ())
    refused = Outcome(Verdict.REJECTED, Decimal(0), Decimal(0), ("SPREAD", "AGE"))
    lines = (
        PreviewLine("S1", "Gold", taken, taken, False),
        PreviewLine("S2", "Gold", taken, refused, True),
    )
    weighed = Outcome(Verdict.REJECTED, Decimal("0.1"), Decimal(9), ("SPREAD", "AGE"))
    assert not weighed.differs(refused)
    [same] = decision_lines((PreviewLine("S3", "Gold", weighed, refused, False),))
    assert (same.changed, same.now) == (False, "refused: SPREAD, AGE (0.1 lots, risk 9.00)")
    first, second = decision_lines(lines)
    assert (first.signal, first.now, first.then) == (
        "S2",
        "0.2 lots, risk 98.40",
        "refused: SPREAD, AGE",
    )
    assert not second.changed
    assert outcome_words(Outcome(Verdict.REJECTED, Decimal(0), Decimal(0), ())).endswith("no order")
