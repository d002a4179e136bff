"""Exports: asking for a file, and what becomes of the request. The file itself is made beside the running program."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.errors import Forbidden, NotFound
from domain.exports import (
    AT_ONCE,
    KEPT,
    PERIODIC,
    TRIES,
    Export,
    ExportFailure,
    ExportFormat,
    ExportState,
    ExportWish,
    Span,
    TooManyExports,
    find_span,
    spans,
    usual_span,
)
from domain.notices import Guarantee, Notice, Priority
from domain.people import EVERYWHERE, Actor
from domain.ports import UnitOfWork
from domain.rights import RULES, Action, ensure_may, may
from domain.targets import Campaign
from domain.usecases.campaign_days import today_of

READY, FAILED = "export.ready", "export.failed"
"""Notices: here is the file; there is none, and why."""


@dataclass(frozen=True)
class ExportMenu:
    """What can be chosen. `regions` by code, those of the reader; `everywhere`: all of the campaign is theirs."""

    spans: tuple[Span, ...]
    usual: str
    regions: Mapping[str, str]
    everywhere: bool


@dataclass(frozen=True)
class Made:
    """A finished file under the hash of its content."""

    sha256: str
    size: int
    name: str


async def menu(uow: UnitOfWork, actor: Actor, *, now: datetime) -> ExportMenu:
    """Read-only; nothing to choose before a plan is loaded."""
    scope = _scope(actor)
    campaign, today = await _campaign(uow), await today_of(uow, now)
    names = {code: one.name for code, one in (await uow.campaign.regions()).items()}
    mine = {code: name for code, name in names.items() if EVERYWHERE in scope or code in scope}
    return ExportMenu(spans(campaign, today), usual_span(campaign, today), mine, EVERYWHERE in scope)


async def ask(uow: UnitOfWork, actor: Actor, wish: ExportWish, *, now: datetime) -> Export:
    """A row says that the file is owed; whoever is the holder makes it. Asked twice before it is there, it comes once."""
    if wish.format not in PERIODIC:
        raise NotFound("button")
    regions = _wanted(actor, wish.region)
    span = find_span(await _campaign(uow), wish.span, await today_of(uow, now))
    owed = await uow.exports.waiting_of(actor.id)
    meant = (wish.format, span.code, tuple(sorted(regions)), wish.subject, wish.comma)
    for one in owed:
        if (one.format, one.span, tuple(sorted(one.regions)), one.subject, one.comma) == meant:
            return one
    if len(owed) >= AT_ONCE:
        raise TooManyExports(AT_ONCE)
    one = await uow.exports.add(actor.id, wish, span, sorted(regions), actor.language, now)
    payload = {"format": one.format, "span": one.span, "regions": list(one.regions), "subject": one.subject}
    await uow.journal.add(at=now, actor=actor.number, action=Action.EXPORT, object_=one.object, payload=payload)
    return one


async def operator_asks(uow: UnitOfWork, wish: ExportWish, *, now: datetime) -> tuple[Span, tuple[str, ...]]:
    """`hq export`, which makes its file itself: the days and regions it covers, and a line in the journal."""
    span = find_span(await _campaign(uow), wish.span, await today_of(uow, now))
    region = wish.region or EVERYWHERE
    if region != EVERYWHERE and region not in await uow.campaign.regions():
        raise NotFound("region")
    payload = {"format": wish.format, "span": span.code, "regions": [region], "subject": wish.subject}
    await uow.journal.add(at=now, actor=0, action=Action.EXPORT, object_="export:operator", payload=payload)
    return span, (region,)


# -- for the program that makes it -------------------------------------------------------------------------------------


async def next_one(uow: UnitOfWork) -> tuple[Export, bool] | None:
    """What is to be made next, and whether its reader may still have it. Read-only."""
    one = await uow.exports.waiting()
    if one is None:
        return None
    reader = await uow.people.find_actor_by_person(one.person_id)
    return one, reader is not None and may_have(reader, one)


async def made(uow: UnitOfWork, one: Export, file: Made, *, now: datetime) -> bool:
    """The file lies on the disk: it is sent. False: somebody else has settled it."""
    ready = replace(
        one, state=ExportState.MADE, sha256=file.sha256, name=file.name, size=file.size, made_at=now, failure=None
    )
    if not await uow.exports.save(ready):
        return False
    facts = {"sha256": file.sha256, "size": file.size}
    await uow.journal.add(at=now, actor=0, action="export_made", object_=one.object, payload=facts)
    await uow.outbox.add(_notice(READY, one, now))
    return True


async def failed(uow: UnitOfWork, one: Export, why: ExportFailure, *, now: datetime) -> bool:
    """Tried again up to three times unless it would be in vain; then its reader hears why. True: it is given up."""
    tries = one.tries + 1
    over = why is not ExportFailure.BROKEN or tries >= TRIES
    state = ExportState.FAILED if over else ExportState.WAITING
    if not await uow.exports.save(replace(one, state=state, tries=tries, failure=why)):
        return True
    if over:
        await uow.outbox.add(_notice(FAILED, one, now))
    return over


async def outdated(uow: UnitOfWork, *, now: datetime) -> tuple[list[Export], list[str]]:
    """Exports whose file has served its time, and the hashes of files that nothing else needs. Read-only."""
    made = await uow.exports.made_before(now)
    old = [one for one in made if one.made_at is not None and one.made_at < now - KEPT]
    needed = {one.sha256 for one in made if one not in old}
    hashes = {one.sha256 for one in old} - needed
    known = await uow.media.get_many(hashes)
    return old, sorted(hashes - known.keys())


async def forget(uow: UnitOfWork, some: Iterable[Export]) -> None:
    """Their files are deleted; the rows stay as a record of who took what."""
    for one in some:
        await uow.exports.save(replace(one, state=ExportState.GONE))


def may_have(reader: Actor, one: Export) -> bool:
    """Asked again when it is made and when it is sent: rights are those of that moment."""
    if one.format is ExportFormat.EVIDENCE:
        return bool(one.regions) and all(may(reader, Action.EVIDENCE, region) for region in one.regions)
    if not may(reader, Action.EXPORT):
        return False
    scope = reader.regions(RULES[Action.EXPORT].roles)
    return EVERYWHERE in scope or set(one.regions) <= scope


# -- inside ------------------------------------------------------------------------------------------------------------


def _scope(actor: Actor) -> frozenset[str]:
    ensure_may(actor, Action.EXPORT)
    return actor.regions(RULES[Action.EXPORT].roles)


def _wanted(actor: Actor, region: str) -> frozenset[str]:
    """Empty: all that is theirs."""
    scope = _scope(actor)
    if not region:
        return frozenset({EVERYWHERE}) if EVERYWHERE in scope else scope
    if region != EVERYWHERE and EVERYWHERE in scope:
        return frozenset({region})
    if region not in scope:
        raise Forbidden(Action.EXPORT.value)
    return frozenset({region})


async def _campaign(uow: UnitOfWork) -> Campaign:
    campaign = await uow.campaign.find_campaign()
    if campaign is None:
        raise NotFound("campaign")
    return campaign


def _notice(kind: str, one: Export, now: datetime) -> Notice:
    return Notice(
        kind=kind,
        subject=one.object,
        due_at=now,
        dedup_key=f"{kind}:{one.id}",
        person_id=one.person_id,
        guarantee=Guarantee.A,
        priority=Priority.ASSIGNMENT,
        params={"export": one.id},
    )
