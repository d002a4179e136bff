"""Writing drafts: from a message to a text that waits for its decision."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from domain import drafts as rules
from domain import timing
from domain.authority import ensure_authorised
from domain.drafts import OPEN_STATES, CloseText, Draft, DraftClosed, DraftState, MediaRef
from domain.errors import NotFound
from domain.lanes import ensure_sourced
from domain.likeness import Closeness
from domain.pages import open_to, page_key, region_of
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet, StoredMedia
from domain.readings import ensure_submittable
from domain.rights import DECIDERS, Action, ensure_may
from domain.routing import promised, who_decides
from domain.usecases import draft_steps as steps
from domain.usecases.draft_steps import Incoming, Panel
from domain.worktime import USUAL, WorkRules

__all__ = ["Incoming", "Panel"]

QUESTION = "draft.text"
"""The expectation: the next message is the text of `draft:N` (0: of a new one)."""


# --- reading ---------------------------------------------------------------------------------------------------------


async def panel(uow: UnitOfWork, actor: Actor, draft_id: int, *, now: datetime | None = None) -> Panel:
    """The author's own draft."""
    return await steps.panel_of(uow, actor, await steps.own(uow, actor, draft_id), now)


async def preview(uow: UnitOfWork, actor: Actor, draft_id: int) -> tuple[Panel, dict[str, StoredMedia]]:
    """The same with its files."""
    view = await panel(uow, actor, draft_id)
    return view, await uow.media.get_many(m.sha256 for m in view.draft.media)


# --- writing ---------------------------------------------------------------------------------------------------------


async def begin(uow: UnitOfWork, actor: Actor, *, new: bool, now: datetime) -> Draft | None:
    """The unfinished draft to go on with (unless a `new` one is wanted); else the next message becomes a draft."""
    ensure_may(actor, Action.DRAFT_WRITE)
    unfinished = None if new else await uow.drafts.find_unfinished(actor.id)
    if unfinished is None:
        await uow.expectations.set(actor.id, QUESTION, "draft:0", now=now)
    return unfinished


async def write(uow: UnitOfWork, actor: Actor, came: Incoming, *, now: datetime) -> Panel:
    """A message becomes a draft; a further item of an album joins the draft of its album."""
    ensure_may(actor, Action.DRAFT_WRITE)
    if came.album:
        begun = await uow.drafts.find_by_album(actor.id, came.album)
        if begun is not None:
            return await _extend(uow, actor, begun, came, now)
    draft = await uow.drafts.add(
        author_id=actor.id,
        region=actor.person.region,
        text=came.text,
        media=came.media,
        source=came.source,
        message_id=came.message_id or None,
        album=came.album,
        now=now,
    )
    await uow.expectations.clear(actor.id, QUESTION)
    await steps.journal(uow, actor, Action.DRAFT_WRITE, draft, now)
    choice = tuple(open_to(actor, (await uow.campaign.pages()).values()))
    other = await uow.drafts.find_unfinished(actor.id, besides=draft.id)
    return Panel(draft, choice=choice, other=other)


async def write_once(uow: UnitOfWork, actor: Actor, came: Incoming, *, now: datetime) -> Panel:
    """A message that was first taken for something else becomes a draft; asked again, the draft made from it."""
    ensure_may(actor, Action.DRAFT_WRITE)
    found = await uow.drafts.find_by_message(actor.id, came.message_id)
    return await write(uow, actor, came, now=now) if found is None else await panel(uow, actor, found.id, now=now)


async def ask_text(uow: UnitOfWork, actor: Actor, draft_id: int, *, now: datetime) -> Draft:
    """The author's next message is this draft's new text."""
    draft = (await steps.own(uow, actor, draft_id)).draft
    rules.ensure_open(draft)
    await uow.expectations.set(actor.id, QUESTION, draft.subject, version=draft.version, now=now)
    return draft


async def stop_asking(uow: UnitOfWork, actor: Actor, draft_id: int) -> Panel:
    """The author keeps the text as it is."""
    sheet = await steps.own(uow, actor, draft_id)
    await uow.expectations.clear(actor.id, QUESTION)
    return await steps.panel_of(uow, actor, sheet)


async def answer(uow: UnitOfWork, actor: Actor, draft_id: int, came: Incoming, *, now: datetime) -> Panel:
    """The message that was asked for: its text replaces the draft's, its files join; 0 begins a new draft.

    A draft that was closed meanwhile does not swallow the message: it becomes a new one.
    """
    sheet = await steps.own(uow, actor, draft_id) if draft_id else None
    if sheet is None or sheet.draft.state not in OPEN_STATES:
        return await write(uow, actor, came, now=now)
    await uow.expectations.clear(actor.id, QUESTION)
    if came.album:
        await uow.drafts.set_album(draft_id, came.album)
    if came.source:
        sheet = replace(sheet, draft=replace(sheet.draft, source=came.source))
    text, media = came.text or sheet.draft.text, (*sheet.draft.media, *came.media)
    return await _change(uow, actor, sheet, text, media, now, message_id=came.message_id)


async def edited(uow: UnitOfWork, actor: Actor, message_id: int, text: str, *, now: datetime) -> Panel | None:
    """The author edited their own message: the draft made from it follows while it is open, else `EditLeftOut` says why not.

    None: no text was made from it, or it says the same.
    """
    ensure_may(actor, Action.DRAFT_WRITE)
    found = await uow.drafts.find_by_message(actor.id, message_id)
    if found is None:
        made = await uow.drafts.find_made_from(actor.id, message_id)
        if made is not None and made.text != text:
            raise rules.EditLeftOut(made.state if made.state not in OPEN_STATES else DraftState.WITHDRAWN)
        return None
    if not text or found.text == text:
        return None
    return await _change(uow, actor, await uow.drafts.get_sheet(found.id), text, found.media, now)


async def is_made_from(uow: UnitOfWork, actor: Actor, message_id: int) -> bool:
    """Whether the actor's message became a draft, whatever became of it. Read-only."""
    if await uow.drafts.find_by_message(actor.id, message_id) is not None:
        return True
    return await uow.drafts.find_made_from(actor.id, message_id) is not None


async def join(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, into: int, *, now: datetime) -> Panel:
    """What was begun as a new draft continues an older one."""
    part, whole = (await steps.own(uow, actor, draft_id)).draft, await steps.own(uow, actor, into)
    rules.ensure_version(part, version)
    for draft in (part, whole.draft):
        if draft.state not in rules.UNFINISHED_STATES:
            raise DraftClosed(draft.state)
    await steps.save_state(uow, rules.deleted(part, now), {part.state})
    text = rules.joined(whole.draft.text, part.text)
    source = whole.draft.source or part.source
    whole = replace(whole, draft=replace(whole.draft, source=source))
    # An edit of either message could only replace the whole text, so neither is followed any longer.
    view = await _change(uow, actor, whole, text, (*whole.draft.media, *part.media), now, message_id=0)
    return replace(view, left_out=tuple(own.platform for own in part.variants))


async def toggle_page(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, key: str, *, now: datetime) -> Panel:
    """Choose a page (by `page_key`), or no longer."""
    sheet = await steps.own(uow, actor, draft_id)
    rules.ensure_version(sheet.draft, version)
    if sheet.draft.state not in rules.UNFINISHED_STATES:
        raise DraftClosed(sheet.draft.state)
    choice = open_to(actor, (await uow.campaign.pages()).values())
    known = {page_key(page.code): page for page in (*choice, *sheet.pages)}
    if key not in known:
        raise NotFound("page")
    page, chosen = known[key], key not in {page_key(page.code) for page in sheet.pages}
    await uow.drafts.set_page(draft_id, page.code, chosen=chosen)
    await steps.journal(uow, actor, Action.DRAFT_WRITE, sheet.draft, now)
    pages = (*sheet.pages, page) if chosen else tuple(p for p in sheet.pages if p.code != page.code)
    draft = replace(sheet.draft, pages=tuple(p.code for p in pages))
    needs = await steps.rubric_needs(uow, pages, now)
    return Panel(draft, pages, tuple(choice), sheet.decisions, rubrics=needs)


async def submit(
    uow: UnitOfWork,
    actor: Actor,
    draft_id: int,
    version: int,
    *,
    hours: float,
    work: WorkRules = USUAL,
    sure: bool = False,
    now: datetime,
) -> Panel:
    """Hand in: who decides is asked to, within `hours` of their working time.

    `sure`: the author knows that it is close to another person's text; without it CloseText asks.
    """
    sheet = await steps.own(uow, actor, draft_id)
    rules.ensure_version(sheet.draft, version)
    region = region_of(sheet.pages, actor.person.region)
    holders = await uow.people.holders(DECIDERS, region)
    asked = who_decides(region, holders, actor.id, sheet.approvals_needed, await uow.away.absent(now))
    by = promised(now, hours, (decider.person for decider in asked), work)
    new = rules.submitted(sheet.draft, now, timing.decide_by(sheet.draft, by, now))
    timing.ensure_current(new, actor.person.zone, now)
    ensure_sourced(sheet.lane, new.sources)
    ensure_submittable(new, sheet.pages, await steps.sizes(uow, new))
    ensure_authorised(sheet.pages, now)
    if await steps.ensure_own_words(uow, new, sheet.pages, now) is Closeness.CLOSE and not sure:
        raise CloseText
    new = replace(new, region=region)
    if new.version != version and not await uow.drafts.save_content(new, version):
        raise rules.DraftChanged(draft_id, version, new.version)
    await steps.save_state(uow, new, rules.UNFINISHED_STATES)
    await steps.journal(uow, actor, "draft_submit", new, now, pages=list(new.pages), region=new.region)
    await uow.tasks.add(steps.spread("submitted", new, now), steps.overdue(new, now))
    return await steps.panel_of(uow, actor, replace(sheet, draft=new, decisions=()), now)


async def take_back(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, *, now: datetime) -> Panel:
    """The author wants to work on it again: nobody is asked to decide any more."""
    sheet = await steps.own(uow, actor, draft_id)
    return await _leave_queue(uow, actor, sheet, version, rules.taken_back, now)


async def delete(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, *, now: datetime) -> Panel:
    """The author gives it up."""
    sheet = await steps.own(uow, actor, draft_id)
    return await _leave_queue(uow, actor, sheet, version, rules.deleted, now)


# --- inside ----------------------------------------------------------------------------------------------------------


async def _extend(uow: UnitOfWork, actor: Actor, begun: Draft, came: Incoming, now: datetime) -> Panel:
    sheet = await uow.drafts.get_sheet(begun.id)
    text = rules.joined(begun.text, came.text)
    grown = await _change(uow, actor, sheet, text, (*begun.media, *came.media), now)
    return replace(grown, grown=True)


async def _change(
    uow: UnitOfWork,
    actor: Actor,
    sheet: DraftSheet,
    text: str,
    media: tuple[MediaRef, ...],
    now: datetime,
    *,
    message_id: int | None = None,
) -> Panel:
    """Another master text or other files; texts of networks stay as they are."""
    new = rules.with_content(sheet.draft, text, media, now)
    return await steps.change(uow, actor, sheet, new, now, message_id=message_id)


async def _leave_queue(
    uow: UnitOfWork,
    actor: Actor,
    sheet: DraftSheet,
    version: int,
    transition: Callable[[Draft, datetime], Draft],
    now: datetime,
) -> Panel:
    old = sheet.draft
    rules.ensure_version(old, version)
    new = transition(old, now)
    await steps.save_state(uow, new, {old.state})
    await steps.journal(uow, actor, "draft_withdraw", new, now, state=new.state.value)
    if old.state is DraftState.SUBMITTED:
        await uow.tasks.add(steps.spread("withdrawn", new, now))
    return await steps.panel_of(uow, actor, replace(sheet, draft=new, decisions=()))
