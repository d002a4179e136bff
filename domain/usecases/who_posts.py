"""Who could post what nobody is there for: for whoever looks after the page."""

from dataclasses import dataclass
from datetime import datetime

from domain.availability import Availability
from domain.day_plan_people import Candidate, candidate, in_order
from domain.errors import NotFound
from domain.pages import Page, page_key
from domain.people import Actor
from domain.plan import EmptyReason
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import SlotView
from domain.rights import Action, ensure_may
from domain.usecases.staffing import Crew

_AHEAD = 20


@dataclass(frozen=True)
class WhoPosts:
    """`slot`: the next one without anybody, else the next one at all; None: nothing is planned ahead.

    `people`: everybody who may post on the page, those who could have it first.
    """

    page: Page
    slot: SlotView | None
    people: tuple[Candidate, ...]


async def look(uow: UnitOfWork, actor: Actor, key: str, *, now: datetime, rules: PlanRules) -> WhoPosts:
    """`key`: `page_key` of the page. Read-only."""
    page = next((one for one in (await uow.campaign.pages()).values() if page_key(one.code) == key), None)
    if page is None:
        raise NotFound("page")
    ensure_may(actor, Action.PAGE_MANAGE, page.region)
    ahead = await uow.plan.next_slots(page.code, now, _AHEAD)
    lacking = (one for one in ahead if one.slot.empty_reason is EmptyReason.NO_PERSON)
    view = next(lacking, ahead[0] if ahead else None)
    if view is None:
        return WhoPosts(page, None, ())
    crew = await Crew.load(uow, [page], now, rules)
    people = crew.by_page[page.code]
    declared = await uow.availability.of([person.id for person in people])
    found = (
        candidate(
            person,
            view.slot,
            crew.asked.get(person.id, ()),
            declared.get(person.id) or Availability(person.id),
            crew.away.get(person.id),
            rules.person_daily_cap,
            now,
        )
        for person in people
    )
    return WhoPosts(page, view, in_order(found))
