"""Several links in one message: each proves the assignment of its page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import links
from domain.errors import DomainError
from domain.links import NotALink, NotAPost, PostLink, SeveralLinks, UnknownPlatform
from domain.people import Actor
from domain.plan import AssignmentState, LinkCounted, LinkUsed, NothingOpenThere, WrongPage
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.published import USUAL, ProofRules
from domain.usecases import proofs
from domain.usecases.assignments import days_of, look


@dataclass(frozen=True)
class Several:
    """What became of a message with several links, in its order. `refused`: the link and what is wrong with it."""

    taken: tuple[AssignmentView, ...]
    refused: tuple[tuple[str, DomainError], ...]
    asked: AssignmentView | None = None
    """The first whose lane wants the published text: it is awaited now; the others have the button."""


async def prove_several(
    uow: UnitOfWork,
    actor: Actor,
    text: str,
    *,
    now: datetime,
    rules: PlanRules,
    texts: ProofRules = USUAL,
    awaited: int = 0,
) -> Several:
    """Each link proves the person's own open assignment of its page; what fits is taken, the rest is said.

    `awaited`: the assignment whose link was asked for; it may be of another day.
    """
    open_ = await _open_ones(uow, actor, now, awaited)
    taken: list[AssignmentView] = []
    refused: list[tuple[str, DomainError]] = []
    for post in links.posts_in(text):
        view = _for(post, open_)
        if view is None:
            refused.append((post.normal, await _why(uow, actor, post)))
            continue
        try:
            proven = await proofs.close(uow, actor, view, proofs.proof_of(view, post, now), now, rules, texts)
        except LinkUsed as error:
            refused.append((post.normal, error))
            continue
        open_ = [one for one in open_ if one.assignment.id != view.assignment.id]
        taken.append(proven)
    refused += [(stray.url, stray) for stray in _strays(text)]
    asked = next((view for view in taken if view.text and texts.asks(view.page.lane)), None)
    if asked is not None:
        await proofs.ask_text(uow, asked, texts, now)
    return Several(tuple(taken), tuple(refused), asked)


async def prove_awaited(
    uow: UnitOfWork,
    actor: Actor,
    awaited: int,
    text: str,
    *,
    now: datetime,
    rules: PlanRules,
    texts: ProofRules = USUAL,
) -> AssignmentView:
    """The link that was asked for; one to another page proves what is open there, and the first is still awaited.

    The view says which it was. Raises what is wrong with the link when it fits nothing.
    """
    try:
        return await proofs.prove(uow, actor, awaited, text, now=now, rules=rules, texts=texts)
    except WrongPage:
        post = links.recognise(text)
        view = _for(post, await _open_ones(uow, actor, now, awaited))
        if view is None:
            raise
    proven = await proofs.close(uow, actor, view, proofs.proof_of(view, post, now), now, rules, texts)
    await proofs.ask_text(uow, proven, texts, now)
    return proven


def _strays(text: str) -> Iterator[NotAPost]:
    """Links among them that lead into a network but to no post: to the page, say."""
    for word in text.split():
        try:
            links.recognise(word)
        except NotAPost as error:
            yield error
        except (NotALink, SeveralLinks, UnknownPlatform):
            continue


async def _why(uow: UnitOfWork, actor: Actor, post: PostLink) -> DomainError:
    """What is wrong with a link for which nothing is open."""
    who = await uow.proofs.proven_by(post.identity)
    if who is None:
        return NothingOpenThere(post.normal)
    return LinkCounted(post.normal) if who == actor.id else LinkUsed(post.normal)


async def counted(uow: UnitOfWork, actor: Actor, text: str) -> bool:
    """Whether a message holds nothing but links that have proven the person's own posts: it was sent twice. Read-only."""
    posts = links.posts_in(text)
    return bool(posts) and {await uow.proofs.proven_by(post.identity) for post in posts} == {actor.id}


async def _open_ones(uow: UnitOfWork, actor: Actor, now: datetime, awaited: int) -> list[AssignmentView]:
    """Since yesterday and until tonight, the one that was asked for first."""
    start, middle, _ = days_of(actor, now)
    views = await uow.plan.views_of_person(actor.id, start - timedelta(days=1), middle)
    if awaited and all(view.assignment.id != awaited for view in views):
        views.append(await look(uow, actor, awaited))
    open_ = [view for view in views if view.assignment.state is AssignmentState.ASSIGNED]
    return sorted(open_, key=lambda view: (view.assignment.id != awaited, view.assignment.at))


def _for(post: PostLink, views: Sequence[AssignmentView]) -> AssignmentView | None:
    """The first whose page the link names; else the first whose page it may be of."""
    fits = [(proofs.belongs(post, view.page), view) for view in views]
    sure = (view for told, view in fits if told)
    perhaps = (view for told, view in fits if told is None)
    return next(sure, None) or next(perhaps, None)
