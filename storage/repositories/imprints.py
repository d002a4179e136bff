"""Imprint rules, and the versions that a changed line brought back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, and_, bindparam, delete, insert, or_, select, true, update

from domain.drafts import DraftState, Verdict
from domain.imprints import BoundLine, ImprintRule, Pack
from domain.pages import BY_RULES, Page
from domain.people import EVERYWHERE
from domain.plan import SlotState
from domain.ports.imprints import Concerned, Relined, WaitingRelined
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import (
    content,
    decision,
    draft,
    draft_page,
    imprint_pack,
    imprint_return,
    imprint_rule,
    page,
    person,
    slot,
)

READ_WITH = (
    select(decision.c.imprints)
    .where(
        decision.c.draft_id == slot.c.draft_id,
        decision.c.version == slot.c.draft_version,
        decision.c.verdict == Verdict.APPROVE,
    )
    .order_by(decision.c.id.desc())
    .limit(1)
    .correlate(slot)
    .scalar_subquery()
)
"""The lines under which a slot's text was approved."""
_RULE_FIELDS = tuple(ImprintRule.__dataclass_fields__)


def bound_lines(stored: Sequence[Sequence[str]] | None) -> tuple[BoundLine, ...] | None:
    """[[page, rule, line], …]."""
    return None if stored is None else tuple(BoundLine(*one) for one in stored)


def stored_lines(lines: Iterable[BoundLine] | None) -> list[list[str]] | None:
    """The other way round."""
    return None if lines is None else [[one.page, one.rule, one.line] for one in lines]


def as_read(page: Page, stored: Sequence[Sequence[str]] | None) -> Page:
    """The page with the line its text was approved with; decided before lines were recorded: as it is."""
    lines = bound_lines(stored)
    if lines is None:
        return page
    line = next((one for one in lines if one.page == page.code), BoundLine(page.code, BY_RULES, ""))
    return replace(page, imprint=line.line, imprint_rule=line.rule)


class ImprintRepository(Repository):
    """See `domain.ports.imprints.Imprints`."""

    async def find_pack(self) -> Pack | None:
        row = (await self._session.execute(select(imprint_pack))).one_or_none()
        return None if row is None else as_(Pack, row)

    async def rules(self) -> list[ImprintRule]:
        return all_(ImprintRule, await self._session.execute(select(imprint_rule).order_by(imprint_rule.c.id)))

    async def save(self, pack: Pack | None, rules: Iterable[ImprintRule]) -> None:
        await self._session.execute(delete(imprint_rule))
        await self._session.execute(delete(imprint_pack))
        if pack is not None:
            await self._session.execute(insert(imprint_pack), [vars(pack)])
        rows = [{name: getattr(rule, name) for name in _RULE_FIELDS} for rule in rules]
        if rows:
            await self._session.execute(insert(imprint_rule), rows)

    async def set_lines(self, pages: Iterable[Page]) -> None:
        rows = [
            {
                "of": p.code,
                "imprint": p.imprint,
                "imprint_rule": p.imprint_rule,
                "imprint_from": p.imprint_from,
                "imprint_until": p.imprint_until,
            }
            for p in pages
        ]
        if rows:
            names = [name for name in rows[0] if name != "of"]
            statement = update(page).where(page.c.code == bindparam("of"))
            await self._session.execute(statement.values({name: bindparam(name) for name in names}), rows)

    async def concerned(self, pages: Iterable[str]) -> list[Concerned]:
        statement = (
            select(draft.c.id.label("draft_id"), draft.c.version, draft.c.state, draft_page.c.page, decision.c.imprints)
            .join(draft_page, draft_page.c.draft_id == draft.c.id)
            .join(decision, and_(decision.c.draft_id == draft.c.id, _approval()), isouter=True)
            .where(draft_page.c.page.in_(list(pages)))
            .where(
                or_(
                    draft.c.state == DraftState.SUBMITTED,
                    and_(
                        draft.c.state == DraftState.APPROVED,
                        ~_in_slot(SlotState.FILLED),
                        # A text that may be published again is not done with by being posted.
                        or_(draft.c.cool_days.is_not(None), ~_in_slot(SlotState.POSTED)),
                    ),
                )
            )
            .order_by(draft.c.id, draft_page.c.page, decision.c.id)
        )
        found: dict[tuple[int, str], Concerned] = {}
        for row in await self._session.execute(statement):
            approved = row.state is DraftState.APPROVED
            one = as_(Concerned, row, lines=bound_lines(row.imprints) if approved else None)
            found[one.draft_id, one.page] = one
        return list(found.values())

    async def lines_of(self, drafts: Iterable[int]) -> Mapping[tuple[int, int], tuple[BoundLine, ...] | None]:
        statement = (
            select(decision.c.draft_id, decision.c.version, decision.c.imprints)
            .where(decision.c.draft_id.in_(list(drafts)), decision.c.verdict == Verdict.APPROVE)
            .order_by(decision.c.id)
        )
        rows = await self._session.execute(statement)
        return {(row.draft_id, row.version): bound_lines(row.imprints) for row in rows}

    async def add_relined(self, new: Relined) -> None:
        await self._session.execute(insert(imprint_return), [vars(new)])

    async def find_relined(self, draft_id: int, version: int) -> Relined | None:
        here = and_(imprint_return.c.draft_id == draft_id, imprint_return.c.version == version)
        row = (await self._session.execute(select(imprint_return).where(here))).one_or_none()
        return None if row is None else as_(Relined, row)

    async def waiting(self, regions: Iterable[str], reader: int) -> list[WaitingRelined]:
        wanted = list(regions)
        mine = select(decision.c.id).where(
            decision.c.draft_id == draft.c.id, _approval(), decision.c.approver_id == reader
        )
        statement = (
            select(imprint_return, person.c.name.label("author_name"), content.c.text)
            .join(draft, and_(draft.c.id == imprint_return.c.draft_id, draft.c.version == imprint_return.c.version))
            .join(person, person.c.id == draft.c.author_id)
            .join(content, and_(content.c.draft_id == draft.c.id, content.c.version == draft.c.version))
            .where(
                imprint_return.c.approved,
                draft.c.state == DraftState.SUBMITTED,
                true() if EVERYWHERE in wanted else draft.c.region.in_(wanted),
                draft.c.author_id != reader,
                ~mine.exists(),
            )
            .order_by(draft.c.decide_by, draft.c.id)
        )
        return all_(WaitingRelined, await self._session.execute(statement))


def _approval() -> ColumnElement[bool]:
    """Of the draft's current version."""
    return and_(decision.c.version == draft.c.version, decision.c.verdict == Verdict.APPROVE)


def _in_slot(state: SlotState) -> ColumnElement[bool]:
    """Whether the draft has such a slot on the page."""
    return (
        select(slot.c.id)
        .where(slot.c.draft_id == draft.c.id, slot.c.page == draft_page.c.page, slot.c.state == state)
        .correlate(draft, draft_page)
        .exists()
    )
