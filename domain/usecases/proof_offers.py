"""A link that nobody asked for: it proves a post once its person says so."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain import links
from domain.errors import Conflict
from domain.links import PostLink
from domain.people import Actor
from domain.plan import AssignmentState, LinkCounted, WrongPage
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.published import USUAL, ProofRules
from domain.usecases import proofs
from domain.usecases.assignments import days_of
from domain.usecases.proof_lists import counted


async def find_for_link(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime) -> AssignmentView | None:
    """Which open assignment of today or yesterday a bare link may prove: the earliest of its page. None: nothing is open at all.

    Raises what is wrong with the link when something is open but the link fits nothing. Read-only.
    """
    start, middle, _ = days_of(actor, now)
    views = await uow.plan.views_of_person(actor.id, start - timedelta(days=1), middle)
    open_ = [view for view in views if view.assignment.state is AssignmentState.ASSIGNED]
    if not open_:
        return None
    return _of_page(links.recognise(text), open_)


def _of_page(post: PostLink, views: Iterable[AssignmentView]) -> AssignmentView:
    wrong: WrongPage | None = None
    for view in views:
        try:
            proofs.ensure_of_page(post, view.page)
        except WrongPage as error:
            wrong = wrong or error
        else:
            return view
    assert wrong is not None  # noqa: S101 - every open one raised
    raise wrong


async def offer_proof(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime) -> AssignmentView:
    """A link that nobody asked for is kept until the person says that it is the proof; `LinkCounted`: it is one already."""
    if await counted(uow, actor, text):
        raise LinkCounted(text)
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
    uow: UnitOfWork,
    actor: Actor,
    assignment_id: int,
    version: int,
    *,
    now: datetime,
    rules: PlanRules,
    texts: ProofRules = USUAL,
) -> AssignmentView:
    """[Yes, posted] below a link that nobody asked for."""
    offered = await uow.expectations.find(actor.id, now)
    if (
        offered is None
        or offered.kind != "proof.offer"
        or (offered.subject_id, offered.version) != (assignment_id, version)
    ):
        raise Conflict
    return await proofs.prove(uow, actor, assignment_id, str(offered.params["url"]), now=now, rules=rules, texts=texts)
