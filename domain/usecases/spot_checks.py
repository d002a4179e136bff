"""Spot checks: one proof after the other is looked at; what is not right goes back kindly and may be disputed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain import planning
from domain import published as words
from domain.diff import Piece
from domain.errors import NotFound
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.people import Actor
from domain.plan import AssignmentState, Proof, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.published import ProofRules, PublishedText
from domain.rights import DECIDERS, Action, ensure_may
from domain.routing import who_decides
from domain.spot_checks import (
    FRESH,
    CheckDecided,
    CheckState,
    OwnProof,
    ProofEnd,
    SpotCheck,
    Why,
    WrongReason,
    disputed,
    note_in,
    settled,
)
from domain.usecases import best_posts, check_cards, proofs, rounds, staffing
from domain.usecases.assignments import look
from domain.usecases.publishing import Gate

NOTE = "check.note"
"""Expectation: what is not right, in own words."""
_PATIENCE = timedelta(hours=48)
"""A dispute that nobody decides ends in favour of the person after this time."""


@dataclass(frozen=True)
class CheckView:
    """A proof to look at. `left`: how many wait after it. `pieces`: what was pasted against what was approved."""

    assignment: AssignmentView
    proof: Proof
    why: Why
    text: PublishedText | None
    pieces: tuple[Piece, ...]
    left: int = 0
    before: SpotCheck | None = None
    """The look that its earlier proof had."""


@dataclass(frozen=True)
class Looked:
    """A check with what it is about."""

    check: SpotCheck
    view: AssignmentView
    by_name: str = ""
    settled_by: str = ""
    """The name of who decided a dispute."""


# -- looking ------------------------------------------------------------------------------------------------------------------


async def next_one(
    uow: UnitOfWork, actor: Actor, *, now: datetime, rules: ProofRules, besides: Sequence[int] = ()
) -> CheckView | None:
    """/checks: the first that waits in the actor's regions, not one of `besides` (slots). None: all are looked at. Read-only."""
    ensure_may(actor, Action.SPOT_CHECK)
    regions = actor.regions(DECIDERS)
    since = now - timedelta(days=rules.days)
    waiting = await uow.proofs.to_check(regions, actor.id, since, rules.percent, len(besides) + 1)
    first = next((one for one in waiting if one.slot_id not in besides), None)
    if first is None:
        return None
    count = await uow.proofs.count_to_check(regions, actor.id, since, rules.percent)
    return replace(await _card(uow, first.assignment_id, first.why), left=count - 1)


async def waiting(uow: UnitOfWork, actor: Actor, *, now: datetime, rules: ProofRules) -> int:
    """How many wait for the actor. Read-only."""
    since = now - timedelta(days=rules.days)
    return await uow.proofs.count_to_check(actor.regions(DECIDERS), actor.id, since, rules.percent)


async def look_at(uow: UnitOfWork, actor: Actor, assignment_id: int) -> CheckView:
    """One certain proof, from a notice about it. Read-only."""
    view = await _card(uow, assignment_id, Why.DIFFERS)
    ensure_may(actor, Action.SPOT_CHECK, view.assignment.page.region)
    return view


async def card(uow: UnitOfWork, assignment_id: int) -> CheckView | None:
    """The same for a notice; None when the proof was taken back."""
    try:
        return await _card(uow, assignment_id, Why.DIFFERS)
    except NotFound:
        return None


async def _card(uow: UnitOfWork, assignment_id: int, why: Why) -> CheckView:
    view = await uow.plan.view(assignment_id)
    proof = await uow.proofs.find(view.slot.id)
    if proof is None or proof.assignment_id != assignment_id:
        raise NotFound("proof")
    text = await uow.proofs.find_text(view.slot.id)
    text = text if text is not None and text.proof_at == proof.at else None
    pieces: tuple[Piece, ...] = ()
    if text is not None and text.text:
        pieces = words.compare(view.text or "", text.text, view.page.imprint).pieces
    before = await uow.proofs.find_check(view.slot.id) if why is Why.AGAIN else None
    return CheckView(view, proof, why, text, pieces, before=before)


# -- deciding -----------------------------------------------------------------------------------------------------------------


async def _to_decide(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int) -> tuple[AssignmentView, Proof]:
    view = await uow.plan.view(assignment_id)
    ensure_may(actor, Action.SPOT_CHECK, view.page.region)
    proof = await uow.proofs.find(view.slot.id)
    if proof is None or view.assignment.version != version or view.assignment.state is not AssignmentState.POSTED:
        raise CheckDecided
    if proof.person_id == actor.id:
        raise OwnProof
    return view, proof


async def fine(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime) -> AssignmentView:
    """[Fine]."""
    view, proof = await _to_decide(uow, actor, assignment_id, version)
    check = await uow.proofs.add_check(proof, fine=True, reason=None, note="", by_id=actor.id, now=now, deadline=None)
    await uow.outbox.cancel(view.assignment.subject, ["published.differs"])
    await _noted(uow, actor, "check.fine", check, now)
    return view


async def ask_note(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime) -> AssignmentView:
    """[Something else]: the next message says what is not right."""
    view, _ = await _to_decide(uow, actor, assignment_id, version)
    await uow.expectations.set(actor.id, NOTE, view.assignment.subject, now=now, version=version)
    return view


async def not_right(
    uow: UnitOfWork,
    actor: Actor,
    assignment_id: int,
    version: int,
    reason: WrongReason,
    *,
    now: datetime,
    rules: PlanRules,
    note: str = "",
) -> Looked:
    """The assignment goes back to its person with the reason and fresh time; the proof stays in the history."""
    view, proof = await _to_decide(uow, actor, assignment_id, version)
    line = note_in(note) if reason is WrongReason.NOTE else ""
    deadline = planning.outside_quiet(view.person, now) + FRESH
    check = await uow.proofs.add_check(
        proof, fine=False, reason=reason, note=line, by_id=actor.id, now=now, deadline=deadline
    )
    await uow.expectations.clear(actor.id, NOTE)
    again = await proofs.reopen(uow, view, ProofEnd.NOT_RIGHT, now, rules)
    await _give_back(uow, check, again, now)
    await _noted(uow, actor, "check.not_right", check, now, reason=reason.value, note=line)
    return Looked(check, again)


async def _give_back(uow: UnitOfWork, check: SpotCheck, view: AssignmentView, now: datetime) -> None:
    """Told at least once, outside quiet hours, with until when; what becomes of it then is a due task."""
    await uow.outbox.add(
        Notice(
            kind="proof.reopened",
            subject=view.assignment.subject,
            due_at=planning.outside_quiet(view.person, now),
            dedup_key=f"proof.reopened:{check.id}:{check.version}",
            person_id=view.person.id,
            guarantee=Guarantee.A,
            priority=Priority.ASSIGNMENT,
            params={"check": check.id},
        )
    )
    await _due(uow, check, check.deadline or now)


async def _due(uow: UnitOfWork, check: SpotCheck, at: datetime, *, held: bool = False) -> None:
    """`held`: then their time begins anew."""
    key, params = f"{proofs.DEADLINE}:{check.id}", {"check": check.id, **({"held": True} if held else {})}
    await uow.tasks.add(DueTask(key, proofs.DEADLINE, f"slot:{check.slot_id}", at, params))
    await uow.tasks.reschedule(key, at, params)


# -- disputing ------------------------------------------------------------------------------------------------------------------


async def about(uow: UnitOfWork, check_id: int) -> Looked:
    """A check with its assignment and the name of whoever looked. Read-only."""
    check = await uow.proofs.get_check(check_id)
    names = await uow.people.names([check.by_id, *([check.settled_by] if check.settled_by else [])])
    view = await uow.plan.view(check.assignment_id)
    return Looked(check, view, names.get(check.by_id, ""), names.get(check.settled_by or 0, ""))


async def past_picture(uow: UnitOfWork, actor: Actor, check_id: int) -> str:
    """The screenshot of the proof that was looked at, for whoever decides a dispute. Read-only."""
    check = await uow.proofs.get_check(check_id)
    view = await uow.plan.view(check.assignment_id)
    ensure_may(actor, Action.SPOT_CHECK, view.page.region)
    past = await uow.proofs.last_past(check.slot_id)
    return past.media if past is not None else ""


async def dispute(uow: UnitOfWork, actor: Actor, check_id: int, version: int, *, now: datetime) -> Looked:
    """[It is right]: somebody else decides; until then nothing is due."""
    check = await uow.proofs.get_check(check_id)
    view = await look(uow, actor, check.assignment_id)
    if check.version != version or view.assignment.state is not AssignmentState.ASSIGNED:
        raise CheckDecided
    open_ = await uow.proofs.save_check(disputed(check))
    await _due(uow, open_, now + _PATIENCE)
    region = view.page.region
    deciders = await uow.people.holders(DECIDERS, region)
    others = [one for one in deciders if one.id not in {check.by_id, check.person_id}]
    readers = who_decides(region, others, 0)
    await uow.outbox.add(
        *(
            Notice(
                kind="check.disputed",
                subject=check.subject,
                due_at=planning.outside_quiet(reader.person, now),
                dedup_key=f"check.disputed:{check.id}:{open_.version}:{reader.id}",
                person_id=reader.id,
                guarantee=Guarantee.A,
                priority=Priority.DECISION,
                params={"check": check.id},
            )
            for reader in readers
        )
    )
    await check_cards.redraw_theirs(uow, view, now)
    await _noted(uow, actor, "check.disputed", open_, now)
    return Looked(open_, view)


async def settle(
    uow: UnitOfWork, actor: Actor, check_id: int, version: int, *, right: bool, now: datetime, rules: PlanRules
) -> Looked:
    """A second person: [The post is right] brings the proof back, [To be done again] gives fresh time."""
    check = await uow.proofs.get_check(check_id)
    view = await uow.plan.view(check.assignment_id)
    ensure_may(actor, Action.SPOT_CHECK, view.page.region)
    if check.version != version:
        raise CheckDecided
    decided = settled(check, actor.id, now, right=right)
    if view.assignment.state is AssignmentState.ASSIGNED and not right:
        decided = replace(decided, deadline=planning.outside_quiet(view.person, now) + FRESH)
    decided = await uow.proofs.save_check(decided)
    await check_cards.redraw_disputes(uow, decided, now)
    await _noted(uow, actor, "check.settled", decided, now, right=right)
    if view.assignment.state is not AssignmentState.ASSIGNED:  # proven anew meanwhile, or taken out of the plan
        await uow.tasks.cancel(view.slot.subject, [proofs.DEADLINE])
        return Looked(decided, view)
    if not right:
        await check_cards.redraw_theirs(uow, view, now)
        await _give_back(uow, decided, view, now)
        return Looked(decided, view)
    return Looked(decided, await _restore(uow, decided, view, now, rules))


async def _restore(
    uow: UnitOfWork, check: SpotCheck, view: AssignmentView, now: datetime, rules: PlanRules
) -> AssignmentView:
    """The earlier proof stands again, with its own moment; the person hears that all is well."""
    past = await uow.proofs.last_past(view.slot.id)
    if past is None or view.slot.state is not SlotState.FILLED:
        raise CheckDecided
    proof = Proof(past.slot_id, past.assignment_id, past.person_id, past.url, past.normal, past.at, past.media)
    restored = await proofs.restore(uow, view, proof, now, rules)
    await proofs.redraw_answer(uow, restored.assignment, now)
    await best_posts.touch(uow, view.page.code, now)
    await uow.outbox.cancel(view.assignment.subject, ["proof.reopened"])
    await uow.outbox.add(
        Notice(
            kind="proof.right",
            subject=view.assignment.subject,
            due_at=planning.outside_quiet(view.person, now),
            dedup_key=f"proof.right:{check.id}",
            person_id=view.person.id,
            guarantee=Guarantee.A,
            priority=Priority.DECISION,
            params={"check": check.id},
        )
    )
    return restored


# -- when the time is over ---------------------------------------------------------------------------------------------------------


async def deadline(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`proof.deadline`: fresh time is over. Until the page's day ends it only is late; after that it is missed.

    A dispute that nobody decided ends in favour of the person. In a silence or an emergency stop nobody can put anything right: the
    time begins anew, and is told anew, when it is over.
    """
    check = await uow.proofs.get_check(int(task.params["check"]))
    view = await uow.plan.view(check.assignment_id)
    if view.assignment.state is not AssignmentState.ASSIGNED or view.slot.state is not SlotState.FILLED:
        return
    if check.state is CheckState.DISPUTED:
        settled_ = await uow.proofs.save_check(replace(check, state=CheckState.RIGHT, settled_at=now))
        await _restore(uow, settled_, view, now, rules)
        await check_cards.redraw_disputes(uow, settled_, now)
        await uow.journal.add(at=now, actor=0, action="check.settled", object_=check.subject, version=settled_.version)
        return
    gate = await Gate.load(uow)
    if gate.stopped(view.page) is not None or gate.silences.hold(view.page.region, now):
        await _due(uow, check, gate.opens(view.page, now), held=True)
        return
    if task.params.get("held"):
        again = replace(check, deadline=planning.outside_quiet(view.person, now) + FRESH)
        await _give_back(uow, await uow.proofs.save_check(again), view, now)
        return
    if view.page.local_day(now) <= view.slot.day:
        await staffing.tell_press(uow, "slot.late", view.slot, view.page, now)
        await _due(uow, check, rounds.end_of_day(view.slot.day, view.page.zone))
        return
    await rounds.miss(uow, view.slot, view.page, now)


async def _noted(
    uow: UnitOfWork, actor: Actor, action: str, check: SpotCheck, now: datetime, **payload: object
) -> None:
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action=action,
        object_=check.subject,
        version=check.version,
        payload={"slot": check.slot_id, **payload},
    )
