"""Owners of delegated pages in the plan: what they stopped is not planned again, what is planned they hear of in time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.notices import Guarantee, Notice, Priority
from domain.pages import Page, PageKind
from domain.plan import Slot
from domain.ports import UnitOfWork


@dataclass(frozen=True)
class Owners:
    """Loaded once for many slots; nothing is asked where no page is delegated. `linked`: owners' accounts, by page."""

    linked: dict[str, int] = field(default_factory=dict)
    vetoed: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    async def load(cls, uow: UnitOfWork, pages: Iterable[Page]) -> "Owners":
        codes = [page.code for page in pages if page.kind is PageKind.DELEGATED]
        if not codes:
            return cls()
        return cls(await uow.authorities.owners(codes), await uow.authorities.vetoed(codes))

    def allow(self, page: Page, draft_id: int) -> bool:
        return (page.code, draft_id) not in self.vetoed

    def told(self, slot: Slot, now: datetime, before: timedelta) -> list[Notice]:
        """ "Posting at 18:00 on …" `before` its moment, at once when that is past; see `authority.posting`."""
        owner = self.linked.get(slot.page)
        if owner is None:
            return []
        return [
            Notice(
                kind="authority.posting",
                subject=slot.subject,
                due_at=max(now, slot.at - before),
                dedup_key=f"authority.posting:{slot.id}:{slot.version}",
                person_id=owner,
                guarantee=Guarantee.A,
                priority=Priority.ASSIGNMENT,
                params={"slot": slot.id, "draft": slot.draft_id, "page": slot.page},
            )
        ]
