"""What the planner would do with a day, beside what stands: nothing is written."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.pages import Page
from domain.people import Actor
from domain.plan import EmptyReason, Excuse, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.rights import Action, ensure_may
from domain.usecases import day_plan, planning
from domain.usecases.planning import Sketched

PER_PAGE = 10


@dataclass(frozen=True)
class DryLine:
    """One slot that would be added (`is_new`) or filled. `reason` None: with this text by this person."""

    page: Page
    at: datetime
    is_new: bool
    words: str
    name: str
    reason: EmptyReason | Excuse | None


@dataclass(frozen=True)
class DryRun:
    """`kept`: slots that stay exactly as they are; `filled`, `empty`: of all lines, not only of those shown."""

    region: str
    region_name: str
    day: date
    kept: int
    filled: int
    empty: int
    lines: tuple[DryLine, ...]
    at: int
    pages: int


async def dry_run(uow: UnitOfWork, actor: Actor, day: date, at: int, *, now: datetime, rules: PlanRules) -> DryRun:
    """Of the pages that the board shows. Read-only."""
    board = await day_plan.board(uow, actor, day, now=now)
    ensure_may(actor, Action.PLAN_CHANGE, board.region)
    codes = await uow.day_plan.page_codes(board.region, personal=board.personal)
    pages = await uow.campaign.pages(codes) if codes else {}
    found = await planning.sketch(uow, pages.values(), board.day, now=now, rules=rules) if pages else ()
    touched = {one.slot_id for one in found}
    rows = await uow.day_plan.rows(board.region, board.day, personal=board.personal, limit=10_000)
    stands = [row for row in rows if row.slot.id not in touched]
    sheets = max(1, -(-len(found) // PER_PAGE))
    at = max(0, min(at, sheets - 1))
    shown = found[at * PER_PAGE : (at + 1) * PER_PAGE]
    words = await uow.day_plan.words({one.draft_id for one in shown if one.draft_id is not None})
    names = await uow.people.names(sorted({one.person_id for one in shown if one.person_id is not None}))
    return DryRun(
        region=board.region,
        region_name=board.region_name,
        day=board.day,
        kept=sum(row.slot.state is not SlotState.CANCELLED for row in stands),
        filled=sum(one.reason is None for one in found),
        empty=sum(one.reason is not None for one in found),
        lines=tuple(_line(one, pages[one.page], words, names) for one in shown),
        at=at,
        pages=sheets,
    )


def _line(one: Sketched, page: Page, words: dict[int, str], names: dict[int, str]) -> DryLine:
    said, name = words.get(one.draft_id or 0, ""), names.get(one.person_id or 0, "")
    return DryLine(page, one.at, one.slot_id is None, said, name, one.reason)
