"""Calendar feeds: a secret address of one's own posts or of a region's plan, made, made anew and revoked by its person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain import feeds as rules
from domain.errors import NotFound
from domain.feeds import AHEAD, BACK, OWN, Event, Feed, FeedChanged, is_shown
from domain.pages import page_key
from domain.people import EVERYWHERE, Actor, Person
from domain.ports import UnitOfWork
from domain.rights import RULES, Action, ensure_may, may


@dataclass(frozen=True)
class FeedView:
    """One feed that the reader has or could have. `name`: the region's, empty for their own posts and for the whole campaign."""

    region: str
    name: str
    feed: Feed | None


# --- reading ---------------------------------------------------------------------------------------------------------


async def look(uow: UnitOfWork, actor: Actor) -> list[FeedView]:
    """Their own, then the regions whose plan they may see. Read-only."""
    ensure_may(actor, Action.FEED)
    have = {feed.region: feed for feed in await uow.feeds.of_person(actor.id)}
    held = actor.regions(RULES[Action.FEED_REGION].roles)
    regions = {code: one.name for code, one in (await uow.campaign.regions()).items()} if held else {}
    shown = {code: name for code, name in regions.items() if held & {code, EVERYWHERE}}
    if EVERYWHERE in held:
        shown[EVERYWHERE] = ""
    by_name = sorted(shown.items(), key=lambda one: one[1])
    return [FeedView(code, name, have.get(code)) for code, name in [(OWN, ""), *by_name]]


async def of_regions(uow: UnitOfWork, actor: Actor) -> list[FeedView]:
    """The same for whoever may see some region's plan. Read-only."""
    ensure_may(actor, Action.FEED_REGION)
    return await look(uow, actor)


async def see(uow: UnitOfWork, actor: Actor, key: str) -> FeedView:
    """One of them; `key`: empty for their own, else the region's key."""
    found = next((view for view in await look(uow, actor) if key_of(view.region) == key), None)
    if found is None:
        raise NotFound("region")
    return found


def key_of(region: str) -> str:
    """What a button carries."""
    return page_key(region) if region else ""


# --- writing ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    """A new address; `token` exists only here and in it."""

    view: FeedView
    token: str


async def make(uow: UnitOfWork, actor: Actor, key: str, seen: int, *, now: datetime) -> Made:
    """A new address, in the place of the one there was. `seen`: that one's id (0: none); `FeedChanged` when it is another by now."""
    view = await see(uow, actor, key)
    if (view.feed.id if view.feed else 0) != seen:
        raise FeedChanged
    token = rules.fresh_token()
    made = await uow.feeds.put(actor.id, view.region, rules.digest(token), now)
    await _journal(uow, actor, "feed.made", view.region, now)
    return Made(FeedView(view.region, view.name, made), token)


async def revoke(uow: UnitOfWork, actor: Actor, key: str, seen: int, *, now: datetime) -> FeedView:
    """The address shows nothing from now on; done already, nothing follows."""
    view = await see(uow, actor, key)
    if await uow.feeds.remove(seen, actor.id):
        await _journal(uow, actor, "feed.revoked", view.region, now)
    return await see(uow, actor, key)


async def _journal(uow: UnitOfWork, actor: Actor, action: str, region: str, now: datetime) -> None:
    await uow.journal.add(
        at=now, actor=actor.number, action=action, object_=f"person:{actor.id}", payload={"region": region}
    )


# --- served ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Served:
    """What an address shows. `name`: of the region, empty for the person's own posts and for the whole campaign."""

    person: Person
    region: str
    name: str
    events: Sequence[Event]


async def serve(uow: UnitOfWork, token_hash: str, *, now: datetime) -> Served | None:
    """None: no such address, or its person may not see it (any more): suspended, gone, or without a role there. Read-only."""
    feed = await uow.feeds.find(token_hash)
    actor = None if feed is None else await uow.people.find_actor_by_person(feed.person_id)
    if feed is None or actor is None:
        return None
    start, end = now - BACK, now + AHEAD
    if feed.region == OWN:
        if not may(actor, Action.FEED):
            return None
        events, name = await uow.feeds.events_of_person(actor.id, start, end), ""
    else:
        if not may(actor, Action.FEED_REGION, feed.region):
            return None
        events = await uow.feeds.events_of_region(feed.region, start, end)
        known = (await uow.campaign.regions()).get(feed.region)
        name = known.name if known else ""
    return Served(actor.person, feed.region, name, [event for event in events if is_shown(event, now)])
