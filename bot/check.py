"""`hq check`: one line per finding, in plain words. Looks, and changes nothing (it writes one scratch file to time the disk)."""

import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import IntEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.config import ConfigError, Settings, control_path, ensure_token, ensure_webhook, sqlite_file
from bot.getme import UnknownToken, Unreachable, get_me
from bot.logs import redact
from bot.plan_days import outside
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE, Role
from domain.ports import UnitOfWork
from domain.rights import DECIDERS, POSTERS

CLOCK_SECONDS = 30
"""More than this away from Telegram's clock, reminders come visibly early or late."""
SLOW_DISK_MS = 50
BACKUP_HOURS = 48
OTHERS_MAY_READ = 0o044
OTHERS_MAY_ANYTHING = 0o077


class Level(IntEnum):
    """NOTE: worth knowing. WRONG: exit 1. CONFIG: a setting is wrong, exit 2."""

    OK = 0
    NOTE = 1
    WRONG = 2
    CONFIG = 3


@dataclass(frozen=True)
class Finding:
    level: Level
    about: str
    text: str

    def __str__(self) -> str:
        return f"{self.level.name.lower():<6} {self.about}: {self.text}"


def exit_code(findings: list[Finding]) -> int:
    """0 fine, 2 when a setting is wrong, 1 for anything else that is."""
    worst = max((finding.level for finding in findings), default=Level.OK)
    return {Level.CONFIG: 2, Level.WRONG: 1}.get(worst, 0)


async def check(settings: Settings, config_file: Path) -> AsyncIterator[Finding]:
    """Findings as they are made: settings, Telegram, the machine, the database, the campaign."""
    for finding in _settings(settings, config_file):
        yield finding
    async for finding in _telegram(settings):
        yield finding
    for finding in (*_files(settings), *_backups(settings)):
        yield finding
    async for finding in _database(settings):
        yield finding


def _settings(settings: Settings, config_file: Path) -> Iterator[Finding]:
    if config_file.stat().st_mode & OTHERS_MAY_READ and settings.telegram.token.get_secret_value():
        yield Finding(Level.NOTE, "config", f"others on this machine may read {config_file} (chmod 600 {config_file})")
    known = {"HQ_DEBUG", *(f"HQ_{name}".upper() for name in Settings.model_fields)}
    for name in sorted(os.environ):
        if name.upper().startswith("HQ_") and name.upper().partition("__")[0] not in known:
            yield Finding(
                Level.NOTE, "environment", f"{name} is not a setting and is ignored (a section takes two underscores)"
            )
    try:
        ensure_token(settings)
    except ConfigError as error:
        yield Finding(Level.CONFIG, "token", str(error))
    else:
        yield Finding(Level.OK, "token", "present and well-formed")
    try:
        ensure_webhook(settings)
    except ConfigError as error:
        yield Finding(Level.CONFIG, "webhook", str(error))
    if not settings.staff.owners:
        yield Finding(Level.NOTE, "owners", "staff.owners is empty: make the first one with hq invite --role owner")


# --- Telegram -----------------------------------------------------------------------------------------------------------------


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    before = datetime.now(UTC)
    try:
        me = await get_me(settings)
    except UnknownToken as error:
        yield Finding(Level.CONFIG, "telegram", str(error))
    except Unreachable as error:
        yield Finding(Level.WRONG, "telegram", redact(str(error)))
    except ConfigError:
        return  # said already
    else:
        after = datetime.now(UTC)
        yield Finding(
            Level.OK, "telegram", f"{settings.telegram.api_url} answers; the bot is @{me.username} ({me.name})"
        )
        if me.date:
            yield _clock(parsedate_to_datetime(me.date), before + (after - before) / 2)


def _clock(theirs: datetime, ours: datetime) -> Finding:
    off = (ours - theirs).total_seconds()
    if abs(off) > CLOCK_SECONDS:
        side = "ahead of" if off > 0 else "behind"
        return Finding(Level.WRONG, "clock", f"{abs(off):.0f} s {side} the API server's: every due time is off by that")
    return Finding(Level.OK, "clock", f"agrees with the API server's to within {max(1, abs(off)):.0f} s")


# --- files and disk -----------------------------------------------------------------------------------------------------------


def _files(settings: Settings) -> Iterator[Finding]:
    yield from _folder("media folder", settings.storage.media_dir)
    file = sqlite_file(settings)
    if file is None:
        return
    yield from _folder("database folder", file.parent)
    if _nearest(file.parent) is None:
        return
    if file.exists():
        mode = file.stat().st_mode
        if not file.is_file():
            yield Finding(Level.CONFIG, "database file", f"storage.url: {file} is no file")
        elif mode & OTHERS_MAY_ANYTHING:
            yield Finding(Level.WRONG, "database file", f"others on this machine may open {file} (chmod 600 {file})")
        elif not os.access(file, os.R_OK | os.W_OK):
            yield Finding(Level.WRONG, "database file", f"{file} cannot be read and written by this user")
        else:
            yield Finding(
                Level.OK, "database file", f"{file}, {file.stat().st_size / 1e6:.1f} MB, only its owner may open it"
            )
    socket = control_path(settings)
    if socket is not None and socket.exists() and not socket.is_socket():
        yield Finding(Level.CONFIG, "control socket", f"control_socket: {socket} is something else than a socket")


def _nearest(folder: Path) -> Path | None:
    """The folder, or the one above it in which it would be made; None when this user can make nothing there."""
    try:
        existing = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
        with tempfile.TemporaryFile(dir=existing):  # rights alone do not tell: a disk may be read-only, a folder unreal
            return existing
    except OSError:
        return None


def _folder(about: str, folder: Path) -> Iterator[Finding]:
    existing = _nearest(folder)
    if existing is None:
        yield Finding(Level.WRONG, about, f"{folder} is no folder this user can write to, nor can it be made")
        return
    later = "" if folder.exists() else " (it will be made at the first start)"
    yield Finding(Level.OK, about, f"{folder}{later}")
    if about == "database folder":
        slow = fsync_ms(existing)
        level = Level.NOTE if slow > SLOW_DISK_MS else Level.OK
        hint = ": every tap waits for this; an SSD takes 1 to 5" if level is Level.NOTE else ""
        yield Finding(level, "disk", f"fsync takes {slow:.1f} ms{hint}")


def _backups(settings: Settings) -> Iterator[Finding]:
    """Whether there is a key, and how old the newest backup is."""
    key = settings.backup.key_file
    if key is None:
        yield Finding(Level.NOTE, "backups", "none are made: backup.key_file is not set (hq backup --new-key FILE)")
        return
    from storage.backup import backups
    from storage.sealed import KeyFileError, read_key

    try:
        read_key(key)
    except KeyFileError as error:
        yield Finding(Level.CONFIG, "backup.key_file", str(error))
    there = backups(settings.backup.folder)
    if not there:
        yield Finding(Level.NOTE, "backups", f"there is none in {settings.backup.folder} yet")
        return
    hours = (datetime.now(UTC) - there[0][0]).total_seconds() / 3600
    level = Level.WRONG if hours > BACKUP_HOURS else Level.OK
    yield Finding(level, "backups", f"{len(there)} in {settings.backup.folder}, the newest {hours:.0f} h old")


def fsync_ms(folder: Path, times: int = 15) -> float:
    """The median time in ms to make 4 KB durable in `folder`."""
    taken = []
    with tempfile.TemporaryFile(dir=folder) as scratch:
        for _ in range(times):
            scratch.write(b"\0" * 4096)
            scratch.flush()
            start = time.perf_counter()
            os.fsync(scratch.fileno())
            taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


# --- database and campaign ----------------------------------------------------------------------------------------------------


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    from storage.database import open_database
    from storage.migrate import current, known, newest, plainly

    file = sqlite_file(settings)
    if file is not None and _nearest(file.parent) is None:
        return  # said already
    if file is not None and not file.exists():
        yield Finding(Level.NOTE, "database", f"{file} does not exist yet; the first start makes it")
        return
    try:
        revision = await current(settings.storage.url)
    except Exception as error:  # noqa: BLE001 - whatever a driver says is the finding
        yield Finding(Level.WRONG, "database", f"storage.url: cannot be opened: {_one_line(plainly(error))}")
        return
    if revision != newest():
        yield _revision(revision, newer=revision is not None and revision not in known())
        return
    yield Finding(Level.OK, "database", f"migrations are complete (revision {revision})")
    db = await open_database(settings.storage.url, migrate=False)
    try:
        for finding in await db.read(_campaign):
            yield finding
    finally:
        await db.close()


def _revision(revision: str | None, *, newer: bool) -> Finding:
    if newer:
        return Finding(Level.WRONG, "database", f"is at revision {revision}, made by a newer version of this program")
    at = "is empty" if revision is None else f"is at revision {revision}"
    return Finding(Level.NOTE, "database", f"{at}; the next start brings it up to date")


def _one_line(text: str) -> str:
    return redact(" ".join(text.split())[:200])


async def _campaign(uow: UnitOfWork) -> list[Finding]:
    campaign = await uow.campaign.find_campaign()
    if campaign is None:
        return [
            Finding(
                Level.NOTE,
                "campaign",
                "no plan is loaded yet (hq plan new FILE writes one, hq plan load FILE loads it)",
            )
        ]
    pages = await uow.campaign.pages()
    regions = await uow.campaign.regions()
    known = _is_zone(campaign.zone)
    days = outside(campaign, datetime.now(UTC)) if known else ""
    found = [
        Finding(Level.OK, "campaign", f"{campaign.name}: {len(regions)} regions, {len(pages)} pages"),
        Finding(Level.NOTE if days else Level.OK, "days", days or f"from {campaign.starts} to {campaign.ends}"),
    ]
    zones = {campaign.zone: "the campaign"}
    zones |= {zone: f"region {r.code}" for r in regions.values() for zone in (r.zone, *r.zones)}
    zones |= {page.zone: f"page {page.code}" for page in pages.values()}
    unknown = [f"{zone} of {where}" for zone, where in zones.items() if not _is_zone(zone)]
    found += [Finding(Level.WRONG, "zone", f"{name} is unknown on this machine (package tzdata)") for name in unknown]
    if not unknown:
        found.append(Finding(Level.OK, "zones", f"{len(zones)} zone names, all known"))
    return found + await _staffing(uow)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


async def _staffing(uow: UnitOfWork) -> list[Finding]:
    """Pages whose texts nobody could approve, that nobody posts to, or that nobody keeps."""
    pages = (await uow.campaign.pages()).values()
    able = {region: await _how_many(uow, DECIDERS, region) for region in {page.region for page in pages}}
    posting = {region: await _how_many(uow, POSTERS, region) for region in {page.region for page in pages}}
    found = []
    for needed in (1, 2):
        for there in range(needed):
            short = [p.code for p in pages if p.approvals_needed == needed and able[p.region] == there]
            text = f"{needed} different approver{'s' * (needed > 1)} needed (/invite, press secretaries), {there or 'none'} there"
            found += _pages("approvers", text, short, len(pages))
    unposted = [page.code for page in pages if not await _has_posters(uow, page, posting[page.region])]
    text = "nobody may post (no poster named, no volunteer of the region: /invite, volunteers)"
    found += _pages("posters", text, unposted, len(pages))
    unkept = [page.code for page in pages if page.keeper_id is None]
    found += _pages(
        "keepers", "nobody is asked for the figures (/pages names a keeper)", unkept, len(pages), Level.NOTE
    )
    return found or [Finding(Level.OK, "pages", "every page has approvers, posters and a keeper")]


def _pages(about: str, text: str, codes: list[str], of: int, level: Level = Level.WRONG) -> list[Finding]:
    """`of`: how many pages there are; when it is every one they are not listed."""
    named = f"all {of} pages" if len(codes) == of > 1 else ", ".join(codes)
    return [Finding(level, about, f"{text}: {named}")] if codes else []


async def _has_posters(uow: UnitOfWork, page: Page, volunteers: int) -> bool:
    """The planner's rule: a personal page's keeper; else named posters; else volunteers (of `*` pages also the keeper)."""
    kept = page.keeper_id is not None
    if page.kind is PageKind.PERSONAL:
        return kept
    return bool(volunteers or await uow.campaign.posters(page.code)) or (kept and page.region == EVERYWHERE)


async def _how_many(uow: UnitOfWork, roles: frozenset[Role], region: str) -> int:
    """Different active people who hold one of the roles for the region and whom Telegram reaches."""
    return len({actor.id for actor in await uow.people.holders(roles, region) if actor.person.reachable})
