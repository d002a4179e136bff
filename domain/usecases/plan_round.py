"""One round of the planner over many pages: what stands, what is missing, who gets what. Reads only; `plan_writes` writes it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.filling import fill
from domain.pages import PageKind
from domain.plan import EmptyReason, Excuse, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.planner import PlanPage, Standing
from domain.sharing import Clock, Key, Own, Pool, Ready, Seat
from domain.usecases.plan_moments import Days, Moment, Shut, There, wanted
from domain.usecases.plan_people import Pools, Staff
from domain.usecases.plan_texts import Texts
from domain.usecases.silences import Silences


@dataclass(frozen=True)
class Rested:
    """A slot of a personal page that nobody is asked for: its keeper has the day off, or their account is blocked."""

    page: str
    day: date
    at: datetime
    excuse: Excuse


@dataclass
class Round:
    """What is to be done. `seats`: every empty slot ahead, those to be added (`slot_id` 0) too; filled where that can be.

    `gone`: open slots that nothing may be published in any more, and why. `revived`: cancelled slots that seats or rests
    come in the place of, by page and moment; `standing`: the empty ones, by id. `own`: slots to be added that are no seats,
    for they were filled at once.
    """

    pages: dict[str, PlanPage]
    seats: list[Seat] = field(default_factory=list)
    own: list[Own] = field(default_factory=list)
    rested: list[Rested] = field(default_factory=list)
    gone: list[tuple[Standing, str, Excuse | None]] = field(default_factory=list)
    revived: dict[tuple[str, datetime], Standing] = field(default_factory=dict)
    standing: dict[int, Standing] = field(default_factory=dict)

    taken: set[Key] = field(default_factory=set)
    """Texts that a seat has."""

    def reason(self, seat: Seat) -> EmptyReason | None:
        """Why it stays empty."""
        if seat.poster is not None:
            return None
        waits = any(text.fits(seat.at) and seat.key(text) not in self.taken for text in seat.texts)
        return EmptyReason.NO_PERSON if waits else EmptyReason.NO_TEXT

    def told(self) -> Iterator[tuple[int, Clock, datetime]]:
        """Who (id, hours) has something now, and at what moment."""
        yield from ((one.person_id, one.clock, one.at) for one in self.own)
        yield from ((s.poster.id, s.poster.clock, s.at) for s in self.seats if s.poster is not None)


async def look(uow: UnitOfWork, pages: Sequence[PlanPage], days: Days, *, now: datetime, rules: PlanRules) -> Round:
    """What the planner would do for these pages on these local days."""
    found = Round({page.code: page for page in pages})
    every = {day for code in found.pages for day in days[code]}
    if not every:
        return found
    shut = Shut(await Silences.load(uow), await uow.halts.in_force())
    staff = await Staff.begin(uow, every, now, rules)
    await staff.load(p.keeper_id for p in pages if p.kind is PageKind.PERSONAL and p.keeper_id is not None)
    there = _sorted_out(found, await uow.planner.standing(found.pages.keys(), every), days, shut, staff, now)
    added = await wanted(uow, found.pages, days, there, shut, now)
    seated = _seated(found, added, staff)
    await _fill(uow, found, seated, staff, min(every), now + rules.lead)
    return found


# --- what stands ---------------------------------------------------------------------------------------------------------


def _sorted_out(
    found: Round, standing: Iterable[Standing], days: Days, shut: Shut, staff: Staff, now: datetime
) -> There:
    there: There = defaultdict(lambda: ([], []))
    for slot in standing:
        page = found.pages[slot.page]
        if slot.day not in days[slot.page]:
            continue
        if slot.state is SlotState.CANCELLED:
            off = _excuse(page, slot.at, staff)
            back = slot.excuse is Excuse.DAY_OFF and slot.at > now and off is None
            if slot.excuse is not None and not slot.is_extra and not back:  # nothing comes in its place
                there[slot.page, slot.day][0].append(slot.at)
            else:
                found.revived[slot.page, slot.at] = slot
            continue
        if slot.at > now and slot.state in {SlotState.EMPTY, SlotState.FILLED}:
            why = shut.why(page, slot.day, slot.at)
            if why is not None:
                found.gone.append((slot, why, None))
                continue
        there[slot.page, slot.day][slot.is_extra].append(slot.at)
        if slot.state is SlotState.EMPTY and slot.at > now:
            excuse = _excuse(page, slot.at, staff)
            if excuse is not None and not slot.is_extra:
                found.gone.append((slot, excuse.value, excuse))
            elif not shut.is_stopped(page):
                found.standing[slot.id] = slot
    return there


def _excuse(page: PlanPage, at: datetime, staff: Staff) -> Excuse | None:
    """Why a personal page rests at that moment."""
    if page.kind is not PageKind.PERSONAL or page.keeper_id is None:
        return None
    if staff.barred and (page.keeper_id, page.platform) in staff.barred:
        return Excuse.BLOCKED
    return Excuse.DAY_OFF if staff.is_off(page.keeper_id, at) else None


# --- who gets what -------------------------------------------------------------------------------------------------------


def _seated(found: Round, added: Iterable[tuple[PlanPage, date, datetime]], staff: Staff) -> list[tuple[int, Moment]]:
    """The empty places with the id of the slot (0: there is none yet); personal pages that rest have none."""
    seated = [(slot.id, (found.pages[slot.page], slot.day, slot.at)) for slot in found.standing.values()]
    for page, day, at in added:
        excuse = _excuse(page, at, staff)
        if excuse is None:
            seated.append((0, (page, day, at)))
        else:
            found.rested.append(Rested(page.code, day, at, excuse))
    return seated


def _own(
    found: Round, seated: Sequence[tuple[int, Moment]], staff: Staff, texts: Texts, soon: datetime
) -> list[tuple[int, Moment]]:
    """Slots of personal pages that leave no choice are filled here; returns all others.

    So are nearly all of a large campaign: one slot, one text, a keeper of whom nothing else is wanted that day.
    In `fill` they would come first as well.
    """
    many = Counter(page.keeper_id for _, (page, _, _) in seated)
    others = []
    for place in seated:
        number, (page, day, at) = place
        clock = text = None
        if number == 0 and at >= soon and many[page.keeper_id] == 1 and (page.code, at) not in found.revived:
            clock = staff.free_keeper(page, at)
        if clock is not None and not clock.is_quiet(at):
            text = texts.only(page, day, at)
        if clock is None or text is None or page.keeper_id is None:
            others.append(place)
        else:
            staff.give(page.keeper_id, at)
            found.own.append(Own(page.code, page.region, day, at, text, page.keeper_id, clock))
    return others


async def _fill(
    uow: UnitOfWork, found: Round, seated: Sequence[tuple[int, Moment]], staff: Staff, first: date, soon: datetime
) -> None:
    if not seated:
        return
    open_ = {page.code: page for _, (page, _, _) in seated}
    texts = await Texts.load(uow, list(open_.values()), first)
    seated = _own(found, seated, staff, texts, soon)
    open_ = {page.code: page for _, (page, _, _) in seated}
    pools = Pools(staff)
    ready = [page for code, page in open_.items() if code in texts.offered]
    await pools.load(ready, {(page.code, day) for _, (page, day, _) in seated})
    nobody, allowed = Pool([]), dict[tuple[str, date], list[Ready]]()
    for number, (page, day, at) in seated:
        key = page.code, day
        if key not in allowed:
            allowed[key] = texts.allowed(page, day)
        revived = found.revived.get((page.code, at)) if number == 0 else None
        seat = Seat(
            *(page.code, day, at, pools.by_page.get(page.code, nobody), allowed[key], page.region),
            slot_id=number if revived is None else revived.id,
            mix=texts.mixes.get(page.code),
        )
        found.seats.append(seat)
    fill(found.seats, soon)
    left = [seat for seat in found.seats if seat.poster is None and seat.texts]
    if left and await pools.widen(left):
        fill(found.seats, soon)
    if any(seat.poster is None for seat in found.seats):
        found.taken = {seat.key(seat.text) for seat in found.seats if seat.text is not None}
