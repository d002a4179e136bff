"""Recalls: finding a public text, having it corrected or removed by everybody who posted it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.drafts import TooLong
from domain.lanes import Lane
from domain.people import Actor
from domain.platforms import measure
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet
from domain.ports.recalls import PublishedPost, PublishedText, TaskView
from domain.readings import as_published
from domain.recalls import (
    FIND_DAYS,
    OUTSTANDING,
    NobodyToRead,
    NotPublished,
    OwnCorrection,
    Recall,
    RecallKind,
    RecallReason,
    RecallState,
    corrected,
    ensure_seen,
)
from domain.rights import DECIDERS, Action, ensure_may
from domain.routing import who_decides
from domain.usecases import recalling

SEARCH, TEXT, NOTE = "recall.search", "recall.text", "recall.note"
"""Expectations: words to search for, the corrected text, the reason in their own words."""
LISTED = 1000
NOTE_LIMIT = 300


@dataclass(frozen=True)
class RecallView:
    """A public text with its posts and, once it is recalled, what each person did. `planned`: slots still to come."""

    draft_id: int
    text: str
    posts: Sequence[PublishedPost]
    planned: int
    second_needed: bool
    recall: Recall | None = None
    tasks: Sequence[TaskView] = ()
    by: str = ""

    @property
    def outstanding(self) -> list[TaskView]:
        return [view for view in self.tasks if view.task.state in OUTSTANDING]


async def published(uow: UnitOfWork, actor: Actor, words: str = "", *, now: datetime) -> list[PublishedText]:
    """Texts of the actor's regions that went public lately and have all of these words, newest first. Read-only."""
    ensure_may(actor, Action.RECALL)
    found = await uow.recalls.published(now - FIND_DAYS, actor.regions(DECIDERS), LISTED)
    wanted = words.casefold().split()
    # Not in SQL: SQLite knows capital letters of Latin only.
    return [one for one in found if all(word in one.text.casefold() for word in wanted)]


async def ask_words(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """[Search]: the next message says what for."""
    ensure_may(actor, Action.RECALL)
    await uow.expectations.set(actor.id, SEARCH, "recall:0", now=now)


async def search(uow: UnitOfWork, actor: Actor, words: str, *, now: datetime) -> list[PublishedText]:
    """The message with the words."""
    await uow.expectations.clear(actor.id, SEARCH)
    return await published(uow, actor, words, now=now)


async def look(uow: UnitOfWork, actor: Actor, draft_id: int) -> RecallView:
    """A public text and its recall, if there is one. Read-only."""
    sheet = await _sheet(uow, actor, draft_id)
    return await _seen(uow, sheet, await uow.recalls.find_last(draft_id))


async def see(uow: UnitOfWork, actor: Actor, recall_id: int) -> RecallView:
    """The same by the recall. Read-only."""
    recall = await uow.recalls.get(recall_id)
    return await _seen(uow, await _sheet(uow, actor, recall.draft_id), recall)


async def facts(uow: UnitOfWork, recall_id: int) -> RecallView:
    """The same for notices, whose readers were chosen before. Read-only."""
    recall = await uow.recalls.get(recall_id)
    return await _seen(uow, await uow.drafts.get_sheet(recall.draft_id), recall)


async def _sheet(uow: UnitOfWork, actor: Actor, draft_id: int) -> DraftSheet:
    sheet = await uow.drafts.get_sheet(draft_id)
    ensure_may(actor, Action.RECALL, sheet.draft.region)
    return sheet


async def _seen(uow: UnitOfWork, sheet: DraftSheet, recall: Recall | None) -> RecallView:
    draft = sheet.draft
    names = await uow.people.names([recall.by_id]) if recall else {}
    return RecallView(
        draft.id,
        draft.text,
        await uow.recalls.posts(draft.id),
        len(await uow.recalls.open_slots(draft.id)),
        _needs_second(sheet, recall.by_id if recall else 0),
        recall,
        await uow.recalls.tasks(recall.id) if recall else (),
        names.get(recall.by_id, "") if recall else "",
    )


def _needs_second(sheet: DraftSheet, by_id: int) -> bool:
    """Whether somebody else reads a correction by this person: where two decide anyway, and of one's own text."""
    return sheet.lane is not Lane.ORDINARY or sheet.draft.author_id == by_id


async def _public(uow: UnitOfWork, actor: Actor, draft_id: int) -> tuple[DraftSheet, list[PublishedPost]]:
    sheet = await _sheet(uow, actor, draft_id)
    posts = await uow.recalls.posts(draft_id)
    if not posts:
        raise NotPublished
    return sheet, posts


# -- correcting -------------------------------------------------------------------------------------------------------


async def ask_text(uow: UnitOfWork, actor: Actor, draft_id: int, *, now: datetime) -> RecallView:
    """[Correct]: the next message is the corrected text."""
    sheet, _ = await _public(uow, actor, draft_id)
    await uow.expectations.set(actor.id, TEXT, sheet.draft.subject, now=now)
    return await _seen(uow, sheet, None)


async def correct(uow: UnitOfWork, actor: Actor, draft_id: int, text: str, *, now: datetime) -> RecallView:
    """The corrected text; nobody is asked before [Send]. A recall of the same text that is under way stays until then."""
    sheet, _ = await _public(uow, actor, draft_id)
    files = len(sheet.draft.published_media)
    for page in sheet.pages:
        room = measure(page.platform, as_published(text.strip(), page.imprint), files)
        if not room.fits:
            raise TooLong(page.platform, room)
    old = await uow.recalls.find_unfinished(draft_id)
    if old is None or old.state is not RecallState.WRITING or old.by_id != actor.id:
        recall = await _begin(uow, actor, draft_id, RecallKind.CORRECT, RecallReason.OTHER, now)
    else:
        recall = old
    saved = await uow.recalls.save(corrected(recall, text, sheet.draft.text))
    await uow.expectations.clear(actor.id, TEXT)
    return await _seen(uow, sheet, saved)


async def _begin(
    uow: UnitOfWork, actor: Actor, draft_id: int, kind: RecallKind, reason: RecallReason, now: datetime
) -> Recall:
    """A new recall takes the place of one that is under way: what that asked of people is asked no more."""
    old = await uow.recalls.find_unfinished(draft_id)
    if old is not None:
        await recalling.give_up(uow, old, now)
    recall = await uow.recalls.add(
        draft_id=draft_id, kind=kind, state=RecallState.WRITING, reason=reason, text="", by_id=actor.id, now=now
    )
    if old is None or old.declared_at is None:
        return recall
    return await uow.recalls.save(replace(recall, declared_at=old.declared_at))


async def send(
    uow: UnitOfWork, actor: Actor, recall_id: int, version: int, *, now: datetime, allowed: timedelta
) -> RecallView:
    """[Send]: at once on ordinary pages, else (and of one's own text) a second person reads the corrected text first."""
    recall = await uow.recalls.get(recall_id)
    sheet, posts = await _public(uow, actor, recall.draft_id)
    ensure_seen(recall, version, RecallState.WRITING)
    await recalling.withdraw(uow, recall.draft_id, now)
    if not _needs_second(sheet, recall.by_id if recall.by_id == actor.id else 0):
        return await _seen(uow, sheet, await recalling.open_(uow, actor, recall, posts, now, allowed))
    region = sheet.draft.region
    readers = who_decides(region, await uow.people.holders(DECIDERS, region), actor.id)
    if not readers:
        raise NobodyToRead
    waiting = await uow.recalls.save(replace(recall, state=RecallState.WAITING, by_id=actor.id, declared_at=now))
    await uow.outbox.add(
        *(
            recalling.told("recall.read", waiting, reader.id, now, f"{waiting.version}:{reader.id}")
            for reader in readers
        )
    )
    await recalling.noted(uow, actor, "recall.waits", waiting, now)
    return await _seen(uow, sheet, waiting)


async def approve(
    uow: UnitOfWork, actor: Actor, recall_id: int, version: int, *, now: datetime, allowed: timedelta
) -> RecallView:
    """[Send it] of the second person, who read this very text."""
    recall = await uow.recalls.get(recall_id)
    sheet, posts = await _public(uow, actor, recall.draft_id)
    ensure_seen(recall, version, RecallState.WAITING)
    if recall.by_id == actor.id:
        raise OwnCorrection
    return await _seen(uow, sheet, await recalling.open_(uow, actor, recall, posts, now, allowed, actor.id))


async def refuse(uow: UnitOfWork, actor: Actor, recall_id: int, version: int, *, now: datetime) -> RecallView:
    """[Not like this]: whoever wrote it writes again."""
    recall = await uow.recalls.get(recall_id)
    sheet = await _sheet(uow, actor, recall.draft_id)
    ensure_seen(recall, version, RecallState.WAITING)
    back = await uow.recalls.save(replace(recall, state=RecallState.WRITING))
    await uow.outbox.cancel(back.subject, ["recall.read"])
    if recall.by_id != actor.id:
        await uow.outbox.add(recalling.told("recall.refused", back, back.by_id, now, f"{back.version}", by=actor.id))
    await recalling.noted(uow, actor, "recall.refused", back, now)
    return await _seen(uow, sheet, back)


async def drop(uow: UnitOfWork, actor: Actor, recall_id: int, version: int, *, now: datetime) -> RecallView:
    """[Do not recall], as long as nobody was asked; the text may be planned again."""
    recall = await uow.recalls.get(recall_id)
    sheet = await _sheet(uow, actor, recall.draft_id)
    ensure_seen(recall, version, RecallState.WRITING, RecallState.WAITING)
    dropped = await recalling.give_up(uow, recall, now)
    await recalling.noted(uow, actor, "recall.dropped", dropped, now)
    return await _seen(uow, sheet, None)


# -- removing ---------------------------------------------------------------------------------------------------------


async def remove(
    uow: UnitOfWork, actor: Actor, draft_id: int, reason: RecallReason, *, now: datetime, allowed: timedelta
) -> RecallView:
    """The tap on a reason: everybody who posted it is asked to remove it (H4: our own posts only). No second person."""
    sheet, posts = await _public(uow, actor, draft_id)
    recall = await _begin(uow, actor, draft_id, RecallKind.REMOVE, reason, now)
    await recalling.withdraw(uow, draft_id, now)
    asked = await recalling.open_(uow, actor, recall, posts, now, allowed)
    if reason is RecallReason.OTHER:
        await uow.expectations.set(actor.id, NOTE, asked.subject, now=now)
    return await _seen(uow, sheet, asked)


async def note(uow: UnitOfWork, actor: Actor, recall_id: int, text: str, *, now: datetime) -> RecallView:
    """The reason in their own words, after the recall."""
    recall = await uow.recalls.get(recall_id)
    sheet = await _sheet(uow, actor, recall.draft_id)
    saved = await uow.recalls.save(replace(recall, note=text.strip()[:NOTE_LIMIT]))
    await uow.expectations.clear(actor.id, NOTE)
    await recalling.noted(uow, actor, "recall.noted", saved, now)
    return await _seen(uow, sheet, saved)
