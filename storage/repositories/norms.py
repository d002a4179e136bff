"""Norms set in chat, and the campaign's own calendar."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update

from domain.calendar_days import CalendarDay, DayGone, DayState
from domain.errors import NotFound
from domain.norm_settings import NormSetting, NormSettingChanged, SettingState
from domain.norms import Norm
from domain.ports.norms import OwnNorm
from storage.norm_rows import norm_json, norm_values, read_norm
from storage.repositories.base import Repository
from storage.rows import as_
from storage.tables import calendar_day, norm, norm_setting


def _own(row: Any) -> OwnNorm:
    said = row._mapping  # noqa: SLF001 - SQLAlchemy's documented view of a row
    planned = None if row.planned is None else read_norm(row.page, row.planned)
    return OwnNorm(read_norm(row.page, said), row.version, row.by_hand, planned)


def _setting(row: Any) -> NormSetting:
    replaced = None if row.replaced is None else read_norm(row.page, row.replaced)
    state = SettingState(row.state)
    return as_(NormSetting, row, norm=read_norm(row.page, row.norm), state=state, replaced=replaced)


def _day(row: Any) -> CalendarDay:
    return as_(CalendarDay, row, state=DayState(row.state))


class NormRepository(Repository):
    """See `domain.ports.norms.Norms`."""

    async def own(self, codes: Iterable[str] | None = None) -> dict[str, OwnNorm]:
        statement = select(norm)
        if codes is not None:
            statement = statement.where(norm.c.page.in_(list(codes)))
        return {row.page: _own(row) for row in await self._session.execute(statement)}

    async def set_by_hand(self, new: Norm, seen: int) -> bool:
        if seen == 0:
            row = {**norm_values(new), "by_hand": True, "planned": None}
            added = self._insert(norm).values(**row).on_conflict_do_nothing(index_elements=["page"])
            return (await self._session.execute(added)).rowcount == 1
        before = (await self.own([new.page])).get(new.page)
        if before is None:
            return False
        # What the plan said is remembered once: loading the same plan again must not undo what people set.
        planned = before.planned if before.by_hand else before.norm
        values = {**norm_values(new), "by_hand": True, "planned": None if planned is None else norm_json(planned)}
        here = update(norm).where(norm.c.page == new.page, norm.c.version == seen)
        return (await self._session.execute(here.values(version=seen + 1, **values))).rowcount == 1

    # -- being set -----------------------------------------------------------------------------------------------------

    async def begin(self, person_id: int, new: Norm, seen: int, *, at_once: bool, now: datetime) -> NormSetting:
        still = (norm_setting.c.person_id == person_id, norm_setting.c.state == SettingState.OPEN)
        drop = update(norm_setting).where(*still)
        await self._session.execute(drop.values(state=SettingState.DROPPED, version=norm_setting.c.version + 1))
        values = {
            "person_id": person_id,
            "page": new.page,
            "norm": norm_json(new),
            "seen": seen,
            "at_once": at_once,
            "created_at": now,
        }
        number = await self._new_id(insert(norm_setting).values(state=SettingState.OPEN, **values))
        return await self.get_setting(number)

    async def get_setting(self, setting_id: int) -> NormSetting:
        found = select(norm_setting).where(norm_setting.c.id == setting_id)
        row = (await self._session.execute(found)).one_or_none()
        if row is None:
            raise NotFound("button")
        return _setting(row)

    async def save_setting(self, changed: NormSetting) -> NormSetting:
        here = update(norm_setting).where(
            norm_setting.c.id == changed.id,
            norm_setting.c.version == changed.version,
            norm_setting.c.state == SettingState.OPEN,
        )
        values = {"norm": norm_json(changed.norm), "seen": changed.seen, "at_once": changed.at_once}
        values["replaced"] = None if changed.replaced is None else norm_json(changed.replaced)
        statement = here.values(state=changed.state, version=changed.version + 1, **values)
        if (await self._session.execute(statement)).rowcount != 1:
            raise NormSettingChanged((await self.get_setting(changed.id)).state)
        return replace(changed, version=changed.version + 1)

    # -- the calendar ----------------------------------------------------------------------------------------------------

    async def calendar(self, since: date) -> list[CalendarDay]:
        ahead = select(calendar_day).where(calendar_day.c.last >= since, calendar_day.c.state == DayState.SAVED)
        rows = await self._session.execute(ahead.order_by(calendar_day.c.first, calendar_day.c.id))
        return [_day(row) for row in rows]

    async def get_day(self, day_id: int) -> CalendarDay:
        row = (await self._session.execute(select(calendar_day).where(calendar_day.c.id == day_id))).one_or_none()
        if row is None:
            raise DayGone
        return _day(row)

    async def add_day(self, new: CalendarDay) -> CalendarDay:
        names = ("region", "page", "first", "last", "posts", "reason", "by_id", "state")
        number = await self._new_id(insert(calendar_day).values({name: getattr(new, name) for name in names}))
        return replace(new, id=number)

    async def save_day(self, changed: CalendarDay) -> CalendarDay:
        here = update(calendar_day).where(calendar_day.c.id == changed.id, calendar_day.c.version == changed.version)
        names = ("region", "page", "first", "last", "posts", "reason", "state")
        values = {name: getattr(changed, name) for name in names}
        if (await self._session.execute(here.values(version=changed.version + 1, **values))).rowcount != 1:
            raise DayGone
        return replace(changed, version=changed.version + 1)
