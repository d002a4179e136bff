"""Imprint rules in a real database, and which texts a changed line concerns."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.drafts import Decision, DraftState, Verdict
from domain.imprints import BoundLine, ImprintRule, Pack, Reworded
from domain.pages import BY_RULES, PageKind
from domain.people import Role
from domain.plan import SlotState
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.ports.imprints import Relined
from storage.database import Database
from tests.drafting import approve
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)
PACK = Pack("ru", "Н. Н.", "юрист", "Договорённость", date(2026, 9, 1))
WIDE = ImprintRule("wide", "Штаб", date(2026, 9, 1))
NARROW = ImprintRule(
    "narrow", "Группа", date(2026, 9, 1), date(2026, 10, 1), "vk-kazan", PageKind.GROUP, Platform.VK, "kazan",
    Reworded.ALLOWED,
)  # fmt: skip


async def people(uow: UnitOfWork) -> tuple[int, int]:
    await load_campaign(uow)
    author = await joined(uow, "Анна", Role.VOLUNTEER, "kazan", now=NOW, zone="Europe/Moscow", telegram_id=1)
    press = await joined(uow, "Вера", Role.PRESS_SECRETARY, "kazan", now=NOW, zone="Europe/Moscow", telegram_id=2)
    return author.id, press.id


async def test_rules_are_read_back_as_loaded_and_loading_again_replaces_them(db: Database) -> None:
    await db.run(lambda uow: uow.imprints.save(PACK, [WIDE, NARROW]))
    assert await db.read(lambda uow: uow.imprints.find_pack()) == PACK
    assert await db.read(lambda uow: uow.imprints.rules()) == [NARROW, WIDE]
    await db.run(lambda uow: uow.imprints.save(None, []))
    assert await db.read(lambda uow: uow.imprints.find_pack()) is None
    assert await db.read(lambda uow: uow.imprints.rules()) == []


async def test_a_line_is_stored_with_its_rule_and_span(db: Database) -> None:
    await db.run(people)
    page = (await db.read(lambda uow: uow.campaign.pages(["vk-kazan"])))["vk-kazan"]
    lined = replace(
        page, imprint="Штаб", imprint_rule="wide", imprint_from=date(2026, 9, 1), imprint_until=date(2026, 9, 30)
    )
    await db.run(lambda uow: uow.imprints.set_lines([lined]))
    found = await db.read(lambda uow: uow.campaign.pages(["vk-kazan", "ok-kazan"]))
    assert found["vk-kazan"] == lined
    assert found["ok-kazan"].imprint == "Штаб кандидата"


async def test_a_decision_keeps_the_lines_it_was_read_with(db: Database) -> None:
    author, press = await db.run(people)
    lines = (BoundLine("vk-kazan", "wide", "Штаб"),)

    async def decide(uow: UnitOfWork) -> int:
        draft = await uow.drafts.add(
            author_id=author, region="kazan", text="Текст", media=(), source="", message_id=None, album="", now=NOW
        )
        await uow.drafts.set_page(draft.id, "vk-kazan", chosen=True)
        waits = replace(draft, state=DraftState.SUBMITTED, submitted_at=NOW, decide_by=NOW)
        await uow.drafts.set_state(waits, [DraftState.WRITING])
        made = Decision(draft.id, 1, press, "", Verdict.APPROVE, None, "", NOW, imprints=lines)
        await uow.drafts.decide(made, DraftState.APPROVED)
        return draft.id

    number = await db.run(decide)
    assert [one.imprints for one in await db.read(lambda uow: uow.drafts.decisions(number))] == [lines]
    assert (await db.read(lambda uow: uow.drafts.get_sheet(number))).decisions[0].imprints == lines
    assert await db.read(lambda uow: uow.imprints.lines_of([number])) == {(number, 1): lines}
    (concerned,) = await db.read(lambda uow: uow.imprints.concerned(["vk-kazan"]))
    assert (concerned.draft_id, concerned.state, concerned.lines) == (number, DraftState.APPROVED, lines)


async def test_what_is_in_the_plan_or_posted_is_not_brought_back(db: Database) -> None:
    author, press = await db.run(people)

    async def texts(uow: UnitOfWork) -> list[int]:
        numbers = [await approve(uow, author, press, f"Текст {n}", "vk-kazan", "ok-kazan", now=NOW) for n in range(3)]
        moments = [("vk-kazan", NOW.date(), NOW + timedelta(hours=n)) for n in (1, 2)]
        for slot, number, state in zip(
            await uow.plan.add_slots(moments), numbers, (SlotState.FILLED, SlotState.POSTED), strict=False
        ):
            await uow.plan.save_slot(replace(slot, state=state, draft_id=number, draft_version=1))
        return numbers

    planned, posted, free = await db.run(texts)
    found = await db.read(lambda uow: uow.imprints.concerned(["vk-kazan"]))
    assert [one.draft_id for one in found] == [free]
    found = await db.read(lambda uow: uow.imprints.concerned(["ok-kazan"]))
    assert [one.draft_id for one in found] == [planned, posted, free]


async def test_what_came_back_waits_for_others_than_its_author(db: Database) -> None:
    author, press = await db.run(people)

    async def back(uow: UnitOfWork) -> int:
        number = await approve(uow, author, press, "Текст", "vk-kazan", now=NOW)
        draft = replace(await uow.drafts.get(number), state=DraftState.SUBMITTED, settled_at=None)
        await uow.drafts.set_state(draft, [DraftState.APPROVED])
        await uow.drafts.save_content(replace(draft, version=2), 1)
        await uow.imprints.add_relined(Relined(number, 2, approved=True, old="Штаб", new="Другая", at=NOW))
        return number

    number = await db.run(back)
    (seen,) = await db.read(lambda uow: uow.imprints.waiting({"kazan"}, press))
    assert (seen.draft_id, seen.version, seen.new, seen.text) == (number, 2, "Другая", "Текст")
    assert await db.read(lambda uow: uow.imprints.waiting({"kazan"}, author)) == []
    assert await db.read(lambda uow: uow.imprints.waiting({"omsk"}, press)) == []
    assert await db.read(lambda uow: uow.imprints.find_relined(number, 1)) is None


async def test_a_page_by_rules_without_one_in_force_is_told_apart(db: Database) -> None:
    await db.run(people)
    page = (await db.read(lambda uow: uow.campaign.pages(["vk-kazan"])))["vk-kazan"]
    bare = replace(page, imprint="", imprint_rule=BY_RULES)
    await db.run(lambda uow: uow.campaign.save_pages([bare]))
    found = await db.read(lambda uow: uow.campaign.get_page("vk-kazan"))
    assert found.by_rules
    assert not found.has_line_on(NOW.date())
