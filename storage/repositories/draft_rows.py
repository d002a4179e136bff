"""Drafts in rows: the two statements that read whole drafts, and what their rows become."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, and_, literal, select

from domain.drafts import Decision, Draft, DraftState, MediaRef, Variant
from domain.pages import Page
from domain.platforms import Platform
from domain.ports.drafts import DraftSheet
from storage.rows import as_
from storage.tables import content, decision, draft, draft_page, page, person

_author = person.alias("author")
_approver = person.alias("approver")
# Written out: a partial index serves only a condition the planner can read.
SUBMITTED = literal(DraftState.SUBMITTED, draft.c.state.type, literal_execute=True)
CURRENT = and_(content.c.draft_id == draft.c.id, content.c.version == draft.c.version)
CONTENT = (
    content.c.text,
    content.c.media,
    content.c.variants,
    content.c.fills,
    content.c.sources,
    content.c.edited_by,
)
"""Columns of a content version that are fields of a `Draft`."""

# One row per page and decision of the current version: few of each, so the product is cheaper than three statements.
SHEET = (
    select(
        draft,
        *CONTENT,
        _author.c.name.label("author_name"),
        _author.c.zone.label("author_zone"),
        *(column.label(f"page_{column.name}") for column in page.c),
        *(column.label(f"decision_{column.name}") for column in decision.c),
        _approver.c.name.label("approver_name"),
    )
    .join(content, CURRENT)
    .join(_author, _author.c.id == draft.c.author_id)
    .join(draft_page, draft_page.c.draft_id == draft.c.id, isouter=True)
    .join(page, page.c.code == draft_page.c.page, isouter=True)
    .join(decision, and_(decision.c.draft_id == draft.c.id, decision.c.version == draft.c.version), isouter=True)
    .join(_approver, _approver.c.id == decision.c.approver_id, isouter=True)
    .order_by(page.c.region, page.c.code, decision.c.id)
)
DRAFTS = (
    select(draft, *CONTENT, draft_page.c.page)
    .join(content, CURRENT)
    .join(draft_page, draft_page.c.draft_id == draft.c.id, isouter=True)
    .order_by(draft.c.updated_at.desc(), draft.c.id.desc(), draft_page.c.page)
)


def media_of(stored: Sequence[Sequence[str]]) -> tuple[MediaRef, ...]:
    """[[sha256, kind, alt], …]; without alt as older versions stored it."""
    return tuple(MediaRef(*item) for item in stored)


def stored_media(media: Iterable[MediaRef]) -> list[list[str]]:
    """The other way round."""
    return [[m.sha256, m.kind, *([m.alt] if m.alt else [])] for m in media]


def variants_of(stored: Sequence[Sequence[str]]) -> tuple[Variant, ...]:
    return tuple(Variant(Platform(name), text) for name, text in stored)


def fills_of(stored: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, words) for name, words in stored)


def draft_of(row: Row[Any], pages: Iterable[str]) -> Draft:
    """A row of `draft` with the columns of its current content."""
    return as_(
        Draft,
        row,
        media=media_of(row.media),
        variants=variants_of(row.variants),
        fills=fills_of(row.fills),
        pages=tuple(pages),
    )


def drafts_of(rows: Iterable[Row[Any]]) -> list[Draft]:
    """One draft per group of rows that differ in the page only, in the order of the rows."""
    found: dict[int, tuple[Row[Any], list[str]]] = {}
    for row in rows:
        found.setdefault(row.id, (row, []))[1].extend([row.page] if row.page else [])
    return [draft_of(row, pages) for row, pages in found.values()]


def sheet_of(rows: Sequence[Row[Any]]) -> DraftSheet:
    """All rows of one draft in `SHEET`; at least one."""
    pages = {row.page_code: _page(row) for row in rows if row.page_code is not None}
    decisions = {row.decision_id: _decision(row) for row in rows if row.decision_id is not None}
    first = rows[0]
    return DraftSheet(
        draft=draft_of(first, pages),
        author_name=first.author_name,
        author_zone=first.author_zone,
        pages=tuple(pages.values()),
        decisions=tuple(decisions.values()),
    )


def _page(row: Row[Any]) -> Page:
    values = {name.removeprefix("page_"): value for name, value in row._mapping.items() if name.startswith("page_")}  # noqa: SLF001 - SQLAlchemy's documented mapping view of a row
    return Page(**values)


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        draft_id=row.decision_draft_id,
        version=row.decision_version,
        approver_id=row.decision_approver_id,
        approver_name=row.approver_name,
        verdict=row.decision_verdict,
        reason=row.decision_reason,
        note=row.decision_note,
        at=row.decision_at,
    )
