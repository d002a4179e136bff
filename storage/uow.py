"""The unit of work: every repository over one transaction."""

from functools import cached_property

from storage.repositories.broadcasts import BroadcastRepository
from storage.repositories.campaign import CampaignRepository
from storage.repositories.cards import CardRepository, ExpectationRepository
from storage.repositories.drafts import DraftRepository
from storage.repositories.figures import FigureRepository
from storage.repositories.inbox import InboxRepository
from storage.repositories.journal import JournalRepository
from storage.repositories.lanes import LaneRepository
from storage.repositories.lease import LeaseRepository
from storage.repositories.media import MediaRepository
from storage.repositories.outbox import OutboxRepository
from storage.repositories.people import PeopleRepository
from storage.repositories.plan import PlanRepository
from storage.repositories.rollups import RollupRepository
from storage.repositories.status import StatusRepository
from storage.repositories.tasks import TaskRepository
from storage.session import Session


class SqlUnitOfWork:
    """See `domain.ports.UnitOfWork`. Repositories are made when first used."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def people(self) -> PeopleRepository:
        return PeopleRepository(self.session)

    @cached_property
    def campaign(self) -> CampaignRepository:
        return CampaignRepository(self.session)

    @cached_property
    def drafts(self) -> DraftRepository:
        return DraftRepository(self.session)

    @cached_property
    def media(self) -> MediaRepository:
        return MediaRepository(self.session)

    @cached_property
    def plan(self) -> PlanRepository:
        return PlanRepository(self.session)

    @cached_property
    def figures(self) -> FigureRepository:
        return FigureRepository(self.session)

    @cached_property
    def status(self) -> StatusRepository:
        return StatusRepository(self.session)

    @cached_property
    def broadcasts(self) -> BroadcastRepository:
        return BroadcastRepository(self.session)

    @cached_property
    def rollups(self) -> RollupRepository:
        return RollupRepository(self.session)

    @cached_property
    def outbox(self) -> OutboxRepository:
        return OutboxRepository(self.session)

    @cached_property
    def tasks(self) -> TaskRepository:
        return TaskRepository(self.session)

    @cached_property
    def journal(self) -> JournalRepository:
        return JournalRepository(self.session)

    @cached_property
    def inbox(self) -> InboxRepository:
        return InboxRepository(self.session)

    @cached_property
    def cards(self) -> CardRepository:
        return CardRepository(self.session)

    @cached_property
    def expectations(self) -> ExpectationRepository:
        return ExpectationRepository(self.session)

    @cached_property
    def lease(self) -> LeaseRepository:
        return LeaseRepository(self.session)

    @cached_property
    def lanes(self) -> LaneRepository:
        return LaneRepository(self.session)
