"""A new phone or account: the link, the question on the new account, the card of who confirms."""

from datetime import datetime

from domain.account_move import MoveEnd
from domain.usecases.account_move import MoveView
from handlers.screens.base import Screen, button, copy, lines, paragraphs
from handlers.screens.nav import home
from handlers.screens.team_lists import CrewButton, back_to
from texts.words import Words


def explain(number: int, w: Words) -> Screen:
    """Before a link is made."""
    text = paragraphs(
        w("<b>A new phone or account of the same person</b>"),
        w(
            "1. You get a link that works once, for two hours. Hand it over in person, or read it out on the phone"
            " to somebody whose voice you know.\n2. It is opened on the new account.\n"
            "3. A second person who may decide about them confirms. Until then the old account, which is told at once,"
            " can stop it.\n"
            "Then the old account opens nothing any more; roles, drafts and history stay with the person."
        ),
    )
    make = (button(w.plain("Make the link"), CrewButton(verb="movego", id=number)),)
    return Screen(text, (make, back_to(number, w)))


def link_made(view: MoveView, url: str, w: Words, zone: str, now: datetime) -> Screen:
    """The link, shown once."""
    text = paragraphs(
        w("The link for the new account of <b>{name}</b>:", name=view.name),
        w("<code>{url}</code>", url=url),
        w("It works once, until {when}. An earlier one is dead.", when=w.moment(view.move.expires_at, zone, now)),
    )
    return Screen(text, ((copy(w.plain("Copy the link"), url),), back_to(view.move.person_id, w)))


def begun(view: MoveView, w: Words) -> Screen:
    """On the account that is to be replaced: perhaps its owner knows nothing of it."""
    text = paragraphs(
        w("<b>A link for another account of yours was made.</b> Started by {name}.", name=view.by),
        w(
            "If you asked for it, open the link on the new account; this one works until a second person has confirmed."
            " If you did not, tap the button, and everything stays as it is."
        ),
    )
    return Screen(text, ((button(w.plain("⛔ It was not me"), CrewButton(verb="mvself", id=view.move.id)),),))


def stopped_mine(view: MoveView, w: Words) -> Screen:
    """After [It was not me]."""
    text = paragraphs(
        w("✓ Stopped. The link is dead, your account stays, and {name} is told.", name=view.by),
        w("Did somebody call in your name? Tell your coordinator, and never hand out codes from Telegram."),
    )
    return Screen(text, (home(w),))


def stopped(view: MoveView, w: Words) -> Screen:
    """To who made the link, and to who was asked to confirm."""
    text = paragraphs(
        w("⚠ From the old account of <b>{name}</b> came: it was not me. The link is dead.", name=view.name),
        w(
            "Call them on a number that you know. Should the old phone be in the wrong hands, close the access first, and"
            " make a new link then: a closed account can stop nothing."
        ),
    )
    show = button(w.plain("Show person"), CrewButton(verb="one", id=view.move.person_id, of="all"))
    return Screen(text, ((show,), home(w)))


def offer(view: MoveView, code: str, w: Words) -> Screen:
    """On the new account; nothing is stored before the tap."""
    text = w(
        "Is this the new account of <b>{name}</b>? With your yes its number and name are stored, and a second"
        " person of headquarters confirms. Nothing opens before that.",
        name=view.name,
    )
    return Screen(text, ((button(w.plain("Yes, it is me"), CrewButton(verb="claim", area=code)),),))


def claimed(w: Words) -> Screen:
    return Screen(
        w(
            "Thank you. A second person confirms it within a day; you hear of it here. Without an answer, ask for a new link."
        )
    )


def ask(view: MoveView, w: Words) -> Screen:
    """The card of who confirms."""
    account = f"{view.move.name} (@{view.move.username})" if view.move.username else view.move.name
    text = paragraphs(
        w("<b>{name}</b> wants to use another account: {account}.", name=view.name, account=account),
        lines(
            w("Started by {name}.", name=view.by),
            w(
                "Confirm only if you have talked to them yourself: with your yes the old account opens nothing any more."
            ),
        ),
    )
    yes = (button(w.plain("Yes, it is them"), CrewButton(verb="mvyes", id=view.move.id)),)
    no = (button(w.plain("No"), CrewButton(verb="mvno", id=view.move.id)),)
    return Screen(text, (yes, no))


def decided(name: str, *, done: bool, w: Words, by: str = "") -> Screen:
    """To both who decided it. `by`: who said yes or no, for everybody but them."""
    if done:
        text = w("✓ <b>{name}</b> now works from the new account. The old one opens nothing any more.", name=name)
        who = w("Confirmed by {name}.", name=by)
    else:
        text = w("The new account of <b>{name}</b> was refused. The old one works as before.", name=name)
        who = w("Refused by {name}.", name=by)
    return Screen(lines(text, who) if by else text, (home(w),))


def ended(view: MoveView, end: MoveEnd, w: Words) -> Screen:
    """Takes the place of the card on which the reader was asked, and pressed nothing."""
    match end:
        case MoveEnd.DONE | MoveEnd.REFUSED:
            text = decided(view.name, done=end is MoveEnd.DONE, w=w, by=view.decided_by).text
        case MoveEnd.STOPPED:
            text = w("The new account of <b>{name}</b>: stopped from the old one. Nothing has changed.", name=view.name)
        case MoveEnd.REPLACED:
            text = w("The new account of <b>{name}</b>: a newer link was made, this one is over.", name=view.name)
        case _:
            text = w("The new account of <b>{name}</b>: nobody confirmed it within a day.", name=view.name)
    return Screen(text)


def gone(w: Words) -> Screen:
    """In the same place, once the person's data are erased."""
    return Screen(w("A new account was to be confirmed here. The person's data are erased, so it is over."))


def unmoved(end: MoveEnd, w: Words) -> Screen:
    """On the new account, which stays a stranger's."""
    match end:
        case MoveEnd.STOPPED:
            text = w(
                "From the old account came: it was not me. So the move to this one is stopped. If it is you, and that was"
                " a slip or the old phone is not with you, call your coordinator: they help and make a new link."
            )
        case MoveEnd.REPLACED:
            text = w(
                "A newer link was made for the move to a new account, and the one you opened is over. Ask your coordinator"
                " for the newer one and open it here."
            )
        case _:
            text = w(
                "The move to this account was not confirmed: it opens nothing here, and the old one works as before. If it"
                " is you, call your coordinator: once they have talked to you, they make a new link."
            )
    return Screen(text)


def welcome(w: Words) -> Screen:
    """On the new account, once it is confirmed."""
    return Screen(w("It is confirmed: this account is yours now, with everything you had. Welcome back!"), (home(w),))


def farewell(ask: str, w: Words) -> Screen:
    """On the old account."""
    if ask:
        return Screen(
            w(
                "You use headquarters from another account now. If that was not you, please call {name} at once.",
                name=ask,
            )
        )
    return Screen(
        w("You use headquarters from another account now. If that was not you, please call your coordinator at once.")
    )
