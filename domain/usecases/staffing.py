"""Giving slots to people and taking them away again: what planning, assignments and the ladder share."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain import ladder, planning
from domain.away import Absence
from domain.notices import CardCopy, DueTask, Guarantee, Notice, Priority
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE, Actor, Person
from domain.plan import OPEN_ASSIGNMENTS, Assignment, AssignmentState, EmptyReason, Slot, SlotState
from domain.planning import Asked, PlanRules
from domain.ports import UnitOfWork
from domain.rights import DECIDERS, POSTERS
from domain.rollups import Measure
from domain.routing import who_decides
from domain.usecases import urgent_card

_MEMORY = timedelta(days=30)
_A_HAIR = timedelta(seconds=1)


async def press(uow: UnitOfWork, region: str) -> list[Actor]:
    """Who answers for a region's plan: its press secretaries, else all-region ones, managers, owners."""
    return who_decides(region, await uow.people.holders(DECIDERS, region), author_id=0)


# -- who can be asked -------------------------------------------------------------------------------------------------------


@dataclass
class Crew:
    """Everybody who may post on some pages, with what they were asked for lately. Loaded once, kept up to date in memory."""

    rules: PlanRules
    by_page: dict[str, list[Person]]
    asked: dict[int, list[Asked]] = field(default_factory=lambda: defaultdict(list))
    away: dict[int, Absence] = field(default_factory=dict)

    @classmethod
    async def load(cls, uow: UnitOfWork, pages: Iterable[Page], now: datetime, rules: PlanRules) -> "Crew":
        """Personal pages: their keeper. Others: named posters, else the region's volunteers.

        The keeper posts too where there are no volunteers, and on the campaign's own pages.
        """
        chosen = list(pages)
        named = await uow.plan.posters(page.code for page in chosen)
        keepers = {page.keeper_id for page in chosen if page.keeper_id is not None}
        known = {p.id: p for p in await uow.plan.active_people(keepers.union(*named.values()))}
        volunteers: dict[str, list[Person]] = {}
        by_page = {}
        for page in chosen:
            keeper = [known[page.keeper_id]] if page.keeper_id in known else []
            if page.kind is PageKind.PERSONAL:
                by_page[page.code] = keeper
            elif page.code in named or page.kind is PageKind.DELEGATED:  # there only its editors
                chosen_here = sorted(named.get(page.code, ()))
                by_page[page.code] = [known[number] for number in chosen_here if number in known]
            else:
                if page.region not in volunteers:
                    holders = await uow.people.holders(POSTERS, page.region)
                    volunteers[page.region] = [actor.person for actor in holders]
                also = keeper if page.region == EVERYWHERE or not volunteers[page.region] else []
                by_page[page.code] = volunteers[page.region] + also
        crew = cls(rules, by_page)
        everybody = sorted({person.id for people in by_page.values() for person in people})
        for one in await uow.plan.bookings(everybody, now - _MEMORY):
            crew.asked[one.person_id].append(Asked(one.slot_id, one.at, one.state))
        crew.away = {absence.person_id: absence for absence in await uow.away.open(now)}
        return crew

    def choose(self, slot: Slot, ring: tuple[datetime, datetime] | None = None) -> Person | None:
        """See `domain.planning.choose`; nobody who is away then, or now when they would have to be asked now."""
        moments = (slot.at, ring[0]) if ring is not None else (slot.at,)
        away = {number for number, absence in self.away.items() if any(absence.covers(at) for at in moments)}
        return planning.choose(
            [person for person in self.by_page[slot.page] if person.id not in away],
            slot.id,
            slot.at,
            self.asked,
            daily_cap=self.rules.person_daily_cap,
            ring=ring,
        )

    def note(self, person: Person, slot: Slot) -> None:
        """The person has just been given this slot."""
        self.asked[person.id].append(Asked(slot.id, slot.at, AssignmentState.ASSIGNED))


# -- giving -----------------------------------------------------------------------------------------------------------------


def card(assignment: Assignment, due_at: datetime) -> Notice:
    """The notice that brings somebody their assignment."""
    return Notice(
        kind="assignment.card",
        subject=assignment.subject,
        due_at=due_at,
        dedup_key=f"assignment.card:{assignment.id}:{assignment.version}",
        person_id=assignment.person_id,
        guarantee=Guarantee.A,
        priority=Priority.ASSIGNMENT,
        params={"assignment": assignment.id},
    )


def told(assignment: Assignment, person: Person, now: datetime, rules: PlanRules) -> list[Notice]:
    """How a person learns of a slot given to them: at their digest hour with the digest, at once when that is past."""
    wanted = planning.digest_moment(person, assignment.at, rules.lead)
    due_at = wanted if wanted > now else planning.outside_quiet(person, now)
    notices = [card(assignment, due_at)]
    if due_at > now:
        day = person.local(assignment.at).date().isoformat()
        notices.append(
            Notice(
                kind="digest",
                subject=f"person:{person.id}",
                due_at=due_at - _A_HAIR,
                dedup_key=f"digest:{person.id}:{day}",
                person_id=person.id,
                priority=Priority.ASSIGNMENT,
                params={"day": day},
            )
        )
    return notices


async def offer(uow: UnitOfWork, slot: Slot, page: Page, now: datetime, rules: PlanRules) -> Assignment | None:
    """Ask the next eligible person to step in; None when nobody is left. A personal page has no substitutes."""
    if page.kind is PageKind.PERSONAL:
        return None
    crew = await Crew.load(uow, [page], now, rules)
    person = crew.choose(slot, ring=(now, max(now, slot.at - rules.lead)))
    if person is None:
        return None
    asked = await uow.plan.put_assignment(slot, person.id, AssignmentState.OFFERED, substitute=True, now=now)
    await uow.outbox.add(
        Notice(
            kind="substitute.offer",
            subject=asked.subject,
            due_at=planning.outside_quiet(person, now),
            dedup_key=f"substitute.offer:{asked.id}:{asked.version}",
            person_id=person.id,
            guarantee=Guarantee.A,
            priority=Priority.ASSIGNMENT,
            params={"assignment": asked.id},
        )
    )
    return asked


async def start_ladder(uow: UnitOfWork, slot: Slot, now: datetime, rules: PlanRules) -> None:
    """(Re)start the reminders of a filled slot at the first step that is not past."""
    task = first_step(slot, now, rules)
    if task is not None:
        # The key may have been used for this slot before: then it gets this step.
        await uow.tasks.add(task)
        await uow.tasks.reschedule(task.key, task.due_at, task.params)


def first_step(slot: Slot, now: datetime, rules: PlanRules) -> DueTask | None:
    """The task of the first step ahead; None when all are past."""
    step = ladder.first(slot.at, now, rules)
    if step is None:
        return None
    params = {"slot": slot.id, "step": step.value}
    return DueTask(f"ladder:{slot.id}", "ladder", slot.subject, ladder.due(step, slot.at, rules), params)


# -- taking away --------------------------------------------------------------------------------------------------------------


async def end(
    uow: UnitOfWork, assignment: Assignment, state: AssignmentState, now: datetime
) -> tuple[Assignment, bool]:
    """Close an assignment: nothing more is sent for it, its messages are redrawn.

    Returns it with whether the person had seen it (its card or offer was no longer waiting to be sent).
    """
    ended = await uow.plan.save_assignment(replace(assignment, state=state))
    unseen = await uow.outbox.cancel(assignment.subject, ["assignment.card", "substitute.offer"])
    await uow.outbox.cancel(assignment.subject, ["reminder"])
    asked = await uow.expectations.find(assignment.person_id, now)
    if (
        asked is not None
        and asked.subject == assignment.subject
        and asked.kind in {"proof.link", "proof.offer", "decline.note"}
    ):
        # Nothing is awaited any longer: the next message must not be taken for it.
        await uow.expectations.clear(assignment.person_id)
    await redraw(uow, ended, now)
    return ended, not unseen


async def redraw(uow: UnitOfWork, assignment: Assignment, now: datetime) -> None:
    """Every copy of the card shows the new state; the open reminder disappears."""
    for copy in await uow.cards.of_subject(assignment.subject):
        kind = "reminder.done" if copy.purpose == "reminder" else "assignment.redraw"
        await uow.outbox.add(_redrawing(kind, copy, assignment, now, f"{assignment.version}"))


async def restore(uow: UnitOfWork, assignment: Assignment, now: datetime) -> None:
    """What was asked on a copy of the card is no longer asked: every copy shows how the assignment stands."""
    # The version has not changed, so the moment makes the key: the same may be asked and left again.
    drawn = f"{assignment.version}:{now.isoformat()}"
    for copy in await uow.cards.of_subject(assignment.subject):
        await uow.outbox.add(_redrawing("assignment.redraw", copy, assignment, now, drawn))


def _redrawing(kind: str, copy: CardCopy, assignment: Assignment, now: datetime, drawn: str) -> Notice:
    return Notice(
        kind=kind,
        subject=f"copy:{copy.id}",
        due_at=now,
        dedup_key=f"{kind}:{copy.id}:{drawn}",
        person_id=copy.person_id,
        priority=Priority.DECISION,
        params={"assignment": assignment.id, "copy": copy.id},
    )


async def end_offers(uow: UnitOfWork, slot: Slot, now: datetime, besides: int = 0) -> None:
    """Withdraw what other people were asked for this slot."""
    for other in await uow.plan.assignments_of(slot.id):
        if other.state is AssignmentState.OFFERED and other.id != besides:
            await end(uow, other, AssignmentState.CANCELLED, now)


async def leave_empty(uow: UnitOfWork, slot: Slot, page: Page, now: datetime) -> Slot:
    """A filled slot that nobody has any more: its text goes back, the reminders end."""
    changed = replace(
        slot, state=SlotState.EMPTY, empty_reason=EmptyReason.NO_PERSON, draft_id=None, draft_version=None
    )
    await uow.tasks.cancel(slot.subject, ["ladder"])
    await uow.rollups.add(page.code, page.region, slot.day, {Measure.FILLED: -1})
    await uow.journal.add(at=now, actor=0, action="slot.left_empty", object_=slot.subject, version=slot.version)
    emptied = await uow.plan.save_slot(changed)
    await urgent_card.changed(uow, emptied, now)
    return emptied


async def cancel_open(uow: UnitOfWork, slot: Slot, now: datetime, reason: str) -> None:
    """End a slot's open assignments; whoever knew of theirs is told why ("silence", "page", "urgent")."""
    for assignment in await uow.plan.assignments_of(slot.id):
        if assignment.state in OPEN_ASSIGNMENTS:
            held = assignment.state is AssignmentState.ASSIGNED
            ended, seen = await end(uow, assignment, AssignmentState.CANCELLED, now)
            if held and seen:
                await uow.outbox.add(
                    Notice(
                        kind="assignment.cancelled",
                        subject=ended.subject,
                        due_at=now,
                        dedup_key=f"assignment.cancelled:{ended.id}:{ended.version}",
                        person_id=ended.person_id,
                        guarantee=Guarantee.A,
                        priority=Priority.ASSIGNMENT,
                        params={"assignment": ended.id, "reason": reason},
                    )
                )


async def withdraw(uow: UnitOfWork, slot: Slot, page: Page, now: datetime, reason: str) -> Slot:
    """Take an open slot out of the plan; whoever knew of it is told. `reason`: see `cancel_open`."""
    await cancel_open(uow, slot, now, reason)
    await uow.tasks.cancel(slot.subject, ["ladder", "urgent.step"])
    filled = slot.state is SlotState.FILLED
    await uow.rollups.add(page.code, page.region, slot.day, {Measure.SLOTS: -1, Measure.FILLED: -1 if filled else 0})
    await uow.journal.add(
        at=now, actor=0, action="slot.withdrawn", object_=slot.subject, version=slot.version, payload={"reason": reason}
    )
    gone = await uow.plan.save_slot(replace(slot, state=SlotState.CANCELLED, empty_reason=None))
    await urgent_card.changed(uow, gone, now)
    return gone


async def redraw_press(uow: UnitOfWork, slot: Slot, now: datetime) -> None:
    """What press secretaries were told about a slot shows how it ended; so does the card of its urgent call."""
    await urgent_card.changed(uow, slot, now)
    await uow.outbox.cancel(slot.subject, ["slot.late", "slot.nobody"])
    await uow.outbox.add(
        *(
            Notice(
                kind="slot.redraw",
                subject=f"copy:{copy.id}",
                due_at=now,
                dedup_key=f"slot.redraw:{copy.id}:{slot.version}",
                person_id=copy.person_id,
                priority=Priority.DIGEST,
                params={"slot": slot.id, "copy": copy.id},
            )
            for copy in await uow.cards.of_subject(slot.subject, "slot")
        )
    )


async def tell_press(uow: UnitOfWork, kind: str, slot: Slot, page: Page, now: datetime) -> None:
    """A class B notice about one slot to its press secretaries, outside their quiet hours."""
    tell: Sequence[Actor] = await press(uow, page.region)
    await uow.outbox.add(
        *(
            Notice(
                kind=kind,
                subject=slot.subject,
                due_at=planning.outside_quiet(actor.person, now),
                dedup_key=f"{kind}:{slot.id}:{slot.version}:{actor.id}",
                person_id=actor.id,
                priority=Priority.REMINDER,
                params={"slot": slot.id},
            )
            for actor in tell
        )
    )
