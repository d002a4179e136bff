"""What is stored about a person, correcting and erasing it."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import HTML_NAME, HTML_TEXT, LONG_NAME, NOW, REGIONS, ZONE, actor, person
from domain.consent import CONSENT, OPEN
from domain.corrections import Correction, CorrectionState, Renamed, Unfit, Wish
from domain.invites import Entry, EntryState
from domain.pages import Region
from domain.people import Actor, Membership, PersonStatus, Role
from domain.ports.people import AccessRequest
from domain.succession import Estate
from domain.usecases.corrections import CorrectionView
from domain.usecases.waiting import Kept
from handlers.screens import privacy
from handlers.screens.base import Screen, lines
from texts.stored import LABELS, TITLES
from texts.words import Words

chapter = Chapter("Privacy")

JACK_OF_ALL = Actor(
    replace(actor().person, name=HTML_NAME), 1, 1, tuple(Membership(Role.VOLUNTEER, region) for region in REGIONS)
)
WHERE = {code: Region(code, name, ZONE, (ZONE,)) for code, name in REGIONS.items()}
MOVE = Correction(7, 1, Wish.REGION, "omsk", CorrectionState.OPEN, NOW, None)
REQUEST = AccessRequest(3, 2002, "Пётр Иванов", "petr_ivanov", "ru", "kazan", OPEN, NOW, None)
REFUSED = Entry(5, 2, 2002, "", "", "ru", EntryState.REFUSED, NOW, CONSENT, 1)
SAID = replace(MOVE, wish=Wish.WORDS, value=HTML_TEXT)


def _view(
    one: Correction, state: CorrectionState = CorrectionState.OPEN, name: str = "Анна Соколова"
) -> CorrectionView:
    by = "" if state is CorrectionState.OPEN else "Ирина Белова"
    return CorrectionView(replace(one, state=state), person(name=name), WHERE, by)


@chapter.shows(privacy.privacy, privacy.privacy_for_strangers, privacy.privacy_for_former, privacy.taken_back)
def stored(w: Words) -> Iterator[Take]:
    yield "A volunteer", privacy.privacy(actor(Role.VOLUNTEER), REGIONS, w)
    yield "Six regions, a name with HTML", privacy.privacy(JACK_OF_ALL, REGIONS, w)
    yield "A stranger", privacy.privacy_for_strangers(Kept((), (), claims=False), w)
    yield "Somebody waits to be let in", privacy.privacy_for_strangers(Kept((), (REQUEST,), claims=False), w)
    yield (
        "Refused at a link, and waiting for a new account",
        privacy.privacy_for_strangers(Kept((REFUSED,), (), claims=True), w),
    )
    yield "They took it back", privacy.taken_back(Kept((), (), claims=False), w)
    yield "Somebody who has left", privacy.privacy_for_former(replace(person(), status=PersonStatus.LEFT), w)
    yield "While access is closed", privacy.privacy_for_former(replace(person(), status=PersonStatus.SUSPENDED), w)


@chapter.shows(privacy.my_file)
def file(w: Words) -> Iterator[Take]:
    yield "Headings in the file", Screen(lines(*(w(title) for title in TITLES.values())))  # texts: dynamic
    yield "Labels in the file", Screen(lines(*(w(label) for label in LABELS.values())))  # texts: dynamic
    yield "Below the two files", privacy.my_file(HTML_NAME, w)


@chapter.shows(
    privacy.correct,
    privacy.ask_name,
    privacy.name_changed,
    privacy.renamed,
    privacy.wanted,
    privacy.ask_region,
    privacy.ask_words,
    privacy.asked,
)
def correct(w: Words) -> Iterator[Take]:
    yield "What is wrong?", privacy.correct(person(name=LONG_NAME), REGIONS, w)
    yield "The name", privacy.ask_name(w)
    yield "It was changed", privacy.name_changed(HTML_NAME, w)
    yield "Told to the coordinator", privacy.renamed(1, [Renamed(LONG_NAME, HTML_NAME)], w)
    names = [Renamed(f"{LONG_NAME} {n}", f"{LONG_NAME} {n + 1}") for n in range(20)]
    yield "Many times in a day", privacy.renamed(1, names, w)
    for why in Unfit:
        yield f"Somebody new, the name does not do: {why}", privacy.wanted(why, "№ 17", w)
    yield "The region", privacy.ask_region(REGIONS, w)
    yield "There is only one", privacy.ask_region({}, w)
    yield "Something else", privacy.ask_words(w)
    yield "Passed on", privacy.asked(w)


@chapter.shows(privacy.request, privacy.settled)
def settled(w: Words) -> Iterator[Take]:
    yield "Another region", privacy.request(_view(MOVE, name=HTML_NAME), w)
    busy = replace(_view(MOVE), estate=Estate(2, ("VK Казань", "Телеграм Казань"), 5, 1, 1))
    yield "Another region, much is open", privacy.request(busy, w)
    yield "Something in own words", privacy.request(_view(SAID), w)
    for state in (CorrectionState.DONE, CorrectionState.DECLINED):
        yield f"Region: {state}", privacy.request(_view(MOVE, state), w)
        yield f"Words: {state}", privacy.request(_view(SAID, state), w)
        yield f"To whoever asked for a region: {state}", privacy.settled(_view(MOVE, state), w, NOW)
        yield f"To whoever asked for a correction: {state}", privacy.settled(_view(SAID, state), w, NOW)


@chapter.shows(privacy.erase, privacy.erased)
def erase(w: Words) -> Iterator[Take]:
    yield "What it means", privacy.erase(w, NOW)
    yield "Done", privacy.erased(w)
