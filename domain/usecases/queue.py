"""The approver's queue as a whole: what is in it, and narrowing it down."""

from dataclasses import dataclass

from domain.pages import page_key
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.queue import Choice, Facet, Only
from domain.rights import DECIDERS, Action, ensure_may


@dataclass(frozen=True)
class QueueView:
    """`only`: what it is narrowed down to; `total`: how many wait in all, whatever `only` says."""

    only: Only | None
    total: int
    choices: tuple[Choice, ...] = ()


async def view(uow: UnitOfWork, actor: Actor) -> QueueView:
    """How the queue stands for this person."""
    ensure_may(actor, Action.QUEUE)
    total, _ = await uow.drafts.count_waiting(actor.regions(DECIDERS), actor.id)
    return QueueView(await uow.queue.find(actor.id), total)


async def choices(uow: UnitOfWork, actor: Actor) -> QueueView:
    """The same with every way to narrow it down."""
    seen = await view(uow, actor)
    return QueueView(seen.only, seen.total, tuple(await uow.queue.choices(actor.regions(DECIDERS), actor.id)))


async def narrow(uow: UnitOfWork, actor: Actor, facet: Facet, key: str) -> Only | None:
    """Keep to one region, page or rubric (by `page_key` of its code) from now on; None when nothing waits there any more."""
    ensure_may(actor, Action.QUEUE)
    for choice in await uow.queue.choices(actor.regions(DECIDERS), actor.id):
        if choice.only.facet is facet and page_key(choice.only.value) == key:
            await uow.queue.set(actor.id, choice.only)
            return choice.only
    return None


async def widen(uow: UnitOfWork, actor: Actor) -> None:
    """Everything again."""
    ensure_may(actor, Action.QUEUE)
    await uow.queue.set(actor.id, None)
