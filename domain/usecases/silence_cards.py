"""Cards that were handed out before a silence: at its beginning their texts leave the chat, at its end they come back."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.halts import Scope
from domain.notices import CardCopy, DueTask, Guarantee, Notice, Priority
from domain.plan import AssignmentState
from domain.ports import UnitOfWork
from domain.ports.halts import HeldWork
from domain.usecases.silences import Silences

EDGE = "silence.edge"
"""Kind of the due task: a region's silence may begin or end now."""
CARD = "silence.card"
"""Kind of the notice that takes the text off a card."""
REDRAW = "assignment.redraw"
FILES, FILES_GONE = "files", "files.gone"
"""Purpose of the last message of [As files], above which the others stand; kind of the notice that deletes them all."""
DELETABLE = timedelta(days=2)
"""Telegram lets a bot delete its own messages for 48 hours; what is older stays."""
AHEAD = timedelta(days=2)
"""The edges of the next run of `calendar` and of the one after it."""


def files_subject(assignment_id: int) -> str:
    """Its own, not the card's: nothing is ever drawn on files."""
    return f"{FILES}:{assignment_id}"


async def lay_out(uow: UnitOfWork, *, now: datetime) -> None:
    """A task for every moment ahead at which a region with pages falls silent or is free again; one for now if it is silent."""
    silences = await Silences.load(uow)
    if not silences.blackouts:
        return
    until = now + AHEAD
    for region in sorted({page.region for page in (await uow.campaign.pages()).values()}):
        edges = {edge for span in silences.spans(region, now, until) for edge in span if edge < until}
        await uow.tasks.add(*(_task(region, edge) for edge in sorted(edges)))


async def look_again(uow: UnitOfWork, why: str, *, now: datetime) -> None:
    """A silence was lifted, or holds again: every region is looked at now. `why` makes the tasks' keys unique."""
    regions = {page.region for page in (await uow.campaign.pages()).values()}
    await uow.tasks.add(*(_task(region, now, why) for region in sorted(regions)))


def _task(region: str, at: datetime, why: str = "") -> DueTask:
    return DueTask(f"{EDGE}:{region}:{why or at.isoformat()}", EDGE, f"region:{region}", at, {"region": region})


async def edge(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """`silence.edge`: whatever the task was laid out for, cards become what the silences of this moment want."""
    region = str(task.params["region"])
    silent = (await Silences.load(uow)).hold(region, now)
    work = {
        one.assignment.subject: one
        for one in await uow.halts.open_work(Scope(region))
        if one.region == region and one.assignment.state is AssignmentState.ASSIGNED
    }
    copies = await uow.cards.of_subjects(work, "assignment")
    kind = CARD if silent else "assignment.card"
    wrong = [copy for copy in copies if bool(copy.content_ids) is silent]
    await uow.outbox.add(*(_notice(kind, work[copy.subject], copy, now) for copy in wrong))
    if silent:
        await _take_files(uow, work.values(), now)
        await _bare_the_ended(uow, region, now)


async def _bare_the_ended(uow: UnitOfWork, region: str, now: datetime) -> None:
    """Missed, cancelled or given to somebody else: the text above such a card could still be copied. It does not come back."""
    ended = await uow.halts.ended_unposted(region, (now - DELETABLE).date())
    work = {one.assignment.subject: one for one in ended}
    copies = await uow.cards.of_subjects(work, "assignment")
    texts = (copy for copy in copies if copy.content_ids)
    await uow.outbox.add(*(_notice(REDRAW, work[copy.subject], copy, now) for copy in texts))
    await _take_files(uow, ended, now)


async def _take_files(uow: UnitOfWork, work: Iterable[HeldWork], now: datetime) -> None:
    """What [As files] brought leaves as the text does; the card's button brings it again when the silence is over."""
    by_subject = {files_subject(one.assignment.id): one for one in work}
    copies = await uow.cards.of_subjects(by_subject, FILES)
    await uow.outbox.add(*(_notice(FILES_GONE, by_subject[copy.subject], copy, now) for copy in copies))


def _notice(kind: str, one: HeldWork, copy: CardCopy, now: datetime) -> Notice:
    """Behind decisions and people's own replies: there may be thousands, and they go out at the usual pace."""
    return Notice(
        kind=kind,
        subject=one.assignment.subject,
        due_at=now,
        dedup_key=f"{kind}:silence:{copy.id}:{now.isoformat()}",
        person_id=one.assignment.person_id,
        guarantee=Guarantee.A,
        priority=Priority.ASSIGNMENT,
        params={"assignment": one.assignment.id, "copy": copy.id, "again": True, "softly": True},
    )
