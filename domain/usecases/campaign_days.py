"""Whether today is one of the campaign's days: on all others nothing is planned, and screens must say why."""

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.ports import UnitOfWork
from domain.targets import Campaign


async def not_running(uow: UnitOfWork, now: datetime) -> Campaign | None:
    """The campaign while headquarters' date is none of its days; None while it runs, and without a plan."""
    campaign = await uow.campaign.find_campaign()
    return campaign if campaign is not None and is_outside(campaign, now) else None


def is_outside(campaign: Campaign, now: datetime) -> bool:
    """Whether it has not begun or is over, by headquarters' own date."""
    return not campaign.covers(now.astimezone(ZoneInfo(campaign.zone)).date())
