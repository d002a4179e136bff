"""Does anything get out of a silence, or is anything held back outside of one (H8)?

    python -m bench.silence --json -

Eleven zones (and a region of three), three kinds, the seconds around both ends; then hours that a clock repeats or leaves out, and
overrides. Every case asks the product itself, on a database: the question behind everything (`gate`), [Show the text] (`shown`), the
card at the last moment (`sent`) and the planner (`planned`). The truth is reckoned by hand from offsets. `inside_leaks` and
`false_blocks` have to be 0.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time as clock
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import bot.notices  # noqa: F401 - registers the renderers
from bench.printed import put
from bench.silence_stage import (
    DAYS,
    FOLDS,
    MANAGER,
    NEAR,
    POSTER,
    PRESS,
    PRESS_2,
    REGIONS,
    SILENCES,
    WHENCE,
    Posting,
    furnish,
    moments,
    truly_silent,
)
from bot.logs import configure
from bot.outgoing import RENDERERS, NotYet, Reader
from domain.errors import DomainError
from domain.notices import QueuedNotice
from domain.pages import Region, page_key
from domain.people import EVERYWHERE
from domain.plan import SilenceHolds, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.silence import SPANS, Blackout
from domain.usecases import assignments, planning, silence_lifts
from domain.usecases.publishing import Gate
from storage.database import Database, open_database
from texts.words import words_for

RULES = PlanRules(timedelta(minutes=30), timedelta(minutes=60), timedelta(minutes=20), timedelta(minutes=60), 9)


class Bench:
    """Counts what the product answers against what is true."""

    def __init__(self, db: Database, postings: Sequence[Posting]) -> None:
        self.db, self.postings = db, postings
        self.counts: Counter[str] = Counter()

    def judge(self, question: str, open_: bool, silent: bool) -> None:
        self.counts["cases"] += 1
        self.counts[question] += 1
        if open_ and silent:
            self.counts["inside_leaks"] += 1
        elif not open_ and not silent:
            self.counts["false_blocks"] += 1

    # -- the questions ---------------------------------------------------------------------------------------------

    async def gate(self, posting: Posting, at: datetime) -> bool:
        gate = await self.db.read(Gate.load)
        try:
            gate.ensure_open(posting.page, "UTC", at)
        except SilenceHolds:
            assert not gate.is_open(posting.page, at)  # noqa: S101 - one question, one answer
            return False
        return gate.is_open(posting.page, at)

    async def shown(self, posting: Posting, at: datetime) -> bool:
        try:
            await act(self.db, POSTER, assignments.resend, posting.assignment, now=at)
        except SilenceHolds:
            return False
        return True

    async def sent(self, posting: Posting, at: datetime) -> bool:
        async def render(uow: UnitOfWork) -> bool:
            actor = await uow.people.find_actor(POSTER)
            notice = QueuedNotice("assignment.card", "", at, "", params={"assignment": posting.assignment})
            try:
                made = await RENDERERS["assignment.card"](uow, notice, Reader(actor, words_for("en")), at)
            except NotYet:
                return False
            return made is not None

        return await self.db.read(render)

    # -- the rounds ------------------------------------------------------------------------------------------------

    async def around_both_ends(self, silence: Blackout, every: int) -> None:
        await self.db.run(lambda uow: uow.campaign.save_blackouts([silence]))
        for at in list(moments(silence))[::every]:
            for posting in self.postings:
                silent = truly_silent(silence, posting.region, at)
                self.judge("gate", await self.gate(posting, at), silent)
                self.judge("shown", await self.shown(posting, at), silent)
                self.judge("sent", await self.sent(posting, at), silent)
        await self.planned(silence)
        await self.db.run(_forget, silence)

    async def planned(self, silence: Blackout) -> None:
        """What the planner makes of these days, beside what it makes of them without the silence."""

        async def slots(uow: UnitOfWork) -> set[tuple[str, datetime]]:
            pages = [posting.page for posting in self.postings]
            await planning.plan_days(uow, pages, {page.code: DAYS for page in pages}, now=WHENCE, rules=RULES)
            made = await uow.plan.slots_of_pages([page.code for page in pages], DAYS)
            return {(slot.page, slot.at) for slot in made if slot.state is not SlotState.CANCELLED}

        inside = await self.db.run(slots)
        await self.db.run(_forget, silence)
        regions = {posting.page.code: posting.region for posting in self.postings}
        for page, at in await self.db.run(slots):
            self.judge("planned", (page, at) in inside, truly_silent(silence, regions[page], at))

    async def folds(self) -> None:
        """Starts and ends in hours that a clock repeats or leaves out."""
        for zone, starts, ends, first, last in FOLDS:
            silence = Blackout("moscow", starts, ends, "fold")
            elsewhere = Region("moscow", "Moscow", zone, (zone,))
            await self.db.run(_move, elsewhere, [silence])
            posting = next(one for one in self.postings if one.region == "moscow")
            for at in (end + near for end in (first, last) for near in NEAR):
                self.judge("fold", await self.gate(posting, at), first <= at < last)
        home = REGIONS["moscow"]
        await self.db.run(_move, Region("moscow", "Moscow", home[0], home), [])

    async def overrides(self, silence: Blackout) -> None:
        """Two people free one region for some hours: it is open exactly then and there; one alone frees nothing."""
        start = SILENCES[silence.kind].starts
        granted: list[tuple[str, datetime, datetime]] = []
        for number, region in enumerate(REGIONS):
            await self.db.run(lambda uow: uow.campaign.save_blackouts([silence]))
            known = next(
                one for one in await self.db.read(lambda uow: uow.campaign.blackouts()) if one.key == silence.key
            )
            from_, hours = _utc_inside(start, number), SPANS[number % len(SPANS)]
            place = page_key(region)
            await act(self.db, PRESS, silence_lifts.choose, known.id, place, hours, now=from_)
            wanted = {"silence": known.id, "starts": known.starts.isoformat(), "region": region, "hours": hours}
            view = await act(self.db, PRESS, silence_lifts.propose, wanted, "A reason", now=from_)
            for account in (PRESS, PRESS_2):
                await self.refused(account, view.lift.id, from_)
            yes = from_ + timedelta(minutes=59)
            await self.refused(MANAGER, view.lift.id, from_ + timedelta(minutes=60))
            await act(self.db, MANAGER, silence_lifts.confirm, view.lift.id, now=yes)
            until = yes + timedelta(hours=hours)
            granted.append((region, yes, until))
            for at in (end + near for end in (yes, until) for near in NEAR):
                for posting in self.postings:
                    freed = any(posting.region == where and a <= at < z for where, a, z in granted)
                    silent = truly_silent(silence, posting.region, at) and not freed
                    self.judge("override", await self.gate(posting, at), silent)
            await self.db.run(_forget, silence)

    async def refused(self, account: int, lift: int, at: datetime) -> None:
        """A yes that must not count."""
        try:
            await act(self.db, account, silence_lifts.confirm, lift, now=at)
        except DomainError:
            self.counts["refused_yeses"] += 1
        else:
            self.counts["inside_leaks"] += 1


def _utc_inside(start: datetime, number: int) -> datetime:
    """A moment at which every zone is inside, another one for each region."""
    return WHENCE.replace(month=start.month, day=start.day, hour=0) + timedelta(
        hours=start.hour, minutes=start.minute + number
    )


async def _move(uow: UnitOfWork, region: Region, silences: Sequence[Blackout]) -> None:
    """The region lives elsewhere, under these silences alone."""
    await uow.campaign.save_regions([region])
    await uow.campaign.save_blackouts(silences)


async def _forget(uow: UnitOfWork, silence: Blackout) -> None:
    await uow.campaign.save_blackouts([replace(silence, by_hand=False)])
    await uow.campaign.save_blackouts([])


async def act(db: Database, account: int, usecase: Callable[..., Awaitable[Any]], *args: Any, **more: Any) -> Any:
    """What a tap does: the actor is read in the transaction."""

    async def effect(uow: UnitOfWork) -> Any:
        actor = await uow.people.find_actor(account)
        assert actor is not None  # noqa: S101 - furnished
        return await usecase(uow, actor, *args, **more)

    return await db.run(effect)


async def silence(every: int = 1) -> dict[str, Any]:
    """All rounds. `every`: only each such moment, and four regions, for a short run."""
    began = clock.monotonic()
    with tempfile.TemporaryDirectory(prefix="hq-silence-") as folder:
        db = await open_database(f"sqlite+aiosqlite:///{Path(folder)}/hq.sqlite3")
        try:
            postings = await db.run(furnish)
            if every > 1:
                postings = [one for one in postings if one.region in {"kamchatka", "moscow", "wide", EVERYWHERE}]
            bench = Bench(db, postings)
            for kind in SILENCES.values():
                await bench.around_both_ends(kind, every)
                await bench.overrides(kind)
            await bench.folds()
        finally:
            await db.close()
    named = ("cases", "gate", "shown", "sent", "planned", "fold", "override", "refused_yeses")
    return {
        "zones": 11,
        "kinds": len(SILENCES),
        **{name: bench.counts[name] for name in ("inside_leaks", "false_blocks", *named)},
        "seconds": round(clock.monotonic() - began, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.silence")
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    configure(level=logging.ERROR)  # standard output is for the JSON
    result = asyncio.run(silence())
    put(result, options.json)
    return int(result["inside_leaks"] > 0 or result["false_blocks"] > 0)


if __name__ == "__main__":
    sys.exit(main())
