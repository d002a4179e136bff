"""A post that was published before a stop, a silence, a recall or a colleague took its assignment: it counts, and a recall includes it."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain import links
from domain.links import PostLink
from domain.people import Actor
from domain.plan import AssignmentClosed, AssignmentState, DoubleBooked, Slot, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.published import USUAL
from domain.recalls import Recall, RecallState, opened
from domain.rights import Action, ensure_may
from domain.rollups import Measure
from domain.usecases import card_copies, recalling, staffing
from domain.usecases.assignments import ensure_version, instead, look
from domain.usecases.proofs import ask_figures, belongs, close, ensure_of_page, kept, proof_of

LINK = "out.link"
"""Expectation: the link of what is out already."""
LATE = "out.late"
"""Expectation: [Posted] was tapped, then a colleague stepped in. Its link counts; no other message is taken for it."""


async def ask_link(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime) -> AssignmentView:
    """[It is out already]: the next message is the link."""
    view = await _taken_back(uow, actor, assignment_id)
    ensure_version(view.assignment, version)
    await instead(uow, actor, view, now)
    await uow.expectations.set(actor.id, LINK, view.assignment.subject, now=now, version=version)
    return view


async def is_of(uow: UnitOfWork, actor: Actor, assignment_id: int, text: str) -> bool:
    """Whether a message is the link of this very post. Read-only."""
    posts, view = links.posts_in(text), await look(uow, actor, assignment_id)
    return len(posts) == 1 and belongs(posts[0], view.page) is not False


async def _taken_back(uow: UnitOfWork, actor: Actor, assignment_id: int) -> AssignmentView:
    view = await uow.plan.view(assignment_id)
    ensure_may(actor, Action.ASSIGNMENT_ANSWER, mine=view.assignment.person_id == actor.id)
    if view.assignment.state is AssignmentState.REPLACED and view.slot.state is SlotState.FILLED:
        return view  # a colleague has stepped in and has not posted yet
    if view.assignment.state is not AssignmentState.CANCELLED or view.slot.state is not SlotState.CANCELLED:
        raise AssignmentClosed(view.assignment.state)
    if view.slot.draft_id is None:
        raise AssignmentClosed(AssignmentState.CANCELLED)
    return view


async def prove(
    uow: UnitOfWork,
    actor: Actor,
    assignment_id: int,
    text: str,
    *,
    now: datetime,
    rules: PlanRules,
    allowed: timedelta,
) -> AssignmentView:
    """The link: the slot is back as posted, the same text is planned no second time on its page."""
    view = await _taken_back(uow, actor, assignment_id)
    post = links.recognise(text)
    ensure_of_page(post, view.page)
    busy = {AssignmentState.ASSIGNED, AssignmentState.POSTED}
    if any(b.at == view.slot.at and b.state in busy for b in await uow.plan.bookings([actor.id], view.slot.at)):
        raise DoubleBooked
    if view.assignment.state is AssignmentState.REPLACED:
        return await _before_colleague(uow, actor, view, post, now, rules)
    await _not_again(uow, view.slot, now)
    posted = await uow.plan.save_slot(replace(view.slot, state=SlotState.POSTED, posted_at=now))
    assignment = await uow.plan.save_assignment(replace(view.assignment, state=AssignmentState.POSTED))
    await uow.plan.add_proof(proof_of(view, post, now))
    await uow.expectations.clear(actor.id, LINK)
    await staffing.redraw(uow, assignment, now)
    await staffing.redraw_press(uow, posted, now)
    await ask_figures(uow, posted, now)
    counts = {Measure.SLOTS: 1, Measure.FILLED: 1, kept(posted, rules): 1}
    await uow.rollups.add(view.page.code, view.page.region, posted.day, counts)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="assignment.out_already",
        object_=assignment.subject,
        version=assignment.version,
        payload={"slot": posted.id, "link": post.normal},
    )
    await _recalled_too(uow, posted, now, allowed)
    return replace(view, assignment=assignment, slot=posted, proof_url=post.normal)


async def _before_colleague(
    uow: UnitOfWork, actor: Actor, view: AssignmentView, post: PostLink, now: datetime, rules: PlanRules
) -> AssignmentView:
    """Whoever has stepped in hears that it is out: nobody publishes a second copy."""
    for other in await uow.plan.assignments_of(view.slot.id):
        if other.state is AssignmentState.ASSIGNED:
            ended, _ = await staffing.end(uow, other, AssignmentState.CANCELLED, now)
            await uow.outbox.add(staffing.cancelled(ended, "out", now))
    mine = await uow.plan.save_assignment(replace(view.assignment, state=AssignmentState.ASSIGNED))
    taken = replace(view, assignment=mine)
    proven = await close(uow, actor, taken, proof_of(taken, post, now), now, rules, USUAL)
    for kind in (LINK, LATE):
        await uow.expectations.clear(actor.id, kind)
    return proven


async def _not_again(uow: UnitOfWork, out: Slot, now: datetime) -> None:
    """The text went back to its page's queue meanwhile: whoever has it there now is told that it is out."""
    for slot in await uow.recalls.open_slots(out.draft_id or 0):
        if slot.page == out.page:
            await staffing.withdraw(uow, slot, await uow.campaign.get_page(slot.page), now, "out")


async def _recalled_too(uow: UnitOfWork, out: Slot, now: datetime, allowed: timedelta) -> None:
    """A recall that is under way, or was done already, asks for this post as well."""
    recall: Recall | None = await uow.recalls.find_last(out.draft_id or 0)
    if recall is None or recall.state not in {RecallState.OPEN, RecallState.DONE}:
        return
    if recall.state is RecallState.DONE:
        again = opened(replace(recall, closed_at=None), now, allowed, recall.approved_by)
        recall = await uow.recalls.save(again)
        await recalling.add_chase(uow, recall, 0, now)
    posts = [post for post in await uow.recalls.posts(recall.draft_id) if post.slot_id == out.id]
    await recalling.ask(uow, recall, posts, now)
    await card_copies.redraw(uow, recall.subject, "recall.redraw", f"out.{out.id}", now, {"recall": recall.id})
