"""The people, pages and drafts of `bench.races`, and what its rows say."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from bot.demo.play import FIRST_DAY
from domain.drafts import Decision, Draft, DraftState
from domain.errors import DomainError
from domain.notices import DueTask
from domain.pages import Page, PageKind, Region
from domain.people import Role
from domain.platforms import Platform
from domain.ports import UnitOfWork
from storage.database import Database
from storage.tables import due_task, outbox

AUTHOR, BORIS, VERA = 9001, 9002, 9003
"""Telegram accounts: who writes, and two who decide."""
PAGE, STRICT = "vk-race", "ok-race"
UNDO = 60.0
JITTER = 0.02
"""Seconds by which one side may start later."""


@dataclass(frozen=True)
class Standing:
    """What the rows say of a draft. `told`: the author's notices; `planned`: tasks for the planner; `settling`: open ones."""

    draft: Draft
    decisions: tuple[Decision, ...]
    told: int
    planned: int
    settling: int


@dataclass
class RaceStage:
    """An open database with one region, two pages (the second takes two approvals), an author and two press secretaries."""

    db: Database
    chance: random.Random
    now: datetime = FIRST_DAY
    drafts: int = 0

    @classmethod
    async def build(cls, db: Database, chance: random.Random) -> "RaceStage":
        await db.run(_furnish)
        return cls(db, chance)

    async def hand_in(self, page: str = PAGE) -> Draft:
        """A text that waits for its decision, made from message `message_id` = its number."""
        self.drafts += 1
        number = self.drafts

        async def write(uow: UnitOfWork) -> Draft:
            author = await uow.people.find_actor(AUTHOR)
            assert author is not None  # noqa: S101 - enrolled above
            made = await uow.drafts.add(
                author_id=author.id,
                region="kazan",
                text=f"Text {number}",
                media=(),
                source="",
                message_id=number,
                album="",
                now=self.now,
            )
            await uow.drafts.set_page(made.id, page, chosen=True)
            by = self.now + timedelta(hours=3)
            waiting = replace(made, state=DraftState.SUBMITTED, submitted_at=self.now, decide_by=by)
            await uow.drafts.set_state(waiting, [DraftState.WRITING])
            return waiting

        return await self.db.run(write)

    async def act(self, account: int, usecase: Callable[..., Awaitable[Any]], *args: Any, **more: Any) -> Any:
        """What a tap does: the actor is read in the transaction. A refusal is returned."""

        async def effect(uow: UnitOfWork) -> Any:
            actor = await uow.people.find_actor(account)
            assert actor is not None  # noqa: S101 - nobody leaves altogether
            return await usecase(uow, actor, *args, **more)

        try:
            return await self.db.run(effect)
        except DomainError as error:
            return error

    async def due(self, key: str, usecase: Callable[..., Awaitable[None]], now: datetime) -> bool:
        """What the schedule does with a due task; False when it was done or cancelled meanwhile."""

        async def effect(uow: UnitOfWork) -> bool:
            task: DueTask | None = await uow.tasks.claim(key, now)
            if task is not None:
                await usecase(uow, task, now=now)
            return task is not None

        return await self.db.run(effect)

    async def both(self, one: Awaitable[Any], other: Awaitable[Any]) -> tuple[Any, Any]:
        """At once; who starts first is left to chance."""
        results: dict[int, Any] = {}

        async def run(place: int, side: Awaitable[Any]) -> None:
            if self.chance.random() < 0.5:
                await asyncio.sleep(self.chance.uniform(0, JITTER))
            results[place] = await side

        sides = [run(0, one), run(1, other)]
        self.chance.shuffle(sides)
        await asyncio.gather(*sides)
        return results[0], results[1]

    async def standing(self, draft_id: int) -> Standing:
        async def look(uow: Any) -> Standing:
            draft = await uow.drafts.get(draft_id)
            told = select(func.count()).where(outbox.c.kind == "draft.decided", outbox.c.subject == draft.subject)
            tasks = select(func.count()).where(due_task.c.subject == draft.subject)
            settling = tasks.where(due_task.c.kind == "draft.settled", due_task.c.done_at.is_(None))
            return Standing(
                draft,
                tuple(await uow.drafts.decisions(draft_id)),
                int((await uow.session.execute(told)).scalar_one()),
                int((await uow.session.execute(tasks.where(due_task.c.kind == "plan.fill"))).scalar_one()),
                int((await uow.session.execute(settling)).scalar_one()),
            )

        return await self.db.read(look)


async def _furnish(uow: UnitOfWork) -> None:
    zone = "Europe/Moscow"
    await uow.campaign.save_regions([Region("kazan", "Kazan", zone, (zone,))])
    page = Page(PAGE, Platform.VK, PageKind.GROUP, "VK", "kazan", zone, (), "Imprint", 1, None, active=True)
    strict = replace(page, code=STRICT, platform=Platform.OK, title="OK", approvals_needed=2)
    await uow.campaign.save_pages([page, strict])
    people = (
        (AUTHOR, "Anna", Role.VOLUNTEER),
        (BORIS, "Boris", Role.PRESS_SECRETARY),
        (VERA, "Vera", Role.PRESS_SECRETARY),
    )
    for account, name, role in people:
        person = await uow.people.add(
            telegram_id=account,
            username="",
            name=name,
            language="en",
            zone=zone,
            region="kazan",
            digest_at=time(8),
            quiet_from=time(22),
            quiet_to=time(8),
            now=FIRST_DAY,
        )
        await uow.people.add_membership(person.id, role, "kazan", None, FIRST_DAY)
