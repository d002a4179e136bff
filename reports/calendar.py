"""A calendar feed (RFC 5545) from its events. icalendar is imported late: it costs a quarter of a second."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.feeds import Event, EventState
from texts.names import platform_name
from texts.words import Words

if TYPE_CHECKING:
    from icalendar import Event as Entry

LENGTH = timedelta(minutes=15)
"""How long a post stands in a calendar."""
REFRESH = timedelta(minutes=30)
"""How often a calendar is asked to look again."""
_MARKS = {EventState.ASKED: "? ", EventState.OPEN: "○ ", EventState.POSTED: "✓ ", EventState.MISSED: "✗ "}
_STATUS = {EventState.ASKED: "TENTATIVE", EventState.OPEN: "TENTATIVE", EventState.CANCELLED: "CANCELLED"}


def calendar_ics(events: Sequence[Event], title: str, host: str, bot_username: str, w: Words) -> bytes:
    """`host` makes the events' names unique in the world. The same events give the same bytes. No text of a post is in it."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Headquarters//Calendar feed//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    calendar.add("name", title)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{REFRESH.seconds // 60}M")
    for event in events:
        calendar.add_component(_event(event, host, bot_username, w))
    return bytes(calendar.to_ical())


def card_link(bot_username: str, assignment_id: int) -> str:
    """Opens the assignment's card in the bot."""
    return f"https://t.me/{bot_username}?start=post_{assignment_id}"


def _event(one: Event, host: str, bot_username: str, w: Words) -> Entry:
    from icalendar import Event as NewEntry

    entry = NewEntry()
    entry.add("uid", f"{one.uid}@{host}")
    entry.add("dtstamp", one.changed_at)
    entry.add("last-modified", one.changed_at)
    entry.add("sequence", one.sequence)
    entry.add("dtstart", one.at)
    entry.add("dtend", one.at + LENGTH)
    entry.add("summary", f"{_MARKS.get(one.state, '')}{one.page_title}")
    entry.add("status", _STATUS.get(one.state, "CONFIRMED"))
    entry.add("transp", "TRANSPARENT")
    there = w.plain("{time} there ({zone})", time=w.time(one.at, one.zone), zone=w.zone_name(one.zone, one.at))
    lines = [_said(one.state, w), f"{platform_name(one.platform, w)}, {there}"]
    if one.assignment_id is not None:
        link = card_link(bot_username, one.assignment_id)
        entry.add("url", link)
        lines.append(link)
    entry.add("description", "\n".join(lines))
    return entry


def _said(state: EventState, w: Words) -> str:
    match state:
        case EventState.PLANNED:
            return w.plain("A post is planned.")
        case EventState.ASKED:
            return w.plain("You are asked to step in.")
        case EventState.OPEN:
            return w.plain("Nobody has this post yet.")
        case EventState.POSTED:
            return w.plain("Posted.")
        case EventState.MISSED:
            return w.plain("No link came.")
        case EventState.CANCELLED:
            return w.plain("No longer planned.")
