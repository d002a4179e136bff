"""One line when today is none of the campaign's days: else an empty plan would have no reason."""

from datetime import datetime

from markupsafe import Markup

from domain.targets import Campaign
from texts.words import Words


def not_running(campaign: Campaign, now: datetime, w: Words) -> Markup:
    """When it begins, or when it ended."""
    if campaign.today(now) < campaign.starts:
        return w("🕐 The campaign begins on {day}: there are no posts before that.", day=w.full_day(campaign.starts))
    return w("🕐 The campaign ended on {day}: no more posts are planned.", day=w.full_day(campaign.ends))
