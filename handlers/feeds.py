"""/feed: calendar addresses; and the way from a calendar to a post's card."""

import re
from collections.abc import Sequence

from aiogram import F, Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from domain.feeds import OWN
from domain.plan import OPEN_ASSIGNMENTS
from domain.rights import Action
from domain.usecases import assignments, feeds
from domain.usecases.feeds import FeedView
from handlers.access import needs
from handlers.filters import Private
from handlers.screens import assignments as card_screens
from handlers.screens import feeds as screens
from handlers.screens import join as join_screens
from handlers.screens.base import Screen
from handlers.screens.feeds import FeedButton
from handlers.screens.nav import Go
from handlers.show import show
from handlers.turn import Turn

router = Router(name="feeds")
router.message.filter(Private())

FEED = needs(Action.FEED)


class Linked(Filter):
    """From a calendar: `post_<assignment>`."""

    _link = re.compile(r"/start(?:@\w+)? post_(?P<number>\d{1,15})")

    async def __call__(self, message: Message) -> bool | dict[str, str]:
        found = self._link.fullmatch(message.text or "")
        return False if found is None else found.groupdict()


@router.message(Linked(), flags=needs(Action.ASSIGNMENT_ANSWER))
async def linked(message: Message, number: str, turn: Turn) -> None:
    """The card comes, as from /today; of one that has ended how it ended."""
    if await turn.find_actor() is None:
        await show(message, join_screens.dead_end(turn.words))
        return
    view = await turn.run(assignments.resend, int(number), now=turn.now)
    if view.assignment.state not in OPEN_ASSIGNMENTS:
        await show(message, card_screens.control(view, turn.words, turn.now))


@router.message(Command("feed"), flags=FEED)
@router.callback_query(Go.filter(F.to == "feed"), flags=FEED)
async def own(event: Message | CallbackQuery, turn: Turn) -> None:
    await show(event, _screen(turn, await turn.read(feeds.look), ""))


@router.callback_query(FeedButton.filter(F.verb == "regions"), flags=needs(Action.FEED_REGION))
async def regions(query: CallbackQuery, callback_data: FeedButton, turn: Turn) -> None:
    views = await turn.read(feeds.of_regions)
    await show(query, screens.regions([view for view in views if view.region != OWN], callback_data.id, turn.words))


@router.callback_query(FeedButton.filter(F.verb == "see"), flags=FEED)
async def see(query: CallbackQuery, callback_data: FeedButton, turn: Turn) -> None:
    await show(query, _screen(turn, await turn.read(feeds.look), callback_data.key))


@router.callback_query(FeedButton.filter(F.verb == "anew"), flags=FEED)
async def anew(query: CallbackQuery, callback_data: FeedButton, turn: Turn) -> None:
    view = await turn.read(feeds.see, callback_data.key)
    await show(query, screens.anew(view, turn.words) if view.feed else _screen(turn, [view], callback_data.key))


@router.callback_query(FeedButton.filter(F.verb.in_({"make", "sure"})), flags=FEED)
async def make(query: CallbackQuery, callback_data: FeedButton, turn: Turn) -> None:
    """With calendars switched off since, nothing is made."""
    url = turn.settings.calendar_url
    if not url:
        await turn.read(feeds.look)
        await show(query, screens.off(turn.words))
        return
    made = await turn.run(feeds.make, callback_data.key, callback_data.id, now=turn.now)
    await show(query, screens.made(made.view, f"{url}/calendar/{made.token}.ics", turn.words))


@router.callback_query(FeedButton.filter(F.verb == "revoke"), flags=FEED)
async def revoke(query: CallbackQuery, callback_data: FeedButton, turn: Turn) -> None:
    await turn.run(feeds.revoke, callback_data.key, callback_data.id, now=turn.now)
    views = await turn.read(feeds.look)
    await show(query, _screen(turn, views, callback_data.key, screens.revoked(turn.words)))


def _screen(turn: Turn, views: Sequence[FeedView], key: str, line: Markup | None = None) -> Screen:
    if not turn.settings.calendar_url:
        return screens.off(turn.words)
    view = next((view for view in views if feeds.key_of(view.region) == key), views[0])
    return screens.one(view, turn.actor.person, turn.words, more=len(views) > 1, line=line)
