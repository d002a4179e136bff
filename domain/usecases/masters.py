"""Headquarters writes fill-in masters: text, pages, an end, and off to the regions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain import masters as rules
from domain.errors import Forbidden, NotFound
from domain.masters import CLOSINGS, KINDS, Fill, FillState, Master, MasterChanged, MasterState
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.pages import Page, PageKind, open_to, page_key
from domain.people import EVERYWHERE, Actor, Role
from domain.ports import UnitOfWork
from domain.rights import RULES, Action, ensure_may, may
from domain.wordings import parse

QUESTION = "master.text"
"""The expectation: the next message is the text of `master:N` (0: of a new one)."""
SEND = "master.send"
ASKED = frozenset({Role.VOLUNTEER, Role.PRESS_SECRETARY})
"""Whom a master for their region's pages is sent to."""
LISTED = 20


@dataclass(frozen=True)
class Offer:
    """An open master before somebody who may fill it in. `running`: begun; `done`: handed in at least once."""

    master: Master
    running: bool
    done: bool


@dataclass(frozen=True)
class Masters:
    """/masters: what is to be filled in, and for headquarters what was written."""

    offers: tuple[Offer, ...]
    own: tuple[Master, ...]
    may_write: bool


@dataclass(frozen=True)
class View:
    """A master before those who may change it. `choice`: all pages they may choose; `fills`: drafts made from it."""

    master: Master
    choice: tuple[Page, ...]
    regions: Mapping[str, str]
    fills: int

    @property
    def pages(self) -> tuple[Page, ...]:
        """The chosen ones, as far as they are there."""
        chosen = set(self.master.pages)
        return tuple(page for page in self.choice if page.code in chosen)


# --- reading ---------------------------------------------------------------------------------------------------------


async def listing(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Masters:
    """What this person can fill in, and what they may change."""
    ensure_may(actor, Action.MASTER_FILL)
    pages = tuple((await uow.campaign.pages()).values())
    usable = open_to(actor, pages)
    fitting = [master for master in await uow.masters.list_open(now) if rules.fitting(master, pages, usable)]
    fills = await uow.masters.fills_of(actor.id, (master.id for master in fitting)) if fitting else []
    offers = tuple(_offer(master, fills) for master in fitting)
    may_write = may(actor, Action.MASTER_WRITE)
    own = await uow.masters.list_own(actor.id, _scope(actor), LISTED) if may_write else []
    return Masters(offers, tuple(own), may_write)


async def written(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Masters:
    """The same for those who write them. Read-only."""
    ensure_may(actor, Action.MASTER_WRITE)
    return await listing(uow, actor, now=now)


def _offer(master: Master, fills: list[Fill]) -> Offer:
    states = {fill.state for fill in fills if fill.master_id == master.id}
    return Offer(master, FillState.RUNNING in states, FillState.DONE in states)


async def count_open(uow: UnitOfWork, actor: Actor, pages: Iterable[Page], *, now: datetime) -> int:
    """How many this person could fill in. `pages`: every page of the campaign."""
    usable = [page.code for page in open_to(actor, pages) if page.kind in KINDS]
    return await uow.masters.count_open(now, usable) if usable else 0


async def view(uow: UnitOfWork, actor: Actor, master_id: int) -> View:
    """One that the actor may change."""
    return await _view(uow, actor, await _mine(uow, actor, master_id))


# --- writing ---------------------------------------------------------------------------------------------------------


async def begin(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """The next message is the text of a new master."""
    ensure_may(actor, Action.MASTER_WRITE)
    await uow.expectations.set(actor.id, QUESTION, "master:0", now=now)


async def ask_text(uow: UnitOfWork, actor: Actor, master_id: int, version: int, *, now: datetime) -> Master:
    """The next message is this one's new text."""
    master = await _mine(uow, actor, master_id)
    rules.ensure_version(master, version, MasterState.WRITING, MasterState.OPEN)
    await uow.expectations.set(actor.id, QUESTION, master.subject, version=version, now=now)
    return master


async def write(uow: UnitOfWork, actor: Actor, master_id: int, text: str, *, now: datetime) -> View:
    """The text that was asked for. Of one that was sent it is a new wording: what was filled in before stays as it is.

    One that was closed meanwhile does not swallow the text: it becomes a new one.
    """
    ensure_may(actor, Action.MASTER_WRITE)
    parse(text)
    await uow.expectations.clear(actor.id, QUESTION)
    old = await _mine(uow, actor, master_id) if master_id else None
    if old is None or old.state not in {MasterState.WRITING, MasterState.OPEN}:
        master = await uow.masters.add(author_id=actor.id, region=actor.person.region, text=text, now=now)
    else:
        master = await uow.masters.save(replace(old, text=text), now)
    await _journal(uow, actor, "master.write", master, now, wording=master.wording)
    return await _view(uow, actor, master)


async def toggle_set(uow: UnitOfWork, actor: Actor, master_id: int, version: int, key: str, *, now: datetime) -> View:
    """All pages of a set at once, or none of them any more."""
    master = await _writing(uow, actor, master_id, version)
    sets = rules.page_sets(await _choice(uow, actor))
    found = next((one for one in sets if one.key == key), None)
    if found is None:
        raise NotFound("page")
    return await _choose(uow, actor, master, found.pages, now)


async def toggle_page(uow: UnitOfWork, actor: Actor, master_id: int, version: int, key: str, *, now: datetime) -> View:
    """One page (by its key), or no longer."""
    master = await _writing(uow, actor, master_id, version)
    page = next((page for page in await _choice(uow, actor) if page_key(page.code) == key), None)
    if page is None:
        raise NotFound("page")
    return await _choose(uow, actor, master, (page.code,), now)


async def _choose(uow: UnitOfWork, actor: Actor, master: Master, codes: tuple[str, ...], now: datetime) -> View:
    pages = rules.toggled(master.pages, codes)
    known = await uow.campaign.pages(pages)
    regions = {page.region for page in known.values()}
    region = regions.pop() if len(regions) == 1 else EVERYWHERE if regions else actor.person.region
    saved = await uow.masters.save(replace(master, pages=pages, region=region), now)
    return await _view(uow, actor, saved)


async def set_closing(
    uow: UnitOfWork, actor: Actor, master_id: int, version: int, choice: str, *, now: datetime
) -> View:
    """Until when the regions may begin to fill it in; `choice` is one of `CLOSINGS`."""
    master = await _mine(uow, actor, master_id)
    rules.ensure_version(master, version, MasterState.WRITING, MasterState.OPEN)
    if choice not in CLOSINGS:
        raise NotFound("button")
    at = rules.closing(choice, actor.person, now)
    if at is not None and at <= now:
        raise MasterChanged  # the button was drawn in the morning
    saved = await uow.masters.save(replace(master, closes_at=at), now)
    await _journal(uow, actor, "master.until", saved, now, at=at and at.isoformat())
    return await _view(uow, actor, saved)


async def send(uow: UnitOfWork, actor: Actor, master_id: int, version: int, *, now: datetime) -> View:
    """To the regions: everybody with a fitting page hears of it once, through the due task."""
    master = await _writing(uow, actor, master_id, version)
    for page in (await uow.campaign.pages(master.pages)).values():
        ensure_may(actor, Action.MASTER_WRITE, page.region)
    saved = await uow.masters.save(rules.sent(master, now), now)
    await _journal(uow, actor, "master.send", saved, now, pages=len(saved.pages))
    await uow.tasks.add(DueTask(f"{SEND}:{saved.id}", SEND, saved.subject, now, {"master": saved.id}))
    return await _view(uow, actor, saved)


async def close(uow: UnitOfWork, actor: Actor, master_id: int, version: int, *, now: datetime) -> View:
    """Nobody begins to fill it in any more; nothing is taken back."""
    master = await _mine(uow, actor, master_id)
    rules.ensure_version(master, version, MasterState.OPEN)
    saved = await uow.masters.save(replace(master, state=MasterState.CLOSED, closes_at=now), now)
    await uow.outbox.cancel(saved.subject)
    await _journal(uow, actor, "master.close", saved, now)
    return await _view(uow, actor, saved)


async def drop(uow: UnitOfWork, actor: Actor, master_id: int, version: int, *, now: datetime) -> None:
    """It is not sent after all."""
    master = await _writing(uow, actor, master_id, version)
    await uow.masters.save(replace(master, state=MasterState.DROPPED), now)
    await uow.expectations.clear(actor.id, QUESTION)
    await _journal(uow, actor, "master.drop", master, now)


# --- what follows ----------------------------------------------------------------------------------------------------


async def spread(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """One notice for everybody with a fitting page: the regions' writers, and the keepers of personal pages."""
    master = await uow.masters.get(int(task.params["master"]))
    if not master.is_open(now):
        return
    pages = [page for page in (await uow.campaign.pages(master.pages)).values() if page.kind in KINDS]
    readers = {page.keeper_id for page in pages if page.kind is PageKind.PERSONAL and page.keeper_id is not None}
    for region in sorted({page.region for page in pages if page.kind is not PageKind.PERSONAL}):
        readers |= {actor.id for actor in await uow.people.holders(ASKED, region, exactly=True)}
    await uow.outbox.add(
        *(
            Notice(
                "master.sent",
                master.subject,
                now,
                f"master.sent:{master.id}:{reader}",
                person_id=reader,
                guarantee=Guarantee.B,
                priority=Priority.DIGEST,
                params={"master": master.id},
            )
            for reader in sorted(readers - {master.author_id})
        )
    )


# --- inside ----------------------------------------------------------------------------------------------------------


def _scope(actor: Actor) -> frozenset[str]:
    return actor.regions(RULES[Action.MASTER_WRITE].roles)


async def _choice(uow: UnitOfWork, actor: Actor) -> tuple[Page, ...]:
    """Pages that a master of this person can be for, by region and network."""
    scope = _scope(actor)
    pages = [
        page
        for page in (await uow.campaign.pages()).values()
        if page.kind in KINDS and (EVERYWHERE in scope or page.region in scope)
    ]
    return tuple(sorted(pages, key=lambda p: (p.region != EVERYWHERE, p.region, p.platform.order, p.code)))


async def _mine(uow: UnitOfWork, actor: Actor, master_id: int) -> Master:
    """One the actor may change: their own, or a sent one of their regions."""
    ensure_may(actor, Action.MASTER_WRITE)
    master = await uow.masters.get(master_id)
    theirs = master.state is not MasterState.WRITING and may(actor, Action.MASTER_WRITE, master.region)
    if master.author_id != actor.id and not theirs:
        raise Forbidden(Action.MASTER_WRITE.value)
    return master


async def _writing(uow: UnitOfWork, actor: Actor, master_id: int, version: int) -> Master:
    master = await _mine(uow, actor, master_id)
    rules.ensure_version(master, version, MasterState.WRITING)
    return master


async def _view(uow: UnitOfWork, actor: Actor, master: Master) -> View:
    sent = master.sent_at is not None
    fills = await uow.masters.count_fills(master.id) if sent else 0
    names = {code: region.name for code, region in (await uow.campaign.regions()).items()}
    return View(master, await _choice(uow, actor), names, fills)


async def _journal(
    uow: UnitOfWork, actor: Actor, action: str, master: Master, now: datetime, **payload: object
) -> None:
    await uow.journal.add(
        at=now, actor=actor.number, action=action, object_=master.subject, version=master.version, payload=payload
    )
