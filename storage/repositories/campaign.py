"""The campaign as loaded from a plan."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, insert, select, update

from domain.calendar_days import CalendarDay, DayState, with_calendar
from domain.errors import NotFound
from domain.lanes import Lane
from domain.norms import Norm
from domain.pages import Page, Region
from domain.people import EVERYWHERE
from domain.silence import Blackout, silence_at
from domain.targets import Campaign, Target
from storage.norm_rows import norm_values, read_norm
from storage.repositories.base import Repository, by_lot
from storage.repositories.silences import as_silence, row_of
from storage.rows import all_, as_
from storage.tables import blackout, calendar_day, campaign, norm, page, page_poster, region, target


class CampaignRepository(Repository):
    """See `domain.ports.campaign.CampaignStore`."""

    async def find_campaign(self) -> Campaign | None:
        row = (await self._session.execute(select(campaign))).one_or_none()
        return None if row is None else as_(Campaign, row)

    async def regions(self) -> dict[str, Region]:
        return {r.code: r for r in all_(Region, await self._session.execute(select(region).order_by(region.c.name)))}

    async def pages(self, codes: Iterable[str] | None = None, *, inactive: bool = False) -> dict[str, Page]:
        statement = select(page).order_by(page.c.region, page.c.code)
        if codes is not None:
            statement = statement.where(page.c.code.in_(list(codes)))
        if not inactive:
            statement = statement.where(page.c.active)
        return {p.code: p for p in all_(Page, await self._session.execute(statement))}

    async def pages_of(self, region_code: str) -> list[Page]:
        here = select(page).where(page.c.region == region_code, page.c.active).order_by(page.c.code)
        return all_(Page, await self._session.execute(here))

    async def get_page(self, code: str) -> Page:
        found = (await self.pages([code], inactive=True)).get(code)
        if found is None:
            raise NotFound("page")
        return found

    async def set_keeper(self, page_code: str, person_id: int | None) -> None:
        await self._session.execute(update(page).where(page.c.code == page_code).values(keeper_id=person_id))

    async def set_lane(self, page_code: str, lane: Lane, seen: Lane) -> bool:
        # The stored lane of a page from before there were lanes may lag behind its number of approvals.
        bold = page.c.lane == Lane.BOLD
        as_seen = (page.c.approvals_needed == seen.needed, bold if seen is Lane.BOLD else ~bold)
        here = update(page).where(page.c.code == page_code, *as_seen)
        changed = here.values(lane=lane, approvals_needed=lane.needed)
        return (await self._session.execute(changed)).rowcount == 1

    async def posters(self, page_code: str) -> frozenset[int]:
        rows = await self._session.execute(select(page_poster.c.person_id).where(page_poster.c.page == page_code))
        return frozenset(rows.scalars())

    async def set_poster(self, page_code: str, person_id: int, *, may_post: bool) -> None:
        if may_post:
            await self._session.execute(
                self._insert(page_poster).values(page=page_code, person_id=person_id).on_conflict_do_nothing()
            )
        else:
            await self._session.execute(
                delete(page_poster).where(page_poster.c.page == page_code, page_poster.c.person_id == person_id)
            )

    async def norms(self, codes: Iterable[str] | None = None) -> dict[str, Norm]:
        statement = select(*norm.c, page.c.region).join(page, page.c.code == norm.c.page)
        if codes is not None:
            statement = statement.where(norm.c.page.in_(list(codes)))
        rows = (await self._session.execute(statement)).all()
        found = {row.page: read_norm(row.page, row._mapping) for row in rows}  # noqa: SLF001 - SQLAlchemy's documented view of a row
        saved = select(calendar_day).where(calendar_day.c.state == DayState.SAVED).order_by(calendar_day.c.id)
        entries = all_(CalendarDay, await self._session.execute(saved))
        return with_calendar(found, {row.page: row.region for row in rows}, entries)

    async def targets(self) -> list[Target]:
        open_ = select(target).where(target.c.closed_on.is_(None)).order_by(target.c.due, target.c.code)
        return all_(Target, await self._session.execute(open_))

    async def blackouts(self) -> list[Blackout]:
        rows = await self._session.execute(select(blackout).order_by(blackout.c.starts))
        return [as_silence(row) for row in rows]

    async def save_campaign(self, new: Campaign) -> None:
        values = {
            "name": new.name,
            "starts": new.starts,
            "phase_end": new.phase_end,
            "ends": new.ends,
            "zone": new.zone,
        }
        await self._upsert(campaign, [{"id": 1, **values}], "id")

    async def save_regions(self, regions: Iterable[Region]) -> None:
        await self._upsert(
            region, [{"code": r.code, "name": r.name, "zone": r.zone, "zones": r.zones} for r in regions], "code"
        )

    async def remove_regions(self, codes: Iterable[str]) -> None:
        await self._session.execute(delete(region).where(region.c.code.in_(list(codes))))

    async def save_pages(self, pages: Iterable[Page]) -> None:
        rows = [
            {
                "code": p.code,
                "platform": p.platform,
                "kind": p.kind,
                "title": p.title,
                "region": p.region,
                "zone": p.zone,
                "addresses": p.addresses,
                "imprint": p.imprint,
                "imprint_rule": p.imprint_rule,
                "imprint_from": p.imprint_from,
                "imprint_until": p.imprint_until,
                "approvals_needed": p.approvals_needed,
                "lane": p.lane,
                "active": True,
            }
            for p in pages
        ]
        await self._upsert(page, rows, "code")

    async def deactivate_pages(self, codes: Iterable[str]) -> None:
        await self._session.execute(update(page).where(page.c.code.in_(list(codes))).values(active=False))

    async def save_norms(self, norms: Iterable[Norm]) -> None:
        rows = [{**norm_values(one), "by_hand": False, "planned": None} for one in norms]
        if not rows:
            return
        statement = self._insert(norm)
        changed: dict[str, Any] = {name: statement.excluded[name] for name in rows[0] if name != "page"}
        changed["version"] = norm.c.version + 1
        await self._session.execute(statement.on_conflict_do_update(index_elements=["page"], set_=changed), rows)

    async def remove_norms(self, pages: Iterable[str]) -> None:
        await self._session.execute(delete(norm).where(norm.c.page.in_(list(pages))))

    async def save_targets(self, targets: Iterable[Target]) -> None:
        rows = [
            {
                "code": t.code,
                "title": t.title,
                "title_ru": t.title_ru,
                "metric": t.metric,
                "platforms": t.platforms,
                "kinds": t.kinds,
                "value": t.value,
                "due": t.due,
            }
            for t in targets
        ]
        await self._session.execute(delete(target).where(~target.c.by_hand))
        if rows:
            await self._session.execute(insert(target), rows)

    async def save_blackouts(self, blackouts: Iterable[Blackout]) -> None:
        kept = {silence.key: silence for silence in blackouts}
        for old in await self.blackouts():
            if old.key not in kept and not old.by_hand:
                await self._session.execute(delete(blackout).where(blackout.c.id == old.id))
        for silence in kept.values():  # their numbers stay: buttons name them
            row = row_of(silence)
            changed = {name: row[name] for name in ("reason", "kind", "by_hand")}
            statement = self._insert(blackout).values(id=by_lot(), **row)
            same = ["region", "starts", "ends"]
            await self._session.execute(statement.on_conflict_do_update(index_elements=same, set_=changed))

    async def silence(self, region_code: str, at: datetime) -> Blackout | None:
        known = await self.blackouts()
        if not known:
            return None
        regions = await self.regions()
        chosen = (
            regions.values() if region_code == EVERYWHERE else [r for r in regions.values() if r.code == region_code]
        )
        zones = {zone for r in chosen for zone in (r.zone, *r.zones)}
        # A region nobody knows has no zone to be outside of: fail-closed through an impossible zone name.
        return silence_at(at, region_code, zones or {"unknown"}, known)

    async def _upsert(self, table: Table, rows: list[dict[str, Any]], key: str) -> None:
        if not rows:
            return
        statement = self._insert(table)
        changed = {name: statement.excluded[name] for name in rows[0] if name != key}
        await self._session.execute(statement.on_conflict_do_update(index_elements=[key], set_=changed), rows)
