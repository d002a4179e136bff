"""Comments between author and approvers, without leaving the card."""

from dataclasses import dataclass
from datetime import datetime

from domain import comments as rules
from domain.comments import Comment
from domain.notices import Guarantee, Notice, Priority
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet
from domain.rights import Action, ensure_may, may
from domain.usecases.claims import redraw_cards

ASK = "draft.ask"
"""The expectation: an approver's next message is a comment on `draft:N`."""
ANSWER = "draft.answer"
"""The same of its author."""
PAGE = 5
"""Comments on one screen of all of them."""


@dataclass(frozen=True)
class Begun:
    """A comment is awaited. `mine`: of the author."""

    sheet: DraftSheet
    mine: bool


@dataclass(frozen=True)
class Said:
    """A comment was written. `told`: names of those who hear of it at once; others see it on their cards."""

    sheet: DraftSheet
    comment: Comment
    mine: bool
    told: tuple[str, ...]


@dataclass(frozen=True)
class Thread:
    """A piece of all comments, newest first; `first`: how many newer ones there are."""

    sheet: DraftSheet
    comments: tuple[Comment, ...]
    total: int
    first: int
    mine: bool


async def begin(
    uow: UnitOfWork,
    actor: Actor,
    draft_id: int,
    version: int = 0,
    *,
    pressed: tuple[int, int] = (0, 0),
    now: datetime,
) -> Begun:
    """The actor's next message is a comment on this version (0: the current one)."""
    sheet = await uow.drafts.get_sheet(draft_id)
    mine = _ensure_part(sheet, actor)
    rules.ensure_talk(sheet.draft)
    params = {"pressed": list(pressed)}
    about = version or sheet.draft.version
    await uow.expectations.set(
        actor.id, ANSWER if mine else ASK, sheet.draft.subject, version=about, params=params, now=now
    )
    return Begun(sheet, mine)


async def leave(uow: UnitOfWork, actor: Actor, draft_id: int) -> Begun:
    """No comment after all."""
    sheet = await uow.drafts.get_sheet(draft_id)
    mine = _ensure_part(sheet, actor)
    await uow.expectations.clear(actor.id, ANSWER if mine else ASK)
    return Begun(sheet, mine)


async def say(
    uow: UnitOfWork,
    actor: Actor,
    draft_id: int,
    version: int,
    text: str,
    *,
    pressed: tuple[int, int] = (0, 0),
    now: datetime,
) -> Said:
    """The comment: every open card shows it; the author hears of an approver's, who takes part of the author's."""
    sheet = await uow.drafts.get_sheet(draft_id)
    draft = sheet.draft
    mine = _ensure_part(sheet, actor)
    rules.ensure_talk(draft)
    words, about = rules.checked(text), min(version, draft.version)
    number = await uow.talk.add_comment(draft_id, about, actor.id, words, now)
    await uow.expectations.clear(actor.id, ANSWER if mine else ASK)
    # The words stay in their own row, which erasure empties; the journal names it.
    payload = {"comment": number, "author": mine}
    await uow.journal.add(
        at=now, actor=actor.number, action="draft_comment", object_=draft.subject, version=about, payload=payload
    )
    told = await _readers(uow, sheet, now) if mine else {draft.author_id: sheet.author_name}
    await uow.outbox.add(
        *(
            Notice(
                "draft.comment",
                draft.subject,
                now,
                f"draft.comment:{number}:{reader}",
                person_id=reader,
                guarantee=Guarantee.A,
                priority=Priority.DECISION,
                params={"draft": draft_id, "comment": number},
            )
            for reader in told
        )
    )
    await redraw_cards(uow, draft_id, f"comment:{number}", now, besides=pressed, panels=True)
    comment = Comment(number, draft_id, about, actor.id, actor.person.name, words, now)
    return Said(sheet, comment, mine, tuple(told.values()))


async def thread(uow: UnitOfWork, actor: Actor, draft_id: int, first: int = 0) -> Thread:
    """All comments, newest first, in pieces of `PAGE`."""
    sheet = await uow.drafts.get_sheet(draft_id)
    mine = _ensure_part(sheet, actor)
    total = (await uow.talk.talk(draft_id)).total
    start = min(max(first, 0), max(total - 1, 0) // PAGE * PAGE)
    return Thread(sheet, tuple(await uow.talk.comments(draft_id, PAGE, start)), total, start, mine)


async def heard(uow: UnitOfWork, actor: Actor, draft_id: int, comment_id: int) -> tuple[DraftSheet, Comment] | None:
    """A comment for one who takes part, at the moment of sending; None for one who does not any more."""
    sheet = await uow.drafts.get_sheet(draft_id)
    if sheet.draft.author_id != actor.id and not may(actor, Action.DRAFT_DECIDE, sheet.draft.region):
        return None
    return sheet, await uow.talk.get_comment(comment_id)


def _ensure_part(sheet: DraftSheet, actor: Actor) -> bool:
    """Whether it is the actor's own draft; `Forbidden` for those who neither wrote it nor decide on it."""
    mine = sheet.draft.author_id == actor.id
    ensure_may(actor, Action.DRAFT_WRITE if mine else Action.DRAFT_DECIDE, None if mine else sheet.draft.region)
    return mine


async def _readers(uow: UnitOfWork, sheet: DraftSheet, now: datetime) -> dict[int, str]:
    """Approvers who take part: they commented or decided, or one is on it."""
    people = set(await uow.talk.commenters(sheet.draft.id)) - {sheet.draft.author_id}
    people |= {decision.approver_id for decision in sheet.decisions}
    if sheet.claim is not None and sheet.claim.holds(now):
        people.add(sheet.claim.person_id)
    return await uow.people.names(sorted(people)) if people else {}
