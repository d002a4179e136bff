"""Ports: one transaction, and the database that opens them."""

from collections.abc import Awaitable, Callable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from domain.ports.broadcasts import Broadcasts
from domain.ports.campaign import CampaignStore
from domain.ports.drafts import Drafts, MediaIndex
from domain.ports.figures import Figures
from domain.ports.people import People
from domain.ports.plan import Plan
from domain.ports.record import Cards, Expectations, Inbox, Journal, Outbox, Tasks
from domain.ports.rollups import Rollups
from domain.ports.status import StatusReads

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
    def media(self) -> MediaIndex: ...
    @property
    def plan(self) -> Plan: ...
    @property
    def figures(self) -> Figures: ...
    @property
    def status(self) -> StatusReads: ...
    @property
    def broadcasts(self) -> Broadcasts: ...
    @property
    def rollups(self) -> Rollups: ...
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
