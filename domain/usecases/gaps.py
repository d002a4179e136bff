"""The evening before: tomorrow's empty slots are named to those who can fill them, once and kindly."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from domain import planning
from domain.notices import DueTask, Notice, Priority
from domain.pages import Page, PageKind, open_to
from domain.people import Actor, Person, Role
from domain.plan import EmptyReason, SlotState
from domain.ports import UnitOfWork
from domain.ports.plan import SlotView
from domain.usecases import imprints, staffing
from domain.usecases.publishing import Gate

TELL = "plan.gaps"
"""The due task."""
PRESS, WRITE, PEOPLE = "empty.slots", "empty.write", "empty.people"
"""The notices: to press secretaries; to those who may write a text; to coordinators where nobody is there to post."""
WRITERS = 3
"""Asked for a text for one page on one evening."""
_MEMORY = timedelta(days=14)
"""Whoever was asked least in this time is asked next."""
_REST = timedelta(hours=36)
"""Nobody is asked for a text two evenings in a row."""
_SPARE = 30
"""More people than needed: some are away or have the day off."""
_COORDINATORS = frozenset({Role.COORDINATOR})


async def lay_out(uow: UnitOfWork, zone: str, day: date, now: datetime) -> None:
    """Have the gaps of `day` told; a task of its own, so that the plan stands whatever becomes of it."""
    params = {"zone": zone, "day": day.isoformat()}
    await uow.tasks.add(DueTask(f"{TELL}:{zone}:{day}", TELL, f"zone:{zone}", now, params))


async def tell(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """`plan.gaps`: whoever is told as press secretary or coordinator is not asked for a text too; nobody in quiet hours."""
    day, zone = date.fromisoformat(task.params["day"]), str(task.params["zone"])
    pages = {page.code: page for page in (await uow.campaign.pages()).values() if page.zone == zone}
    empty = await _empty(uow, pages, day, now)
    press = {actor.id: actor for region in _regions(empty) for actor in await staffing.press(uow, region)}
    await uow.outbox.add(*(_notice(PRESS, actor.person, day, now, zone) for actor in press.values()))
    gaps = await fillable(uow, pages.values(), empty, now)
    absent = await uow.away.absent(now)
    people = {
        actor.id: actor
        for region in _regions(gap for gap in gaps if gap.slot.empty_reason is EmptyReason.NO_PERSON)
        for actor in await uow.people.holders(_COORDINATORS, region)
        if actor.id not in absent
    }
    await uow.outbox.add(*(_notice(PEOPLE, actor.person, day, now, zone) for actor in people.values()))
    wanted = await texts_wanted(uow, gaps, day)
    await uow.outbox.add(*await _to_writers(uow, pages, wanted, {*press, *people}, day, now))


async def _empty(uow: UnitOfWork, pages: Collection[str], day: date, now: datetime) -> list[SlotView]:
    """The slots of `day` on these pages that are empty and ahead; the many that are filled are not even read."""
    codes = {gap.page for gap in await uow.page_health.gaps(now) if gap.day == day and gap.page in pages}
    views = await uow.plan.slots_of_day(day, codes) if codes else []
    return [view for view in views if view.slot.state is SlotState.EMPTY and view.slot.at > now]


def _regions(views: Iterable[SlotView]) -> list[str]:
    return sorted({view.region for view in views})


def _notice(kind: str, person: Person, day: date, now: datetime, apart: str = "", pages: Sequence[str] = ()) -> Notice:
    """Class B, outside quiet hours. `apart`: what there may be one each of for a person and day."""
    return Notice(
        kind=kind,
        subject=f"empty:{day}",
        due_at=planning.outside_quiet(person, now),
        dedup_key=f"{kind}:{person.id}:{apart}:{day}" if apart else f"{kind}:{person.id}:{day}",
        person_id=person.id,
        priority=Priority.DIGEST,
        params={"day": day.isoformat(), **({"pages": list(pages)} if pages else {})},
    )


# -- which ------------------------------------------------------------------------------------------------------------


async def fillable(uow: UnitOfWork, pages: Iterable[Page], views: Iterable[SlotView], now: datetime) -> list[SlotView]:
    """Empty slots ahead that something can be done about: no emergency stop, no silence now or then, not an urgent call's."""
    gate, known = await Gate.load(uow), {page.code: page for page in pages}

    def is_open(view: SlotView) -> bool:
        page = known.get(view.slot.page)
        if (
            page is None
            or view.slot.state is not SlotState.EMPTY
            or view.slot.at <= now
            or view.slot.urgent_id is not None
        ):
            return False
        silent = any(gate.silences.hold(page.region, at) for at in (now, view.slot.at))
        return gate.stopped(page) is None and not silent and page.may_publish_on(view.slot.day)

    return [view for view in views if is_open(view)]


async def texts_wanted(uow: UnitOfWork, gaps: Iterable[SlotView], day: date) -> dict[str, list[SlotView]]:
    """By page: the slots of `day` without a text. Left out: pages without an imprint line then, and those for which as many
    texts wait for their decision."""
    found: dict[str, list[SlotView]] = defaultdict(list)
    for gap in gaps:
        if gap.slot.empty_reason is not EmptyReason.NO_PERSON:
            found[gap.slot.page].append(gap)
    if not found:
        return {}
    unlined = await imprints.days_without_line(uow, day, found)
    in_hand = await uow.page_health.in_hand(found)
    return {code: some for code, some in found.items() if code not in unlined and in_hand.get(code, 0) < len(some)}


# -- whom -------------------------------------------------------------------------------------------------------------


def share(codes: Sequence[str], people: Sequence[Person]) -> dict[str, list[Person]]:
    """Who is asked for which page: at most `WRITERS` each, the pages spread over the people in their order."""
    return {
        code: [people[(n * WRITERS + place) % len(people)] for place in range(min(WRITERS, len(people)))]
        for n, code in enumerate(codes)
    }


async def _to_writers(
    uow: UnitOfWork,
    pages: Mapping[str, Page],
    wanted: Collection[str],
    told: Collection[int],
    day: date,
    now: datetime,
) -> list[Notice]:
    """Those who were asked least lately; of a personal page its keeper alone."""
    asked: dict[int, tuple[Person, list[str]]] = {}
    told = {*told, *await uow.page_health.asked_since(WRITE, now - _REST)}
    by_region: dict[str, list[str]] = defaultdict(list)
    for code in sorted(wanted):
        page = pages[code]
        if page.kind is not PageKind.PERSONAL:
            by_region[page.region].append(code)
        elif page.keeper_id is not None and page.keeper_id not in told:
            for keeper in await _there(uow, await uow.plan.active_people([page.keeper_id]), now):
                asked.setdefault(keeper.id, (keeper, []))[1].append(code)
    for region, codes in sorted(by_region.items()):
        least = await uow.page_health.asked_least(
            WRITE, [region], now - _MEMORY, WRITERS * len(codes) + len(told) + _SPARE
        )
        people = await _there(uow, [one for one in least if one.id not in told], now)
        for code, chosen in share(codes, people).items():
            for person in chosen:
                asked.setdefault(person.id, (person, []))[1].append(code)
    return [_notice(WRITE, person, day, now, pages=codes) for person, codes in asked.values()]


async def _there(uow: UnitOfWork, people: Sequence[Person], now: datetime) -> list[Person]:
    """Without those who are away or have the day off."""
    if not people:
        return []
    absent, declared = await uow.away.absent(now), await uow.availability.of([person.id for person in people])
    return [
        person
        for person in people
        if person.reachable
        and person.id not in absent
        and not (person.id in declared and declared[person.id].is_day_off(person.local(now).date()))
    ]


# -- for the messages -------------------------------------------------------------------------------------------------


async def to_write(uow: UnitOfWork, actor: Actor, day: date, codes: Collection[str], now: datetime) -> list[SlotView]:
    """Of these pages: what still lacks a text and the reader may write one for. Read-only."""
    pages = {page.code: page for page in open_to(actor, (await uow.campaign.pages(codes)).values())}
    gaps = await fillable(uow, pages.values(), await uow.plan.slots_of_day(day, codes), now)
    return [gap for some in (await texts_wanted(uow, gaps, day)).values() for gap in some]


async def to_post(uow: UnitOfWork, actor: Actor, day: date, now: datetime) -> list[SlotView]:
    """Where the reader coordinates: what has a text and nobody. Read-only."""
    known = await uow.campaign.pages()
    pages = {code: page for code, page in known.items() if actor.holds(_COORDINATORS, page.region)}
    gaps = await fillable(uow, pages.values(), await _empty(uow, pages, day, now), now)
    return [gap for gap in gaps if gap.slot.empty_reason is EmptyReason.NO_PERSON]
