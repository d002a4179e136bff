"""The days of a plan file: the example moved to days that lie ahead, and what to say of a campaign that does not run."""

import re
from datetime import date, datetime
from pathlib import Path

from bot.config import ConfigError
from bot.plan_file import PlanError, parse_plan
from domain.targets import Campaign

EXAMPLE = Path(__file__).parents[1] / "examples" / "two-month-campaign.toml"
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}")


def write_example(to: Path, starts: date) -> Campaign:
    """The example as a plan file of one's own that begins on `starts`; never over a file that is there."""
    text = moved(EXAMPLE.read_text("utf-8"), starts)
    try:
        with to.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ConfigError(f"{to}: is there already; name another file") from None
    except OSError as error:
        raise ConfigError(f"{to}: {error.strerror}") from None
    return _campaign(text)


def moved(plan: str, starts: date) -> str:
    """The plan's text with all its days, those in comments too, as far from `starts` as they were from its own."""
    by = starts - _campaign(plan).starts
    return _DAY.sub(lambda day: (date.fromisoformat(day[0]) + by).isoformat(), plan)


def _campaign(plan: str) -> Campaign:
    found = parse_plan(plan).campaign
    if found is None:
        raise PlanError("campaign: is missing")
    return found


def outside(campaign: Campaign, now: datetime) -> str:
    """Why nothing is planned today, by headquarters' clock; empty while the campaign runs."""
    today = campaign.today(now)
    if campaign.covers(today):
        return ""
    if today < campaign.starts:
        days = (campaign.starts - today).days
        return f"it begins on {campaign.starts}, in {days} day{'s' * (days > 1)}: there are no posts before that"
    return (
        f"it ended on {campaign.ends}: no posts are planned any more. For a new campaign set starts, phase_end, ends and the"
        " days of targets and silences in the plan file, and load it (hq plan new FILE writes an example with days ahead)"
    )
