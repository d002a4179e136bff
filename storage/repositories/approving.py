"""Statements about decisions: one is made once for all taps, for making it would cost as much as running it."""

from typing import Any

from sqlalchemy import Select, bindparam, func, select, update

from domain.drafts import Decision, DraftState
from domain.plan import GIVEN_UP, SlotState
from storage.repositories.imprints import stored_lines
from storage.repositories.recalls import DECLARED
from storage.tables import draft, draft_page, slot

DECIDE = (
    update(draft)
    .where(
        draft.c.id == bindparam("number"),
        draft.c.version == bindparam("seen"),
        draft.c.state == DraftState.SUBMITTED,
    )
    .values(
        state=bindparam("becomes"),
        updated_at=bindparam("decided_at"),
        settled_at=bindparam("settled"),
        turns=draft.c.turns + 1,
    )
)


def decided_of(made: Decision, state: DraftState) -> dict[str, Any]:
    """For `DECIDE`. What cannot be undone is settled there and then."""
    settled = made.at if made.undo_until is None and state is not DraftState.SUBMITTED else None
    about = {"number": made.draft_id, "seen": made.version}
    return {**about, "becomes": state, "decided_at": made.at, "settled": settled}


def decision_row(made: Decision) -> dict[str, Any]:
    """For an INSERT."""
    names = ("draft_id", "version", "approver_id", "verdict", "reason", "note", "undo_until", "turn", "at", "waited")
    checks = [[check.risk, check.because] for check in made.checks]
    return {**{name: getattr(made, name) for name in names}, "checks": checks, "imprints": stored_lines(made.imprints)}


def approved_for(page_code: str) -> Select[Any]:
    """Approved for this page, settled, not (or no longer) recalled, neither used there nor given up; the oldest first."""
    return approved_by_page().where(draft_page.c.page == page_code)


def approved_by_page() -> Select[Any]:
    """The same for every page, named in `page`."""
    used = select(slot.c.id).where(
        slot.c.page == draft_page.c.page,
        slot.c.draft_id == draft.c.id,
        slot.c.state.in_([SlotState.FILLED, SlotState.POSTED]),
    )
    missed = (
        select(func.count())
        .select_from(slot)
        .where(
            slot.c.page == draft_page.c.page,
            slot.c.draft_id == draft.c.id,
            slot.c.draft_version == draft.c.version,
            slot.c.state == SlotState.MISSED,
        )
        .correlate(draft, draft_page)
        .scalar_subquery()
    )
    return (
        select(
            *(draft_page.c.page, draft.c.id.label("draft_id"), draft.c.version),
            *(draft.c.updated_at.label("approved_at"), draft.c.not_before, draft.c.expires_at),
        )
        .join(draft_page, draft_page.c.draft_id == draft.c.id)
        .where(draft.c.state == DraftState.APPROVED, ~used.correlate(draft, draft_page).exists())
        .where(draft.c.settled_at.is_not(None))
        .where(missed < GIVEN_UP, ~DECLARED)
        .order_by(draft.c.updated_at, draft.c.id)
    )
