"""The evening's question for page figures, and the one about publications some hours, a day and a week later."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.outgoing import Mode, NotYet, Outgoing, Reader, renders
from domain.figures import PostAsk
from domain.notices import CardCopy, QueuedNotice
from domain.pages import Page
from domain.planning import outside_quiet
from domain.ports import UnitOfWork
from domain.usecases import figures, figures_posts
from handlers.screens import figures as screens

CARD = "figures.post"
EVENING_CARD = "figures"
JOINED_MINUTES = 60
"""Posts that fall due so soon after a question are added to it in place; later ones bring it back to the bottom."""


def _wait_for_morning(reader: Reader, now: datetime) -> None:
    """Figures ring nobody in their quiet hours."""
    if reader.actor is not None and reader.actor.person.is_quiet(now):
        raise NotYet(outside_quiet(reader.actor.person, now))


@renders("figures.ask")
async def ask(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """What still lacks the day's figure; nothing when all came in, or when the day is long over."""
    _wait_for_morning(reader, now)
    day = date.fromisoformat(notice.params["day"])
    known = await uow.campaign.pages(notice.params["pages"])
    reported = await uow.figures.reported(known, day)
    pages = [page for code, page in known.items() if code not in reported]
    if not pages or pages[0].local_day(now) - day > timedelta(days=1):
        return None
    awaited = await _is_awaited(uow, reader, pages[0], now)
    screen = screens.evening(pages, day, pages[0].local_day(now), reader.words, awaited=awaited)
    subject = f"figures:{pages[0].zone}"  # somebody with pages in two zones has two evenings
    target = await _unanswered(uow, reader, subject, known)
    mode = Mode.NEW if target is None else Mode.REPLACE
    return Outgoing(screen, mode=mode, target=target, purpose=EVENING_CARD, subject=subject, version=day.toordinal())


async def _is_awaited(uow: UnitOfWork, reader: Reader, page: Page, now: datetime) -> bool:
    """Whether a number typed now is this page's; a post's figures, or anything else, may be asked for at that moment."""
    expected = await uow.expectations.find(reader.actor.id, now) if reader.actor else None
    return expected is not None and expected.kind == figures.KIND and expected.params.get("page") == page.code


async def _unanswered(uow: UnitOfWork, reader: Reader, subject: str, pages: Mapping[str, Page]) -> CardCopy | None:
    """The question of an earlier evening (its version is the day) when one of these pages still lacks that figure."""
    copies = await uow.cards.of_person(reader.actor.id, EVENING_CARD, subject) if reader.actor else []
    if not copies:
        return None
    reported = await uow.figures.reported(pages, date.fromordinal(copies[0].version))
    return copies[0] if set(pages) - reported else None


@renders("figures.post")
async def ask_post(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """One message for all publications that wait: it takes the place of the one before."""
    _wait_for_morning(reader, now)
    if reader.actor is None:
        return None
    posts = await figures_posts.waiting(uow, reader.actor.id, now)
    if int(notice.params["slot"]) not in {post.slot_id for post in posts}:
        return None
    pages = await uow.campaign.pages({post.page for post in posts}, inactive=True)
    screen = screens.a_day_later([PostAsk(post, pages[post.page]) for post in posts], reader.words)
    copies = await uow.cards.of_person(reader.actor.id, CARD)
    minute = int(now.timestamp()) // 60
    joined = bool(copies) and minute - copies[0].version < JOINED_MINUTES
    if joined and copies[0].fingerprint == screen.fingerprint:
        return None  # the message that stands there asks for this post too
    subject = f"figures:{reader.actor.id}"
    if joined and len(posts) > 1:
        same = copies[0]
        return Outgoing(
            screen, mode=Mode.EDIT, target=same, purpose=CARD, subject=subject, version=same.version, anew=True
        )
    target = copies[0] if copies and len(posts) > 1 else None
    mode = Mode.NEW if target is None else Mode.REPLACE
    return Outgoing(screen, mode=mode, target=target, purpose=CARD, subject=subject, version=minute)
