"""Figures of several pages in one message: each is taken down as if it had been typed on its own."""

from collections.abc import Mapping
from datetime import datetime

from domain.errors import Conflict
from domain.figures import PageReported, is_asked
from domain.named_figures import by_network
from domain.pages import Page
from domain.people import Actor
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.rights import Action, ensure_may
from domain.usecases import figures


async def pages_named(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime) -> Mapping[str, str]:
    """Page code and what was typed for it; empty unless each network named is one page this person is asked about. Read-only."""
    ensure_may(actor, Action.FIGURES_REPORT, mine=True)
    named = by_network(text)
    if not named:
        return {}
    mine = [page for page in (await uow.campaign.pages()).values() if page.active and is_asked(page, actor)]
    newest = await uow.figures.newest([page.code for page in mine])
    lacking = [page for page in mine if newest.get(page.code, (None, 0))[0] != page.local_day(now)]
    found = {network: _only(network, lacking) or _only(network, mine) for network in named}
    return {page.code: named[network] for network, page in found.items() if page} if all(found.values()) else {}


def _only(network: Platform, pages: list[Page]) -> Page | None:
    of_network = [page for page in pages if page.platform is network]
    return of_network[0] if len(of_network) == 1 else None


async def report(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime) -> tuple[PageReported, ...]:
    """Take all of them down. The next page is asked for by the last one; a bare number corrects none of several.

    Raises Conflict when the pages are somebody else's by now.
    """
    named = await pages_named(uow, actor, text, now=now)
    if not named:
        raise Conflict
    done = [await figures.report_page(uow, actor, code, None, typed, now=now) for code, typed in named.items()]
    if done[-1].then is None:
        await uow.expectations.clear(actor.id, figures.KIND)
    return tuple(done)
