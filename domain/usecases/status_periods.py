"""How a period went, for all of a reader's regions, one region or one page, beside the period before."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from domain.errors import Forbidden, NotFound
from domain.figures import sees
from domain.pages import page_key
from domain.people import EVERYWHERE, Actor
from domain.ports import UnitOfWork
from domain.rights import Action
from domain.status_periods import Period, PeriodView, Place, Span, Stretch, Tally, spans
from domain.targets import Campaign
from domain.usecases.calendar import moment
from domain.usecases.campaign_days import local_today
from domain.usecases.status import scope_of


async def view(uow: UnitOfWork, actor: Actor, period: Period, place: Place, *, now: datetime) -> PeriodView:
    """A period that ends now, as the buttons name it."""
    campaign = await uow.campaign.find_campaign()
    today = local_today(campaign, now)
    here, before = spans(period, today, campaign.starts if campaign else today)
    return await of_spans(uow, actor, here, before, place, period=period, now=now)


async def of_spans(
    uow: UnitOfWork,
    actor: Actor,
    here: Span,
    before: Span | None,
    place: Place,
    *,
    period: Period | None = None,
    now: datetime,
) -> PeriodView:
    """Two stretches side by side, within the reader's regions. A page's and a region's rights are the reader's own."""
    scope = scope_of(actor)
    names = await _names(uow, scope, place)
    campaign = await uow.campaign.find_campaign()
    both = here if before is None else Span(min(here.first, before.first), max(here.last, before.last))
    days = await uow.periods.days(scope, place, both)
    now_ = await _stretch(uow, scope, here, place, days, campaign, now)
    ahead = await uow.periods.ahead(scope, place, here, now)
    now_ = replace(now_, tally=replace(now_.tally, ahead=ahead))
    then = None if before is None else await _stretch(uow, scope, before, place, days, campaign, now)
    shown = {day: tally for day, tally in days.items() if here.holds(day)}
    return PeriodView(now, actor.person.zone, period, place, names, now_, then, shown)


async def _names(uow: UnitOfWork, scope: frozenset[str], place: Place) -> tuple[str, ...]:
    """What the screen calls the place; raises Forbidden when it lies outside of the reader's regions."""
    if place.page:
        page = await uow.campaign.get_page(place.page)
        if not sees(scope, page):
            raise Forbidden(Action.STATUS.value)
        return (page.title,)
    regions = await uow.campaign.regions()
    if place.region:
        if EVERYWHERE not in scope and place.region not in scope:
            raise Forbidden(Action.STATUS.value)
        return (regions[place.region].name if place.region in regions else "",)
    return () if EVERYWHERE in scope else tuple(one.name for one in regions.values() if one.code in scope)


async def _stretch(
    uow: UnitOfWork,
    scope: frozenset[str],
    span: Span,
    place: Place,
    days: dict[date, Tally],
    campaign: Campaign | None,
    now: datetime,
) -> Stretch:
    tally = sum((found for day, found in days.items() if span.holds(day)), Tally())
    growth = await uow.periods.growth(scope, place, span)
    if place.page:
        return Stretch(span, tally, growth)
    zone = campaign.zone if campaign else "UTC"
    since = moment(span.first, time(), zone)
    until = moment(span.last + timedelta(days=1), time(), zone)
    regions = {place.region} if place.region and place.region != EVERYWHERE else scope
    promised = None
    if place.region != EVERYWHERE:  # the campaign's own pages have no commitments of their own
        today = local_today(campaign, now)
        promised = await uow.commitments.summary((span.first, span.last), regions, today)
    return Stretch(span, tally, growth, await uow.periods.deciding(scope, place, since, until), promised)


async def page_by_key(uow: UnitOfWork, actor: Actor, key: str) -> Place:
    """The page that a button names by its short key. Raises NotFound."""
    scope = scope_of(actor)
    for page in (await uow.campaign.pages(inactive=True)).values():
        if page_key(page.code) == key and sees(scope, page):
            return Place(page=page.code)
    raise NotFound("page")
