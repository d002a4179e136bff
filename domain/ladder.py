"""The ladder of reminders of one slot: who is reminded next, and when. Only the next step ever exists."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.availability import Availability
from domain.errors import Conflict, Invalid
from domain.people import Person
from domain.planning import PlanRules, outside_quiet


class Step(StrEnum):
    """Before and at the slot: the assignee. Then a substitute is asked, then the press secretary is told.

    The manager hears in the evening, with everything else of the day.
    """

    BEFORE = "before"
    AT = "at"
    SUBSTITUTE = "substitute"
    PRESS = "press"


_ORDER = tuple(Step)
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=12)
"""Of the times that a page may have for itself."""
TEXT_LIMIT = 200
"""Characters of a page's own line in its reminders."""


@dataclass(frozen=True)
class PageLadder:
    """What a page has for itself; None: as the campaign has it. `version` 0: nothing is set."""

    page: str
    lead: timedelta | None = None
    substitute_after: timedelta | None = None
    press_after: timedelta | None = None
    off: frozenset[Step] = frozenset()
    text: str = ""
    version: int = 0

    @property
    def is_usual(self) -> bool:
        return self == PageLadder(self.page, version=self.version)

    def time_of(self, step: Step) -> timedelta | None:
        """The page's own time of a step; at the slot there is none."""
        return {Step.BEFORE: self.lead, Step.SUBSTITUTE: self.substitute_after, Step.PRESS: self.press_after}.get(step)

    def with_time(self, step: Step, time: timedelta | None) -> "PageLadder":
        """The step is on, at this time; raises `BadTime` for one that no reminder can have."""
        if time is not None and not SHORTEST <= time <= LONGEST:
            raise BadTime(SHORTEST, LONGEST)
        on = replace(self, off=self.off - {step})
        match step:
            case Step.BEFORE:
                return replace(on, lead=time)
            case Step.SUBSTITUTE:
                return replace(on, substitute_after=time)
            case Step.PRESS:
                return replace(on, press_after=time)
        return on

    def without(self, step: Step) -> "PageLadder":
        """The page does without this step."""
        return replace(self, off=self.off | {step})

    def saying(self, text: str) -> "PageLadder":
        """With a line of its own; raises `LongText`."""
        text = " ".join(text.split())
        if len(text) > TEXT_LIMIT:
            raise LongText(len(text), TEXT_LIMIT)
        return replace(self, text=text)


def rungs(rules: PlanRules, page: PageLadder | None, declared: Availability | None) -> PlanRules:
    """The ladder that holds for one slot: the person's own lead time, else the page's, else the campaign's.

    The press secretary never hears before a substitute is asked.
    """
    own = page or PageLadder("")
    lead = declared.lead if declared is not None and declared.lead is not None else own.lead
    substitute_after = rules.substitute_after if own.substitute_after is None else own.substitute_after
    press_after = rules.press_after if own.press_after is None else own.press_after
    return replace(
        rules,
        lead=rules.lead if lead is None else lead,
        substitute_after=substitute_after,
        press_after=max(press_after, substitute_after),
        steps_off=rules.steps_off | own.off,
    )


def due(step: Step, slot_at: datetime, rules: PlanRules, person: Person | None = None) -> datetime:
    """When a step of a slot's ladder falls due. What lies in the person's quiet hours waits for their end, if that is before the slot."""
    match step:
        case Step.BEFORE:
            at = slot_at - rules.lead
            later = at if person is None else outside_quiet(person, at)
            return later if later < slot_at else at
        case Step.AT:
            return slot_at
        case Step.SUBSTITUTE:
            return slot_at + rules.substitute_after
        case Step.PRESS:
            return slot_at + rules.press_after


def from_on(step: Step, off: Collection[str] = ()) -> Step | None:
    """This step, or the next that is not left out."""
    return next((one for one in _ORDER[_ORDER.index(step) :] if one not in off), None)


def following(step: Step, off: Collection[str] = ()) -> Step | None:
    """The step after this one."""
    at = _ORDER.index(step) + 1
    return from_on(_ORDER[at], off) if at < len(_ORDER) else None


def reached(step: Step, by: Step) -> bool:
    """Whether `by` comes with or after `step`."""
    return _ORDER.index(by) >= _ORDER.index(step)


def first(slot_at: datetime, now: datetime, rules: PlanRules, person: Person | None = None) -> Step | None:
    """Where the ladder of a slot filled (or reopened) `now` begins: what is past is not made up for, what is due now is ahead.

    A lead time longer than what is left makes no shorter one: the card itself, which comes now, is that reminder.
    """
    steps = (step for step in _ORDER if step not in rules.steps_off)
    return next((step for step in steps if due(step, slot_at, rules, person) >= now), None)


@dataclass(eq=False)
class BadTime(Invalid):
    """No reminder can be so near or so far."""

    shortest: timedelta
    longest: timedelta


@dataclass(eq=False)
class LongText(Invalid):
    """A page's own line is to be short."""

    length: int
    limit: int


@dataclass(eq=False)
class LadderChanged(Conflict):
    """Somebody else has changed the page's ladder meanwhile."""
