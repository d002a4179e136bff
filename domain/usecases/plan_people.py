"""Who may post on many pages at once, with what they have on their hands: loaded for a round of the planner."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from domain.pages import PageKind, PostedBy, keeper_posts_too, posted_by
from domain.planning import PlanRules
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.ports.planner import PlanPage, Somebody
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
    known: dict[int, Poster] = field(default_factory=dict)
    _weighed: set[int] = field(default_factory=set)

    @classmethod
    async def begin(cls, uow: UnitOfWork, days: Collection[date], now: datetime, rules: PlanRules) -> "Staff":
        """For slots on these local days, wherever their pages are."""
        start, end = (datetime.combine(day, time(0), UTC) for day in (min(days), max(days)))
        return cls(uow, now, rules, (start - _DAY / 2, end + 1.5 * _DAY), await blocked.load(uow))

    async def load(self, ids: Iterable[int]) -> None:
        """Those that are active, with their hours, absences and what they have on the days that are planned."""
        wanted = sorted(set(ids) - self.known.keys())
        if not wanted:
            return
        people = await self.uow.planner.people(wanted)
        declared = await self.uow.availability.of(wanted)
        away = await self.uow.planner.absences(wanted, self.now)
        for one in people:
            own = declared.get(one.id)
            cap = self.rules.person_daily_cap
            if own is not None and own.daily_cap is not None:
                cap = min(cap, own.daily_cap)
            self.known[one.id] = Poster(one.id, one.clock, cap, one.reachable, own, away.get(one.id))
        await self._ask(wanted, people)

    async def _ask(self, wanted: Sequence[int], people: Iterable[Somebody]) -> None:
        """What they were asked for on the days on which slots are given, by their own clocks."""
        zones = {one.clock.person.zone: one.clock for one in people}
        if not zones:
            return
        start = min(_midnight(clock, self.span[0]) for clock in zones.values())
        end = max(_midnight(clock, self.span[1]) for clock in zones.values()) + _DAY
        for asking in await self.uow.planner.askings(wanted, start, end):
            poster = self.known.get(asking.person_id)
            if poster is not None:
                day = poster.clock.day(asking.at)
                poster.asked[day] = poster.asked.get(day, 0) + 1
                poster.held[day] = poster.held.get(day, 0) + asking.is_held
                poster.refused.add(asking.slot_id)
                if asking.is_busy:
                    poster.busy.add(asking.at)

    async def weigh(self, ids: Iterable[int]) -> None:
        """How much they were asked for in the seven days before and after, and when last: for choosing among several."""
        wanted = sorted((set(ids) & self.known.keys()) - self._weighed)
        if not wanted:
            return
        self._weighed |= set(wanted)
        burdens = await self.uow.planner.burdens(wanted, self.span[0] - _WEEK, self.span[1] + _WEEK)
        for number, (week, last) in burdens.items():
            poster = self.known[number]
            poster.week, poster.since = week, last.timestamp() if last is not None else 0.0

    def keeper(self, page: PlanPage) -> Poster | None:
        """A page's keeper, unless the network has blocked their account."""
        if page.keeper_id is None or (page.keeper_id, page.platform) in self.barred:
            return None
        return self.known.get(page.keeper_id)


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
        return [self.staff.known[number] for number in ids if number in self.staff.known]


def _part(ids: Sequence[int], pages: Sequence[PlanPage], seats: Collection[tuple[str, date]]) -> Sequence[int]:
    """The part of a large pool whose turn it is that day."""
    codes = {page.code for page in pages}
    days = [day for code, day in seats if code in codes]
    size = max(LARGE, _PER_SLOT * len(days))
    if len(ids) <= size or not days:
        return ids
    first = min(days).toordinal() * size % len(ids)
    return sorted([*ids, *ids][first : first + size])
