"""One notice on its way: rendered, re-checked, sent; what became of it is a mark that the delivery writes."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot import notices  # noqa: F401 - loading registers the renderers
from bot.chat_trouble import trouble_of
from bot.clock import Clock
from bot.outgoing import RENDERERS, Mode, NotYet, Outgoing, Reader
from bot.pace import NotAllowed, sending_as
from bot.post import Post, Progress
from domain.notices import UNREACHABLE, CardCopy, Guarantee, Priority, QueuedNotice
from domain.ports import Database, UnitOfWork
from domain.staff_chats import Trouble
from domain.usecases import group_cards, reach
from texts.words import words_for

log = structlog.get_logger(__name__)

Mark = Callable[[UnitOfWork], Awaitable[None]]
"""Writes what became of a notice; may be run again, and together with others."""

MAX_ATTEMPTS = 8
PATIENCE = 5.0
"""Seconds for which a notice waits in the pacer for a chat that Telegram holds; longer, it waits in the outbox."""
_TEMPORARY = (TelegramNetworkError, TelegramServerError, ClientDecodeError)
"""An HTML 502 is a ClientDecodeError, not a TelegramAPIError."""
_NEVER_LEFT = ("ClientConnectorError", "ClientConnectorDNSError")
"""No connection was made (aiohttp): it cannot have arrived, so that even class B may try again."""
_UNREACHABLE = ("chat not found", "user is deactivated", "bot can't initiate conversation")


@dataclass(frozen=True)
class Outcome:
    """`mark`: what to write (None: nothing may be written); `then`: what to do once that is committed; `result`: for counting."""

    notice: QueuedNotice
    result: str
    mark: Mark | None
    then: Callable[[], Awaitable[None]] | None = None


class Sender:
    """Sends one notice at a time and never raises: every failure becomes an outcome."""

    def __init__(self, db: Database, post: Post, clock: Clock, may_send: Callable[[], bool]) -> None:
        self._db = db
        self._post = post
        self._clock = clock
        self._may_send = may_send
        self._begun: dict[int, Progress] = {}
        self.failures: list[str] = []

    async def send(self, notice: QueuedNotice) -> Outcome:
        """Render and send; what Telegram says decides what is written."""
        structlog.contextvars.bind_contextvars(notice=notice.id, kind=notice.kind)
        try:
            with self._sending(notice):
                outcome = await self._render_and_send(notice)
        except NotAllowed:
            begun = self._begun.pop(notice.id, None)
            if begun is None or not begun.ids:
                return not_sent(notice, self._clock.now())
            return Outcome(notice, "uncertain", None)  # half of it has left: `recover` decides by its class
        except Exception as error:  # noqa: BLE001 - one notice's trouble must not stop the others; each class is told apart inside
            outcome = self._trouble(notice, error)
        if outcome.result != "again":
            self._begun.pop(notice.id, None)
        return outcome

    def _sending(self, notice: QueuedNotice) -> AbstractContextManager[None]:
        return sending_as(notice.priority, PATIENCE, self._may_send)

    # -- sending -----------------------------------------------------------------------------------------------------

    async def _render_and_send(self, notice: QueuedNotice) -> Outcome:
        outgoing, chat_id, quiet, reachable = await self._db.read(self._render, notice)
        if outgoing is None or chat_id is None:
            return Outcome(notice, "dropped", partial(_drop, notice, "no longer holds"))
        if not reachable:
            return self._nobody_there(notice)
        target = outgoing.target
        if outgoing.mode is Mode.EDIT and target is not None:
            return await self._edit(notice, outgoing, target, chat_id)
        if outgoing.mode is Mode.DELETE and target is not None:
            await self._post.delete(target.chat_id, [*target.content_ids, target.message_id])
            return Outcome(notice, "sent", partial(self._removed, notice, target))
        return await self._send_new(notice, outgoing, chat_id, self._post.quietly() if quiet else self._post)

    async def _render(self, uow: UnitOfWork, notice: QueuedNotice) -> tuple[Outgoing | None, int | None, bool, bool]:
        """What to send (None: it no longer holds), where, whether without a sound, and whether anybody is there to read it."""
        now, bot_id, username = self._clock.now(), self._post.bot_id, self._post.bot_username
        if notice.person_id is None:
            reader = Reader(None, words_for(str(notice.params.get("language", "en"))), bot_id, username)
            drawn = await RENDERERS[notice.kind](uow, notice, reader, now)
            return drawn, notice.chat_id, drawn is not None and drawn.silent, True
        actor = await uow.people.find_actor_by_person(notice.person_id)
        if actor is None:
            return None, None, False, False
        reader = Reader(actor, words_for(actor.language), bot_id, username)
        outgoing = await RENDERERS[notice.kind](uow, notice, reader, now)
        loud, soft = outgoing is not None and outgoing.loud, outgoing is not None and outgoing.silent
        quiet = soft or (actor.person.is_quiet(now) and not loud)
        return outgoing, actor.telegram_id, quiet, actor.person.reachable

    async def _send_new(self, notice: QueuedNotice, outgoing: Outgoing, chat_id: int, post: Post) -> Outcome:
        progress, owner = self._begun.setdefault(notice.id, Progress()), notice.person_id or outgoing.owner
        post = post.within(outgoing.thread_id) if outgoing.thread_id else post
        content_ids = await post.content(chat_id, outgoing.content, progress)
        if outgoing.picture is not None:
            content_ids.append(await post.drawn(chat_id, outgoing.picture, progress))
        screen, now, target = outgoing.screen, self._clock.now(), outgoing.target
        message_id = await post.screen(chat_id, screen) if screen is not None else content_ids[-1]

        async def mark(uow: UnitOfWork) -> None:
            await uow.outbox.sent(notice.id, chat_id, message_id, now)
            if outgoing.purpose and owner is not None:
                await uow.cards.add(
                    person_id=owner,
                    chat_id=chat_id,
                    message_id=message_id,
                    content_ids=content_ids if screen is not None else content_ids[:-1],
                    subject=outgoing.subject,
                    purpose=outgoing.purpose,
                    version=outgoing.version,
                    fingerprint=screen.fingerprint if screen is not None else "",
                    now=now,
                )
            if target is not None:
                await uow.cards.remove(target.id)
            await uow.outbox.add(*outgoing.after)

        if target is None:
            return Outcome(notice, "sent", mark)
        older = [*target.content_ids, target.message_id]
        return Outcome(notice, "sent", mark, partial(self._post.delete, chat_id, older))

    async def _edit(self, notice: QueuedNotice, outgoing: Outgoing, target: CardCopy, chat_id: int) -> Outcome:
        screen = outgoing.screen
        if screen is None:
            return Outcome(notice, "dropped", partial(_drop, notice, "nothing to draw"))
        if target.fingerprint != screen.fingerprint:
            try:
                drawn = await self._post.redraw(target.chat_id, target.message_id, screen)
            except _TEMPORARY as error:  # drawing the same twice does no harm, whatever the class
                return self._again(notice, min(60, 2**notice.attempts), type(error).__name__)
            if outgoing.anew and not drawn:  # somebody deleted it
                return await self._send_new(notice, outgoing, chat_id, self._post.quietly())
        if outgoing.bare:
            await self._post.delete(target.chat_id, target.content_ids)
        now, fingerprint = self._clock.now(), screen.fingerprint

        async def mark(uow: UnitOfWork) -> None:
            await uow.outbox.sent(notice.id, target.chat_id, target.message_id, now)
            await uow.cards.drawn(target.id, outgoing.version, fingerprint, now)
            if outgoing.bare:
                await uow.cards.bared(target.id)

        return Outcome(notice, "sent", mark)

    async def _removed(self, notice: QueuedNotice, target: CardCopy, uow: UnitOfWork) -> None:
        await uow.outbox.sent(notice.id, target.chat_id, target.message_id, self._clock.now())
        await uow.cards.remove(target.id)

    # -- trouble -----------------------------------------------------------------------------------------------------

    def _trouble(self, notice: QueuedNotice, error: Exception) -> Outcome:  # noqa: PLR0911 - one answer per class of failure
        now = self._clock.now()
        match error:
            case NotYet(at=at):
                return Outcome(notice, "postponed", partial(_postpone, notice, at, "not yet"))
            case TelegramRetryAfter():
                at = now + timedelta(seconds=error.retry_after)
                return Outcome(notice, "again", partial(_postpone, notice, at, "retry after"))
            case TelegramMigrateToChat():
                return Outcome(notice, "again", partial(self._follow, notice, error.migrate_to_chat_id))
            case TelegramForbiddenError():
                return self._refused_by_reader(notice, error.message)
            case TelegramBadRequest() if any(text in error.message for text in _UNREACHABLE):
                return self._refused_by_reader(notice, error.message)
            case TelegramBadRequest() if notice.person_id is None and trouble_of(error.message) is not None:
                return self._refused_by_reader(notice, error.message)
            case TelegramBadRequest():
                log.error("notice refused by Telegram", error=error.message)
                self.failures.append(f"{notice.kind}: {error.message}")
                return Outcome(notice, "failed", partial(_fail, notice, error.message))
            case _ if isinstance(error, _TEMPORARY):
                return self._nobody_knows(notice, error)
        log.error("notice could not be rendered", exc_info=error)
        self.failures.append(f"{notice.kind}: {error!r}")
        return self._again(notice, min(600, 5 * 2**notice.attempts), type(error).__name__)

    def _nobody_knows(self, notice: QueuedNotice, error: Exception) -> Outcome:
        """The line broke: whether it arrived cannot be known, so class B is not repeated."""
        never_left = any(name in str(error) for name in _NEVER_LEFT)
        if notice.guarantee is Guarantee.A or never_left:
            return self._again(notice, min(60, 2**notice.attempts), type(error).__name__)
        return Outcome(notice, "uncertain", partial(_uncertain, notice, type(error).__name__))

    def _again(self, notice: QueuedNotice, seconds: float, error: str) -> Outcome:
        if notice.attempts >= MAX_ATTEMPTS:
            return Outcome(notice, "failed", partial(_fail, notice, error))
        at = self._clock.now() + timedelta(seconds=seconds)
        return Outcome(notice, "again", partial(_retry, notice, at, error))

    def _refused_by_reader(self, notice: QueuedNotice, error: str) -> Outcome:
        """Blocked, deleted, never started; a group that lets the bot write no more."""
        if notice.person_id is None:
            return Outcome(notice, "failed", partial(self._lost, notice, error))
        kept, now, person_id = self._nobody_there(notice), self._clock.now(), notice.person_id

        async def mark(uow: UnitOfWork) -> None:
            if kept.mark is not None:
                await kept.mark(uow)
            await reach.mark_unreachable(uow, person_id, now=now)

        return Outcome(notice, kept.result, mark)

    async def _lost(self, notice: QueuedNotice, error: str, uow: UnitOfWork) -> None:
        """Whoever bound the group hears of it; somebody who has not joined has nobody to be told."""
        await uow.outbox.failed(notice.id, error)
        if notice.chat_id is not None:
            trouble = trouble_of(error)
            only = None if trouble is None else notice.params.get("staff_chat")
            now = self._clock.now()
            await group_cards.broke(uow, notice.chat_id, trouble or Trouble.KICKED, only=only, now=now)

    def _nobody_there(self, notice: QueuedNotice) -> Outcome:
        """What somebody must hear waits for their return, for a week; nudges and messages to all have had their moment."""
        at = notice.due_at + reach.KEPT
        if notice.guarantee is Guarantee.A and notice.priority < Priority.BULK and self._clock.now() < at:
            return Outcome(notice, "kept", partial(_postpone, notice, at, UNREACHABLE))
        return Outcome(notice, "unreachable", partial(_fail, notice, UNREACHABLE))

    async def _follow(self, notice: QueuedNotice, chat_id: int, uow: UnitOfWork) -> None:
        """The group became a supergroup: everything known of it moves there, and the notice is sent at once."""
        old = notice.chat_id
        if old is not None:
            await group_cards.moved(uow, old, chat_id, now=self._clock.now())
            await uow.outbox.follow(old, chat_id)
            await uow.cards.follow(old, chat_id)
        await uow.outbox.postpone(notice.id, self._clock.now(), "the group moved")


async def _drop(notice: QueuedNotice, reason: str, uow: UnitOfWork) -> None:
    await uow.outbox.dropped(notice.id, reason)


async def _fail(notice: QueuedNotice, error: str, uow: UnitOfWork) -> None:
    await uow.outbox.failed(notice.id, error)


async def _uncertain(notice: QueuedNotice, error: str, uow: UnitOfWork) -> None:
    await uow.outbox.uncertain(notice.id, error)


async def _retry(notice: QueuedNotice, at: datetime, error: str, uow: UnitOfWork) -> None:
    await uow.outbox.retry(notice.id, at, error)


def not_sent(notice: QueuedNotice, now: datetime) -> Outcome:
    """It was claimed, but nothing of it has left: it waits again."""
    return Outcome(notice, "again", partial(_postpone, notice, now, "stopped"))


async def _postpone(notice: QueuedNotice, at: datetime, why: str, uow: UnitOfWork) -> None:
    await uow.outbox.postpone(notice.id, at, why)
