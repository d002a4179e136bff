"""Closing access and leaving: who takes over, and what was moved."""

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup

from domain.pages import Page
from domain.succession import CANDIDATES, Choice, Estate, Moved
from domain.usecases.suspension import Closing
from handlers.screens.base import Row, Screen, button, label, lines, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.nav import Go, home
from handlers.screens.team_lists import CrewButton, back_to
from texts.words import Words

TITLES_SHOWN = 10
"""Pages listed by name."""
_NOBODY = 0


def shut(choice: Choice, page: int, w: Words) -> Screen:
    """Before access is closed: what they have open, who could take it over."""
    number = choice.person.id
    text = paragraphs(
        w(
            "⛔ <b>Close access for {name}?</b>\nFrom that moment nothing works for them:"
            " buttons, links, calendar, messages on their way.",
            name=choice.person.name,
        ),
        estate_lines(choice.estate, w),
        _question(choice, w),
    )
    rows = choices(
        choice.people if not choice.estate.is_empty else (),
        lambda one: button(label(one.name), CrewButton(verb="shutok", id=number, person=one.id)),
        page,
        lambda to: CrewButton(verb="shut", id=number, page=to),
        size=CANDIDATES,
    )
    return Screen(text, (*rows, _nobody(choice, CrewButton(verb="shutok", id=number), w), back_to(number, w)))


def leave(choice: Choice, page: int, w: Words) -> Screen:
    """/leave: the same about oneself."""
    text = paragraphs(
        w(
            "<b>Do you want to leave?</b>\nYour roles end at once and nothing more is sent to you."
            " What you did stays as the campaign's history. You can come back with a new invite."
        ),
        estate_lines(choice.estate, w),
        _question(choice, w),
    )
    rows = choices(
        choice.people if not choice.estate.is_empty else (),
        lambda one: button(label(one.name), CrewButton(verb="leaveok", person=one.id)),
        page,
        lambda to: CrewButton(verb="leave", page=to),
        size=CANDIDATES,
    )
    stay = (button(w.plain("I stay"), Go(to="home")),)
    return Screen(text, (*rows, _leave_with_nobody(choice, w), stay))


def _leave_with_nobody(choice: Choice, w: Words) -> Row:
    words = w.plain("Yes, I leave") if choice.estate.is_empty else w.plain("Nobody: back to the plan")
    return (button(words, CrewButton(verb="leaveok", person=_NOBODY)),)


def _nobody(choice: Choice, to: CrewButton, w: Words) -> Row:
    words = w.plain("⛔ Close access") if choice.estate.is_empty else w.plain("Nobody: back to the plan")
    return (button(words, to),)


def _question(choice: Choice, w: Words) -> Markup | None:
    return None if choice.estate.is_empty else w("Who takes over? They are told what they got.")


def estate_lines(estate: Estate, w: Words) -> Markup:
    """What somebody has open; also before they move to another region."""
    if estate.is_empty:
        return w("Nothing is open that somebody would have to take over.")
    return lines(
        w.n("Open: {n} draft.", "Open: {n} drafts.", estate.drafts) if estate.drafts else None,
        w("Pages kept: {titles}.", titles=_listed(estate.pages, w)) if estate.pages else None,
        w.n("Posts ahead: {n}.", "Posts ahead: {n}.", estate.posts) if estate.posts else None,
        w.n("Commitments: {n}.", "Commitments: {n}.", estate.promises) if estate.promises else None,
        w.n("Urgent texts on their way: {n}.", "Urgent texts on their way: {n}.", estate.calls)
        if estate.calls
        else None,
    )


def _listed(titles: tuple[str, ...] | list[str], w: Words) -> str:
    rest = len(titles) - TITLES_SHOWN
    shown = ", ".join(titles[:TITLES_SHOWN])
    return shown if rest <= 0 else w.plain("{titles} and {n} more", titles=shown, n=w.number(rest))


# -- afterwards ---------------------------------------------------------------------------------------------------------------


def moved_lines(moved: Moved, head: Markup, pages: Mapping[str, Page], w: Words) -> Markup:
    """What was moved to whom (`head`), and what needs a hand."""
    kept = [pages[code].title for code in moved.pages if code in pages]
    flagged = [pages[code].title for code in moved.flagged if code in pages]
    taken = (
        w.n("• {n} draft", "• {n} drafts", len(moved.drafts)) if moved.drafts else None,
        w("• pages: {titles}", titles=_listed(kept, w)) if kept else None,
        w.n("• {n} post", "• {n} posts", len(moved.posts)) if moved.posts else None,
        w.n("• {n} commitment, once it is accepted", "• {n} commitments, once they are accepted", len(moved.promises))
        if moved.promises
        else None,
        w.n("• {n} urgent text on its way", "• {n} urgent texts on their way", len(moved.calls))
        if moved.calls
        else None,
    )
    nobody = w("⚠ Nobody keeps now: {titles}.", titles=_listed(flagged, w)) if flagged else None
    return lines(head if any(taken) else None, *taken, nobody, *_elsewhere(moved, w))


def _elsewhere(moved: Moved, w: Words) -> tuple[Markup | None, ...]:
    """What did not go to the successor."""
    return (
        w.n("{n} post is back in the plan.", "{n} posts are back in the plan.", moved.back) if moved.back else None,
        w.n("{n} post of their own page rests.", "{n} posts of their own page rest.", moved.rests)
        if moved.rests
        else None,
        w.n("{n} draft stays as it is.", "{n} drafts stay as they are.", moved.kept_drafts)
        if moved.kept_drafts
        else None,
        w.n(
            "⚠ {n} commitment stays open, and nobody keeps it.",
            "⚠ {n} commitments stay open, and nobody keeps them.",
            moved.kept_promises,
        )
        if moved.kept_promises
        else None,
        w.n(
            "{n} urgent text is on its way: a colleague who decides there watches over it now.",
            "{n} urgent texts are on their way: a colleague who decides there watches over them now.",
            moved.watched,
        )
        if moved.watched
        else None,
    )


def _to(name: str, w: Words) -> Markup:
    return w("{name} has taken over:", name=name)


def closed(done: Closing, pages: Mapping[str, Page], w: Words) -> Screen:
    """Access is closed, or a second person was asked."""
    number = done.person.id
    if done.wish is not None:
        text = w(
            "Two people decide about closing access for {name}. Those who may agree have been asked: the first yes does it.",
            name=done.person.name,
        )
        return Screen(text, (back_to(number, w),))
    head = w("⛔ <b>Access closed for {name}.</b> Nothing works for them any more.", name=done.person.name)
    again = (button(w.plain("Open access again"), CrewButton(verb="lift", id=number)),)
    return Screen(
        paragraphs(head, moved_lines(done.moved, _to(done.successor, w), pages, w)), (again, back_to(number, w))
    )


def lifted(name: str, w: Words) -> Markup:
    """A line above their card."""
    return w("✓ Access is open again for {name}. What went to others stays with them.", name=name)


def left(done: Closing, pages: Mapping[str, Page], w: Words) -> Screen:
    """To whoever has left."""
    head = w("You have left. Thank you for everything you did!\nShould you want to come back, ask for a new invite.")
    return Screen(paragraphs(head, moved_lines(done.moved, _to(done.successor, w), pages, w)))


# -- what others hear ---------------------------------------------------------------------------------------------------------


def told_leaders(name: str, taker: str, *, left: bool, moved: Moved, pages: Mapping[str, Page], w: Words) -> Screen:
    """Coordinators and managers: somebody is gone. `taker` is empty for whoever may not see who took over."""
    head = (
        w("<b>{name}</b> has left the campaign.", name=name)
        if left
        else w("⛔ Access was closed for <b>{name}</b>.", name=name)
    )
    promises = ((button(w.plain("Commitments"), Go(to="commit")),),) if moved.kept_promises else ()
    who = _to(taker, w) if taker else w("A colleague has taken over:")
    return Screen(paragraphs(head, moved_lines(moved, who, pages, w)), (*promises, home(w)))


def told_erased(moved: Moved, pages: Mapping[str, Page], w: Words) -> Screen:
    """The same of somebody whose data were erased: they have no name any more, and their drafts went with it."""
    head = w(
        "The data of somebody in your team are erased: they are no longer in the campaign, and their unpublished texts are"
        " gone with them."
    )
    rest = replace(moved, kept_drafts=0, kept_promises=0)
    return Screen(paragraphs(head, moved_lines(rest, w("A colleague has taken over:"), pages, w)), (home(w),))


def took_over(name: str, moved: Moved, pages: Mapping[str, Page], w: Words) -> Screen:
    """To the successor."""
    head = w("You take over from <b>{name}</b>. Thank you!", name=name)
    rows: list[Row] = []
    if moved.drafts:
        rows.append((button(w.plain("My drafts"), Go(to="drafts")),))
    if moved.posts:
        rows.append((button(w.plain("My day"), Go(to="today")),))
    if moved.calls:
        rows.append((button(w.plain("Urgent texts"), Go(to="urgent")),))
    return Screen(paragraphs(head, moved_lines(moved, w("Now yours:"), pages, w)), (*rows, home(w)))


def shut_out(ask: str, w: Words) -> Screen:
    """To whom access was closed: one kind sentence."""
    return Screen(shut_out_words(ask, w))


def shut_out_words(ask: str, w: Words) -> Markup:
    """Also the answer to whatever they try."""
    if ask:
        return w("Your access is closed at the moment. If that surprises you, please talk to {name}.", name=ask)
    return w("Your access is closed at the moment. If that surprises you, please talk to your coordinator.")


def open_again(w: Words) -> Screen:
    """To whose access is open again."""
    return Screen(w("Your access is open again. Welcome back!"), (home(w),))
