"""The outbox goes out: rendered in the reader's language, re-checked, paced, marked.

Class A is sent at least once: after a crash what was in flight waits again. Class B at most once: what was in flight is uncertain.
"""

import asyncio
from datetime import timedelta

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
from bot.clock import Clock
from bot.outgoing import RENDERERS, Mode, NotYet, Outgoing, Reader
from bot.pace import priority_of_send
from bot.post import Post
from domain.notices import CardCopy, Guarantee, QueuedNotice
from domain.ports import Database, UnitOfWork
from domain.usecases import reach
from texts.words import words_for

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 8
_TEMPORARY = (TelegramNetworkError, TelegramServerError, ClientDecodeError)
"""An HTML 502 is a ClientDecodeError, not a TelegramAPIError."""
_UNREACHABLE = ("chat not found", "user is deactivated", "bot can't initiate conversation")


class Delivery:
    """`flush` sends what is due now; the supervisor calls it whenever something was committed or a second has passed."""

    def __init__(self, *, db: Database, post: Post, clock: Clock, in_flight: int) -> None:
        self._db = db
        self._post = post
        self._clock = clock
        self._in_flight = in_flight
        self._lock = asyncio.Lock()
        self.failures: list[str] = []

    async def recover(self) -> None:
        """Called once at start, before anything is sent."""
        again, uncertain = await self._db.run(lambda uow: uow.outbox.recover())
        if again or uncertain:
            log.warning("messages were in flight at the last stop", sent_again=again, uncertain=uncertain)

    async def flush(self) -> int:
        """Send everything due; returns how many were taken up."""
        async with self._lock:
            total = 0
            while batch := await self._claim():
                total += len(batch)
                # One chat keeps its order; chats go side by side.
                chats: dict[object, list[QueuedNotice]] = {}
                for notice in batch:
                    chats.setdefault(notice.person_id or notice.chat_id, []).append(notice)
                await asyncio.gather(*(self._send_in_order(line) for line in chats.values()))
            return total

    async def _claim(self) -> list[QueuedNotice]:
        """What is due, marked as being sent. Looks first: an idle program must not write (each commit wakes it again)."""
        now = self._clock.now()
        due = await self._db.read(lambda uow: uow.outbox.next_due())
        if due is None or due > now:
            return []
        claimed: list[QueuedNotice] = await self._db.run(lambda uow: uow.outbox.claim(now, self._in_flight))
        return claimed

    async def _send_in_order(self, line: list[QueuedNotice]) -> None:
        for notice in line:
            await self._deliver(notice)

    async def _deliver(self, notice: QueuedNotice) -> None:
        structlog.contextvars.bind_contextvars(notice=notice.id, kind=notice.kind)
        priority_of_send.set(notice.priority)
        try:
            await self._render_and_send(notice)
        except NotYet as later:
            at = later.at
            await self._db.run(lambda uow: uow.outbox.retry(notice.id, at, "not yet"))
        except TelegramRetryAfter as error:
            await self._again(notice, error.retry_after, "retry after")
        except TelegramForbiddenError as error:
            await self._unreachable(notice, error.message)
        except TelegramMigrateToChat as error:
            await self._fail(notice, f"migrated to {error.migrate_to_chat_id}")
        except TelegramBadRequest as error:
            if any(text in error.message for text in _UNREACHABLE):
                await self._unreachable(notice, error.message)
            else:
                log.exception("notice refused by Telegram", error=error.message)
                self.failures.append(f"{notice.kind}: {error.message}")
                await self._fail(notice, error.message)
        except _TEMPORARY as error:
            # Whether it arrived cannot be known: class B is not repeated.
            if notice.guarantee is Guarantee.A:
                await self._again(notice, min(60, 2**notice.attempts), type(error).__name__)
            else:
                await self._fail(notice, type(error).__name__)
        except Exception as error:
            log.exception("notice could not be rendered")
            self.failures.append(f"{notice.kind}: {error!r}")
            await self._again(notice, min(600, 5 * 2**notice.attempts), type(error).__name__)

    async def _render_and_send(self, notice: QueuedNotice) -> None:
        now = self._clock.now()
        outgoing, chat_id, quiet = await self._db.read(self._render, notice)
        if outgoing is None or chat_id is None:
            await self._db.run(lambda uow: uow.outbox.dropped(notice.id, "no longer holds"))
            return
        if outgoing.mode is Mode.EDIT and outgoing.target is not None:
            await self._edit(notice, outgoing)
            return
        if outgoing.mode is Mode.DELETE and outgoing.target is not None:
            await self._remove(notice, outgoing.target)
            return
        post = self._post.quietly() if quiet else self._post
        content_ids = await post.content(chat_id, outgoing.content)
        message_id = await post.screen(chat_id, outgoing.screen)

        async def mark(uow: UnitOfWork) -> None:
            await uow.outbox.sent(notice.id, chat_id, message_id, now)
            if outgoing.purpose and notice.person_id is not None:
                await uow.cards.add(
                    person_id=notice.person_id,
                    chat_id=chat_id,
                    message_id=message_id,
                    content_ids=content_ids,
                    subject=outgoing.subject,
                    purpose=outgoing.purpose,
                    version=outgoing.version,
                    fingerprint=outgoing.screen.fingerprint,
                    now=now,
                )
            if outgoing.target is not None:
                await uow.cards.remove(outgoing.target.id)

        await self._db.run(mark)
        if outgoing.target is not None:
            await self._post.delete(chat_id, [*outgoing.target.content_ids, outgoing.target.message_id])

    async def _edit(self, notice: QueuedNotice, outgoing: Outgoing) -> None:
        target = outgoing.target
        assert target is not None  # noqa: S101 - checked by the caller
        if target.fingerprint != outgoing.screen.fingerprint:
            await self._post.redraw(target.chat_id, target.message_id, outgoing.screen)
        now = self._clock.now()

        async def mark(uow: UnitOfWork) -> None:
            await uow.outbox.sent(notice.id, target.chat_id, target.message_id, now)
            await uow.cards.drawn(target.id, outgoing.version, outgoing.screen.fingerprint, now)

        await self._db.run(mark)

    async def _remove(self, notice: QueuedNotice, target: CardCopy) -> None:
        await self._post.delete(target.chat_id, [*target.content_ids, target.message_id])
        now = self._clock.now()

        async def mark(uow: UnitOfWork) -> None:
            await uow.outbox.sent(notice.id, target.chat_id, target.message_id, now)
            await uow.cards.remove(target.id)

        await self._db.run(mark)

    async def _render(self, uow: UnitOfWork, notice: QueuedNotice) -> tuple[Outgoing | None, int | None, bool]:
        """What to send (None: it no longer holds), where, and whether without a sound: nothing rings in quiet hours."""
        now = self._clock.now()
        if notice.person_id is None:
            reader = Reader(None, words_for(str(notice.params.get("language", "en"))))
            return await RENDERERS[notice.kind](uow, notice, reader, now), notice.chat_id, False
        actor = await uow.people.find_actor_by_person(notice.person_id)
        if actor is None:
            return None, None, False
        outgoing = await RENDERERS[notice.kind](uow, notice, Reader(actor, words_for(actor.language)), now)
        return outgoing, actor.telegram_id, actor.person.is_quiet(now)

    async def _again(self, notice: QueuedNotice, seconds: float, error: str) -> None:
        if notice.attempts >= MAX_ATTEMPTS:  # postponed ones count too, but far fewer times than this
            await self._fail(notice, error)
            return
        at = self._clock.now() + timedelta(seconds=seconds)
        await self._db.run(lambda uow: uow.outbox.retry(notice.id, at, error))

    async def _fail(self, notice: QueuedNotice, error: str) -> None:
        await self._db.run(lambda uow: uow.outbox.failed(notice.id, error))

    async def _unreachable(self, notice: QueuedNotice, error: str) -> None:
        await self._fail(notice, error)
        if notice.person_id is not None:
            await self._db.run(reach.mark_unreachable, notice.person_id, now=self._clock.now())
