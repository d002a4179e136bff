"""Drafts in rows: the two statements that read whole drafts, and what their rows become."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, String, and_, bindparam, cast, literal, or_, select, true

from domain.appeals import Appeal
from domain.claims import READING, Claim
from domain.drafts import Decision, Draft, DraftState, MediaRef, Variant, Verdict
from domain.lanes import Check, Risk
from domain.pages import Page
from domain.people import EVERYWHERE, PersonStatus
from domain.platforms import Platform
from domain.ports.drafts import DraftSheet
from domain.queue import Facet, Only
from domain.rights import DECIDERS
from storage.repositories.imprints import bound_lines
from storage.rows import as_
from storage.tables import (
    card_copy,
    content,
    decision,
    draft,
    draft_appeal,
    draft_claim,
    draft_page,
    membership,
    page,
    person,
)

_author = person.alias("author")
_approver = person.alias("approver")
_claimer = person.alias("claimer")
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

_PAGE = tuple(f"page_{field.name}" for field in fields(Page))

_STILL_DECIDES = and_(
    _approver.c.status == PersonStatus.ACTIVE,
    select(membership.c.id)
    .where(
        membership.c.person_id == decision.c.approver_id,
        membership.c.role.in_(sorted(DECIDERS)),
        or_(membership.c.region == draft.c.region, membership.c.region == EVERYWHERE),
    )
    .correlate(decision, draft)
    .exists(),
)
"""Whether who made a decision could make it now."""

# One row per page and decision of the current version: few of each, so the product is cheaper than three statements.
# Asked at every decision, so made once.
SHEET = (
    select(
        draft,
        *CONTENT,
        _author.c.name.label("author_name"),
        _author.c.zone.label("author_zone"),
        *(column.label(f"page_{column.name}") for column in page.c),
        *(column.label(f"decision_{column.name}") for column in decision.c),
        _approver.c.name.label("approver_name"),
        _STILL_DECIDES.label("still_decides"),
        _claimer.c.id.label("claimer_id"),
        _claimer.c.name.label("claimer_name"),
        draft_claim.c.until.label("claimed_until"),
        *(column.label(f"appeal_{column.name}") for column in draft_appeal.c),
    )
    .join(content, CURRENT)
    .join(_author, _author.c.id == draft.c.author_id)
    .join(draft_page, draft_page.c.draft_id == draft.c.id, isouter=True)
    .join(page, page.c.code == draft_page.c.page, isouter=True)
    .join(decision, and_(decision.c.draft_id == draft.c.id, decision.c.version == draft.c.version), isouter=True)
    .join(_approver, _approver.c.id == decision.c.approver_id, isouter=True)
    .join(draft_claim, draft_claim.c.draft_id == draft.c.id, isouter=True)
    .join(_claimer, _claimer.c.id == draft_claim.c.person_id, isouter=True)
    .join(
        draft_appeal, and_(draft_appeal.c.draft_id == draft.c.id, draft_appeal.c.anew == draft.c.version), isouter=True
    )
    .where(draft.c.id == bindparam("number"))
    .order_by(page.c.region, page.c.code, decision.c.id)
)
DRAFTS = (
    select(draft, *CONTENT, draft_page.c.page)
    .join(content, CURRENT)
    .join(draft_page, draft_page.c.draft_id == draft.c.id, isouter=True)
    .order_by(draft.c.updated_at.desc(), draft.c.id.desc(), draft_page.c.page)
)


def waits(regions: Iterable[str], reader: int | None = None, only: Only | None = None) -> ColumnElement[bool]:
    """Which drafts wait in these regions (`EVERYWHERE`: all), for this reader, in what they narrowed it down to."""
    wanted = list(regions)
    here = true() if EVERYWHERE in wanted else draft.c.region.in_(wanted)
    condition = and_(draft.c.state == SUBMITTED, here, true() if only is None else _among(only))
    if reader is None:
        return condition
    mine = select(decision.c.id).where(
        decision.c.draft_id == draft.c.id,
        decision.c.version == draft.c.version,
        decision.c.approver_id == reader,
        decision.c.verdict == Verdict.APPROVE,
    )
    # Who gave the first opinion does not give the second.
    appealed = select(draft_appeal.c.draft_id).where(
        draft_appeal.c.draft_id == draft.c.id,
        draft_appeal.c.anew == draft.c.version,
        draft_appeal.c.against_id == reader,
    )
    return and_(condition, draft.c.author_id != reader, ~mine.exists(), ~appealed.exists())


def free_of_others(reader: int, now: datetime) -> ColumnElement[bool]:
    """Drafts that nobody but the reader is on: see `domain.ports.drafts.Drafts.waiting`."""
    claimed = select(draft_claim.c.draft_id).where(
        draft_claim.c.draft_id == draft.c.id, draft_claim.c.person_id != reader, draft_claim.c.until > now
    )
    agreed = select(decision.c.approver_id).where(
        decision.c.draft_id == draft.c.id, decision.c.version == draft.c.version
    )
    read = select(card_copy.c.id).where(
        card_copy.c.subject == "draft:" + cast(draft.c.id, String),
        card_copy.c.purpose == "card",
        card_copy.c.person_id != reader,
        card_copy.c.person_id.not_in(agreed),
        card_copy.c.drawn_at > now - READING,
    )
    return and_(~claimed.exists(), ~read.exists())


def _among(only: Only) -> ColumnElement[bool]:
    match only.facet:
        case Facet.REGION:
            return draft.c.region == only.value
        case Facet.PAGE:
            meant = select(draft_page.c.page).where(
                draft_page.c.draft_id == draft.c.id, draft_page.c.page == only.value
            )
            return meant.exists()
        case Facet.RUBRIC:
            return draft.c.rubric == only.value


def media_of(stored: Sequence[Sequence[str]]) -> tuple[MediaRef, ...]:
    """[[sha256, kind, alt], …]; without alt as older versions stored it."""
    return tuple(MediaRef(*item) for item in stored)


def stored_media(media: Iterable[MediaRef]) -> list[list[str]]:
    """The other way round."""
    return [[m.sha256, m.kind, *([m.alt] if m.alt else [])] for m in media]


def variants_of(stored: Sequence[Sequence[str]]) -> tuple[Variant, ...]:
    return tuple(Variant(Platform(name), text) for name, text in stored)


def text_on(row: Row[Any]) -> str:
    """What a page of `row.platform` publishes of `row.text` and `row.variants`, without the imprint."""
    own: str = next((text for name, text in row.variants if name == row.platform), row.text)
    return own


def fills_of(stored: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, words) for name, words in stored)


def checks_of(stored: Sequence[Sequence[str]]) -> tuple[Check, ...]:
    """[[risk, because], …]."""
    return tuple(Check(Risk(risk), because) for risk, because in stored)


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
    first = rows[0]
    made = {row.decision_id: row for row in rows if row.decision_id is not None}
    lapsed = {i for i, row in made.items() if first.state is DraftState.SUBMITTED and not row.still_decides}
    return DraftSheet(
        draft=draft_of(first, pages),
        author_name=first.author_name,
        author_zone=first.author_zone,
        pages=tuple(pages.values()),
        decisions=tuple(_decision(row) for number, row in made.items() if number not in lapsed),
        lapsed=tuple(_decision(row) for number, row in made.items() if number in lapsed),
        claim=None if first.claimer_id is None else Claim(first.claimer_id, first.claimer_name, first.claimed_until),
        appeal=None if first.appeal_draft_id is None else _appeal(first),
    )


def _page(row: Row[Any]) -> Page:
    return Page(*map(row._mapping.__getitem__, _PAGE))  # noqa: SLF001 - SQLAlchemy's documented mapping view of a row


def _appeal(row: Row[Any]) -> Appeal:
    return Appeal(row.appeal_draft_id, row.appeal_version, row.appeal_anew, row.appeal_against_id, row.appeal_at)


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
        undo_until=row.decision_undo_until,
        turn=row.decision_turn,
        checks=checks_of(row.decision_checks),
        imprints=bound_lines(row.decision_imprints),
    )
