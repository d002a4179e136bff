"""One question before anything to be posted is shown or sent: may this be published now? Silences (H8), stops, imprint lines (H3) and
owners' authority (N1.13) answer it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.authority import NoAuthority
from domain.halts import Halt, HaltHolds, halt_of
from domain.imprints import ImprintGone, has_line
from domain.pages import Page
from domain.plan import SilenceHolds
from domain.ports import UnitOfWork
from domain.usecases.silences import Silences

LOOK_AGAIN = timedelta(hours=1)
"""When something held without a known end is looked at again; a stop that is lifted sends it at once."""


@dataclass(frozen=True)
class Gate:
    """Loaded once for many questions. `halts`: those in force."""

    silences: Silences
    halts: Sequence[Halt]

    @classmethod
    async def load(cls, uow: UnitOfWork) -> "Gate":
        return cls(await Silences.load(uow), await uow.halts.in_force())

    def stopped(self, page: Page) -> Halt | None:
        """The emergency stop that holds the page."""
        return halt_of(page, self.halts)

    def is_open(self, page: Page, now: datetime) -> bool:
        """Whether this may be published now; not where no imprint line (H3) or no owner's authority (N1.13) is in force."""
        if not has_line(page, now) or not page.may_publish_on(page.local_day(now)):
            return False
        return self.stopped(page) is None and not self.silences.hold(page.region, now)

    def opens(self, page: Page, now: datetime) -> datetime:
        """When what is held is worth another look."""
        if not self.silences.hold(page.region, now):
            return now + LOOK_AGAIN
        return self.silences.end(page.region, now) or now + LOOK_AGAIN

    def ensure_open(self, page: Page, zone: str, now: datetime) -> None:
        """Raise `HaltHolds`, `SilenceHolds`, `ImprintGone` or `NoAuthority` while the page may publish nothing; `zone` is the reader's."""
        halt = self.stopped(page)
        if halt is not None:
            raise HaltHolds(halt.at, zone, now)
        if self.silences.hold(page.region, now):
            raise SilenceHolds(self.silences.end(page.region, now), zone, now)
        if not has_line(page, now):
            raise ImprintGone(page.title)
        if not page.may_publish_on(page.local_day(now)):
            raise NoAuthority((page.title,))
