"""Defences of the EA, each removed in turn: the suite must notice, or it proves nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.crash.play import Death, Run, play
from tests.crash.runs import is_snapshot
from tests.ea_sim import traces_close, traces_stop, traces_trade
from tests.ea_sim.build import EXPERT, Program
from tests.ea_sim.outcomes import short
from tests.ea_sim.traces import TRACES
from tests.ea_sim.world import EA, World

assert all(module.__doc__ for module in (traces_close, traces_trade, traces_stop)), (
    "they add their traces"
)

Evidence = str | None
Detector = Callable[[Program], Evidence]


@dataclass(frozen=True)
class Mutation:
    """old, new: texts of the translated source. detect: what the suite finds, None = nothing."""

    name: str
    removed: str
    old: str
    new: str
    detect: Detector

    @property
    def program(self) -> Program:
        return Program(EXPERT, mutation=(self.name, self.old, self.new), checked=False)


def by_trace(name: str) -> Detector:
    """The receipts of one trace are not golden any more, or its own assertions fail."""

    def detect(program: Program) -> Evidence:
        trace = next(one for one in TRACES if one.name == name)
        with tempfile.TemporaryDirectory() as root:
            world = World(Path(root), EA, trace.setting, program)
            try:
                world.begin()
                trace.play(world)
                told = tuple(map(short, world.receipts()))
            except AssertionError as error:
                return f"{name}: {str(error) or 'an assertion of the trace'}"
            finally:
                world.close()
        return None if told == trace.golden else f"{name}: {told}"

    return detect


def by_runs(choose: Callable[[list[str]], Iterator[Run]], script: str) -> Detector:
    """The first violation in runs that are chosen by the effects of a clean run."""

    def detect(program: Program) -> Evidence:
        clean = play(Run(script), program)
        for run in [clean.run, *choose(clean.effects)]:
            violations = play(run, program).violations
            if violations:
                return f"{run}: {violations[0]}"
        return None

    return detect


def _numbers(effects: list[str], prefix: str) -> list[int]:
    return [n for n, effect in enumerate(effects, 1) if effect.startswith(prefix)]


def _torn(effects: list[str]) -> Iterator[Run]:
    for number in _numbers(effects, "write:"):
        if not is_snapshot(effects[number - 1]):
            yield Run("trade", deaths=(Death(number, "torn", 20),))


def _after_sends(script: str, *cut: str) -> Callable[[list[str]], Iterator[Run]]:
    def runs(effects: list[str]) -> Iterator[Run]:
        for number in _numbers(effects, "send:"):
            yield Run(script, deaths=(Death(number, "after"),), power_cut=cut)

    return runs


def _no_runs(effects: list[str]) -> Iterator[Run]:
    del effects
    yield from ()


def _timeouts(effects: list[str]) -> Iterator[Run]:
    del effects
    yield Run("trade", fault="timeout-executed")


_AT_START = "if(at_start && NeedsIntent(command.action))"
_STOPPED = "if(limits.open)"

MUTATIONS = (
    Mutation(
        "skip-intent",
        "the intent on the disk before the send",
        "if(!AppendRow(INTENTS_FILE, INTENTS_HEADER, SealedRow(body)))",
        "if(false)",
        by_runs(_no_runs, "trade"),
    ),
    Mutation(
        "run-what-lay-there",
        "opens that lay in the file at OnInit are in doubt",
        _AT_START,
        "if(at_start && false)",
        by_runs(_after_sends("trade", "intents.csv", "receipts.csv"), "trade"),
    ),
    Mutation(
        "forget-receipts",
        "what is settled is read from receipts.csv",
        "if(entry.cmd_id > 0) {\n      NoteSettled(entry);\n      return;",
        "if(entry.cmd_id > 0) {\n      return;",
        by_runs(_after_sends("trade"), "trade"),
    ),
    Mutation(
        "forget-mark",
        "an id below the mark is a repetition",
        "return (long)MathMax(g_mark, g_mark_floor);",
        "return 0;",
        by_trace("row_below_the_mark"),
    ),
    Mutation(
        "torn-tail",
        "a torn row is closed before the next one",
        "if(!EndsInLineFeed(handle, size))",
        "if(false && !EndsInLineFeed(handle, size))",
        by_runs(_torn, "trade"),
    ),
    Mutation(
        "resend-unknown",
        "an unclear send is never repeated",
        "if(sent.outcome == OUTCOME_RETRY) {",
        "if(sent.outcome == OUTCOME_RETRY || sent.outcome == OUTCOME_UNKNOWN) {",
        by_runs(_timeouts, "trade"),
    ),
    Mutation(
        "halt-once",
        "the stop is looked at before every attempt",
        _STOPPED,
        "if(limits.open && false)",
        by_trace("stop_between_requote_and_retry"),
    ),
    Mutation(
        "expiry-once",
        "the expiry is looked at before every attempt",
        "if(limits.expires_ms >= 0 && IsExpired(limits.expires_ms))",
        "if(false)",
        by_trace("expiry_between_attempts"),
    ),
    Mutation(
        "time-current",
        "expiries are judged by TimeGMT",
        "return ((long)TimeGMT() + 1) * 1000 > expires_utc_ms;",
        "return ((long)TimeCurrent() + 1) * 1000 > expires_utc_ms;",
        by_trace("buy"),
    ),
    Mutation(
        "expiry-before-look",
        "a close looks for its position before its expiry",
        "CloseOne(command, command.ticket, closing);",
        "if(EndsExpired(command)) return; CloseOne(command, command.ticket, closing);",
        by_trace("close_looks_before_its_expiry"),
    ),
    Mutation(
        "current-file-only",
        "every command file that is not archived is read",
        "for(int i = 0; i < ArraySize(g_files) && !behind; i++)",
        "for(int i = ArraySize(g_files) - 1; i >= 0 && i < ArraySize(g_files) && !behind; i += 99)",
        by_trace("old_file_is_read_at_start"),
    ),
    Mutation(
        "any-session",
        "opens of another session are refused",
        "if(!g_app.known || command.session != g_app.session)\n      return",
        "if(!g_app.known)\n      return",
        by_trace("stale_session"),
    ),
    Mutation(
        "app-alive-at-start",
        "the app is silent until its seq has changed",
        "return g_app.known && g_app.changed && !g_app.closing",
        "return g_app.known && !g_app.closing",
        by_trace("silent_since_the_start"),
    ),
    Mutation(
        "resume-any-stop",
        "RESUME names its stop",
        "if(stop_id != g_halt.stop_id)\n      return",
        "if(false)\n      return",
        by_trace("resume_of_another_stop"),
    ),
    Mutation(
        "resume-any-session",
        "RESUME belongs to the session in force",
        "return session < g_app.session || ObeyControl(",
        "return ObeyControl(",
        by_trace("resume_of_an_old_session"),
    ),
    Mutation(
        "resume-under-a-flag",
        "RESUME waits for the flags to be gone",
        "if(IsFlagLying())\n      return",
        "if(false)\n      return",
        by_trace("resume_with_a_flag_lying"),
    ),
    Mutation(
        "release-in-memory",
        "RELEASED is written before it is acted upon",
        "if(!AppendRow(LATCH_FILE, LATCH_HEADER, row))",
        "if(false)",
        by_trace("resume_survives_a_restart"),
    ),
    Mutation(
        "latch-in-memory",
        "the latch is in latch.csv",
        "while(done < count && AppendRow(LATCH_FILE, LATCH_HEADER, g_latch_waiting[done]))",
        "while(done < count)",
        by_trace("stop_survives_its_flag"),
    ),
    Mutation(
        "one-flag",
        "the flag is looked for in Common too",
        "ReadFlag(FLAG_NAME, FILE_COMMON, g_flag_common);",
        "",
        by_trace("flag_in_common_alone"),
    ),
    Mutation(
        "same-stop",
        "a new flag is a new stop",
        "if(!IsLatched() || !HasText(g_flags_ever, flag.identity))",
        "if(!IsLatched())",
        by_trace("second_press_is_a_new_stop"),
    ),
    Mutation(
        "open-in-doubt",
        "no open while another one is unclear",
        "if(ArraySize(g_doubts) > 0)\n      return",
        "if(ArraySize(g_doubts) > 9999)\n      return",
        by_trace("timeout_executed"),
    ),
    Mutation(
        "no-waiting",
        "NOT_FOUND only after a minute of connection",
        "if(connected < wait || Monotonic() - doubt.since < wait)",
        "if(false)",
        by_trace("executed_within_a_minute"),
    ),
    Mutation(
        "no-late-watch",
        "what was called NOT_FOUND is watched",
        "AppendDoubt(g_watched, doubt.command, doubt.utc_ms);",
        "return;",
        by_trace("late_fill"),
    ),
    Mutation(
        "one-scan",
        "FLAT after two scans",
        "return IsLatched() && g_flat_scans >= 2;",
        "return IsLatched() && g_flat_scans >= 1;",
        by_trace("flat_needs_two_scans"),
    ),
    Mutation(
        "flat-while-unclear",
        "FLAT only with nothing unresolved",
        "Unresolved() == 0 && IsConnected()",
        "IsConnected()",
        by_trace("flat_waits_for_what_is_unclear"),
    ),
    Mutation(
        "no-cancel",
        "a stop deletes resting orders",
        "bool tried = CancelOrders(end);",
        "bool tried = true;",
        by_runs(_no_runs, "stop"),
    ),
    Mutation(
        "no-crc",
        "a row is believed by its crc",
        "return CrcOfText(body) == StringSubstr(line, length - 8);",
        "return true;",
        by_trace("unreadable_rows"),
    ),
    Mutation(
        "unclear-close-forgotten",
        "an unclear close is durable",
        'Answer(command, u"UNKNOWN"_S, message, retcode, fill);',
        "",
        by_trace("close_timeout_executed"),
    ),
)


def mutation(name: str) -> Mutation:
    """By name; KeyError naming those that there are."""
    for one in MUTATIONS:
        if one.name == name:
            return one
    raise KeyError(f"no mutation {name!r}; there are: {', '.join(m.name for m in MUTATIONS)}")
