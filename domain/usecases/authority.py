"""Recording a page owner's written authority step by step, revoking it, and the owner's own [Stop]."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from domain.authority import (
    NAME_LIMIT,
    SCOPE_LIMIT,
    WARN_DAYS,
    Authority,
    AuthorityChanged,
    NothingToStop,
    OwnerLinkInvalid,
    Step,
    ensure_said,
    parse_days,
)
from domain.drafts import MediaRef
from domain.errors import NotFound
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.pages import Page, PageKind, page_key
from domain.people import Actor
from domain.plan import SlotState
from domain.planning import outside_quiet
from domain.ports import UnitOfWork
from domain.ports.drafts import StoredMedia
from domain.rights import LEADERS, Action, ensure_may
from domain.usecases import invites, join, staffing
from domain.usecases.calendar import moment

ASKED: dict[Step, str] = {step: f"authority.{step}" for step in Step if step is not Step.DONE}
"""Expectations: what each step is answered with."""
WARN = "authority.warn"
TOKEN = "own_"  # noqa: S105 - the beginning of a deep link, not a secret
_WARNED_AT = time(9)


@dataclass(frozen=True)
class AuthorityView:
    """A page's authority as it stands. `current`: the recorded one, `writing`: the one that is being recorded."""

    page: Page
    current: Authority | None
    writing: Authority | None
    by: str
    editors: tuple[str, ...]
    today: date


async def _page(uow: UnitOfWork, actor: Actor, key: str) -> Page:
    pages = (await uow.campaign.pages()).values()
    found = next((p for p in pages if page_key(p.code) == key and p.kind is PageKind.DELEGATED), None)
    if found is None:
        raise NotFound("page")
    ensure_may(actor, Action.AUTHORITY, found.region)
    return found


async def _seen(uow: UnitOfWork, page: Page, writing: Authority | None, now: datetime) -> AuthorityView:
    current = await uow.authorities.current(page.code)
    editors = sorted(await uow.campaign.posters(page.code))
    one = current or writing
    names = await uow.people.names([*editors, *([one.by_id] if one else [])])
    shown = tuple(names[number] for number in editors if number in names)
    by = names.get(one.by_id, "") if one else ""
    return AuthorityView(page, current, writing, by, shown, page.local_day(now))


async def see(uow: UnitOfWork, actor: Actor, key: str, *, now: datetime) -> AuthorityView:
    """The page's authority. Read-only."""
    return await _seen(uow, await _page(uow, actor, key), None, now)


async def document(uow: UnitOfWork, actor: Actor, authority_id: int) -> StoredMedia:
    """The document's photo or file. Read-only."""
    one = await uow.authorities.get(authority_id)
    ensure_may(actor, Action.AUTHORITY, (await uow.campaign.get_page(one.page)).region)
    found = (await uow.media.get_many([one.document])).get(one.document)
    if found is None:
        raise NotFound("file")
    return found


async def begin(uow: UnitOfWork, actor: Actor, key: str, *, now: datetime) -> AuthorityView:
    """A new one is recorded; what holds until then goes on holding."""
    page = await _page(uow, actor, key)
    made = await uow.authorities.add(page.code, actor.id, now)
    await uow.expectations.set(actor.id, ASKED[Step.OWNER], made.subject, now=now)
    return await _seen(uow, page, made, now)


async def write(
    uow: UnitOfWork,
    actor: Actor,
    authority_id: int,
    step: Step,
    text: str,
    media: tuple[MediaRef, ...],
    *,
    now: datetime,
) -> AuthorityView:
    """The answer to one step; the next is asked. Only the document may come as a photo or a file."""
    one, page = await _unfinished(uow, actor, authority_id)
    if step is not one.step:
        raise AuthorityChanged
    match step:
        case Step.OWNER:
            new = replace(one, owner_name=ensure_said(text, NAME_LIMIT))
        case Step.DOCUMENT if media:
            new = replace(one, document=media[0].sha256, document_kind=media[0].kind, reference=text[:SCOPE_LIMIT])
        case Step.DOCUMENT:
            new = replace(one, reference=ensure_said(text, SCOPE_LIMIT))
        case Step.SCOPE:
            new = replace(one, scope=ensure_said(text, SCOPE_LIMIT))
        case _:
            first, last = parse_days(text, page.local_day(now))
            new = replace(one, valid_from=first, expires=last)
    saved = await uow.authorities.save(new)
    await uow.expectations.clear(actor.id)
    if saved.step is not Step.DONE:
        await uow.expectations.set(actor.id, ASKED[saved.step], saved.subject, now=now)
    return await _seen(uow, page, saved, now)


async def _unfinished(uow: UnitOfWork, actor: Actor, authority_id: int) -> tuple[Authority, Page]:
    one = await uow.authorities.get(authority_id)
    page = await uow.campaign.get_page(one.page)
    ensure_may(actor, Action.AUTHORITY, page.region)
    if one.confirmed_at is not None or one.ended_at is not None:
        raise AuthorityChanged
    return one, page


async def record(uow: UnitOfWork, actor: Actor, authority_id: int, *, now: datetime) -> AuthorityView:
    """The confirming tap: it takes the place of the one before; the page is planned again."""
    one, page = await _unfinished(uow, actor, authority_id)
    if one.step is not Step.DONE or one.expires is None or one.expires < page.local_day(now):
        raise AuthorityChanged
    before = await uow.authorities.current(page.code)
    if before is not None:
        await uow.authorities.save(replace(before, ended_at=now, token_hash=""))
        await uow.tasks.cancel(before.subject, [WARN])
    same = before is not None and before.owner_name == one.owner_name
    owner = before.owner_id if before is not None and same else None
    saved = await uow.authorities.save(replace(one, confirmed_at=now, owner_id=owner))
    await uow.authorities.put_in_force(page.code, saved)
    await _lay_out_warning(uow, saved, page, now)
    await _replan(uow, saved, now)
    await _record(uow, actor, saved, "authority.recorded", now)
    return await _seen(uow, await uow.campaign.get_page(page.code), None, now)


async def revoke(uow: UnitOfWork, actor: Actor, authority_id: int, version: int, *, now: datetime) -> AuthorityView:
    """One tap: from this commit on nothing is published there; keeper and press secretaries are told."""
    one = await uow.authorities.get(authority_id)
    page = await uow.campaign.get_page(one.page)
    ensure_may(actor, Action.AUTHORITY, page.region)
    if not one.in_force or one.version != version:
        raise AuthorityChanged
    saved = await uow.authorities.save(replace(one, ended_at=now, token_hash=""))
    await uow.authorities.put_in_force(page.code, None)
    await uow.tasks.cancel(saved.subject, [WARN])
    await _replan(uow, saved, now)
    await _record(uow, actor, saved, "authority.revoked", now)
    people = {holder.id for holder in await staffing.press(uow, page.region)} | {page.keeper_id}
    for person in sorted(number for number in people - {actor.id} if number is not None):
        await uow.outbox.add(_notice("authority.revoked", saved, person, now, f"{saved.id}:{person}"))
    return await _seen(uow, await uow.campaign.get_page(page.code), None, now)


async def _replan(uow: UnitOfWork, one: Authority, now: datetime) -> None:
    """What lies ahead is looked at again: it goes, or it can be filled."""
    key = f"plan.recheck:{one.subject}:{one.version}"
    await uow.tasks.add(DueTask(key, "plan.recheck", "campaign", now))


async def _record(uow: UnitOfWork, actor: Actor, one: Authority, action: str, now: datetime) -> None:
    days = {"from": str(one.valid_from), "until": str(one.expires)}
    payload = {"page": one.page, "owner": one.owner_name, "scope": one.scope, **days}
    await uow.journal.add(
        at=now, actor=actor.number, action=action, object_=one.subject, version=one.version, payload=payload
    )


def _notice(kind: str, one: Authority, person_id: int, due_at: datetime, key: str, **params: int | str) -> Notice:
    return Notice(
        kind=kind,
        subject=one.subject,
        due_at=due_at,
        dedup_key=f"{kind}:{key}",
        person_id=person_id,
        guarantee=Guarantee.A,
        priority=Priority.DECISION,
        params={"authority": one.id, **params},
    )


# -- before it ends ---------------------------------------------------------------------------------------------------


async def _lay_out_warning(uow: UnitOfWork, one: Authority, page: Page, now: datetime) -> None:
    """The next of the three warnings, if one still lies ahead or is due at once."""
    if one.expires is None:
        return
    steps = [(days, moment(one.expires - timedelta(days=days), _WARNED_AT, page.zone)) for days in WARN_DAYS]
    past = [(days, now) for days, at in steps if at <= now]
    days, at = past[-1] if past else steps[0]
    await uow.tasks.add(DueTask(f"{WARN}:{one.id}", WARN, one.subject, at, {"authority": one.id, "days": days}))


async def warn(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """`authority.warn`: keeper and managers hear that it ends soon; then the next warning takes this one's place."""
    one = await uow.authorities.get(int(task.params["authority"]))
    if not one.in_force or one.expires is None:
        return
    page, days = await uow.campaign.get_page(one.page), int(task.params["days"])
    people = {actor.id: actor.person for actor in await uow.people.holders(LEADERS, page.region)}
    if page.keeper_id is not None:
        people[page.keeper_id] = await uow.people.get(page.keeper_id)
    for person in people.values():
        due = outside_quiet(person, now)
        await uow.outbox.add(_notice("authority.ending", one, person.id, due, f"{one.id}:{days}:{person.id}"))
    for later in WARN_DAYS[WARN_DAYS.index(days) + 1 :]:
        at = moment(one.expires - timedelta(days=later), _WARNED_AT, page.zone)
        if at > now:
            await uow.tasks.reschedule(task.key, at, {**task.params, "days": later})
            return


# -- the owner --------------------------------------------------------------------------------------------------------


async def make_link(uow: UnitOfWork, actor: Actor, authority_id: int, *, now: datetime) -> tuple[AuthorityView, str]:
    """The code of a fresh link for the owner; an older one is of no use any more."""
    one = await uow.authorities.get(authority_id)
    page = await uow.campaign.get_page(one.page)
    ensure_may(actor, Action.AUTHORITY, page.region)
    if not one.in_force:
        raise AuthorityChanged
    code = invites.fresh_code()
    saved = await uow.authorities.save(replace(one, token_hash=invites.digest(code)))
    await _record(uow, actor, saved, "authority.link", now)
    return await _seen(uow, page, None, now), TOKEN + code


@dataclass(frozen=True)
class OwnerOffer:
    """What agreeing means: whose page, under which authority."""

    page: Page
    authority: Authority


async def offer(uow: UnitOfWork, code: str) -> OwnerOffer:
    """Read-only: before consent nothing about the owner's account is written."""
    one = await uow.authorities.find_by_token(invites.digest(code)) if code else None
    if one is None:
        raise OwnerLinkInvalid
    return OwnerOffer(await uow.campaign.get_page(one.page), one)


async def accept(
    uow: UnitOfWork, visitor: join.Visitor, code: str, *, now: datetime, language: str, defaults: join.Defaults
) -> OwnerOffer:
    """The owner agrees: they become a person without any role, and hear of every post beforehand."""
    found = await offer(uow, code)
    person_id = await join.enter_without_role(uow, visitor, found.page.region, now, language, defaults)
    saved = await uow.authorities.save(replace(found.authority, owner_id=person_id, token_hash=""))
    entered = await uow.people.find_actor_by_person(person_id)
    if entered is None:
        raise OwnerLinkInvalid
    await _record(uow, entered, saved, "authority.owner", now)
    return OwnerOffer(found.page, saved)


async def veto(uow: UnitOfWork, actor: Actor, slot_id: int, draft_id: int, *, now: datetime) -> Page:
    """[Stop]: the post leaves the plan and its text does not come back to this page; the press secretary is told."""
    slot = await uow.plan.get_slot(slot_id)
    page = await uow.campaign.get_page(slot.page)
    one = await uow.authorities.current(page.code)
    ensure_may(actor, Action.AUTHORITY_VETO, mine=one is not None and one.owner_id == actor.id)
    if one is None or slot.state is not SlotState.FILLED or slot.draft_id != draft_id:
        raise NothingToStop
    await uow.authorities.add_veto(slot, actor.id, now)
    await staffing.withdraw(uow, slot, page, now, "owner")
    await uow.journal.add(
        at=now, actor=actor.number, action="authority.veto", object_=slot.subject, payload={"draft": draft_id}
    )
    for press in await staffing.press(uow, page.region):
        key = f"{slot.id}:{slot.version}:{press.id}"
        await uow.outbox.add(_notice("authority.stopped", one, press.id, now, key, slot=slot.id, draft=draft_id))
    return page
