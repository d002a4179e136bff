"""Notices about posts that the network took down and accounts that it has blocked."""

from datetime import datetime

from bot.outgoing import Mode, Outgoing, Reader, renders, replacing
from domain.notices import QueuedNotice
from domain.plan import Excuse
from domain.ports import UnitOfWork
from domain.usecases import accounts
from domain.usecases.accounts import BlockFacts
from handlers.screens import mishaps as screens


def _zone(reader: Reader) -> str:
    return reader.actor.person.zone if reader.actor else "UTC"


@renders("post.removed")
async def removed(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    view = await uow.plan.view(int(notice.params["assignment"]))
    if view.slot.excuse is not Excuse.REMOVED or notice.person_id is None:
        return None
    screen = screens.removed(view, reader.words, _zone(reader), now)
    return await replacing(uow, notice.person_id, screen, purpose="removed", subject=f"removed:{view.slot.id}")


@renders("post.removed.redraw")
async def answered(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """Every copy shows what one of them has decided."""
    copy = await uow.cards.get(int(notice.params["copy"]))
    if copy is None:
        return None
    view, again = await uow.plan.view(int(notice.params["assignment"])), int(notice.params["again"])
    new = await uow.plan.view(again) if again else None
    return Outgoing(screens.answered(view, new, reader.words, _zone(reader), now), mode=Mode.EDIT, target=copy)


async def _facts(uow: UnitOfWork, notice: QueuedNotice) -> BlockFacts:
    return await accounts.facts(uow, int(notice.params["block"]))


@renders("account.blocked")
async def blocked(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    found = await _facts(uow, notice)
    if found.block.until is not None:
        return None
    counted = BlockFacts(
        found.block, found.page, found.name, int(notice.params["excused"]), int(notice.params["passed"])
    )
    return Outgoing(screens.told(counted, reader.words))


@renders("account.works")
async def works(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    return Outgoing(screens.told_works(await _facts(uow, notice), reader.words))


@renders("account.ask")
async def ask(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    found = await _facts(uow, notice)
    if found.block.until is not None or notice.person_id is None:
        return None
    screen = screens.ask_again(found, reader.words)
    return await replacing(uow, notice.person_id, screen, purpose="account", subject=found.block.subject)
