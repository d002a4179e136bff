"""What posts reached against their page's usual, on both engines."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.best_posts import Period, PostAge, PostMeasure, Scope
from domain.figures import FigureSource, FigureState
from domain.notices import DueTask
from domain.people import EVERYWHERE, Actor, Role
from domain.plan import SlotState
from domain.typed_figures import Metric
from domain.usecases import best_posts
from domain.usecases.best_posts import Wanted
from storage.database import Database
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.reporting import MONDAY, NOW, join, posted

DAY = timedelta(days=1)
KAZAN = Scope(frozenset({"kazan"}))


async def figures(
    uow: SqlUnitOfWork, slot_id: int, page: str, by: int, at: datetime, state: FigureState = FigureState.CONFIRMED,
    **values: int,
) -> None:  # fmt: skip
    for metric, value in values.items():
        await uow.figures.add(
            page=page, slot_id=slot_id, metric=Metric(metric), value=value, day=at.date(), state=state,
            source=FigureSource.TYPED, typed_by=by, for_person=by, at=at,
        )  # fmt: skip


async def a_page(uow: SqlUnitOfWork, by: Actor, page: str, *views: int, hour: int = 0) -> list[int]:
    """Posts one day after the other, each with its views a day later; compared."""
    made = []
    for n, value in enumerate(views):
        at = NOW + n * DAY + timedelta(hours=hour)
        made.append(await posted(uow, page, by.id, at))
        await figures(uow, made[-1], page, by.id, at + DAY, views=value)
    await compare(uow, page)
    return made


async def compare(uow: SqlUnitOfWork, page: str) -> None:
    task = DueTask(f"best_posts.page:{page}", best_posts.COMPARE, f"page:{page}", NOW, {"page": page})
    await best_posts.compare(uow, task, now=NOW)


async def best(uow: SqlUnitOfWork, scope: Scope = KAZAN, limit: int = 5) -> list[tuple[int, int, float]]:
    found = await uow.best_posts.best(scope, PostAge.DAY, PostMeasure.VIEWS, MONDAY, MONDAY + 60 * DAY, limit)
    return [(one.slot_id, one.value, one.ratio) for one in found]


async def test_a_small_page_is_measured_by_its_own_usual(db: Database) -> None:
    async def story(uow: SqlUnitOfWork) -> None:
        await load_campaign(uow)
        anna = await join(uow, "Анна", Role.VOLUNTEER)
        big = await a_page(uow, anna, "vk-kazan", 9000, 10_000, 10_000, 10_000, 11_000)
        small = await a_page(uow, anna, "ok-kazan", 100, 100, 100, 300, 90, hour=1)
        assert await best(uow, limit=2) == [(small[3], 300, 3.0), (big[4], 11_000, 1.1)]
        (one, *_) = await uow.best_posts.best(KAZAN, PostAge.DAY, PostMeasure.VIEWS, MONDAY, MONDAY + 60 * DAY, 1)
        assert (one.usual, one.usual_posts, one.given_by, one.page) == (100, 5, "Анна", "ОК Казань")
        assert await best(uow, Scope(frozenset(), frozenset({"vk-kazan"})), 1) == [(big[4], 11_000, 1.1)]
        assert await best(uow, Scope(frozenset(), frozenset())) == []
        assert await best(uow, Scope(frozenset({"omsk"}))) == []
        assert len(await best(uow, Scope(frozenset({EVERYWHERE})), 20)) == 10

    await db.run(story)


async def test_a_correction_a_new_post_and_a_proof_taken_back_change_the_comparison(db: Database) -> None:
    async def story(uow: SqlUnitOfWork) -> None:
        await load_campaign(uow)
        anna = await join(uow, "Анна", Role.VOLUNTEER)
        posts = await a_page(uow, anna, "vk-kazan", 100, 100, 100, 100)
        assert await best(uow) == [], "four posts have no usual"
        assert await uow.best_posts.measured(KAZAN, PostMeasure.VIEWS, MONDAY, MONDAY + 9 * DAY) == {
            PostAge.DAY: (4, 0)
        }
        at = NOW + 4 * DAY
        fifth = await posted(uow, "vk-kazan", anna.id, at)
        await figures(uow, fifth, "vk-kazan", anna.id, at + DAY, views=20_000)
        await compare(uow, "vk-kazan")
        assert (await best(uow))[0] == (fifth, 20_000, 200.0)
        (wrong,) = await uow.figures.of_slot(fifth)
        await uow.figures.set_state([wrong.id], FigureState.REPLACED)
        await figures(uow, fifth, "vk-kazan", anna.id, at + DAY + timedelta(hours=1), views=200)
        await compare(uow, "vk-kazan")
        assert (await best(uow))[0] == (fifth, 200, 2.0)
        slot = await uow.plan.get_slot(fifth)
        await uow.plan.save_slot(replace(slot, state=SlotState.FILLED, posted_at=None))
        assert fifth not in [one for one, _, _ in await best(uow)], "its proof is gone: it is not shown"
        await compare(uow, "vk-kazan")
        assert await uow.best_posts.readings(fifth) == []
        assert posts[0] in {one.slot_id for one in await uow.best_posts.readings(posts[0])}

    await db.run(story)


async def test_the_screen_costs_the_same_few_statements_for_one_page_and_for_many(db: Database) -> None:
    async def story(uow: SqlUnitOfWork) -> None:
        await load_campaign(uow)
        anna = await join(uow, "Анна", Role.VOLUNTEER)
        chief = await join(uow, "Марат", Role.MANAGER, EVERYWHERE)
        await a_page(uow, anna, "vk-kazan", *range(100, 120))
        some = await counted(uow, chief)
        await a_page(uow, anna, "ok-kazan", *range(100, 120), hour=1)
        await a_page(uow, anna, "vk-omsk", *range(100, 120), hour=2)
        assert await counted(uow, chief) == some
        assert some <= 8

    await db.run(story)


async def counted(uow: SqlUnitOfWork, actor: Actor) -> int:
    """Statements of a reader's /best."""
    inner, seen = uow.session, []

    class Counting:
        dialect = inner.dialect

        async def execute(self, *args: object) -> object:
            seen.append(args)
            return await inner.execute(*args)  # type: ignore[arg-type]  # handed on

    view = await best_posts.board(SqlUnitOfWork(Counting()), actor, Wanted(Period.ALL), now=NOW + 30 * DAY)  # type: ignore[arg-type]  # as a session is used
    assert view.board.enough
    return len(seen)
