"""What the pictures of a draft show, in words for people who do not see them."""

from dataclasses import dataclass
from datetime import datetime

from domain import drafts as rules
from domain.drafts import Draft, MediaRef
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.ports.drafts import StoredMedia
from domain.usecases import draft_steps as steps
from domain.usecases.draft_steps import Panel

QUESTION = "draft.alt"
"""The expectation: the next message describes the picture `params["picture"]` (a hash) of `draft:N`."""


@dataclass(frozen=True)
class Picture:
    """One of a draft's pictures to describe: the `n`-th (from 1) of `of`."""

    draft: Draft
    file: MediaRef
    n: int
    of: int
    stored: dict[str, StoredMedia]


async def ask(
    uow: UnitOfWork, actor: Actor, draft_id: int, version: int, after: int = 0, *, every: bool, now: datetime
) -> Picture | Panel:
    """The next message describes the first picture behind the `after`-th that has no description (`every`: any).

    Behind the last one the panel comes back and nothing is asked.
    """
    sheet = await steps.own(uow, actor, draft_id)
    rules.ensure_open(sheet.draft)
    rules.ensure_version(sheet.draft, version)
    return await _next(uow, actor, sheet.draft, after, every=every, now=now) or await steps.panel_of(uow, actor, sheet)


async def describe(
    uow: UnitOfWork, actor: Actor, draft_id: int, sha256: str, text: str, *, every: bool, now: datetime
) -> Picture | Panel:
    """The description that was asked for, and the next picture; `AltTooLong` leaves the question open.

    A draft that was closed meanwhile only shows how it stands.
    """
    sheet = await steps.own(uow, actor, draft_id)
    if sheet.draft.state not in rules.OPEN_STATES:
        await uow.expectations.clear(actor.id, QUESTION)
        return await steps.panel_of(uow, actor, sheet)
    new = rules.with_alt(sheet.draft, sha256, text.strip(), now)
    view = await steps.change(uow, actor, sheet, new, now)
    at = next((n for n, file in enumerate(rules.pictures(new), 1) if file.sha256 == sha256), len(new.media))
    return await _next(uow, actor, new, at, every=every, now=now) or view


async def stop_asking(uow: UnitOfWork, actor: Actor, draft_id: int) -> Panel:
    """The pictures stay as they are described."""
    sheet = await steps.own(uow, actor, draft_id)
    await uow.expectations.clear(actor.id, QUESTION)
    return await steps.panel_of(uow, actor, sheet)


async def _next(
    uow: UnitOfWork, actor: Actor, draft: Draft, after: int, *, every: bool, now: datetime
) -> Picture | None:
    found = rules.pictures(draft)
    for n, file in enumerate(found, 1):
        if n > after and (every or not file.alt):
            params = {"picture": file.sha256, "every": every}
            await uow.expectations.set(actor.id, QUESTION, draft.subject, version=draft.version, params=params, now=now)
            return Picture(draft, file, n, len(found), await uow.media.get_many([file.sha256]))
    await uow.expectations.clear(actor.id, QUESTION)
    return None
