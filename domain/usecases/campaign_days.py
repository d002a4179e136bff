"""Headquarters' own date, and whether it is one of the campaign's days: on all others nothing is planned, and screens say why."""

from datetime import UTC, date, datetime

from domain.ports import UnitOfWork
from domain.targets import Campaign


def local_today(campaign: Campaign | None, now: datetime) -> date:
    """Headquarters' date; UTC's without a plan."""
    return now.astimezone(UTC).date() if campaign is None else campaign.today(now)


async def today_of(uow: UnitOfWork, now: datetime) -> date:
    """See `local_today`."""
    return local_today(await uow.campaign.find_campaign(), now)


async def not_running(uow: UnitOfWork, now: datetime) -> Campaign | None:
    """See `unless_running`."""
    return unless_running(await uow.campaign.find_campaign(), now)


def unless_running(campaign: Campaign | None, now: datetime) -> Campaign | None:
    """The campaign while headquarters' date is none of its days; None while it runs, and without a plan."""
    return None if campaign is None or campaign.covers(campaign.today(now)) else campaign
