"""States that differ only in what nothing will ever look at again are one state.

Each rule says why it changes nothing. The long form of the tests searches without it.
"""

from tests.model.state import (
    QUEUED,
    RESUME_OVER,
    RESUME_WRITTEN,
    App,
    Case,
    Ea,
    Folder,
    State,
    World,
    final_mask,
)


def reduced(case: Case, s: State) -> State:
    app, folder, ea, world = _app(case, s.app), s.folder, _ea(s.ea), s.world
    if not case.bounds.power_cuts:
        if _is_spent(case, folder):
            folder, ea = folder._replace(resume_row=None), ea._replace(control_read=False)
        if app.resume == RESUME_OVER and app.resume_press and folder.resume_row is None:
            app = app._replace(resume_press=0)
        if case.design.receipts_are_remembered:
            folder, world = _finished(folder, world)
    return State(app, folder, ea, s.broker, world)


def _app(case: Case, app: App) -> App:
    """The session of a command is asked for until its row is written, then the row says it."""
    if case.design.ids_grow_for_ever and any(app.given_in):
        waits = [state == QUEUED for state in app.journal]
        given_in = tuple(s if w else 0 for s, w in zip(app.given_in, waits, strict=True))
        if given_in != app.given_in:
            app = app._replace(given_in=given_in)
    if app.resume >= RESUME_WRITTEN and app.resume_stop:
        app = app._replace(resume_stop=0)
    return app


def _ea(ea: Ea) -> Ea:
    """Whether a row lay there at the start is asked only while it is not settled."""
    if ea.at_start & ea.settled:
        return ea._replace(at_start=ea.at_start & ~ea.settled)
    return ea


def _is_spent(case: Case, folder: Folder) -> bool:
    """A RESUME of another session or an older stop: stop_ids and sessions only grow."""
    row, latch, design = folder.resume_row, folder.latch, case.design
    names_both = design.resume_names_stop and design.resume_names_session
    if row is None or not names_both or not design.released_is_written_first:
        return False
    return not latch.level or row[0] < latch.stop_id or row[1] < folder.session


def _finished(folder: Folder, world: World) -> tuple[Folder, World]:
    """A terminal receipt that nothing can take away ends lifetime, intent and UNKNOWN."""
    final = final_mask(folder.receipts)
    if (folder.intents | folder.unclear) & final:
        folder = folder._replace(intents=folder.intents & ~final, unclear=folder.unclear & ~final)
    if world.alive & final:
        world = world._replace(alive=world.alive & ~final)
    return folder, world
