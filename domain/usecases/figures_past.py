"""Where a figure comes from: its history, and the screenshot it was read off."""

from datetime import datetime

from domain.errors import NotFound
from domain.figures import Figure, FigureState, History, PastFigure, concerns
from domain.pages import Page
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.ports.drafts import StoredMedia
from domain.rights import Action, ensure_may

SHOT = "figure.shot"
SHOT_HOURS = 1


async def history(uow: UnitOfWork, actor: Actor, figure_id: int) -> History:
    """All that was said about the same page's day or the same post; nothing of it is ever lost."""
    figure, page = await _get(uow, actor, figure_id)
    known = await uow.figures.past(figure)
    names = await uow.people.names(list({who for f in known for who in (f.typed_by, f.for_person)}))
    files = await uow.figure_imports.names({f.import_id for f in known if f.import_id is not None})
    entries = []
    for one in known:
        file, sender = files.get(one.import_id or 0, ("", None))
        by = "" if file and sender is None else names.get(one.typed_by, "?")
        whom = None if one.for_person == one.typed_by or file else names.get(one.for_person, "?")
        entries.append(PastFigure(one, by, whom, file))
    return History(page, figure.day, figure.slot_id, tuple(entries))


async def ask_screenshot(uow: UnitOfWork, actor: Actor, figure_id: int, *, now: datetime) -> Page:
    """The person's next picture is what this figure was read off."""
    _, page = await _get(uow, actor, figure_id)
    await uow.expectations.set(actor.id, SHOT, f"figure:{figure_id}", now=now, hours=SHOT_HOURS)
    return page


async def attach(uow: UnitOfWork, actor: Actor, figure_id: int, screenshot: str, *, now: datetime) -> Page:
    """Keep a picture with a figure, and with all that were given in the same breath."""
    figure, page = await _get(uow, actor, figure_id)
    if figure.state is FigureState.REPLACED:
        raise NotFound("figure")
    standing = [f for f in await uow.figures.past(figure) if f.state is not FigureState.REPLACED]
    together = [f.id for f in standing if (f.at, f.typed_by) == (figure.at, figure.typed_by)]
    await uow.figures.attach(together, screenshot)
    await uow.expectations.clear(actor.id, SHOT)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action=Action.FIGURES_REPORT.value,
        object_=f"figure:{figure_id}",
        payload={"screenshot": screenshot},
    )
    return page


async def screenshot_of(uow: UnitOfWork, actor: Actor, figure_id: int) -> StoredMedia:
    """The picture a figure was read off."""
    figure, _ = await _get(uow, actor, figure_id)
    found = (await uow.media.get_many([figure.screenshot])).get(figure.screenshot) if figure.screenshot else None
    if found is None:
        raise NotFound("screenshot")
    return found


async def _get(uow: UnitOfWork, actor: Actor, figure_id: int) -> tuple[Figure, Page]:
    figure = await uow.figures.get(figure_id)
    page = await uow.campaign.get_page(figure.page)
    mine = concerns(page, actor) or actor.id in {figure.typed_by, figure.for_person}
    ensure_may(actor, Action.FIGURES_REPORT, page.region, mine=mine)
    return figure, page
