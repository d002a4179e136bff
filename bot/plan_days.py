"""The days of a plan file: the example moved to days that lie ahead, and what to say of a campaign that does not run."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.config import ConfigError
from bot.plan_file import PlanError, parse_plan
from domain.targets import Campaign

EXAMPLE = Path(__file__).parents[1] / "examples" / "two-month-campaign.toml"
EXAMPLE_IMPRINTS = EXAMPLE.with_name("imprints.toml")
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}")


def write_example(to: Path, starts: date, imprints: Path | None = None) -> Campaign:
    """The example as a plan file of one's own that begins on `starts`, and that of imprint rules; never over a file that is there."""
    text = EXAMPLE.read_text("utf-8")
    texts = {to: moved(text, starts)}
    if imprints is not None:
        texts[imprints] = _shifted(EXAMPLE_IMPRINTS.read_text("utf-8"), starts - _campaign(text).starts)
    for path in texts:
        if path.exists():
            raise ConfigError(f"{path}: is there already; name another file")
    for path, written in texts.items():
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(written)
        except OSError as error:
            raise ConfigError(f"{path}: {error.strerror}") from None
    return _campaign(texts[to])


def moved(plan: str, starts: date) -> str:
    """The plan's text with all its days, those in comments too, as far from `starts` as they were from its own."""
    return _shifted(plan, starts - _campaign(plan).starts)


def _shifted(text: str, by: timedelta) -> str:
    return _DAY.sub(lambda day: (date.fromisoformat(day[0]) + by).isoformat(), text)


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
