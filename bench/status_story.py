"""The campaign of `bench.status` at a tenth of its size, lived day by day through the use cases that chats call.

Texts are handed in and decided on, rounds planned, posts proven in time, late, or not; proofs are taken back, found wrong, removed by
the network; people step in for others and take days off; figures are typed, corrected, confirmed; commitments made and kept.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from bench import status_acts as life
from bench.status_acts import SETTINGS, Act, Task
from bench.status_stage import POSTS
from bot.usecases import task_usecases
from domain.drafts import Verdict
from domain.notices import DueTask
from domain.pages import Page, PageKind
from domain.plan import AssignmentState, SlotState
from domain.ports import Database
from domain.usecases import calendar, planning, proofs
from storage.rows import as_
from storage.tables import assignment, due_task, slot

USECASES = task_usecases(SETTINGS)
AT_ONCE = 100
"""Acts in one transaction: what is measured is reading."""
NOON = time(12)
"""UTC of the last day: the moment at which everything is measured."""
WAITING = 0.25
"""Of the texts for the day after the last one so many still wait."""
_SYLLABLES = "ба ве ги до жу за ка ле ми но пу ра се ти фо ху ца че ша эл ны рость тор нье вал"
"""People's own words, of which no two texts have many in common."""


@dataclass(frozen=True)
class Chances:
    """Of a hundred posts, texts or figures; each decided by a die with a fixed seed."""

    returned: int = 3
    declined: int = 4
    missed: int = 7
    late: int = 8
    taken_back: int = 3
    not_right: int = 2
    removed: int = 2
    unreported: int = 10
    corrected: int = 6
    unasked: int = 40
    """Posts whose figures nobody gives."""


class Story:
    def __init__(self, db: Database, pages: Mapping[str, Page], first: date, days: int) -> None:
        self._db, self._pages, self._first, self._days = db, pages, first, days
        self._dice, self._chances = random.Random(20260907), Chances()  # noqa: S311 - the same campaign each time
        self._zones = sorted({page.zone for page in pages.values()})
        self._numbers = {code: n for n, code in enumerate(sorted(pages), 1)}

    async def live(self) -> datetime:
        """All days, the last one until noon; returns that moment."""
        for n in range(self._days):
            day = self._first + timedelta(days=n)
            await self._evening_before(day, waiting=0)
            if n + 1 < self._days:
                await self._post(day, until=None)
                await self._close(day)
                await self._report(day)
        now = datetime.combine(day, NOON, UTC)
        await self._post(day, until=now)
        await self._hand_in(day + timedelta(days=1), now, WAITING)
        return now

    def _chance(self, percent: float) -> bool:
        return self._dice.random() * 100 < percent

    async def _do(self, acts: Sequence[Act]) -> None:
        for start in range(0, len(acts), AT_ONCE):
            await self._db.run(_all, acts[start : start + AT_ONCE])

    # -- the evening before -------------------------------------------------------------------------------------------

    async def _evening_before(self, day: date, waiting: float) -> None:
        before = day - timedelta(days=1)
        await self._hand_in(day, datetime.combine(before, time(0, 30), UTC), waiting)
        rested = [page for page in self._pages.values() if page.kind is PageKind.PERSONAL and self._chance(4)]
        await self._do([life.rest(page.keeper_id or 0, day) for page in rested])
        for now, zone in sorted((calendar.moment(before, time(18), zone), zone) for zone in self._zones):
            params = {"zone": zone, "day": before.isoformat()}
            first = DueTask(f"plan.evening:{zone}:{before}", "plan.evening", f"zone:{zone}", now, params)
            await self._due(first, now)
            while (task := await self._db.read(_portion, now)) is not None:
                await self._due(task, now)
        if day.weekday() == 0:
            await self._commit(day)

    async def _due(self, task: DueTask, now: datetime) -> None:
        async def do(uow: Any) -> None:
            await uow.tasks.add(task)
            await USECASES[task.kind](uow, await uow.tasks.claim(task.key, now), now=now)

        await self._db.run(do)

    async def _hand_in(self, day: date, now: datetime, waiting: float) -> None:
        """A text of its own for every slot of the day."""
        acts = []
        for page in self._pages.values():
            for n in range(POSTS):
                verdict = Verdict.RETURN if self._chance(self._chances.returned) else Verdict.APPROVE
                took = None if self._dice.random() < waiting else timedelta(minutes=self._dice.randint(3, 300))
                said = f"{self._text()} {day:%d.%m} №{self._numbers[page.code]}-{n}."
                acts.append(life.text(page, said, now, took, verdict))
        await self._do(acts)

    def _text(self) -> str:
        dice = self._dice
        return " ".join("".join(dice.choices(_SYLLABLES.split(), k=dice.randint(2, 4))) for _ in range(12))

    async def _commit(self, day: date) -> None:
        """Every region promises something for the week, most of it is kept."""
        regions = sorted({page.region for page in self._pages.values()})
        await self._do([life.promise(region, day, self._dice.randint(-2, 9)) for region in regions])

    # -- the day ------------------------------------------------------------------------------------------------------

    async def _post(self, day: date, until: datetime | None) -> None:
        tasks = await self._db.read(_open_tasks, day)
        acts, then = [], []
        for task in tasks:
            if until is not None and task.at > until - timedelta(hours=1):
                continue
            if self._chance(self._chances.declined):
                acts.append(life.decline(task))
            elif not self._chance(self._chances.missed):
                late = timedelta(minutes=self._dice.randint(150, 300))
                soon = timedelta(minutes=self._dice.randint(-5, 50))
                is_late = self._chance(self._chances.late) and until is None
                at = task.at + (late if is_late else soon)
                acts.append(self._prove(task, at))
                # Past midnight of its page a proof is not taken back any more.
                then += [] if is_late else self._mishaps(task, at)
        await self._do(acts)
        await self._do(then)

    def _prove(self, one: Task, at: datetime, mark: int = 0) -> Act:
        return life.prove(one, self._pages[one.page], self._numbers[one.page], at, mark)

    def _mishaps(self, task: Task, at: datetime) -> list[Act]:
        chances, soon = self._chances, at + timedelta(minutes=9)
        if self._chance(chances.taken_back):
            return [life.take_back(task, soon), self._prove(task, soon + timedelta(minutes=9), 1)]
        if self._chance(chances.not_right):
            again = [self._prove(task, soon + timedelta(minutes=9), 1)] if self._chance(60) else []
            return [life.find_wrong(task, soon), *again]
        return [life.remove(task, soon)] if self._chance(chances.removed) else []

    async def _close(self, day: date) -> None:
        for zone in self._zones:
            now = calendar.moment(day + timedelta(days=1), time(3), zone)
            params = {"zone": zone, "day": day.isoformat()}
            await self._due(DueTask(f"day.close:{zone}:{day}", "day.close", f"zone:{zone}", now, params), now)
        # What a spot check gave back has its own time, and then it is missed.
        late = datetime.combine(day + timedelta(days=3), time(), UTC)
        for task in await self._db.read(_deadlines, late):
            await self._due(task, task.due_at)

    # -- figures ------------------------------------------------------------------------------------------------------

    async def _report(self, day: date) -> None:
        acts = []
        n = (day - self._first).days
        for page in self._pages.values():
            if not self._chance(self._chances.unreported):
                grown = 900 + 37 * (self._numbers[page.code] % 50) + n * (5 + self._numbers[page.code] % 17)
                acts.append(life.report_members(page, day, grown))
                if self._chance(self._chances.corrected):
                    acts.append(life.report_members(page, day, grown + (4 if self._chance(50) else 9 * grown)))
        for one in await self._db.read(_posted, day):
            if self._chance(self._chances.unasked):
                continue
            views = int(self._dice.lognormvariate(6.2, 0.8)) + 20
            likes, shares, said = (int(views * self._dice.uniform(0, share)) for share in (0.1, 0.02, 0.02))
            acts.append(
                life.report_reactions(one, f"{views} просмотров {likes} лайков {said} комментариев {shares} репостов")
            )
            if self._chance(self._chances.corrected):
                acts.append(life.report_reactions(one, f"{views + 40} просмотров {likes + 3} лайков"))
            if self._chance(self._chances.corrected / 2):
                acts.append(life.report_reactions(one, f"{views // 3} просмотров {likes} лайков"))
        await self._do(acts)


async def _all(uow: Any, acts: Iterable[Act]) -> None:
    for act in acts:
        await act(uow)


# -- reading what is there -------------------------------------------------------------------------------------------


async def _portion(uow: Any, now: datetime) -> DueTask | None:
    due = select(due_task).where(
        due_task.c.kind == planning.PART, due_task.c.done_at.is_(None), due_task.c.due_at <= now
    )
    row = (await uow.session.execute(due.order_by(due_task.c.due_at, due_task.c.key).limit(1))).one_or_none()
    return None if row is None else as_(DueTask, row)


async def _deadlines(uow: Any, until: datetime) -> list[DueTask]:
    due = select(due_task).where(
        due_task.c.kind == proofs.DEADLINE, due_task.c.done_at.is_(None), due_task.c.due_at <= until
    )
    return [as_(DueTask, row) for row in await uow.session.execute(due.order_by(due_task.c.due_at, due_task.c.key))]


async def _open_tasks(uow: Any, day: date) -> list[Task]:
    return await _tasks(uow, day, AssignmentState.ASSIGNED, SlotState.FILLED)


async def _posted(uow: Any, day: date) -> list[Task]:
    return await _tasks(uow, day, AssignmentState.POSTED, SlotState.POSTED)


async def _tasks(uow: Any, day: date, state: AssignmentState, of: SlotState) -> list[Task]:
    known = (
        assignment.c.id,
        assignment.c.version,
        assignment.c.slot_id,
        slot.c.page,
        assignment.c.person_id,
        slot.c.at,
    )
    there = select(*known).join(slot, slot.c.id == assignment.c.slot_id)
    chosen = there.where(slot.c.day == day, slot.c.state == of, assignment.c.state == state)
    return [as_(Task, row) for row in await uow.session.execute(chosen.order_by(slot.c.at, slot.c.id))]
