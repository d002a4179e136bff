"""Swaps: asking a named colleague to take a post, or to exchange it; their yes or no."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.pages import PageKind
from domain.people import Actor, Person
from domain.plan import Assignment, AssignmentState
from domain.planning import PlanRules, outside_quiet
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.rights import Action, ensure_may
from domain.swaps import AHEAD, NotForThem, Swap, SwapClosed, SwapState, TooLateToSwap, deadline
from domain.usecases import staffing
from domain.usecases.assignments import instead, my_open, shown
from domain.usecases.colleagues import Colleagues

LAPSE = "swap.lapse"
"""Due task: nobody has answered in time."""
NAME = "swap.name"
"""Expectation: the next message is (a part of) the colleague's name."""


@dataclass(frozen=True)
class SwapView:
    """`mine`: the asker's post; `other`: what is given in exchange. Names as people are called."""

    swap: Swap
    mine: AssignmentView
    other: AssignmentView | None
    asker: Person
    colleague: Person


@dataclass(frozen=True)
class Choice:
    """Whom the reader can ask for `mine`; `open`: whom they have asked already. `name`: only those are listed."""

    mine: AssignmentView
    people: tuple[Person, ...]
    open: SwapView | None
    name: str = ""


@dataclass(frozen=True)
class Terms:
    """What a colleague can be asked: to take it (`gift`), or to exchange it for one of `theirs`."""

    mine: AssignmentView
    colleague: Person
    gift: bool
    theirs: tuple[AssignmentView, ...]


# --- reading -----------------------------------------------------------------------------------------------------------


async def look(uow: UnitOfWork, swap: Swap) -> SwapView:
    """As it stands. Read-only."""
    mine = await uow.plan.view(swap.assignment_id)
    other = None if swap.other_id is None else await uow.plan.view(swap.other_id)
    return SwapView(swap, mine, other, await uow.people.get(swap.from_id), await uow.people.get(swap.to_id))


async def asked_of_me(uow: UnitOfWork, actor: Actor, swap_id: int, state: SwapState) -> SwapView:
    """For the colleague's message when it is over; `state`: what the tap met. Read-only."""
    swap = await uow.swaps.get(swap_id)
    ensure_may(actor, Action.SWAP, mine=swap.to_id == actor.id)
    return await look(uow, swap if swap.state is not SwapState.OPEN else replace(swap, state=state))


async def choice(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime, rules: PlanRules
) -> Choice:
    """[Ask a colleague]: whom. Read-only."""
    mine = await _swappable(uow, actor, assignment_id, version, now)
    asked = await uow.swaps.find_open(assignment_id)
    known = await Colleagues.load(uow, [mine.page], now, rules)
    people = [one for one in known.on(mine.page) if one.id != actor.id and known.could(one, mine, AHEAD)]
    people.sort(key=lambda one: (one.name.casefold(), one.id))
    return Choice(mine, tuple(people), None if asked is None else await look(uow, asked))


async def ask_name(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime) -> AssignmentView:
    """[Find by name]: the next message says whom, where there are too many to page through."""
    view = await my_open(uow, actor, assignment_id, version)
    await instead(uow, actor, view, now)
    await uow.expectations.set(actor.id, NAME, view.assignment.subject, now=now, version=version)
    return view


async def find_by_name(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, name: str, *, now: datetime, rules: PlanRules
) -> Choice:
    """Those of the choice whose name has all of these words in it; nobody: the question stays open."""
    found = await choice(uow, actor, assignment_id, version, now=now, rules=rules)
    words = _plain(name).split()
    people = tuple(one for one in found.people if all(word in _plain(one.name) for word in words))
    if people:
        await uow.expectations.clear(actor.id, NAME)
        await staffing.restore(uow, found.mine.assignment, now)  # the name was asked for on the card
    return replace(found, people=people, name=name)


def _plain(name: str) -> str:
    """As people look for names: Алена finds Алёна."""
    return name.casefold().replace("ё", "е")


async def terms(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, person_id: int, *, now: datetime, rules: PlanRules
) -> Terms:
    """A colleague was chosen: take it, or in exchange for what? Read-only."""
    mine = await _swappable(uow, actor, assignment_id, version, now)
    views = await uow.plan.views_of_person(person_id, now, now + AHEAD)
    held = [view for view in views if view.assignment.state is AssignmentState.ASSIGNED and not view.halted]
    free = [view for view in held if view.page.kind is not PageKind.PERSONAL]
    known = await Colleagues.load(uow, [mine.page, *(view.page for view in free)], now, rules)
    colleague = await uow.people.get(person_id)
    gift = known.may_take(colleague, mine)
    theirs = [
        view
        for view in free
        if deadline(view.assignment.at) > now
        and known.may_take(colleague, mine, instead_of=view)
        and known.may_take(actor.person, view, instead_of=mine)
    ]
    return Terms(mine, colleague, gift, tuple(theirs))


async def _swappable(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, now: datetime) -> AssignmentView:
    view = await my_open(uow, actor, assignment_id, version)
    ensure_may(actor, Action.SWAP, mine=view.assignment.person_id == actor.id)
    if deadline(view.assignment.at) <= now:
        raise TooLateToSwap
    return view


# --- asking ------------------------------------------------------------------------------------------------------------


async def ask(
    uow: UnitOfWork,
    actor: Actor,
    assignment_id: int,
    version: int,
    person_id: int,
    other_id: int | None,
    *,
    now: datetime,
    rules: PlanRules,
) -> SwapView:
    """The colleague is asked; until they agree nothing changes. Somebody who was asked before is asked no longer."""
    offered = await terms(uow, actor, assignment_id, version, person_id, now=now, rules=rules)
    theirs = next((view for view in offered.theirs if view.assignment.id == other_id), None)
    moments = [view.assignment.at for view in (offered.mine, theirs) if view is not None]
    expires = deadline(*moments)
    heard_at = outside_quiet(offered.colleague, now)
    if (other_id is not None and theirs is None) or (other_id is None and not offered.gift) or heard_at >= expires:
        raise NotForThem(offered.colleague.name)
    before = await uow.swaps.find_open(assignment_id)
    if before is not None:
        await _end(uow, before, SwapState.WITHDRAWN, now)
    asked = await uow.swaps.add(
        Swap(
            id=0,
            assignment_id=assignment_id,
            from_id=actor.id,
            to_id=person_id,
            other_id=other_id,
            at=offered.mine.assignment.at,
            other_at=None if theirs is None else theirs.assignment.at,
            state=SwapState.OPEN,
            expires_at=expires,
            version=1,
        ),
        now,
    )
    await uow.outbox.add(_notice("swap.offer", asked, person_id, heard_at))
    await uow.tasks.add(DueTask(f"{LAPSE}:{asked.id}", LAPSE, asked.subject, expires, {"swap": asked.id}))
    await _note(uow, actor.number, "swap.asked", asked, now)
    return await look(uow, asked)


async def take_back(uow: UnitOfWork, actor: Actor, swap_id: int, version: int, *, now: datetime) -> SwapView:
    """[Take it back]: the asker keeps the post."""
    swap = await _open(uow, actor, swap_id, version, mine=lambda one: one.from_id)
    ended = await _end(uow, swap, SwapState.WITHDRAWN, now)
    await _note(uow, actor.number, "swap.withdrawn", ended, now)
    view = await look(uow, ended)
    return replace(view, mine=await shown(uow, view.mine, now))


# --- answering ---------------------------------------------------------------------------------------------------------


async def agree(
    uow: UnitOfWork, actor: Actor, swap_id: int, version: int, *, now: datetime, rules: PlanRules
) -> SwapView:
    """The colleague's yes: from now on it is theirs, and in an exchange theirs is the asker's. Both are checked once more."""
    swap = await _open(uow, actor, swap_id, version, mine=lambda one: one.to_id)
    view = await look(uow, swap)
    if now >= swap.expires_at or not is_unchanged(view):
        raise SwapClosed(SwapState.LAPSED)
    known = await Colleagues.load(uow, [one.page for one in (view.mine, view.other) if one is not None], now, rules)
    if not known.may_take(view.colleague, view.mine, instead_of=view.other):
        raise NotForThem(view.colleague.name)
    if view.other is not None and not known.may_take(view.asker, view.other, instead_of=view.mine):
        raise NotForThem(view.asker.name)
    for one in (view.mine, view.other):
        if one is not None:
            await staffing.end(uow, one.assignment, AssignmentState.REPLACED, now)
            await staffing.end_offers(uow, one.slot, now)
    await _give(uow, view.colleague, view.mine, now, rules)
    if view.other is not None:
        await _give(uow, view.asker, view.other, now, rules)
    agreed = await _end(uow, swap, SwapState.AGREED, now, besides=actor.id)
    await uow.outbox.add(_notice("swap.answered", agreed, swap.from_id, now))
    await _note(uow, actor.number, "swap.agreed", agreed, now)
    return await look(uow, agreed)


async def refuse(uow: UnitOfWork, actor: Actor, swap_id: int, version: int, *, now: datetime) -> SwapView:
    """The colleague's no: nothing changes, and no reason is asked for."""
    swap = await _open(uow, actor, swap_id, version, mine=lambda one: one.to_id)
    refused = await _end(uow, swap, SwapState.REFUSED, now, besides=actor.id)
    asker = await uow.people.get(swap.from_id)
    await uow.outbox.add(_notice("swap.answered", refused, swap.from_id, outside_quiet(asker, now)))
    await _note(uow, actor.number, "swap.refused", refused, now)
    view = await look(uow, refused)
    await staffing.restore(uow, view.mine.assignment, now)  # their card has its buttons again
    return view


async def lapse(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """`swap.lapse`: the time is over, or what was offered in exchange is gone; the asker hears that it is still theirs."""
    swap = await uow.swaps.get(int(task.params["swap"]))
    if swap.state is not SwapState.OPEN:
        return
    lapsed = await _end(uow, swap, SwapState.LAPSED, now)
    view = await look(uow, lapsed)
    if is_still_theirs(view):
        await staffing.restore(uow, view.mine.assignment, now)
        heard_at = outside_quiet(view.asker, now) if now < swap.expires_at else now
        await uow.outbox.add(_notice("swap.answered", lapsed, swap.from_id, heard_at))


# --- inside ------------------------------------------------------------------------------------------------------------


def is_still_theirs(view: SwapView) -> bool:
    """The asker still has what they asked for, at the same moment."""
    mine = view.mine.assignment
    return mine.state is AssignmentState.ASSIGNED and (mine.person_id, mine.at) == (view.swap.from_id, view.swap.at)


def is_unchanged(view: SwapView) -> bool:
    """Both still have what was spoken of, at the same moment."""
    swap, other, first = view.swap, view.other, is_still_theirs(view)
    if other is None:
        return first
    one = other.assignment
    return first and one.state is AssignmentState.ASSIGNED and (one.person_id, one.at) == (swap.to_id, swap.other_at)


async def _give(uow: UnitOfWork, person: Person, view: AssignmentView, now: datetime, rules: PlanRules) -> Assignment:
    slot = view.slot
    given = await uow.plan.put_assignment(slot, person.id, AssignmentState.ASSIGNED, substitute=False, now=now)
    accepted = await uow.plan.save_assignment(replace(given, accepted_at=now))
    await uow.outbox.add(*staffing.told(accepted, person, now, rules))
    await staffing.start_ladder(uow, slot, now, rules)
    return accepted


async def _open(uow: UnitOfWork, actor: Actor, swap_id: int, version: int, *, mine: Callable[[Swap], int]) -> Swap:
    swap = await uow.swaps.get(swap_id)
    ensure_may(actor, Action.SWAP, mine=mine(swap) == actor.id)
    if swap.state is not SwapState.OPEN:
        raise SwapClosed(swap.state)
    if swap.version != version:
        raise SwapClosed(SwapState.LAPSED)
    return swap


async def _end(uow: UnitOfWork, swap: Swap, state: SwapState, now: datetime, besides: int = 0) -> Swap:
    """Nothing more is asked; messages show how it ended. `besides`: whoever has just tapped sees it anyway."""
    ended = await uow.swaps.save(replace(swap, state=state))
    await uow.tasks.cancel(swap.subject, [LAPSE])
    await uow.outbox.cancel(swap.subject, ["swap.offer"])
    for copy in await uow.cards.of_subject(swap.subject):
        if copy.person_id != besides:
            redraw = _notice("swap.redraw", ended, copy.person_id, now)
            await uow.outbox.add(replace(redraw, guarantee=Guarantee.B, params={"swap": swap.id, "copy": copy.id}))
    return ended


def _notice(kind: str, swap: Swap, reader: int, due_at: datetime) -> Notice:
    return Notice(
        kind=kind,
        subject=swap.subject,
        due_at=due_at,
        dedup_key=f"{kind}:{swap.id}:{swap.version}:{reader}",
        person_id=reader,
        guarantee=Guarantee.A,
        priority=Priority.ASSIGNMENT,
        params={"swap": swap.id},
    )


async def _note(uow: UnitOfWork, number: int, action: str, swap: Swap, now: datetime) -> None:
    payload = {"assignment": swap.assignment_id, "to": swap.to_id, "other": swap.other_id}
    await uow.journal.add(
        at=now, actor=number, action=action, object_=swap.subject, version=swap.version, payload=payload
    )
