"""The regions, people and cases of `bench.silence`, and what is true of them without the product's own rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from domain.drafts import DraftState
from domain.norms import Norm, Window
from domain.pages import Page, PageKind, Region
from domain.people import EVERYWHERE, Role
from domain.plan import AssignmentState, SlotState
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.silence import Blackout, SilenceKind, voting

OFFSETS = {
    "Europe/Kaliningrad": 2,
    "Europe/Moscow": 3,
    "Europe/Samara": 4,
    "Asia/Yekaterinburg": 5,
    "Asia/Omsk": 6,
    "Asia/Krasnoyarsk": 7,
    "Asia/Irkutsk": 8,
    "Asia/Yakutsk": 9,
    "Asia/Vladivostok": 10,
    "Asia/Magadan": 11,
    "Asia/Kamchatka": 12,
}
"""Hours ahead of UTC, written by hand: the truth of this bench does not ask the zone database."""
WIDE = "wide"
REGIONS: dict[str, tuple[str, ...]] = {zone.rpartition("/")[2].lower(): (zone,) for zone in OFFSETS}
REGIONS[WIDE] = ("Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan")
"""Eleven regions of one zone, and one of three."""
NEAR = tuple(timedelta(seconds=n) for n in (-60, -1, -0.001, 0, 0.001, 1, 60))
PRESS, PRESS_2, MANAGER, POSTER = 9001, 9002, 9003, 9004
WHENCE = datetime(2026, 9, 1, 9, tzinfo=UTC)
DAYS = tuple(date(2026, 9, 16) + timedelta(days=n) for n in range(8))


def _wall(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 9, day, hour, minute)  # noqa: DTZ001 - a wall-clock time


SILENCES: dict[SilenceKind, Blackout] = {
    SilenceKind.VOTING: Blackout(
        EVERYWHERE, *voting(date(2026, 9, 18), 3, day_of_silence=True), "Vote", SilenceKind.VOTING
    ),
    SilenceKind.MORATORIUM: Blackout(EVERYWHERE, _wall(18, 13, 37), _wall(19, 6, 1), "Ban", SilenceKind.MORATORIUM),
    SilenceKind.MOURNING: Blackout(EVERYWHERE, _wall(19), _wall(20), "Mourning", SilenceKind.MOURNING, by_hand=True),
}
FOLDS: tuple[tuple[str, datetime, datetime, datetime, datetime], ...] = (
    # zone, wall-clock start and end, and the moments in UTC at which it has to begin and to end
    ("Europe/Berlin", datetime(2026, 10, 24, 20), datetime(2026, 10, 25, 2, 30),  # noqa: DTZ001 - wall-clock times
     datetime(2026, 10, 24, 18, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 20),  # noqa: DTZ001 - wall-clock times
     datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 19, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 1, 30), datetime(2026, 11, 1, 1, 45),  # noqa: DTZ001 - wall-clock times
     datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 45, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2027, 3, 28, 2, 30), datetime(2027, 3, 28, 12),  # noqa: DTZ001 - wall-clock times
     datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 3, 28, 10, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2027, 3, 27, 12), datetime(2027, 3, 28, 2, 30),  # noqa: DTZ001 - wall-clock times
     datetime(2027, 3, 27, 11, tzinfo=UTC), datetime(2027, 3, 28, 1, tzinfo=UTC)),
    ("UTC", datetime(2026, 9, 18), datetime(2026, 9, 19),  # noqa: DTZ001 - wall-clock times
     datetime(2026, 9, 18, tzinfo=UTC), datetime(2026, 9, 19, tzinfo=UTC)),
)  # fmt: skip
"""Starts and ends in hours that the clock repeats or leaves out: the longer of the readings holds."""


def _utc(wall: datetime, zone: str) -> datetime:
    return wall.replace(tzinfo=UTC) - timedelta(hours=OFFSETS[zone])


def ends_of(silence: Blackout, zones: Sequence[str]) -> list[tuple[datetime, datetime]]:
    """First moment inside and first moment outside, in UTC, of each zone."""
    return [(_utc(silence.starts, zone), _utc(silence.ends, zone)) for zone in zones]


def truly_silent(silence: Blackout, region: str, at: datetime) -> bool:
    """Whether any zone of the region (of all regions for the campaign's own page) is inside."""
    zones = tuple(OFFSETS) if region == EVERYWHERE else REGIONS[region]
    return any(first <= at < last for first, last in ends_of(silence, zones))


def moments(silence: Blackout) -> Iterator[datetime]:
    """The seconds around both ends in every zone."""
    seen: set[datetime] = set()
    for pair in ends_of(silence, tuple(OFFSETS)):
        for end in pair:
            seen |= {end + near for near in NEAR}
    yield from sorted(seen)


@dataclass(frozen=True)
class Posting:
    """A region's page with an open assignment whose card could be asked for at any moment."""

    region: str
    page: Page
    assignment: int


async def furnish(uow: UnitOfWork) -> list[Posting]:
    """Regions, pages, people, and one open assignment on each page."""
    named = [Region(code, code.title(), zones[0], zones) for code, zones in REGIONS.items()]
    await uow.campaign.save_regions(named)
    pages = [_page(region.code, region.zone) for region in named] + [_page(EVERYWHERE, "Europe/Moscow")]
    await uow.campaign.save_pages(pages)
    await uow.campaign.save_norms(Norm(page.code, (6,) * 7, (Window(time(0), time(23, 59)),), 120, 6) for page in pages)
    people = {account: await _person(uow, account, role) for account, role in _CAST}
    made = []
    for number, page in enumerate(pages, 1):
        draft = await uow.drafts.add(
            author_id=people[PRESS], region=page.region, text=f"Text {number}", media=(), source="",
            message_id=number, album="", now=WHENCE,
        )  # fmt: skip
        await uow.drafts.set_page(draft.id, page.code, chosen=True)
        approved = replace(draft, state=DraftState.APPROVED, submitted_at=WHENCE, settled_at=WHENCE)
        await uow.drafts.set_state(approved, [DraftState.WRITING])
        at = datetime(2027, 9, 1, number, tzinfo=UTC)  # far away: the card can be asked for throughout
        (slot,) = await uow.plan.add_slots([(page.code, page.local_day(at), at)])
        filled = replace(slot, state=SlotState.FILLED, draft_id=draft.id, draft_version=draft.version)
        slot = await uow.plan.save_slot(filled)
        asked = await uow.plan.put_assignment(
            slot, people[POSTER], AssignmentState.ASSIGNED, substitute=False, now=WHENCE
        )
        made.append(Posting(page.region, page, asked.id))
    return made


_CAST = (
    (PRESS, Role.PRESS_SECRETARY),
    (PRESS_2, Role.PRESS_SECRETARY),
    (MANAGER, Role.MANAGER),
    (POSTER, Role.VOLUNTEER),
)


def _page(region: str, zone: str) -> Page:
    code = f"vk-{'all' if region == EVERYWHERE else region}"
    return Page(code, Platform.VK, PageKind.GROUP, code, region, zone, (), "Imprint", 1, None, active=True)


async def _person(uow: UnitOfWork, account: int, role: Role) -> int:
    person = await uow.people.add(
        telegram_id=account, username="", name=role.value, language="en", zone="Europe/Moscow", region=EVERYWHERE,
        digest_at=time(8), quiet_from=time(3), quiet_to=time(3), now=WHENCE,
    )  # fmt: skip
    await uow.people.add_membership(person.id, role, EVERYWHERE, None, WHENCE)
    return person.id
