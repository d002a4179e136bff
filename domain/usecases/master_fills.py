"""The regions fill a master in: one question after the other, a photo, a look, handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain import masters as rules
from domain.drafts import Draft, DraftState, MediaRef
from domain.errors import Forbidden
from domain.masters import BadAnswer, Fill, FillState, Master, MasterChanged, MasterClosed
from domain.pages import Page, PageKind, open_to, page_key
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.ports.drafts import StoredMedia
from domain.rights import Action, ensure_may
from domain.usecases import drafts
from domain.usecases.team import names_of_regions
from domain.wordings import Wording, parse
from domain.worktime import USUAL, WorkRules

QUESTION = "master.fill"
"""The expectation: the next message answers the open question of `fill:N`."""


@dataclass(frozen=True)
class Target:
    """For which pages somebody can fill a master in: those of one region, or one page of their own (`page`)."""

    region: str
    page: str
    pages: tuple[Page, ...]

    @property
    def key(self) -> str:
        return page_key(self.page or self.region)


@dataclass(frozen=True)
class Choice:
    """A master before somebody who may fill it in. `running`: the keys of the targets that are begun."""

    master: Master
    targets: tuple[Target, ...]
    regions: Mapping[str, str]
    running: frozenset[str]
    open: bool


@dataclass(frozen=True)
class FillView:
    """Somebody's way through the questions. `text`: the wording that is filled in; `newest`: whether it is the current one."""

    fill: Fill
    text: str
    newest: bool
    pages: tuple[Page, ...]
    regions: Mapping[str, str]
    stored: Mapping[str, StoredMedia]

    @property
    def wording(self) -> Wording:
        return parse(self.text)

    @property
    def asked(self) -> tuple[str, ...]:
        return rules.questions(self.wording, own=self.fill.own)

    @property
    def wants_photo(self) -> bool:
        return self.fill.step == len(self.asked)

    @property
    def ready(self) -> bool:
        return self.fill.step > len(self.asked)

    @property
    def draft(self) -> Draft:
        """What handing in would make of it, once everything is answered; it is not stored yet."""
        fill = self.fill
        text, fills = rules.result(fill, self.wording)
        return Draft(
            id=0,
            author_id=fill.person_id,
            region=fill.region,
            state=DraftState.WRITING,
            version=1,
            text=text,
            media=fill.media,
            pages=tuple(page.code for page in self.pages),
            source="",
            updated_at=fill.updated_at,
            submitted_at=None,
            decide_by=None,
            fills=fills,
            master_id=fill.master_id,
        )


# --- reading ---------------------------------------------------------------------------------------------------------


async def choose(uow: UnitOfWork, actor: Actor, master_id: int, *, now: datetime) -> Choice:
    """What the person can fill it in for; Forbidden when it is for no page of theirs."""
    ensure_may(actor, Action.MASTER_FILL)
    master = await uow.masters.get(master_id)
    targets = await _targets(uow, actor, master)
    if not targets or master.sent_at is None:
        raise Forbidden(Action.MASTER_FILL.value)
    fills = await uow.masters.fills_of(actor.id, [master.id])
    begun = {(fill.region, fill.page) for fill in fills if fill.state is FillState.RUNNING}
    running = frozenset(target.key for target in targets if (target.region, target.page) in begun)
    return Choice(master, targets, await names_of_regions(uow), running, master.is_open(now))


async def view(uow: UnitOfWork, actor: Actor, fill_id: int) -> FillView:
    """One's own."""
    return await _view(uow, actor, await _own(uow, actor, fill_id))


# --- one step after the other ----------------------------------------------------------------------------------------


async def begin(uow: UnitOfWork, actor: Actor, master_id: int, key: str, *, now: datetime) -> FillView:
    """From the first question, or from where they left it; `MasterClosed` when it is over and was not begun."""
    ensure_may(actor, Action.MASTER_FILL)
    master = await uow.masters.get(master_id)
    target = next((one for one in await _targets(uow, actor, master) if one.key == key), None)
    if target is None:
        raise Forbidden(Action.MASTER_FILL.value)
    fill = await uow.masters.find_running(master.id, actor.id, target.region, target.page)
    if fill is None:
        if not master.is_open(now):
            raise MasterClosed
        fill = await uow.masters.add_fill(
            master=master, person_id=actor.id, region=target.region, page=target.page, now=now
        )
    return await _ask(uow, actor, fill, now)


async def answer(uow: UnitOfWork, actor: Actor, fill_id: int, text: str, *, now: datetime) -> FillView:
    """The open question answered; `BadAnswer` says what is wrong and the question stays open."""
    fill = await _running(uow, actor, fill_id)
    shown = await _view(uow, actor, fill)
    if shown.wants_photo or shown.ready:
        raise BadAnswer("photo")
    return await _keep(uow, actor, rules.answered(fill, text, now), now)


async def photo(
    uow: UnitOfWork, actor: Actor, fill_id: int, media: tuple[MediaRef, ...], album: str, *, now: datetime
) -> FillView:
    """Their own photo, once every question is answered; later ones take its place."""
    fill = await _running(uow, actor, fill_id)
    shown = await _view(uow, actor, fill)
    if not (shown.wants_photo or shown.ready):
        raise BadAnswer("words")
    return await _keep(uow, actor, rules.with_photo(fill, media, album, len(shown.asked), now), now)


async def back(uow: UnitOfWork, actor: Actor, fill_id: int, version: int, *, now: datetime) -> FillView:
    """To the question before; nothing is forgotten."""
    fill = await _running(uow, actor, fill_id, version)
    return await _keep(uow, actor, rules.gone_back(fill, now), now)


async def keep(uow: UnitOfWork, actor: Actor, fill_id: int, version: int, *, now: datetime) -> FillView:
    """On with what was answered before, or without a photo when there is none."""
    fill = await _running(uow, actor, fill_id, version)
    asked = len((await _view(uow, actor, fill)).asked)
    return await _keep(uow, actor, rules.kept(fill, asked, now), now)


async def without_photo(uow: UnitOfWork, actor: Actor, fill_id: int, version: int, *, now: datetime) -> FillView:
    """The photo is taken out again."""
    fill = await _running(uow, actor, fill_id, version)
    asked = len((await _view(uow, actor, fill)).asked)
    return await _keep(uow, actor, rules.kept(replace(fill, media=(), album=""), asked, now), now)


async def redo(uow: UnitOfWork, actor: Actor, fill_id: int, version: int, *, now: datetime) -> FillView:
    """The first question again; every answer is kept until another takes its place."""
    fill = await _running(uow, actor, fill_id, version)
    return await _keep(uow, actor, rules.from_start(fill, now), now)


async def anew(uow: UnitOfWork, actor: Actor, fill_id: int, version: int, *, now: datetime) -> FillView:
    """From the first question, with the master's current wording."""
    fill = await _running(uow, actor, fill_id, version)
    master = await uow.masters.get(fill.master_id)
    fresh = replace(fill, wording=master.wording, step=0, answers=(), updated_at=now)
    return await _keep(uow, actor, fresh, now)


async def hand_in(
    uow: UnitOfWork,
    actor: Actor,
    fill_id: int,
    version: int,
    *,
    hours: float,
    work: WorkRules = USUAL,
    sure: bool = False,
    submit: bool = True,
    now: datetime,
) -> drafts.Panel:
    """An ordinary draft with what was filled in, handed in as any other; without `submit` it only becomes a draft.

    A refusal (too long for a network, close to another person's text) leaves the answers as they are.
    """
    fill = await _running(uow, actor, fill_id, version)
    shown = await _view(uow, actor, fill)
    if not shown.ready:
        raise MasterChanged
    made = shown.draft
    draft = await uow.drafts.add(
        author_id=actor.id,
        region=made.region,
        text=made.text,
        media=made.media,
        source="",
        message_id=None,
        album="",
        now=now,
        fills=made.fills,
        master_id=made.master_id,
    )
    for page in shown.pages:
        await uow.drafts.set_page(draft.id, page.code, chosen=True)
    await uow.journal.add(
        at=now, actor=actor.number, action=Action.MASTER_FILL.value, object_=draft.subject, version=draft.version
    )
    await uow.masters.save_fill(replace(fill, state=FillState.DONE, draft_id=draft.id, updated_at=now))
    await uow.expectations.clear(actor.id, QUESTION)
    if not submit:
        return await drafts.panel(uow, actor, draft.id)
    return await drafts.submit(uow, actor, draft.id, draft.version, hours=hours, work=work, sure=sure, now=now)


# --- inside ----------------------------------------------------------------------------------------------------------


async def _targets(uow: UnitOfWork, actor: Actor, master: Master) -> tuple[Target, ...]:
    """By region in the order of the person's pages; their own pages last."""
    pages = list((await uow.campaign.pages()).values())
    fitting = rules.fitting(master, pages, open_to(actor, pages))
    shared = [page for page in fitting if page.kind is not PageKind.PERSONAL]
    regions = dict.fromkeys(page.region for page in shared)
    targets = [Target(region, "", tuple(p for p in shared if p.region == region)) for region in regions]
    own = [page for page in fitting if page.kind is PageKind.PERSONAL]
    return (*targets, *(Target(page.region, page.code, (page,)) for page in own))


async def _own(uow: UnitOfWork, actor: Actor, fill_id: int) -> Fill:
    ensure_may(actor, Action.MASTER_FILL)
    fill = await uow.masters.get_fill(fill_id)
    if fill.person_id != actor.id:
        raise Forbidden(Action.MASTER_FILL.value)
    return fill


async def _running(uow: UnitOfWork, actor: Actor, fill_id: int, version: int | None = None) -> Fill:
    fill = await _own(uow, actor, fill_id)
    if fill.state is not FillState.RUNNING or (version is not None and fill.version != version):
        raise MasterChanged
    return fill


async def _keep(uow: UnitOfWork, actor: Actor, changed: Fill, now: datetime) -> FillView:
    return await _ask(uow, actor, await uow.masters.save_fill(changed), now)


async def _ask(uow: UnitOfWork, actor: Actor, fill: Fill, now: datetime) -> FillView:
    await uow.expectations.set(actor.id, QUESTION, fill.subject, version=fill.version, now=now)
    return await _view(uow, actor, fill)


async def _view(uow: UnitOfWork, actor: Actor, fill: Fill) -> FillView:
    master = await uow.masters.get(fill.master_id)
    targets = await _targets(uow, actor, master)
    pages = next((t.pages for t in targets if (t.region, t.page) == (fill.region, fill.page)), ())
    newest = master.wording == fill.wording
    text = master.text if newest else await uow.masters.wording(master.id, fill.wording)
    stored = await uow.media.get_many(file.sha256 for file in fill.media) if fill.media else {}
    return FillView(fill, text, newest, pages, await names_of_regions(uow), stored)
