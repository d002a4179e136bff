"""One update's way through the program: who it is, in which words, and the one write transaction it may have."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import structlog
from aiogram import Bot
from aiogram.types import User

from domain.consent import CONSENT, ConsentNeeded
from domain.drafts import MediaRef
from domain.names import readable
from domain.people import Actor, Stranger
from domain.planning import PlanRules
from domain.ports import Database, UnitOfWork
from domain.ports.record import Expectation
from domain.published import USUAL as USUAL_PROOF
from domain.published import ProofRules
from domain.team import AccessClosed
from domain.usecases import suspension
from domain.usecases.suspension import Shut
from domain.worktime import USUAL, WorkRules
from texts.words import Words, words_for

P = ParamSpec("P")
T = TypeVar("T")


NAMELESS = "…"
"""A Telegram name may consist of characters that nobody sees."""


class AlreadyHandled(Exception):
    """The update's effect was committed before: only its screen is owed."""


class SecondWrite(RuntimeError):
    """A handler wanted two write transactions for one update: a programming error (effects could happen by halves)."""


class MediaIntake(Protocol):
    """Fetches files of a message into the media folder and registers them (bookkeeping outside the update's transaction)."""

    async def fetch(
        self, file_id: str, kind: str, *, size: int | None, unique_id: str, name: str, mime: str
    ) -> MediaRef: ...


@dataclass(frozen=True)
class HandlerSettings:
    """What handlers need of the configuration."""

    bot_username: str
    invite_hours: int
    decide_hours: float
    claim_minutes: int
    undo_seconds: float
    digest_at: time
    quiet_from: time
    quiet_to: time
    owners: tuple[int, ...]
    on_time_minutes: int
    plan: PlanRules
    send_rate: float
    """Messages a second: how long a message to many takes."""
    recall_time: timedelta = timedelta(hours=3)
    """How long those who posted a recalled text have."""
    work: WorkRules = USUAL
    proof: ProofRules = USUAL_PROOF
    urgent_minutes: int = 10
    """How long somebody who is asked for an urgent text has to answer, unless it is chosen."""
    calendar_url: str = ""
    """Where calendar feeds are read; empty: there are none."""
    two_for: tuple[str, ...] = ()
    """Decisions about people that two have to make; see `domain.two_people.Kind`."""
    hinted: dict[tuple[int, int], datetime] = field(default_factory=dict)
    """When a group (and its topic) was last told that work happens in private. Of this process only: the worst is one more hint."""


@dataclass(frozen=True)
class Visitor:
    """The Telegram account behind an update; nothing of it is stored before consent."""

    telegram_id: int
    name: str
    username: str
    language: str


class Turn:
    """Handed to every handler as `turn`."""

    def __init__(
        self,
        *,
        db: Database,
        bot: Bot,
        now: datetime,
        update_id: int,
        user: User | None,
        settings: HandlerSettings,
        media: MediaIntake,
    ) -> None:
        self.db = db
        self.bot = bot
        self.now = now
        self.update_id = update_id
        self.settings = settings
        self.media = media
        self.visitor = (
            Visitor(
                user.id,
                readable(user.full_name) or user.username or NAMELESS,
                user.username or "",
                user.language_code or "en",
            )
            if user
            else Visitor(0, "", "", "en")
        )
        self.mark: Callable[[Any], Awaitable[bool]] = lambda uow: uow.inbox.done(update_id)
        """Marks the update as handled, in the transaction of its effect; False: it was handled before."""
        self.on_commit: Callable[[], None] = lambda: None
        self.committed = False
        self.asks_consent = True
        """Whether nothing is done for somebody who has agreed to an earlier text only; set from the handler's action."""
        self.shut: Shut | None = None
        """Why nothing works from this account, once somebody has asked who this is."""
        self.handling = False
        """Whether a handler is at work, no filter any more: what is raised now becomes words."""
        self._actor: Actor | None = None
        self._looked_up = False
        self._expectation: Expectation | None = None

    @property
    def words(self) -> Words:
        """In the language of the person, of their phone before they have joined."""
        return words_for(self._actor.language if self._actor else self.visitor.language)

    @property
    def actor(self) -> Actor:
        """Who this is, once `run`, `read` or `find_actor` has read them: no further statement."""
        if self._actor is None:
            raise Stranger
        return self._actor

    @property
    def known(self) -> Actor | None:
        """The same, or None while nobody has asked who this is."""
        return self._actor

    async def find_actor(self) -> Actor | None:
        """Who this is (None: a stranger); read once, together with what their next message answers."""
        if not self._looked_up:
            self._actor, self._expectation, self.shut = await self.db.read(self._look_up)
            self._looked_up = True
            self._number_the_log()
        if self.handling:
            self.ensure_open()
        return self._actor

    def ensure_open(self) -> None:
        """Raise `AccessClosed` as far as it is known."""
        if self.shut is not None:
            raise AccessClosed(self.shut.ask, self.shut.moved)

    async def expectation(self) -> Expectation | None:
        """What the person's plain message answers."""
        await self.find_actor()
        return self._expectation

    async def member(self) -> Actor:
        """Who this is; `Stranger` when they have not joined."""
        return self._may_act(await self.find_actor())

    async def run(
        self, usecase: Callable[Concatenate[Any, Actor, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `usecase(uow, actor, …)` once, in the transaction that marks the update as handled.

        The actor is read in that transaction, so rights are those of this moment.
        """

        async def effect(uow: UnitOfWork) -> T:
            await self._mark(uow)
            self._actor = await uow.people.find_actor(self.visitor.telegram_id)
            await self._ensure_open(uow)
            return await usecase(uow, self._may_act(self._actor), *args, **kwargs)

        return await self._commit(effect)

    async def run_as_visitor(
        self, usecase: Callable[Concatenate[Any, Visitor, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The same for somebody who may not have joined: `usecase(uow, visitor, …)`."""

        async def effect(uow: UnitOfWork) -> T:
            await self._mark(uow)
            result = await usecase(uow, self.visitor, *args, **kwargs)
            self._actor = await uow.people.find_actor(self.visitor.telegram_id)  # they may have joined by it
            return result

        return await self._commit(effect)

    async def read(
        self, query: Callable[Concatenate[Any, Actor, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `query(uow, actor, …)` read-only."""

        async def ask(uow: UnitOfWork) -> T:
            if self._actor is None:
                self._actor = await uow.people.find_actor(self.visitor.telegram_id)
            await self._ensure_open(uow)
            return await query(uow, self._may_act(self._actor), *args, **kwargs)

        try:
            return await self.db.read(ask)
        finally:
            self._number_the_log()

    def _may_act(self, actor: Actor | None) -> Actor:
        """Raises `Stranger`, or `ConsentNeeded` when there is a newer text to agree to."""
        if actor is None:
            raise Stranger
        if self.asks_consent and actor.person.consent_version < CONSENT:
            raise ConsentNeeded
        return actor

    async def _ensure_open(self, uow: UnitOfWork) -> None:
        """The same, read in this transaction: only whoever is nobody here can be shut out."""
        if self._actor is None:
            self.shut = await suspension.shut(uow, self.visitor.telegram_id)
            self.ensure_open()

    async def _look_up(self, uow: UnitOfWork) -> tuple[Actor | None, Expectation | None, Shut | None]:
        actor = await uow.people.find_actor(self.visitor.telegram_id)
        if actor is None:
            return None, None, await suspension.shut(uow, self.visitor.telegram_id)
        return actor, await uow.expectations.find(actor.id, self.now), None

    async def _mark(self, uow: UnitOfWork) -> None:
        if not await self.mark(uow):
            raise AlreadyHandled

    async def _commit(self, effect: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        if self.committed:
            raise SecondWrite
        try:
            result = await self.db.run(effect)
        finally:
            self._number_the_log()
        self.committed = True
        self.on_commit()
        return result

    def _number_the_log(self) -> None:
        """From now on this update's log lines carry the person's number (not their name or account)."""
        if self._actor is not None:
            structlog.contextvars.bind_contextvars(person=self._actor.id)


__all__: Sequence[str] = ["AlreadyHandled", "HandlerSettings", "MediaIntake", "SecondWrite", "Turn", "Visitor"]
