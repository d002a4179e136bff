"""A coordinator reports for somebody who cannot: the link of a post; the record says who typed it and for whom."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain import links
from domain.errors import Forbidden, NotFound
from domain.notices import Guarantee, Notice, Priority
from domain.pages import Page
from domain.people import Actor, PersonStatus
from domain.plan import AssignmentClosed, AssignmentState
from domain.planning import PlanRules, outside_quiet
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.published import USUAL, ProofRules
from domain.rights import Action, ensure_may, may
from domain.team import NotAboutYourself
from domain.usecases import proofs, standing
from domain.usecases.assignments import ensure_version

KIND = "team.proof"
"""Expectation: the link of somebody else's post."""
_BACK, _AHEAD = timedelta(days=2), timedelta(hours=18)


@dataclass(frozen=True)
class ForOther:
    """What can be reported for somebody: their open posts around now, and the pages they keep."""

    person_id: int
    name: str
    zone: str
    posts: tuple[AssignmentView, ...]
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Reported:
    """A post proven for somebody."""

    view: AssignmentView
    name: str
    by: str


async def look(uow: UnitOfWork, actor: Actor, person_id: int, *, now: datetime) -> ForOther:
    """Read-only; only what lies in the reader's regions, and only of people there who have access; NotFound."""
    ensure_may(actor, Action.REPORT_FOR)
    if actor.id == person_id:
        raise NotAboutYourself
    found = await standing.member(uow, person_id)
    person, home = found.person, {found.person.region, *(one.region for one in found.memberships)}
    if person.status is not PersonStatus.ACTIVE or not any(may(actor, Action.REPORT_FOR, one) for one in home):
        raise NotFound("person")
    views = await uow.plan.views_of_person(person_id, now - _BACK, now + _AHEAD)
    open_ = (
        view
        for view in views
        if view.assignment.state is AssignmentState.ASSIGNED and may(actor, Action.REPORT_FOR, view.page.region)
    )
    pages = (page for page in (await uow.campaign.pages()).values() if page.keeper_id == person_id)
    kept = tuple(page for page in pages if may(actor, Action.FIGURES_REPORT, page.region))
    return ForOther(person_id, person.name, person.zone, tuple(open_), kept)


async def ask(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime) -> Reported:
    """The actor's next message is the link of this post."""
    found = await _open(uow, actor, assignment_id)
    ensure_version(found.view.assignment, version)
    await uow.expectations.set(actor.id, KIND, found.view.assignment.subject, now=now, version=version)
    return found


async def _open(uow: UnitOfWork, actor: Actor, assignment_id: int) -> Reported:
    view = await uow.plan.view(assignment_id)
    ensure_may(actor, Action.REPORT_FOR, view.page.region)
    if view.assignment.person_id == actor.id:
        raise NotAboutYourself
    if view.assignment.state is not AssignmentState.ASSIGNED:
        raise AssignmentClosed(view.assignment.state)
    name = (await uow.people.names([view.assignment.person_id])).get(view.assignment.person_id, "")
    return Reported(view, name, actor.person.name)


async def prove(
    uow: UnitOfWork,
    actor: Actor,
    assignment_id: int,
    text: str,
    *,
    now: datetime,
    rules: PlanRules,
    texts: ProofRules = USUAL,
) -> Reported:
    """The link closes the post as the person's own would; both numbers stand in the journal, and the person hears of it."""
    found = await _open(uow, actor, assignment_id)
    view, whose = found.view, found.view.assignment.person_id
    post = links.recognise(text)
    proofs.ensure_of_page(post, view.page)
    person = await uow.people.find_actor_by_person(whose)
    if person is None:
        raise Forbidden(Action.REPORT_FOR.value)
    given = replace(proofs.proof_of(view, post, now), given_by=actor.id)
    proven = await proofs.close(uow, actor, view, given, now, rules, texts)
    await uow.expectations.clear(actor.id, KIND)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="proof.for_other",
        object_=proven.assignment.subject,
        version=proven.assignment.version,
        payload={"by": actor.number, "for": person.number},
    )
    await uow.outbox.add(
        Notice(
            kind="proof.for_you",
            subject=proven.assignment.subject,
            due_at=outside_quiet(person.person, now),
            dedup_key=f"proof.for_you:{assignment_id}:{proven.assignment.version}",
            person_id=whose,
            guarantee=Guarantee.A,
            priority=Priority.DIGEST,
            params={"assignment": assignment_id, "by": actor.id},
        )
    )
    return replace(found, view=proven)
