"""Proof of a publication by its link, and taking a mistaken one back."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain import links
from domain.errors import Conflict
from domain.links import NotAPage, PostLink, SeveralLinks, UnknownPlatform
from domain.notices import DueTask
from domain.pages import Page
from domain.people import Actor
from domain.plan import (
    AssignmentClosed,
    AssignmentState,
    Proof,
    Slot,
    SlotState,
    TooLateToUndo,
    WrongPage,
)
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.recalls import TextRecalled
from domain.rollups import Measure
from domain.usecases import staffing
from domain.usecases.assignments import days_of, ensure_version, instead, look, my_open

FIGURES_AFTER = timedelta(hours=24)


async def ask_link(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime) -> AssignmentView:
    """[Posted]: the person's next message is the link."""
    view = await my_open(uow, actor, assignment_id, version)
    await instead(uow, actor, view, now)
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
    view = await my_open(uow, actor, assignment_id, None)
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
    ensure_version(view.assignment, version)
    slot, page = view.slot, view.page
    if page.local_day(now) > slot.day:
        raise TooLateToUndo
    if await uow.recalls.is_declared(slot.draft_id or 0):
        raise TextRecalled
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
    start, middle, _ = days_of(actor, now)
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
