"""Summaries that come by themselves: which ones, and at what hour."""

from collections.abc import Sequence
from datetime import datetime, time

from domain.status import Seen
from handlers.screens.base import Row, Screen, grid, lines, paragraphs
from handlers.screens.status import back_to_top, go
from texts.words import Words

HOURS = tuple(time(hour) for hour in (7, 8, 9, 10, 12, 15, 18, 19, 20, 21, 22, 23))
NAMES = ("daily", "weekly", "monthly")
"""In the order of the numbers in buttons: those are a contract."""


def _names(w: Words) -> Sequence[str]:
    return (w.plain("Every day"), w.plain("Mondays"), w.plain("On the 1st"))


def digests(seen: Seen, zone: str, now: datetime, w: Words) -> Screen:
    """What comes and when."""
    hours = (seen.daily_at, seen.weekly_at, seen.monthly_at)
    told = lines(
        w("<b>Summaries that come to you</b>"),
        w("Every day: how it stands now. On Mondays: the week that ended. On the 1st: the month that ended."),
        w("When nothing happened, nothing comes."),
    )
    note = w("Your time: {zone}", zone=w.zone_name(zone, now))
    rows: list[Row] = [
        (go(f"{name} · {at:%H:%M}" if at else w.plain("{name} · off", name=name), "hours", n=n),)
        for n, (name, at) in enumerate(zip(_names(w), hours, strict=True))
    ]
    picture = w.plain("With a chart: yes") if seen.pictured else w.plain("With a chart: no")
    return Screen(paragraphs(told, note), (*rows, (go(picture, "pic", n=int(not seen.pictured)),), back_to_top(w)))


def hours(which: int, current: time | None, zone: str, now: datetime, w: Words, due: datetime | None = None) -> Screen:
    """The hour of one of them. `due`: the next one, when the hour was chosen just now."""
    asked = (
        w("When shall the summary come every day?"),
        w("When shall the summary of the week come on Mondays?"),
        w("When shall the summary of the month come on the 1st?"),
    )[which]
    changed = w("✅ Done. The next one comes {when}.", when=w.moment(due, zone, now)) if due else None
    note = w("Your time: {zone}", zone=w.zone_name(zone, now))
    chosen = [go(f"{'● ' if at == current else ''}{at:%H:%M}", "set", f"{at:%H%M}", which) for at in HOURS]
    off = ((go(w.plain("Stop sending it"), "off", n=which),),) if current else ()
    back: Row = (go(w.plain("‹ Back"), "daily"), go(w.plain("‹ Status"), "top"))
    return Screen(paragraphs(changed, lines(asked, note)), (*grid(chosen, 4), *off, back))
