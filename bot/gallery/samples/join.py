"""Coming in."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import HTML_NAME, LONG_REGION, MANY_REGIONS, NOW, REGIONS, ZONE, minutes
from domain.consent import DECLINED, GRANTED, OPEN
from domain.people import EVERYWHERE, InviteInvalid, Role
from domain.ports.people import AccessRequest
from domain.usecases.join import Offer
from handlers.screens import join
from handlers.screens.base import Screen
from texts.errors import explain
from texts.words import Words

chapter = Chapter("Coming in")

CODE = "A" * 24
ZONES = (
    "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Krasnoyarsk",
    "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Sakhalin", "Asia/Kamchatka",
    "Asia/Anadyr", "Europe/Volgograd",
)  # fmt: skip
REQUEST = AccessRequest(3, 2002, "Пётр Иванов", "petr_ivanov", "ru", "kazan", OPEN, minutes(-40), None)


def _offer(role: Role, region: str = "kazan", campaign: str = "Наш край: два месяца") -> Offer:
    return Offer(role, region, "" if region == EVERYWHERE else REGIONS[region], campaign, minutes(4000))


@chapter.shows(join.consent)
def consent(w: Words) -> Iterator[Take]:
    yield "An invite was opened", join.consent(_offer(Role.VOLUNTEER), CODE, w)
    yield "An owner named in the configuration", join.consent(_offer(Role.OWNER, EVERYWHERE, ""), "", w)
    long = _offer(Role.PRESS_SECRETARY, LONG_REGION, "Кампания <Край> & соседи 🌳")
    yield "Long names", join.consent(long, CODE, w)
    yield "A shared link", join.consent(replace(_offer(Role.VOLUNTEER), shared=True), CODE, w)


@chapter.shows(join.renew)
def renew(w: Words) -> Iterator[Take]:
    yield "There is a newer text", join.renew(w)
    yield "Agreed to it", Screen(join.renewed(w))


@chapter.shows(join.asked, join.not_let_in, join.new_role)
def asked(w: Words) -> Iterator[Take]:
    yield "By a shared link: agreed, and waiting", join.asked("Наш край", w)
    yield "No campaign yet", join.asked("", w)
    yield "Refused", join.not_let_in(w)
    yield "A member was let in", join.new_role(Role.VOLUNTEER, REGIONS["kazan"], w)


@chapter.shows(join.declined)
def declined(w: Words) -> Iterator[Take]:
    yield "No, thanks", join.declined(w)


@chapter.shows(join.ask_language)
def ask_language(w: Words) -> Iterator[Take]:
    yield "Agreed: the first question", join.ask_language(w)


@chapter.shows(join.ask_zone)
def ask_zone(w: Words) -> Iterator[Take]:
    yield "The second question", join.ask_zone(ZONE, w, NOW)


@chapter.shows(join.choose_zone)
def choose_zone(w: Words) -> Iterator[Take]:
    yield "Another zone, first page", join.choose_zone(ZONES, 0, w, NOW)
    yield "Second page", join.choose_zone(ZONES, 1, w, NOW)


@chapter.shows(join.one_more_role)
def one_more_role(w: Words) -> Iterator[Take]:
    yield "A member opens an invite", join.one_more_role(_offer(Role.COORDINATOR), CODE, w)


@chapter.shows(join.dead_end)
def dead_end(w: Words) -> Iterator[Take]:
    yield "A stranger", join.dead_end(w)
    for reason in ("unknown", "expired", "used", "revoked"):
        yield f"The link is {reason}", join.dead_end(w, explain(InviteInvalid(reason), w))


@chapter.shows(join.answer_the_question)
def answer_the_question(w: Words) -> Iterator[Take]:
    yield "A stranger writes something", join.answer_the_question(w)


@chapter.shows(join.still_waiting)
def still_waiting(w: Words) -> Iterator[Take]:
    yield "Somebody who has asked writes again", join.still_waiting(w)


@chapter.shows(join.ask_region)
def ask_region(w: Words) -> Iterator[Take]:
    yield "Six regions", join.ask_region(REGIONS, 0, w)
    yield "89 regions, the last page", join.ask_region(MANY_REGIONS, 7, w)
    yield "No region yet", join.ask_region({}, 0, w)


@chapter.shows(join.confirm_request)
def confirm_request(w: Words) -> Iterator[Take]:
    yield "A region was chosen", join.confirm_request("kazan", REGIONS["kazan"], w)


@chapter.shows(join.request_sent)
def request_sent(w: Words) -> Iterator[Take]:
    yield "Sent", join.request_sent(REGIONS["kazan"], w)


@chapter.shows(join.request_card)
def request_card(w: Words) -> Iterator[Take]:
    region = REGIONS["kazan"]
    yield "The coordinator's card", join.request_card(REQUEST, region, w)
    odd = replace(REQUEST, name=HTML_NAME, username="", region=LONG_REGION)
    yield "No username, a name with HTML, a long region", join.request_card(odd, REGIONS[LONG_REGION], w)
    yield "A colleague let them in", join.request_card(replace(REQUEST, state=GRANTED), region, w, "Вера Лебедева")
    yield "A colleague declined", join.request_card(replace(REQUEST, state=DECLINED), region, w, "Вера Лебедева")


@chapter.shows(join.answer)
def answer(w: Words) -> Iterator[Take]:
    yield "Let in", join.answer(CODE, w)
    yield "Declined", join.answer("", w)
