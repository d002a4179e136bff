"""The statements of the planner, and what their plain values become."""

import json
from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from sqlalchemy import func, literal_column, select, type_coerce
from sqlalchemy.types import NullType

from domain.drafts import DraftState, Verdict
from domain.norms import Norm
from domain.pages import PageKind
from domain.plan import GIVEN_UP, AssignmentState, SlotState
from domain.platforms import Platform
from storage.norm_rows import read_norm
from storage.repositories.recalls import DECLARED
from storage.tables import decision, draft, draft_page, norm, page, slot

_JSON = ("per_weekday", "windows", "peaks", "mix", "exceptions", "before")
NORM_COLUMNS = (*_JSON, "gap_minutes", "daily_cap", "starts", "ends")
PAGE_COLUMNS = (
    *("code", "kind", "platform", "region", "zone", "imprint", "imprint_rule", "keeper_id"),
    *("authority_from", "authority_until"),
)
LEFT_OUT = (AssignmentState.CANCELLED, AssignmentState.REPLACED)
BUSY = frozenset({AssignmentState.ASSIGNED.value, AssignmentState.POSTED.value})
HELD = BUSY | {AssignmentState.OFFERED.value, AssignmentState.MISSED.value}


def raw(*columns: Any) -> list[Any]:
    """Columns without what turns values into Python's: at a hundred thousand rows that costs more than the statement."""
    return [type_coerce(column, NullType()).label(column.name) for column in columns]


# Written out: a partial index serves only a condition the planner can read. Without the draft itself: of the many texts that a
# page has had, only those that are left are looked up.
_USED = (
    select(slot.c.id)
    .where(slot.c.page == draft_page.c.page, slot.c.draft_id == draft_page.c.draft_id, slot.c.draft_id.is_not(None))
    .where(literal_column("slot.state in ('filled', 'posted')"))
    .correlate(draft_page)
)
_MISSED = (
    select(func.count())
    .select_from(slot)
    .where(slot.c.page == draft_page.c.page, slot.c.draft_id == draft.c.id, slot.c.draft_version == draft.c.version)
    .where(literal_column("slot.state = 'missed'"))
    .correlate(draft, draft_page)
    .scalar_subquery()
)
_LINES = (
    select(type_coerce(decision.c.imprints, NullType()))
    .where(
        decision.c.draft_id == draft.c.id,
        decision.c.version == draft.c.version,
        decision.c.verdict == Verdict.APPROVE,
    )
    .order_by(decision.c.id.desc())
    .limit(1)
    .correlate(draft)
    .scalar_subquery()
)
TEXTS = (
    select(
        *raw(draft_page.c.page, draft.c.id, draft.c.version, draft.c.updated_at, draft.c.not_before),
        *raw(draft.c.expires_at, draft.c.rubric, draft.c.region),
        _LINES.label("lines"),
    )
    .select_from(draft_page)
    .join(draft, draft.c.id == draft_page.c.draft_id)
    .where(draft.c.state == DraftState.APPROVED, draft.c.settled_at.is_not(None))
    .where(~_USED.exists(), _MISSED < GIVEN_UP, ~DECLARED)
)
PAGES = (
    select(
        *raw(*(page.c[name] for name in PAGE_COLUMNS)),
        norm.c.page.label("normed"),
        *raw(*(norm.c[n] for n in NORM_COLUMNS)),
    )
    .join(norm, norm.c.page == page.c.code, isouter=True)
    .where(page.c.active)
    .order_by(page.c.code)
)
SLOTS = select(
    *raw(slot.c.id, slot.c.page, slot.c.day, slot.c.at, slot.c.state, slot.c.empty_reason, slot.c.version),
    *raw(slot.c.urgent_id, slot.c.extra, slot.c.excuse),
).order_by(slot.c.at, slot.c.id)
KINDS = {kind.value: kind for kind in PageKind}
PLATFORMS = {platform.value: platform for platform in Platform}
STATES = {state.value: state for state in SlotState}
CLOCK = ("zone", "digest_at", "quiet_from", "quiet_to")


def read_norm_row(code: str, values: Iterable[Any]) -> Norm:
    """From the plain values of `NORM_COLUMNS`."""
    said: Mapping[str, Any] = dict(zip(NORM_COLUMNS, values, strict=True))
    return read_norm(code, {name: from_json(value) if name in _JSON else value for name, value in said.items()})


_READ = json.JSONDecoder().raw_decode


def from_json(value: Any) -> Any:
    """SQLite has it as text: our own, so nothing stands around it."""
    return _READ(value)[0] if isinstance(value, str) else value


def hour(value: Any) -> time:
    return time.fromisoformat(value) if isinstance(value, str) else value
