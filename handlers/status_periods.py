"""Periods of the status with their charts, and the summaries that come by themselves."""

from datetime import time

from aiogram import F, Router
from aiogram.types import BufferedInputFile, CallbackQuery
from markupsafe import Markup

from domain.errors import NotFound
from domain.rights import Action, ensure_may
from domain.status_periods import Period, PeriodView, Place
from domain.targets import headline
from domain.usecases import status, status_digests, status_periods
from handlers.access import needs
from handlers.lately import Lately
from handlers.screens import status as screens
from handlers.screens import status_digests as digest_screens
from handlers.screens import status_periods as period_screens
from handlers.screens.status import PeriodButton, StatusButton
from handlers.show import show, toast
from handlers.turn import Turn
from reports import drawing
from reports.charts import progress_png
from reports.period_chart import period_png

router = Router(name="status_periods")
_STATUS = needs(Action.STATUS)


@router.callback_query(PeriodButton.filter(F.verb == "see"), flags=_STATUS)
async def see(query: CallbackQuery, callback_data: PeriodButton, turn: Turn) -> None:
    await show(query, period_screens.period(await _view(callback_data, turn), turn.words))


async def _view(pressed: PeriodButton, turn: Turn) -> PeriodView:
    if pressed.span not in set(Period):
        raise NotFound("button")
    place = Place(region=pressed.of[1:]) if pressed.of[:1] == "r" else Place()
    if pressed.of[:1] == "p":
        place = await turn.read(status_periods.page_by_key, pressed.of[1:])
    return await turn.read(status_periods.view, Period(pressed.span), place, now=turn.now)


# -- pictures, each a message of its own: only when asked for ----------------------------------------------------------


@router.callback_query(PeriodButton.filter(F.verb == "chart"), flags=_STATUS)
async def period_chart(query: CallbackQuery, callback_data: PeriodButton, turn: Turn, lately: Lately) -> None:
    if await _has_it(query, turn, lately):
        return
    view = await _view(callback_data, turn)
    picture = await drawing.draw(period_png, view, turn.words.language)
    await _send(query, turn, picture, f"posts-{view.here.span.last}.png", period_screens.caption(view, turn.words))
    lately.note(query.from_user.id, query.data or "", turn.now)


@router.callback_query(StatusButton.filter(F.verb == "chart"), flags=_STATUS)
async def target_chart(query: CallbackQuery, turn: Turn, lately: Lately) -> None:
    if await _has_it(query, turn, lately):
        return
    view = await turn.read(status.chart, now=turn.now)
    picture = await drawing.draw(progress_png, view, turn.words.language)
    shown = headline([line.target for line in view.lines], view.today)
    outlooks = [line.outlook for line in view.lines if line.target in shown]
    caption = screens.chart_caption(outlooks, view.today, turn.words)
    await _send(query, turn, picture, f"targets-{view.today}.png", caption)
    lately.note(query.from_user.id, query.data or "", turn.now)


async def _has_it(query: CallbackQuery, turn: Turn, lately: Lately) -> bool:
    """Whether this very tap was answered with a picture seconds ago; the person is told where it is."""
    found = lately.has(query.from_user.id, query.data or "", turn.now)
    if found:
        ensure_may(await turn.member(), Action.STATUS)  # who they are may have changed since
        await toast(query, period_screens.has_picture(turn.words))
    return found


async def _send(query: CallbackQuery, turn: Turn, picture: bytes, name: str, caption: Markup) -> None:
    await turn.bot.send_photo(
        query.from_user.id,
        BufferedInputFile(picture, name),
        caption=caption,
        reply_markup=screens.chart_buttons(turn.words),
    )


# -- summaries ---------------------------------------------------------------------------------------------------------


@router.callback_query(StatusButton.filter(F.verb == "daily"), flags=_STATUS)
async def digests(query: CallbackQuery, turn: Turn) -> None:
    seen = await turn.read(status.seen)
    await show(query, digest_screens.digests(seen, turn.actor.person.zone, turn.now, turn.words))


@router.callback_query(StatusButton.filter(F.verb == "hours"), flags=_STATUS)
async def hours(query: CallbackQuery, callback_data: StatusButton, turn: Turn) -> None:
    which, name = _which(callback_data)
    seen = await turn.read(status.seen)
    current = getattr(seen, status_digests.DIGESTS[name].field)
    await show(query, digest_screens.hours(which, current, turn.actor.person.zone, turn.now, turn.words))


@router.callback_query(StatusButton.filter(F.verb.in_({"set", "off"})), flags=_STATUS)
async def subscribe(query: CallbackQuery, callback_data: StatusButton, turn: Turn) -> None:
    which, name = _which(callback_data)
    at = None if callback_data.verb == "off" else _hour(callback_data.key)
    due = await turn.run(status_digests.subscribe, name, at, now=turn.now)
    await show(query, digest_screens.hours(which, at, turn.actor.person.zone, turn.now, turn.words, due))


@router.callback_query(StatusButton.filter(F.verb == "pic"), flags=_STATUS)
async def pictured(query: CallbackQuery, callback_data: StatusButton, turn: Turn) -> None:
    seen = await turn.run(status_digests.set_pictured, bool(callback_data.n), now=turn.now)
    await show(query, digest_screens.digests(seen, turn.actor.person.zone, turn.now, turn.words))


def _which(pressed: StatusButton) -> tuple[int, str]:
    if not 0 <= pressed.n < len(digest_screens.NAMES):
        raise NotFound("button")
    return pressed.n, digest_screens.NAMES[pressed.n]


def _hour(key: str) -> time:
    """0930 → 09:30."""
    try:
        return time(int(key[:2]), int(key[2:]))
    except ValueError:
        raise NotFound("hour") from None
