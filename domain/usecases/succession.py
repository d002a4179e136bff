"""What somebody leaves behind moves to a successor, or back to the plan, in the transaction in which they go."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.drafts import UNFINISHED_STATES
from domain.notices import Guarantee, Notice, Priority
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE, Actor, Person, Role
from domain.plan import OPEN_ASSIGNMENTS, AssignmentState, SlotState
from domain.planning import PlanRules, outside_quiet
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.rights import DECIDERS
from domain.succession import Choice, Estate, Moved, NotASuccessor, ranked, takes_draft, takes_page
from domain.usecases import staffing, substitutes, succession_calls
from domain.usecases.staffing import Crew

_BACK, _AHEAD = timedelta(days=1), timedelta(days=14)
"""From what is overdue since yesterday to the farthest day that a plan reaches."""


# -- reading ------------------------------------------------------------------------------------------------------------------


async def estate(uow: UnitOfWork, person_id: int, *, now: datetime) -> Estate:
    """What somebody has open. Read-only."""
    drafts = await uow.standing.open_drafts(person_id)
    pages = [page.title for page in (await uow.campaign.pages()).values() if page.keeper_id == person_id]
    posts = await _open_posts(uow, person_id, now)
    promises = await succession_calls.promises(uow, person_id)
    calls = await succession_calls.calls(uow, person_id, now)
    return Estate(len(drafts), tuple(pages), len(posts), len(promises), len(calls))


async def _open_posts(uow: UnitOfWork, person_id: int, now: datetime) -> list[AssignmentView]:
    views = await uow.plan.views_of_person(person_id, now - _BACK, now + _AHEAD)
    return [view for view in views if view.assignment.state in OPEN_ASSIGNMENTS]


async def choice(uow: UnitOfWork, target: Actor, *, now: datetime) -> Choice:
    """Who could take over: colleagues of the same regions, the fittest first. Read-only."""
    people = await _colleagues(uow, target)
    roles = {(one.role, one.region) for one in target.memberships}
    away = {one.person_id for one in await uow.away.open(now)}
    flagged = [
        (one.person, any((m.role, m.region) in roles for m in one.memberships))
        for one in people.values()
        if one.id != target.id
    ]
    found = ranked(flagged, away, target.person.region)
    return Choice(target.person, await estate(uow, target.id, now=now), tuple(found))


async def _colleagues(uow: UnitOfWork, target: Actor) -> dict[int, Actor]:
    """Who holds a role where they do; of people for the whole campaign, those who lead it."""
    found: dict[int, Actor] = {}
    for region in sorted({one.region for one in target.memberships} or {target.person.region}):
        roles = frozenset(one.role for one in target.memberships) | DECIDERS
        roles = DECIDERS if region == EVERYWHERE else roles
        found |= {one.id: one for one in await uow.people.holders(roles, region)}
    return found


# -- moving -------------------------------------------------------------------------------------------------------------------


@dataclass
class _Moving:
    """Everything one move needs; what was moved is noted as it goes. `mover`: the journal's number of who does it."""

    uow: UnitOfWork
    target: Actor
    successor: Actor | None
    mover: int
    now: datetime
    rules: PlanRules
    for_good: bool
    drafts: list[int] = field(default_factory=list)
    kept_drafts: int = 0
    pages: list[str] = field(default_factory=list)
    flagged: list[str] = field(default_factory=list)
    posts: list[int] = field(default_factory=list)
    back: int = 0
    rests: int = 0

    async def all(self) -> Moved:
        """Pages first: who posts there decides who may take the posts."""
        await self._pages()
        await self._posters()
        await self._drafts()
        await self._posts()
        uow, target, successor, by, now = self.uow, self.target, self.successor, self.mover, self.now
        promises, kept_promises = await succession_calls.move_promises(uow, target, successor, by=by, now=now)
        calls, watched = await succession_calls.move_calls(uow, target, successor, by=by, now=now)
        await succession_calls.pass_asks(uow, target, by=by, now=now, rules=self.rules)
        return Moved(
            tuple(self.drafts),
            self.kept_drafts,
            tuple(self.pages),
            tuple(self.flagged),
            tuple(self.posts),
            self.back,
            self.rests,
            tuple(promises),
            kept_promises,
            tuple(calls),
            watched,
        )

    async def _pages(self) -> None:
        kept = [page for page in (await self.uow.campaign.pages()).values() if page.keeper_id == self.target.id]
        for page in kept:
            if page.kind is PageKind.PERSONAL and not self.for_good:
                continue  # it is theirs, should they come back
            new = self.successor if self.successor is not None and takes_page(page, self.successor) else None
            await self.uow.campaign.set_keeper(page.code, None if new is None else new.id)
            (self.flagged if new is None else self.pages).append(page.code)
            await self._note("page.keeper", f"page:{page.code}"[:64], {"person": None if new is None else new.id})

    async def _posters(self) -> None:
        """A named poster makes room for the successor; without one the name stays, so that the page does not open to all."""
        if self.successor is None:
            return
        codes = await self.uow.standing.poster_of(self.target.id)
        for page in (await self.uow.campaign.pages(codes)).values() if codes else ():
            if takes_page(page, self.successor):
                await self.uow.campaign.set_poster(page.code, self.successor.id, may_post=True)
                await self.uow.campaign.set_poster(page.code, self.target.id, may_post=False)

    async def _drafts(self) -> None:
        drafts = await self.uow.standing.open_drafts(self.target.id)
        new = self.successor
        decided = frozenset() if new is None else await self.uow.standing.decided_on(new.id, [one.id for one in drafts])
        for draft in drafts:
            takes = new is not None and draft.id not in decided and takes_draft(draft, new)
            if new is not None and takes and await self.uow.standing.set_author(draft.id, new.id, self.target.id):
                self.drafts.append(draft.id)
                await self._note("draft.moved", draft.subject, {"person": new.id, "from": self.target.id})
            elif draft.state not in UNFINISHED_STATES or draft.text or draft.media:
                self.kept_drafts += 1

    async def _posts(self) -> None:
        views = await _open_posts(self.uow, self.target.id, self.now)
        crew = await Crew.load(self.uow, [view.page for view in views], self.now, self.rules) if views else None
        for view in views:
            if view.page.kind is PageKind.PERSONAL:
                if view.slot.at <= self.now:
                    continue  # its day counts it as missed
                await staffing.withdraw(self.uow, view.slot, view.page, self.now, "page")
                self.rests += 1
            elif view.assignment.state is AssignmentState.OFFERED:
                await staffing.end(self.uow, view.assignment, AssignmentState.DECLINED, self.now)
                await self._ask_others(view)
            elif crew is not None and self.successor is not None and self._can(crew, self.successor.person, view):
                await self._give(view, self.successor.person)
                crew.note(self.successor.person, view.slot)
            else:
                await staffing.end(self.uow, view.assignment, AssignmentState.DECLINED, self.now)
                await self._ask_others(view)
                self.back += 1

    def _can(self, crew: Crew, person: Person, view: AssignmentView) -> bool:
        """They may post there, and have nothing else at that moment. Caps are for the planner: this was decided by people."""
        absence = crew.away.get(person.id)
        busy = any(one.at == view.slot.at for one in crew.asked.get(person.id, ()) if one.slot_id != view.slot.id)
        there = any(one.id == person.id for one in crew.by_page[view.page.code])
        return there and not busy and not (absence is not None and absence.covers(view.slot.at))

    async def _ask_others(self, view: AssignmentView) -> None:
        if view.slot.state is SlotState.FILLED:
            await substitutes.next_one(self.uow, view.slot, view.page, self.now, self.rules)

    async def _give(self, view: AssignmentView, person: Person) -> None:
        slot = view.slot
        ended, _ = await staffing.end(self.uow, view.assignment, AssignmentState.REPLACED, self.now)
        await staffing.end_offers(self.uow, slot, self.now)
        mine = await self.uow.plan.put_assignment(
            slot, person.id, AssignmentState.ASSIGNED, substitute=False, now=self.now
        )
        await self.uow.outbox.add(*staffing.told(mine, person, self.now, self.rules))
        await staffing.start_ladder(self.uow, slot, self.now, self.rules)
        await staffing.redraw_press(self.uow, slot, self.now)
        self.posts.append(mine.id)
        await self._note("assignment.moved", mine.subject, {"person": person.id, "from": ended.person_id}, mine.version)

    async def _note(self, action: str, object_: str, payload: dict[str, object], version: int = 0) -> None:
        await self.uow.journal.add(
            at=self.now, actor=self.mover, action=action, object_=object_, version=version, payload=payload
        )


async def find_successor(uow: UnitOfWork, target: Actor, successor_id: int | None, *, now: datetime) -> Actor | None:
    """The one who was chosen; `NotASuccessor` when they cannot take over (any more)."""
    if not successor_id:
        return None
    offered = await choice(uow, target, now=now)
    found = await uow.people.find_actor_by_person(successor_id)
    if found is None or found.id not in {one.id for one in offered.people}:
        raise NotASuccessor
    return found


async def move(
    uow: UnitOfWork,
    target: Actor,
    successor: Actor | None,
    *,
    by: int,
    now: datetime,
    rules: PlanRules,
    for_good: bool = False,
) -> Moved:
    """Move everything that is open; the successor hears what. `by`: journal number. `for_good`: they leave."""
    moved = await _Moving(uow, target, successor, by, now, rules, for_good).all()
    if successor is not None and (moved.drafts or moved.pages or moved.posts or moved.promises or moved.calls):
        await uow.outbox.add(_told("person.took_over", target, successor.person, moved, now))
    return moved


def _told(
    kind: str, target: Actor, reader: Person, moved: Moved, now: datetime, successor: int | None = None
) -> Notice:
    return Notice(
        kind=kind,
        subject=f"person:{target.id}",
        due_at=outside_quiet(reader, now),
        dedup_key=f"{kind}:{target.id}:{reader.id}:{now.isoformat()}",
        person_id=reader.id,
        guarantee=Guarantee.A,
        priority=Priority.DECISION,
        params={"person": target.id, "moved": moved.as_payload(), "successor": successor},
    )


async def tell_leaders(
    uow: UnitOfWork,
    kind: str,
    target: Actor,
    moved: Moved,
    successor: Actor | None,
    besides: Iterable[int],
    now: datetime,
) -> None:
    """The coordinators and managers of the person's regions hear that somebody is gone, and what needs a hand."""
    new = None if successor is None else successor.id
    silent = {*besides, target.id, new}  # the successor is told what they got
    for reader in (await chain(uow, target)).values():
        if reader.id not in silent:
            await uow.outbox.add(_told(kind, target, reader.person, moved, now, new))


async def chain(uow: UnitOfWork, target: Actor) -> dict[int, Actor]:
    """Who answers for somebody: coordinators and managers of the regions where they hold a role; owners when there are none."""
    return await responsible(uow, {one.region for one in target.memberships} or {target.person.region})


async def responsible(uow: UnitOfWork, regions: Iterable[str]) -> dict[int, Actor]:
    """See `chain`."""
    found: dict[int, Actor] = {}
    for region in sorted(regions):
        holders = await uow.people.holders(frozenset({Role.COORDINATOR, Role.MANAGER}), region)
        found |= {one.id: one for one in holders or await uow.people.holders(frozenset({Role.OWNER}), region)}
    return found


async def titles(uow: UnitOfWork, codes: Iterable[str]) -> dict[str, Page]:
    """Pages by code, for lists of what was moved. Read-only."""
    wanted = list(codes)
    return await uow.campaign.pages(wanted, inactive=True) if wanted else {}
