"""The evidence about one post: asking for the file, and what goes into it."""

from collections.abc import Iterable
from datetime import datetime

from domain.errors import NotFound
from domain.evidence import SPAN, Evidence, FileOf
from domain.exports import AT_ONCE, Export, ExportFormat, ExportWish, Span, TooManyExports
from domain.links import recognise
from domain.people import EVERYWHERE, Actor
from domain.ports import UnitOfWork
from domain.record import Known, Named, named
from domain.rights import Action, ensure_may
from domain.usecases.record import chain_end, number_of


async def ask(uow: UnitOfWork, actor: Actor, key: str, *, now: datetime) -> Export:
    """A row says that the file is owed, as for every other file (`domain.usecases.exports`). `key`: the post's number."""
    slot = await uow.plan.get_slot(number_of(key))
    page = await uow.campaign.get_page(slot.page)
    ensure_may(actor, Action.EVIDENCE, page.region)
    code, owed = f"{SPAN}{slot.id}", await uow.exports.waiting_of(actor.id)
    for same in owed:
        if same.span == code:
            return same
    if len(owed) >= AT_ONCE:
        raise TooManyExports(AT_ONCE)
    wish = ExportWish(ExportFormat.EVIDENCE, code)
    one = await uow.exports.add(actor.id, wish, Span(code, slot.day, slot.day), [page.region], actor.language, now)
    payload = {"export": one.id}
    await uow.journal.add(
        at=now, actor=actor.number, action=Action.EVIDENCE.value, object_=slot.subject, payload=payload
    )
    return one


async def operator_asks(uow: UnitOfWork, post: str, *, now: datetime) -> int:
    """`hq evidence`: by number or by the link that proves it; returns the number. NotFound, or what `recognise` raises."""
    slot_id: int | None
    if post.isdecimal():
        slot_id = number_of(post)
    else:
        slot_id = await uow.evidence.slot_of_link(recognise(post).identity)
    if slot_id is None:
        raise NotFound("slot")
    slot = await uow.plan.get_slot(slot_id)
    await uow.journal.add(at=now, actor=0, action=Action.EVIDENCE.value, object_=slot.subject)
    return slot.id


async def collect(uow: UnitOfWork, slot_id: int, reader_id: int | None, *, now: datetime) -> Evidence:
    """All of it, with the names that this reader may know; None: the operator. Read-only."""
    reader = None
    if reader_id is not None:
        reader = await uow.people.find_actor_by_person(reader_id)
        if reader is None:
            raise NotFound("person")
    slot = await uow.plan.get_slot(slot_id)
    page = await uow.campaign.get_page(slot.page)
    regions = await uow.campaign.regions()
    campaign = await uow.campaign.find_campaign()
    rows = await uow.evidence.rows(slot.id, slot.draft_id)
    journal = tuple(await uow.record.sealed(slot.id))
    people = await uow.record.persons(rows.people)
    numbers = {one.entry.actor for one in journal}
    writers = await uow.record.people(numbers)
    return Evidence(
        campaign=campaign.name if campaign else "",
        now=now,
        zone=page.zone,
        slot=slot,
        page=page,
        region="" if page.region == EVERYWHERE else regions[page.region].name,
        rows=rows,
        files=await _files(uow, rows.files),
        journal=journal,
        head=await chain_end(uow),
        names=_names(reader, people.values()),
        by_number={number: named(reader, number, writers) for number in numbers},
    )


def _names(reader: Actor | None, people: Iterable[Known]) -> dict[int, Named]:
    return {one.id: named(reader, one.number, {one.number: one}) for one in people}


async def _files(uow: UnitOfWork, hashes: Iterable[str]) -> dict[str, FileOf]:
    known = await uow.media.get_many(hashes)
    return {one.sha256: FileOf(one.sha256, one.size, one.mime, one.name, one.stored) for one in known.values()}
