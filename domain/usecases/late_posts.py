"""Late posts as press secretaries hear of them: what turns late within minutes is one message, edited in place."""

from datetime import UTC, datetime, timedelta

from domain import planning
from domain.notices import CardCopy, Notice, Priority, redrawn
from domain.people import Actor, Person
from domain.plan import Slot
from domain.ports import UnitOfWork
from domain.ports.plan import SlotView
from domain.rights import DECIDERS
from domain.routing import who_decides

PURPOSE = "late"
"""Of the message's copy; its subject is "late:" and the quarter of an hour in which it was due."""
_QUARTER = 15 * 60
_LONGEST_QUIET = timedelta(hours=24)


def subject(person: Person, alerted_at: datetime) -> str:
    """Of the message that names a post which was late then, for this reader: quiet hours put a night's posts into one."""
    return f"{PURPOSE}:{int(planning.outside_quiet(person, alerted_at).timestamp()) // _QUARTER}"


async def together(uow: UnitOfWork, actor: Actor, about: str) -> list[SlotView]:
    """The posts of one message of a reader, by moment, however they stand now. Read-only."""
    ends = datetime.fromtimestamp((int(about.partition(":")[2]) + 1) * _QUARTER, tz=UTC)
    found = await uow.reminders.alerted_between(ends - timedelta(seconds=_QUARTER) - _LONGEST_QUIET, ends)
    views = [view for view, at in found if subject(actor.person, at) == about]
    mine = {
        region
        for region in {view.region for view in views}
        if any(one.id == actor.id for one in await _press(uow, region))
    }
    return [view for view in views if view.region in mine]


async def alert(uow: UnitOfWork, slot: Slot, now: datetime) -> None:
    """Press secretaries are about to be told: what they heard of this post before (no substitute) gives way to it."""
    await uow.reminders.alert(slot.id, now)
    for copy in await uow.cards.of_subject(slot.subject, "slot"):
        await uow.outbox.add(_redraw(slot, copy, now, "late"))


async def redraw(uow: UnitOfWork, slot: Slot, now: datetime) -> None:
    """The messages that name this post show how it stands now."""
    alerted_at = await uow.reminders.alerted_at(slot.id) if slot.at < now else None
    if alerted_at is None:
        return
    page = await uow.campaign.get_page(slot.page)
    for actor in await _press(uow, page.region):
        for copy in await uow.cards.of_person(actor.id, PURPOSE, subject(actor.person, alerted_at)):
            await uow.outbox.add(_redraw(slot, copy, now))


def _redraw(slot: Slot, copy: CardCopy, now: datetime, gives_way_to: str = "") -> Notice:
    mark, gone = f"{slot.id}:{slot.version}{gives_way_to}", bool(gives_way_to)
    return redrawn("slot.redraw", copy, mark, now, {"slot": slot.id, "gone": gone}, priority=Priority.DIGEST)


async def _press(uow: UnitOfWork, region: str) -> list[Actor]:
    return who_decides(region, await uow.people.holders(DECIDERS, region), author_id=0)
