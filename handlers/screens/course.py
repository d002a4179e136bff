"""The short course: three cards, a practice post, and who has finished."""

from collections.abc import Mapping

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.course import CARDS, Course, CourseState
from domain.people import Actor
from domain.ports.course import Learner
from domain.usecases.course import Learners
from handlers.screens.base import Row, Screen, button, copy, lines, paragraphs
from handlers.screens.keyboards import pager
from handlers.screens.nav import Go, home
from texts.roles import place_name, role_lines
from texts.words import Words, mark

PAGE = 12
"""People on one screen."""
SAMPLE_LINK = "https://vk.com/wall-1_1"


class CourseButton(CallbackData, prefix="co"):
    """`verb`: card (0: go on), practice, skip, people (`card` is the page)."""

    verb: str
    card: int = 0


_CARDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        mark("<b>How a day goes</b>"),
        (
            mark("In the morning the day's posts come here, each with its page and its hour: /today shows them."),
            mark("You copy the text, publish it by hand, and send the link to the post back here."),
            mark("No time today? Tap “I cannot” in time: somebody else steps in, and nobody is cross with you."),
            mark("Have you seen or thought of something? Send a text or a photo: it becomes a draft."),
        ),
    ),
    (
        mark("<b>Proof and figures</b>"),
        (
            mark("A post counts once its link is here: that is the whole proof. Please send it right after posting."),
            mark("Later I ask how the post did. Type what you see: 1200, “1.2k”, “about 300”: all of it is fine."),
            mark("Nothing to see yet? Say so. “I do not know” is better than a made-up figure."),
            mark("If the text could not be published as it stands, say so, and a press secretary decides."),
        ),
    ),
    (
        mark("<b>What we never do</b>"),
        (
            mark("No robots: every post is made by a living person, by hand, on their own page or the campaign's."),
            mark("No false or borrowed accounts, and nothing bought: no followers, no likes, no mass messages."),
            mark("The line that says whose post it is never disappears from the text."),
            mark("We answer criticism; we do not wipe it away."),
            mark("Figures are honest: each says where it comes from, and what is not known is never called zero."),
            mark("The same text does not run through everybody's own pages: on yours you speak in your own words."),
            mark("Nobody here asks for a password or a login code. If somebody does, tell your coordinator at once."),
            mark("On days of silence nothing goes out, not even the best text."),
        ),
    ),
)


def card(number: int, actor: Actor, regions: Mapping[str, str], course: Course | None, w: Words) -> Screen:
    """One of the three; the first one greets, with what the person is here."""
    title, points = _CARDS[number - 1]
    greeting = lines(
        w("<b>{name}</b>, you are in!", name=actor.person.name), *role_lines(actor.memberships, regions, w)
    )
    first = course is None or course.state is not CourseState.FINISHED
    return Screen(
        paragraphs(
            greeting if number == 1 and first else None,
            w("Card {n} of {all}", n=number, all=CARDS),
            lines(w(title), *(w("• {point}", point=w(point)) for point in points)),  # texts: dynamic
        ),
        (*_turning(number, w), _leave(first=first, w=w)),
    )


def _turning(number: int, w: Words) -> tuple[Row, ...]:
    back = button(w.plain("‹ Back"), CourseButton(verb="card", card=number - 1))
    if number == CARDS:
        return ((back, button(w.plain("Practice ›"), CourseButton(verb="practice"))),)
    ahead = button(w.plain("Next ›"), CourseButton(verb="card", card=number + 1))
    return ((back, ahead),) if number > 1 else ((ahead,),)


def _leave(*, first: bool, w: Words) -> Row:
    return (button(w.plain("Skip the course"), CourseButton(verb="skip")),) if first else home(w)


def practice(w: Words) -> Screen:
    """A post that nobody sees: no page, no plan, no figures."""
    text = w.plain("Today the lamps in our yard are on again. Thank you, neighbours!")
    return Screen(
        paragraphs(
            w("<b>Practice post</b>: it counts nowhere and nobody sees it."),
            w("Page: <b>Practice page</b>, today, right now."),
            w("<blockquote>{text}</blockquote>", text=text),
            lines(
                w("1. Copy the text."),
                w("2. Imagine that you publish it. (Please do not: it is only practice.)"),
                w(
                    "3. Send the link to the post here. For practice take this one: <code>{link}</code>",
                    link=SAMPLE_LINK,
                ),
            ),
        ),
        (
            (copy(w.plain("Copy text"), text), copy(w.plain("Copy link"), SAMPLE_LINK)),
            (button(w.plain("‹ Back"), CourseButton(verb="card", card=CARDS)),),
            _leave(first=True, w=w),
        ),
    )


def finished(w: Words) -> Screen:
    """The answer to the practice link, as a real one gets it."""
    return Screen(
        w("✅ Accepted! That is all there is to it.\n\nThe cards can be read again any time: /help."), (home(w),)
    )


def skipped(w: Words) -> Markup:
    """Above the first screen."""
    return w("All right. The course waits in /help.")


def people(learners: Learners, regions: Mapping[str, str], page: int, w: Words) -> Screen:
    """For coordinators: how many have finished, then by name."""
    pages = max(1, -(-len(learners.people) // PAGE))
    page = max(0, min(page, pages - 1))
    shown = learners.people[page * PAGE : (page + 1) * PAGE]
    half = learners.count(CourseState.READING) + learners.count(CourseState.PRACTICE)
    counts = lines(
        w("<b>The short course</b>"),
        w("✅ finished: {n}", n=w.number(learners.count(CourseState.FINISHED))),
        w("◐ in the middle of it: {n}", n=w.number(half)),
        w("– left out: {n}", n=w.number(learners.count(CourseState.SKIPPED))),
        w("○ not begun: {n}", n=w.number(learners.count(None))),
    )
    back = (button(w.plain("‹ Back"), Go(to="invite")),)
    return Screen(
        paragraphs(counts, lines(*(_learner(one, regions, w) for one in shown))),
        (*pager(page, pages, lambda to: CourseButton(verb="people", card=to)), back),
    )


_SIGNS = {CourseState.FINISHED: "✅", CourseState.SKIPPED: "–", None: "○"}


def _learner(one: Learner, regions: Mapping[str, str], w: Words) -> Markup:
    return w(
        "{sign} {name}, {region}",
        sign=_SIGNS.get(one.state, "◐"),
        name=one.name,
        region=place_name(one.region, regions, w),
    )
