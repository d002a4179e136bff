"""Marking approved texts evergreen, and what the planner may therefore publish again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain import evergreen as rules
from domain.drafts import Draft
from domain.evergreen import EvergreenText, NotEvergreen
from domain.pages import Page, PageKind
from domain.people import Actor
from domain.plan import Slot
from domain.ports import UnitOfWork
from domain.ports.drafts import ApprovedDraft, DraftSheet
from domain.rights import DECIDERS, Action, ensure_may
from domain.timing import in_turn

PER_PAGE = 8


@dataclass(frozen=True)
class Listing:
    """/evergreen. `marked`: those that are; else what was published and could be. `page` counts from 0."""

    texts: tuple[EvergreenText, ...]
    many: int
    marked: bool
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.many // PER_PAGE))


async def listing(uow: UnitOfWork, actor: Actor, page: int = 0, *, marked: bool = True) -> Listing:
    """Read-only."""
    ensure_may(actor, Action.EVERGREEN)
    page = max(0, page)
    texts, many = await uow.evergreen.listed(actor.regions(DECIDERS), PER_PAGE, page * PER_PAGE, marked=marked)
    return Listing(tuple(texts), many, marked, page)


async def look(uow: UnitOfWork, actor: Actor, draft_id: int) -> DraftSheet:
    """One text. Read-only."""
    sheet = await uow.drafts.get_sheet(draft_id)
    ensure_may(actor, Action.EVERGREEN, sheet.draft.region)
    return sheet


async def mark(
    uow: UnitOfWork, actor: Actor, draft_id: int, version: int, days: int | None, *, now: datetime
) -> DraftSheet:
    """From now on it may be published again `days` after each publication on a page; None: no longer."""
    sheet = await look(uow, actor, draft_id)
    recalled = await uow.recalls.is_declared(draft_id)
    if days is not None:
        rules.ensure_repeatable(sheet.draft, version, sheet.pages, recalled=recalled)
    new: Draft = rules.with_cool_down(sheet.draft, days)
    if sheet.draft.version != version or not await uow.evergreen.save(new):
        raise NotEvergreen
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action=Action.EVERGREEN.value,
        object_=new.subject,
        version=version,
        payload={"days": days},
    )
    return await look(uow, actor, draft_id)


# --- planning --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Resting:
    """What may be published again, by page: loaded once for many slots. Never on personal pages (H6)."""

    by_page: Mapping[str, list[ApprovedDraft]]

    @classmethod
    async def load(cls, uow: UnitOfWork, pages: Iterable[Page]) -> "Resting":
        shared = [page.code for page in pages if page.kind is not PageKind.PERSONAL]
        return cls(await uow.evergreen.resting(shared) if shared else {})

    def on(self, slot: Slot) -> list[ApprovedDraft]:
        """Those whose cool-down is over by the slot's moment, the longest rested first."""
        rested = [t for t in self.by_page.get(slot.page, ()) if t.rests_until is not None and t.rests_until <= slot.at]
        return in_turn(rested, slot.at)

    def take(self, slot: Slot, text: ApprovedDraft) -> None:
        """It has a place on the page now."""
        self.by_page[slot.page].remove(text)
