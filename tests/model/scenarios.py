"""The scenarios: how many troubles of which kind meet. Each is searched to its last state."""

from tests.model.state import BUY, CLOSE, LIMIT, Bounds

HERE = ("here",)
ONE_PLACE = ("here", "common")

LONG = {
    "crash": Bounds(app_deaths=2, ea_deaths=1),
    "crash-twice": Bounds((BUY, LIMIT), app_deaths=2, ea_deaths=2),
    "power": Bounds((BUY, LIMIT), power_cuts=1, ea_deaths=1, app_deaths=1),
    "power-stop": Bounds((BUY, LIMIT), power_cuts=1, presses=1, places=HERE),
    "stop": Bounds((BUY,), presses=2, resumes=True, app_deaths=1, ea_deaths=1, places=ONE_PLACE),
    "stop-by-hand": Bounds((), presses=2, resumes=True, deletions=1, app_deaths=1, ea_deaths=1),
    "sweep": Bounds((BUY, LIMIT), presses=1, ea_deaths=1, very_late=1, places=HERE),
    "late-fill": Bounds((BUY,), presses=2, ea_deaths=1, very_late=1, places=HERE),
    "late-close": Bounds(app_deaths=2, late_closes=True),
    "second-app": Bounds((BUY, LIMIT), second_apps=1, app_deaths=1, ea_deaths=1),
    "torn-row": Bounds((BUY, LIMIT), torn_writes=1, app_deaths=1, ea_deaths=1),
}

SHORT = {
    "crash": Bounds(app_deaths=1, ea_deaths=1),
    "crash-twice": Bounds((BUY, CLOSE), app_deaths=2, ea_deaths=2),
    "power": Bounds((BUY,), power_cuts=1, ea_deaths=1, app_deaths=1),
    "power-two-rows": Bounds((BUY, LIMIT), power_cuts=1, ea_deaths=1),
    "power-stop": Bounds((BUY,), power_cuts=1, presses=1, places=HERE),
    "stop-app-dies": Bounds((BUY,), presses=2, resumes=True, app_deaths=1, places=ONE_PLACE),
    "stop-ea-dies": Bounds((BUY,), presses=2, resumes=True, ea_deaths=1, places=ONE_PLACE),
    "stop-both-places": Bounds((BUY,), presses=1, resumes=True, app_deaths=1, ea_deaths=1),
    "stop-by-hand": LONG["stop-by-hand"],
    "sweep": LONG["sweep"],
    "late-fill": LONG["late-fill"],
    "late-close": Bounds((BUY, CLOSE), app_deaths=1, late_closes=True),
    "second-app": Bounds((BUY, LIMIT), second_apps=1, app_deaths=1),
    "torn-row": Bounds((BUY, LIMIT), torn_writes=1, app_deaths=1),
}

SCENARIOS = {**LONG, **SHORT}
"""By name, for the variants: where both forms have one, the short one."""

LIMITS = {
    # Row, intent and receipt were read by the other side, and none was on the disk yet.
    "a power cut takes a row that was executed": (
        Bounds((BUY,), power_cuts=1, rows_may_be_lost=True),
        "I6 the broker executed 0, the journal says NOT_SENT",
    ),
    # A close is not announced: the EA dies while one is on its way, the same one is refused then.
    "a close is sent again while the first one is on its way": (
        Bounds((BUY, CLOSE), ea_deaths=1, late_closes=True),
        "I6 receipt R is terminal, then the broker executes",
    ),
}
"""What the design does not cover: deals and snapshots show what is true, the outcome does not."""
