"""Loading a plan into a real database."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from domain.norms import Norm, Window
from domain.pages import Page, PageKind, Region
from domain.people import EVERYWHERE, Role
from domain.plan_load import CampaignPlan, Effect, Thing, silence_key
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.rubrics import Rubric
from domain.silence import Blackout
from domain.targets import Campaign, Target
from domain.typed_figures import Metric
from domain.usecases import plan_load
from storage.database import Database

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)
SILENCE = Blackout(EVERYWHERE, datetime(2026, 10, 31), datetime(2026, 11, 1), "Тишина")  # noqa: DTZ001 - local on purpose
VK = Page(
    "vk", Platform.VK, PageKind.GROUP, "ВК", "kazan", "Europe/Moscow", ("vk.com/a",), "Штаб", 1, None, active=True
)
OK = replace(VK, code="ok", platform=Platform.OK, title="ОК", region="omsk", zone="Asia/Omsk", addresses=("ok.ru/a",))
PLAN = CampaignPlan(
    campaign=Campaign("Проба", date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 31), "Europe/Moscow"),
    regions={
        "kazan": Region("kazan", "Казань", "Europe/Moscow", ("Europe/Moscow",)),
        "omsk": Region("omsk", "Омск", "Asia/Omsk", ("Asia/Omsk",)),
    },
    pages={"vk": VK, "ok": OK},
    norms={code: Norm(code, (2, 2, 2, 2, 2, 1, 1), (Window(time(9), time(12)),), 60, 3) for code in ("vk", "ok")},
    targets={
        "members": Target(
            "members",
            "Members",
            "Участники",
            Metric.MEMBERS,
            (Platform.VK, Platform.OK),
            ("group",),
            500_000,
            date(2026, 9, 30),
        )
    },
    silences={silence_key(SILENCE): SILENCE},
)


async def load(db: Database, plan: CampaignPlan) -> list[tuple[Thing, str, Effect]]:
    outcome = await db.run(plan_load.apply, None, plan, now=NOW)
    return [(change.thing, change.key, change.effect) for change in outcome.changes]


async def test_the_first_load_adds_everything_and_the_second_changes_nothing(db: Database) -> None:
    first = await load(db, PLAN)

    assert {effect for *_, effect in first} == {Effect.ADDED}
    assert len(first) == 1 + 2 + 2 + 2 + 1 + 1
    assert await load(db, PLAN) == []


async def test_rubrics_are_loaded_changed_and_taken_out(db: Database) -> None:
    history = Rubric("history", "Local history", "История края", 40, 0)
    people = Rubric("people", "People", "Люди", 20, 1)
    await load(db, replace(PLAN, rubrics={"history": history, "people": people}))
    other = {"history": replace(history, share=50)}

    assert await load(db, replace(PLAN, rubrics=other)) == [
        (Thing.RUBRIC, "history", Effect.CHANGED),
        (Thing.RUBRIC, "people", Effect.REMOVED),
    ]
    assert await db.read(lambda uow: uow.rubrics.all()) == [other["history"]]
    assert await load(db, replace(PLAN, rubrics=other)) == []


async def test_looking_changes_nothing(db: Database) -> None:
    seen = await db.read(plan_load.preview, PLAN)

    assert len(seen.changes) == 9
    assert await db.read(lambda uow: uow.campaign.find_campaign()) is None


async def test_a_page_that_is_gone_is_taken_out_and_comes_back_with_its_keeper(db: Database) -> None:
    await load(db, PLAN)

    async def keep(uow: UnitOfWork) -> int:
        person = await uow.people.add(
            telegram_id=1, username="", name="Анна", language="ru", zone="Europe/Moscow", region="kazan",
            digest_at=time(8), quiet_from=time(22), quiet_to=time(8), now=NOW,
        )  # fmt: skip
        await uow.campaign.set_keeper("vk", person.id)
        return person.id

    keeper = await db.run(keep)
    without = replace(PLAN, pages={"ok": OK}, norms={"ok": PLAN.norms["ok"]})

    gone = await load(db, without)
    stays = await db.read(lambda uow: uow.campaign.get_page("vk"))
    back = await load(db, PLAN)
    again = await db.read(lambda uow: uow.campaign.get_page("vk"))

    assert (Thing.PAGE, "vk", Effect.REMOVED) in gone
    assert not stays.active
    assert (Thing.PAGE, "vk", Effect.ADDED) in back
    assert again.active
    assert again.keeper_id == keeper
    assert await load(db, PLAN) == []


async def test_a_region_stays_while_pages_or_people_belong_to_it(db: Database) -> None:
    await load(db, replace(PLAN, pages={"vk": VK}, norms={"vk": PLAN.norms["vk"]}))
    only_kazan = {"kazan": PLAN.regions["kazan"]}
    without = replace(PLAN, regions=only_kazan, pages={"vk": VK}, norms={"vk": PLAN.norms["vk"]})

    async def someone(uow: UnitOfWork) -> None:
        person = await uow.people.add(
            telegram_id=1, username="", name="Анна", language="ru", zone="Asia/Omsk", region="kazan",
            digest_at=time(8), quiet_from=time(22), quiet_to=time(8), now=NOW,
        )  # fmt: skip
        await uow.people.add_membership(person.id, Role.VOLUNTEER, "omsk", None, NOW)

    assert (await db.read(plan_load.preview, without)).kept_regions == ()
    await db.run(someone)

    kept = await db.run(plan_load.apply, None, without, now=NOW)

    assert kept.kept_regions == ("omsk",)
    assert kept.changes == ()
    assert "omsk" in await db.read(lambda uow: uow.campaign.regions())


async def test_an_unused_region_and_a_norm_that_are_gone_are_deleted(db: Database) -> None:
    await load(db, replace(PLAN, pages={"vk": VK}, norms={"vk": PLAN.norms["vk"]}))

    changes = await load(db, replace(PLAN, regions={"kazan": PLAN.regions["kazan"]}, pages={"vk": VK}, norms={}))

    assert changes == [(Thing.REGION, "omsk", Effect.REMOVED), (Thing.NORM, "vk", Effect.REMOVED)]
    assert await db.read(lambda uow: uow.campaign.norms()) == {}


async def test_a_norm_set_in_chat_stays_until_the_plan_says_another_one(db: Database) -> None:
    await load(db, PLAN)
    own = (await db.read(lambda uow: uow.norms.own()))["vk"]
    typed = replace(PLAN.norms["vk"], per_weekday=(3,) * 7)
    await db.run(lambda uow: uow.norms.set_by_hand(typed, own.version))

    outcome = await db.run(
        plan_load.apply, None, replace(PLAN, pages={"vk": VK, "ok": replace(OK, title="О")}), now=NOW
    )

    assert [(c.thing, c.key) for c in outcome.changes] == [(Thing.PAGE, "ok")]
    assert outcome.kept_norms == ("vk",), "and whoever loads it is told"
    assert (await db.read(lambda uow: uow.campaign.norms()))["vk"] == typed

    other = {**PLAN.norms, "vk": replace(PLAN.norms["vk"], gap_minutes=30)}
    assert (Thing.NORM, "vk", Effect.CHANGED) in await load(db, replace(PLAN, norms=other))
    assert (await db.read(lambda uow: uow.norms.own()))["vk"].by_hand is False
    assert (await db.read(lambda uow: uow.campaign.norms()))["vk"] == other["vk"]


async def test_a_norm_of_a_page_without_one_in_the_plan_stays_too(db: Database) -> None:
    plan = replace(PLAN, norms={"ok": PLAN.norms["ok"]})
    await load(db, plan)
    await db.run(lambda uow: uow.norms.set_by_hand(PLAN.norms["vk"], 0))
    assert await load(db, plan) == []
    assert (await db.read(lambda uow: uow.campaign.norms()))["vk"] == PLAN.norms["vk"]
    assert await load(db, PLAN) == [], "what the plan says then is what it is"
    assert [c.effect for c in (await db.read(plan_load.preview, plan)).changes] == []


async def test_a_load_is_journalled_and_asks_for_the_round_to_be_laid_out_again(db: Database) -> None:
    await load(db, PLAN)

    for kind in ("calendar", "plan.recheck"):
        task = await db.read(lambda uow, key: uow.tasks.find(key), f"{kind}:load:{NOW.isoformat()}")
        assert task is not None
        assert (task.kind, task.due_at) == (kind, NOW)
    assert await db.run(lambda uow: uow.journal.seal()) == 1
