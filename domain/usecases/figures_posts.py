"""Figures of publications, a day after they were proven: asking, taking down, correcting."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from domain.errors import NotFound
from domain.figures import (
    MEASURES,
    POST_ASK_AFTER,
    POST_ASK_DAYS,
    POST_METRICS,
    BadPostFigures,
    Figure,
    FigureSettled,
    FigureSource,
    FigureState,
    PostAsk,
    PostedSlot,
    PostReported,
    ask_due,
    is_odd_post,
    is_post_jump,
    is_wanted,
)
from domain.notices import DueTask, Notice, Priority
from domain.pages import Page
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.rights import Action, ensure_may
from domain.typed_figures import BadFigure, Metric, Typed, read_typed_figures
from domain.usecases import best_posts

KIND = "figure.post"
CORRECT_HOURS = 1
"""How long a figure that was read back can be corrected by typing another one."""


FROM_BEFORE = 1
"""The moment a stored task without one asks at: a day later was the only one."""


async def expect_figures(uow: UnitOfWork, slot_id: int, posted_at: datetime) -> None:
    """From a proof on it is asked, at three moments, how the post did."""
    key, params = f"figures.post:{slot_id}", {"slot": slot_id, "step": 0}
    due = posted_at + POST_ASK_AFTER[0]
    await uow.tasks.add(DueTask(key, "figures.post", f"slot:{slot_id}", due, params))


async def ask(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """Due `figures.post`: ask the person who posted, once for each moment; their next plain message may be the answer."""
    slot_id = int(task.params["slot"])
    post = await uow.figures.find_posted(slot_id)
    if post is None:
        return
    step = max(int(task.params.get("step", FROM_BEFORE)), ask_due(now - post.posted_at) or 0)
    if step + 1 < len(POST_ASK_AFTER):
        then = post.posted_at + POST_ASK_AFTER[step + 1]
        await uow.tasks.reschedule(task.key, then, {"slot": slot_id, "step": step + 1})
    if not is_wanted(post, now):
        return
    if await uow.expectations.find(post.person_id, now) is None:
        # Not asked by a tap of theirs: the handler takes a message for the answer only when it reads as figures.
        await uow.expectations.set(post.person_id, KIND, f"slot:{slot_id}", now=now, params={"unasked": True})
    await uow.outbox.add(
        Notice(
            kind="figures.post",
            subject=f"slot:{slot_id}",
            due_at=now,
            dedup_key=f"figures.post:{slot_id}:{step}",
            person_id=post.person_id,
            priority=Priority.DIGEST,
            params={"slot": slot_id},
        )
    )


async def waiting(uow: UnitOfWork, person_id: int, now: datetime) -> list[PostedSlot]:
    """A person's publications of the last week that are old enough and lack figures, or fresh ones."""
    since, until = now - timedelta(days=POST_ASK_DAYS), now - POST_ASK_AFTER[0]
    return [post for post in await uow.figures.posted(person_id, since, until) if is_wanted(post, now)]


async def choose(uow: UnitOfWork, actor: Actor, slot_id: int, *, now: datetime) -> PostAsk:
    """The person's next message holds the figures of this publication."""
    post, page = await _get_post(uow, actor, slot_id)
    await uow.expectations.set(actor.id, KIND, f"slot:{slot_id}", now=now)
    return PostAsk(post, page)


async def report(
    uow: UnitOfWork, actor: Actor, slot_id: int, text: str, *, now: datetime, screenshot: str = ""
) -> PostReported:
    """Take down the figures of one publication, each metric on its own; what was not named stays as it was.

    They wait for a yes when they could be read otherwise, do not fit together, or fell or jumped.
    """
    post, page = await _get_post(uow, actor, slot_id)
    typed = _read_post(text)
    standing = await uow.figures.of_slot(slot_id)
    values = {metric: t.value for metric, t in typed.items()}
    ambiguous = tuple(t for t in typed.values() if t.ambiguous)
    before = {
        f.metric: f.value
        for f in standing
        if f.state is FigureState.CONFIRMED and f.metric in values and is_post_jump(f.value, values[f.metric])
    }
    odd = bool(before or ambiguous) or is_odd_post({f.metric: f.value for f in standing} | values)
    state = FigureState.DOUBTFUL if odd else FigureState.CONFIRMED
    kept = list({f.metric: f for f in standing if f.metric not in values}.values())
    replaced = [f for f in standing if f.metric in values and (not odd or f.state is state)]
    if replaced:
        await uow.figures.set_state([f.id for f in replaced], FigureState.REPLACED)
    made = [
        await uow.figures.add(
            page=page.code,
            slot_id=slot_id,
            metric=metric,
            value=value,
            day=post.day,
            state=state,
            source=FigureSource.TYPED,
            typed_by=actor.id,
            for_person=post.person_id,
            at=now,
            screenshot=screenshot,
        )
        for metric, value in values.items()
    ]
    await write_down(uow, actor, made[0], now, values)
    then = None
    if odd:
        await uow.expectations.set(actor.id, KIND, f"slot:{slot_id}", now=now)
    else:
        # Figures that looked wrong only beside the ones now corrected are right after all.
        kept = [await settle(uow, actor, f, standing, now) for f in kept]
        await _sum_up(uow, page, post, standing, [*made, *kept])
        await best_posts.touch(uow, page.code, now)
        then = await _next_post(uow, actor, slot_id, now)
        if then is None:
            params = {"unasked": True}
            await uow.expectations.set(actor.id, KIND, f"slot:{slot_id}", now=now, params=params, hours=CORRECT_HOURS)
    by, whom = await names_of(uow, actor, actor.id, post.person_id)
    shown = _in_order([*made, *kept])
    return PostReported(post, page, shown, by, whom, ambiguous, then, corrected=bool(replaced), before=before)


def _read_post(text: str) -> dict[Metric, Typed]:
    try:
        typed = read_typed_figures(text, POST_METRICS)
    except BadFigure as error:
        raise BadPostFigures(error.fragment) from None
    foreign = next((t for metric, t in typed.items() if metric not in POST_METRICS), None)
    if foreign is not None:
        raise BadPostFigures(foreign.text)
    return typed


def _in_order(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    return tuple(sorted(figures, key=lambda f: POST_METRICS.index(f.metric)))


async def confirm(uow: UnitOfWork, actor: Actor, figure: Figure, slot_id: int, now: datetime) -> PostReported:
    post, page = await _get_post(uow, actor, slot_id)
    if figure.state is FigureState.REPLACED:
        raise FigureSettled(figure.state)
    standing = await uow.figures.of_slot(slot_id)
    doubtful = [f for f in standing if f.state is FigureState.DOUBTFUL]
    if doubtful:
        for one in doubtful:
            await settle(uow, actor, one, standing, now)
        await _sum_up(uow, page, post, standing, doubtful)
        await best_posts.touch(uow, page.code, now)
        then = await _next_post(uow, actor, slot_id, now)
        standing = await uow.figures.of_slot(slot_id)
    else:
        then = await _asked_now(uow, actor, slot_id, now)
        if then is None:
            await uow.expectations.clear(actor.id, KIND)
    by, whom = await names_of(uow, actor, figure.typed_by, figure.for_person)
    return PostReported(post, page, _in_order(standing), by, whom, then=then)


async def _sum_up(
    uow: UnitOfWork, page: Page, post: PostedSlot, before: Sequence[Figure], after: Sequence[Figure]
) -> None:
    """Put the confirmed figures `after` in the place of those confirmed `before` in the sums of the post's day.

    A file's sum of the whole day gives way: beside figures of its posts it would count them twice.
    """
    counted = {f.metric: f.value for f in before if f.state is FigureState.CONFIRMED}
    named = {f.metric for f in after}
    sums = [f for f in await uow.figures.day_sums(page.code, post.day) if f.metric in named]
    if sums:
        await uow.figures.set_state([f.id for f in sums], FigureState.REPLACED)
        given_way = {MEASURES[f.metric]: -f.value for f in sums if f.state is FigureState.CONFIRMED}
        await uow.rollups.add(page.code, page.region, post.day, given_way)
    deltas = {MEASURES[f.metric]: f.value - counted.get(f.metric, 0) for f in after}
    await uow.rollups.add(page.code, page.region, post.day, deltas)


async def _next_post(uow: UnitOfWork, actor: Actor, done: int, now: datetime) -> PostAsk | None:
    """Ask for the next of the person's posts that lacks figures."""
    others = [post for post in await waiting(uow, actor.id, now) if post.slot_id != done]
    if not others:
        await uow.expectations.clear(actor.id, KIND)
        return None
    await uow.expectations.set(actor.id, KIND, f"slot:{others[0].slot_id}", now=now)
    return PostAsk(others[0], await uow.campaign.get_page(others[0].page), len(others) - 1)


async def _asked_now(uow: UnitOfWork, actor: Actor, besides: int, now: datetime) -> PostAsk | None:
    """The publication the person is being asked for at this moment, so that a redrawn message keeps its question."""
    expected = await uow.expectations.find(actor.id, now)
    if expected is None or expected.kind != KIND or expected.subject_id == besides:
        return None
    post = await uow.figures.find_posted(expected.subject_id)
    return None if post is None else PostAsk(post, await uow.campaign.get_page(post.page))


async def _get_post(uow: UnitOfWork, actor: Actor, slot_id: int) -> tuple[PostedSlot, Page]:
    post = await uow.figures.find_posted(slot_id)
    if post is None:
        raise NotFound("post")
    page = await uow.campaign.get_page(post.page)
    mine = actor.id in {post.person_id, page.keeper_id}
    ensure_may(actor, Action.FIGURES_REPORT, page.region, mine=mine)
    return post, page


async def settle(uow: UnitOfWork, actor: Actor, figure: Figure, standing: Sequence[Figure], now: datetime) -> Figure:
    """Make a doubtful figure the confirmed one of its metric among `standing`; a confirmed one stays as it is."""
    if figure.state is FigureState.CONFIRMED:
        return figure
    others = [f.id for f in standing if f.metric is figure.metric and f.id != figure.id]
    if others:
        await uow.figures.set_state(others, FigureState.REPLACED)
    await uow.figures.set_state([figure.id], FigureState.CONFIRMED)
    confirmed = await uow.figures.get(figure.id)
    await write_down(uow, actor, confirmed, now)
    return confirmed


async def names_of(uow: UnitOfWork, actor: Actor, typed_by: int, for_person: int) -> tuple[str, str | None]:
    """Who typed it, and for whom when that is somebody else."""
    names = {actor.id: actor.person.name}
    if lacking := {typed_by, for_person} - {actor.id}:
        names |= await uow.people.names(list(lacking))
    return names.get(typed_by, "?"), names.get(for_person, "?") if for_person != typed_by else None


async def write_down(
    uow: UnitOfWork, actor: Actor, figure: Figure, now: datetime, values: Mapping[Metric, int] | None = None
) -> None:
    told = {str(metric): value for metric, value in (values or {figure.metric: figure.value}).items()}
    payload: dict[str, object] = {
        "page": figure.page,
        "day": figure.day.isoformat(),
        "state": str(figure.state),
        "values": told,
    }
    if figure.for_person != actor.id:
        other = await uow.people.find_actor_by_person(figure.for_person)
        payload |= {"by": actor.number, "for": None if other is None else other.number}
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action=Action.FIGURES_REPORT.value,
        object_=f"figure:{figure.id}",
        payload=payload,
    )
