"""Help, what is stored, and the kind answers to what nobody understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from domain.people import Actor, Role
from handlers.screens.base import Screen, button, lines, link, paragraphs
from handlers.screens.commands import COMMANDS
from handlers.screens.join import answer_the_question
from handlers.screens.nav import Go, home
from texts.roles import role_lines
from texts.words import Words, mark

_ADVICE = {
    Role.VOLUNTEER: mark(
        "Send a text, a photo or a forwarded message, and it becomes a draft; a press secretary decides on it."
        " In the morning the day's posts come here: copy the text, post it by hand, send the link back."
    ),
    Role.CANDIDATE: mark("Send a line, a photo or a voice message: the press service turns it into a post."),
    Role.PRESS_SECRETARY: mark("/queue shows what waits for you. You approve exactly the text that you read."),
    Role.COORDINATOR: mark("/team shows who has joined in your region, /invite brings in new people."),
    Role.MANAGER: mark("/status shows in ten seconds where the campaign stands; /invite brings in staff."),
    Role.OWNER: mark("/status shows in ten seconds where the campaign stands; /invite brings in staff."),
}


def help_(actor: Actor, commands: frozenset[str], w: Words) -> Screen:
    """What to do here, for the roles of this person, and their commands."""
    advice = dict.fromkeys(_ADVICE[held.role] for held in actor.memberships)
    hints = [w(text) for text in advice]  # texts: dynamic
    listed = [f"/{name} {w.plain(text)}" for name, text in COMMANDS if name in commands]  # texts: dynamic
    return Screen(paragraphs(w("<b>Headquarters of the campaign</b>"), *hints, lines(*listed)), (home(w),))


def help_for_strangers(w: Words) -> Screen:
    return answer_the_question(w)


# --- what is stored ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stored:
    """One line of the answer to "what is stored about me": what, and why; both msgids."""

    what: str
    why: str


STORED: tuple[Stored, ...] = (
    Stored(mark("Name and username in Telegram"), mark("so that colleagues know who you are")),
    Stored(mark("Your number in Telegram"), mark("so that messages reach you")),
    Stored(mark("Language, time zone, hours"), mark("so that nothing rings at the wrong time")),
    Stored(mark("Roles and regions, who brought you in"), mark("so that you see what concerns you")),
    Stored(mark("Drafts, decisions, links to posts, figures"), mark("this is the record of the campaign")),
    Stored(mark("A log of actions under a number instead of your name"), mark("so that disputes can be settled")),
)
"""In people's words; the columns themselves carry purpose and retention."""


def privacy(actor: Actor, regions: Mapping[str, str], stored: Sequence[Stored], w: Words) -> Screen:
    """What is stored about a person who has joined, with their own values."""
    mine = lines(
        w("<b>About you now</b>"),
        w("Name: {name}", name=actor.person.name),
        *role_lines(actor.memberships, regions, w),
    )
    return Screen(
        paragraphs(
            lines(w("<b>What is stored about you</b>"), *_items(stored, w)),
            *_who_sees_it_and_how_long(w),
            mine,
        ),
        ((button(w.plain("Settings"), Go(to="settings")),), home(w)),
    )


def privacy_for_strangers(stored: Sequence[Stored], w: Words) -> Screen:
    """What would be stored: the consent screen promises more here than it has room for."""
    return Screen(
        paragraphs(
            w("Nothing is stored about you."),
            lines(w("<b>If you come in by an invite and agree, this is stored:</b>"), *_items(stored, w)),
            *_who_sees_it_and_how_long(w),
            w(
                "If you ask for access without an invite, your name, username and number in Telegram, language and"
                " region are kept for 30 days, then deleted."
            ),
        )
    )


def _items(stored: Sequence[Stored], w: Words) -> list[Markup]:
    return [w("• <b>{what}</b>: {why}", what=w(s.what), why=w(s.why)) for s in stored]  # texts: dynamic


def _who_sees_it_and_how_long(w: Words) -> tuple[Markup, ...]:
    return (
        w("It is seen by the staff of your regions and the managers. Nobody outside headquarters sees it."),
        w(
            "It is kept until the campaign's record is closed."
            " To have your personal data removed earlier, ask your coordinator."
        ),
        w("Passwords of pages and accounts are never stored and never asked for."),
    )


# --- kind answers -----------------------------------------------------------------------------------------------------


def unknown_command(w: Words) -> Screen:
    return Screen(w("There is no such command. /help shows what there is."), (home(w),))


def not_understood(w: Words) -> Screen:
    """A sticker, a poll, a contact…"""
    return Screen(
        w(
            "I cannot do anything with this. Send a text, a photo, a video, a voice message or a file, or open the menu."
        ),
        (home(w),),
    )


def dead_button(w: Words) -> Screen:
    return Screen(w("This button no longer works. Open the menu: everything of today is there."), (home(w),))


def only_private(bot_username: str, w: Words) -> Screen:
    """A command in a group."""
    return Screen(
        w("I work in a private chat, so that nobody's tasks stand before everybody's eyes."),
        ((link(w.plain("Write to me"), f"https://t.me/{bot_username}"),),),
    )
