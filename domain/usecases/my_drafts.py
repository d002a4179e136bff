"""/drafts: one's own drafts by state, found by words; one of them with all that became of it; withdrawn, or made anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain import drafts as draft_rules
from domain import my_drafts as rules
from domain.diff import Piece, word_diff
from domain.drafts import Decision, Draft, DraftState, Verdict
from domain.my_drafts import AlreadyPublished, DraftVersion, Publication
from domain.notices import DueTask
from domain.pages import open_to
from domain.people import Actor
from domain.plan import SlotState
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet, StoredMedia
from domain.rights import Action, ensure_may
from domain.usecases import draft_steps as steps
from domain.usecases import staffing
from domain.usecases.draft_steps import Panel

QUESTION = "drafts.search"
"""The expectation: the next message is what to look for."""
PAGE = 8
FOUND = 12
"""Drafts that a search shows; more words find fewer."""
SEARCHED = 2000
"""The newest drafts are looked through; nobody has more."""


@dataclass(frozen=True)
class Listing:
    """`counts`: by state. `state` None: all. `page` counts from 0."""

    drafts: tuple[Draft, ...]
    counts: Mapping[DraftState, int]
    state: DraftState | None
    page: int

    @property
    def pages(self) -> int:
        shown = sum(self.counts.values()) if self.state is None else self.counts.get(self.state, 0)
        return max(1, -(-shown // PAGE))


@dataclass(frozen=True)
class Found:
    """`many`: how many there are beside those shown too."""

    words: str
    drafts: tuple[Draft, ...]
    many: int


@dataclass(frozen=True)
class Story:
    """What became of a draft. `decisions`: on all versions. `appealable`: somebody else may be asked about the last one."""

    sheet: DraftSheet
    decisions: tuple[Decision, ...]
    versions: tuple[DraftVersion, ...]
    publications: tuple[Publication, ...]
    appealable: bool = False

    @property
    def may_withdraw(self) -> bool:
        return self.sheet.draft.state in {DraftState.SUBMITTED, DraftState.APPROVED} and not self.publications


@dataclass(frozen=True)
class OldVersion:
    """One version with what the next one changed. `following` None: it is the current one."""

    draft: Draft
    about: DraftVersion
    following: DraftVersion | None = None
    changes: tuple[Piece, ...] = ()
    media_changed: bool = False
    last: int = 1


# --- reading ---------------------------------------------------------------------------------------------------------


async def listing(uow: UnitOfWork, actor: Actor, state: DraftState | None = None, page: int = 0) -> Listing:
    """One page; one that is no more becomes the last. Read-only."""
    ensure_may(actor, Action.DRAFT_WRITE)
    empty = Listing((), await uow.my_drafts.counts(actor.id), state, 0)
    page = max(0, min(page, empty.pages - 1))
    found = await uow.drafts.of_author(actor.id, PAGE, page * PAGE, state=state)
    return Listing(tuple(found), empty.counts, state, page)


async def story(uow: UnitOfWork, actor: Actor, draft_id: int) -> Story:
    """Read-only."""
    sheet = await steps.own(uow, actor, draft_id)
    draft, decisions = sheet.draft, tuple(await uow.drafts.decisions(draft_id))
    refused = draft.state in {DraftState.RETURNED, DraftState.REJECTED} and bool(decisions)
    appealable = refused and decisions[-1].verdict is not Verdict.APPROVE and decisions[-1].version == draft.version
    if appealable:
        appealable = await uow.talk.find_appeal(draft_id, draft.version) is None
    return Story(
        sheet,
        decisions,
        tuple(await uow.my_drafts.versions(draft_id)),
        tuple(await uow.my_drafts.publications(draft_id)),
        appealable=appealable,
    )


async def version(
    uow: UnitOfWork, actor: Actor, draft_id: int, number: int
) -> tuple[OldVersion, dict[str, StoredMedia]]:
    """One version with its files, and the word-level difference to the next one. Read-only."""
    await steps.own(uow, actor, draft_id)
    known = {one.version: one for one in await uow.my_drafts.versions(draft_id)}
    old = await uow.drafts.get_version(draft_id, number)
    stored = await uow.media.get_many(m.sha256 for m in old.media)
    later = min((n for n in known if n > number), default=None)
    if later is None:
        return OldVersion(old, known[number], last=max(known)), stored
    new = await uow.drafts.get_version(draft_id, later)
    changes = tuple(word_diff(old.text, new.text))
    return OldVersion(old, known[number], known[later], changes, old.media != new.media, max(known)), stored


# --- searching -------------------------------------------------------------------------------------------------------


async def ask_words(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """[Search]: the next message says what for."""
    ensure_may(actor, Action.DRAFT_WRITE)
    await uow.expectations.set(actor.id, QUESTION, "drafts:0", now=now)


async def search(uow: UnitOfWork, actor: Actor, words: str) -> Found:
    """Their own drafts in which every word stands."""
    ensure_may(actor, Action.DRAFT_WRITE)
    await uow.expectations.clear(actor.id, QUESTION)
    ids = [number for number, texts in await uow.my_drafts.texts(actor.id, SEARCHED) if rules.matches(words, texts)]
    return Found(words, tuple(await uow.my_drafts.of_ids(ids[:FOUND])), len(ids))


# --- writing ---------------------------------------------------------------------------------------------------------


async def withdraw(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, *, now: datetime) -> Draft:
    """The author gives up what waits or is approved: it leaves queue and plan. What is public is refused: that is a recall."""
    sheet = await steps.own(uow, actor, draft_id)
    old = sheet.draft
    draft_rules.ensure_version(old, version)
    if old.state is DraftState.APPROVED:
        new = rules.withdrawn(old, now)
        await _leave_plan(uow, sheet, now)
    else:
        new = draft_rules.deleted(old, now)
    await steps.save_state(uow, new, {old.state})
    await steps.journal(uow, actor, "draft_withdraw", new, now, state=new.state.value)
    await uow.tasks.add(steps.spread("withdrawn", new, now))
    return new


async def _leave_plan(uow: UnitOfWork, sheet: DraftSheet, now: datetime) -> None:
    """Whoever had it to post is told; the planner fills the places anew."""
    slots, pages = await uow.plan.slots_of_draft(sheet.draft.id), {page.code: page for page in sheet.pages}
    public = [pages[slot.page].title for slot in slots if slot.state is SlotState.POSTED and slot.page in pages]
    if public:
        raise AlreadyPublished(tuple(public))
    held = [slot for slot in slots if slot.state is SlotState.FILLED]
    for slot in held:
        await staffing.withdraw(
            uow, slot, pages.get(slot.page) or await uow.campaign.get_page(slot.page), now, "withdrawn"
        )
    if held:
        key = f"plan.fill:{sheet.draft.id}:withdrawn:{now.isoformat()}"
        await uow.tasks.add(DueTask(key, "plan.fill", sheet.draft.subject, now, {"draft": sheet.draft.id}))


async def copy(uow: UnitOfWork, actor: Actor, draft_id: int, *, now: datetime) -> Panel:
    """A new draft with its text, files, texts per network and rubric, for those of its pages they may write for now."""
    sheet = await steps.own(uow, actor, draft_id)
    old = sheet.draft
    new = await uow.drafts.add(
        author_id=actor.id,
        region=actor.person.region,
        text=old.text,
        media=old.media,
        source=old.source,
        message_id=None,
        album="",
        now=now,
        variants=old.variants,
        rubric=old.rubric,
    )
    choice = open_to(actor, (await uow.campaign.pages()).values())
    pages = tuple(page for page in choice if page.code in old.pages)
    for page in pages:
        await uow.drafts.set_page(new.id, page.code, chosen=True)
    await steps.journal(uow, actor, Action.DRAFT_WRITE, new, now, copy_of=draft_id)
    fresh = await uow.drafts.get(new.id)
    return Panel(fresh, pages, tuple(choice), rubrics=await steps.rubric_needs(uow, pages, now))
