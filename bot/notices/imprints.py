"""Notices about imprint lines: one that ends, pages without one, and what a changed one brought back."""

from datetime import date, datetime

from bot.outgoing import Outgoing, Reader, renders, replacing
from domain.notices import QueuedNotice
from domain.people import Actor, Role
from domain.ports import UnitOfWork
from domain.rights import Action, may
from domain.usecases import imprint_rules, imprints
from handlers.screens import imprints as screens

_TOLD = frozenset({Role.MANAGER, Role.PRESS_SECRETARY, Role.OWNER})
_SUBJECT = "imprints"


@renders("imprint.changed")
async def changed(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    """All that waits for this reader now; a later message replaces the one before."""
    if reader.actor is None or not may(reader.actor, Action.QUEUE):
        return None
    texts = await imprints.waiting(uow, reader.actor)
    if not texts:
        return None
    screen = screens.changed(texts, reader.words)
    return await replacing(uow, reader.actor.id, screen, purpose="imprints", subject=_SUBJECT)


@renders("imprint.ending")
async def ending(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    if reader.actor is None:
        return None
    rule, pages = await imprint_rules.ending(uow, notice.params["rule"], date.fromisoformat(notice.params["expires"]))
    mine = [page for page in pages if _answers(reader.actor, page.region)]
    if rule is None or not mine:
        return None
    return Outgoing(screens.ending(rule, mine, reader.actor.person.local(now).date(), reader.words))


@renders("imprint.none")
async def none_left(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    if reader.actor is None:
        return None
    actor, rules = reader.actor, await uow.imprints.rules()
    found = imprints.without_line((await uow.campaign.pages()).values(), rules, now)
    mine = [one.page for one in found if _answers(actor, one.page.region)]
    return Outgoing(screens.none_left(mine, reader.words)) if mine else None


def _answers(actor: Actor, region: str) -> bool:
    return actor.holds(_TOLD, region)
