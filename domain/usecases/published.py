"""After the proof: what stands on the page is compared with what was approved, without blaming anybody."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain import planning
from domain import published as words
from domain.notices import Notice, Priority
from domain.people import Actor
from domain.plan import AssignmentState
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.published import Comparison, NothingToCompare, PublishedText, TextVerdict
from domain.usecases import staffing
from domain.usecases.assignments import ensure_version, look, shown
from domain.usecases.proofs import AGAIN, TEXT

TOLD_AFTER = timedelta(minutes=30)
"""How long somebody has to put a difference right before the press secretary hears of it."""


@dataclass(frozen=True)
class Compared:
    """`comparison` None: a screenshot, or a message that may be something else (`unlike`)."""

    view: AssignmentView
    comparison: Comparison | None = None
    unlike: bool = False


async def _posted(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int | None = None) -> AssignmentView:
    view = await look(uow, actor, assignment_id)
    ensure_version(view.assignment, version)
    if view.assignment.state is not AssignmentState.POSTED or not view.text:
        raise NothingToCompare
    return view


async def ask(uow: UnitOfWork, actor: Actor, assignment_id: int, *, now: datetime) -> AssignmentView:
    """[Check the text], [I fixed it]: the next message is what stands on the page."""
    view = await _posted(uow, actor, assignment_id)
    await uow.expectations.set(actor.id, TEXT, view.assignment.subject, now=now, version=view.assignment.version)
    return view


async def leave(uow: UnitOfWork, actor: Actor, assignment_id: int, *, now: datetime) -> AssignmentView:
    """[Later], [It is a new post]: the next message answers nothing any more."""
    await _ask_no_more(uow, actor.id)
    return await shown(uow, await look(uow, actor, assignment_id), now)


async def _ask_no_more(uow: UnitOfWork, person_id: int) -> None:
    for kind in (TEXT, AGAIN):
        await uow.expectations.clear(person_id, kind)


async def is_again(uow: UnitOfWork, actor: Actor, assignment_id: int, text: str) -> bool:
    """Whether a message may be the published text once more, put right without a tap on [I fixed it]. Read-only."""
    view = await look(uow, actor, assignment_id)
    return view.assignment.state is AssignmentState.POSTED and words.is_alike(view.text or "", text)


async def take(uow: UnitOfWork, actor: Actor, assignment_id: int, text: str, *, now: datetime) -> Compared:
    """The pasted text. One that is quite another is kept until its person says that it stands on the page."""
    view = await _posted(uow, actor, assignment_id)
    if not words.is_alike(view.text or "", text):
        params = {"text": text}
        await uow.expectations.set(actor.id, TEXT, view.assignment.subject, now=now, params=params)
        return Compared(view, unlike=True)
    return await _compared(uow, actor, view, text, now)


async def take_kept(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime) -> Compared:
    """[It stands on the page]."""
    view = await _posted(uow, actor, assignment_id, version)
    asked = await uow.expectations.find(actor.id, now)
    if asked is None or asked.kind != TEXT or asked.subject != view.assignment.subject or "text" not in asked.params:
        raise NothingToCompare
    return await _compared(uow, actor, view, str(asked.params["text"]), now)


async def take_picture(uow: UnitOfWork, actor: Actor, assignment_id: int, sha256: str, *, now: datetime) -> Compared:
    """A screenshot of the text: a press secretary reads it."""
    view = await _posted(uow, actor, assignment_id)
    await _keep(uow, view, replace(await _blank(uow, view, now), media=sha256, verdict=TextVerdict.PICTURE), now)
    return Compared(view)


async def _compared(uow: UnitOfWork, actor: Actor, view: AssignmentView, text: str, now: datetime) -> Compared:
    found = words.compare(view.text or "", text, view.page.imprint)
    kept = replace(
        await _blank(uow, view, now), text=text, verdict=found.verdict, imprint_missing=found.imprint_missing
    )
    await _keep(uow, view, kept, now)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="published.compared",
        object_=view.assignment.subject,
        version=view.assignment.version,
        payload={"verdict": kept.verdict.value, "imprint_missing": kept.imprint_missing},
    )
    return Compared(await shown(uow, view, now), found)


async def _blank(uow: UnitOfWork, view: AssignmentView, now: datetime) -> PublishedText:
    proof = await uow.proofs.find(view.slot.id)
    if proof is None:
        raise NothingToCompare
    return PublishedText(
        view.slot.id,
        view.assignment.id,
        view.assignment.person_id,
        proof.at,
        "",
        "",
        TextVerdict.SAME,
        False,
        False,
        now,
    )


async def _keep(uow: UnitOfWork, view: AssignmentView, text: PublishedText, now: datetime) -> None:
    """What still differs in half an hour is told to the press secretaries; what was put right until then is not."""
    await uow.proofs.put_text(text)
    await _ask_no_more(uow, text.person_id)
    await uow.outbox.cancel(view.assignment.subject, ["published.differs"])
    if text.verdict is TextVerdict.DIFFERS:
        await uow.expectations.set(text.person_id, AGAIN, view.assignment.subject, now=now, hours=1)
        await _tell(uow, view, text, now + TOLD_AFTER)


async def _tell(uow: UnitOfWork, view: AssignmentView, text: PublishedText, at: datetime) -> None:
    await uow.outbox.add(
        *(
            Notice(
                kind="published.differs",
                subject=view.assignment.subject,
                due_at=planning.outside_quiet(reader.person, at),
                dedup_key=f"published.differs:{text.slot_id}:{text.at.isoformat()}:{int(text.meant)}:{reader.id}",
                person_id=reader.id,
                priority=Priority.DIGEST,
                params={"assignment": view.assignment.id},
            )
            for reader in await staffing.press(uow, view.page.region)
            if reader.id != text.person_id
        )
    )


async def keep_so(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime) -> AssignmentView:
    """[It stays so]: the press secretary is told now, and looks."""
    view = await _posted(uow, actor, assignment_id, version)
    text = await uow.proofs.find_text(view.slot.id)
    if text is None or text.verdict is not TextVerdict.DIFFERS:
        raise NothingToCompare
    meant = replace(text, meant=True)
    await uow.proofs.put_text(meant)
    await _ask_no_more(uow, actor.id)
    await uow.outbox.cancel(view.assignment.subject, ["published.differs"])
    await _tell(uow, view, meant, now)
    return view
