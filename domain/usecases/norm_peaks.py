"""Hours that worked, offered to a page's norm: they are taken over by people alone, and written down with their numbers."""

from dataclasses import replace
from datetime import datetime

from domain import peaks as rules
from domain.errors import NotFound
from domain.norm_making import IsHoliday
from domain.norms import Window
from domain.pages import Page
from domain.peaks import Worked
from domain.people import Actor
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.usecases import best_posts, norms
from domain.usecases.norms import NormView

STEP = "peak"
"""The step of the norm that asks for the best hours."""


def worked(view: NormView) -> Worked | None:
    """What the norm as it stands, or as it is being set, could take over; None: nothing, or it does so already."""
    norm = view.setting.norm if view.setting is not None else None if view.old is None else view.old.norm
    if norm is None or view.peaks is None:
        return None
    found = rules.worked(view.peaks, norm.on(view.today) if view.setting is None else norm)
    return None if found is None or found.windows == norm.peaks else found


async def look(uow: UnitOfWork, actor: Actor, key: str, *, now: datetime) -> NormView:
    """A page's norm, with the hours at which its posts did better. Read-only."""
    return await _with_peaks(uow, await norms.look(uow, actor, key, now=now), now)


async def ask(uow: UnitOfWork, actor: Actor, setting_id: int, version: int, step: str, *, now: datetime) -> NormView:
    """As `norms.ask`; the question for the best hours comes with those that worked."""
    view = await norms.ask(uow, actor, setting_id, version, step, now=now)
    return await _with_peaks(uow, view, now) if step == STEP else view


async def _with_peaks(uow: UnitOfWork, view: NormView, now: datetime) -> NormView:
    return replace(view, peaks=await best_posts.of_one_page(uow, view.page, now))


async def begin(uow: UnitOfWork, actor: Actor, key: str, is_holiday: IsHoliday, *, now: datetime) -> NormView:
    """[Use what worked] on a page's norm: a preview with these hours preferred."""
    view = await look(uow, actor, key, now=now)
    found = _ensure(worked(view))
    return await norms.say(uow, actor, f"{view.page.code} {_said(found)}", is_holiday, now=now)


async def take(
    uow: UnitOfWork, actor: Actor, setting_id: int, version: int, is_holiday: IsHoliday, *, now: datetime
) -> NormView:
    """[Use what worked] while a norm is being set."""
    view = await _with_peaks(uow, await norms.see(uow, actor, setting_id, now=now), now)
    found = _ensure(worked(view))
    return await norms.change(uow, actor, setting_id, version, _said(found), is_holiday, now=now)


async def save(
    uow: UnitOfWork, actor: Actor, setting_id: int, version: int, plan: PlanRules, *, now: datetime
) -> NormView:
    """As `norms.save`; new best hours that are those that worked are written down with their numbers."""
    view = await norms.save(uow, actor, setting_id, version, plan, now=now)
    norm, before = view.stored, None if view.old is None else view.old.norm.on(view.today)
    if norm is not None and norm.peaks and (before is None or before.peaks != norm.peaks):
        known = await best_posts.of_one_page(uow, view.page, now)
        found = None if known is None else rules.worked(known, norm)
        if found is not None and found.windows == norm.peaks:
            await _write_down(uow, actor, view.page, found, now)
    return view


def _ensure(found: Worked | None) -> Worked:
    """The numbers may have changed since the button was drawn."""
    if found is None:
        raise NotFound("button")
    return found


def _said(found: Worked) -> str:
    """In the words of the norm's line."""
    return "peak " + ",".join(_hours(one) for one in found.windows)


def _hours(one: Window) -> str:
    return f"{one.start:%H:%M}-{one.end:%H:%M}"


async def _write_down(uow: UnitOfWork, actor: Actor, page: Page, found: Worked, now: datetime) -> None:
    payload = {
        "peaks": [_hours(one) for one in found.windows],
        "n": found.posts,
        "of": found.peaks.group or "page",
        "pages": found.peaks.pages,
    }
    await uow.journal.add(
        at=now, actor=actor.number, action="norm.peaks", object_=f"page:{page.code}"[:64], payload=payload
    )
