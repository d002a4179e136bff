"""What every step on one's own draft has in common: load it, store its next version, tell the others, show the panel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain import drafts as rules
from domain import readings, rubrics
from domain.appeals import others
from domain.away import NOBODY_AWAY
from domain.comments import Talk
from domain.drafts import Decision, Draft, DraftClosed, DraftState, MediaRef, SharedText
from domain.errors import Forbidden
from domain.lanes import Shortage
from domain.likeness import Closeness
from domain.notices import DueTask
from domain.pages import Page, open_to
from domain.people import Actor
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet
from domain.rights import DECIDERS, Action, ensure_may
from domain.routing import who_decides
from domain.rubrics import Need
from domain.usecases import deadlines
from domain.usecases.lane_checks import lacking, may_appoint, named
from domain.usecases.own_words import closeness


@dataclass(frozen=True)
class Incoming:
    """What one message brought. `source`: who wrote it, when it was forwarded. `album`: Telegram's media_group_id.

    `message_id`: 0 when a later edit of the message shall not edit the draft.
    """

    text: str
    media: tuple[MediaRef, ...]
    source: str
    message_id: int
    album: str


@dataclass(frozen=True)
class Panel:
    """A draft before its author. `pages`: the chosen ones; `choice`: all they may choose; `other`: another unfinished draft.

    `grown`: an item of an album joined it, so its panel is on the screen already. `close`: handed in, and close to
    another person's text. `left_out`: networks whose own text did not join with the rest.
    """

    draft: Draft
    pages: tuple[Page, ...] = ()
    choice: tuple[Page, ...] = ()
    decisions: tuple[Decision, ...] = ()
    deciders: tuple[str, ...] = ()
    other: Draft | None = None
    grown: bool = False
    close: bool = False
    left_out: tuple[Platform, ...] = ()
    talk: Talk = field(default_factory=Talk)
    """The newest comments."""
    short: Shortage | None = None
    """Handed in, but too few people may approve it."""
    may_appoint: bool = False
    rubrics: tuple[Need, ...] = ()
    """Every rubric as its pages need it; nothing while no page is chosen, or the plan has none."""


async def own(uow: UnitOfWork, actor: Actor, draft_id: int) -> DraftSheet:
    """The actor's draft; Forbidden when it is somebody else's."""
    ensure_may(actor, Action.DRAFT_WRITE)
    sheet = await uow.drafts.get_sheet(draft_id)
    if sheet.draft.author_id != actor.id:
        raise Forbidden(Action.DRAFT_WRITE.value)
    return sheet


async def panel_of(uow: UnitOfWork, actor: Actor, sheet: DraftSheet, now: datetime | None = None) -> Panel:
    """The panel as it stands; with `now` it names deputies instead of who is away."""
    draft = sheet.draft
    if draft.state is DraftState.SUBMITTED:
        holders = await uow.people.holders(DECIDERS, draft.region)
        agreed = {decision.approver_id for decision in sheet.decisions}
        left = [holder for holder in others(holders, sheet.appeal) if holder.id not in agreed]
        absent = await uow.away.absent(now) if now is not None else NOBODY_AWAY
        asked = who_decides(draft.region, left, draft.author_id, sheet.approvals_needed - len(agreed), absent)
        names = tuple(decider.person.name for decider in asked)
        close = await closeness(uow, draft, sheet.pages, draft.updated_at) is not Closeness.OWN
        talk = await uow.talk.talk(draft.id)
        short = await named(uow, lacking(sheet, holders))
        appoints = may_appoint(actor, short)
        return Panel(
            draft, sheet.pages, (), sheet.decisions, names, close=close, talk=talk, short=short, may_appoint=appoints
        )
    if draft.state in rules.UNFINISHED_STATES:
        choice = tuple(open_to(actor, (await uow.campaign.pages()).values()))
        decisions = tuple(await uow.drafts.decisions(draft.id)) if draft.state is DraftState.RETURNED else ()
        needs = await rubric_needs(uow, sheet.pages, now or draft.updated_at)
        return Panel(draft, sheet.pages, choice, decisions, rubrics=needs)
    return Panel(draft, sheet.pages, (), sheet.decisions)


async def rubric_needs(uow: UnitOfWork, pages: Iterable[Page], now: datetime) -> tuple[Need, ...]:
    """What these pages lack: of the last two weeks and of what is planned."""
    codes = [page.code for page in pages]
    known = await uow.rubrics.all() if codes else []
    if not known:
        return ()
    counts = await uow.rubrics.planned(codes, (now - rubrics.LOOK_BACK).date(), now)
    norms = await uow.norms.own(codes)
    wanted = rubrics.of_pages(known, [dict(norms[code].norm.mix) if code in norms else None for code in codes])
    return rubrics.needs(wanted, counts, sum(counts.values()))


async def change(
    uow: UnitOfWork, actor: Actor, sheet: DraftSheet, new: Draft, now: datetime, *, message_id: int | None = None
) -> Panel:
    """Store `new`, the next content version of the sheet's draft; while it waits it must go on fitting its pages.

    `message_id`: the message whose edits now edit the draft; 0: the one that did so no longer does, None: as before.
    """
    old = sheet.draft
    waits = new.state is DraftState.SUBMITTED
    if waits:
        readings.ensure_fits(new, sheet.pages, await sizes(uow, new))
        await ensure_own_words(uow, new, sheet.pages, now)
    if not await uow.drafts.save_content(new, old.version, message_id=message_id):
        raise rules.DraftChanged(old.id, old.version, new.version)
    await journal(uow, actor, Action.DRAFT_WRITE, new, now)
    if waits:
        await uow.tasks.add(spread("changed", new, now), overdue(new, now))
    return await panel_of(uow, actor, replace(sheet, draft=new, decisions=()))


async def save_state(uow: UnitOfWork, new: Draft, expected: Iterable[DraftState]) -> None:
    """Store state and moments; raises what it has become meanwhile."""
    if not await uow.drafts.set_state(new, expected):
        current = await uow.drafts.get(new.id)
        rules.ensure_version(current, new.version)
        raise DraftClosed(current.state)


async def sizes(uow: UnitOfWork, draft: Draft) -> Mapping[str, int]:
    """Bytes of the draft's files by hash; no statement when it has none."""
    if not draft.media:
        return {}
    return {sha256: file.size for sha256, file in (await uow.media.get_many(m.sha256 for m in draft.media)).items()}


async def ensure_own_words(uow: UnitOfWork, draft: Draft, pages: tuple[Page, ...], now: datetime) -> Closeness:
    """OWN or CLOSE; a copy of what is meant for another personal page is refused (H6)."""
    found = await closeness(uow, draft, pages, now)
    if found is Closeness.COPY:
        raise SharedText
    return found


def spread(what: str, draft: Draft, now: datetime) -> DueTask:
    """Everybody else hears of it in a transaction of its own: handing in stays quick."""
    params = {"draft": draft.id, "version": draft.version, "what": what}
    return DueTask(f"{what}:{draft.id}:{draft.version}", "draft.submitted", draft.subject, now, params)


def overdue(draft: Draft, now: datetime) -> DueTask:
    """What waits too long reminds its approver, then another one, then the manager (`domain.usecases.deadlines`)."""
    return deadlines.begin(draft, now)


async def journal(uow: UnitOfWork, actor: Actor, action: str, draft: Draft, now: datetime, **payload: object) -> None:
    await uow.journal.add(
        at=now, actor=actor.number, action=action, object_=draft.subject, version=draft.version, payload=payload
    )
