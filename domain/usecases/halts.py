"""The emergency stop: one tap halts a page, a region or everything; two different people let it go on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.errors import NotFound
from domain.halts import (
    AlreadyHalted,
    Halt,
    HaltReason,
    NobodyToResume,
    Scope,
    SecondPersonNeeded,
    ensure_in_force,
    lifted,
    wanted,
)
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.pages import Page, page_key
from domain.people import EVERYWHERE, Actor
from domain.ports import UnitOfWork
from domain.rights import DECIDERS, Action, ensure_may, may

NOTE = "halt.note"
"""Expectation: the reason in their own words."""
NOTE_LIMIT = 300
BEGAN, LIFTED = "halt.began", "halt.lifted"
"""Kinds of the due tasks that tell everybody."""


@dataclass(frozen=True)
class HaltView:
    """A stop with the names in it. `title`: the page's; `region_name`: empty for everything. `work`: open assignments held."""

    halt: Halt
    title: str
    region_name: str
    by: str
    resume_by: str
    lifted_by: str
    work: int
    may_resume: bool


@dataclass(frozen=True)
class Desk:
    """/stop: what is stopped where the reader looks, and what they could stop."""

    halts: tuple[HaltView, ...]
    regions: Mapping[str, str]
    pages: tuple[Page, ...]


async def desk(uow: UnitOfWork, actor: Actor) -> Desk:
    """Read-only."""
    ensure_may(actor, Action.HALT)
    regions = {code: region.name for code, region in (await uow.campaign.regions()).items()}
    pages = await uow.campaign.pages()
    mine = {code: name for code, name in regions.items() if may(actor, Action.HALT, code)}
    own = tuple(page for page in pages.values() if may(actor, Action.HALT, page.region))
    halts = [h for h in await uow.halts.in_force() if h.region == EVERYWHERE or may(actor, Action.HALT, h.region)]
    return Desk(tuple([await _seen(uow, actor, halt) for halt in halts]), mine, own)


async def see(uow: UnitOfWork, actor: Actor, halt_id: int) -> HaltView:
    """One stop as it stands, for those who are told of it. Read-only."""
    return await _seen(uow, actor, await uow.halts.get(halt_id))


async def look(uow: UnitOfWork, actor: Actor, halt_id: int) -> HaltView:
    """The same for whoever asks: those who may stop something there, keepers there, and whoever stopped it. Read-only."""
    halt = await uow.halts.get(halt_id)
    where = None if halt.region == EVERYWHERE else halt.region  # one of everything is everybody's who may stop anything
    pages = (await uow.campaign.pages()).values()
    keeps = any(page.keeper_id == actor.id and halt.scope.covers(page.region, page.code) for page in pages)
    ensure_may(actor, Action.HALT, where, mine=keeps or halt.by_id == actor.id)
    return await _seen(uow, actor, halt)


async def _seen(uow: UnitOfWork, actor: Actor, halt: Halt) -> HaltView:
    names = await uow.people.names([n for n in (halt.by_id, halt.resume_by, halt.lifted_by) if n is not None])
    title, region_name = await titles(uow, halt.scope)
    return HaltView(
        halt,
        title,
        region_name,
        names.get(halt.by_id, ""),
        names.get(halt.resume_by or 0, ""),
        names.get(halt.lifted_by or 0, ""),
        await uow.halts.count_work(halt.scope),
        may(actor, Action.HALT_RESUME, halt.region),
    )


async def titles(uow: UnitOfWork, scope: Scope) -> tuple[str, str]:
    """The page's title (empty: none is meant) and the region's name (empty: the whole campaign)."""
    region = (await uow.campaign.regions()).get(scope.region)
    title = (await uow.campaign.get_page(scope.page)).title if scope.page else ""
    return title, "" if region is None else region.name


async def find_scope(uow: UnitOfWork, actor: Actor, code: str) -> Scope:
    """What a button means: "*", "r" or "p" with the key of a region or page. Whoever may stop anything may stop everything."""
    kind, key = code[:1], code[1:]
    if kind == EVERYWHERE:
        ensure_may(actor, Action.HALT)
        return Scope(EVERYWHERE)
    if kind == "r":
        found = next((r for r in await uow.campaign.regions() if page_key(r) == key), None)
        if found is None:
            raise NotFound("region")
        ensure_may(actor, Action.HALT, found)
        return Scope(found)
    page = next((p for p in (await uow.campaign.pages()).values() if page_key(p.code) == key), None)
    if page is None:
        raise NotFound("page")
    ensure_may(actor, Action.HALT, page.region)
    return Scope(page.region, page.code)


async def choose(uow: UnitOfWork, actor: Actor, code: str) -> tuple[Scope, str, str, int]:
    """What is about to be stopped: with its titles and how many assignments are open there. Read-only."""
    scope = await find_scope(uow, actor, code)
    return scope, *await titles(uow, scope), await uow.halts.count_work(scope)


async def stop(uow: UnitOfWork, actor: Actor, code: str, reason: HaltReason, *, now: datetime) -> HaltView:
    """The tap on the reason: it holds from this commit on; who is concerned is told by a due task."""
    scope = await find_scope(uow, actor, code)
    halt = await uow.halts.add(scope, reason, actor.id, now)
    if halt is None:
        before = await uow.halts.find_in_force(scope)
        names = await uow.people.names([before.by_id]) if before is not None else {}
        raise AlreadyHalted(next(iter(names.values()), ""))
    if reason is HaltReason.OTHER:
        await uow.expectations.set(actor.id, NOTE, halt.subject, now=now)
    await uow.tasks.add(DueTask(f"{BEGAN}:{halt.id}", BEGAN, halt.subject, now, {"halt": halt.id}))
    payload = {"region": scope.region, "page": scope.page, "reason": reason.value}
    await uow.journal.add(at=now, actor=actor.number, action="halt.begun", object_=halt.subject, payload=payload)
    return await _seen(uow, actor, halt)


async def note(uow: UnitOfWork, actor: Actor, halt_id: int, text: str, *, now: datetime) -> HaltView:
    """The reason in their own words, after the stop."""
    halt = await uow.halts.get(halt_id)
    ensure_may(actor, Action.HALT, mine=halt.by_id == actor.id)
    saved = await uow.halts.save(replace(halt, note=text.strip()[:NOTE_LIMIT]))
    await uow.expectations.clear(actor.id, NOTE)
    await uow.journal.add(
        at=now, actor=actor.number, action="halt.noted", object_=halt.subject, payload={"note": saved.note}
    )
    return await _seen(uow, actor, saved)


async def resume(uow: UnitOfWork, actor: Actor, halt_id: int, *, now: datetime) -> HaltView:
    """[Resume]: the first tap is recorded, another person's lifts the stop. Alone nobody can."""
    halt = await uow.halts.get(halt_id)
    ensure_may(actor, Action.HALT_RESUME, halt.region)
    if not halt.in_force:
        names = await uow.people.names([halt.lifted_by or 0])
        ensure_in_force(halt, next(iter(names.values()), ""))
    if halt.resume_by == actor.id:
        raise SecondPersonNeeded
    if halt.resume_by is not None and await _still_may(uow, halt):
        return await _lift(uow, actor, halt, now)
    return await _first(uow, actor, halt, now)


async def _still_may(uow: UnitOfWork, halt: Halt) -> bool:
    """Whoever said so first counts only while they may."""
    first = await uow.people.find_actor_by_person(halt.resume_by or 0)
    return may(first, Action.HALT_RESUME, halt.region)


async def _first(uow: UnitOfWork, actor: Actor, halt: Halt, now: datetime) -> HaltView:
    others = [a for a in await uow.people.holders(DECIDERS, halt.region) if a.id != actor.id]
    if not any(other.person.reachable for other in others):
        raise NobodyToResume((await titles(uow, halt.scope))[1])
    saved = await uow.halts.save(wanted(halt, actor.id, now))
    await uow.outbox.cancel(halt.subject, ["halt.resume"])
    await uow.outbox.add(
        *(
            Notice(
                kind="halt.resume",
                subject=halt.subject,
                due_at=now,
                dedup_key=f"halt.resume:{halt.id}:{saved.version}:{other.id}",
                person_id=other.id,
                guarantee=Guarantee.A,
                priority=Priority.DECISION,
                params={"halt": halt.id},
            )
            for other in others
        )
    )
    await uow.journal.add(
        at=now, actor=actor.number, action="halt.resume_wanted", object_=halt.subject, version=saved.version
    )
    return await _seen(uow, actor, saved)


async def _lift(uow: UnitOfWork, actor: Actor, halt: Halt, now: datetime) -> HaltView:
    saved = await uow.halts.save(lifted(halt, actor.id, now))
    await uow.outbox.cancel(halt.subject, ["halt.resume"])
    await uow.tasks.add(DueTask(f"{LIFTED}:{halt.id}", LIFTED, halt.subject, now, {"halt": halt.id}))
    await uow.journal.add(at=now, actor=actor.number, action="halt.lifted", object_=halt.subject, version=saved.version)
    return await _seen(uow, actor, saved)


async def take_back(uow: UnitOfWork, actor: Actor, halt_id: int, *, now: datetime) -> HaltView:
    """[Rather not]: their own yes counts no more."""
    halt = await uow.halts.get(halt_id)
    ensure_may(actor, Action.HALT_RESUME, halt.region)
    if halt.in_force and halt.resume_by == actor.id:
        halt = await uow.halts.save(replace(halt, resume_by=None, resume_at=None))
        await uow.outbox.cancel(halt.subject, ["halt.resume"])
        await uow.journal.add(
            at=now, actor=actor.number, action="halt.resume_dropped", object_=halt.subject, version=halt.version
        )
    return await _seen(uow, actor, halt)
