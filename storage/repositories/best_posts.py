"""What posts reached against their page's usual."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, false, func, or_, select, tuple_

from domain.best_posts import (
    PAGE_LEAST,
    STEP,
    USUAL_LEAST,
    Bare,
    BestPost,
    PostAge,
    PostMeasure,
    Publication,
    Result,
    Scope,
    Usual,
)
from domain.figures import POST_METRICS, Figure, FigureState
from domain.pages import Page
from domain.people import EVERYWHERE
from domain.plan import AssignmentState, SlotState
from domain.ports.best_posts import Counts
from domain.rollups import Measure
from storage.repositories.base import Repository
from storage.repositories.status_periods import on_days
from storage.rows import all_, as_
from storage.tables import (
    assignment,
    content,
    draft,
    figure,
    page,
    page_poster,
    page_usual,
    person,
    post_result,
    proof,
    rollup,
    slot,
)

_RESULT = tuple(f.name for f in fields(Result))
_KEY = ("slot_id", "age", "measure")
_BEST = (
    select(
        *(post_result.c.slot_id, post_result.c.day, post_result.c.rubric, post_result.c.region),
        *(post_result.c.platform, post_result.c.value, post_result.c.score, post_result.c.given_at),
        *(post_result.c.source, page.c.title.label("page"), proof.c.url, slot.c.draft_id),
        *(page_usual.c.value.label("usual"), page_usual.c.posts.label("usual_posts")),
        *(person.c.name.label("given_by"), func.coalesce(content.c.text, "").label("text")),
    )
    .join(slot, slot.c.id == post_result.c.slot_id)
    .join(proof, proof.c.slot_id == slot.c.id)
    .join(page, page.c.code == post_result.c.page)
    .join(person, person.c.id == post_result.c.given_by)
    .join(
        page_usual,
        and_(
            page_usual.c.page == post_result.c.page,
            page_usual.c.age == post_result.c.age,
            page_usual.c.measure == post_result.c.measure,
        ),
    )
    .join(
        content,
        and_(content.c.draft_id == slot.c.draft_id, content.c.version == slot.c.draft_version),
        isouter=True,
    )
    .where(slot.c.state == SlotState.POSTED, post_result.c.score.is_not(None))
)


def _best(row: Any) -> BestPost:
    return as_(BestPost, row, ratio=row.score / 1000, stands_out=False)


def _inside(scope: Scope, codes: ColumnElement[str]) -> list[ColumnElement[bool]]:
    """By pages, also of regions: what is stored by page is read without passing over everybody else's days."""
    if scope.pages is not None:
        return [codes.in_(sorted(scope.pages))] if scope.pages else [false()]
    if EVERYWHERE in scope.regions:
        return []
    return [codes.in_(select(page.c.code).where(page.c.region.in_(sorted(scope.regions))))]


def _of(
    scope: Scope, measure: PostMeasure, since: date, until: date, age: PostAge | None = None
) -> list[ColumnElement[bool]]:
    some = post_result.c
    at_age = some.age.in_(list(PostAge)) if age is None else some.age == age
    if scope.pages is None and EVERYWHERE not in scope.regions:
        place: list[ColumnElement[bool]] = [some.region.in_(sorted(scope.regions))]
    else:
        place = _inside(scope, some.page)
    return [at_age, some.measure == measure, some.day.between(since, until), *place]


class BestPostRepository(Repository):
    """See `domain.ports.best_posts.BestPosts`."""

    # -- one page's comparison ---------------------------------------------------------------------------------------

    async def facts(self, page: str) -> tuple[list[Publication], list[Figure]]:
        posts = (
            select(
                *(slot.c.id.label("slot_id"), slot.c.day, slot.c.at, slot.c.posted_at),
                func.coalesce(draft.c.rubric, "").label("rubric"),
            )
            .join(draft, draft.c.id == slot.c.draft_id, isouter=True)
            .where(slot.c.page == page, slot.c.state == SlotState.POSTED, slot.c.posted_at.is_not(None))
        )
        given = select(figure).where(
            figure.c.page == page,
            figure.c.metric.in_(POST_METRICS),
            figure.c.slot_id.is_not(None),
            figure.c.state != FigureState.DOUBTFUL,
        )
        published = all_(Publication, await self._session.execute(posts))
        return published, all_(Figure, await self._session.execute(given))

    async def save(self, page: Page, results: Collection[Result], usuals: Collection[Usual]) -> None:
        found = await self._session.execute(select(post_result).where(post_result.c.page == page.code))
        stored = {
            (one.slot_id, one.age, one.measure): (one, (row.region, row.platform))
            for row in found
            for one in [as_(Result, row)]
        }
        place = (page.region, page.platform)
        new = {(one.slot_id, one.age, one.measure): (one, place) for one in results}
        if gone := [key for key in stored if key not in new]:
            keys = tuple_(post_result.c.slot_id, post_result.c.age, post_result.c.measure)
            await self._session.execute(delete(post_result).where(keys.in_(gone)))
        common = {"page": page.code, "region": page.region, "platform": page.platform}
        rows = [
            {**common, **{name: getattr(one, name) for name in _RESULT}}
            for key, (one, _) in new.items()
            if stored.get(key) != (one, place)
        ]
        if rows:
            insert = self._insert(post_result)
            changed = {name: insert.excluded[name] for name in rows[0] if name not in _KEY}
            await self._session.execute(insert.on_conflict_do_update(index_elements=_KEY, set_=changed), rows)
        await self._save_usuals(page.code, usuals)

    async def _save_usuals(self, code: str, usuals: Collection[Usual]) -> None:
        await self._session.execute(delete(page_usual).where(page_usual.c.page == code))
        if usuals:
            rows = [{"page": code, **{f.name: getattr(one, f.name) for f in fields(Usual)}} for one in usuals]
            await self._session.execute(self._insert(page_usual), rows)

    async def pages_without(self) -> list[str]:
        given = select(figure.c.id).where(
            figure.c.page == page.c.code, figure.c.metric.in_(POST_METRICS), figure.c.slot_id.is_not(None)
        )
        known = select(page_usual.c.page).where(page_usual.c.page == page.c.code)
        found = select(page.c.code).where(given.exists(), ~known.exists()).order_by(page.c.code)
        return list((await self._session.execute(found)).scalars())

    # -- who sees what -----------------------------------------------------------------------------------------------

    async def pages_of(self, person_id: int, since: datetime) -> frozenset[str]:
        named = select(page_poster.c.page).where(page_poster.c.person_id == person_id)
        published = (
            select(slot.c.page)
            .join(assignment, assignment.c.slot_id == slot.c.id)
            .where(
                assignment.c.person_id == person_id,
                assignment.c.at >= since,
                assignment.c.state == AssignmentState.POSTED,
            )
        )
        theirs = or_(page.c.keeper_id == person_id, page.c.code.in_(named), page.c.code.in_(published))
        return frozenset((await self._session.execute(select(page.c.code).where(theirs))).scalars())

    # -- comparing many ----------------------------------------------------------------------------------------------

    async def posted(self, scope: Scope, since: date, until: date) -> int:
        done = (str(Measure.ON_TIME), str(Measure.LATE))
        place = _inside(scope, rollup.c.page)
        counted = select(func.coalesce(func.sum(rollup.c.value), 0)).where(
            on_days(rollup.c.day, since, until), rollup.c.measure.in_(done), *place
        )
        return int((await self._session.execute(counted)).scalar_one())

    async def measured(
        self, scope: Scope, measure: PostMeasure, since: date, until: date, age: PostAge | None = None
    ) -> dict[PostAge, tuple[int, int]]:
        some = post_result.c
        counted = select(some.age, func.count().label("n"), func.count(some.score).label("scored"))
        rows = await self._session.execute(counted.where(*_of(scope, measure, since, until, age)).group_by(some.age))
        return {row.age: (row.n, row.scored) for row in rows}

    async def scores(
        self, scope: Scope, age: PostAge, measure: PostMeasure, since: date, until: date
    ) -> dict[tuple[str, str], Counts]:
        some = post_result.c
        step = (some.score // STEP).label("step")
        counted = (
            select(some.platform, some.rubric, step, func.count().label("n"))
            .where(*_of(scope, measure, since, until, age), some.score.is_not(None))
            .group_by(some.platform, some.rubric, step)
        )
        found: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        for row in await self._session.execute(counted):
            found[row.platform.value, row.rubric][row.step] = row.n
        return dict(found)

    async def parts(
        self, scope: Scope, age: PostAge, measure: PostMeasure, since: date, until: date, hours: int
    ) -> tuple[dict[str, dict[int, Counts]], dict[str, int]]:
        some = post_result.c
        step, part = (some.score // STEP).label("step"), (some.hour // hours).label("part")
        known = [*_of(scope, measure, since, until, age), some.score.is_not(None), some.hour.is_not(None)]
        counted = select(some.platform, part, step, func.count().label("n")).where(*known)
        found: dict[str, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
        for row in await self._session.execute(counted.group_by(some.platform, part, step)):
            found[row.platform.value][row.part][row.step] = row.n
        return {net: dict(parts) for net, parts in found.items()}, await self._compared_pages(scope, age, measure)

    async def _compared_pages(self, scope: Scope, age: PostAge, measure: PostMeasure) -> dict[str, int]:
        usual = page_usual.c
        pages = (
            select(page.c.platform, func.count().label("n"))
            .join(page_usual, usual.page == page.c.code)
            .where(usual.age == age, usual.measure == measure, usual.posts >= PAGE_LEAST, usual.value >= USUAL_LEAST)
            .where(*_inside(scope, page.c.code))
        )
        rows = await self._session.execute(pages.group_by(page.c.platform))
        return {row.platform.value: row.n for row in rows}

    async def best(
        self,
        scope: Scope,
        age: PostAge,
        measure: PostMeasure,
        since: date,
        until: date,
        limit: int,
        *,
        platform: str = "",
        rubric: str | None = None,
    ) -> list[BestPost]:
        some = post_result.c
        chosen = [*_of(scope, measure, since, until, age), some.score.is_not(None)]
        if platform:
            chosen.append(some.platform == platform)
        if rubric is not None:
            chosen.append(some.rubric == rubric)
        # A few more than are shown: of some the proof may have been taken back since.
        top = select(some.slot_id).where(*chosen).order_by(some.score.desc(), some.slot_id.desc()).limit(2 * limit)
        rows = await self._session.execute(self._ordered(_BEST, age, measure).where(some.slot_id.in_(top)).limit(limit))
        return [_best(row) for row in rows]

    def _ordered(self, statement: Select[Any], age: PostAge, measure: PostMeasure) -> Select[Any]:
        some = post_result.c
        here = statement.where(some.age == age, some.measure == measure)
        return here.order_by(some.score.desc(), some.slot_id.desc())

    # -- one post ----------------------------------------------------------------------------------------------------

    async def readings(self, slot_id: int) -> list[Result]:
        return all_(Result, await self._session.execute(select(post_result).where(post_result.c.slot_id == slot_id)))

    async def find(self, slot_id: int, age: PostAge, measure: PostMeasure) -> BestPost | None:
        one = self._ordered(_BEST, age, measure).where(post_result.c.slot_id == slot_id)
        row = (await self._session.execute(one)).one_or_none()
        return None if row is None else _best(row)

    async def bare(self, scope: Scope, since: date, until: date, limit: int) -> list[Bare]:
        given = select(figure.c.id).where(figure.c.slot_id == slot.c.id, figure.c.state != FigureState.REPLACED)
        found = (
            select(slot.c.id.label("slot_id"), page.c.title.label("page"), slot.c.day, proof.c.url)
            .join(page, page.c.code == slot.c.page)
            .join(proof, proof.c.slot_id == slot.c.id)
            .where(
                slot.c.day.between(since, until),
                slot.c.state == SlotState.POSTED,
                ~given.exists(),
                *_inside(scope, slot.c.page),
            )
            .order_by(slot.c.day.desc(), slot.c.id.desc())
        )
        return all_(Bare, await self._session.execute(found.limit(limit)))
