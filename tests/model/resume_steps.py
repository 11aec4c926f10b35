"""The way back from a stop, step by step: engine/resume.py and adapters/mt5_files/flags.py."""

from collections.abc import Iterator

from tests.model.state import (
    CONFIRMED,
    DROPPED,
    FIRST_STEP,
    NO_RESUME,
    RESUME_OVER,
    RESUME_WRITTEN,
    RUNNING,
    SECOND_STEP,
    UNDER_WAY,
    Case,
    Flag,
    Folder,
    State,
    Step,
    unresolved,
)


def resume_steps(case: Case, s: State) -> Iterator[Step]:
    if s.app.phase != RUNNING:
        return
    yield from _confirm(case, s)
    yield from _next_step(case, s)
    latch, app = s.folder.latch, s.app
    if app.resume == RESUME_WRITTEN and not latch.level and s.ea.up:
        yield _at("app sees halt = none, journals", s, RESUME_OVER)
    flags = s.folder.here or s.folder.common
    if app.paused and app.resume not in UNDER_WAY and not latch.level and not flags and s.ea.up:
        after = s._replace(app=app._replace(paused=False))
        yield Step("user: RUNNING", after, progress=False)


def _confirm(case: Case, s: State) -> Iterator[Step]:
    """Offered only if the flags lying there are those that the EA has shown in status.halt."""
    folder, ready = s.folder, s.ea.up and not s.ea.doubts and not unresolved(s.folder)
    if s.app.resume != NO_RESUME or not case.bounds.resumes or not folder.latch.level or not ready:
        return
    flags = [flag for flag in (folder.here, folder.common) if flag is not None]
    shown = all(flag.press <= folder.latch.press for flag in flags)
    if shown or not case.design.resume_only_if_flags_shown:
        app = s.app._replace(
            resume=CONFIRMED,
            resume_press=s.world.presses,
            resume_stop=folder.latch.stop_id,
            paused=True,
        )
        name = "user confirms resume, app journals PAUSED(user)"
        yield Step(name, s._replace(app=app), progress=False)


def _next_step(case: Case, s: State) -> Iterator[Step]:
    first = case.design.flags_before_resume
    at = s.app.resume
    if at == CONFIRMED:
        yield _set_aside(case, s, here=True, then=FIRST_STEP) if first else _write(s, FIRST_STEP)
    elif at == FIRST_STEP:
        then = SECOND_STEP if first else DROPPED
        yield _set_aside(case, s, here=not first, then=then)
    elif at == SECOND_STEP:
        yield _at("app drops the flags set aside", _without_asides(s), DROPPED)
    elif at == DROPPED and first:
        yield _write(s, RESUME_WRITTEN)
    elif at == DROPPED:
        after = _set_aside(case, s, here=False, then=RESUME_WRITTEN)
        kept = after.state.app.resume == RESUME_WRITTEN
        yield after._replace(state=_without_asides(after.state)) if kept else after


def _write(s: State, then: int) -> Step:
    row = (s.app.resume_stop, s.folder.session)
    after = s._replace(folder=s.folder._replace(resume_row=row))
    return _at(f"app writes RESUME {row[0]}", after, then)


def _set_aside(case: Case, s: State, *, here: bool, then: int) -> Step:
    """Rename the flag, look at it, and put everything back if it is not the one that was shown."""
    place = "here" if here else "common"
    flag = s.folder.here if here else s.folder.common
    if flag is None:
        return _at(f"app finds no flag {place}", s, then)
    folder = (
        s.folder._replace(here=None, here_aside=flag)
        if here
        else s.folder._replace(common=None, common_aside=flag)
    )
    if flag.press > s.app.resume_press and case.design.flags_are_compared:
        after = s._replace(folder=put_back(folder))
        return _at(f"app finds another flag {place}, puts it back, gives up", after, RESUME_OVER)
    return _at(f"app sets the flag {place} aside", s._replace(folder=folder), then)


def put_back(folder: Folder) -> Folder:
    """Flags set aside are laid down again, never over one of a higher level."""
    if folder.here_aside is None and folder.common_aside is None:
        return folder
    return folder._replace(
        here=_merged(folder.here_aside, folder.here),
        common=_merged(folder.common_aside, folder.common),
        here_aside=None,
        common_aside=None,
    )


def _merged(aside: Flag | None, new: Flag | None) -> Flag | None:
    if aside is None or new is None:
        return aside or new
    return aside if new.level < aside.level else new


def _without_asides(s: State) -> State:
    return s._replace(folder=s.folder._replace(here_aside=None, common_aside=None))


def _at(name: str, s: State, resume: int) -> Step:
    return Step(name, s._replace(app=s.app._replace(resume=resume)))
