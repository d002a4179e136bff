"""Working hours as configured, with the public holidays of the campaign's country."""

from collections.abc import Callable
from datetime import date

from bot.config_campaign import WEEKDAYS, Approvals
from domain.worktime import WorkRules


def work_rules(settings: Approvals) -> WorkRules:
    """The hours in which those who decide are counted on and reminded."""
    days = frozenset(WEEKDAYS.index(day) for day in settings.workdays)
    if not settings.country:
        return WorkRules(settings.work_from, settings.work_to, days)
    return WorkRules(settings.work_from, settings.work_to, days, _holidays(settings.country))


def _holidays(country: str) -> Callable[[date], bool]:
    import holidays  # here, since only a running headquarters needs it

    known = holidays.country_holidays(country)
    return lambda day: day in known
