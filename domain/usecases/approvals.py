"""Deciding on drafts: exactly the version that was read, first tap wins."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from domain import drafts as rules
from domain import timing
from domain.appeals import FirstDecider
from domain.claims import ensure_free
from domain.diff import Piece, word_diff
from domain.drafts import AlreadyDecided, Decision, DraftClosed, DraftState, OwnDraft, Reason, Verdict
from domain.likeness import Closeness
from domain.notices import DueTask
from domain.people import EVERYWHERE, Actor
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet, StoredMedia
from domain.queue import Only
from domain.readings import own_changes
from domain.rights import DECIDERS, Action, ensure_may
from domain.silence import Blackout
from domain.usecases.card_extras import CardExtras, extras
from domain.usecases.imprints import lines_read
from domain.usecases.lane_checks import checks_for
from domain.usecases.own_words import closeness
from domain.usecases.undo import settle_key

QUESTION = "approval.note"
"""The expectation: the next message is the line to the author that goes with a decision on `draft:N`."""
NOTE_LIMIT = 500
"""Characters of that line."""
COUNTED = 99
"""Further than this a card does not count what else waits."""


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
    `more`: how many others wait for the reader, counted to `COUNTED` + 1. `only`: what they have narrowed the queue down
    to. `extra`: what other features add.
    """

    sheet: DraftSheet
    seen: int
    region: str
    media: dict[str, StoredMedia]
    others: tuple[str, ...]
    silence: Blackout | None
    close: bool = False
    changes: tuple[Piece, ...] = ()
    own_changes: tuple[tuple[Platform, tuple[Piece, ...]], ...] = ()
    """The same for networks with a text of their own, where it changed."""
    media_changed: bool = False
    more: int = 0
    only: Only | None = None
    extra: CardExtras = field(default_factory=CardExtras)

    @property
    def changed(self) -> bool:
        return self.seen != self.sheet.draft.version


# --- reading ---------------------------------------------------------------------------------------------------------


async def count(uow: UnitOfWork, actor: Actor) -> int:
    """How many drafts wait for this person, in what they have narrowed the queue down to."""
    ensure_may(actor, Action.QUEUE)
    only = await uow.queue.find(actor.id)
    return (await uow.drafts.count_waiting(actor.regions(DECIDERS), actor.id, only=only))[0]


async def next_card(uow: UnitOfWork, actor: Actor, after: int = 0, *, now: datetime) -> CardFacts | None:
    """The card to decide on next: the one behind `after` (which may be decided by now) in the queue, or the first.

    What another approver is on comes when nothing else is left: two who work at once do not meet at every card.
    """
    ensure_may(actor, Action.QUEUE)
    behind = await uow.drafts.get(after) if after else None
    only = await uow.queue.find(actor.id)
    for free_at in (now, None):
        following = await uow.drafts.waiting(
            actor.regions(DECIDERS), actor.id, only=only, behind=behind, free_at=free_at, limit=1
        )
        if following:
            return await card(uow, actor, following[0].id, now=now)
    return None


async def card(uow: UnitOfWork, actor: Actor, draft_id: int, seen: int | None = None, *, now: datetime) -> CardFacts:
    """A card as of now; `seen`: the version whose text the reader has above the control."""
    sheet = await uow.drafts.get_sheet(draft_id)
    draft = sheet.draft
    ensure_may(actor, Action.DRAFT_DECIDE, draft.region)
    regions = await uow.campaign.regions()
    copies = await uow.cards.of_subject(draft.subject, "card")
    done = {draft.author_id, actor.id, *(decision.approver_id for decision in sheet.decisions)}
    if sheet.appeal is not None:
        done.add(sheet.appeal.against_id)
    open_at = {copy.person_id for copy in copies} - done
    others = [holder for holder in await uow.people.holders(DECIDERS, draft.region) if holder.id in open_at]
    only = await uow.queue.find(actor.id)
    changes: tuple[Piece, ...] = ()
    own: tuple[tuple[Platform, tuple[Piece, ...]], ...] = ()
    media_changed = False
    if seen is not None and seen != draft.version:
        old = await uow.drafts.get_version(draft_id, seen)
        changes, media_changed = tuple(word_diff(old.text, draft.text)), old.media != draft.media
        own = own_changes(old, draft)
    return CardFacts(
        sheet=sheet,
        seen=draft.version if seen is None else seen,
        region="" if draft.region == EVERYWHERE or draft.region not in regions else regions[draft.region].name,
        media=await uow.media.get_many(m.sha256 for m in draft.media),
        others=tuple(holder.person.name for holder in others),
        silence=await uow.campaign.silence(draft.region, now),
        close=await closeness(uow, draft, sheet.pages, now) is not Closeness.OWN,
        changes=changes,
        own_changes=own,
        media_changed=media_changed,
        more=await uow.drafts.count_others(
            actor.regions(DECIDERS), actor.id, only=only, besides=draft_id, limit=COUNTED + 1
        ),
        only=only,
        extra=await extras(uow, actor, sheet, now=now),
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
    sure: bool = False,
    pressed: tuple[int, int] = (0, 0),
    undo_seconds: float = 0,
    now: datetime,
) -> Decided:
    """Decide on exactly this version. Other approvers see it through the due task "draft.decided".

    For `undo_seconds` whoever decided may undo it; only then "draft.settled" tells the author and the plan (0: at once).
    `pressed`: chat and message of the control that was tapped; its handler redraws that one itself. `sure`: although
    somebody else is on it.
    """
    sheet = await uow.drafts.get_sheet(draft_id)
    ensure_may(actor, Action.DRAFT_DECIDE, sheet.draft.region)
    ensure_decidable(sheet, actor, version)
    if not sure:
        ensure_free(sheet.claim, actor.id, actor.person.zone, now)
    if verdict is Verdict.APPROVE:
        timing.ensure_current(sheet.draft, actor.person.zone, now)
    until = now + timedelta(seconds=undo_seconds) if undo_seconds > 0 else None
    turn = sheet.draft.turns + 1
    lines = await lines_read(uow, sheet, now) if verdict is Verdict.APPROVE else None
    checks = await checks_for(uow, actor, sheet) if verdict is Verdict.APPROVE else ()
    decision = Decision(
        draft_id, version, actor.id, actor.person.name, verdict, reason, note, now, until, turn, checks, lines,
        None if sheet.draft.submitted_at is None else round((now - sheet.draft.submitted_at).total_seconds()),
    )  # fmt: skip
    approvals = len(sheet.decisions) + (verdict is Verdict.APPROVE)
    state = rules.after_verdict(verdict, approvals, sheet.approvals_needed)
    if not await uow.drafts.decide(decision, state):
        raise AlreadyDecided(draft_id, state, "", None)
    if sheet.claim is not None and sheet.claim.person_id == actor.id:
        await uow.talk.let_go(draft_id, actor.id)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action=Action.DRAFT_DECIDE.value,
        object_=sheet.draft.subject,
        version=version,
        payload={"verdict": verdict.value, "reason": reason and reason.value, "state": state.value},
    )
    await uow.tasks.add(*_follow_up(sheet, decision, state, pressed))
    return Decided(sheet, decision, state, approvals)


def _follow_up(sheet: DraftSheet, made: Decision, state: DraftState, pressed: tuple[int, int]) -> list[DueTask]:
    """Now: every card and queue. When nothing can be undone any more: the author and the plan."""
    draft = sheet.draft
    about = {"draft": draft.id, "version": made.version, "approver": made.approver_id, "state": state}
    shown = {**about, "turn": made.turn, "pressed": list(pressed), "settles": made.undo_until is None}
    key = f"decided:{draft.id}:{made.version}:{made.approver_id}:{made.turn}"
    tasks = [DueTask(key, "draft.decided", draft.subject, made.at, shown)]
    if made.undo_until is not None:
        tasks.append(
            DueTask(settle_key(made), "draft.settled", draft.subject, made.undo_until, {**about, "turn": made.turn})
        )
    return tasks


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
    undo_seconds: float = 0,
    now: datetime,
) -> Decided:
    """The same when a line was asked for: with it or, after all, without."""
    await uow.expectations.clear(actor.id, QUESTION)
    more: dict[str, Any] = {"pressed": pressed, "undo_seconds": undo_seconds, "sure": True}
    return await decide(uow, actor, draft_id, version, verdict, reason=reason, note=note, **more, now=now)


async def ask_note(
    uow: UnitOfWork,
    actor: Actor,
    draft_id: int,
    version: int,
    verdict: Verdict,
    reason: Reason,
    *,
    sure: bool = False,
    pressed: tuple[int, int],
    now: datetime,
) -> None:
    """The approver wants to add a line: their next message decides."""
    sheet = await uow.drafts.get_sheet(draft_id)
    ensure_may(actor, Action.DRAFT_DECIDE, sheet.draft.region)
    ensure_decidable(sheet, actor, version)
    if not sure:
        ensure_free(sheet.claim, actor.id, actor.person.zone, now)
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
    if sheet.appeal is not None and sheet.appeal.against_id == actor.id and draft.state is DraftState.SUBMITTED:
        raise FirstDecider
    if draft.state is not DraftState.SUBMITTED:
        if not sheet.decisions:
            raise DraftClosed(draft.state)
        last = sheet.decisions[-1]
        raise AlreadyDecided(draft.id, draft.state, last.approver_name, last.at)
    rules.ensure_version(draft, version)
    own = next((decision for decision in sheet.decisions if decision.approver_id == actor.id), None)
    if own is not None:
        raise AlreadyDecided(draft.id, draft.state, own.approver_name, own.at)
