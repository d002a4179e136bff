"""The ladder of reminders of one slot: who is reminded next, and when. Only the next step ever exists."""

from datetime import datetime
from enum import StrEnum

from domain.planning import PlanRules


class Step(StrEnum):
    """Before and at the slot: the assignee. Then a substitute is asked, then the press secretary is told.

    The manager hears in the evening, with everything else of the day.
    """

    BEFORE = "before"
    AT = "at"
    SUBSTITUTE = "substitute"
    PRESS = "press"


_ORDER = tuple(Step)


def due(step: Step, slot_at: datetime, rules: PlanRules) -> datetime:
    """When a step of a slot's ladder falls due."""
    match step:
        case Step.BEFORE:
            return slot_at - rules.lead
        case Step.AT:
            return slot_at
        case Step.SUBSTITUTE:
            return slot_at + rules.substitute_after
        case Step.PRESS:
            return slot_at + rules.press_after


def following(step: Step) -> Step | None:
    """The step after this one."""
    at = _ORDER.index(step) + 1
    return _ORDER[at] if at < len(_ORDER) else None


def first(slot_at: datetime, now: datetime, rules: PlanRules) -> Step | None:
    """Where the ladder of a slot filled (or reopened) `now` begins: what is past is not made up for."""
    return next((step for step in _ORDER if due(step, slot_at, rules) >= now), None)
