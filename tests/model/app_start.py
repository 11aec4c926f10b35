"""The start of the panel: engine/session.py, engine/reconcile.py and the bridge's begin()."""

from collections.abc import Iterator

from tests.model.resume_steps import put_back
from tests.model.state import (
    COMMANDS,
    DEAD,
    NOT_SENT,
    PUBLISHED,
    QUEUED,
    RUNNING,
    STARTING,
    Case,
    State,
    Step,
    bit,
    commands_in,
)


def start_steps(case: Case, s: State) -> Iterator[Step]:
    """Two steps with a death possible between them: app.json says the session, files are read."""
    announces_now = (s.app.phase == DEAD) == case.design.app_json_before_reading
    if s.app.phase == RUNNING:
        return
    phase = STARTING if s.app.phase == DEAD else RUNNING
    base = s._replace(app=s.app._replace(phase=phase))
    if phase == STARTING:
        folder = put_back(base.folder)
        base = base._replace(folder=folder, ea=base.ea._replace(heard=False))
    if announces_now:
        folder = base.folder._replace(session=base.folder.session + 1)
        yield Step("app announces a new session in app.json", base._replace(folder=folder))
        return
    yield Step("app reads the command files", _reconciled(case, base))


def _reconciled(case: Case, s: State) -> State:
    """What lies in a file is PUBLISHED, whatever was thought of it; the rest is never sent."""
    written, journal = commands_in(s.folder), list(s.app.journal)
    for k in COMMANDS:
        if written & bit(k) and journal[k] in (QUEUED, NOT_SENT):
            journal[k] = PUBLISHED
        elif journal[k] == QUEUED and case.design.nothing_is_appended_later:
            journal[k] = NOT_SENT
    return s._replace(app=s.app._replace(journal=tuple(journal)))
