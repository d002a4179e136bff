"""A region's group: binding it, its cards, and approving there. Who presses is a person with their own rights, as everywhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from domain.drafts import DraftState, OwnDraft, Verdict
from domain.errors import Forbidden, NotFound
from domain.lanes import Lane
from domain.likeness import Closeness
from domain.notices import CardCopy
from domain.pages import page_key
from domain.people import EVERYWHERE, Actor
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet, StoredMedia
from domain.queue import Facet, Only
from domain.readings import own_networks
from domain.rights import DECIDERS, RULES, Action, ensure_may, may
from domain.routing import who_decides
from domain.staff_chats import AskAnother, StaffChat
from domain.usecases import approvals, group_cards, undo
from domain.usecases.approvals import CardFacts, Decided
from domain.usecases.own_words import closeness

NAMED = 3
"""So many people at most are named as whom to ask: an alert has 200 characters."""


@dataclass(frozen=True)
class Place:
    """A group, or one topic of it (`thread_id` 0: none, or General)."""

    chat_id: int
    thread_id: int
    title: str


@dataclass(frozen=True)
class Offer:
    """What a place could be bound to, by the actor's rights: names by code. `bound`: what it shows now (empty: everything)."""

    regions: Mapping[str, str]
    chat: StaffChat | None
    bound: str = ""


@dataclass(frozen=True)
class GroupCard:
    """A draft's own card in a group. `seen`: the version whose text stands above; `close`: as on an approver's card."""

    sheet: DraftSheet
    seen: int
    region: str
    zone: str
    media: dict[str, StoredMedia]
    close: bool

    @property
    def can_be_approved(self) -> bool:
        """Whether the text above is all there is to know: the rest is decided on in private."""
        draft, same = self.sheet.draft, self.seen == self.sheet.draft.version
        plain = self.sheet.lane is not Lane.BOLD and not own_networks(draft, self.sheet.pages)
        return draft.state is DraftState.SUBMITTED and same and not self.close and plain


# --- binding ---------------------------------------------------------------------------------------------------------


async def names(uow: UnitOfWork, regions: Iterable[str]) -> dict[str, str]:
    """Regions by code, with what they are called (empty: the whole campaign); those that are no more are left out."""
    known, wanted = await uow.campaign.regions(), set(regions)
    every = {EVERYWHERE: ""} if EVERYWHERE in wanted else {}
    return {**every, **{code: r.name for code, r in known.items() if every or code in wanted}}


async def offer(uow: UnitOfWork, actor: Actor, place: Place) -> Offer:
    """What /bind asks. Read-only."""
    ensure_may(actor, Action.STAFF_CHAT)
    regions = await names(uow, actor.regions(RULES[Action.STAFF_CHAT].roles))
    chat = await uow.staff_chats.find_at(place.chat_id, place.thread_id)
    return Offer(regions, chat, "" if chat is None else (await _name(uow, chat.region))[0])


async def mine(uow: UnitOfWork, actor: Actor) -> list[tuple[StaffChat, str]]:
    """Every place bound to one of the actor's regions, with the region's name. Read-only."""
    ensure_may(actor, Action.STAFF_CHAT)
    regions = actor.regions(RULES[Action.STAFF_CHAT].roles)
    called = await names(uow, [EVERYWHERE])
    return [(chat, called.get(chat.region, chat.region)) for chat in await uow.staff_chats.of_regions(regions)]


async def bind(
    uow: UnitOfWork, actor: Actor, place: Place, key: str, *, quiet: tuple[time, time], now: datetime
) -> tuple[StaffChat, str]:
    """Show a region's queue (by `page_key` of its code) here from now on, in place of what was bound; heals it too."""
    region = next((code for code in [EVERYWHERE, *await uow.campaign.regions()] if page_key(code) == key), None)
    if region is None:
        raise NotFound("region")
    ensure_may(actor, Action.STAFF_CHAT, region)
    before = await uow.staff_chats.find_at(place.chat_id, place.thread_id)
    if before is not None:
        ensure_may(actor, Action.STAFF_CHAT, before.region)
    wanted = StaffChat(
        id=0,
        chat_id=place.chat_id,
        thread_id=place.thread_id,
        region=region,
        title=place.title[:128],
        language=actor.language,
        quiet_from=quiet[0],
        quiet_to=quiet[1],
        bound_by=actor.id,
        bound_at=now,
        trouble=None,
    )
    chat = await uow.staff_chats.bind(wanted)
    await uow.outbox.add(group_cards.queue_notice(chat, now, f"bound:{now.isoformat()}", anew=True))
    await _journal(uow, actor, "staff_chat.bound", chat, now)
    return chat, (await _name(uow, region))[0]


async def unbind(uow: UnitOfWork, actor: Actor, place: Place, *, now: datetime) -> tuple[str, list[int]] | None:
    """Show nothing here any more: the region's name and the messages to delete. None: nothing was bound."""
    ensure_may(actor, Action.STAFF_CHAT)
    chat = await uow.staff_chats.find_at(place.chat_id, place.thread_id)
    if chat is None:
        return None
    ensure_may(actor, Action.STAFF_CHAT, chat.region)
    gone = await group_cards.forget(uow, chat)
    await uow.staff_chats.remove(chat.id)
    await _journal(uow, actor, "staff_chat.unbound", chat, now)
    return (await _name(uow, chat.region))[0], [n for copy in gone for n in (*copy.content_ids, copy.message_id)]


# --- deep links ------------------------------------------------------------------------------------------------------


async def open_queue(uow: UnitOfWork, actor: Actor, wanted: str, *, now: datetime) -> None:
    """Narrow the actor's queue down to a region, by its code or the key of it; empty: to nothing."""
    if not wanted:
        ensure_may(actor, Action.QUEUE)
        await uow.queue.set(actor.id, None)
        return
    known = await uow.campaign.regions()
    region = known.get(wanted) or next((r for r in known.values() if page_key(r.code) == wanted), None)
    if region is None:
        raise NotFound("region")
    if not may(actor, Action.DRAFT_DECIDE, region.code):
        raise AskAnother(Action.QUEUE, region.name, await _who(uow, region.code, now))
    await uow.queue.set(actor.id, Only(Facet.REGION, region.code))


async def open_card(uow: UnitOfWork, actor: Actor, draft_id: int, *, now: datetime) -> CardFacts:
    """An approver's own card of a draft, as of now. Read-only."""
    try:
        return await approvals.card(uow, actor, draft_id, now=now)
    except Forbidden as error:
        raise await _others(uow, actor, draft_id, now) from error


# --- deciding in the group -------------------------------------------------------------------------------------------


async def approve(
    uow: UnitOfWork, actor: Actor, draft_id: int, version: int, *, undo_seconds: float, now: datetime
) -> Decided:
    """The same decision as in private, on exactly this version; whoever may not decide is told whom to ask."""
    try:
        return await approvals.decide(
            uow, actor, draft_id, version, Verdict.APPROVE, undo_seconds=undo_seconds, now=now
        )
    except (Forbidden, OwnDraft) as error:
        raise await _others(uow, actor, draft_id, now, own=isinstance(error, OwnDraft)) from error


async def take_back(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, *, now: datetime) -> None:
    """[Undo] in the group: only whoever decided, as in private."""
    try:
        await undo.undo(uow, actor, draft_id, version, now=now)
    except Forbidden as error:
        raise await _others(uow, actor, draft_id, now) from error


async def card(uow: UnitOfWork, chat: StaffChat, draft_id: int, seen: int | None, *, now: datetime) -> GroupCard:
    """A draft's own card as of now. Read-only."""
    sheet = await uow.drafts.get_sheet(draft_id)
    name, _ = await _name(uow, sheet.draft.region)
    _, zone = await _name(uow, chat.region)
    return GroupCard(
        sheet,
        sheet.draft.version if seen is None else seen,
        name,
        zone,
        await uow.media.get_many(m.sha256 for m in sheet.draft.media),
        await closeness(uow, sheet.draft, sheet.pages, now) is not Closeness.OWN,
    )


async def queue(uow: UnitOfWork, chat: StaffChat) -> tuple[int, datetime | None, str, str]:
    """What the queue card says: how many wait, since when the oldest, the region's name and its zone. Read-only."""
    count, oldest = await uow.drafts.count_waiting([chat.region])
    return count, oldest, *await _name(uow, chat.region)


async def card_at(uow: UnitOfWork, chat_id: int, message_id: int) -> tuple[StaffChat, CardCopy] | None:
    """Which card a message is, and what is bound there; None: neither, any more. Read-only."""
    copy = await uow.cards.find(chat_id, message_id)
    chats = await uow.staff_chats.of_chat(chat_id)
    return None if copy is None or not chats else (chats[0], copy)


# --- inside ----------------------------------------------------------------------------------------------------------


async def _name(uow: UnitOfWork, region: str) -> tuple[str, str]:
    """Name (empty: the whole campaign) and zone of a region."""
    found = (await uow.campaign.regions()).get(region)
    if found is not None:
        return found.name, found.zone
    campaign = await uow.campaign.find_campaign()
    return "" if region == EVERYWHERE else region, "UTC" if campaign is None else campaign.zone


async def _others(uow: UnitOfWork, actor: Actor, draft_id: int, now: datetime, *, own: bool = False) -> AskAnother:
    draft = await uow.drafts.get(draft_id)
    name, _ = await _name(uow, draft.region)
    return AskAnother(Action.DRAFT_DECIDE, name, await _who(uow, draft.region, now, actor.id, draft.author_id), own)


async def _who(uow: UnitOfWork, region: str, now: datetime, besides: int = 0, author: int = 0) -> tuple[str, ...]:
    """Whom to ask there."""
    holders = [holder for holder in await uow.people.holders(DECIDERS, region) if holder.id != besides]
    asked = who_decides(region, holders, author, absent=await uow.away.absent(now))
    return tuple(actor.person.name for actor in asked[:NAMED])


async def _journal(uow: UnitOfWork, actor: Actor, action: str, chat: StaffChat, now: datetime) -> None:
    await uow.journal.add(
        at=now, actor=actor.number, action=action, object_=chat.subject, payload={"region": chat.region}
    )
