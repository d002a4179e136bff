"""Help, and the kind answers to what nobody understood."""

from domain.people import Actor, Role
from handlers.screens.base import Screen, button, lines, link, paragraphs
from handlers.screens.commands import COMMANDS
from handlers.screens.course import CourseButton
from handlers.screens.join import answer_the_question
from handlers.screens.nav import Go, home
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
    course = (
        ((button(w.plain("Short course: how it works here"), CourseButton(verb="card")),),) if actor.memberships else ()
    )
    return Screen(paragraphs(w("<b>Headquarters of the campaign</b>"), *hints, lines(*listed)), (*course, home(w)))


def help_for_strangers(w: Words) -> Screen:
    return answer_the_question(w)


# --- kind answers -----------------------------------------------------------------------------------------------------


def read_once(w: Words, *, link: bool) -> Screen:
    """Somebody changed a message with figures or a link after it had been read."""
    first = w("I do not read a message again when it is changed: what it said first counts.")
    if link:
        how = w("If the link was wrong, tap <b>Undo</b> at the post in “My day” and send the right one.")
        return Screen(paragraphs(first, how), ((button(w.plain("My day"), Go(to="today")),),))
    how = w(
        "To correct figures, choose the page or post below “Figures” and type them again. The old ones stay on record."
    )
    return Screen(paragraphs(first, how), ((button(w.plain("Figures"), Go(to="report")),),))


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
