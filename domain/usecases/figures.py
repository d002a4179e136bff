"""Figures: asking for them, taking them down, correcting them. Only confirmed ones reach the roll-ups."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from domain.errors import NotFound
from domain.figures import (
    MEASURES,
    Figure,
    FigureSettled,
    FigureSource,
    FigureState,
    PageAsk,
    PageFigure,
    PageReported,
    PostAsk,
    PostReported,
    ToReport,
    asked_instead,
    concerns,
    day_meant,
    is_asked,
    is_jump,
    metric_of,
)
from domain.notices import DueTask, Notice, Priority
from domain.pages import Page
from domain.people import EVERYWHERE, Actor, Role
from domain.ports import UnitOfWork
from domain.rights import RULES, Action, ensure_may
from domain.typed_figures import Typed, read_page_figure
from domain.usecases import figures_past, figures_posts

KIND = "figure.page"


# -- asking -----------------------------------------------------------------------------------------------------------


async def ask(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """Due `figures.ask`: one message to everybody who has a page of this zone without today's figure."""
    day, zone = date.fromisoformat(task.params["day"]), task.params["zone"]
    pages = {code: page for code, page in (await uow.campaign.pages()).items() if page.zone == zone}
    reported = await uow.figures.reported(pages, day)
    lacking = [page for code, page in pages.items() if code not in reported]
    keepers = await uow.figures.active({page.keeper_id for page in lacking if page.keeper_id is not None})
    instead: dict[tuple[str, tuple[Role, ...]], int | None] = {}
    wanted: dict[int, list[str]] = defaultdict(list)
    for page in lacking:
        person: int | None = page.keeper_id if page.keeper_id in keepers else None
        if person is None:
            asked = page.region, asked_instead(page)
            if asked not in instead:
                instead[asked] = await _asked_instead(uow, *asked)
            person = instead[asked]
        if person is not None:
            wanted[person].append(page.code)
    for person, codes in wanted.items():
        # A single page can be answered by simply typing its number, unless something else is being asked.
        if len(codes) == 1 and await uow.expectations.find(person, now) is None:
            await _expect(uow, person, pages[codes[0]], day, now, unasked=True)
    await uow.outbox.add(
        *(
            Notice(
                kind="figures.ask",
                subject=f"figures:{zone}:{day}",
                due_at=now,
                dedup_key=f"figures.ask:{zone}:{day}:{person}",
                person_id=person,
                priority=Priority.DIGEST,
                params={"day": day.isoformat(), "pages": codes},
            )
            for person, codes in wanted.items()
        )
    )


async def _asked_instead(uow: UnitOfWork, region: str, roles: Sequence[Role]) -> int | None:
    """Who is asked about pages that nobody keeps; None: nobody, the status names them instead."""
    for role in roles:
        holders = await uow.people.holders(frozenset({role}), region, exactly=True)
        # Somebody of the region itself knows its pages better than a colleague for all regions.
        holders.sort(key=lambda a: (not a.person.reachable, a.person.region != region, a.id))
        if holders:
            return holders[0].id
    return None


async def to_report(uow: UnitOfWork, actor: Actor, *, now: datetime) -> ToReport:
    """What this person can report: their posts and pages, and for those who lead people every page of their regions."""
    ensure_may(actor, Action.FIGURES_REPORT, mine=True)
    pages = await uow.campaign.pages()
    led = actor.regions(RULES[Action.FIGURES_REPORT].roles)
    mine = [page for page in pages.values() if page.keeper_id == actor.id]
    others = [
        page
        for page in pages.values()
        if page.keeper_id != actor.id and (EVERYWHERE in led or page.region in led or concerns(page, actor))
    ]
    newest = await uow.figures.newest([page.code for page in (*mine, *others)])
    posts = await figures_posts.waiting(uow, actor.id, now)
    return ToReport(
        tuple(PostAsk(post, pages[post.page]) for post in posts if post.page in pages),
        tuple(_page_figures(mine, newest, now)),
        tuple(_page_figures(others, newest, now)),
    )


def _page_figures(pages: Sequence[Page], newest: Mapping[str, tuple[date, int]], now: datetime) -> list[PageFigure]:
    """Those that lack today's figure first."""
    made = []
    for page in pages:
        day, value = newest.get(page.code, (None, None))
        made.append(PageFigure(page, page.local_day(now), value, day))
    return sorted(made, key=lambda p: (p.reported, p.page.title))


# -- a page -----------------------------------------------------------------------------------------------------------


async def choose_page(uow: UnitOfWork, actor: Actor, code: str, asked: date | None, *, now: datetime) -> PageAsk:
    """The person's next message is the figure of this page."""
    page = await uow.campaign.get_page(code)
    _ensure_may_report(actor, page)
    day = day_meant(asked, page.local_day(now))
    standing = [f for f in await uow.figures.current(code, metric_of(page.platform), day) if f.day == day]
    await _expect_page(uow, actor, page, day, now)
    newest = standing[-1] if standing else None
    if newest is None:
        return PageAsk(page, day)
    return PageAsk(page, day, newest.value, figure_id=newest.id)


async def report_page(
    uow: UnitOfWork,
    actor: Actor,
    code: str,
    asked: date | None,
    text: str,
    *,
    now: datetime,
    screenshot: str = "",
    message_id: int = 0,
) -> PageReported:
    """Take down what was typed: confirmed at once, doubtful when it is a jump or could be read otherwise.

    Then the next page is asked for. While that question stands, a change of the message `message_id` corrects the figure.
    """
    pages = await uow.campaign.pages()
    page = pages.get(code)
    if page is None:
        raise NotFound("page")
    _ensure_may_report(actor, page)
    typed = read_page_figure(text)
    day, metric = day_meant(asked, page.local_day(now)), metric_of(page.platform)
    known = await uow.figures.current(code, metric, day)
    # On a page's first day there is nothing earlier to compare with: what was confirmed that day is.
    before = next((f for f in known if f.day < day), None) or next(
        (f for f in known if f.state is FigureState.CONFIRMED), None
    )
    doubt = typed.ambiguous or (before is not None and is_jump(before.value, typed.value))
    state = FigureState.DOUBTFUL if doubt else FigureState.CONFIRMED
    replaced = [f.id for f in known if f.day == day and (state is FigureState.CONFIRMED or f.state is state)]
    if replaced:
        await uow.figures.set_state(replaced, FigureState.REPLACED)
    figure = await uow.figures.add(
        page=code,
        slot_id=None,
        metric=metric,
        value=typed.value,
        day=day,
        state=state,
        source=FigureSource.TYPED,
        typed_by=actor.id,
        for_person=page.keeper_id or actor.id,
        at=now,
        screenshot=screenshot,
    )
    await figures_posts.write_down(uow, actor, figure, now)
    then = None
    given = {"message": message_id, "gave": code, "gave_day": day.isoformat()} if message_id else None
    if state is FigureState.CONFIRMED:
        await uow.rollups.set(code, page.region, day, {MEASURES[metric]: typed.value})
        then = await _next_page(uow, actor, pages, page, now, given)
        if then is None:
            # "Right?" is also answered by typing the right number.
            hours = figures_posts.CORRECT_HOURS
            await _expect(uow, actor.id, page, day, now, unasked=True, hours=hours, given=given)
    else:
        await _expect_page(uow, actor, page, day, now, given)
    done = await _page_reported(uow, actor, figure, page, before=before, typed=typed, then=then)
    return replace(done, corrected=bool(replaced))


async def is_given_by(uow: UnitOfWork, actor: Actor, message_id: int, *, now: datetime) -> bool:
    """Whether the message gave the page's figure after which nothing else was answered yet. Read-only."""
    asked = await uow.expectations.find(actor.id, now)
    return asked is not None and asked.kind == KIND and asked.params.get("message") == message_id


async def edit_page(uow: UnitOfWork, actor: Actor, message_id: int, text: str, *, now: datetime) -> PageReported:
    """The message that gave a figure was changed: the new number takes the old one's place, which stays on record."""
    asked = await uow.expectations.find(actor.id, now)
    if asked is None or asked.kind != KIND or asked.params.get("message") != message_id:
        raise NotFound("figure")
    code, day = str(asked.params["gave"]), date.fromisoformat(str(asked.params["gave_day"]))
    return await report_page(uow, actor, code, day, text, now=now, message_id=message_id)


async def _page_reported(
    uow: UnitOfWork,
    actor: Actor,
    figure: Figure,
    page: Page,
    *,
    before: Figure | None = None,
    typed: Typed | None = None,
    then: PageAsk | None = None,
) -> PageReported:
    by, whom = await figures_posts.names_of(uow, actor, figure.typed_by, figure.for_person)
    return PageReported(figure, page, by, whom, before, typed, then)


async def _next_page(
    uow: UnitOfWork,
    actor: Actor,
    pages: Mapping[str, Page],
    done: Page,
    now: datetime,
    given: Mapping[str, Any] | None = None,
) -> PageAsk | None:
    """Ask for the next page without today's figure: theirs, and of the same region those that nobody keeps."""
    mine = [
        page
        for page in pages.values()
        if page.code != done.code
        and (page.keeper_id == actor.id or (page.region == done.region and is_asked(page, actor)))
    ]
    newest = await uow.figures.newest([page.code for page in mine]) if mine else {}
    lacking = [p for p in _page_figures(mine, newest, now) if not p.reported]
    if not lacking:
        await uow.expectations.clear(actor.id, KIND)
        return None
    await _expect_page(uow, actor, lacking[0].page, lacking[0].today, now, given)
    return PageAsk(lacking[0].page, lacking[0].today, left=len(lacking) - 1)


async def _asked_now(
    uow: UnitOfWork, actor: Actor, pages: Mapping[str, Page], besides: Page, now: datetime
) -> PageAsk | None:
    """The page the person is being asked for at this moment, so that a redrawn message keeps its question."""
    expected = await uow.expectations.find(actor.id, now)
    if expected is None or expected.kind != KIND or expected.params["page"] == besides.code:
        return None
    page = pages.get(expected.params["page"])
    return None if page is None else PageAsk(page, date.fromisoformat(expected.params["day"]))


async def confirm(uow: UnitOfWork, actor: Actor, figure_id: int, *, now: datetime) -> PageReported | PostReported:
    """ "Yes, it is right": a doubtful figure counts from now on. Saying it twice changes nothing."""
    figure = await uow.figures.get(figure_id)
    if figure.slot_id is not None:
        return await figures_posts.confirm(uow, actor, figure, figure.slot_id, now)
    pages = await uow.campaign.pages()
    page = pages.get(figure.page) or await uow.campaign.get_page(figure.page)
    _ensure_may_report(actor, page)
    known = await uow.figures.current(figure.page, figure.metric, figure.day)
    before = next((f for f in known if f.day < figure.day), None)
    if figure.state is FigureState.REPLACED:
        raise FigureSettled(figure.state)
    if figure.state is FigureState.DOUBTFUL:
        figure = await figures_posts.settle(uow, actor, figure, [f for f in known if f.day == figure.day], now)
        await uow.rollups.set(page.code, page.region, figure.day, {MEASURES[figure.metric]: figure.value})
        then = await _next_page(uow, actor, pages, page, now)
    else:
        then = await _asked_now(uow, actor, pages, page, now)
        if then is None:
            await uow.expectations.clear(actor.id, KIND)
    return await _page_reported(uow, actor, figure, page, before=before, then=then)


async def change(uow: UnitOfWork, actor: Actor, figure_id: int, *, now: datetime) -> PageAsk | PostAsk:
    """ "Correct it": the next message replaces this figure; the old one stays as history."""
    figure = await uow.figures.get(figure_id)
    if figure.slot_id is not None:
        return await figures_posts.choose(uow, actor, figure.slot_id, now=now)
    page = await uow.campaign.get_page(figure.page)
    _ensure_may_report(actor, page)
    await _expect_page(uow, actor, page, figure.day, now)
    # Somebody may have corrected it since: what stands is shown.
    standing = [f for f in await uow.figures.current(page.code, figure.metric, figure.day) if f.day == figure.day]
    stands = standing[-1] if standing else figure
    return PageAsk(page, figure.day, stands.value, figure_id=stands.id)


# -- shared -----------------------------------------------------------------------------------------------------------


def _ensure_may_report(actor: Actor, page: Page) -> None:
    ensure_may(actor, Action.FIGURES_REPORT, page.region, mine=concerns(page, actor))


async def _expect_page(
    uow: UnitOfWork, actor: Actor, page: Page, day: date, now: datetime, given: Mapping[str, Any] | None = None
) -> None:
    await _expect(uow, actor.id, page, day, now, unasked=False, given=given)


async def _expect(
    uow: UnitOfWork,
    person_id: int,
    page: Page,
    day: date,
    now: datetime,
    *,
    unasked: bool,
    hours: int = 24,
    given: Mapping[str, Any] | None = None,
) -> None:
    """`unasked`: no tap of theirs led here, so whatever could be a post is none of the answer.

    `given`: the message that gave the figure before, which its change corrects.
    """
    # A code may be longer than a subject has room for: it travels in the parameters.
    params = {"page": page.code, "day": day.isoformat(), "unasked": unasked, **(given or {})}
    await uow.expectations.set(person_id, KIND, "page", now=now, params=params, hours=hours)


async def later(uow: UnitOfWork, actor: Actor, *, now: datetime) -> ToReport:
    """ "Not now": nothing is asked any more; what is lacking stays on the list."""
    await uow.expectations.clear(actor.id, KIND)
    await uow.expectations.clear(actor.id, figures_posts.KIND)
    await uow.expectations.clear(actor.id, figures_past.SHOT)
    return await to_report(uow, actor, now=now)
