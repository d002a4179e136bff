"""A second opinion on a draft that was sent back or declined."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain import timing
from domain.appeals import Appeal, NobodyElse, NothingToAppeal, SecondAppeal, appealed, first_decision
from domain.drafts import Decision
from domain.people import EVERYWHERE, Actor
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet
from domain.rights import DECIDERS, Action, may
from domain.routing import next_up, promised
from domain.usecases.draft_steps import overdue, own, spread
from domain.worktime import USUAL, WorkRules


@dataclass(frozen=True)
class Appealed:
    """The draft as it waits again, and who is asked."""

    sheet: DraftSheet
    asked: tuple[str, ...]


async def appeal(
    uow: UnitOfWork, actor: Actor, draft_id: int, version: int, *, hours: float, work: WorkRules = USUAL, now: datetime
) -> Appealed:
    """The same content waits again as the next version; whoever decided first does not decide on it."""
    sheet = await own(uow, actor, draft_id)
    draft = sheet.draft
    if await uow.talk.find_appeal(draft_id, version) is not None:
        raise SecondAppeal
    against = first_decision(draft, version, sheet.decisions)
    asked = await _second(uow, sheet, against, now)
    by = promised(now, hours, (decider.person for decider in asked), work)
    new = appealed(draft, now, timing.decide_by(draft, by, now))
    if not await uow.drafts.set_state(replace(new, version=version), [draft.state]):
        raise NothingToAppeal
    if not await uow.drafts.save_content(new, version):
        raise NothingToAppeal
    if not await uow.talk.add_appeal(Appeal(draft_id, version, new.version, against.approver_id, now)):
        raise SecondAppeal
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="draft_appeal",
        object_=draft.subject,
        version=new.version,
        payload={"against": version},
    )
    await uow.tasks.add(spread("appealed", new, now), overdue(new, now))
    return Appealed(replace(sheet, draft=new, decisions=()), tuple(decider.person.name for decider in asked))


async def first_opinion(uow: UnitOfWork, sheet: DraftSheet) -> Decision | None:
    """The decision that an appeal is about, for who gives the second one."""
    appeal = sheet.appeal
    if appeal is None:
        return None
    made = await uow.drafts.decisions(sheet.draft.id)
    return next(
        (d for d in made if (d.version, d.approver_id) == (appeal.version, appeal.against_id)),
        None,
    )


async def _second(uow: UnitOfWork, sheet: DraftSheet, against: Decision, now: datetime) -> list[Actor]:
    """Who comes next in the routing and has not decided on it; `NobodyElse` when there is nobody."""
    draft = sheet.draft
    holders = await uow.people.holders(DECIDERS, draft.region)
    known = {decision.approver_id for decision in await uow.drafts.decisions(draft.id)}
    absent = await uow.away.absent(now)
    asked = next_up(draft.region, holders, draft.author_id, known, absent) or next_up(
        draft.region, holders, draft.author_id, {against.approver_id}, absent
    )
    if not asked:
        regions = await uow.campaign.regions()
        name = regions[draft.region].name if draft.region in regions else ""
        appoint = [h.person.name for h in holders if h.id != draft.author_id and may(h, Action.INVITE, draft.region)]
        raise NobodyElse("" if draft.region == EVERYWHERE else name, tuple(appoint[:3]))
    return asked
