"""Lanes: a page's lane, an author's sources, an approver's checklist."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from domain.drafts import AlreadyDecided, DraftChanged, DraftClosed
from domain.errors import Forbidden, NotFound
from domain.lanes import Lane, LaneChanged, LoosensOfficial, Risk
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import lanes, pages
from handlers import card_control as cards
from handlers import draft_panel
from handlers.access import needs
from handlers.cards import place
from handlers.filters import Expecting, Private
from handlers.post import Poster
from handlers.screens import lanes as screens
from handlers.screens import page_lanes
from handlers.screens import pages as page_screens
from handlers.screens import risks as risk_screens
from handlers.screens.lanes import LaneButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="lanes")
router.message.filter(Private())

DECIDE, WRITE, SET = needs(Action.DRAFT_DECIDE), needs(Action.DRAFT_WRITE), needs(Action.LANE_SET)


# --- pages -----------------------------------------------------------------------------------------------------------


@router.callback_query(LaneButton.filter(F.verb == "page"), flags=SET)
async def choose(query: CallbackQuery, callback_data: LaneButton, turn: Turn) -> None:
    await show(query, page_lanes.choose_lane(await turn.read(lanes.page, callback_data.arg), turn.words))


@router.callback_query(LaneButton.filter(F.verb.in_({"set", "set!"})), flags=SET)
async def set_lane(query: CallbackQuery, callback_data: LaneButton, turn: Turn) -> None:
    key, seen, lane = _lanes(callback_data)
    sure = callback_data.verb == "set!"
    try:
        await turn.run(lanes.set_lane, key, lane, seen, sure=sure, now=turn.now)
    except LoosensOfficial:
        await show(query, page_lanes.confirm_loosening(await turn.read(lanes.page, key), lane, turn.words))
        return
    except LaneChanged:
        await show(query, page_lanes.choose_lane(await turn.read(lanes.page, key), turn.words))
        raise
    view = await turn.read(pages.card, key, now=turn.now, rules=turn.settings.plan)
    await show(query, page_screens.page_card(view, turn.words, turn.actor.person.zone, turn.now))


def _lanes(cb: LaneButton) -> tuple[str, Lane, Lane]:
    try:
        key, seen, lane = cb.arg.split(".")
        return key, Lane(seen), Lane(lane)
    except ValueError:
        raise NotFound("button") from None


# --- sources ---------------------------------------------------------------------------------------------------------


@router.callback_query(LaneButton.filter(F.verb == "src"), flags=WRITE)
async def ask_sources(query: CallbackQuery, callback_data: LaneButton, turn: Turn) -> None:
    view = await turn.run(lanes.ask_sources, callback_data.id, now=turn.now)
    await draft_panel.here(query, turn, view, screen=screens.ask_sources(view.draft, turn.words))


@router.callback_query(LaneButton.filter(F.verb == "nosrc"), flags=WRITE)
async def stop_sources(query: CallbackQuery, callback_data: LaneButton, turn: Turn) -> None:
    await draft_panel.here(query, turn, await turn.run(lanes.stop_sources, callback_data.id))


@router.message(Expecting(lanes.SOURCES), flags=WRITE)
async def sources_written(message: Message, turn: Turn, expectation: Expectation, post: Poster) -> None:
    """Links hidden behind words count too; of a file only its name is kept."""
    hidden = [entity.url for entity in (message.entities or message.caption_entities or ()) if entity.url]
    text = "\n".join([message.text or message.caption or "", *hidden])
    document = (message.document.file_name or "") if message.document else ""
    try:
        view = await turn.run(lanes.give_sources, expectation.subject_id, text, document, now=turn.now)
    except (DraftClosed, Forbidden):
        # It was decided meanwhile: the message stays in the chat, and the next one is not taken for sources.
        person = turn.actor.id
        await turn.db.run(lambda uow: uow.expectations.clear(person, lanes.SOURCES))
        raise
    await draft_panel.below(turn, post, view)


# --- the checklist ---------------------------------------------------------------------------------------------------


@router.callback_query(LaneButton.filter(F.verb == "list"), flags=DECIDE)
async def open_checklist(query: CallbackQuery, callback_data: LaneButton, turn: Turn) -> None:
    cb = callback_data

    async def act() -> None:
        view = await turn.read(lanes.checklist, cb.id, cb.version)
        await show(query, risk_screens.checklist(view, turn.words))

    await cards.as_it_stands(query, turn, cb.id, act)


@router.callback_query(LaneButton.filter(F.verb == "tick"), flags=DECIDE)
async def tick(query: CallbackQuery, callback_data: LaneButton, turn: Turn) -> None:
    cb, risk = callback_data, _risk(callback_data.arg)

    async def act() -> None:
        view = await turn.run(lanes.toggle, cb.id, cb.version, risk, now=turn.now)
        await show(query, risk_screens.checklist(view, turn.words))

    await cards.as_it_stands(query, turn, cb.id, act)


@router.callback_query(LaneButton.filter(F.verb == "why"), flags=DECIDE)
async def ask_because(query: CallbackQuery, callback_data: LaneButton, turn: Turn) -> None:
    cb, risk, at = callback_data, _risk(callback_data.arg), place(query)

    async def act() -> None:
        view = await turn.run(lanes.ask_because, cb.id, cb.version, risk, pressed=at, now=turn.now)
        await show(query, risk_screens.ask_because(view, risk, turn.words))

    await cards.as_it_stands(query, turn, cb.id, act)


@router.callback_query(LaneButton.filter(F.verb == "nowhy"), flags=DECIDE)
async def stop_because(query: CallbackQuery, callback_data: LaneButton, turn: Turn) -> None:
    cb = callback_data

    async def act() -> None:
        view = await turn.run(lanes.stop_because, cb.id, cb.version)
        await show(query, risk_screens.checklist(view, turn.words))

    await cards.as_it_stands(query, turn, cb.id, act)


@router.callback_query(LaneButton.filter(F.verb == "card"), flags=DECIDE)
async def to_card(query: CallbackQuery, callback_data: LaneButton, turn: Turn, post: Poster) -> None:
    """From the card itself, or from a checklist below it, which goes."""
    await turn.member()
    await cards.back(query, turn, post, callback_data.id, mine=False)


@router.message(Expecting(lanes.BECAUSE), flags=DECIDE)
async def because_written(message: Message, turn: Turn, expectation: Expectation, post: Poster) -> None:
    """The checklist goes on at the end of the chat; the card above is a card again."""
    about, version, risk = expectation.subject_id, expectation.version, _risk(expectation.params["risk"])
    chat_id, message_id = expectation.params["pressed"]
    try:
        view = await turn.run(lanes.give_because, about, version, risk, message.text or "", now=turn.now)
    except (AlreadyDecided, DraftChanged, DraftClosed, Forbidden) as error:
        # There is nothing left to tick: the reason stays in the chat, the card says how things stand.
        person = turn.actor.id
        await turn.db.run(lambda uow: uow.expectations.clear(person, lanes.BECAUSE))
        if not isinstance(error, Forbidden):
            await cards.follow(turn, post, (chat_id, message_id), about, mine=False)
        raise
    await cards.follow(turn, post, (chat_id, message_id), about, mine=False)
    await show(message, risk_screens.checklist(view, turn.words))


def _risk(name: str) -> Risk:
    try:
        return Risk(name)
    except ValueError:
        raise NotFound("button") from None
