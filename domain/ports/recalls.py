"""Port: texts that are public, their recalls, and what each person is asked to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.pages import Page
from domain.people import Person
from domain.plan import Slot
from domain.recalls import Recall, RecallKind, RecallReason, RecallState, RecallTask


@dataclass(frozen=True)
class PublishedText:
    """A text with posted slots. `posts`: how many; `last`: the newest."""

    draft_id: int
    region: str
    text: str
    posts: int
    last: datetime


@dataclass(frozen=True)
class PublishedPost:
    """One proven publication of a text."""

    slot_id: int
    page_title: str
    person_id: int
    person: str
    url: str
    posted_at: datetime


@dataclass(frozen=True)
class TaskView:
    """A task with everything its card needs."""

    task: RecallTask
    recall: Recall
    page: Page
    person: Person
    region: str
    """The draft's: whose press secretaries look."""


class Recalls(Protocol):
    async def published(self, since: datetime, regions: Iterable[str], limit: int) -> list[PublishedText]:
        """Texts of drafts of these regions (`EVERYWHERE`: all) posted since, newest post first."""

    async def posts(self, draft_id: int) -> list[PublishedPost]:
        """Every proven publication of a text, by moment."""

    async def open_slots(self, draft_id: int) -> list[Slot]:
        """Slots that somebody is still to fill with this text."""

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
        """Raises RecallChanged while another one of the text is unfinished."""

    async def get(self, recall_id: int) -> Recall: ...

    async def find_last(self, draft_id: int) -> Recall | None:
        """The newest of a text that was not dropped."""

    async def is_declared(self, draft_id: int) -> bool:
        """Whether the text is recalled: it is planned no more."""

    async def find_unfinished(self, draft_id: int) -> Recall | None: ...

    async def save(self, recall: Recall) -> Recall:
        """Save with `recall.version` as the seen one; returns it with the next version, or raises RecallChanged."""

    async def add_tasks(self, recall_id: int, posts: Iterable[PublishedPost]) -> list[RecallTask]: ...

    async def save_task(self, task: RecallTask) -> RecallTask:
        """Like `save`; raises Conflict."""

    async def task(self, task_id: int) -> TaskView: ...

    async def tasks(self, recall_id: int) -> list[TaskView]:
        """Those not cancelled, outstanding ones first, then by moment."""
