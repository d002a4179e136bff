"""What a person does with an assignment: post and prove it, undo that, hand it on, step in for somebody."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain import links
from domain.errors import Conflict
from domain.links import NotAPage, PostLink, SeveralLinks, UnknownPlatform
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.pages import Page
from domain.people import Actor
from domain.plan import (
    OPEN_ASSIGNMENTS,
    Assignment,
    AssignmentClosed,
    AssignmentState,
    DeclineReason,
    DoubleBooked,
    Proof,
    SilenceHolds,
    Slot,
    SlotState,
    TooLateToUndo,
    WrongPage,
)
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.rights import Action, ensure_may
from domain.rollups import Measure
from domain.usecases import staffing
from domain.usecases.silences import Silences

FIGURES_AFTER = timedelta(hours=24)


async def _mine(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int | None) -> AssignmentView:
    """The actor's own open assignment at the version they saw (None: whatever it is)."""
    view = await uow.plan.view(assignment_id)
    ensure_may(actor, Action.ASSIGNMENT_ANSWER, mine=view.assignment.person_id == actor.id)
    if view.assignment.state is not AssignmentState.ASSIGNED:
        raise AssignmentClosed(view.assignment.state)
    _ensure_version(view.assignment, version)
    return view


def _ensure_version(assignment: Assignment, version: int | None) -> None:
    if version is not None and assignment.version != version:
        raise Conflict


# -- looking ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MyDay:
    """A person's assignments of today and tomorrow on their own clock."""

    today: tuple[AssignmentView, ...]
    tomorrow: tuple[AssignmentView, ...]


async def my_day(uow: UnitOfWork, actor: Actor, *, now: datetime) -> MyDay:
    """/today. Read-only."""
    ensure_may(actor, Action.TODAY)
    start, middle, end = _days(actor, now)
    views = await uow.plan.views_of_person(actor.id, start, end)
    return MyDay(
        tuple(v for v in views if v.assignment.at < middle), tuple(v for v in views if v.assignment.at >= middle)
    )


def _days(actor: Actor, now: datetime) -> tuple[datetime, datetime, datetime]:
    """The person's midnights around today and tomorrow."""
    midnight = actor.person.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    # Wall-clock arithmetic: a day of 23 or 25 hours ends at its midnight.
    return midnight, midnight + timedelta(days=1), midnight + timedelta(days=2)


async def look(uow: UnitOfWork, actor: Actor, assignment_id: int) -> AssignmentView:
    """One of the person's own, however it stands. Read-only."""
    view = await uow.plan.view(assignment_id)
    ensure_may(actor, Action.ASSIGNMENT_ANSWER, mine=view.assignment.person_id == actor.id)
    return view


async def look_open(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int) -> AssignmentView:
    """One of the person's own that is open and as they saw it. Read-only."""
    return await _mine(uow, actor, assignment_id, version)


async def stop_asking(uow: UnitOfWork, actor: Actor, assignment_id: int) -> AssignmentView:
    """[Back]: the next message answers nothing any more."""
    for kind in ("proof.link", "question.text"):
        await uow.expectations.clear(actor.id, kind)
    return await look(uow, actor, assignment_id)


async def resend(uow: UnitOfWork, actor: Actor, assignment_id: int, *, now: datetime) -> AssignmentView:
    """Bring the card to the bottom of the chat again; refused in a silence, since it carries copy-ready text (H8)."""
    view = await look(uow, actor, assignment_id)
    if view.assignment.state not in OPEN_ASSIGNMENTS:
        return view
    silences = await Silences.load(uow)
    if silences.hold(view.page.region, now):
        raise SilenceHolds(silences.end(view.page.region, now), actor.person.zone, now)
    key = f"assignment.card:{assignment_id}:{view.assignment.version}:{now.isoformat()}"
    offered = view.assignment.state is AssignmentState.OFFERED
    await uow.outbox.cancel(view.assignment.subject, ["assignment.card", "substitute.offer"])
    await uow.outbox.add(
        replace(
            staffing.card(view.assignment, now),
            kind="substitute.offer" if offered else "assignment.card",
            dedup_key=key,
            priority=Priority.DECISION,
            params={"assignment": assignment_id, "again": True},
        )
    )
    return view


# -- posted -------------------------------------------------------------------------------------------------------------------


async def ask_link(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime) -> AssignmentView:
    """[Posted]: the person's next message is the link."""
    view = await _mine(uow, actor, assignment_id, version)
    await uow.expectations.set(actor.id, "proof.link", view.assignment.subject, now=now, version=version)
    return view


def ensure_of_page(post: PostLink, page: Page) -> None:
    """Raise `WrongPage` unless the link is (or may be: some links do not tell) of this page."""
    known = []
    for address in page.addresses:
        try:
            known.append(links.page_address(address))
        except (NotAPage, UnknownPlatform, SeveralLinks, links.NotALink):
            continue
    if post.platform is not page.platform:
        raise WrongPage(post.normal, page.title)
    if known:
        keys = frozenset().union(*(address.keys for address in known))
        if links.belongs(post, known[0], keys) is False:
            raise WrongPage(post.normal, page.title)


async def prove(
    uow: UnitOfWork, actor: Actor, assignment_id: int, text: str, *, now: datetime, rules: PlanRules
) -> AssignmentView:
    """The link of the publication: closes the assignment and everything that still reminds of it."""
    view = await _mine(uow, actor, assignment_id, None)
    post = links.recognise(text)
    ensure_of_page(post, view.page)
    slot, page = view.slot, view.page
    await uow.plan.add_proof(Proof(slot.id, assignment_id, actor.id, post.normal, post.identity, now))
    posted = await uow.plan.save_slot(replace(slot, state=SlotState.POSTED, posted_at=now))
    assignment, _ = await staffing.end(uow, view.assignment, AssignmentState.POSTED, now)
    await staffing.end_offers(uow, slot, now)
    await uow.tasks.cancel(slot.subject, ["ladder"])
    await uow.tasks.add(
        DueTask(f"figures.post:{slot.id}", "figures.post", slot.subject, now + FIGURES_AFTER, {"slot": slot.id})
    )
    await uow.rollups.add(page.code, page.region, slot.day, {_kept(posted, rules): 1})
    await staffing.redraw_press(uow, posted, now)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="assignment.posted",
        object_=assignment.subject,
        version=assignment.version,
        payload={"slot": slot.id, "link": post.normal},
    )
    return replace(view, assignment=assignment, slot=posted, proof_url=post.normal)


def _kept(posted: Slot, rules: PlanRules) -> Measure:
    """Whether a posted slot counts as on time; early is fine."""
    late = posted.posted_at is not None and posted.posted_at > posted.at + rules.on_time
    return Measure.LATE if late else Measure.ON_TIME


async def undo(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime, rules: PlanRules
) -> AssignmentView:
    """A mistaken [Posted] is taken back, until the page's day is over: the proof goes, the reminders come back."""
    view = await look(uow, actor, assignment_id)
    if view.assignment.state is not AssignmentState.POSTED:
        raise AssignmentClosed(view.assignment.state)
    _ensure_version(view.assignment, version)
    slot, page = view.slot, view.page
    if page.local_day(now) > slot.day:
        raise TooLateToUndo
    await uow.plan.remove_proof(slot.id)
    await uow.rollups.add(page.code, page.region, slot.day, {_kept(slot, rules): -1})
    reopened = await uow.plan.save_slot(replace(slot, state=SlotState.FILLED, posted_at=None))
    assignment = await uow.plan.save_assignment(replace(view.assignment, state=AssignmentState.ASSIGNED))
    await uow.tasks.cancel(slot.subject, ["figures.post"])
    await staffing.start_ladder(uow, reopened, now, rules)
    await staffing.redraw(uow, assignment, now)
    await staffing.redraw_press(uow, reopened, now)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="assignment.undone",
        object_=assignment.subject,
        version=assignment.version,
    )
    return replace(view, assignment=assignment, slot=reopened, proof_url=None)


async def find_for_link(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime) -> AssignmentView | None:
    """Which open assignment of today a bare link may prove: the earliest of its page. None: nothing is open at all.

    Raises what is wrong with the link when something is open but the link fits nothing. Read-only.
    """
    start, middle, _ = _days(actor, now)
    views = await uow.plan.views_of_person(actor.id, start, middle)
    open_ = [view for view in views if view.assignment.state is AssignmentState.ASSIGNED]
    if not open_:
        return None
    post = links.recognise(text)
    wrong: WrongPage | None = None
    for view in open_:
        try:
            ensure_of_page(post, view.page)
        except WrongPage as error:
            wrong = wrong or error
        else:
            return view
    assert wrong is not None  # noqa: S101 - every open one raised
    raise wrong


async def offer_proof(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime) -> AssignmentView:
    """A link that nobody asked for is kept until the person says that it is the proof."""
    view = await find_for_link(uow, actor, text, now=now)
    if view is None:
        raise Conflict
    post = links.recognise(text)
    await uow.expectations.set(
        actor.id,
        "proof.offer",
        view.assignment.subject,
        now=now,
        version=view.assignment.version,
        params={"url": post.normal},
    )
    return view


async def prove_offered(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime, rules: PlanRules
) -> AssignmentView:
    """[Yes, posted] below a link that nobody asked for."""
    kept = await uow.expectations.find(actor.id, now)
    if kept is None or kept.kind != "proof.offer" or (kept.subject_id, kept.version) != (assignment_id, version):
        raise Conflict
    return await prove(uow, actor, assignment_id, str(kept.params["url"]), now=now, rules=rules)


# -- handing on -----------------------------------------------------------------------------------------------------------------


async def decline(
    uow: UnitOfWork,
    actor: Actor,
    assignment_id: int,
    version: int,
    reason: DeclineReason,
    *,
    now: datetime,
    rules: PlanRules,
) -> AssignmentView:
    """[Can't do it]: a substitute is asked at once; with nobody left the slot is empty and the press secretary told."""
    view = await _mine(uow, actor, assignment_id, version)
    declined, _ = await staffing.end(uow, view.assignment, AssignmentState.DECLINED, now)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="assignment.declined",
        object_=declined.subject,
        version=declined.version,
        payload={"reason": reason.value},
    )
    await _next_one(uow, view.slot, view.page, now, rules)
    return replace(view, assignment=declined)


async def _next_one(uow: UnitOfWork, slot: Slot, page: Page, now: datetime, rules: PlanRules) -> None:
    """Ask somebody else unless somebody has it or is being asked; nobody left is told."""
    others = await uow.plan.assignments_of(slot.id)
    if any(other.state is AssignmentState.OFFERED for other in others):
        return
    asked = await staffing.offer(uow, slot, page, now, rules)
    if asked is not None:
        await uow.journal.add(at=now, actor=0, action="substitute.asked", object_=asked.subject, version=asked.version)
        return
    if not any(other.state is AssignmentState.ASSIGNED for other in others):
        slot = await staffing.leave_empty(uow, slot, page, now)
    await staffing.tell_press(uow, "slot.nobody", slot, page, now)


async def _offered(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int) -> AssignmentView:
    view = await uow.plan.view(assignment_id)
    ensure_may(actor, Action.SUBSTITUTE, mine=view.assignment.person_id == actor.id)
    if view.assignment.state is not AssignmentState.OFFERED:
        raise AssignmentClosed(view.assignment.state)
    _ensure_version(view.assignment, version)
    return view


async def accept_offer(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime
) -> AssignmentView:
    """[I'll do it]: it is theirs at once, with the card; whoever had it is told. The first tap wins."""
    view = await _offered(uow, actor, assignment_id, version)
    slot, page = view.slot, view.page
    if slot.state is not SlotState.FILLED:
        raise AssignmentClosed(AssignmentState.CANCELLED)
    busy = {AssignmentState.ASSIGNED, AssignmentState.POSTED}
    if any(b.at == slot.at and b.state in busy for b in await uow.plan.bookings([actor.id], slot.at)):
        raise DoubleBooked
    for other in await uow.plan.assignments_of(slot.id):
        if other.state is AssignmentState.ASSIGNED:
            replaced, _ = await staffing.end(uow, other, AssignmentState.REPLACED, now)
            await _tell_replaced(uow, replaced, now)
    await staffing.end_offers(uow, slot, now, besides=assignment_id)
    accepted = await uow.plan.save_assignment(replace(view.assignment, state=AssignmentState.ASSIGNED))
    await uow.outbox.add(staffing.card(accepted, now))
    await staffing.redraw(uow, accepted, now)
    await uow.rollups.add(page.code, page.region, slot.day, {Measure.SUBSTITUTES: 1})
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="substitute.accepted",
        object_=accepted.subject,
        version=accepted.version,
    )
    return replace(view, assignment=accepted)


async def _tell_replaced(uow: UnitOfWork, replaced: Assignment, now: datetime) -> None:
    await uow.outbox.add(
        Notice(
            kind="assignment.replaced",
            subject=replaced.subject,
            due_at=now,
            dedup_key=f"assignment.replaced:{replaced.id}:{replaced.version}",
            person_id=replaced.person_id,
            guarantee=Guarantee.A,
            priority=Priority.ASSIGNMENT,
            params={"assignment": replaced.id},
        )
    )


async def refuse_offer(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime, rules: PlanRules
) -> AssignmentView:
    """[Not me]: the next one is asked."""
    view = await _offered(uow, actor, assignment_id, version)
    refused, _ = await staffing.end(uow, view.assignment, AssignmentState.DECLINED, now)
    await uow.journal.add(
        at=now, actor=actor.number, action="substitute.refused", object_=refused.subject, version=refused.version
    )
    if view.slot.state is SlotState.FILLED:
        await _next_one(uow, view.slot, view.page, now, rules)
    return replace(view, assignment=refused)
