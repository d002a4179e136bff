"""Coming in: the consent, the two questions after it, and the polite dead end with its request for access."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.consent import CONSENT
from domain.people import Role
from domain.ports.people import AccessRequest
from domain.usecases.join import Offer
from handlers.screens.base import Row, Screen, button, label, lines, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.nav import home
from handlers.screens.team_lists import CrewButton
from texts.roles import place_name, role_name
from texts.words import Words


class JoinButton(CallbackData, prefix="j"):
    """`verb`: open, agree, ask (wait to be let in), owner, renew, no, lang, zones, zone, done.

    `value`: an invite code, a language, a zone or the number of a consent text.
    """

    verb: str
    value: str = ""
    page: int = 0


class AccessButton(CallbackData, prefix="ac"):
    """`verb`: ask, region, send (the stranger's); grant, decline (the coordinator's)."""

    verb: str
    id: int = 0
    region: str = ""
    page: int = 0


LANGUAGE_NAMES = {"ru": "Русский", "en": "English"}
"""Each in itself: whoever needs it can read it."""

# --- before joining ---------------------------------------------------------------------------------------------------


def consent(offer: Offer, code: str, w: Words) -> Screen:
    """What would be stored and why; nothing is until the first button is pressed. No `code`: an owner."""
    place = place_name(offer.region, {offer.region: offer.region_name}, w)
    role = role_name(offer.role, w)
    wait = w(
        "Then a coordinator lets you in: the answer comes here."
        " If they do not, what you have sent is deleted after 30 days at the latest."
    )
    return Screen(
        paragraphs(
            w("<b>{name}</b>", name=offer.campaign) if offer.campaign else None,
            w("You are invited to headquarters.\nYour role: <b>{role}</b>, {place}.", role=role, place=place),
            _affiliation(w),
            *_what_is_stored(w),
            wait if offer.shared else None,
            w("Passwords are never asked for here. More in /privacy."),
        ),
        ((button(_agree(w), _accept(offer, code)),), (button(w.plain("No, thanks"), JoinButton(verb="no")),)),
    )


def _accept(offer: Offer, code: str) -> JoinButton:
    if not code:
        return JoinButton(verb="owner")
    return JoinButton(verb="ask" if offer.shared else "agree", value=code)


def _agree(w: Words) -> str:
    return w.plain("I am 18 or over. I agree")


def _affiliation(w: Words) -> Markup:
    return w(
        "This bot belongs to the headquarters of the campaign. You take part openly and of your own will:"
        " what you post on its task, you post as its supporter. Only from 18 years on."
    )


def _what_is_stored(w: Words) -> tuple[Markup, ...]:
    return (
        lines(
            w("<b>If you agree, this is stored:</b>"),
            w("• name, username and number in Telegram: so that messages reach you and colleagues know you;"),
            w("• language, time zone and your hours: so that nothing rings at night;"),
            w("• what you do here (drafts, decisions, links to posts, figures): it is the campaign's record."),
        ),
        w(
            "It is seen by the staff of your region and the managers, by nobody outside."
            " It is kept until the campaign's record is closed; you can erase it earlier yourself, in /privacy."
        ),
    )


def renew(w: Words) -> Screen:
    """Somebody who has joined agreed to an earlier text: before anything else they read the new one."""
    return Screen(
        paragraphs(
            w("<b>The text you once agreed to has changed.</b>\nPlease read it again; then everything goes on."),
            _affiliation(w),
            *_what_is_stored(w),
            w(
                "If you do not agree, simply do not tap: nothing new is stored. Or leave: your roles end then. More in"
                " /privacy."
            ),
        ),
        (
            (button(_agree(w), JoinButton(verb="renew", value=str(CONSENT))),),
            (button(w.plain("Leave"), CrewButton(verb="leave")),),
        ),
    )


def renewed(w: Words) -> Markup:
    """Above the first screen."""
    return w("Thank you! Please repeat what you have just done.")


def asked(campaign: str, w: Words) -> Screen:
    """Agreed, by a shared link: now somebody has to let them in."""
    return Screen(
        paragraphs(
            w("<b>{name}</b>", name=campaign) if campaign else None,
            w("Thank you! A coordinator now looks who has come, and lets you in. The answer will come here."),
        )
    )


def declined(w: Words) -> Screen:
    return Screen(w("All right. Nothing about you was stored. If you change your mind, open the link again."))


def one_more_role(offer: Offer, code: str, w: Words) -> Screen:
    """Somebody who has joined opened an invite."""
    place = place_name(offer.region, {offer.region: offer.region_name}, w)
    take = _accept(offer, code)
    return Screen(
        w("You are offered one more role: <b>{role}</b>, {place}.", role=role_name(offer.role, w), place=place),
        ((button(w.plain("Take it"), take),), (button(w.plain("No, thanks"), JoinButton(verb="no")),)),
    )


def dead_end(w: Words, reason: Markup | None = None) -> Screen:
    """For somebody who has not joined; `reason`: why their link did not work."""
    about = w("This is the working bot of a campaign headquarters. People come in by a personal invite link.")
    ask = w("No link? Ask for access, and the coordinator of your region will answer.")
    return Screen(paragraphs(reason or about, ask), (_ask_row(w),))


def answer_the_question(w: Words) -> Screen:
    """For whatever somebody writes who has not joined: nothing is stored, so it is not known whether they were invited."""
    about = w("This is the working bot of a campaign headquarters. People come in by a personal invite link.")
    hint = w(
        "If you have opened an invite, answer the question above: agree or not. Without an invite, ask for access."
    )
    kept = w("Nothing that is sent before that is kept: once you are in, please send it again.")
    return Screen(paragraphs(about, hint, kept), (_ask_row(w),))


def still_waiting(w: Words) -> Screen:
    """For whoever has asked and writes again before somebody has answered."""
    return Screen(
        paragraphs(
            w("Your request is with the headquarters: the answer comes here."),
            w("What is kept of you until then, and how to take the request back: /privacy"),
        )
    )


def _ask_row(w: Words) -> Row:
    return (button(w.plain("Request access"), AccessButton(verb="ask")),)


# --- the two questions after consent ----------------------------------------------------------------------------------


def ask_language(w: Words) -> Screen:
    buttons = tuple(button(name, JoinButton(verb="lang", value=code)) for code, name in LANGUAGE_NAMES.items())
    return Screen(w("Welcome! You are in.\n\nWhich language shall I speak?"), (buttons,))


def new_role(role: Role, place: str, w: Words) -> Screen:
    """To a member who came by a shared link and was let in."""
    text = w("You have been let in. Your new role: <b>{role}</b>, {place}.", role=role_name(role, w), place=place)
    return Screen(text, (home(w),))


def not_let_in(w: Words) -> Screen:
    """To somebody who came by a shared link: kindly, and with a way to put a mistake right."""
    return Screen(
        w(
            "Thank you for coming. This time you were not let in: perhaps you were not recognised."
            " If you know somebody at headquarters, ask them for a link of your own."
        )
    )


def ask_zone(zone: str, w: Words, now: datetime) -> Screen:
    """The zone comes from the region; Telegram never tells it."""
    return Screen(
        w(
            "Your time zone is <b>{zone}</b>: it is {time} there now. Right?",
            zone=w.zone_name(zone, now),
            time=w.time(now, zone),
        ),
        (
            (button(w.plain("Yes, that is right"), JoinButton(verb="done")),),
            (button(w.plain("No, choose another"), JoinButton(verb="zones")),),
        ),
    )


def choose_zone(zones: Sequence[str], page: int, w: Words, now: datetime) -> Screen:
    rows = choices(
        zones,
        lambda zone: button(f"{w.city(zone)}, {w.time(now, zone)}", JoinButton(verb="zone", value=zone)),
        page,
        lambda to: JoinButton(verb="zones", page=to),
        width=2,
        size=12,
    )
    return Screen(w("Where do you live? Tap the city whose clock is yours."), rows)


# --- a request for access ---------------------------------------------------------------------------------------------


def ask_region(regions: Mapping[str, str], page: int, w: Words) -> Screen:
    """The notice of what is sent and kept, and the regions."""
    if not regions:
        return Screen(w("Headquarters is not open yet: no region has been set up. Please come back later."))
    rows = choices(
        list(regions.items()),
        lambda item: button(label(item[1]), AccessButton(verb="region", region=item[0])),
        page,
        lambda to: AccessButton(verb="ask", page=to),
        width=2,
        size=12,
    )
    notice = w(
        "The request sends the coordinator your name, username and number in Telegram and your language."
        " It is kept for 30 days, then deleted."
    )
    return Screen(paragraphs(notice, w("Which region are you from?")), rows)


def confirm_request(region: str, name: str, w: Words) -> Screen:
    return Screen(
        paragraphs(
            w("Region: <b>{region}</b>", region=name),
            w("Your name, username and number in Telegram and your language will be sent. Send the request?"),
        ),
        (
            (button(w.plain("Send request"), AccessButton(verb="send", region=region)),),
            (button(w.plain("‹ Another region"), AccessButton(verb="ask")),),
        ),
    )


def request_sent(name: str, w: Words) -> Screen:
    return Screen(w("Your request went to the coordinators: {region}. The answer will come here.", region=name))


def request_card(request: AccessRequest, region: str, w: Words, by: str = "") -> Screen:
    """For those who decide; once decided it says how and by whom, without buttons."""
    who = w("<b>{name}</b> (@{username})", name=request.name, username=request.username)
    head = lines(
        w("Request for access: {region}", region=region),
        who if request.username else w("<b>{name}</b>", name=request.name),
    )
    if request.state == "open":
        grant, decline = (AccessButton(verb=verb, id=request.id) for verb in ("grant", "decline"))
        return Screen(
            head,
            ((button(w.plain("Let in as volunteer"), grant),), (button(w.plain("Decline"), decline),)),
        )
    granted = request.state == "granted"
    end = w("✓ Let in by {name}", name=by) if granted else w("✕ Declined by {name}", name=by)
    return Screen(paragraphs(head, end))


def answer(code: str, w: Words) -> Screen:
    """What the stranger hears; `code` of their own invite when they are let in."""
    if not code:
        text = w("Your request for access was declined. If this is a mistake, talk to your coordinator in person.")
        return Screen(text)
    return Screen(
        w(
            "You have been let in as {role}! One step is left: read what is stored, and agree.",
            role=role_name(Role.VOLUNTEER, w),
        ),
        ((button(w.plain("Continue"), JoinButton(verb="open", value=code)),),),
    )
