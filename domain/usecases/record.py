"""The journal of a post, a draft, a page or a person, within the rights of whoever reads; and the end of its chain. Read-only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.errors import Forbidden, NotFound
from domain.names import readable
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.privacy import NOBODY
from domain.record import PAGE, About, Entry, HeadView, Kind, Line, View, named, reads_person
from domain.rights import Action, ensure_may, may

_DIGITS = 18
"""More do not fit into a column of the database."""


@dataclass(frozen=True)
class _Thing:
    """`region`: where its journal is read; `at`: a post's moment; `mine`: the reader's own."""

    title: str
    region: str
    at: datetime | None = None
    mine: bool = False


async def view(uow: UnitOfWork, actor: Actor, kind: Kind, key: str, page: int) -> View:
    """One screen; a page that is no more becomes the last one. `key`: a number or a page's code."""
    thing = await _what(uow, actor, kind, key)
    page = max(0, page)
    entries, total = await uow.record.entries(kind, key, page * PAGE, PAGE)
    last = max(0, -(-total // PAGE) - 1)
    if page > last:
        page = last
        entries, total = await uow.record.entries(kind, key, page * PAGE, PAGE)
    known = await uow.record.people({entry.actor for entry in entries})
    about = await _about(uow, kind, entries)
    lines = tuple(Line(entry, named(actor, entry.actor, known), about.get(entry.object)) for entry in entries)
    bundle = kind is Kind.POST and may(actor, Action.EVIDENCE, thing.region)
    return View(kind, key, thing.title, lines, total, page, thing.at, bundle, thing.mine, may(actor, Action.JOURNAL))


async def _what(uow: UnitOfWork, actor: Actor, kind: Kind, key: str) -> _Thing:
    """What the journal is asked about; raises unless it is the reader's to read."""
    match kind:
        case Kind.PAGE:
            page = await uow.campaign.get_page(key)
            ensure_may(actor, Action.JOURNAL, page.region)
            return _Thing(page.title, page.region)
        case Kind.POST:
            slot = await uow.plan.get_slot(number_of(key))
            page = await uow.campaign.get_page(slot.page)
            ensure_may(actor, Action.JOURNAL, page.region)
            return _Thing(page.title, page.region, slot.at)
        case Kind.DRAFT:
            draft = await uow.drafts.get(number_of(key))
            mine = draft.author_id == actor.id
            ensure_may(actor, Action.JOURNAL, draft.region, mine=mine)
            return _Thing("", draft.region, mine=mine)
    one = await uow.record.person(number_of(key))
    if one is None:
        raise NotFound("person")
    if not reads_person(actor, one.id, one.memberships, one.region):
        raise Forbidden(Action.JOURNAL.value)
    return _Thing("" if one.name == NOBODY else readable(one.name), one.region, mine=one.id == actor.id)


def number_of(key: str) -> int:
    """From a button, which anybody can make by hand: NotFound."""
    if not (key.isascii() and key.isdecimal()) or len(key) > _DIGITS:
        raise NotFound("button")
    return int(key)


async def _about(uow: UnitOfWork, kind: Kind, entries: Iterable[Entry]) -> Mapping[str, About]:
    """Where several things stand in one journal, each line says which it is about."""
    if kind in {Kind.POST, Kind.DRAFT}:
        return {}
    return await uow.record.about({entry.object for entry in entries})


async def head(uow: UnitOfWork, actor: Actor) -> HeadView:
    """What is copied down, so that a rewriting of the whole journal shows as well."""
    ensure_may(actor, Action.JOURNAL_HEAD)
    return await chain_end(uow)


async def chain_end(uow: UnitOfWork) -> HeadView:
    found = await uow.journal.head()
    return HeadView(await uow.record.count(), "" if found is None else found.seal)
