"""Colleagues: who may post on which pages, and who could take one more post: by the same rules as the planner's."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.pages import Page, PageKind
from domain.people import Person
from domain.plan import AssignmentState, Slot
from domain.planning import Asked, PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.usecases.staffing import Crew


@dataclass(frozen=True)
class Colleagues:
    """Loaded once for many questions."""

    crew: Crew
    now: datetime
    rules: PlanRules

    @classmethod
    async def load(cls, uow: UnitOfWork, pages: Iterable[Page], now: datetime, rules: PlanRules) -> "Colleagues":
        distinct = {page.code: page for page in pages}
        return cls(await Crew.load(uow, distinct.values(), now, rules), now, rules)

    def on(self, page: Page) -> list[Person]:
        """Who may post there besides its keeper; nobody on somebody's own page (H6)."""
        return [] if page.kind is PageKind.PERSONAL else list(self.crew.by_page[page.code])

    def may_take(self, person: Person, view: AssignmentView, instead_of: AssignmentView | None = None) -> bool:
        """Whether they may and can post it, and can be told in time; `instead_of`: what they would give away for it."""
        return self._may(person, view, None if instead_of is None else instead_of.slot.id)

    def could(self, person: Person, view: AssignmentView, ahead: timedelta) -> bool:
        """Whether they can take it, be it in exchange for something of theirs of the next days."""
        if self._may(person, view, None):
            return True
        held = [one for one in self.crew.asked.get(person.id, ()) if one.state is AssignmentState.ASSIGNED]
        soon = (one.slot_id for one in held if self.now < one.at <= self.now + ahead)
        return any(self._may(person, view, slot) for slot in soon)

    def _may(self, person: Person, view: AssignmentView, without: int | None) -> bool:
        there = [one for one in self.on(view.page) if one.id == person.id]
        theirs = [one for one in self.crew.asked.get(person.id, ()) if one.slot_id != without]
        return bool(there) and self._alone(there[0], theirs, view.slot)

    def _alone(self, person: Person, theirs: list[Asked], slot: Slot) -> bool:
        alone = replace(self.crew, by_page={slot.page: [person]}, asked={person.id: theirs})
        return alone.choose(slot, ring=(self.now, max(self.now, slot.at - self.rules.lead))) is not None
