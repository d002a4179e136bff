"""What is stored about a person and why, in plain sentences, and their say over it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.corrections import Correction, CorrectionState, Renamed, Unfit, Wish
from domain.people import Actor, Person, PersonStatus
from domain.usecases.corrections import CorrectionView
from domain.usecases.waiting import Kept
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.nav import Go, cancel, home
from handlers.screens.suspension import estate_lines
from handlers.screens.team_lists import CrewButton
from texts.roles import place_name, role_lines
from texts.stored import STORED
from texts.words import Words, mark

NAMES_SHOWN = 5
"""Of somebody who changed theirs again and again."""


class MeButton(CallbackData, prefix="me"):
    """`verb`: data, correct, name, regions, region, words, leave, erase, erase_yes; take_back for who waits to be let in;
    done and decline for whoever decides.

    `value`: a region's code or a correction's number; `at`: minutes since 1970 when the question was asked.
    """

    verb: str
    value: str = ""
    at: int = 0


# --- what is stored ------------------------------------------------------------------------------------------------------------


def privacy(actor: Actor, regions: Mapping[str, str], w: Words) -> Screen:
    """What is stored about somebody who has joined, with their own values."""
    mine = lines(
        w("<b>About you now</b>"),
        w("Name: {name}", name=actor.person.name),
        *role_lines(actor.memberships, regions, w),
    )
    return Screen(
        paragraphs(lines(w("<b>What is stored about you</b>"), *_items(w)), *_who_sees_it_and_how_long(w), mine),
        (
            (_me(w.plain("My data"), "data"), _me(w.plain("Correct"), "correct")),
            (button(w.plain("Leave"), CrewButton(verb="leave")), _me(w.plain("Erase me"), "erase")),
            home(w),
        ),
    )


def privacy_for_strangers(kept: Kept, w: Words) -> Screen:
    """What is kept of whoever has asked, and what would be stored: the consent screen promises more than it has room for."""
    return Screen(
        paragraphs(
            *_of_strangers(kept, w),
            lines(w("<b>If you come in by an invite and agree, this is stored:</b>"), *_items(w)),
            *_who_sees_it_and_how_long(w),
            w(
                "If you ask for access without an invite, your name, username and number in Telegram, language and"
                " region are kept for 30 days, then deleted."
            ),
        ),
        ((_me(w.plain("Take back and erase"), "take_back"),),) if kept.named else (),
    )


def _of_strangers(kept: Kept, w: Words) -> tuple[Markup, ...]:
    found = (
        w(
            "<b>You have asked to be let in.</b> Your name, username and number in Telegram, language and region are kept"
            " for this; at most 30 days, then they are deleted."
        )
        if kept.named
        else None,
        w("You were not let in by a link. Only the number of your account is kept of that, for 30 days.")
        if kept.refused
        else None,
        w(
            "Your account was named as a colleague's new one: its number and name are kept until a second person has"
            " confirmed or refused it, two days at most."
        )
        if kept.claims
        else None,
    )
    return tuple(one for one in found if one is not None) or (w("Nothing is stored about you."),)


def taken_back(kept: Kept, w: Words) -> Screen:
    """The request is gone; see `_of_strangers` for what may be left."""
    return Screen(paragraphs(w("✓ Your request is taken back."), *_of_strangers(kept, w)))


def privacy_for_former(person: Person, w: Words) -> Screen:
    """Of somebody who left: their data is theirs still. While access is closed an account may be in the wrong hands."""
    text = paragraphs(lines(w("<b>What is stored about you</b>"), *_items(w)), *_who_sees_it_and_how_long(w))
    if person.status is PersonStatus.SUSPENDED:
        return Screen(paragraphs(text, w("Your access is closed. For your data, ask your coordinator.")))
    return Screen(
        paragraphs(
            text, w("You have left. Your data stays until the campaign's record is closed, or until you erase it.")
        ),
        ((_me(w.plain("My data"), "data"), _me(w.plain("Erase me"), "erase")),),
    )


def _items(w: Words) -> list[Markup]:
    return [w("• <b>{what}</b>: {why}", what=w(one.what), why=w(one.why)) for one in STORED]  # texts: dynamic


def _who_sees_it_and_how_long(w: Words) -> tuple[Markup, ...]:
    return (
        w(
            "Colleagues in your regions see your name and roles. Only you and whoever runs the program can have all of it."
        ),
        w(
            "It is kept until the campaign's record is closed; what falls due earlier is deleted each night."
            " You can have it erased at any time."
        ),
        w("Passwords of pages and accounts are never stored and never asked for."),
    )


def my_file(name: str, w: Words) -> Screen:
    """After the two files were sent."""
    return Screen(
        w(
            "Both files hold all that is stored of you, {name}: one to read, one for a machine. Others stand in it by their"
            " role only. Keep them to yourself.",
            name=name,
        ),
        (home(w),),
    )


# --- correcting ----------------------------------------------------------------------------------------------------------------


def correct(person: Person, regions: Mapping[str, str], w: Words) -> Screen:
    """`regions`: names by code."""
    return Screen(
        paragraphs(
            w("<b>What is wrong?</b>"),
            lines(
                w("Name: {name}", name=person.name),
                w("Region: {region}", region=place_name(person.region, regions, w)),
            ),
            w(
                "The name and the clock you change yourself. For the region, or anything else, your coordinator is asked."
            ),
        ),
        (
            (_me(w.plain("Name"), "name"), button(w.plain("Time zone"), Go(to="settings"))),
            (_me(w.plain("Region"), "regions"), _me(w.plain("Other data"), "words")),
            _back(w),
        ),
    )


def ask_name(w: Words) -> Screen:
    return Screen(w("What shall colleagues call you? Send the name in one line."), (cancel(w),))


def name_changed(name: str, w: Words) -> Screen:
    return Screen(w("✓ Colleagues see you as {name} from now on.", name=name), (_back(w),))


def wanted(why: Unfit, shown: str, w: Words) -> Screen:
    """To somebody new whose name from Telegram colleagues are not shown. `shown`: what they see meanwhile."""
    ask = w(
        "<b>What is your name?</b> Write your real first name and surname in one line, for example: Anna Sokolova. Until"
        " then colleagues see {shown}. Everything else is in place.",
        shown=shown,
    )
    return Screen(lines(ask, w(_UNFIT[why])), ((_me(w.plain("Write the name"), "name"),),))  # texts: dynamic


_UNFIT = {
    Unfit.EMPTY: mark("In Telegram you have no name that can be read."),
    Unfit.LINK: mark("Your name in Telegram holds a link or an @name; here it would look like an advertisement."),
    Unfit.OFFICE: mark(
        "Your name in Telegram could be taken for an office or a service; here roles stand beside names."
    ),
    Unfit.COLLEAGUE: mark("A colleague in your region goes by your name in Telegram, or by one that looks the same."),
}


def renamed(person_id: int, told: Sequence[Renamed], w: Words) -> Screen:
    """To whoever answers for them: should it be a surprise, the card is one tap away. `told`: the oldest first."""
    before = " → ".join(one.before for one in told[-NAMES_SHOWN:])
    text = w("<b>{before}</b> goes by another name now: <b>{name}</b>.", before=before, name=told[-1].name)
    return Screen(text, ((button(w.plain("Show person"), CrewButton(verb="one", id=person_id, of="all")),),))


def ask_region(regions: Mapping[str, str], w: Words) -> Screen:
    """`regions`: those that are not theirs, by code."""
    buttons = [button(label(name), MeButton(verb="region", value=code)) for code, name in regions.items()]
    text = w("Which region do you belong to? Whoever answers for it will be asked.")
    return Screen(text if buttons else w("There is no other region in this campaign."), (*grid(buttons, 2), _back(w)))


def ask_words(w: Words) -> Screen:
    text = w("Say in a line or two what is stored wrongly about you. It goes to your coordinator, and to nobody else.")
    return Screen(text, (cancel(w),))


def asked(w: Words) -> Screen:
    return Screen(w("✓ Passed on. You will hear from me as soon as it is settled."), (_back(w),))


def request(view: CorrectionView, w: Words) -> Screen:
    """For whoever decides; without buttons once it is settled."""
    one, names = view.correction, {code: region.name for code, region in view.regions.items()}
    if one.wish is Wish.REGION:
        old, new = (place_name(code, names, w) for code in (view.person.region, one.value))
        text = w("<b>{name}</b> asks to be moved to another region: {new}.", name=view.person.name, new=new)
        if one.state is CorrectionState.OPEN:
            text = lines(text, w("Now: {old}. The roles held there move too.", old=old))
            if not view.estate.is_empty:
                stays = w("What they have open stays with them, also in the old region:")
                text = paragraphs(text, lines(stays, estate_lines(view.estate, w)))
    else:
        text = lines(
            w("<b>{name}</b> says that something stored about them is wrong:", name=view.person.name), one.value
        )
    if one.state is not CorrectionState.OPEN:
        return Screen(paragraphs(text, _outcome(one, view.decided_by, w)), (home(w),))
    if one.wish is Wish.WORDS:
        text = paragraphs(text, w("The bot changes nothing here by itself: put it right where it stands, then answer."))
    yes = w.plain("Let them move") if one.wish is Wish.REGION else w.plain("I corrected it")
    return Screen(
        text,
        ((_decide(yes, "done", one), _decide(w.plain("Decline"), "decline", one)), home(w)),
    )


def _outcome(one: Correction, by: str, w: Words) -> Markup:
    if one.state is not CorrectionState.DONE:
        return w("Declined by {name}.", name=by)
    if one.wish is Wish.WORDS:
        return w("✓ {name} answered: it is corrected.", name=by)
    return w("✓ Done by {name}.", name=by)


def settled(view: CorrectionView, w: Words, now: datetime) -> Screen:
    """For whoever asked."""
    one, names = view.correction, {code: region.name for code, region in view.regions.items()}
    by, done = view.decided_by, one.state is CorrectionState.DONE
    if one.wish is Wish.REGION:
        region = place_name(one.value, names, w)
        yes, no = (
            lines(
                w("✓ Your region is {region} now.", region=region),
                w("Your clock: {zone}. Is it another one? /settings", zone=w.zone_name(view.person.zone, now)),
            ),
            w("You stay in your region: {by} declined.", by=by),
        )
    else:
        yes = lines(
            w("{by} answers: what you asked for is corrected.", by=by),
            w("Please look whether it is so. If not, say so once more."),
        )
        no = w("{by} has declined your correction.", by=by)
    look: tuple[Row, ...] = ()
    if one.wish is Wish.WORDS:
        look = ((_me(w.plain("My data"), "data"), _me(w.plain("Correct"), "correct")),)
    return Screen(yes if done else no, (*look, home(w)))


# --- erasing -------------------------------------------------------------------------------------------------------------------


def erase(w: Words, now: datetime) -> Screen:
    """What it means; the second tap counts for ten minutes."""
    text = paragraphs(
        w("<b>Erase everything about you?</b>"),
        lines(
            w("• Your name, your Telegram account, your settings and hours are removed at once."),
            w("• Drafts, comments, notes and pictures that were not published are emptied."),
            w("• Texts that were published stay: they are the campaign's. Nobody sees any more who wrote them."),
            w("• The log keeps its numbers without your name, so that it stays whole."),
            w("• Your pages and posts go back to the coordinators. You lose your access."),
        ),
        w(
            "This cannot be undone. Backups of earlier days keep it until they are replaced; restored, you are erased again."
        ),
    )
    minutes = int(now.timestamp() // 60)
    yes = button(w.plain("Yes, erase me for ever"), MeButton(verb="erase_yes", at=minutes))
    return Screen(text, ((yes,), _back(w)))


def erased(w: Words) -> Screen:
    return Screen(
        paragraphs(
            w("Done: you are erased, and your access has ended."),
            w("This chat lies with Telegram; delete it there if you like. Thank you for your help."),
        )
    )


def asked_at(data: MeButton) -> datetime:
    """When the question of this button was shown."""
    return datetime.fromtimestamp(data.at * 60, UTC)


def _me(text: str, verb: str) -> InlineKeyboardButton:
    return button(text, MeButton(verb=verb))


def _decide(text: str, verb: str, one: Correction) -> InlineKeyboardButton:
    return button(text, MeButton(verb=verb, value=str(one.id)))


def _back(w: Words) -> Row:
    return (button(w.plain("‹ Back"), Go(to="privacy")),)
