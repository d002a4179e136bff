"""Writing drafts: from a message to a text that waits for its decision."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from domain import drafts as rules
from domain.drafts import OPEN_STATES, CloseText, Decision, Draft, DraftClosed, DraftState, MediaRef, SharedText
from domain.errors import Forbidden, NotFound
from domain.likeness import Closeness
from domain.notices import DueTask
from domain.pages import Page
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet, StoredMedia
from domain.rights import DECIDERS, Action, ensure_may
from domain.routing import promised, who_decides
from domain.usecases.own_words import closeness

QUESTION = "draft.text"
"""The expectation: the next message is the text of `draft:N` (0: of a new one)."""


@dataclass(frozen=True)
class Incoming:
    """What one message brought. `source`: who wrote it, when it was forwarded. `album`: Telegram's media_group_id."""

    text: str
    media: tuple[MediaRef, ...]
    source: str
    message_id: int
    album: str


@dataclass(frozen=True)
class Panel:
    """A draft before its author. `pages`: the chosen ones; `choice`: all they may choose; `other`: another unfinished draft.

    `grown`: an item of an album joined it, so its panel is on the screen already. `close`: handed in, and close to
    another person's text.
    """

    draft: Draft
    pages: tuple[Page, ...] = ()
    choice: tuple[Page, ...] = ()
    decisions: tuple[Decision, ...] = ()
    deciders: tuple[str, ...] = ()
    other: Draft | None = None
    grown: bool = False
    close: bool = False


# --- reading ---------------------------------------------------------------------------------------------------------


async def panel(uow: UnitOfWork, actor: Actor, draft_id: int) -> Panel:
    """The author's own draft."""
    return await _panel(uow, actor, await _own(uow, actor, draft_id))


async def preview(uow: UnitOfWork, actor: Actor, draft_id: int) -> tuple[Panel, dict[str, StoredMedia]]:
    """The same with its files."""
    view = await panel(uow, actor, draft_id)
    return view, await uow.media.get_many(m.sha256 for m in view.draft.media)


async def mine(uow: UnitOfWork, actor: Actor, limit: int, offset: int = 0) -> list[Draft]:
    """The actor's drafts, newest first."""
    ensure_may(actor, Action.DRAFT_WRITE)
    return await uow.drafts.of_author(actor.id, limit, offset)


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
        message_id=came.message_id,
        album=came.album,
        now=now,
    )
    await uow.expectations.clear(actor.id, QUESTION)
    await _journal(uow, actor, Action.DRAFT_WRITE, draft, now)
    choice = tuple(rules.open_to(actor, (await uow.campaign.pages()).values()))
    other = await uow.drafts.find_unfinished(actor.id, besides=draft.id)
    return Panel(draft, choice=choice, other=other)


async def ask_text(uow: UnitOfWork, actor: Actor, draft_id: int, *, now: datetime) -> Draft:
    """The author's next message is this draft's new text."""
    draft = (await _own(uow, actor, draft_id)).draft
    rules.ensure_open(draft)
    await uow.expectations.set(actor.id, QUESTION, draft.subject, version=draft.version, now=now)
    return draft


async def stop_asking(uow: UnitOfWork, actor: Actor, draft_id: int) -> Panel:
    """The author keeps the text as it is."""
    sheet = await _own(uow, actor, draft_id)
    await uow.expectations.clear(actor.id, QUESTION)
    return await _panel(uow, actor, sheet)


async def answer(uow: UnitOfWork, actor: Actor, draft_id: int, came: Incoming, *, now: datetime) -> Panel:
    """The message that was asked for: its text replaces the draft's, its files join; 0 begins a new draft.

    A draft that was closed meanwhile does not swallow the message: it becomes a new one.
    """
    sheet = await _own(uow, actor, draft_id) if draft_id else None
    if sheet is None or sheet.draft.state not in OPEN_STATES:
        return await write(uow, actor, came, now=now)
    await uow.expectations.clear(actor.id, QUESTION)
    text, media = came.text or sheet.draft.text, (*sheet.draft.media, *came.media)
    return await _change(uow, actor, sheet, text, media, now, message_id=came.message_id)


async def edited(uow: UnitOfWork, actor: Actor, message_id: int, text: str, *, now: datetime) -> Panel | None:
    """The author edited their own message: the draft made from it follows while it is open, otherwise nothing happens."""
    ensure_may(actor, Action.DRAFT_WRITE)
    found = await uow.drafts.find_by_message(actor.id, message_id)
    if found is None or not text or found.text == text:
        return None
    return await _change(uow, actor, await uow.drafts.get_sheet(found.id), text, found.media, now)


async def join(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, into: int, *, now: datetime) -> Panel:
    """What was begun as a new draft continues an older one."""
    part, whole = (await _own(uow, actor, draft_id)).draft, await _own(uow, actor, into)
    rules.ensure_version(part, version)
    for draft in (part, whole.draft):
        if draft.state not in rules.UNFINISHED_STATES:
            raise DraftClosed(draft.state)
    await _save_state(uow, rules.deleted(part, now), {part.state})
    text = rules.joined(whole.draft.text, part.text)
    source = whole.draft.source or part.source
    whole = replace(whole, draft=replace(whole.draft, source=source))
    # An edit of either message could only replace the whole text, so neither is followed any longer.
    return await _change(uow, actor, whole, text, (*whole.draft.media, *part.media), now, message_id=0)


async def toggle_page(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, key: str, *, now: datetime) -> Panel:
    """Choose a page (by `rules.page_key`), or no longer."""
    sheet = await _own(uow, actor, draft_id)
    rules.ensure_version(sheet.draft, version)
    if sheet.draft.state not in rules.UNFINISHED_STATES:
        raise DraftClosed(sheet.draft.state)
    choice = rules.open_to(actor, (await uow.campaign.pages()).values())
    known = {rules.page_key(page.code): page for page in (*choice, *sheet.pages)}
    if key not in known:
        raise NotFound("page")
    page, chosen = known[key], key not in {rules.page_key(page.code) for page in sheet.pages}
    await uow.drafts.set_page(draft_id, page.code, chosen=chosen)
    await _journal(uow, actor, Action.DRAFT_WRITE, sheet.draft, now)
    pages = (*sheet.pages, page) if chosen else tuple(p for p in sheet.pages if p.code != page.code)
    draft = replace(sheet.draft, pages=tuple(p.code for p in pages))
    return Panel(draft, pages, tuple(choice), sheet.decisions)


async def submit(
    uow: UnitOfWork, actor: Actor, draft_id: int, version: int, *, hours: float, sure: bool = False, now: datetime
) -> Panel:
    """Hand in: who decides is asked to, within `hours` of their waking time.

    `sure`: the author knows that it is close to another person's text; without it CloseText asks.
    """
    sheet = await _own(uow, actor, draft_id)
    rules.ensure_version(sheet.draft, version)
    region = rules.region_of(sheet.pages, actor.person.region)
    holders = await uow.people.holders(DECIDERS, region)
    asked = who_decides(region, holders, actor.id, sheet.approvals_needed)
    new = rules.submitted(sheet.draft, now, promised(now, hours, (decider.person for decider in asked)))
    rules.ensure_submittable(new, sheet.pages)
    if await _closeness(uow, new, sheet.pages, now) is Closeness.CLOSE and not sure:
        raise CloseText
    new = replace(new, region=region)
    if new.version != version and not await uow.drafts.save_content(new, version):
        raise rules.DraftChanged(draft_id, version, new.version)
    await _save_state(uow, new, rules.UNFINISHED_STATES)
    await _journal(uow, actor, "draft_submit", new, now, pages=list(new.pages), region=new.region)
    await uow.tasks.add(_spread("submitted", new, now), _overdue(new, now))
    return await _panel(uow, actor, replace(sheet, draft=new, decisions=()))


async def take_back(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, *, now: datetime) -> Panel:
    """The author wants to work on it again: nobody is asked to decide any more."""
    sheet = await _own(uow, actor, draft_id)
    return await _leave_queue(uow, actor, sheet, version, rules.taken_back, now)


async def delete(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, *, now: datetime) -> Panel:
    """The author gives it up."""
    sheet = await _own(uow, actor, draft_id)
    return await _leave_queue(uow, actor, sheet, version, rules.deleted, now)


# --- inside ----------------------------------------------------------------------------------------------------------


async def _own(uow: UnitOfWork, actor: Actor, draft_id: int) -> DraftSheet:
    ensure_may(actor, Action.DRAFT_WRITE)
    sheet = await uow.drafts.get_sheet(draft_id)
    if sheet.draft.author_id != actor.id:
        raise Forbidden(Action.DRAFT_WRITE.value)
    return sheet


async def _panel(uow: UnitOfWork, actor: Actor, sheet: DraftSheet) -> Panel:
    draft = sheet.draft
    if draft.state is DraftState.SUBMITTED:
        holders = await uow.people.holders(DECIDERS, draft.region)
        agreed = {decision.approver_id for decision in sheet.decisions}
        left = [holder for holder in holders if holder.id not in agreed]
        asked = who_decides(draft.region, left, draft.author_id, sheet.approvals_needed - len(agreed))
        names = tuple(decider.person.name for decider in asked)
        close = await closeness(uow, draft, sheet.pages, draft.updated_at) is not Closeness.OWN
        return Panel(draft, sheet.pages, (), sheet.decisions, names, close=close)
    if draft.state in rules.UNFINISHED_STATES:
        choice = tuple(rules.open_to(actor, (await uow.campaign.pages()).values()))
        decisions = tuple(await uow.drafts.decisions(draft.id)) if draft.state is DraftState.RETURNED else ()
        return Panel(draft, sheet.pages, choice, decisions)
    return Panel(draft, sheet.pages, (), sheet.decisions)


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
    """The next content version; while it waits for a decision it must go on fitting its pages."""
    old = sheet.draft
    new = rules.with_content(old, text, media, now)
    waits = new.state is DraftState.SUBMITTED
    if waits:
        rules.ensure_fits(new, sheet.pages)
        await _closeness(uow, new, sheet.pages, now)
    if not await uow.drafts.save_content(new, old.version, message_id=message_id):
        raise rules.DraftChanged(old.id, old.version, new.version)
    await _journal(uow, actor, Action.DRAFT_WRITE, new, now)
    if waits:
        await uow.tasks.add(_spread("changed", new, now), _overdue(new, now))
    return await _panel(uow, actor, replace(sheet, draft=new, decisions=()))


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
    await _save_state(uow, new, {old.state})
    await _journal(uow, actor, "draft_withdraw", new, now, state=new.state.value)
    if old.state is DraftState.SUBMITTED:
        await uow.tasks.add(_spread("withdrawn", new, now))
    return await _panel(uow, actor, replace(sheet, draft=new, decisions=()))


async def _save_state(uow: UnitOfWork, new: Draft, expected: Iterable[DraftState]) -> None:
    if not await uow.drafts.set_state(new, expected):
        current = await uow.drafts.get(new.id)
        rules.ensure_version(current, new.version)
        raise DraftClosed(current.state)


async def _closeness(uow: UnitOfWork, draft: Draft, pages: tuple[Page, ...], now: datetime) -> Closeness:
    """OWN or CLOSE; a copy of what is meant for another personal page is refused (H6)."""
    found = await closeness(uow, draft, pages, now)
    if found is Closeness.COPY:
        raise SharedText
    return found


def _spread(what: str, draft: Draft, now: datetime) -> DueTask:
    """Everybody else hears of it in a transaction of its own: handing in stays quick."""
    params = {"draft": draft.id, "version": draft.version, "what": what}
    return DueTask(f"{what}:{draft.id}:{draft.version}", "draft.submitted", draft.subject, now, params)


def _overdue(draft: Draft, now: datetime) -> DueTask:
    """When the promised moment passes without a decision, others are asked too."""
    params = {"draft": draft.id, "version": draft.version}
    return DueTask(
        f"overdue:{draft.id}:{draft.version}", "draft.overdue", draft.subject, draft.decide_by or now, params
    )


async def _journal(uow: UnitOfWork, actor: Actor, action: str, draft: Draft, now: datetime, **payload: object) -> None:
    await uow.journal.add(
        at=now, actor=actor.number, action=action, object_=draft.subject, version=draft.version, payload=payload
    )
