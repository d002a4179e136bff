"""Deciding on drafts: exactly the version that was read, first tap wins."""

from dataclasses import dataclass
from datetime import datetime

from domain import drafts as rules
from domain.diff import Piece, word_diff
from domain.drafts import AlreadyDecided, Decision, DraftClosed, DraftState, OwnDraft, Reason, Verdict
from domain.likeness import Closeness
from domain.notices import DueTask
from domain.people import EVERYWHERE, Actor
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet, StoredMedia
from domain.rights import DECIDERS, Action, ensure_may
from domain.silence import Blackout
from domain.usecases.own_words import closeness

QUESTION = "approval.note"
"""The expectation: the next message is the line to the author that goes with a decision on `draft:N`."""
NOTE_LIMIT = 500
"""Characters of that line."""


@dataclass(frozen=True)
class Decided:
    """What a decision led to. `approvals`: of how many different people this version now has the consent."""

    sheet: DraftSheet
    decision: Decision
    state: DraftState
    approvals: int


@dataclass(frozen=True)
class CardFacts:
    """What an approver needs to decide. `seen`: the version whose text lies above the control.

    `close`: its words are close to another person's for their own page.

    `changes`: from the seen text to the current one, when it changed; `media_changed`: so did its files.
    `region`: its name, empty for all regions. `others`: who has the card open too and may still decide.
    `more`: something waits for the reader.
    """

    sheet: DraftSheet
    seen: int
    region: str
    media: dict[str, StoredMedia]
    others: tuple[str, ...]
    silence: Blackout | None
    close: bool = False
    changes: tuple[Piece, ...] = ()
    media_changed: bool = False
    more: bool = False

    @property
    def changed(self) -> bool:
        return self.seen != self.sheet.draft.version


# --- reading ---------------------------------------------------------------------------------------------------------


async def count(uow: UnitOfWork, actor: Actor) -> int:
    """How many drafts wait for this person."""
    ensure_may(actor, Action.QUEUE)
    return (await uow.drafts.count_waiting(actor.regions(DECIDERS), actor.id))[0]


async def next_card(uow: UnitOfWork, actor: Actor, after: int = 0, *, now: datetime) -> CardFacts | None:
    """The card to decide on next: the one behind `after` (which may be decided by now) in the queue, or the first."""
    ensure_may(actor, Action.QUEUE)
    behind = await uow.drafts.get(after) if after else None
    following = await uow.drafts.waiting(actor.regions(DECIDERS), actor.id, behind=behind, limit=1)
    return await card(uow, actor, following[0].id, now=now) if following else None


async def card(uow: UnitOfWork, actor: Actor, draft_id: int, seen: int | None = None, *, now: datetime) -> CardFacts:
    """A card as of now; `seen`: the version whose text the reader has above the control."""
    sheet = await uow.drafts.get_sheet(draft_id)
    draft = sheet.draft
    ensure_may(actor, Action.DRAFT_DECIDE, draft.region)
    regions = await uow.campaign.regions()
    copies = await uow.cards.of_subject(draft.subject, "card")
    done = {draft.author_id, actor.id, *(decision.approver_id for decision in sheet.decisions)}
    open_at = {copy.person_id for copy in copies} - done
    others = [holder for holder in await uow.people.holders(DECIDERS, draft.region) if holder.id in open_at]
    changes: tuple[Piece, ...] = ()
    media_changed = False
    if seen is not None and seen != draft.version:
        text, media = await uow.drafts.content(draft_id, seen)
        changes, media_changed = tuple(word_diff(text, draft.text)), media != draft.media
    return CardFacts(
        sheet=sheet,
        seen=draft.version if seen is None else seen,
        region="" if draft.region == EVERYWHERE or draft.region not in regions else regions[draft.region].name,
        media=await uow.media.get_many(m.sha256 for m in draft.media),
        others=tuple(holder.person.name for holder in others),
        silence=await uow.campaign.silence(draft.region, now),
        close=await closeness(uow, draft, sheet.pages, now) is not Closeness.OWN,
        changes=changes,
        media_changed=media_changed,
        more=bool(await uow.drafts.waiting(actor.regions(DECIDERS), actor.id, limit=1)),
    )


# --- writing ---------------------------------------------------------------------------------------------------------


async def decide(
    uow: UnitOfWork,
    actor: Actor,
    draft_id: int,
    version: int,
    verdict: Verdict,
    *,
    reason: Reason | None = None,
    note: str = "",
    pressed: tuple[int, int] = (0, 0),
    now: datetime,
) -> Decided:
    """Decide on exactly this version. Everybody else hears of it through the due task "draft.decided".

    `pressed`: chat and message of the control that was tapped; its handler redraws that one itself.
    """
    sheet = await uow.drafts.get_sheet(draft_id)
    ensure_may(actor, Action.DRAFT_DECIDE, sheet.draft.region)
    ensure_decidable(sheet, actor, version)
    decision = Decision(draft_id, version, actor.id, actor.person.name, verdict, reason, note, now)
    approvals = len(sheet.decisions) + (verdict is Verdict.APPROVE)
    state = rules.after_verdict(verdict, approvals, sheet.approvals_needed)
    if not await uow.drafts.decide(decision, state):
        raise AlreadyDecided(draft_id, state, "", None)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action=Action.DRAFT_DECIDE.value,
        object_=sheet.draft.subject,
        version=version,
        payload={"verdict": verdict.value, "reason": reason and reason.value, "state": state.value},
    )
    params = {"draft": draft_id, "version": version, "approver": actor.id, "state": state, "pressed": list(pressed)}
    key = f"decided:{draft_id}:{version}:{actor.id}"
    await uow.tasks.add(DueTask(key, "draft.decided", sheet.draft.subject, now, params))
    return Decided(sheet, decision, state, approvals)


async def decide_with_note(
    uow: UnitOfWork,
    actor: Actor,
    draft_id: int,
    version: int,
    verdict: Verdict,
    *,
    reason: Reason | None = None,
    note: str = "",
    pressed: tuple[int, int] = (0, 0),
    now: datetime,
) -> Decided:
    """The same when a line was asked for: with it or, after all, without."""
    await uow.expectations.clear(actor.id, QUESTION)
    return await decide(uow, actor, draft_id, version, verdict, reason=reason, note=note, pressed=pressed, now=now)


async def ask_note(
    uow: UnitOfWork,
    actor: Actor,
    draft_id: int,
    version: int,
    verdict: Verdict,
    reason: Reason,
    *,
    pressed: tuple[int, int],
    now: datetime,
) -> None:
    """The approver wants to add a line: their next message decides."""
    sheet = await uow.drafts.get_sheet(draft_id)
    ensure_may(actor, Action.DRAFT_DECIDE, sheet.draft.region)
    ensure_decidable(sheet, actor, version)
    params = {"verdict": verdict.value, "reason": reason.value, "pressed": list(pressed)}
    await uow.expectations.set(actor.id, QUESTION, sheet.draft.subject, version=version, params=params, now=now)


async def stop_asking(uow: UnitOfWork, actor: Actor) -> None:
    """No line after all."""
    ensure_may(actor, Action.DRAFT_DECIDE)
    await uow.expectations.clear(actor.id, QUESTION)


def ensure_decidable(sheet: DraftSheet, actor: Actor, version: int) -> None:
    """Raise who was faster, that it changed, that it is one's own."""
    draft = sheet.draft
    if draft.author_id == actor.id:
        raise OwnDraft
    if draft.state is not DraftState.SUBMITTED:
        if not sheet.decisions:
            raise DraftClosed(draft.state)
        last = sheet.decisions[-1]
        raise AlreadyDecided(draft.id, draft.state, last.approver_name, last.at)
    rules.ensure_version(draft, version)
    own = next((decision for decision in sheet.decisions if decision.approver_id == actor.id), None)
    if own is not None:
        raise AlreadyDecided(draft.id, draft.state, own.approver_name, own.at)
