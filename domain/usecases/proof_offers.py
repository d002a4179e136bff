"""A link that nobody asked for: it proves a post once its person says so."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain import links
from domain.errors import Conflict
from domain.links import NotALink, NotAPost, PostLink, SeveralLinks, UnknownPlatform
from domain.people import Actor
from domain.plan import AssignmentState, LinkCounted, WrongPage
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.ports.record import Expectation
from domain.published import USUAL, ProofRules
from domain.usecases import proofs
from domain.usecases.assignments import days_of, left
from domain.usecases.proof_lists import counted

OFFER = "proof.offer"
"""Expectation: whether the link that is kept in it is the proof."""
QUESTION = "question.text"
"""Expectation: a question about an assignment; with `url` in its params a link came that may be a proof instead."""


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


def _what(offered: Expectation) -> tuple[int, int] | None:
    """Which assignment a kept link is offered for, at which version."""
    if offered.kind == OFFER:
        return offered.subject_id, offered.version
    if offered.kind == QUESTION and "url" in offered.params:
        return int(offered.params["offered"]), int(offered.params["version"])
    return None


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
        OFFER,
        view.assignment.subject,
        now=now,
        version=view.assignment.version,
        params={"url": post.normal},
    )
    return view


async def would_prove(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime) -> bool:
    """Whether a text is a link that fits something the person has to post and proves nothing yet. Read-only."""
    if not links.is_bare(text) or await counted(uow, actor, text):
        return False
    try:
        return await find_for_link(uow, actor, text, now=now) is not None
    except (NotALink, NotAPost, SeveralLinks, UnknownPlatform, WrongPage):
        return False


async def offer_beside_question(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime) -> AssignmentView:
    """A link where a question is awaited: it is kept until the person says what it is, and words are still the question."""
    asked = await uow.expectations.find(actor.id, now)
    view = await find_for_link(uow, actor, text, now=now)
    if asked is None or asked.kind != QUESTION or view is None:
        raise Conflict
    params = {"url": links.recognise(text).normal, "offered": view.assignment.id, "version": view.assignment.version}
    await uow.expectations.set(actor.id, QUESTION, asked.subject, now=now, params=params)
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
    if offered is None or _what(offered) != (assignment_id, version):
        raise Conflict
    if offered.kind == QUESTION:  # it was no question
        await uow.expectations.clear(actor.id, QUESTION)
        await left(uow, offered, now)
    return await proofs.prove(uow, actor, assignment_id, str(offered.params["url"]), now=now, rules=rules, texts=texts)
