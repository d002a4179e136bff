"""The unit of work: every repository over one transaction."""

from functools import cached_property

from storage.repositories.authority import AuthorityRepository
from storage.repositories.availability import AvailabilityRepository
from storage.repositories.away import AbsenceRepository
from storage.repositories.best_posts import BestPostRepository
from storage.repositories.broadcasts import BroadcastRepository
from storage.repositories.campaign import CampaignRepository
from storage.repositories.campaign_tags import TagRuleRepository
from storage.repositories.cards import CardRepository, ExpectationRepository
from storage.repositories.commitments import CommitmentRepository
from storage.repositories.corrections import CorrectionRepository
from storage.repositories.course import TrainingRepository
from storage.repositories.day_plan import DayPlanRepository
from storage.repositories.desk_talk import DeskTalkRepository
from storage.repositories.drafts import DraftRepository
from storage.repositories.erasure import ErasureRepository
from storage.repositories.evergreen import EvergreenRepository
from storage.repositories.evidence import EvidenceRepository
from storage.repositories.export_reads import ExportReadRepository
from storage.repositories.exports import ExportRepository
from storage.repositories.feeds import FeedRepository
from storage.repositories.figure_imports import FigureImportRepository
from storage.repositories.figures import FigureRepository
from storage.repositories.halts import HaltRepository
from storage.repositories.imprints import ImprintRepository
from storage.repositories.inbox import InboxRepository
from storage.repositories.invites import InviteRepository
from storage.repositories.journal import JournalRepository
from storage.repositories.lanes import LaneRepository
from storage.repositories.lease import LeaseRepository
from storage.repositories.masters import MasterRepository
from storage.repositories.media import MediaRepository
from storage.repositories.my_data import MyDataRepository
from storage.repositories.my_drafts import MyDraftRepository
from storage.repositories.norms import NormRepository
from storage.repositories.open_slots import OpenSlotRepository
from storage.repositories.outbox import OutboxRepository
from storage.repositories.page_health import PageHealthRepository
from storage.repositories.people import PeopleRepository
from storage.repositories.plan import PlanRepository
from storage.repositories.planner import PlannerRepository
from storage.repositories.proofs import ProofRepository
from storage.repositories.queue import QueueRepository
from storage.repositories.recalls import RecallRepository
from storage.repositories.record import RecordRepository
from storage.repositories.reminders import ReminderRepository
from storage.repositories.retention import RetentionRepository
from storage.repositories.risks import RiskRepository
from storage.repositories.rollups import RollupRepository
from storage.repositories.rubrics import RubricRepository
from storage.repositories.silences import SilenceRepository
from storage.repositories.staff_chats import StaffChatRepository
from storage.repositories.standing import StandingRepository
from storage.repositories.status import StatusRepository
from storage.repositories.status_periods import PeriodRepository
from storage.repositories.status_posts import TrailRepository
from storage.repositories.swaps import SwapRepository
from storage.repositories.targets import TargetRepository
from storage.repositories.tasks import TaskRepository
from storage.repositories.team import TeamRepository
from storage.repositories.timing import TimingRepository
from storage.repositories.urgent import UrgentRepository
from storage.session import Session


class SqlUnitOfWork:
    """See `domain.ports.UnitOfWork`. Repositories are made when first used."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def people(self) -> PeopleRepository:
        return PeopleRepository(self.session)

    @cached_property
    def team(self) -> TeamRepository:
        return TeamRepository(self.session)

    @cached_property
    def standing(self) -> StandingRepository:
        return StandingRepository(self.session)

    @cached_property
    def invites(self) -> InviteRepository:
        return InviteRepository(self.session)

    @cached_property
    def training(self) -> TrainingRepository:
        return TrainingRepository(self.session)

    @cached_property
    def campaign(self) -> CampaignRepository:
        return CampaignRepository(self.session)

    @cached_property
    def drafts(self) -> DraftRepository:
        return DraftRepository(self.session)

    @cached_property
    def queue(self) -> QueueRepository:
        return QueueRepository(self.session)

    @cached_property
    def media(self) -> MediaRepository:
        return MediaRepository(self.session)

    @cached_property
    def plan(self) -> PlanRepository:
        return PlanRepository(self.session)

    @cached_property
    def planner(self) -> PlannerRepository:
        return PlannerRepository(self.session)

    @cached_property
    def proofs(self) -> ProofRepository:
        return ProofRepository(self.session)

    @cached_property
    def page_health(self) -> PageHealthRepository:
        return PageHealthRepository(self.session)

    @cached_property
    def figures(self) -> FigureRepository:
        return FigureRepository(self.session)

    @cached_property
    def figure_imports(self) -> FigureImportRepository:
        return FigureImportRepository(self.session)

    @cached_property
    def status(self) -> StatusRepository:
        return StatusRepository(self.session)

    @cached_property
    def periods(self) -> PeriodRepository:
        return PeriodRepository(self.session)

    @cached_property
    def trails(self) -> TrailRepository:
        return TrailRepository(self.session)

    @cached_property
    def evidence(self) -> EvidenceRepository:
        return EvidenceRepository(self.session)

    @cached_property
    def record(self) -> RecordRepository:
        return RecordRepository(self.session)

    @cached_property
    def best_posts(self) -> BestPostRepository:
        return BestPostRepository(self.session)

    @cached_property
    def broadcasts(self) -> BroadcastRepository:
        return BroadcastRepository(self.session)

    @cached_property
    def talk(self) -> DeskTalkRepository:
        return DeskTalkRepository(self.session)

    @cached_property
    def halts(self) -> HaltRepository:
        return HaltRepository(self.session)

    @cached_property
    def silences(self) -> SilenceRepository:
        return SilenceRepository(self.session)

    @cached_property
    def recalls(self) -> RecallRepository:
        return RecallRepository(self.session)

    @cached_property
    def masters(self) -> MasterRepository:
        return MasterRepository(self.session)

    @cached_property
    def my_drafts(self) -> MyDraftRepository:
        return MyDraftRepository(self.session)

    @cached_property
    def norms(self) -> NormRepository:
        return NormRepository(self.session)

    @cached_property
    def day_plan(self) -> DayPlanRepository:
        return DayPlanRepository(self.session)

    @cached_property
    def rubrics(self) -> RubricRepository:
        return RubricRepository(self.session)

    @cached_property
    def evergreen(self) -> EvergreenRepository:
        return EvergreenRepository(self.session)

    @cached_property
    def timing(self) -> TimingRepository:
        return TimingRepository(self.session)

    @cached_property
    def urgent(self) -> UrgentRepository:
        return UrgentRepository(self.session)

    @cached_property
    def imprints(self) -> ImprintRepository:
        return ImprintRepository(self.session)

    @cached_property
    def rollups(self) -> RollupRepository:
        return RollupRepository(self.session)

    @cached_property
    def risks(self) -> RiskRepository:
        return RiskRepository(self.session)

    @cached_property
    def staff_chats(self) -> StaffChatRepository:
        return StaffChatRepository(self.session)

    @cached_property
    def authorities(self) -> AuthorityRepository:
        return AuthorityRepository(self.session)

    @cached_property
    def availability(self) -> AvailabilityRepository:
        return AvailabilityRepository(self.session)

    @cached_property
    def tags(self) -> TagRuleRepository:
        return TagRuleRepository(self.session)

    @cached_property
    def open_slots(self) -> OpenSlotRepository:
        return OpenSlotRepository(self.session)

    @cached_property
    def swaps(self) -> SwapRepository:
        return SwapRepository(self.session)

    @cached_property
    def feeds(self) -> FeedRepository:
        return FeedRepository(self.session)

    @cached_property
    def away(self) -> AbsenceRepository:
        return AbsenceRepository(self.session)

    @cached_property
    def commitments(self) -> CommitmentRepository:
        return CommitmentRepository(self.session)

    @cached_property
    def targets(self) -> TargetRepository:
        return TargetRepository(self.session)

    @cached_property
    def exports(self) -> ExportRepository:
        return ExportRepository(self.session)

    @cached_property
    def export_reads(self) -> ExportReadRepository:
        return ExportReadRepository(self.session)

    @cached_property
    def reminders(self) -> ReminderRepository:
        return ReminderRepository(self.session)

    @cached_property
    def my_data(self) -> MyDataRepository:
        return MyDataRepository(self.session)

    @cached_property
    def corrections(self) -> CorrectionRepository:
        return CorrectionRepository(self.session)

    @cached_property
    def retention(self) -> RetentionRepository:
        return RetentionRepository(self.session)

    @cached_property
    def erasures(self) -> ErasureRepository:
        return ErasureRepository(self.session)

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
