"""Giving slots to people and taking them away again: what planning, assignments and the ladder share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from domain import handout, ladder, planning
from domain.availability import Availability
from domain.away import Absence
from domain.notices import DueTask, Guarantee, Notice, Priority, redrawn
from domain.pages import Page, PageKind, PostedBy, keeper_posts_too, posted_by
from domain.people import Actor, Person
from domain.plan import OPEN_ASSIGNMENTS, Assignment, AssignmentState, EmptyReason, Excuse, Slot, SlotState
from domain.planning import Asked, PlanRules
from domain.ports import UnitOfWork
from domain.rights import DECIDERS, POSTERS
from domain.rollups import Measure
from domain.routing import who_decides
from domain.usecases import card_copies, late_posts, rungs, urgent_card

_MEMORY = timedelta(days=30)
_A_HAIR = timedelta(seconds=1)


async def press(uow: UnitOfWork, region: str) -> list[Actor]:
    """Who answers for a region's plan: its press secretaries, else all-region ones, managers, owners."""
    return who_decides(region, await uow.people.holders(DECIDERS, region), author_id=0)


# -- who can be asked -------------------------------------------------------------------------------------------------------


@dataclass
class Crew:
    """Everybody who may post on a few pages, with what they were asked for lately; for thousands: `plan_people`."""

    rules: PlanRules
    by_page: dict[str, list[Person]]
    asked: dict[int, list[Asked]] = field(default_factory=lambda: defaultdict(list))
    away: dict[int, Absence] = field(default_factory=dict)
    declared: Mapping[int, Availability] = field(default_factory=dict)

    @classmethod
    async def load(cls, uow: UnitOfWork, pages: Iterable[Page], now: datetime, rules: PlanRules) -> "Crew":
        """Personal pages: their keeper. Others: named posters, else the region's volunteers.

        The keeper posts too where there are no volunteers, and on the campaign's own pages.
        """
        chosen = list(pages)
        named = await uow.plan.posters(page.code for page in chosen)
        keepers = {page.keeper_id for page in chosen if page.keeper_id is not None}
        known = {p.id: p for p in await uow.plan.active_people(keepers.union(*named.values()))}
        barred = {(block.person_id, block.platform) for block in await uow.proofs.blocks()}
        volunteers: dict[str, list[Person]] = {}
        by_page = {}
        for page in chosen:
            keeper = [known[page.keeper_id]] if page.keeper_id in known else []
            match posted_by(page.kind, named=page.code in named):
                case PostedBy.KEEPER:
                    by_page[page.code] = keeper
                case PostedBy.NAMED:
                    chosen_here = sorted(named.get(page.code, ()))
                    by_page[page.code] = [known[number] for number in chosen_here if number in known]
                case PostedBy.VOLUNTEERS:
                    if page.region not in volunteers:
                        holders = await uow.people.holders(POSTERS, page.region)
                        volunteers[page.region] = [actor.person for actor in holders]
                    there = volunteers[page.region]
                    too = keeper_posts_too(page.region, volunteers=bool(there))
                    by_page[page.code] = there + keeper if too else there
        if barred:  # whoever's account the network has blocked is not asked there
            for page in chosen:
                by_page[page.code] = [
                    person for person in by_page[page.code] if (person.id, page.platform) not in barred
                ]
        crew = cls(rules, by_page)
        everybody = sorted({person.id for people in by_page.values() for person in people})
        for one in await uow.plan.bookings(everybody, now - _MEMORY):
            crew.asked[one.person_id].append(Asked(one.slot_id, one.at, one.state))
        crew.away = {absence.person_id: absence for absence in await uow.away.open(now)}
        crew.declared = await uow.availability.of(everybody)
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
            declared=self.declared,
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
    """How a person learns of a slot given to them: in the day's list, its card when due; once the list is out, by the card."""
    listed = planning.digest_moment(person, assignment.at, rules.lead)
    if listed <= now:
        return [card(assignment, planning.card_now(person, now, assignment.at, rules.lead))]
    day = person.local(assignment.at).date().isoformat()
    digest = Notice(
        kind="digest",
        subject=f"person:{person.id}",
        due_at=listed - _A_HAIR,
        dedup_key=f"digest:{person.id}:{day}",
        person_id=person.id,
        priority=Priority.ASSIGNMENT,
        params={"day": day},
    )
    return [card(assignment, handout.card_moment(listed, assignment.at, rules.lead)), digest]


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
    """(Re)start the reminders of a filled slot at the first step that is not past, by the times of its page and person."""
    own, person = await rungs.rungs_of(uow, slot, rules)
    task = first_step(slot, now, own, person)
    if task is not None:
        await rungs.put(uow, task, now)


def first_step(slot: Slot, now: datetime, own: PlanRules, person: Person | None = None) -> DueTask | None:
    """The task of the first step ahead; None when all are past. `own`: see `domain.ladder.rungs`."""
    step = ladder.first(slot.at, now, own, person)
    return None if step is None else rungs.step_task(slot, step, own, person)


# -- taking away --------------------------------------------------------------------------------------------------------------


async def end(
    uow: UnitOfWork, assignment: Assignment, state: AssignmentState, now: datetime
) -> tuple[Assignment, bool]:
    """Close an assignment: nothing more is sent for it, its messages are redrawn.

    Returns it with whether the person knows of it (its card or offer was no longer waiting, or it stood in their day's list).
    """
    ended = await uow.plan.save_assignment(replace(assignment, state=state))
    unseen = await uow.outbox.cancel(assignment.subject, ["assignment.card", "substitute.offer"])
    await uow.outbox.cancel(assignment.subject, ["reminder"])
    asked = await uow.expectations.find(assignment.person_id, now)
    if (
        asked is not None
        and asked.subject == assignment.subject
        and asked.kind in {"proof.link", "proof.picture", "proof.offer", "decline.note", "swap.name"}
    ):
        # Nothing is awaited any longer: the next message must not be taken for it.
        await uow.expectations.clear(assignment.person_id)
        if asked.kind == "proof.link" and state is AssignmentState.REPLACED:
            # [Posted] was tapped before a colleague stepped in: its link still counts.
            await uow.expectations.set(
                ended.person_id, "out.late", ended.subject, now=now, version=ended.version, hours=1
            )
    await redraw(uow, ended, now)
    asked_for = await uow.swaps.find_open(assignment.id)
    if asked_for is not None:  # nothing is left to swap: whoever is asked need not answer
        await uow.tasks.reschedule(f"swap.lapse:{asked_for.id}", now, {"swap": asked_for.id})
    return ended, not unseen or await _listed(uow, ended)


async def _listed(uow: UnitOfWork, assignment: Assignment) -> bool:
    """Whether their list of that day is out, or they have said yes to it otherwise."""
    lists = await uow.cards.of_person(assignment.person_id, "digest")
    if not lists or assignment.accepted_at is not None:
        return assignment.accepted_at is not None
    person = await uow.people.get(assignment.person_id)
    return lists[0].subject == digest_subject(person.local(assignment.at).date())


def digest_subject(day: date) -> str:
    """Of a person's list of a day, on their own clock."""
    return f"digest:{day}"


async def redraw(uow: UnitOfWork, assignment: Assignment, now: datetime) -> None:
    """Every copy of the card shows the new state; the open reminder disappears."""
    shown = {"assignment": assignment.id}
    for copy in await uow.cards.of_subject(assignment.subject):
        if copy.purpose == "reminder":
            await uow.outbox.add(redrawn("reminder.done", copy, f"{assignment.version}", now, shown))
        else:
            await uow.outbox.add(redrawn("assignment.redraw", copy, f"{assignment.version}", now, shown))
    await rungs.redraw_live(uow, assignment.person_id, f"{assignment.id}:{assignment.version}", now)


async def restore(uow: UnitOfWork, assignment: Assignment, now: datetime) -> None:
    """What was asked on a copy of the card is no longer asked: every copy shows how the assignment stands."""
    # The version has not changed, so the moment makes the key: the same may be asked and left again.
    drawn = f"{assignment.version}:{now.isoformat()}"
    await card_copies.redraw(uow, assignment.subject, "assignment.redraw", drawn, now, {"assignment": assignment.id})
    await rungs.redraw_live(uow, assignment.person_id, f"{assignment.id}:{drawn}", now)


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
    await late_posts.redraw(uow, emptied, now)
    return emptied


async def cancel_open(uow: UnitOfWork, slot: Slot, now: datetime, reason: str) -> None:
    """End a slot's open assignments; whoever knew of theirs is told why ("silence", "page", "urgent")."""
    for assignment in await uow.plan.assignments_of(slot.id):
        if assignment.state in OPEN_ASSIGNMENTS:
            held = assignment.state is AssignmentState.ASSIGNED
            ended, seen = await end(uow, assignment, AssignmentState.CANCELLED, now)
            if held and seen:
                await uow.outbox.add(cancelled(ended, reason, now))


def cancelled(ended: Assignment, reason: str, now: datetime) -> Notice:
    """The notice that somebody has to post it no longer."""
    return Notice(
        kind="assignment.cancelled",
        subject=ended.subject,
        due_at=now,
        dedup_key=f"assignment.cancelled:{ended.id}:{ended.version}",
        person_id=ended.person_id,
        guarantee=Guarantee.A,
        priority=Priority.ASSIGNMENT,
        params={"assignment": ended.id, "reason": reason},
    )


async def withdraw(
    uow: UnitOfWork, slot: Slot, page: Page, now: datetime, reason: str, excuse: Excuse | None = None
) -> Slot:
    """Take an open slot out of the plan; whoever knew of it is told. `reason`: see `cancel_open`. Excused ones are counted."""
    await cancel_open(uow, slot, now, reason)
    await uow.tasks.cancel(slot.subject, ["ladder", "urgent.step"])
    filled = slot.state is SlotState.FILLED
    counts = {Measure.SLOTS: -1, Measure.FILLED: -1 if filled else 0, Measure.EXCUSED: 1 if excuse else 0}
    await uow.rollups.add(page.code, page.region, slot.day, counts)
    await uow.journal.add(
        at=now, actor=0, action="slot.withdrawn", object_=slot.subject, version=slot.version, payload={"reason": reason}
    )
    gone = await uow.plan.save_slot(replace(slot, state=SlotState.CANCELLED, empty_reason=None, excuse=excuse))
    # Press secretaries hear of posts that are late or have nobody, never of places without a text.
    if filled or slot.empty_reason is EmptyReason.NO_PERSON:
        await redraw_press(uow, gone, now)
    else:
        await urgent_card.changed(uow, gone, now)
    return gone


async def redraw_press(uow: UnitOfWork, slot: Slot, now: datetime) -> None:
    """What press secretaries were told about a slot shows how it ended; so does the card of its urgent call."""
    await urgent_card.changed(uow, slot, now)
    await uow.outbox.cancel(slot.subject, ["slot.late", "slot.nobody"])
    await late_posts.redraw(uow, slot, now)
    mark, params = f"{slot.version}", {"slot": slot.id}
    await card_copies.redraw(
        uow, slot.subject, "slot.redraw", mark, now, params, purpose="slot", priority=Priority.DIGEST
    )


async def tell_press(uow: UnitOfWork, kind: str, slot: Slot, page: Page, now: datetime) -> None:
    """A class B notice about one slot to its press secretaries, outside their quiet hours."""
    tell: Sequence[Actor] = await press(uow, page.region)
    if kind == "slot.late":
        await late_posts.alert(uow, slot, now)
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
