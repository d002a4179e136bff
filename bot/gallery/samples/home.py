"""The menu, help, and kind answers to everything else."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.assignments import OPEN_VIEW, view
from bot.gallery.samples.data import AHEAD, HTML_NAME, LONG, LONG_NAME, NOW, OVER, REGIONS, actor, minutes
from domain.people import Actor, Membership, Role
from domain.usecases.team import Home
from handlers.screens import general, home
from texts.words import Words

chapter = Chapter("Menu, help")

JACK_OF_ALL = Actor(
    replace(actor().person, name=HTML_NAME), 1, 1, tuple(Membership(Role.VOLUNTEER, region) for region in REGIONS)
)


def _home(who: Actor, *, keeps: bool = False, ahead: bool = False) -> Home:
    return Home(who, REGIONS, minutes(1000) if ahead else None, keeps)


@chapter.shows(home.home)
def homes(w: Words) -> Iterator[Take]:
    for role in Role:
        yield f"{role.value.replace('_', ' ').capitalize()}", home.home(_home(actor(role)), w, NOW)
    busy = _home(actor(Role.VOLUNTEER), keeps=True, ahead=True)
    overdue = (OPEN_VIEW, view(at=-90, page=LONG))
    yield "A volunteer who keeps a page, two posts overdue", home.home(replace(busy, overdue=overdue), w, NOW)
    yield "One master to fill in", home.home(replace(busy, masters=1), w, NOW)
    yield "Seven masters to fill in", home.home(replace(busy, masters=7), w, NOW)
    yield "All six roles", home.home(_home(actor(*Role, name=LONG_NAME)), w, NOW)
    yield "Six regions, a name with HTML", home.home(_home(JACK_OF_ALL), w, NOW)
    yield "The campaign has not begun", home.home(replace(_home(actor(Role.VOLUNTEER)), not_running=AHEAD), w, NOW)
    yield "The campaign is over", home.home(replace(_home(actor(Role.OWNER)), not_running=OVER), w, NOW)
    yield "No role any more", home.home(_home(actor()), w, NOW)
    yield "Cancelled a question about a draft", home.home(busy, w, NOW, w("Cancelled. The draft is kept: /drafts."))
    answers = w("Cancelled. Your answers are kept: /masters.")
    yield "Cancelled filling in", home.home(busy, w, NOW, answers)
    yield "Cancelled something else", home.home(busy, w, NOW, w("Cancelled."))
    yield "Nothing to cancel", home.home(busy, w, NOW, w("You were not in the middle of anything."))
    yield "A new role", home.home(busy, w, NOW, w("The new role is yours."))
    yield "After a restart", home.home(busy, w, NOW, w("I am back. Everything you did is kept."))


@chapter.shows(general.help_)
def help_(w: Words) -> Iterator[Take]:
    for role in Role:
        who = actor(role)
        yield f"{role.value.replace('_', ' ').capitalize()}", general.help_(who, home.allowed(who, keeps_pages=True), w)
    everybody = actor(*Role)
    yield "All six roles", general.help_(everybody, home.allowed(everybody, keeps_pages=True), w)


@chapter.shows(general.help_for_strangers)
def help_for_strangers(w: Words) -> Iterator[Take]:
    yield "A stranger", general.help_for_strangers(w)


@chapter.shows(
    general.unknown_command, general.read_once, general.not_understood, general.dead_button, general.only_private
)
def answers(w: Words) -> Iterator[Take]:
    yield "/abracadabra", general.unknown_command(w)
    yield "Figures changed in the message", general.read_once(w, link=False)
    yield "A link changed in the message", general.read_once(w, link=True)
    yield "A sticker", general.not_understood(w)
    yield "A button of last year", general.dead_button(w)
    yield "A command in a group", general.only_private("nash_kray_hq_bot", w)


@chapter.shows(home.how_posted)
def said_done(w: Words) -> Iterator[Take]:
    yield "“Done”, without a link", home.how_posted(w)


@chapter.shows(home.no_draft)
def said_thanks(w: Words) -> Iterator[Take]:
    yield "“Thanks”", home.no_draft(w)
