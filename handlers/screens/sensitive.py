"""Why a message was not kept, and what to do now."""

from domain.sensitive import Sensitive
from handlers.screens.base import Screen, paragraphs
from texts.words import Words


def put_away(what: Sensitive, w: Words, *, deleted: bool) -> Screen:
    """`deleted`: Telegram took the message out of the chat on both sides."""
    gone = (
        w("Nothing of it was kept, and the message is deleted here.")
        if deleted
        else w("Nothing of it was kept. Please delete the message yourself: Telegram did not let the bot do it.")
    )
    if what is Sensitive.PEOPLE:
        return Screen(
            paragraphs(
                w("<b>This looks like a list of people</b>"),
                gone,
                w(
                    "Who supports whom, and people's phones, addresses and birthdays, must not be collected here:"
                    " the law guards them, and so do we."
                ),
                w("If it is an ordinary post, send it once more without people's personal details."),
            )
        )
    return Screen(
        paragraphs(
            w("<b>This looks like a password or a login code</b>"),
            gone,
            w(
                "Headquarters never asks for passwords or codes, and nobody here needs them. Whoever asks you for one is a fraud:"
                " tell your coordinator."
            ),
            w(
                "If it was real, change it now: somebody may have seen it. If it is an ordinary post, put it in other words."
            ),
        )
    )


def in_group(w: Words, *, deleted: bool) -> Screen:
    """One line for everybody in the group. Not `deleted`: it answers the message, for its author."""
    if deleted:
        return Screen(
            w("I have deleted a message that looked like a password or a login code. If it was real, change it now.")
        )
    return Screen(
        w(
            "This looks like a password or a login code, and I may not delete it here. Please delete it yourself;"
            " if it is real, change it now."
        )
    )
