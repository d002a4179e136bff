"""Public texts, their recalls and the tasks that follow."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, insert, select, update

from domain.errors import Conflict, NotFound
from domain.pages import Page
from domain.people import EVERYWHERE, Person
from domain.plan import Slot, SlotState
from domain.ports.recalls import PublishedPost, PublishedText, TaskView
from domain.recalls import (
    OUTSTANDING,
    UNFINISHED,
    Recall,
    RecallChanged,
    RecallKind,
    RecallReason,
    RecallState,
    RecallTask,
    TaskState,
)
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import content, draft, page, person, proof, recall, recall_task, slot

DECLARED = (
    select(recall.c.id)
    .where(
        recall.c.draft_id == draft.c.id,
        recall.c.declared_at.is_not(None),
        recall.c.state != RecallState.DROPPED,
    )
    .correlate(draft)
    .exists()
)
"""Whether the text of a row was recalled: for statements that select from `draft`."""


def _prefixed(table: Any, prefix: str) -> list[Any]:
    return [column.label(f"{prefix}_{column.name}") for column in table.c]


_TASKS = (
    select(
        *_prefixed(recall_task, "t"),
        *_prefixed(recall, "r"),
        *_prefixed(page, "p"),
        *_prefixed(person, "w"),
        draft.c.region,
    )
    .join(recall, recall.c.id == recall_task.c.recall_id)
    .join(draft, draft.c.id == recall.c.draft_id)
    .join(slot, slot.c.id == recall_task.c.slot_id)
    .join(page, page.c.code == slot.c.page)
    .join(person, person.c.id == recall_task.c.person_id)
)


def _part(cls: type[Any], row: Row[Any], prefix: str) -> Any:
    """One of the entities of a joined row."""
    cells = row._mapping  # noqa: SLF001 - SQLAlchemy's documented mapping view
    return cls(**{name: cells[f"{prefix}_{name}"] for name in cls.__dataclass_fields__})


def _view(row: Row[Any]) -> TaskView:
    return TaskView(
        _part(RecallTask, row, "t"),
        _part(Recall, row, "r"),
        _part(Page, row, "p"),
        _part(Person, row, "w"),
        row.region,
    )


class RecallRepository(Repository):
    """See `domain.ports.recalls.Recalls`."""

    # -- what is public --------------------------------------------------------------------------------------------------

    async def published(self, since: datetime, regions: Iterable[str], limit: int) -> list[PublishedText]:
        codes = frozenset(regions)
        last = func.max(slot.c.posted_at).label("last")
        posts = (
            select(slot.c.draft_id, func.count().label("posts"), last)
            .where(slot.c.state == SlotState.POSTED, slot.c.posted_at >= since, slot.c.draft_id.is_not(None))
            .group_by(slot.c.draft_id)
            .subquery()
        )
        statement = (
            select(draft.c.id.label("draft_id"), draft.c.region, content.c.text, posts.c.posts, posts.c.last)
            .join(posts, posts.c.draft_id == draft.c.id)
            .join(content, (content.c.draft_id == draft.c.id) & (content.c.version == draft.c.version))
            .order_by(posts.c.last.desc(), draft.c.id.desc())
            .limit(limit)
        )
        if EVERYWHERE not in codes:
            statement = statement.where(draft.c.region.in_(codes))
        return all_(PublishedText, await self._session.execute(statement))

    async def posts(self, draft_id: int) -> list[PublishedPost]:
        statement = (
            select(
                slot.c.id.label("slot_id"),
                page.c.title.label("page_title"),
                proof.c.person_id,
                person.c.name.label("person"),
                proof.c.url,
                slot.c.posted_at,
            )
            .join(page, page.c.code == slot.c.page)
            .join(proof, proof.c.slot_id == slot.c.id)
            .join(person, person.c.id == proof.c.person_id)
            .where(slot.c.draft_id == draft_id, slot.c.state == SlotState.POSTED)
            .order_by(slot.c.posted_at, slot.c.id)
        )
        return all_(PublishedPost, await self._session.execute(statement))

    async def open_slots(self, draft_id: int) -> list[Slot]:
        statement = select(slot).where(slot.c.draft_id == draft_id, slot.c.state == SlotState.FILLED)
        return all_(Slot, await self._session.execute(statement.order_by(slot.c.at, slot.c.id)))

    # -- recalls ---------------------------------------------------------------------------------------------------------

    async def add(
        self,
        *,
        draft_id: int,
        kind: RecallKind,
        state: RecallState,
        reason: RecallReason,
        text: str,
        by_id: int,
        now: datetime,
    ) -> Recall:
        values = {"draft_id": draft_id, "kind": kind, "state": state, "reason": reason, "text": text}
        added = self._insert(recall).values(**values, by_id=by_id, at=now).on_conflict_do_nothing()
        row = (await self._session.execute(added.returning(recall.c.id))).one_or_none()
        if row is None:
            raise RecallChanged
        return await self.get(row.id)

    async def get(self, recall_id: int) -> Recall:
        found = await self._newest(recall.c.id == recall_id)
        if found is None:
            raise NotFound("recall")
        return found

    async def find_last(self, draft_id: int) -> Recall | None:
        return await self._newest(recall.c.draft_id == draft_id, recall.c.state != RecallState.DROPPED)

    async def is_declared(self, draft_id: int) -> bool:
        statement = select(draft.c.id).where(draft.c.id == draft_id, DECLARED)
        return (await self._session.execute(statement)).one_or_none() is not None

    async def find_unfinished(self, draft_id: int) -> Recall | None:
        return await self._newest(recall.c.draft_id == draft_id, recall.c.state.in_(UNFINISHED))

    async def _newest(self, *conditions: ColumnElement[bool]) -> Recall | None:
        statement = select(recall).where(*conditions).order_by(recall.c.id.desc()).limit(1)
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else as_(Recall, row)

    async def save(self, changed: Recall) -> Recall:
        statement = update(recall).where(recall.c.id == changed.id, recall.c.version == changed.version)
        values = {
            name: getattr(changed, name)
            for name in ("kind", "state", "reason", "note", "text", "declared_at", "approved_by", "deadline")
        }
        values |= {"closed_at": changed.closed_at, "version": changed.version + 1}
        if (await self._session.execute(statement.values(**values))).rowcount != 1:
            raise RecallChanged
        return replace(changed, version=changed.version + 1)

    # -- tasks -----------------------------------------------------------------------------------------------------------

    async def add_tasks(self, recall_id: int, posts: Iterable[PublishedPost]) -> list[RecallTask]:
        rows = [
            {
                "recall_id": recall_id,
                "slot_id": post.slot_id,
                "person_id": post.person_id,
                "state": TaskState.OPEN,
                "url": post.url,
            }
            for post in posts
        ]
        if rows:
            await self._session.execute(insert(recall_task), rows)
        statement = select(recall_task).where(recall_task.c.recall_id == recall_id).order_by(recall_task.c.id)
        return all_(RecallTask, await self._session.execute(statement))

    async def save_task(self, changed: RecallTask) -> RecallTask:
        statement = update(recall_task).where(recall_task.c.id == changed.id, recall_task.c.version == changed.version)
        values = {
            name: getattr(changed, name) for name in ("state", "proof_url", "proof_media", "done_at", "looked_by")
        }
        if (await self._session.execute(statement.values(**values, version=changed.version + 1))).rowcount != 1:
            raise Conflict
        return replace(changed, version=changed.version + 1)

    async def task(self, task_id: int) -> TaskView:
        row = (await self._session.execute(_TASKS.where(recall_task.c.id == task_id))).one_or_none()
        if row is None:
            raise NotFound("recall")
        return _view(row)

    async def tasks(self, recall_id: int) -> list[TaskView]:
        chosen = _TASKS.where(recall_task.c.recall_id == recall_id, recall_task.c.state != TaskState.CANCELLED)
        first = case((recall_task.c.state.in_(OUTSTANDING), 0), else_=1)
        rows = await self._session.execute(chosen.order_by(first, slot.c.posted_at, recall_task.c.id))
        return [_view(row) for row in rows]
