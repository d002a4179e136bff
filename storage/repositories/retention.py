"""Deleting what has served its time: every retention that a column may name, and who carries it out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Delete, Update, delete, or_, update

from domain.notices import NoticeStatus
from storage.repositories.base import Repository
from storage.repositories.inbox import KEEP_ASIDE
from storage.tables import (
    absence,
    access_request,
    account_move,
    draft_claim,
    expectation,
    invite_entry,
    lane_claim,
    outbox,
)
from storage.tables.availability import PASSED
from storage.tables.away import AWAY
from storage.tables.base import DAYS_30, HANDLED
from storage.tables.feeds import REVOKED
from storage.tables.queue import KEPT as CLEARED
from storage.tables.staff_chats import KEPT as BOUND
from storage.types import ERASE, KEEP

SETTLED = timedelta(days=30)
UNDECIDED = timedelta(days=90)
"""Nobody decides about a request that old; whoever asked may ask again."""
LAPSED = timedelta(days=2)
"""By then it is over on every clock."""

Statement = Callable[[datetime], Delete | Update]

BY_ITSELF: dict[str, str] = {
    KEEP: "the operator deletes the database when the record is closed",
    ERASE: "erasure: `storage.repositories.erasure`",
    PASSED: "`Chores.care`: days off are deleted two days later",
    REVOKED: "its row is deleted when it is revoked",
    CLEARED: "its row is deleted when it is cleared",
    BOUND: "its row is deleted when it is unbound",
}
"""Retentions that another place sees to."""


@dataclass(frozen=True)
class Rule:
    """What is deleted or emptied at a moment. `retention`: whose promise it keeps; "": stricter than any column asks."""

    retention: str
    statement: Statement


def _gone(at: datetime) -> Delete:
    old = access_request.c.decided_at < at - SETTLED
    return delete(access_request).where(or_(old, access_request.c.requested_at < at - UNDECIDED))


def _entries(at: datetime) -> Update:
    old = or_(invite_entry.c.decided_at < at - SETTLED, invite_entry.c.asked_at < at - UNDECIDED)
    return update(invite_entry).where(old).values(telegram_id=None, name="", username="", language="")


def _moves(at: datetime) -> Update:
    over = account_move.c.expires_at < at  # nobody can confirm it any more
    return update(account_move).where(over).values(telegram_id=None, name="", username="")


def _strangers(at: datetime) -> Update:
    settled = outbox.c.status.not_in([NoticeStatus.WAITING, NoticeStatus.SENDING])
    old = outbox.c.person_id.is_(None), settled, outbox.c.next_try_at < at - SETTLED
    return update(outbox).where(*old).values(chat_id=None, message_id=None, params={}, last_error="")


RULES: tuple[Rule, ...] = (
    Rule(DAYS_30, _gone),
    Rule(DAYS_30, _entries),
    Rule(HANDLED, lambda at: delete(lane_claim).where(lane_claim.c.until < at - KEEP_ASIDE)),
    Rule(AWAY, lambda at: delete(absence).where(absence.c.ends < at - LAPSED)),
    Rule("", _moves),
    Rule("", _strangers),
    Rule("", lambda at: delete(expectation).where(expectation.c.expires_at < at - LAPSED)),
    Rule("", lambda at: delete(draft_claim).where(draft_claim.c.until < at - LAPSED)),
)
"""Carried out each night; what came in is cleaned by `InboxRepository.clean`, in the same hour."""


class RetentionRepository(Repository):
    """See `domain.ports.privacy.Retention`."""

    async def carry_out(self, now: datetime) -> int:
        """How many rows it took."""
        rows = 0
        for rule in RULES:
            rows += (await self._session.execute(rule.statement(now))).rowcount
        return rows
