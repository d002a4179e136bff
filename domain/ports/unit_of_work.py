"""Ports: one transaction, and the database that opens them."""

from collections.abc import Awaitable, Callable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from domain.ports.authority import AuthorityStore
from domain.ports.availability import Availabilities
from domain.ports.away import Absences
from domain.ports.broadcasts import Broadcasts
from domain.ports.campaign import CampaignStore
from domain.ports.campaign_tags import TagRules
from domain.ports.commitments import Commitments
from domain.ports.day_plan import DayPlan
from domain.ports.desk_talk import DeskTalk
from domain.ports.drafts import Drafts, MediaIndex
from domain.ports.evergreen import Evergreens
from domain.ports.feeds import Feeds
from domain.ports.figure_imports import FigureImports
from domain.ports.figures import Figures
from domain.ports.halts import Halts
from domain.ports.imprints import Imprints
from domain.ports.lanes import Risks
from domain.ports.masters import Masters
from domain.ports.my_drafts import MyDrafts
from domain.ports.norms import Norms
from domain.ports.open_slots import OpenSlots
from domain.ports.page_health import PageReads
from domain.ports.people import People
from domain.ports.plan import Plan
from domain.ports.planner import Planner
from domain.ports.proofs import Proofs
from domain.ports.queue import QueueFilters
from domain.ports.recalls import Recalls
from domain.ports.record import Cards, Expectations, Inbox, Journal, Outbox, Tasks
from domain.ports.reminders import Reminders
from domain.ports.rollups import Rollups
from domain.ports.rubrics import Rubrics
from domain.ports.silences import SilenceStore
from domain.ports.staff_chats import StaffChats
from domain.ports.status import StatusReads
from domain.ports.swaps import Swaps
from domain.ports.targets import Targets
from domain.ports.timing import Timings
from domain.ports.urgent import Urgent

P = ParamSpec("P")
T = TypeVar("T")


class UnitOfWork(Protocol):
    """One transaction. Use cases await nothing else, and never commit."""

    @property
    def people(self) -> People: ...
    @property
    def campaign(self) -> CampaignStore: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def queue(self) -> QueueFilters: ...
    @property
    def media(self) -> MediaIndex: ...
    @property
    def plan(self) -> Plan: ...
    @property
    def planner(self) -> Planner: ...
    @property
    def proofs(self) -> Proofs: ...
    @property
    def page_health(self) -> PageReads: ...
    @property
    def figures(self) -> Figures: ...
    @property
    def figure_imports(self) -> FigureImports: ...
    @property
    def status(self) -> StatusReads: ...
    @property
    def broadcasts(self) -> Broadcasts: ...
    @property
    def talk(self) -> DeskTalk: ...
    @property
    def halts(self) -> Halts: ...
    @property
    def silences(self) -> SilenceStore: ...
    @property
    def recalls(self) -> Recalls: ...
    @property
    def masters(self) -> Masters: ...
    @property
    def my_drafts(self) -> MyDrafts: ...
    @property
    def norms(self) -> Norms: ...
    @property
    def day_plan(self) -> DayPlan: ...
    @property
    def rubrics(self) -> Rubrics: ...
    @property
    def evergreen(self) -> Evergreens: ...
    @property
    def timing(self) -> Timings: ...
    @property
    def urgent(self) -> Urgent: ...
    @property
    def imprints(self) -> Imprints: ...
    @property
    def rollups(self) -> Rollups: ...
    @property
    def risks(self) -> Risks: ...
    @property
    def staff_chats(self) -> StaffChats: ...
    @property
    def authorities(self) -> AuthorityStore: ...
    @property
    def availability(self) -> Availabilities: ...
    @property
    def tags(self) -> TagRules: ...
    @property
    def open_slots(self) -> OpenSlots: ...
    @property
    def swaps(self) -> Swaps: ...
    @property
    def feeds(self) -> Feeds: ...
    @property
    def away(self) -> Absences: ...
    @property
    def commitments(self) -> Commitments: ...
    @property
    def targets(self) -> Targets: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def tasks(self) -> Tasks: ...
    @property
    def journal(self) -> Journal: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def cards(self) -> Cards: ...
    @property
    def expectations(self) -> Expectations: ...


class Database(Protocol):
    async def run(self, usecase: Callable[Concatenate[Any, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case in a write transaction: committed on return, rolled back on an exception, possibly run again."""

    async def read(self, query: Callable[Concatenate[Any, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query in a read-only transaction."""
