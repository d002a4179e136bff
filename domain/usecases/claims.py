""" "I'm on it": said to the other approvers of a draft, lapses by itself."""

from datetime import datetime, timedelta

from domain.claims import ensure_free
from domain.notices import CardCopy, DueTask, Notice, Priority
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.rights import Action, ensure_may
from domain.usecases import approvals


async def claim(
    uow: UnitOfWork,
    actor: Actor,
    draft_id: int,
    version: int,
    *,
    minutes: int,
    pressed: tuple[int, int] = (0, 0),
    now: datetime,
) -> datetime:
    """The actor is on it for so many minutes; returns until when. `Claimed` says who already is."""
    sheet = await uow.drafts.get_sheet(draft_id)
    ensure_may(actor, Action.DRAFT_DECIDE, sheet.draft.region)
    approvals.ensure_decidable(sheet, actor, version)
    ensure_free(sheet.claim, actor.id, actor.person.zone, now)
    until = now + timedelta(minutes=minutes)
    if not await uow.talk.claim(draft_id, actor.id, until=until, now=now):
        ensure_free((await uow.drafts.get_sheet(draft_id)).claim, actor.id, actor.person.zone, now)
    subject = sheet.draft.subject
    key = f"claim:{draft_id}:{actor.id}:{until.isoformat()}"
    await uow.tasks.add(DueTask(key, "claim.lapsed", subject, until, {"draft": draft_id, "until": until.isoformat()}))
    await _journal(uow, actor, "draft_claim", subject, version, now)
    await redraw_cards(uow, draft_id, f"claim:{actor.id}", now, besides=pressed)
    return until


async def let_go(
    uow: UnitOfWork, actor: Actor, draft_id: int, *, pressed: tuple[int, int] = (0, 0), now: datetime
) -> bool:
    """The actor is not on it any more; False when they were not."""
    ensure_may(actor, Action.DRAFT_DECIDE)
    if not await uow.talk.let_go(draft_id, actor.id):
        return False
    await _journal(uow, actor, "draft_unclaim", f"draft:{draft_id}", 0, now)
    await redraw_cards(uow, draft_id, f"unclaim:{actor.id}", now, besides=pressed)
    return True


async def skip(uow: UnitOfWork, actor: Actor, draft_id: int, copy_id: int | None, *, now: datetime) -> None:
    """The card left the actor's chat: they are not on it any more."""
    if copy_id is not None:
        await uow.cards.remove(copy_id)
    await let_go(uow, actor, draft_id, now=now)


async def lapsed(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """`claim.lapsed`: the others see that nobody is on it, unless it was taken anew meanwhile."""
    sheet = await uow.drafts.get_sheet(task.params["draft"])
    if sheet.claim is None or sheet.claim.until.isoformat() != task.params["until"]:
        return
    await uow.talk.let_go(sheet.draft.id)
    await redraw_cards(uow, sheet.draft.id, "lapsed", now)


async def redraw_cards(
    uow: UnitOfWork,
    draft_id: int,
    mark: str,
    now: datetime,
    *,
    besides: tuple[int, int] = (0, 0),
    panels: bool = False,
) -> None:
    """Every copy of a draft's card (and its author's panel) shows itself anew; `besides`: chat and message of one that does not."""
    subject = f"draft:{draft_id}"
    shown = {"card", "panel"} if panels else {"card"}

    def of(copy: CardCopy) -> Notice:
        key = f"card.redraw:{draft_id}:{mark}:{copy.id}:{now.isoformat()}"
        params = {"draft": draft_id, "copy": copy.id}
        person = copy.person_id
        return Notice("card.redraw", subject, now, key, person_id=person, priority=Priority.DECISION, params=params)

    copies = [copy for copy in await uow.cards.of_subject(subject) if copy.purpose in shown]
    await uow.outbox.add(*(of(copy) for copy in copies if (copy.chat_id, copy.message_id) != besides))


async def _journal(uow: UnitOfWork, actor: Actor, action: str, subject: str, version: int, now: datetime) -> None:
    await uow.journal.add(at=now, actor=actor.number, action=action, object_=subject, version=version)
