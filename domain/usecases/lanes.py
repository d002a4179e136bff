"""Lanes: setting a page's, giving sources, the checklist of a bold text, and saying whom to appoint."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain import drafts as draft_rules
from domain import lanes as rules
from domain.errors import NotFound
from domain.lanes import Check, Lane, LaneChanged, LoosensOfficial, Risk
from domain.notices import Notice, Priority
from domain.pages import Page, PageKind, page_key
from domain.people import Actor
from domain.planning import outside_quiet
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet
from domain.rights import DECIDERS, Action, ensure_may
from domain.usecases import approvals, deadlines, lane_checks
from domain.usecases import draft_steps as steps
from domain.usecases.draft_steps import Panel

SOURCES = "draft.sources"
"""The expectation: the next message names the sources of `draft:N`."""
BECAUSE = "risk.because"
"""The expectation: the next message says why a risk of `draft:N` is permitted."""


@dataclass(frozen=True)
class Checklist:
    """What the reader has looked for in this version."""

    sheet: DraftSheet
    checks: tuple[Check, ...]

    def of(self, risk: Risk) -> Check | None:
        return next((check for check in self.checks if check.risk is risk), None)

    @property
    def complete(self) -> bool:
        return len(self.checks) == len(Risk)


# --- pages -----------------------------------------------------------------------------------------------------------


async def page(uow: UnitOfWork, actor: Actor, key: str) -> Page:
    """The page whose lane is to be chosen. Read-only."""
    found = next((p for p in (await uow.campaign.pages()).values() if page_key(p.code) == key), None)
    if found is None:
        raise NotFound("page")
    ensure_may(actor, Action.LANE_SET, found.region)
    return found


async def set_lane(
    uow: UnitOfWork, actor: Actor, key: str, lane: Lane, seen: Lane, *, sure: bool = False, now: datetime
) -> Page:
    """From now on the page's texts are decided on so. `sure`: although it loosens an official page."""
    before = await page(uow, actor, key)
    if before.lane is lane:
        return before
    if before.kind is PageKind.OFFICIAL and lane.is_looser_than(before.lane) and not sure:
        raise LoosensOfficial
    if not await uow.campaign.set_lane(before.code, lane, seen):
        raise LaneChanged
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="page.lane",
        object_=f"page:{before.code}"[:64],
        payload={"from": before.lane.value, "to": lane.value},
    )
    return before.in_lane(lane)


# --- sources ---------------------------------------------------------------------------------------------------------


async def ask_sources(uow: UnitOfWork, actor: Actor, draft_id: int, *, now: datetime) -> Panel:
    """The author's next message names where the claims can be checked."""
    sheet = await steps.own(uow, actor, draft_id)
    draft_rules.ensure_open(sheet.draft)
    await uow.expectations.set(actor.id, SOURCES, sheet.draft.subject, version=sheet.draft.version, now=now)
    return Panel(sheet.draft, sheet.pages)


async def give_sources(
    uow: UnitOfWork, actor: Actor, draft_id: int, text: str, document: str = "", *, now: datetime
) -> Panel:
    """They replace what was named before; what approvers have read is another version then."""
    sheet = await steps.own(uow, actor, draft_id)
    named = rules.sources_in(text, document)
    await uow.expectations.clear(actor.id, SOURCES)
    old = sheet.draft
    new = replace(draft_rules.with_content(old, old.text, old.media, now), sources=named)
    return await steps.change(uow, actor, sheet, new, now)


async def stop_sources(uow: UnitOfWork, actor: Actor, draft_id: int) -> Panel:
    """They stay as they are."""
    sheet = await steps.own(uow, actor, draft_id)
    await uow.expectations.clear(actor.id, SOURCES)
    return await steps.panel_of(uow, actor, sheet)


# --- the checklist ---------------------------------------------------------------------------------------------------


async def checklist(uow: UnitOfWork, actor: Actor, draft_id: int, version: int) -> Checklist:
    """The reader's own checklist of this version. Read-only."""
    sheet = await uow.drafts.get_sheet(draft_id)
    ensure_may(actor, Action.DRAFT_DECIDE, sheet.draft.region)
    approvals.ensure_decidable(sheet, actor, version)
    return Checklist(sheet, tuple(await uow.risks.checks(draft_id, version, actor.id)))


async def toggle(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, risk: Risk, *, now: datetime) -> Checklist:
    """Looked for, nothing of the kind is in it; a second tap takes it back."""
    before = await checklist(uow, actor, draft_id, version)
    if before.of(risk) is None:
        await uow.risks.set(draft_id, version, actor.id, Check(risk), now)
    else:
        await uow.risks.clear(draft_id, version, actor.id, risk)
    return replace(before, checks=tuple(await uow.risks.checks(draft_id, version, actor.id)))


async def ask_because(
    uow: UnitOfWork, actor: Actor, draft_id: int, version: int, risk: Risk, *, pressed: tuple[int, int], now: datetime
) -> Checklist:
    """The approver's next message says why what is in it is permitted."""
    found = await checklist(uow, actor, draft_id, version)
    params = {"risk": risk.value, "pressed": list(pressed)}
    await uow.expectations.set(actor.id, BECAUSE, found.sheet.draft.subject, version=version, params=params, now=now)
    return found


async def give_because(
    uow: UnitOfWork, actor: Actor, draft_id: int, version: int, risk: Risk, text: str, *, now: datetime
) -> Checklist:
    """The item is ticked, with its reason."""
    found = await checklist(uow, actor, draft_id, version)
    check = Check(risk, rules.because_in(text))
    await uow.expectations.clear(actor.id, BECAUSE)
    await uow.risks.set(draft_id, version, actor.id, check, now)
    return replace(found, checks=tuple(await uow.risks.checks(draft_id, version, actor.id)))


async def stop_because(uow: UnitOfWork, actor: Actor, draft_id: int, version: int) -> Checklist:
    """No reason after all."""
    await uow.expectations.clear(actor.id, BECAUSE)
    return await checklist(uow, actor, draft_id, version)


# --- whom to appoint -------------------------------------------------------------------------------------------------


async def tell_shortage(uow: UnitOfWork, sheet: DraftSheet, now: datetime) -> None:
    """Managers hear, once a day and region, whom to appoint; nothing is approved meanwhile."""
    holders = await uow.people.holders(DECIDERS, sheet.draft.region)
    short = lane_checks.lacking(sheet, holders)
    if short is None:
        return
    await uow.outbox.add(
        *(
            Notice(
                "lane.short",
                sheet.draft.subject,
                outside_quiet(actor.person, now),
                f"lane.short:{short.region}:{short.missing}:{actor.id}:{actor.person.local(now).date()}",
                person_id=actor.id,
                priority=Priority.REMINDER,
                params={"draft": sheet.draft.id},
            )
            for actor in await deadlines.managers(uow, short.region, now)
        )
    )
