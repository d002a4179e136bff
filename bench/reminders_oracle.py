"""What people have to hear, worked out from the facts alone: looked at a second before each moment, compared with what was sent.

Nothing here asks the ladder, its rows or the outbox when something is due: leads, quiet hours and days off are read and reckoned anew.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bench.fanout import Watched
from bench.reminders_stage import FIRST_PERSON, MINUTE, Sent, Stage
from domain.availability import Availability
from domain.people import Person
from domain.plan import Assignment, AssignmentState, Slot, SlotState
from domain.ports import UnitOfWork
from storage.tables import outbox

TOGETHER = 5 * MINUTE
"""What falls due so soon after a reminder may come with it."""
LOST = 10 * MINUTE
"""What has not come by then is counted as missing."""
JUST = timedelta(seconds=1)
TOLERANCE = timedelta(seconds=3)
"""On the wire: a message that left is not called back."""


@dataclass
class Expected:
    """`person` 0: whoever is asked, or the press secretary. `optional`: a daily limit may leave it out."""

    what: str
    slot: Slot
    assignment: int
    person: int
    due: datetime
    optional: bool = False
    came: datetime | None = None


@dataclass
class Facts:
    """How a slot stands at this moment."""

    slot: Slot
    holder: Assignment | None
    person: Person | None
    declared: Availability
    lead: timedelta
    substitute_after: timedelta
    press_after: timedelta
    off: frozenset[str]
    card_near: bool = False


@dataclass
class Oracle:
    """`snoozed`: by slot who put it off, until when: whoever has it after them has put off nothing. `held`: by assignment who had it,
    since when and until when. `zones`, `limits`: by person.
    """

    stage: Stage
    expected: list[Expected] = field(default_factory=list)
    snoozed: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    held: dict[int, tuple[int, datetime, datetime | None]] = field(default_factory=dict)
    quiet: list[tuple[Sent, bool]] = field(default_factory=list)
    zones: dict[int, str] = field(default_factory=dict)
    limits: dict[int, int] = field(default_factory=dict)
    _turns: Counter[int] = field(default_factory=Counter)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    # -- looking ahead ---------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Watch every post, and every reminder that is sent."""
        for slot in self.stage.slots:
            self._later(self._before(slot.id))
            self._later(self._fixed(slot))
        self.stage.telegram.readers.append(self._note_quiet)

    def changed(self, slots: list[int]) -> None:
        """Something about these slots or the person who has them changed: when they are reminded is reckoned anew."""
        for number in slots:
            self._later(self._before(number))

    def _later(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _sleep_until(self, moment: datetime) -> None:
        await asyncio.sleep(max(0.0, (moment - self.stage.clock.now()).total_seconds()))

    async def _before(self, number: int) -> None:
        self._turns[number] += 1
        turn = self._turns[number]
        facts = await self._facts(number)
        at = _before(facts)
        if at is None or at <= self.stage.clock.now() + JUST:
            return
        await self._sleep_until(at - JUST)
        if self._turns[number] != turn or any(
            one.what == "before" and one.slot.id == number and facts.holder and one.assignment == facts.holder.id
            for one in self.expected
        ):
            return
        facts = await self._facts(number, at)
        if _open(facts) and _before(facts) == at and not facts.card_near and not _unwilling(facts, at, at_moment=False):
            self._expect("before", facts, at)

    async def _fixed(self, slot: Slot) -> None:
        """The steps that lie at or after the moment."""
        await self._sleep_until(slot.at - JUST)
        facts = await self._facts(slot.id)
        who, waits = self.snoozed.get(slot.id, (0, self.stage.start))
        theirs = facts.holder is not None and facts.holder.person_id == who
        put_off = theirs and waits > self.stage.clock.now() and slot.at <= waits + TOGETHER
        if _open(facts) and "at" not in facts.off and not put_off and not _unwilling(facts, slot.at, at_moment=True):
            self._expect("at", facts, slot.at)
        for what in ("substitute", "press"):
            facts = await self._facts(slot.id)
            due = slot.at + (facts.substitute_after if what == "substitute" else facts.press_after)
            await self._sleep_until(due - JUST)
            facts = await self._facts(slot.id)
            if facts.slot.state is SlotState.FILLED and what not in facts.off:
                told = await Watched(self.stage.db).read(_told_before, slot.id)
                self.expected.append(Expected(what, slot, 0, 0, due, optional=told))

    def _expect(self, what: str, facts: Facts, at: datetime) -> None:
        assert facts.holder is not None  # noqa: S101 - `_open` has said so
        limit = facts.declared.reminders_a_day
        optional = limit is not None and limit < 6
        self.expected.append(Expected(what, facts.slot, facts.holder.id, facts.holder.person_id, at, optional))

    async def snooze(self, slot: Slot, person: int, at: datetime) -> None:
        """They asked to hear of it again then."""
        self.snoozed[slot.id] = person, at
        await self._sleep_until(at - JUST)
        facts = await self._facts(slot.id)
        still = facts.holder is not None and self.snoozed.get(slot.id) == (facts.holder.person_id, at)
        if still and _open(facts) and not _unwilling(facts, at, at_moment=slot.at <= at):
            self._expect("again", facts, at)

    async def _facts(self, number: int, at: datetime | None = None) -> Facts:
        return await Watched(self.stage.db).read(_facts, number, self.stage.rules, at)

    def _note_quiet(self, sent: Sent) -> None:
        if sent.reminds and sent.method == "sendMessage" and sent.chat >= FIRST_PERSON:
            self._later(self._look_whether_quiet(sent))

    async def _look_whether_quiet(self, sent: Sent) -> None:
        actor = await self.stage.actor(sent.chat)
        declared = await Watched(self.stage.db).read(lambda uow: uow.availability.get(sent.chat))
        self.quiet.append((sent, _is_quiet(actor.person, sent.at) and not declared.at_night))

    # -- looking back ------------------------------------------------------------------------------------------------------

    def figures(self, slot_of: Mapping[int, int]) -> dict[str, Any]:
        """`slot_of`: each assignment's. Every reminder answers something expected; everything expected was answered."""
        reminders = [one for one in self.stage.telegram.sent if one.reminds]
        by_person: dict[int, list[Expected]] = defaultdict(list)
        for one in self.expected:
            by_person[one.person].append(one)
        twice, wrong = list[str](), 0
        # Messages first: what is listed in an edit is not owed a message only when none came.
        for sent in sorted(reminders, key=lambda one: one.method != "sendMessage"):
            answered = [
                one
                for one in by_person[sent.chat]
                if one.came is None
                and one.assignment in sent.assignments
                and one.due - TOGETHER - TOLERANCE <= sent.at <= one.due + LOST
            ]
            for one in answered:
                one.came = sent.at
            if sent.method == "sendMessage" and not answered:
                twice.append(f"{sent.at:%d %H:%M:%S} to {sent.chat} of {sorted(sent.assignments)}")
            wrong += any(not self._had(sent, number) for number in sent.assignments)
        self._others(slot_of)
        firm = [one for one in self.expected if not one.optional or (one.came and one.came - one.due <= MINUTE)]
        late = sorted(
            max(0.0, (one.came - one.due).total_seconds()) if one.came else LOST.total_seconds() for one in firm
        )
        return {
            "due": len(firm),
            "sent": sum(one.came is not None for one in firm),
            "late": late,
            "twice": len(twice),
            "unasked": twice[:5],
            "to_wrong_person": wrong,
            "in_quiet_hours": sum(quiet for _, quiet in self.quiet),
            "messages": sum(one.method == "sendMessage" for one in reminders),
            "over_limit": self._over_limit(reminders),
            "left_to_limits": len(self.expected) - len(firm),
            "steps": Counter(one.what for one in firm),
            "missing": [f"{o.what} of slot {o.slot.id} at {o.due:%d %H:%M}" for o in firm if o.came is None][:5],
        }

    def _had(self, sent: Sent, assignment: int) -> bool:
        person, since, until = self.held.get(assignment, (0, sent.at, None))
        return person == sent.chat and since <= sent.at and (until is None or sent.at <= until + TOLERANCE)

    def _others(self, slot_of: Mapping[int, int]) -> None:
        """Substitutes asked and press secretaries told: whoever it is, of this slot, from then on."""
        for one in self.expected:
            if one.person or one.came is not None:
                continue
            title = self.stage.pages[one.slot.page].title
            for sent in self.stage.telegram.sent:
                if not one.due - TOLERANCE <= sent.at <= one.due + LOST:
                    continue
                offer = any(slot_of.get(number) == one.slot.id for number in sent.assignments)
                press = sent.chat < FIRST_PERSON and title in sent.text
                if (offer and one.what == "substitute") or press:
                    one.came = sent.at
                    break

    def _over_limit(self, reminders: list[Sent]) -> int:
        """Days on which somebody had more than they want, besides what they asked for themselves."""
        again = Counter((one.person, one.came) for one in self.expected if one.what == "again" and one.came)
        days: Counter[tuple[int, Any]] = Counter()
        for sent in reminders:
            if sent.method == "sendMessage" and (sent.chat, sent.at) not in again:
                days[sent.chat, sent.at.astimezone(ZoneInfo(self.zones.get(sent.chat, "UTC"))).date()] += 1
        return sum(number > self.limits.get(person, 6) for (person, _), number in days.items())


# -- the facts, read by themselves --------------------------------------------------------------------------------------------


async def _facts(uow: Any, number: int, rules: Any, at: datetime | None) -> Facts:
    slot = await uow.plan.get_slot(number)
    found = [a for a in await uow.plan.assignments_of(number) if a.state is AssignmentState.ASSIGNED]
    own = await uow.reminders.ladder(slot.page)
    holder = found[0] if found else None
    person = await uow.people.get(holder.person_id) if holder else None
    declared = await uow.availability.get(holder.person_id) if holder else Availability(0)
    lead = declared.lead or own.lead or rules.lead
    substitute = own.substitute_after or rules.substitute_after
    press = max(own.press_after or rules.press_after, substitute)
    near = await _card_near(uow, holder, at) if holder is not None and at is not None else False
    return Facts(slot, holder, person, declared, lead, substitute, press, frozenset(own.off), near)


async def _card_near(uow: Any, holder: Assignment, at: datetime) -> bool:
    """The card with the text came just before (for who said yes: either lately), or comes just then."""
    statement = select(outbox.c.status, outbox.c.next_try_at, outbox.c.sent_at).where(
        outbox.c.subject == holder.subject, outbox.c.kind == "assignment.card"
    )
    lately = timedelta(hours=2) if holder.accepted_at else 10 * MINUTE
    rows = (await uow.session.execute(statement)).all()
    sent = max((row.sent_at for row in rows if row.sent_at is not None), default=None)
    waits = any(row.status == "waiting" and row.next_try_at <= at + TOGETHER for row in rows)
    if sent is None:
        return waits
    return bool(at - max(sent, holder.accepted_at or sent) <= lately)


async def _told_before(uow: Any, number: int) -> bool:
    statement = select(outbox.c.id).where(outbox.c.subject == f"slot:{number}", outbox.c.kind == "slot.nobody")
    return (await uow.session.execute(statement.limit(1))).one_or_none() is not None


async def holders(uow: UnitOfWork, slots: list[int]) -> list[Assignment]:
    """Every assignment of these slots, as it stands."""
    return [one for number in slots for one in await uow.plan.assignments_of(number)]


def _open(facts: Facts) -> bool:
    return facts.slot.state is SlotState.FILLED and facts.holder is not None


def _before(facts: Facts) -> datetime | None:
    """When its person is reminded before it, by their clock of now."""
    if not _open(facts) or facts.person is None or "before" in facts.off:
        return None
    at = facts.slot.at - facts.lead
    if not _is_quiet(facts.person, at):
        return at
    zone = ZoneInfo(facts.person.zone)
    local = at.astimezone(zone)
    day = local.date() if local.time() < facts.person.quiet_to else local.date() + timedelta(days=1)
    end = datetime.combine(day, facts.person.quiet_to, zone).astimezone(UTC)
    return end if end < facts.slot.at else None


def _unwilling(facts: Facts, at: datetime, *, at_moment: bool) -> bool:
    person, holder = facts.person, facts.holder
    if person is None or holder is None:
        return True
    day = at.astimezone(ZoneInfo(person.zone)).date()
    free = day in facts.declared.days_off or day.isoweekday() not in facts.declared.weekdays
    if free and not (at_moment and holder.accepted_at is not None):
        return True
    return _is_quiet(person, at) and not (at_moment and facts.declared.at_night)


def _is_quiet(person: Person, at: datetime) -> bool:
    clock = at.astimezone(ZoneInfo(person.zone)).time()
    start, end = person.quiet_from, person.quiet_to
    if start == end == time(0):
        return False
    return start <= clock < end if start <= end else clock >= start or clock < end
