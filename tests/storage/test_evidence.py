"""What goes into the evidence about one post, read from every table that knows it; and the file that is made of it."""

import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.evidence_work import SUMS, write_evidence
from domain.content_digest import content_digest
from domain.drafts import MediaRef
from domain.figures import FigureSource, FigureState
from domain.links import recognise
from domain.people import Role
from domain.published import TextVerdict
from domain.recalls import RecallKind, RecallReason, RecallState, TaskState
from domain.record import Kind, Named, Who
from domain.spot_checks import CheckState, ProofEnd, WrongReason
from domain.swaps import SwapState
from domain.typed_figures import Metric
from domain.usecases import evidence
from storage.database import Database
from storage.media import MediaFolder
from storage.tables import (
    content,
    figure,
    journal,
    proof,
    proof_past,
    published_text,
    question,
    recall,
    recall_task,
    slot,
    spot_check,
    swap,
)
from storage.uow import SqlUnitOfWork
from tests.drafting import approve
from tests.harness import load_campaign
from tests.joining import joined
from tests.reporting import MONDAY, NOW, join, new_id, posted
from tests.storage.backing import add_file
from texts.words import words_for

TEXT = "Открыли двор <script>alert(1)</script>"
RU = words_for("ru")


@dataclass
class Story:
    """Numbers of a post that went through everything; `objects`: what its journal is kept under."""

    slot: int = 0
    draft: int = 0
    anna: int = 0
    vera: int = 0
    igor: int = 0
    picture: str = ""
    screenshot: str = ""
    objects: tuple[str, ...] = ()


async def _tell(uow: SqlUnitOfWork, folder: Path) -> Story:
    await load_campaign(uow)
    anna = await join(uow, "Анна", Role.VOLUNTEER)
    vera = await join(uow, "Вера", Role.PRESS_SECRETARY)
    igor = await joined(uow, "Игорь", Role.VOLUNTEER, "omsk", now=NOW)
    told = Story(anna=anna.id, vera=vera.id, igor=igor.id)
    told.picture = await add_file(uow, folder, b"picture")
    told.screenshot = await add_file(uow, folder, b"screenshot")
    told.draft = await approve(uow, igor.id, vera.id, TEXT, "vk-kazan", now=NOW)
    files = (MediaRef(told.picture, "photo", "Двор"),)
    shown = {"media": [[told.picture, "photo", "Двор"]], "digest": content_digest(TEXT, files)}
    await uow.session.execute(update(content).values(shown))
    told.slot = await posted(uow, "vk-kazan", anna.id, NOW)
    await uow.session.execute(update(slot).values(draft_id=told.draft, draft_version=1))
    told.objects = await _more(uow, told)
    for object_ in (*told.objects, "slot:999", "draft:999", f"person:{anna.id}"):
        await uow.journal.add(at=NOW, actor=vera.number, action="slot.filled", object_=object_, payload={"о": object_})
    await uow.journal.seal()
    return told


async def _more(uow: SqlUnitOfWork, told: Story) -> tuple[str, ...]:
    """One row of each thing that can be said about a post."""

    async def add(table: Any, **values: Any) -> int:
        return await new_id(uow, table, values)

    asked = (await uow.plan.assignments_of(told.slot))[0].id
    post = {"slot_id": told.slot, "assignment_id": asked, "person_id": told.anna}
    link = {"url": "https://vk.com/wall-123_1", "normal": "https://vk.com/wall-123_1"}
    await add(proof_past, **post, **link, at=NOW, ended=ProofEnd.UNDONE, ended_at=NOW, media=told.screenshot)
    sent = {"proof_at": NOW, "text": "Открыли двор", "verdict": TextVerdict.DIFFERS, "imprint_missing": True, "at": NOW}
    await uow.session.execute(insert(published_text).values(**post, **sent))
    look = {"state": CheckState.WRONG, "reason": WrongReason.NOTE, "note": "не тот двор", "by_id": told.vera, "at": NOW}
    check = await add(spot_check, **post, **look, proof_at=NOW)
    called = {"kind": RecallKind.CORRECT, "state": RecallState.OPEN, "reason": RecallReason.FACTS, "text": "Исправлено"}
    recalled = await add(recall, draft_id=told.draft, **called, by_id=told.vera, at=NOW)
    owed = {"state": TaskState.DONE, "url": link["url"], "proof_media": told.screenshot, "done_at": NOW}
    task = await add(recall_task, recall_id=recalled, slot_id=told.slot, person_id=told.anna, **owed)
    counted = {"metric": Metric.VIEWS, "value": 1340, "day": MONDAY, "state": FigureState.CONFIRMED, "at": NOW}
    typed = {"source": FigureSource.TYPED, "typed_by": told.anna, "for_person": told.anna}
    number = await add(figure, page="vk-kazan", slot_id=told.slot, **counted, **typed)
    asking = await add(question, slot_id=told.slot, asked_by=told.anna, text="?", asked_at=NOW)
    offer = {"from_id": told.anna, "to_id": told.igor, "state": SwapState.OPEN, "at": NOW, "asked_at": NOW}
    swapped = await add(swap, assignment_id=asked, **offer, expires_at=NOW)
    parts = (("slot", told.slot), ("assignment", asked), ("draft", told.draft), ("check", check), ("recall", recalled))
    rest = (("recall_task", task), ("figure", number), ("question", asking), ("swap", swapped))
    return tuple(f"{name}:{one}" for name, one in (*parts, *rest))


@pytest.fixture
async def story(db: Database, tmp_path: Path) -> Story:
    return await db.run(_tell, tmp_path / "media")


async def _bundle(
    db: Database, story: Story, folder: Path, reader: int | None = None, room: int = 0
) -> zipfile.ZipFile:
    media, path = MediaFolder(folder / "media"), folder / "bundle.zip"
    await db.read(write_evidence, story.slot, reader, media, path, RU, NOW, room)
    return zipfile.ZipFile(path)


async def test_a_posts_journal_holds_everything_that_belongs_to_it_and_nothing_else(db: Database, story: Story) -> None:
    found, total = await db.read(lambda uow: uow.record.entries(Kind.POST, str(story.slot), 0, 100))

    assert {entry.object for entry in found} == set(story.objects)
    assert total == len(found) == len(story.objects)
    assert [entry.seq for entry in found] == sorted((entry.seq for entry in found), reverse=True)


async def test_a_page_a_draft_and_a_person_have_theirs(db: Database, story: Story) -> None:
    async def objects(kind: Kind, key: object) -> set[str]:
        found, _ = await db.read(lambda uow: uow.record.entries(kind, str(key), 0, 100))
        return {entry.object for entry in found}

    kept = {name.partition(":")[0]: name for name in story.objects}
    assert await objects(Kind.PAGE, "vk-kazan") == set(story.objects)
    assert await objects(Kind.PAGE, "ok-kazan") == set()
    assert await objects(Kind.DRAFT, story.draft) == {kept["draft"], kept["recall"]}
    assert await objects(Kind.PERSON, story.anna) >= {kept["assignment"], f"person:{story.anna}"}
    assert await objects(Kind.PERSON, story.igor) >= {kept["draft"], kept["recall"]}, "it is their text"
    assert await objects(Kind.PERSON, story.vera) >= {*story.objects, "slot:999"}, "it is what they did"


async def test_the_bundle_holds_it_all_and_its_sums_cover_it(db: Database, story: Story, tmp_path: Path) -> None:
    bundle = await _bundle(db, story, tmp_path)

    page, stored = bundle.read("index.html").decode(), json.loads(bundle.read("post.json"))["stored"]
    sums = {line[66:]: line[:64] for line in bundle.read(SUMS).decode().splitlines()}
    assert set(bundle.namelist()) == {*sums, SUMS}
    assert {name: hashlib.sha256(bundle.read(name)).hexdigest() for name in sums} == sums
    assert {f"media/{story.picture}.jpg", f"media/{story.screenshot}.jpg", "versions/1.txt"} <= set(sums)
    assert {name: bool(value) for name, value in stored.items()} == dict.fromkeys(stored, True)
    assert "<script" not in page
    for words in ("Вера: версия 1 одобрена", "не тот двор", "Исправлено", "Просмотры: 1\xa0340", "Не хватает подписи"):
        assert words in page
    assert page.count("Анна") >= 3


async def test_seals_and_the_ones_before_them_are_the_chains_own(db: Database, story: Story) -> None:
    sealed = await db.read(lambda uow: uow.record.sealed(story.slot))
    head = await db.read(lambda uow: uow.journal.head())

    assert [one.place for one in sealed] == sorted(one.place or 0 for one in sealed)
    assert [one.previous for one in sealed[1:]] == [one.seal for one in sealed[:-1]], "nothing else came in between"
    assert head is not None
    assert (await db.read(lambda uow: uow.record.count())) == head.place


async def test_the_first_place_follows_what_was_sealed_before_there_were_places(db: Database, story: Story) -> None:
    first = (await db.read(lambda uow: uow.record.sealed(story.slot)))[0]

    async def older(uow: SqlUnitOfWork) -> None:
        """As a journal of the version before looks after its upgrade."""
        before = {"at": NOW, "actor": 0, "action": "x", "version": 0, "digest": "", "seal": "ab" * 32}
        await uow.session.execute(insert(journal).values(seq=-5, object="x:1", **before))

    assert (first.place, first.previous) == (1, "")
    await db.run(older)

    assert (await db.read(lambda uow: uow.record.sealed(story.slot)))[0].previous == "ab" * 32


async def test_names_are_those_that_the_reader_may_know(db: Database, story: Story, tmp_path: Path) -> None:
    """A press secretary of Kazan does not know a volunteer of Omsk, whose text it was; the operator knows everybody."""
    theirs = await db.read(lambda uow: evidence.collect(uow, story.slot, story.vera, now=NOW))
    everything = await db.read(lambda uow: evidence.collect(uow, story.slot, None, now=NOW))

    assert theirs.names[story.igor] == Named(Who.HIDDEN)
    assert theirs.names[story.anna] == Named(Who.PERSON, "Анна")
    assert everything.names[story.igor] == Named(Who.PERSON, "Игорь")
    bundle = await _bundle(db, story, tmp_path, story.vera)
    assert not [name for name in bundle.namelist() if "Игорь".encode() in bundle.read(name)]


async def test_a_damaged_file_and_one_that_does_not_fit_are_named_and_left_out(
    db: Database, story: Story, tmp_path: Path
) -> None:
    small = await _bundle(db, story, tmp_path, room=len(b"picture"))
    assert [name for name in small.namelist() if name.startswith("media/")] == [f"media/{story.picture}.jpg"]
    assert f"<code>{story.screenshot}</code>: в этот архив не вошёл" in small.read("index.html").decode()

    MediaFolder(tmp_path / "media").path(story.picture).write_bytes(b"another picture")
    damaged = await _bundle(db, story, tmp_path)
    assert [name for name in damaged.namelist() if name.startswith("media/")] == [f"media/{story.screenshot}.jpg"]
    files = json.loads(damaged.read("post.json"))["files"]
    assert {one["sha256"]: one["file"] for one in files}[story.picture] is None


async def test_a_text_changed_in_the_database_is_told(db: Database, story: Story, tmp_path: Path) -> None:
    await db.run(lambda uow: uow.session.execute(update(content).values(text="Другой текст")))

    bundle = await _bundle(db, story, tmp_path)

    assert "сохранённый текст ему НЕ соответствует" in bundle.read("index.html").decode()
    assert json.loads(bundle.read("post.json"))["stored"]["versions"][0]["matches_digest"] is False


async def test_a_post_without_a_text_or_a_person_has_evidence_too(db: Database, story: Story, tmp_path: Path) -> None:
    async def bare(uow: SqlUnitOfWork) -> int:
        return await new_id(uow, slot, {"page": "ok-kazan", "day": MONDAY, "at": NOW, "state": "empty"})

    bundle = await _bundle(db, Story(slot=await db.run(bare)), tmp_path)

    assert set(bundle.namelist()) == {"index.html", "post.json", "journal.json", SUMS}
    assert json.loads(bundle.read("journal.json"))["entries"] == []


async def test_the_operator_finds_a_post_by_its_link(db: Database, story: Story) -> None:
    link = f"https://m.vk.com/wall-123_{story.slot}"
    await db.run(lambda uow: uow.session.execute(update(proof).values(normal=recognise(link).identity)))

    assert await db.run(evidence.operator_asks, link, now=NOW) == story.slot
    assert await db.run(evidence.operator_asks, str(story.slot), now=NOW) == story.slot
