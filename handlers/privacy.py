"""What is stored about a person, their own file of it, corrections, and erasing it."""

import json

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from domain.awaited import could_be_name, could_be_wish
from domain.corrections import NAME_QUESTION, WORDS_QUESTION
from domain.errors import NotFound
from domain.rights import Action
from domain.usecases import corrections, erasure, my_data, team, waiting
from handlers.access import needs
from handlers.filters import Expecting, Fits, Private
from handlers.screens import privacy as screens
from handlers.screens.nav import Go
from handlers.screens.privacy import MeButton
from handlers.show import send, show
from handlers.turn import Turn
from reports import my_data as report
from texts.words import words_for

router = Router(name="privacy")
router.message.filter(Private())
answers = Router(name="privacy.answers")
answers.message.filter(Private())


# --- what is stored ------------------------------------------------------------------------------------------------------------


@router.message(Command("privacy"), flags=needs(Action.PRIVACY))
@router.callback_query(Go.filter(F.to == "privacy"), flags=needs(Action.PRIVACY))
async def privacy(event: Message | CallbackQuery, turn: Turn) -> None:
    actor = await turn.find_actor()
    if actor is not None:
        regions = await turn.db.read(team.names_of_regions)
        await show(event, screens.privacy(actor, regions, turn.words))
        return
    former = await turn.db.read(my_data.whose, turn.visitor)
    if former is not None:
        await show(event, screens.privacy_for_former(former, turn.words))
    else:
        kept = await turn.db.read(waiting.kept, turn.visitor, now=turn.now)
        await show(event, screens.privacy_for_strangers(kept, turn.words))


@router.callback_query(MeButton.filter(F.verb == "take_back"), flags=needs(Action.PRIVACY))
async def take_back(query: CallbackQuery, turn: Turn) -> None:
    """Of somebody who has asked to be let in: the request, and with it their name."""
    kept = await turn.run_as_visitor(waiting.take_back, now=turn.now)
    await show(query, screens.taken_back(kept, turn.words))


@router.message(Command("mydata"), flags=needs(Action.PRIVACY))
@router.callback_query(MeButton.filter(F.verb == "data"), flags=needs(Action.PRIVACY))
async def data(event: Message | CallbackQuery, turn: Turn) -> None:
    """Two files: one to read, one for a machine. Of a stranger there is too little for a file: it is said."""
    if await turn.find_actor() is None and await turn.db.read(my_data.whose, turn.visitor) is None:
        await privacy(event, turn)
        return
    mine = await turn.db.read(my_data.collect, turn.visitor)
    words = words_for(mine.person.language)
    chat = turn.visitor.telegram_id
    page = report.page(mine, words, turn.now)
    await turn.bot.send_document(chat, BufferedInputFile(page.encode(), "my-data.html"))
    raw = json.dumps(report.as_json(mine, turn.now), ensure_ascii=False, indent=1)
    await turn.bot.send_document(chat, BufferedInputFile(raw.encode(), "my-data.json"))
    await send(event, screens.my_file(mine.person.name, words))


# --- correcting ----------------------------------------------------------------------------------------------------------------


@router.callback_query(MeButton.filter(F.verb == "correct"), flags=needs(Action.SETTINGS))
async def correct(query: CallbackQuery, turn: Turn) -> None:
    actor = await turn.member()
    regions = await turn.db.read(team.names_of_regions)
    await show(query, screens.correct(actor.person, regions, turn.words))


@router.callback_query(MeButton.filter(F.verb == "name"), flags=needs(Action.SETTINGS))
async def ask_name(query: CallbackQuery, turn: Turn) -> None:
    await turn.run(corrections.ask_name, now=turn.now)
    await show(query, screens.ask_name(turn.words))


@answers.message(Expecting(NAME_QUESTION), Fits(could_be_name), flags=needs(Action.SETTINGS))
async def name(message: Message, turn: Turn) -> None:
    new = await turn.run(corrections.change_name, message.text or "", now=turn.now)
    await show(message, screens.name_changed(new, turn.words))


@router.callback_query(MeButton.filter(F.verb == "regions"), flags=needs(Action.SETTINGS))
async def regions(query: CallbackQuery, turn: Turn) -> None:
    others = await turn.read(corrections.regions)
    await show(query, screens.ask_region(others, turn.words))


@router.callback_query(MeButton.filter(F.verb == "region"), flags=needs(Action.SETTINGS))
async def region(query: CallbackQuery, callback_data: MeButton, turn: Turn) -> None:
    await turn.run(corrections.ask_region, callback_data.value, now=turn.now)
    await show(query, screens.asked(turn.words))


@router.callback_query(MeButton.filter(F.verb == "words"), flags=needs(Action.SETTINGS))
async def ask_words(query: CallbackQuery, turn: Turn) -> None:
    await turn.run(corrections.ask_words, now=turn.now)
    await show(query, screens.ask_words(turn.words))


@answers.message(Expecting(WORDS_QUESTION), Fits(could_be_wish), flags=needs(Action.SETTINGS))
async def words(message: Message, turn: Turn) -> None:
    await turn.run(corrections.say_words, message.text or "", now=turn.now)
    await show(message, screens.asked(turn.words))


@router.callback_query(MeButton.filter(F.verb.in_({"done", "decline"})), flags=needs(Action.CORRECTION_DECIDE))
async def decide(query: CallbackQuery, callback_data: MeButton, turn: Turn) -> None:
    if not callback_data.value.isdecimal():
        raise NotFound("correction")
    yes = callback_data.verb == "done"
    view = await turn.run(corrections.decide, int(callback_data.value), yes=yes, now=turn.now)
    await show(query, screens.request(view, turn.words))


# --- erasing -------------------------------------------------------------------------------------------------------------------


@router.callback_query(MeButton.filter(F.verb == "erase"), flags=needs(Action.PRIVACY))
async def erase(query: CallbackQuery, turn: Turn) -> None:
    """What it means."""
    await turn.find_actor()
    await turn.db.read(my_data.ensure_own, turn.visitor)
    await show(query, screens.erase(turn.words, turn.now))


@router.callback_query(MeButton.filter(F.verb == "erase_yes"), flags=needs(Action.PRIVACY))
async def erase_yes(query: CallbackQuery, callback_data: MeButton, turn: Turn) -> None:
    await turn.find_actor()
    words = turn.words
    asked_at = screens.asked_at(callback_data)
    await turn.run_as_visitor(erasure.erase_me, asked_at, now=turn.now, rules=turn.settings.plan)
    await show(query, screens.erased(words))
