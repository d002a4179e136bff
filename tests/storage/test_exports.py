"""Exports on both engines: rows that are owed a file, and portions of what goes into it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import insert

from bot.export_work import NotMade, Order, make, read_order, written
from domain import exports as rules
from domain.drafts import DraftState, Verdict
from domain.errors import Forbidden
from domain.exports import ExportFailure, ExportFormat, ExportState, ExportWish, Span, TooManyExports
from domain.figures import FigureSource
from domain.people import EVERYWHERE, Actor, Role
from domain.plan import AssignmentState, Excuse, SlotState
from domain.ports import UnitOfWork
from domain.rollups import Measure
from domain.typed_figures import Metric
from domain.usecases import export_packs, exports
from domain.usecases.exports import Made
from storage.database import Database
from storage.media import MediaFolder
from storage.repositories import export_reads
from storage.tables import assignment, decision, draft, journal, person, slot
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.reporting import MONDAY, NOW, join, new_id, posted
from tests.rows import rows_of

T = TypeVar("T")
DAYS = (date(2026, 9, 1), date(2026, 9, 30))
ALL = frozenset({EVERYWHERE})
KAZAN = frozenset({"kazan"})
WISH = ExportWish(ExportFormat.XLSX, "m1")


@pytest.fixture
async def boss(db: Database) -> Actor:
    async def prepare(uow: SqlUnitOfWork) -> Actor:
        await load_campaign(uow)
        return await join(uow, "Мария", Role.MANAGER, EVERYWHERE)

    return await db.run(prepare)


async def together(portions: AsyncIterator[Sequence[T]]) -> list[T]:
    return [row async for some in portions for row in some]


# -- the rows of what was asked for ------------------------------------------------------------------------------------


async def test_a_file_is_owed_until_it_is_made_and_only_once(db: Database, boss: Actor) -> None:
    one = await db.run(exports.ask, boss, WISH, now=NOW)
    assert (one.regions, one.first, one.last, one.language) == ((EVERYWHERE,), *DAYS, "ru")
    assert await db.read(exports.next_one) == (one, True)
    made = Made("a" * 64, 10, "файл.xlsx")
    assert await db.run(exports.made, one, made, now=NOW) is True
    assert await db.run(exports.made, one, made, now=NOW) is False, "another process was faster"
    assert await db.read(exports.next_one) is None
    ready = await db.read(lambda uow: uow.exports.get(one.id))
    assert (ready.state, ready.sha256, ready.name) == (ExportState.MADE, "a" * 64, "файл.xlsx")
    actions = [row.action for row in await db.read(rows_of(journal.select().order_by(journal.c.seq)))]
    assert actions == ["export", "export_made"]


async def test_regions_are_those_of_the_role_and_other_regions_are_refused(db: Database, boss: Actor) -> None:
    olga = await db.run(lambda uow: join(uow, "Ольга", Role.COORDINATOR, "kazan"))
    anna = await db.run(lambda uow: join(uow, "Анна", Role.VOLUNTEER, "kazan"))
    mine = await db.run(exports.ask, olga, WISH, now=NOW)
    assert mine.regions == ("kazan",)
    chosen = await db.run(exports.ask, boss, replace(WISH, region="omsk"), now=NOW)
    assert chosen.regions == ("omsk",)
    for actor, wish in ((olga, replace(WISH, region="omsk")), (olga, replace(WISH, region="*")), (anna, WISH)):
        with pytest.raises(Forbidden):
            await db.run(exports.ask, actor, wish, now=NOW)


async def test_the_fourth_file_waits_for_the_others(db: Database, boss: Actor) -> None:
    regions = [replace(WISH, region=code) for code in ("kazan", "omsk", "primorye")]
    owed = [await db.run(exports.ask, boss, wish, now=NOW) for wish in regions]
    with pytest.raises(TooManyExports):
        await db.run(exports.ask, boss, WISH, now=NOW)
    assert await db.run(exports.ask, boss, regions[1], now=NOW) == owed[1], "asked for twice, it comes once"


async def test_after_three_failures_it_is_given_up_and_others_go_first_meanwhile(db: Database, boss: Actor) -> None:
    first = await db.run(exports.ask, boss, WISH, now=NOW)
    second = await db.run(exports.ask, boss, replace(WISH, region="omsk"), now=NOW)
    assert await db.run(exports.failed, first, ExportFailure.BROKEN, now=NOW) is False
    found = await db.read(exports.next_one)
    assert found is not None
    assert found[0].id == second.id
    for n in (1, 2):
        again = await db.read(lambda uow: uow.exports.get(first.id))
        assert again.tries == n
        assert await db.run(exports.failed, again, ExportFailure.BROKEN, now=NOW) is (n == 2)
    over = await db.read(lambda uow: uow.exports.get(first.id))
    assert (over.state, over.tries) == (ExportState.FAILED, 3)


async def test_a_file_is_forgotten_after_a_day_unless_something_else_needs_it(db: Database, boss: Actor) -> None:
    async def made(sha256: str, at: datetime) -> int:
        one = await db.run(exports.ask, boss, WISH, now=at)
        await db.run(exports.made, one, Made(sha256, 1, "x"), now=at)
        return one.id

    old = [await made(sha256 * 64, NOW) for sha256 in "abc"]
    await made("b" * 64, NOW + timedelta(hours=20))
    sent = {"sha256": "c" * 64, "size": 1, "mime": "", "kind": "document", "name": "", "stored": True, "now": NOW}
    await db.run(lambda uow: uow.media.add(**sent, bot_id=None, file_id=None, file_unique_id=None))
    later = NOW + rules.KEPT + timedelta(minutes=1)
    assert await db.read(lambda uow: exports.outdated(uow, now=later - timedelta(minutes=2))) == ([], [])
    rows, hashes = await db.read(lambda uow: exports.outdated(uow, now=later))
    assert [one.id for one in rows] == old
    assert hashes == ["a" * 64], "b was made again since, c came into the bot by itself"
    await db.run(exports.forget, rows)
    assert (await db.read(lambda uow: uow.exports.get(old[0]))).state is ExportState.GONE


# -- what goes into them -----------------------------------------------------------------------------------------------


async def test_norms_and_posts_are_those_of_the_days_and_regions(db: Database, boss: Actor) -> None:
    async def live(uow: SqlUnitOfWork) -> int:
        anna = await join(uow, "Анна", Role.VOLUNTEER)
        done = await posted(uow, "vk-kazan", anna.id, NOW, late=True)
        await posted(uow, "vk-omsk", anna.id, NOW + timedelta(hours=1))
        await posted(uow, "vk-kazan", anna.id, NOW + timedelta(days=40))
        skipped = {"page": "vk-kazan", "day": MONDAY, "at": NOW - timedelta(hours=3), "state": SlotState.CANCELLED}
        await new_id(uow, slot, {**skipped, "excuse": Excuse.SKIPPED})
        await new_id(uow, slot, {**skipped, "at": NOW - timedelta(hours=4)})
        for metric, value in ((Metric.VIEWS, 1200), (Metric.LIKES, 30)):
            await uow.figures.add(
                page="vk-kazan", slot_id=done, metric=metric, value=value, day=MONDAY, state="confirmed",  # type: ignore[arg-type]  # its stored value
                source=FigureSource.TYPED, typed_by=anna.id, for_person=boss.id, at=NOW + timedelta(hours=24),
            )  # fmt: skip
        return done

    done = await db.run(live)

    async def read(uow: UnitOfWork) -> tuple[list[Any], list[Any], list[Any]]:
        reads = uow.export_reads
        return (
            await together(reads.norm_rows(KAZAN, DAYS)),
            await together(reads.post_rows(ALL, DAYS)),
            await together(reads.figure_rows(KAZAN, DAYS)),
        )

    norm, posts, figures = await db.read(read)
    assert [(row.page, row.slots, row.on_time, row.late, row.kept) for row in norm] == [("vk-kazan", 1, 0, 1, 1.0)]
    assert [(row.page, row.state, row.excuse) for row in posts] == [
        ("vk-kazan", SlotState.CANCELLED, Excuse.SKIPPED),
        ("vk-kazan", SlotState.POSTED, None),
        ("vk-omsk", SlotState.POSTED, None),
    ], "a slot that was only planned otherwise is not told"
    mine = posts[1]
    assert (mine.slot_id, mine.who, mine.figures) == (done, "Анна", {Metric.VIEWS: 1200, Metric.LIKES: 30})
    assert (posts[2].figures, posts[2].read_at) == ({}, None)
    assert [(row.metric, row.value, row.typed_by, row.for_person) for row in figures] == [
        (Metric.VIEWS, 1200, "Анна", "Мария"),
        (Metric.LIKES, 30, "Анна", "Мария"),
    ]


async def test_of_several_who_missed_a_post_the_last_stands_for_it(db: Database, boss: Actor) -> None:
    async def live(uow: SqlUnitOfWork) -> None:
        one = await new_id(uow, slot, {"page": "vk-kazan", "day": MONDAY, "at": NOW, "state": SlotState.MISSED})
        for n, name in enumerate(("Анна", "Борис")):
            who = await join(uow, name, Role.VOLUNTEER)
            asked = {"slot_id": one, "person_id": who.id, "at": NOW, "state": AssignmentState.MISSED, "created_at": NOW}
            await uow.session.execute(insert(assignment).values({**asked, "substitute": n == 1}))

    await db.run(live)
    posts = await db.read(lambda uow: together(uow.export_reads.post_rows(ALL, DAYS)))
    people = await db.read(lambda uow: together(uow.export_reads.person_rows(ALL, DAYS)))
    assert [(row.who, row.substitute) for row in posts] == [("Борис", True)]
    assert [(row.name, row.posted, row.missed) for row in people] == [("Мария", 0, 0), ("Анна", 0, 1), ("Борис", 0, 1)]
    assert [m.role for m in people[0].memberships] == [Role.MANAGER]


async def test_a_decision_waited_since_the_text_was_last_handed_in(
    db: Database, boss: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_reads, "PORTION", 2)

    async def live(uow: SqlUnitOfWork) -> None:
        anna = await join(uow, "Анна", Role.VOLUNTEER)
        for hours in (1, 2, 3):
            values = {"author_id": anna.id, "region": "kazan", "state": DraftState.RETURNED, "version": 2}
            made = await new_id(uow, draft, {**values, "updated_at": NOW, "submitted_at": NOW})
            for version in (1, 2):
                at = NOW + timedelta(days=version)
                if hours != 3:  # the third is older than its journal
                    await uow.journal.add(
                        at=at, actor=1, action="draft_submit", object_=f"draft:{made}", version=version
                    )
                told = {"draft_id": made, "version": version, "approver_id": boss.id, "verdict": Verdict.RETURN}
                after = timedelta(hours=hours) if hours != 3 else -timedelta(days=5)
                await uow.session.execute(insert(decision).values({**told, "at": at + after, "turn": version}))

    await db.run(live)
    begin, end = datetime(2026, 8, 31, 21, tzinfo=UTC), datetime(2026, 9, 30, 21, tzinfo=UTC)
    found = await db.read(lambda uow: together(uow.export_reads.approval_rows(KAZAN, begin, end)))
    assert [row.waited for row in found] == [timedelta(hours=1)] * 2 + [timedelta(hours=2)] * 2 + [None] * 2
    assert {row.approver for row in found} == {"Мария"}
    assert await db.read(lambda uow: together(uow.export_reads.approval_rows(frozenset({"omsk"}), begin, end))) == []


async def test_a_pack_adds_up_and_names_what_was_not_measured(db: Database, boss: Actor) -> None:
    async def live(uow: SqlUnitOfWork) -> None:
        anna = await join(uow, "Анна", Role.VOLUNTEER)
        await posted(uow, "vk-kazan", anna.id, NOW)
        await uow.rollups.add("vk-kazan", "kazan", MONDAY, {Measure.SLOTS: 1, Measure.MISSED: 1})
        await uow.rollups.add("vk-omsk", "omsk", MONDAY, {Measure.SLOTS: 4, Measure.ON_TIME: 1, Measure.MISSED: 3})
        await uow.rollups.set("vk-omsk", "omsk", MONDAY, {Measure.MEMBERS: 900})
        await uow.rollups.add("vk-omsk", "omsk", date(2026, 10, 1), {Measure.SLOTS: 50})

    await db.run(live)
    after = datetime(2026, 10, 3, 9, tzinfo=UTC)

    async def read(uow: UnitOfWork, regions: frozenset[str]) -> Any:
        of = await export_packs.extent(uow, Span("m1", *DAYS), regions, now=after)
        return await export_packs.pack(uow, of)

    pack = await db.read(read, ALL)
    assert (pack.total.slots, pack.total.posted, pack.total.missed) == (6, 2, 4)
    assert [(one.code, one.kept) for one in pack.by_region if one.slots] == [("omsk", 0.25), ("kazan", 0.5)]
    assert [one.code for one in pack.by_page] == ["vk-omsk", "vk-kazan"], "the worst first"
    assert pack.by_day == ((MONDAY, 6, 2),)
    assert {one.target.code: one.fact for one in pack.outlooks} == {"members-1": 900, "x-1": None}
    gaps = pack.unmeasured
    assert (gaps.pages, len(gaps.silent), gaps.posts, gaps.posts_silent, gaps.unplanned) == (6, 5, 1, 1, 4)
    region = await db.read(read, KAZAN)
    assert (region.regions, region.total.slots) == (("Казань",), 2)


# -- making them -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "ending"), [("xlsx", "xlsx"), ("csv", "zip"), ("pdf", "pdf")])
async def test_a_file_lies_under_its_hash_with_a_name_that_says_what_it_is(
    db: Database, boss: Actor, db_url: str, tmp_path: Path, form: str, ending: str
) -> None:
    await db.run(lambda uow: join(uow, "Анна", Role.VOLUNTEER))
    order = Order(db_url, str(tmp_path / "media"), form, "m1", *DAYS, ("kazan",), "ru", NOW)
    made = await make(order)
    folder = MediaFolder(tmp_path / "media")
    assert folder.is_whole(made.sha256)
    assert folder.path(made.sha256).stat().st_size == made.size
    assert made.name == f"Пробная-кампания-Первый-месяц-Казань-2026-09-07.{ending}"
    assert [path.name for path in folder.folder.iterdir()] == [made.sha256[:2]], "no scratch is left"


async def test_what_telegram_would_not_carry_is_not_kept(
    db: Database, boss: Actor, db_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.export_work.MOST_BYTES", 10)
    order = Order(db_url, str(tmp_path / "media"), "csv", "m1", *DAYS, ("*",), "ru", NOW, "people")
    with pytest.raises(NotMade) as caught:
        await make(order)
    assert caught.value.why is ExportFailure.TOO_BIG
    assert list((tmp_path / "media").iterdir()) == []
    assert await db.read(rows_of(person.select().where(person.c.id == boss.id))) != [], "the database is not touched"


def test_an_order_survives_its_way_to_the_other_process() -> None:
    order = Order("sqlite:///x", "/media", "csv", "m1", *DAYS, ("kazan", "omsk"), "en", NOW, "posts", comma=False)
    assert read_order(written(order)) == order
