"""Notices about recalls: to those who posted, to those who answer for the text. Neither silence nor stop holds them."""

from dataclasses import replace
from datetime import datetime

from bot.outgoing import Mode, Outgoing, Reader, renders, replacing
from domain.notices import CardCopy, QueuedNotice
from domain.ports import UnitOfWork
from domain.recalls import RecallState, TaskState
from domain.rights import Action, may
from domain.usecases import recalls
from domain.usecases.recalls import RecallView
from handlers.screens import recall_tasks as cards
from handlers.screens import recalls as screens
from handlers.screens.base import Content, Screen


@renders("recall.task", "recall.reminder")
async def task(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """The card with the text to copy; a reminder brings it to the bottom of the chat."""
    view = await uow.recalls.task(int(notice.params["task"]))
    if view.task.state is not TaskState.OPEN:
        return None
    screen = cards.card(view, reader.words, now, again=notice.kind == "recall.reminder")
    task = view.task
    outgoing = await replacing(
        uow, task.person_id, screen, purpose="recall", subject=task.subject, version=task.version
    )
    return replace(outgoing, content=cards.content(view))


@renders("recall.card")
async def redrawn_task(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    view = await uow.recalls.task(int(notice.params["task"]))
    copy = await _copy(uow, notice)
    if copy is None:
        return None
    # A question may stand on the card now, whatever was drawn last by us: the edit is never left out.
    return Outgoing(
        cards.card(view, reader.words, now),
        mode=Mode.EDIT,
        target=replace(copy, fingerprint=""),
        version=view.task.version,
    )


async def _copy(uow: UnitOfWork, notice: QueuedNotice) -> CardCopy | None:
    return await uow.cards.get(int(notice.params["copy"]))


def _acts(reader: Reader) -> bool:
    return may(reader.actor, Action.RECALL)


async def _view(uow: UnitOfWork, notice: QueuedNotice) -> RecallView:
    return await recalls.facts(uow, int(notice.params["recall"]))


def _zone(reader: Reader) -> str:
    return reader.actor.person.zone if reader.actor else "UTC"


@renders("recall.panel")
async def panel(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """The list of those outstanding, redrawn with every answer."""
    view = await _view(uow, notice)
    screen = screens.panel(view, 0, reader.words, _zone(reader), now, acts=_acts(reader))
    return await _listed(uow, notice, view, screen)


async def _listed(uow: UnitOfWork, notice: QueuedNotice, view: RecallView, screen: Screen) -> Outgoing | None:
    """One list per person: the newer replaces the older."""
    if view.recall is None or notice.person_id is None:
        return None
    recall = view.recall
    return await replacing(
        uow, notice.person_id, screen, purpose="recalls", subject=recall.subject, version=recall.version
    )


@renders("recall.redraw")
async def redrawn_panel(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    view = await _view(uow, notice)
    copy = await _copy(uow, notice)
    if copy is None or view.recall is None:
        return None
    screen = screens.panel(view, 0, reader.words, _zone(reader), now, acts=_acts(reader))
    return Outgoing(screen, mode=Mode.EDIT, target=copy, version=view.recall.version)


@renders("recall.done")
async def done(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """The last one has done it: said once, in place of the list."""
    view = await _view(uow, notice)
    if view.recall is None or view.recall.state is not RecallState.DONE:
        return None
    screen = screens.panel(view, 0, reader.words, _zone(reader), now, acts=_acts(reader))
    return await _listed(uow, notice, view, screen)


@renders("recall.late")
async def late(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """The deadline has passed: to the press secretaries, the coordinators and whoever recalled it."""
    view = await _view(uow, notice)
    if view.recall is None or view.recall.state is not RecallState.OPEN or not view.outstanding:
        return None
    screen = screens.late(view, reader.words, _zone(reader), now, acts=_acts(reader))
    return await _listed(uow, notice, view, screen)


@renders("recall.read")
async def to_read(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    """To the second person: the corrected text in full, then the question."""
    view = await _view(uow, notice)
    recall = view.recall
    if recall is None or recall.state is not RecallState.WAITING or recall.version != notice.params["version"]:
        return None
    return Outgoing(screens.to_read(view, reader.words), content=(Content(recall.text),))


@renders("recall.refused")
async def refused(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    view = await _view(uow, notice)
    if view.recall is None or view.recall.state is not RecallState.WRITING:
        return None
    names = await uow.people.names([int(notice.params["by"])])
    return Outgoing(screens.refused(view, next(iter(names.values()), ""), reader.words))
