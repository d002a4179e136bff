"""What becomes of a draft that waits too long: four steps, of which only the next one exists."""

from datetime import datetime, timedelta
from enum import StrEnum

from domain.people import Person
from domain.worktime import WorkRules, add_working, worked


class Step(StrEnum):
    """Half of the promised time: the queues are redrawn quietly. At the promise whoever was asked is reminded;
    an hour later somebody else is asked, another hour later the manager hears. Hours are working time.
    """

    BEGIN = "begin"
    HALF = "half"
    DEADLINE = "deadline"
    ANOTHER = "another"
    MANAGER = "manager"


AFTER = {Step.ANOTHER: timedelta(hours=1), Step.MANAGER: timedelta(hours=2)}
"""Working time behind the promise."""
_ORDER = tuple(Step)


def due(step: Step, since: datetime, by: datetime, people: list[Person], work: WorkRules) -> datetime:
    """When a step of a draft handed in at `since` and promised `by` falls due; `people`: who was asked."""
    match step:
        case Step.BEGIN:
            return since
        case Step.HALF:
            return add_working(since, worked(since, by, people, work) / 2, people, work)
        case Step.DEADLINE:
            return by
        case _:
            return add_working(by, AFTER[step], people, work)


def following(
    step: Step, now: datetime, since: datetime, by: datetime, people: list[Person], work: WorkRules
) -> tuple[Step, datetime] | None:
    """The next step that is not past; None after the last. What is past is not made up for."""
    for later in _ORDER[_ORDER.index(step) + 1 :]:
        at = due(later, since, by, people, work)
        if at >= now:
            return later, at
    return None
