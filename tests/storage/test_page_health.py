"""What the health of pages is read from, on both engines: the strip is true, and a thousand pages cost no more statements than one."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from domain.norms import Norm
from domain.notices import Notice
from domain.page_health import Need
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE, Role
from domain.plan import EmptyReason, Excuse, Slot, SlotState
from domain.planning import PlanRules
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.strip import DAYS, Colour, strip
from domain.usecases import page_health, pages
from storage.database import Database
from storage.tables import slot
from tests.drafting import approve
from tests.harness import WINDOWS, load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 21, 12, tzinfo=UTC)
TODAY = date(2026, 9, 21)
ON_TIME = timedelta(minutes=60)
RULES = PlanRules(timedelta(minutes=30), ON_TIME, timedelta(minutes=20), timedelta(minutes=60), 3)


def a_page(n: int, region: str = "kazan", kind: PageKind = PageKind.GROUP) -> Page:
    return Page(f"p{n:04}", Platform.VK, kind, f"P{n}", region, "Europe/Moscow", (), "Штаб", 1, None, active=True)


# -- the strip ----------------------------------------------------------------------------------------------------------


def some_slot(dice: random.Random, number: int, page: str, day: date) -> Slot:
    """A slot as it can stand at `NOW`: open ones only where they can still be open."""
    at = datetime(day.year, day.month, day.day, dice.randrange(6, 20), dice.choice((0, 15, 30)), tzinfo=UTC)
    state = dice.choice(list(SlotState))
    posted_at, excuse = None, None
    if state is SlotState.POSTED:
        late = dice.choice(
            (timedelta(-1), timedelta(), ON_TIME, ON_TIME + timedelta(milliseconds=1), timedelta(hours=3))
        )
        posted_at, excuse = at + late, dice.choice((None, None, Excuse.REMOVED))
    elif state is SlotState.CANCELLED:
        excuse = dice.choice((None, Excuse.BLOCKED, Excuse.SKIPPED, Excuse.DAY_OFF))
    urgent = 1 if dice.random() < 0.1 else None
    extra = dice.random() < 0.1
    return Slot(number, page, day, at, state, None, None, None, posted_at, 1, urgent, 0, excuse, extra)


def told(slots: list[Slot], day: date) -> Colour:
    """The colour of one day, told slot by slot."""
    found = [one for one in slots if one.day == day and one.urgent_id is None and not one.extra]
    if any(one.state is SlotState.MISSED or (one.state is SlotState.EMPTY and one.at <= NOW) for one in found):
        return Colour.MISSED
    posted = [one for one in found if one.posted_at is not None]
    if any(one.posted_at is not None and one.posted_at > one.at + ON_TIME for one in posted):
        return Colour.LATE
    if any(one.state is SlotState.FILLED and one.at + ON_TIME < NOW for one in found):
        return Colour.LATE
    if posted:
        return Colour.KEPT
    return Colour.EXCUSED if any(one.state is SlotState.CANCELLED for one in found) else Colour.NOTHING


@pytest.mark.parametrize("seed", range(3))
async def test_the_strip_says_what_its_slots_say(db: Database, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - made-up slots
    codes = [f"p{n:04}" for n in range(60)]
    slots: dict[tuple[str, datetime], Slot] = {}
    for number in range(1, 2500):
        made = some_slot(dice, number, dice.choice(codes), TODAY - timedelta(days=dice.randrange(-1, 17)))
        slots.setdefault((made.page, made.at), made)

    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        await uow.campaign.save_pages(a_page(n) for n in range(60))
        rows = [{name: getattr(one, name) for name in Slot.__dataclass_fields__} for one in slots.values()]
        await uow.session.execute(insert(slot), rows)  # type: ignore[attr-defined]  # only the real one has a session
        counts = await uow.page_health.days(TODAY - timedelta(days=16), TODAY, NOW, ON_TIME)
        few = await uow.page_health.days(TODAY - timedelta(days=16), TODAY, NOW, ON_TIME, codes[:2])
        assert {one.page for one in few} == set(codes[:2])
        assert sorted((one for one in counts if one.page in codes[:2]), key=repr) == sorted(few, key=repr)
        seen: set[Colour] = set()
        for code in codes:
            theirs = [one for one in slots.values() if one.page == code]
            found = strip(code, [one for one in counts if one.page == code], TODAY)
            for day, colour in found.days:
                assert colour is told(theirs, day), (code, day)
            seen |= set(found.colours)
            within = [one for one in theirs if TODAY - timedelta(days=DAYS) <= one.day < TODAY]
            gone = sum(one.excuse is Excuse.REMOVED and one.urgent_id is None and not one.extra for one in within)
            assert found.removed == gone
        assert seen == set(Colour), "every colour occurs"

    await db.run(story)


# -- who and what is there ------------------------------------------------------------------------------------------------


async def test_who_could_post_is_counted_as_the_planner_chooses(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna = await joined(uow, "Анна", Role.VOLUNTEER, "kazan", now=NOW)
        boris = await joined(uow, "Борис", Role.VOLUNTEER, EVERYWHERE, now=NOW)
        await joined(uow, "Вера", Role.PRESS_SECRETARY, "kazan", now=NOW)
        gone = await joined(uow, "Глеб", Role.VOLUNTEER, "kazan", now=NOW)
        await uow.people.set_reachable(gone.telegram_id, reachable=False)
        await uow.campaign.set_keeper("my-anna", anna.id)
        await uow.campaign.set_poster("ok-kazan", gone.id, may_post=True)
        await uow.campaign.set_poster("tg-kazan", boris.id, may_post=True)
        able = await uow.page_health.able()
        known = await uow.campaign.pages()
        counted = {code: page_health.posters(page, able) for code, page in known.items()}
        assert counted == {"vk-kazan": 2, "ok-kazan": 0, "tg-kazan": 1, "vk-omsk": 1, "my-anna": 1, "x-main": 1}
        assert await uow.page_health.able(["vk-kazan"]) == replace(able, named={}, keepers=frozenset())

    await db.run(story)


@pytest.mark.slow  # takes seconds
async def test_a_thousand_pages_cost_no_more_statements_than_one(db: Database) -> None:
    many = [a_page(n, region="kazan" if n % 2 else "omsk") for n in range(1000)]

    async def prepare(uow: UnitOfWork) -> int:
        await load_campaign(uow)
        await uow.campaign.save_pages(many)
        await uow.campaign.save_norms(Norm(page.code, (2,) * 7, WINDOWS, 120, 3) for page in many)
        boss = await joined(uow, "Ольга", Role.MANAGER, EVERYWHERE, now=NOW)
        rows = [
            {
                "page": page.code,
                "day": TODAY - timedelta(days=n),
                "at": NOW - timedelta(days=n, hours=hour),
                "state": SlotState.POSTED,
                "posted_at": NOW - timedelta(days=n, hours=hour),
            }
            for page in many
            for n in range(1, 15)
            for hour in (0, 4)
        ]
        rows[0] |= {"state": SlotState.MISSED, "posted_at": None}
        await uow.session.execute(insert(slot), rows)  # type: ignore[attr-defined]  # only the real one has a session
        await approve(uow, boss.id, boss.id, "Текст", *(page.code for page in many), now=NOW)
        return boss.id

    boss = await db.run(prepare)

    async def listed(uow: UnitOfWork) -> pages.PageList:
        actor = await uow.people.find_actor_by_person(boss)
        assert actor is not None
        return await pages.list_mine(uow, actor, now=NOW, rules=RULES)

    before = db.cost.statements
    found = await db.read(listed)
    assert db.cost.statements - before <= 20
    assert len(found.found) == 1006
    assert found.found[0].page.code == "p0000"
    assert found.found[0].needs[0] is Need.RED
    assert {one.code: one.pages for one in found.regions} == {"kazan": 504, "omsk": 501, EVERYWHERE: 1}

    async def one_card(uow: UnitOfWork) -> None:
        actor = await uow.people.find_actor_by_person(boss)
        assert actor is not None
        await page_health.load(uow, [many[0]], now=NOW, rules=RULES)

    before = db.cost.statements
    await db.read(one_card)
    assert db.cost.statements - before <= 18


# -- texts ------------------------------------------------------------------------------------------------------------------


async def test_the_runway_counts_slots_that_have_a_text_and_texts_for_those_that_have_none(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        await uow.campaign.save_norms([Norm("vk-kazan", (1,) * 7, WINDOWS, 120, 3)])
        anna = (await joined(uow, "Анна", Role.VOLUNTEER, "kazan", now=NOW)).id
        page = await uow.campaign.get_page("vk-kazan")

        async def lasts() -> int:
            found = (await page_health.load(uow, [page], now=NOW, rules=RULES))["vk-kazan"].runway
            assert found is not None
            return found.lasting

        assert await lasts() == 0, "this evening is to be filled, and there is no text"
        drafts = [await approve(uow, anna, anna, f"Текст {n}", "vk-kazan", now=NOW) for n in range(3)]
        assert await lasts() == 3
        (evening,) = await uow.plan.add_slots([("vk-kazan", TODAY, NOW + timedelta(hours=4))])
        assert await lasts() == 3, "the slot is what the norm wanted"
        await uow.plan.save_slot(
            replace(evening, state=SlotState.FILLED, draft_id=drafts[0], draft_version=1, empty_reason=None)
        )
        assert await lasts() == 3, "it has taken one of the texts"
        (more,) = await uow.plan.add_slots([("vk-kazan", TODAY + timedelta(days=1), NOW + timedelta(days=1))])
        await uow.plan.save_slot(replace(more, empty_reason=EmptyReason.NO_PERSON))
        found = (await page_health.load(uow, [page], now=NOW, rules=RULES))["vk-kazan"]
        assert found.unposted == 1
        assert Need.PEOPLE in found.needs
        end = (await uow.campaign.find_campaign()).ends  # type: ignore[union-attr]  # the small campaign is there
        late = datetime(end.year, end.month, end.day, 12, tzinfo=UTC) + timedelta(days=1)
        over = (await page_health.load(uow, [page], now=late, rules=RULES))["vk-kazan"].runway
        assert over is not None
        assert not over.wants, "nothing is wanted after the campaign"

    await db.run(story)


async def test_who_was_asked_least_for_a_text_is_asked_next(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        people = [(await joined(uow, f"p{n}", Role.VOLUNTEER, "kazan", now=NOW)).id for n in range(4)]
        await joined(uow, "далеко", Role.VOLUNTEER, "omsk", now=NOW)

        for person, hours in ((people[0], 1), (people[0], 2), (people[1], 3), (people[2], 40)):
            at = NOW - timedelta(hours=hours)
            await uow.outbox.add(Notice("empty.write", "empty:x", at, f"k:{person}:{hours}", person_id=person))
        found = await uow.page_health.asked_least("empty.write", ["kazan"], NOW - timedelta(days=14), 3)
        assert [person.id for person in found] == [people[3], people[2], people[1]]

    await db.run(story)
