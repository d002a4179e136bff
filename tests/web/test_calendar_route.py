"""The route of calendar feeds alone: who gets what and how often; and what another program reads in a feed."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from icalendar import Calendar

from domain.feeds import Event, EventState
from domain.platforms import Platform
from reports.calendar import calendar_ics
from tests.web.test_calendar import ask
from texts.words import words_for
from web.app import make_app, serve
from web.calendar import OF_STRANGERS, PER_FEED, add_calendar


class Door:
    """The route with calendars of its own, and a clock in seconds that tests move."""

    def __init__(self) -> None:
        self.url = ""
        self.seconds = 0.0
        self.asked: list[str] = []
        self.body: bytes | None = b"BEGIN:VCALENDAR"
        self.error: Exception | None = None

    async def feed(self, key: str) -> bytes | None:
        self.asked.append(key)
        if self.error is not None:
            raise self.error
        return self.body

    async def get(self, path: str = "/calendar/abc.ics", **headers: str) -> aiohttp.ClientResponse:
        return (await ask(self.url + path, **headers))[0]


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    door = Door()
    app = make_app()
    add_calendar(app, "", door.feed, lambda: door.seconds)
    runner = await serve(app, "127.0.0.1", 0)
    door.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield door
    await runner.cleanup()


async def test_a_calendar_comes_with_an_etag_and_is_not_sent_twice(door: Door) -> None:
    got = await door.get()
    assert (got.status, got.content_type, got.charset) == (200, "text/calendar", "utf-8")
    assert got.headers["Cache-Control"] == "private, no-cache"
    for known in (got.headers["ETag"], f'"other", W/{got.headers["ETag"]}', "*"):
        assert (await door.get(**{"If-None-Match": known})).status == 304
    door.body = b"BEGIN:VCALENDAR and more"
    assert (await door.get(**{"If-None-Match": got.headers["ETag"]})).status == 200


async def test_whatever_is_wrong_is_the_same_404_after_the_same_work(door: Door) -> None:
    door.body = None
    answers = []
    for path in ("abc", "x" * 500, "%D0%B0", "..%2F..", "%ff%fe", "a%00b"):
        got, body = await ask(f"{door.url}/calendar/{path}.ics")
        answers.append((got.status, body, got.headers["Cache-Control"]))
    assert set(answers) == {(404, b"Not found", "no-store")}
    assert len(door.asked) == len(answers)  # each was looked up
    assert {len(key) for key in door.asked} == {64}  # by its hash


async def test_one_address_is_read_only_so_often_and_a_flood_of_wrong_ones_locks_nobody_out(door: Door) -> None:
    door.body = b"mine"
    assert (await door.get()).status == 200
    assert [(await door.get()).status for _ in range(PER_FEED + 1)] == [200] * PER_FEED + [429]
    door.seconds += 60
    door.body = None
    statuses = [(await door.get(f"/calendar/wrong-{n}.ics")).status for n in range(OF_STRANGERS + 1)]
    assert statuses == [404] * OF_STRANGERS + [429]
    door.body = b"mine"
    assert (await door.get()).status == 200


async def test_a_database_that_is_away_is_a_503_that_asks_to_come_again(door: Door) -> None:
    door.error = RuntimeError("away")
    got = await door.get()
    assert (got.status, got.headers["Retry-After"]) == (503, "60")


# --- what a calendar reads -------------------------------------------------------------------------------------------

AT = datetime(2026, 9, 7, 7, 30, tzinfo=UTC)


def event(number: int, state: EventState, **more: Any) -> Event:
    facts = {"page_title": "Наш двор; дом 5, корпус 1", "platform": Platform.VK, "zone": "Asia/Vladivostok"}
    return Event(
        **{
            "uid": f"assignment-{number}",
            "at": AT,
            "state": state,
            "changed_at": AT - timedelta(days=1),
            "sequence": 4,
            "assignment_id": number,
            **facts,
            **more,
        }
    )


@pytest.mark.parametrize(
    ("state", "mark", "status"),
    [
        (EventState.PLANNED, "", "CONFIRMED"),
        (EventState.ASKED, "? ", "TENTATIVE"),
        (EventState.OPEN, "○ ", "TENTATIVE"),
        (EventState.POSTED, "✓ ", "CONFIRMED"),
        (EventState.MISSED, "✗ ", "CONFIRMED"),
        (EventState.CANCELLED, "", "CANCELLED"),
    ],
)
def test_what_is_written_is_read_again_by_another_program(state: EventState, mark: str, status: str) -> None:
    written = calendar_ics([event(7, state)], "Мои посты", "hq.example.org", "hq_bot", words_for("ru"))
    calendar = Calendar.from_ical(written)
    (one,) = calendar.walk("VEVENT")
    assert calendar["X-WR-CALNAME"] == "Мои посты"
    assert one["UID"] == "assignment-7@hq.example.org"
    assert one["SUMMARY"] == f"{mark}Наш двор; дом 5, корпус 1"
    assert (one["STATUS"], one["SEQUENCE"]) == (status, 4)
    assert one.decoded("DTSTART") == AT
    assert one.decoded("DTSTAMP") == one.decoded("LAST-MODIFIED") == AT - timedelta(days=1)
    assert str(one["URL"]) == "https://t.me/hq_bot?start=post_7"
    assert "17:30" in str(one["DESCRIPTION"])  # the page's own clock
    assert all(line.endswith(b"\r") and len(line) <= 76 for line in written.split(b"\n") if line)
    again = calendar_ics([event(7, state)], "Мои посты", "hq.example.org", "hq_bot", words_for("ru"))
    assert again == written


def test_a_title_cannot_become_a_line_of_its_own() -> None:
    bad = event(1, EventState.PLANNED, page_title="Двор\r\nATTENDEE:mailto:x@example.org\nEND:VEVENT")
    (one,) = Calendar.from_ical(calendar_ics([bad], "T", "h", "b", words_for("en"))).walk("VEVENT")
    assert "ATTENDEE" not in one
    assert one["UID"] == "assignment-1@h"
