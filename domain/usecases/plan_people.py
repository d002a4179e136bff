"""Who may post on many pages at once, with what they have on their hands: loaded for a round of the planner."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from domain.availability import Availability
from domain.pages import PageKind, PostedBy, keeper_posts_too, posted_by
from domain.planning import PlanRules
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.ports.planner import Asking, PlanPage, Somebody
from domain.sharing import Clock, Pool, Poster, Seat
from domain.usecases import blocked

LARGE = 64
"""Of more people than this a part is looked at, another one each day: everybody's turn comes without reading everybody."""
_PER_SLOT = 4
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass
class Staff:
    """People by id, each loaded once. `span`: the first and last moment that is planned."""

    uow: UnitOfWork
    now: datetime
    rules: PlanRules
    span: tuple[datetime, datetime]
    barred: Collection[tuple[int, Platform]] = ()
    _people: dict[int, Somebody] = field(default_factory=dict)
    _declared: dict[int, Availability] = field(default_factory=dict)
    _away: dict[int, tuple[datetime, datetime]] = field(default_factory=dict)
    _askings: dict[int, list[Asking]] = field(default_factory=lambda: defaultdict(list))
    _posters: dict[int, Poster] = field(default_factory=dict)
    _given: dict[int, datetime] = field(default_factory=dict)
    _weighed: set[int] = field(default_factory=set)

    @classmethod
    async def begin(cls, uow: UnitOfWork, days: Collection[date], now: datetime, rules: PlanRules) -> "Staff":
        """For slots on these local days, wherever their pages are."""
        start, end = (datetime.combine(day, time(0), UTC) for day in (min(days), max(days)))
        return cls(uow, now, rules, (start - _DAY / 2, end + 1.5 * _DAY), await blocked.load(uow))

    async def load(self, ids: Iterable[int]) -> None:
        """Those that are active, with their hours, absences and what they have on the days that are planned."""
        wanted = sorted(set(ids) - self._people.keys())
        if not wanted:
            return
        people = await self.uow.planner.people(wanted)
        self._people |= {one.id: one for one in people}
        self._declared |= await self.uow.availability.of(wanted)
        self._away |= await self.uow.planner.absences(wanted, self.now)
        # What they were asked for on the days on which slots are given, by their own clocks.
        zones = {one.clock.person.zone: one.clock for one in people}
        if zones:
            start = min(_midnight(clock, self.span[0]) for clock in zones.values())
            end = max(_midnight(clock, self.span[1]) for clock in zones.values()) + _DAY
            for asking in await self.uow.planner.askings(wanted, start, end):
                self._askings[asking.person_id].append(asking)

    def find(self, number: int) -> Poster | None:
        """Somebody who was loaded, with all that counts when slots are given to them."""
        found = self._posters.get(number)
        one = self._people.get(number)
        if found is None and one is not None:
            own, cap = self._declared.get(number), self.rules.person_daily_cap
            if own is not None and own.daily_cap is not None:
                cap = min(cap, own.daily_cap)
            found = self._posters[number] = Poster(number, one.clock, cap, one.reachable, own, self._away.get(number))
            for asking in self._askings.get(number, ()):
                found.was_asked(asking.slot_id, asking.at, is_held=asking.is_held, is_busy=asking.is_busy)
            if number in self._given:
                found.take(self._given[number])
        return found

    def is_off(self, number: int, at: datetime) -> bool:
        """Whether it is their day off, or they are away; False of people who are not active."""
        if number not in self._declared and number not in self._away:
            return False
        poster = self.find(number)
        return poster is not None and poster.is_off(at)

    def free_keeper(self, page: PlanPage, at: datetime) -> Clock | None:
        """The hours of a personal page's keeper who has nothing that day yet, and has said nothing about when they may be asked."""
        number = page.keeper_id
        if (
            page.kind is not PageKind.PERSONAL
            or number is None
            or (self.barred and (number, page.platform) in self.barred)
        ):
            return None
        one = self._people.get(number)
        if one is None or not one.reachable or self.rules.person_daily_cap < 1:
            return None
        if number in self._declared or number in self._away or number in self._posters:
            return None
        day = one.clock.day(at)
        asked = any(one.clock.day(asking.at) == day for asking in self._askings.get(number, ()))
        return None if asked else one.clock

    def give(self, number: int, at: datetime) -> None:
        """A free keeper has their page's slot."""
        self._given[number] = at

    async def weigh(self, ids: Iterable[int]) -> None:
        """How much they were asked for in the seven days before and after, and when last: for choosing among several."""
        wanted = sorted((set(ids) & self._people.keys()) - self._weighed)
        if not wanted:
            return
        self._weighed |= set(wanted)
        burdens = await self.uow.planner.burdens(wanted, self.span[0] - _WEEK, self.span[1] + _WEEK)
        for number, (week, last) in burdens.items():
            poster = self.find(number)
            if poster is not None:
                poster.week += week
                poster.since = max(poster.since, last.timestamp() if last is not None else 0.0)

    def keeper(self, page: PlanPage) -> Poster | None:
        """A page's keeper, unless the network has blocked their account."""
        if page.keeper_id is None or (page.keeper_id, page.platform) in self.barred:
            return None
        return self.find(page.keeper_id)


def _midnight(clock: Clock, at: datetime) -> datetime:
    """The beginning of the day that it is there."""
    return clock.person.local(at).replace(hour=0, minute=0, second=0, microsecond=0, fold=0).astimezone(UTC)


# --- who posts where -----------------------------------------------------------------------------------------------------


@dataclass
class Pools:
    """The people of each page: pages with the same people share them. `parts`: pools of which only a part is loaded."""

    staff: Staff
    by_page: dict[str, Pool] = field(default_factory=dict)
    parts: dict[int, tuple[Pool, list[int]]] = field(default_factory=dict)

    async def load(self, pages: Sequence[PlanPage], seats: Collection[tuple[str, date]]) -> None:
        """`pages`: those with a slot and a text; `seats`: page and day of each of their slots.

        Personal pages: their keeper. Others: named posters, else the region's volunteers. The keeper posts too where there
        are no volunteers, and on the campaign's own pages.
        """
        for page in pages:
            if page.kind is PageKind.PERSONAL:
                keeper = self.staff.keeper(page)
                self.by_page[page.code] = Pool([] if keeper is None else [keeper])
        shared = [page for page in pages if page.kind is not PageKind.PERSONAL]
        if shared:
            await self._shared(shared, seats)

    async def _shared(self, pages: Sequence[PlanPage], seats: Collection[tuple[str, date]]) -> None:
        uow = self.staff.uow
        named = await uow.plan.posters([page.code for page in pages])
        open_ = [page for page in pages if posted_by(page.kind, named=page.code in named) is PostedBy.VOLUNTEERS]
        volunteers = await uow.planner.volunteers({page.region for page in open_}) if open_ else {}
        together: dict[tuple[Any, ...], tuple[list[int], list[PlanPage]]] = {}
        for page in pages:
            usual = posted_by(page.kind, named=page.code in named) is PostedBy.VOLUNTEERS
            keeps = usual and keeper_posts_too(page.region, volunteers=bool(volunteers[page.region]))
            network = page.platform if self.staff.barred else ""
            alike = (page.region, page.keeper_id if keeps else None, network) if usual else (page.code,)
            if alike not in together:
                ids = set(volunteers[page.region] if usual else named.get(page.code, ()))
                ids |= {page.keeper_id} if keeps and page.keeper_id is not None else set()
                free = sorted(number for number in ids if (number, page.platform) not in self.staff.barred)
                together[alike] = free, []
            together[alike][1].append(page)
        chosen = [(everybody, some, _part(everybody, some, seats)) for everybody, some in together.values()]
        await self.staff.load({number for _, _, part in chosen for number in part})
        await self.staff.weigh({number for _, _, part in chosen if len(part) > 1 for number in part})
        for everybody, some, part in chosen:
            pool = Pool(self._posters(part), spins=len(everybody) > LARGE)
            self.by_page |= {page.code: pool for page in some}
            if len(part) < len(everybody):
                self.parts[id(pool)] = pool, everybody

    async def widen(self, seats: Iterable[Seat]) -> bool:
        """Load everybody of the pools in which these found nobody; whether there is anybody new."""
        found = [self.parts.pop(id(seat.pool)) for seat in seats if id(seat.pool) in self.parts]
        for pool, ids in found:
            await self.staff.load(ids)
            await self.staff.weigh(ids)
            pool.widen(self._posters(ids))
        return bool(found)

    def _posters(self, ids: Iterable[int]) -> list[Poster]:
        found = (self.staff.find(number) for number in ids)
        return [poster for poster in found if poster is not None]


def _part(ids: Sequence[int], pages: Sequence[PlanPage], seats: Collection[tuple[str, date]]) -> Sequence[int]:
    """The part of a large pool whose turn it is that day."""
    codes = {page.code for page in pages}
    days = [day for code, day in seats if code in codes]
    size = max(LARGE, _PER_SLOT * len(days))
    if len(ids) <= size or not days:
        return ids
    first = min(days).toordinal() * size % len(ids)
    return sorted([*ids, *ids][first : first + size])
