"""The nightly backup of `hq run`: made in a process of its own, made up for when it was missed; owners hear when it does not work."""

import asyncio
import json
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.backup import Order
from bot.child import ChildFailed, answer_of
from bot.clock import Clock
from bot.config import Settings
from bot.logs import redact
from bot.metrics import Metrics
from domain.notices import Guarantee, Notice, Priority
from domain.people import EVERYWHERE, Role
from domain.ports import Database, UnitOfWork
from storage.backup import backups

log = structlog.get_logger(__name__)

LOOK_SECONDS = 60.0
"""How often it is looked whether a backup is owed."""
AGAIN = timedelta(hours=1)
"""After a failure."""
OVERDUE = timedelta(hours=48)
"""Without a good backup for so long, owners are told whatever the reason is."""
_OWNERS = frozenset({Role.OWNER})


class BackupWatch:
    """`db` is the holder's: of several processes one makes the backups."""

    def __init__(self, db: Database, settings: Settings, clock: Clock, metrics: Metrics) -> None:
        self._db = db
        self._metrics = metrics
        self._settings = settings
        self._clock = clock
        self._since: datetime | None = None
        self._again_at: datetime | None = None

    async def run(self) -> None:
        """For ever; nothing without a key."""
        if self._settings.backup.key_file is None:
            log.warning("no backups are made: backup.key_file is not set")
            await asyncio.Event().wait()
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Make the backup that is owed at this moment, if one is; tell owners what they must know."""
        now = self._clock.now()
        self._since = self._since or now
        newest = self.newest()
        owed = _latest(self._settings.backup.at, await self._db.read(_zone), now)
        if (newest is None or newest < owed) and not self._waits(now):
            newest = await self._make(owed, newest, now)
        if newest is not None:
            self._metrics.set_backup(newest.timestamp())
        if now - (newest or self._since) > OVERDUE:
            await self._db.run(_tell, "backup.overdue", str(now.date()), newest, now)

    def newest(self) -> datetime | None:
        """When the newest good backup was taken."""
        there = backups(self._settings.backup.folder)
        return there[0][0] if there else None

    def _waits(self, now: datetime) -> bool:
        """Whether the next try after a failure lies ahead (and not so far that the clock must have been set back)."""
        return self._again_at is not None and now < self._again_at <= now + AGAIN

    async def _make(self, owed: datetime, newest: datetime | None, now: datetime) -> datetime | None:
        order = {**asdict(Order.of(self._settings)), "now": now.isoformat()}
        try:
            answer = await answer_of("bot.backup", json.dumps(order))
        except ChildFailed as error:
            answer = {"error": str(error)}
        if "error" in answer:
            self._again_at = now + AGAIN
            log.error("the backup failed", error=redact(answer["error"])[:300])
            await self._db.run(_tell, "backup.failed", owed.isoformat(), newest, now)
            return newest
        problems = [f"{problem['name']}: {problem['text']}" for problem in answer["problems"]]
        log.info("backup made", path=answer["path"], rows=answer["rows"], files=answer["files"])
        if problems:
            log.error("the database does not hold together (hq db verify)", problems=problems[:10])
        if self._again_at is not None:
            self._again_at = None
            await self._db.run(_tell, "backup.works", now.isoformat(), now, now)
        return now


async def _zone(uow: UnitOfWork) -> str:
    campaign = await uow.campaign.find_campaign()
    return campaign.zone if campaign is not None else "UTC"


def _latest(at: time, zone: str, now: datetime) -> datetime:
    """The last moment, up to now, at which clocks in the zone showed this hour."""
    local = now.astimezone(ZoneInfo(zone))
    today = datetime.combine(local.date(), at, local.tzinfo).astimezone(UTC)
    if today <= now:
        return today
    return datetime.combine(local.date() - timedelta(days=1), at, local.tzinfo).astimezone(UTC)


async def _tell(uow: UnitOfWork, kind: str, once: str, newest: datetime | None, now: datetime) -> None:
    params = {"newest": newest.isoformat() if newest is not None else None}
    for owner in await uow.people.holders(_OWNERS, EVERYWHERE):
        await uow.outbox.add(
            Notice(
                kind=kind,
                subject="backup",
                due_at=now,
                dedup_key=f"{kind}:{once}:{owner.id}",
                person_id=owner.id,
                guarantee=Guarantee.A,
                priority=Priority.ASSIGNMENT,
                params=params,
            )
        )
