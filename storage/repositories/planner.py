"""What the planner reads: thousands of rows at once, as plain as the driver gives them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, select, type_coerce, update
from sqlalchemy.types import NullType

from domain.calendar_days import CalendarDay, with_calendar
from domain.norms import Norm
from domain.people import EVERYWHERE, Person, PersonStatus
from domain.plan import EmptyReason, Excuse, SlotState
from domain.ports.planner import Asking, Offered, Placed, PlanPage, Portion, Somebody, Standing
from domain.rights import POSTERS
from domain.sharing import Clock, Ready
from storage.many import among
from storage.repositories.base import Repository
from storage.repositories.day_plan import TAKEN_OFF
from storage.repositories.placed import place
from storage.repositories.planner_rows import (
    BUSY,
    CLOCK,
    HELD,
    KINDS,
    LEFT_OUT,
    PAGE_COLUMNS,
    PAGES,
    PLATFORMS,
    SLOTS,
    STATES,
    TEXTS,
    from_json,
    hour,
    raw,
    read_norm_row,
)
from storage.rows import all_
from storage.session import Session
from storage.tables import (
    absence,
    assignment,
    calendar_day,
    draft,
    draft_page,
    membership,
    page,
    person,
    slot,
    telegram_account,
)


class PlannerRepository(Repository):
    """See `domain.ports.planner.Planner`."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._moments: dict[Any, datetime] = {}
        self._days: dict[Any, date] = {}
        self._clocks: dict[Any, Clock] = {}

    # -- pages -----------------------------------------------------------------------------------------------------------

    async def portions(self, zone: str, size: int) -> list[Portion]:
        here = and_(page.c.active, page.c.zone == zone)
        counted = select(page.c.region, func.count()).where(here).group_by(page.c.region).order_by(page.c.region)
        found, together, many = list[Portion](), list[str](), 0
        for region, count in await self._rows(counted):
            if together and many + count > size:
                found.append(Portion(zone, tuple(together)))
                together, many = [], 0
            if count > size:
                codes = select(page.c.code).where(here, page.c.region == region).order_by(page.c.code)
                firsts = list((await self._session.execute(codes)).scalars())[::size]
                found += [
                    Portion(zone, (region,), first, last) for first, last in zip(firsts, [*firsts[1:], ""], strict=True)
                ]
            else:
                together.append(region)
                many += count
        return [*found, *([Portion(zone, tuple(together))] if together else [])]

    async def pages(self, portion: Portion) -> list[PlanPage]:
        statement = PAGES.where(page.c.zone == portion.zone, page.c.region.in_(portion.regions))
        if portion.first:
            statement = statement.where(page.c.code >= portion.first)
        if portion.last:
            statement = statement.where(page.c.code < portion.last)
        return await self._pages(statement)

    async def pages_of(self, codes: Collection[str]) -> list[PlanPage]:
        return await self._pages(PAGES.where(among(self._session.dialect, page.c.code, codes)))

    async def _pages(self, statement: Select[Any]) -> list[PlanPage]:
        entries = all_(CalendarDay, await self._session.execute(select(calendar_day).order_by(calendar_day.c.id)))
        single = {one.page for one in entries if one.page is not None}
        known: dict[Any, Norm] = {}
        made, width = [], len(PAGE_COLUMNS)
        for row in await self._rows(statement):
            code, kind, platform, region, zone, line, rule, keeper, begins, ends = row[:width]
            own: Norm | None = None
            if row[width] is not None:
                said = row[width + 1 :]
                key = (self._key(said), region, code if code in single else "")
                own = known.get(key)
                if own is None:
                    read = {code: read_norm_row(code, said)}
                    own = known[key] = with_calendar(read, {code: region}, entries)[code]
            spans = (self._day(begins), self._day(ends))
            known_as = (code, KINDS[kind], PLATFORMS[platform], region, zone, line, rule, keeper)
            made.append(PlanPage(*known_as, *spans, own))
        return made

    # -- slots and texts -------------------------------------------------------------------------------------------------

    async def standing(self, pages: Collection[str], days: Collection[date]) -> list[Standing]:
        statement = SLOTS.where(slot.c.day.in_(list(days)), among(self._session.dialect, slot.c.page, pages))
        return [
            Standing(
                *(row[0], row[1], self._at_day(row[2]), self._at(row[3]), STATES[row[4]]),
                *(row[5] and EmptyReason(row[5]), row[6]),
                is_extra=row[7] is not None or bool(row[8]),
                excuse=row[9] and Excuse(row[9]),
            )
            for row in await self._rows(statement)
        ]

    async def moments(self, pages: Collection[str], start: datetime, end: datetime) -> dict[str, list[datetime]]:
        statement = select(slot.c.page, slot.c.at).where(
            among(self._session.dialect, slot.c.page, pages), slot.c.at >= start, slot.c.at < end
        )
        found: dict[str, list[datetime]] = defaultdict(list)
        rows = await self._rows(statement.where(slot.c.state != SlotState.CANCELLED))
        for code, at in rows:
            found[code].append(at)
        return found

    async def texts(self, pages: Collection[str]) -> dict[str, list[Offered]]:
        found: dict[str, list[Offered]] = defaultdict(list)
        rows = await self._rows(TEXTS.where(among(self._session.dialect, draft_page.c.page, pages)))
        taken_off = {(page_, number) for page_, number in await self._rows(TAKEN_OFF)}
        for code, number, version, approved, after, until, rubric, region, lines in rows:
            if (code, number) in taken_off:
                continue
            ends = (after and self._at(after), until and self._at(until))
            text = Ready(number, version, approved, *ends, rubric, region)
            found[code].append(Offered(text, from_json(lines)))
        return found

    async def rubrics_had(self, pages: Collection[str], since: date) -> dict[str, dict[str, int]]:
        statement = (
            select(slot.c.page, draft.c.rubric, func.count())
            .join(draft, draft.c.id == slot.c.draft_id)
            .where(among(self._session.dialect, slot.c.page, pages), slot.c.day >= since)
            .where(slot.c.state.in_([SlotState.FILLED, SlotState.POSTED]))
            .group_by(slot.c.page, draft.c.rubric)
        )
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for code, rubric, count in await self._rows(statement):
            found[code][rubric] = count
        return found

    # -- people ----------------------------------------------------------------------------------------------------------

    async def volunteers(self, regions: Collection[str]) -> dict[str, list[int]]:
        everywhere = EVERYWHERE in regions
        wanted = list({*regions, EVERYWHERE})
        statement = (
            select(membership.c.region, membership.c.person_id)
            .join(person, person.c.id == membership.c.person_id)
            .join(telegram_account, telegram_account.c.person_id == person.c.id)
            .where(membership.c.role.in_(POSTERS), membership.c.region.in_(wanted))
            .where(person.c.status == PersonStatus.ACTIVE, telegram_account.c.active)
        )
        held: dict[str, set[int]] = defaultdict(set)
        for region, number in await self._rows(statement):
            held[region].add(number)
        shared = held.pop(EVERYWHERE, set())
        found = {region: sorted(held[region] | shared) for region in regions if region != EVERYWHERE}
        return {**found, EVERYWHERE: sorted(shared)} if everywhere else found

    async def people(self, ids: Collection[int]) -> list[Somebody]:
        columns = (person.c.id, person.c.reachable, *(person.c[name] for name in CLOCK))
        statement = select(*raw(*columns)).where(
            among(self._session.dialect, person.c.id, ids), person.c.status == PersonStatus.ACTIVE
        )
        rows = await self._rows(statement.order_by(person.c.id))
        return [Somebody(row[0], self._clock(row[2:]), bool(row[1])) for row in rows]

    def _clock(self, key: tuple[Any, ...]) -> Clock:
        found = self._clocks.get(key)
        if found is None:
            zone, *hours = key
            digest_at, quiet_from, quiet_to = (hour(one) for one in hours)
            found = self._clocks[key] = Clock(
                Person(
                    *(0, "", "en", zone, "", PersonStatus.ACTIVE),
                    reachable=True,
                    digest_at=digest_at,
                    quiet_from=quiet_from,
                    quiet_to=quiet_to,
                    version=1,
                )
            )
        return found

    async def absences(self, ids: Collection[int], now: datetime) -> dict[int, tuple[datetime, datetime]]:
        statement = select(absence.c.person_id, absence.c.starts, absence.c.ends).where(
            absence.c.ends > now, among(self._session.dialect, absence.c.person_id, ids)
        )
        return {row.person_id: (row.starts, row.ends) for row in await self._rows(statement)}

    async def askings(self, ids: Collection[int], start: datetime, end: datetime) -> list[Asking]:
        columns = (assignment.c.person_id, assignment.c.slot_id, assignment.c.at, assignment.c.state)
        statement = select(*raw(*columns)).where(
            among(self._session.dialect, assignment.c.person_id, ids),
            *(assignment.c.at >= start, assignment.c.at < end, assignment.c.state.not_in(LEFT_OUT)),
        )
        rows = await self._rows(statement)
        return [
            Asking(number, of, self._at(at), is_busy=state in BUSY, is_held=state in HELD)
            for number, of, at, state in rows
        ]

    async def burdens(
        self, ids: Collection[int], start: datetime, end: datetime
    ) -> dict[int, tuple[int, datetime | None]]:
        at = type_coerce(func.max(assignment.c.at), NullType())
        statement = (
            select(assignment.c.person_id, func.count(), at)
            .where(
                among(self._session.dialect, assignment.c.person_id, ids),
                *(assignment.c.at > start, assignment.c.at <= end, assignment.c.state.not_in(LEFT_OUT)),
            )
            .group_by(assignment.c.person_id)
        )
        rows = await self._rows(statement)
        return {number: (many, self._at(last)) for number, many, last in rows}

    # -- writes ----------------------------------------------------------------------------------------------------------

    async def place(self, slots: Sequence[Placed], now: datetime) -> list[list[int]]:
        return await place(self._session, slots, now)

    async def still_empty(self, slots: Mapping[EmptyReason, Collection[int]]) -> None:
        for why, ids in slots.items():
            here = update(slot).where(among(self._session.dialect, slot.c.id, ids), slot.c.state == SlotState.EMPTY)
            await self._session.execute(here.values(empty_reason=why, version=slot.c.version + 1))

    # -- plain values ----------------------------------------------------------------------------------------------------

    def _key(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """What is equal for equal norms; PostgreSQL's driver has read the JSON already."""
        return tuple(map(str, values)) if self._session.dialect == "postgresql" else values

    async def _rows(self, statement: Select[Any]) -> Sequence[Any]:
        """As tuples: what is in them is for the caller to know."""
        return (await self._session.execute(statement)).all()

    def _at(self, value: Any) -> datetime:
        """A moment as either driver gives it; few different ones come many times."""
        found = self._moments.get(value)
        if found is None:
            read = datetime.fromisoformat(value) if isinstance(value, str) else value
            found = self._moments[value] = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
        return found

    def _at_day(self, value: Any) -> date:
        found = self._days.get(value)
        if found is None:
            found = self._days[value] = date.fromisoformat(value) if isinstance(value, str) else value
        return found

    def _day(self, value: Any) -> date | None:
        return None if value is None else self._at_day(value)
