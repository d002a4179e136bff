"""What people do while `bench.reminders` runs: post, hand on, step in, put off, say yes, and change their clocks and hours."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from bench.fanout import Watched
from bench.reminders_oracle import Oracle, holders
from bench.reminders_stage import MINUTE, ZONES, Sent, Stage
from domain.errors import DomainError
from domain.people import Actor
from domain.plan import Assignment, AssignmentState, DeclineReason, Slot
from domain.usecases import availability, days, proofs, reminders, settings, substitutes
from storage.tables import assignment

_NEAR = timedelta(hours=30)
_OFF_THE_MINUTE = timedelta(seconds=20)
"""People act between the moments at which something falls due."""


class Story:
    """Everything is done by the production use cases, as the person whose it is."""

    def __init__(self, stage: Stage, oracle: Oracle, chance: random.Random) -> None:
        self._stage, self._oracle, self._chance = stage, oracle, chance
        self._slots = {slot.id: slot for slot in stage.slots}
        self._tasks: set[asyncio.Task[None]] = set()
        self._links = 0
        self.done = 0

    def begin(self) -> None:
        """From now on people live."""
        for slot in self._stage.slots:
            self._soon(self._life_of(slot))
        for region in range(self._stage.regions):
            for number in self._stage.crew(region):
                self._soon(self._life_of_person(number))
        self._stage.telegram.readers.append(self._read)

    def _soon(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _at(self, moment: datetime) -> None:
        """Sleeps; never on a moment at which something could fall due."""
        moment = moment.replace(second=0, microsecond=0) + _OFF_THE_MINUTE
        await asyncio.sleep(max(0.0, (moment - self._stage.clock.now()).total_seconds()))

    async def _do(self, person: int, usecase: Callable[..., Awaitable[Any]], *args: Any, **more: Any) -> Any:
        """As this person; a refusal is an answer too. The oracle looks again at everything of theirs."""
        actor = await self._stage.actor(person)
        try:
            result = await Watched(self._stage.db).run(usecase, actor, *args, now=self._stage.clock.now(), **more)
        except DomainError:
            result = None
        else:
            self.done += 1
        await self.note(person)
        self._oracle.zones[person] = (await self._stage.actor(person)).person.zone
        return result

    async def note(self, person: int = 0) -> None:
        """Who has what now (everybody, or in this person's slots), for looking back; and when they are to be reminded."""
        now, near = self._stage.clock.now(), list(self._slots)
        if person:
            near = [n for n in await Watched(self._stage.db).read(_slots_of, person, now) if n in self._slots]
        for one in await Watched(self._stage.db).read(holders, near):
            self._hold(one, now)
        if person:
            self._oracle.changed([n for n in near if self._slots[n].at > now])

    def _hold(self, one: Assignment, now: datetime) -> None:
        person, since, until = self._oracle.held.get(one.id, (one.person_id, now, None))
        if one.state is AssignmentState.ASSIGNED:
            self._oracle.held[one.id] = (one.person_id, since, None)
        elif one.id in self._oracle.held and until is None:
            self._oracle.held[one.id] = (person, since, now)

    # -- posts ---------------------------------------------------------------------------------------------------------

    async def _life_of(self, slot: Slot) -> None:
        dice, chance = self._chance.random(), self._chance
        if dice < 0.25:
            await self._at(slot.at - chance.uniform(35, 200) * MINUTE)
            await self._by_holder(slot, substitutes.decline, DeclineReason.BUSY, rules=self._stage.rules)
        elif dice < 0.4:
            await self._at(slot.at - chance.uniform(5, 240) * MINUTE)
            await self._by_holder(slot, days.accept)
        if dice < 0.85:
            await self._at(slot.at + chance.uniform(-12, 75) * MINUTE)
            await self._prove(slot)

    async def _by_holder(self, slot: Slot, usecase: Callable[..., Awaitable[Any]], *args: Any, **more: Any) -> None:
        found = await Watched(self._stage.db).read(holders, [slot.id])
        for one in found:
            if one.state is AssignmentState.ASSIGNED:
                await self._do(one.person_id, usecase, one.id, one.version, *args, **more)

    async def _prove(self, slot: Slot) -> None:
        self._links += 1
        link = f"https://vk.com/wall-{1000 + slot.id}_{self._links}"
        for one in await Watched(self._stage.db).read(holders, [slot.id]):
            if one.state is AssignmentState.ASSIGNED:
                await self._do(one.person_id, proofs.prove, one.id, link, rules=self._stage.rules)

    # -- answers to messages -------------------------------------------------------------------------------------------

    def _read(self, sent: Sent) -> None:
        offers = [data.split(":") for data in sent.data if data.startswith("o:yes:")]
        if offers:
            self._soon(self._answer_offer(sent, int(offers[0][2]), int(offers[0][3])))
        snooze = next((data.split(":") for data in sent.data if data.startswith("rm:in:")), None)
        if sent.reminds and snooze is not None and self._chance.random() < 0.3:
            self._soon(self._put_off(sent, int(snooze[3]), int(snooze[4])))

    async def _answer_offer(self, sent: Sent, number: int, version: int) -> None:
        dice = self._chance.random()
        await self._at(sent.at + self._chance.uniform(1, 9) * MINUTE)
        if dice < 0.55:
            await self._do(sent.chat, substitutes.accept_offer, number, version)
        elif dice < 0.75:
            await self._do(sent.chat, substitutes.refuse_offer, number, version, rules=self._stage.rules)

    async def _put_off(self, sent: Sent, version: int, wait: int) -> None:
        await self._at(sent.at + MINUTE)
        await asyncio.sleep(_OFF_THE_MINUTE.total_seconds())  # so that it does not end just when somebody acts
        until = self._stage.clock.now() + wait * MINUTE
        live = await self._do(sent.chat, reminders.snooze, version, until)
        for line, at in live.snoozed if live is not None else ():
            self._soon(self._oracle.snooze(self._slots[line.view.slot.id], sent.chat, at))

    # -- clocks and hours ------------------------------------------------------------------------------------------------

    async def _life_of_person(self, number: int) -> None:
        declared = await Watched(self._stage.db).read(lambda uow: uow.availability.get(number))
        actor: Actor = await self._stage.actor(number)
        self._oracle.zones[number] = actor.person.zone
        self._oracle.limits[number] = declared.reminders_a_day or self._stage.rules.reminders_a_day
        for _ in range(self._stage.days // 2):
            if self._chance.random() < 0.5:
                await self._at(self._stage.start + self._chance.uniform(60, self._stage.days * 1440) * MINUTE)
                await self._change(number)

    async def _change(self, number: int) -> None:
        chance, rules = self._chance, self._stage.rules
        match chance.randrange(5):
            case 0:
                await self._do(number, settings.change_zone, chance.choice(ZONES))
            case 1:
                start, end = time(chance.choice([21, 22, 23])), time(chance.choice([6, 7, 8, 9, 10]))
                await self._do(number, settings.change_quiet, start=start, end=end)
            case 2:
                await self._do(number, availability.set_lead, chance.choice([None, 20, 45, 120]))
            case 3:
                await self._do(number, settings.change_digest, time(chance.choice([6, 8, 10])))
            case _:
                actor = await self._stage.actor(number)
                day = actor.person.local(self._stage.clock.now()).date() + timedelta(days=chance.randrange(2))
                await self._do(number, availability.set_day_off, day, on=True, rules=rules)


async def _slots_of(uow: Any, person: int, now: datetime) -> list[int]:
    """Where they were asked, not long ago or soon."""
    near = assignment.c.at.between(now - _NEAR, now + _NEAR)
    rows = await uow.session.execute(select(assignment.c.slot_id).where(assignment.c.person_id == person, near))
    return [row.slot_id for row in rows]
