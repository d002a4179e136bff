"""Writing a commitment down: a line is read by parts, shown, filled in by buttons and saved."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from domain import commitments as rules
from domain.commitments import CommitmentState, PersonCannotPromise, PreviewOver, PromiseIncomplete
from domain.errors import NotFound
from domain.pages import page_key, region_by_key
from domain.people import EVERYWHERE, Actor
from domain.ports import UnitOfWork
from domain.rights import LEADERS, RULES, Action, ensure_may, may
from domain.typed_commitments import Somebody, read_line
from domain.usecases import commitment_steps
from domain.usecases.campaign_days import today_of
from domain.usecases.commitments import CommitmentView, Names, view

LINE = "commitment.line"
"""Expectation: the commitment in one line; what is understood of it waits in the same row."""
PUT_BY = "commitment.kept"
"""The same row after a command: the preview's buttons still work, and no message is read as the line."""


@dataclass(frozen=True)
class Promise:
    """What is being written down. `person_id` 0, `region` "", `due` "": not known yet. `called`: a name that fits not one person."""

    title: str
    due: str = ""
    person_id: int = 0
    region: str = ""
    page: str = ""
    called: str = ""

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.due) if self.due else None

    @property
    def lacks(self) -> str:
        if not self.person_id:
            return "person"
        return "due" if not self.due else "" if self.region else "place"


@dataclass(frozen=True)
class Draft:
    """The preview. `may_ask`: the writer may ask others to promise."""

    promise: Promise
    names: Names
    today: date
    mine: bool
    may_ask: bool

    @property
    def mark(self) -> int:
        return rules.mark_of(asdict(self.promise))


@dataclass(frozen=True)
class Places:
    """Where a commitment can be for: regions by code, pages as (short key, title)."""

    regions: Mapping[str, str]
    pages: Sequence[tuple[str, str]]


async def begin(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """The next message is a commitment."""
    ensure_may(actor, Action.COMMIT)
    await uow.expectations.set(actor.id, LINE, f"person:{actor.id}", now=now)


async def write(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime) -> Draft:
    """Reads a line by parts: what, by when, who, for which region or page."""
    ensure_may(actor, Action.COMMIT)
    regions = {code: region.name for code, region in (await uow.campaign.regions()).items()}
    pages = await uow.campaign.pages()
    titles = {code: page.title for code, page in pages.items()}
    line = read_line(text, await today_of(uow, now), await _people(uow, actor), regions, titles)
    title = rules.ensure_title(line.title)
    if line.due is not None:
        rules.ensure_due(line.due, await today_of(uow, now))
    person = actor.id if not line.called else line.people[0] if len(line.people) == 1 else 0
    region = pages[line.page].region if line.page else line.region or await _only_region(uow, actor, person)
    due = "" if line.due is None else line.due.isoformat()
    return await _keep(uow, actor, Promise(title, due, person, region, line.page, "" if person else line.called), now)


async def people(uow: UnitOfWork, actor: Actor) -> list[Somebody]:
    """Whom a manager can write a commitment down for: themselves first, then everybody of their regions."""
    ensure_may(actor, Action.COMMIT_ASK)
    return await _people(uow, actor)


async def _people(uow: UnitOfWork, actor: Actor) -> list[Somebody]:
    """Who can be named: by a manager everybody of their regions, by everybody else themselves."""
    regions = actor.regions(LEADERS)
    mine = Somebody(actor.id, actor.person.name)
    if not regions:
        return [mine]
    team = await uow.people.team(None if EVERYWHERE in regions else regions)
    others = [Somebody(one.person.id, one.person.name, one.username) for one in team if one.person.id != actor.id]
    return [mine, *sorted(others, key=lambda one: (one.name, one.id))]


async def places(uow: UnitOfWork, actor: Actor) -> Places:
    """Regions and pages that the actor's roles cover; headquarters stands open to everybody of staff."""
    ensure_may(actor, Action.COMMIT)
    regions = {
        code: one.name for code, one in (await uow.campaign.regions()).items() if may(actor, Action.COMMIT, code)
    }
    pages = (await uow.campaign.pages()).values()
    return Places(regions, [(page_key(p.code), p.title) for p in pages if may(actor, Action.COMMIT, p.region)])


async def look(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Draft:
    """What is being written, for the steps. Read-only."""
    return await _draft(uow, actor, await _promise(uow, actor, now), now)


async def set_due(uow: UnitOfWork, actor: Actor, day: date, *, now: datetime) -> Draft:
    rules.ensure_due(day, await today_of(uow, now))
    return await _keep(uow, actor, replace(await _promise(uow, actor, now), due=day.isoformat()), now)


async def set_person(uow: UnitOfWork, actor: Actor, person_id: int, *, now: datetime) -> Draft:
    if person_id not in {one.id for one in await _people(uow, actor)}:
        raise NotFound("person")
    promise = replace(await _promise(uow, actor, now), person_id=person_id, called="")
    if not promise.region:
        promise = replace(promise, region=await _only_region(uow, actor, person_id))
    return await _keep(uow, actor, promise, now)


async def set_place(uow: UnitOfWork, actor: Actor, code: str, *, now: datetime) -> Draft:
    """`code`: "*", or "r" or "p" with the short key of a region or page."""
    promise = await _promise(uow, actor, now)
    if code.startswith("p"):
        pages = (await uow.campaign.pages()).values()
        page = next((one for one in pages if page_key(one.code) == code[1:]), None)
        if page is None:
            raise NotFound("page")
        return await _keep(uow, actor, replace(promise, region=page.region, page=page.code), now)
    regions = dict.fromkeys(await uow.campaign.regions(), "")
    region = region_by_key(EVERYWHERE if code == EVERYWHERE else code[1:], regions)
    return await _keep(uow, actor, replace(promise, region=region, page=""), now)


async def save(uow: UnitOfWork, actor: Actor, mark: int, *, now: datetime) -> CommitmentView:
    """One's own holds at once; another person is asked first. `mark`: of the preview that was read."""
    promise = await _promise(uow, actor, now)
    if rules.mark_of(asdict(promise)) != mark:
        raise PreviewOver
    if promise.lacks or promise.day is None:
        raise PromiseIncomplete(promise.lacks)
    due = rules.ensure_due(promise.day, await today_of(uow, now))
    await _ensure_may(uow, actor, promise)
    mine = promise.person_id == actor.id
    one = await uow.commitments.add(
        title=promise.title,
        region=promise.region,
        page=promise.page,
        person_id=promise.person_id,
        by_id=actor.id,
        state=CommitmentState.OPEN if mine else CommitmentState.ASKED,
        due=due,
        now=now,
    )
    await uow.expectations.clear(actor.id)
    await (commitment_steps.lay(uow, one, now) if mine else commitment_steps.ask(uow, one, now))
    facts = {"due": due.isoformat(), "person": one.person_id, "region": one.region, "page": one.page}
    await uow.journal.add(
        at=now, actor=actor.number, action="commit.made", object_=one.subject, version=one.version, payload=facts
    )
    return await view(uow, actor, one, now)


async def _ensure_may(uow: UnitOfWork, actor: Actor, promise: Promise) -> None:
    headquarters = promise.region == EVERYWHERE
    if promise.person_id == actor.id:
        ensure_may(actor, Action.COMMIT, None if headquarters and not promise.page else promise.region)
        return
    ensure_may(actor, Action.COMMIT_ASK, promise.region)
    other = await uow.people.find_actor_by_person(promise.person_id)
    if other is None or not (headquarters or any(held.covers(promise.region) for held in other.memberships)):
        raise PersonCannotPromise


async def _only_region(uow: UnitOfWork, actor: Actor, person_id: int) -> str:
    """Where the person has all their roles, when that is one place."""
    who = actor if person_id == actor.id else await uow.people.find_actor_by_person(person_id) if person_id else None
    if who is None:
        return ""
    staff = who.regions(RULES[Action.COMMIT].roles)
    regions = staff or frozenset(held.region for held in who.memberships)
    return next(iter(regions)) if len(regions) == 1 else ""


async def _promise(uow: UnitOfWork, actor: Actor, now: datetime) -> Promise:
    ensure_may(actor, Action.COMMIT)
    found = await uow.expectations.find(actor.id, now)
    if found is None or found.kind not in {LINE, PUT_BY} or "title" not in found.params:
        raise PreviewOver
    return Promise(**found.params)


async def _keep(uow: UnitOfWork, actor: Actor, promise: Promise, now: datetime) -> Draft:
    params: dict[str, Any] = asdict(promise)
    await uow.expectations.set(actor.id, LINE, f"person:{actor.id}", now=now, params=params)
    return await _draft(uow, actor, promise, now)


async def _draft(uow: UnitOfWork, actor: Actor, promise: Promise, now: datetime) -> Draft:
    regions = {code: region.name for code, region in (await uow.campaign.regions()).items()}
    pages = await uow.campaign.pages([promise.page]) if promise.page else {}
    known = await uow.people.names([promise.person_id] if promise.person_id else [])
    names = Names(known, regions, {code: page.title for code, page in pages.items()})
    asks = bool(actor.regions(LEADERS))
    return Draft(promise, names, await today_of(uow, now), promise.person_id == actor.id, asks)
