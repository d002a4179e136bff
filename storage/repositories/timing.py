"""Embargo and expiry of drafts."""

from sqlalchemy import update

from domain.drafts import UNFINISHED_STATES, Draft
from storage.repositories.base import Repository
from storage.tables import draft


class TimingRepository(Repository):
    """See `domain.ports.timing.Timings`."""

    async def save(self, new: Draft) -> bool:
        statement = update(draft).where(
            draft.c.id == new.id, draft.c.version == new.version, draft.c.state.in_(UNFINISHED_STATES)
        )
        values = {"not_before": new.not_before, "expires_at": new.expires_at}
        return (await self._session.execute(statement.values(**values))).rowcount == 1
