"""Urgent texts before they are sent: what could be urgent, pages, people, the time to answer, what it exceeds and why."""

from datetime import datetime, timedelta

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.pages import page_key
from domain.urgent import MINUTES, NOTE_LIMIT, Candidate, Excess, PageFacts, Rule, Standing, UrgentCall, Why
from domain.usecases.urgent import PER_PAGE, Listing, PeopleView, View
from handlers.screens import nav
from handlers.screens.base import NARROW_LABEL_LIMIT, Row, Screen, button, label, lines, paragraphs
from handlers.screens.draft_parts import excerpt
from handlers.screens.keyboards import pager
from texts.words import Words, mark_plain

PAGES_SHOWN = 8
PAGES_NAMED = 12
"""Pages that the last question names; the others are a number."""
WHY: dict[Why, str] = {
    Why.BREAKING: mark_plain("News that cannot wait"),
    Why.SAFETY: mark_plain("People's safety"),
    Why.FALSEHOOD: mark_plain("Answer to a falsehood"),
    Why.EVENT: mark_plain("Something is happening right now"),
    Why.OWN: mark_plain("In my own words"),
}


class UrgentButton(CallbackData, prefix="ur"):
    """`verb`: list, mark (id: a draft), show, page, who, man, wake, time, go, why, because, send, drop, stop; yes, no (id: an ask).

    `arg`: a page's key, minutes, a reason, a page of a list.
    """

    verb: str
    id: int = 0
    version: int = 0
    arg: str = ""
    person: int = 0


def do(call: UrgentCall, verb: str, arg: str = "", person: int = 0) -> UrgentButton:
    return UrgentButton(verb=verb, id=call.id, version=call.version, arg=arg, person=person)


def mark_row(draft_id: int, version: int, w: Words) -> Row:
    """Below an approved text."""
    return (button(w.plain("⚡ Urgent"), UrgentButton(verb="mark", id=draft_id, version=version)),)


# --- /urgent ---------------------------------------------------------------------------------------------------------


def listing(found: Listing, w: Words) -> Screen:
    """What is on its way, and approved texts that could go out at once."""
    running = [
        w(
            "⚡ {text}: accepted {accepted} of {all}, posted {posted}",
            text=excerpt(one.text, 60),
            accepted=one.accepted,
            all=one.pages,
            posted=one.posted,
        )
        for one in found.running[:PER_PAGE]
    ]
    texts = [
        w("• {author}: {text} (pages without it: {left})", author=one.author, text=excerpt(one.text, 90), left=one.left)
        for one in found.texts
    ]
    head = w("Which approved text shall go out at once? Named people are asked to publish it right now.")
    body = lines(*texts) if texts else w("There is no approved text that has pages left.")
    rows = [
        (button(label(excerpt(one.text, 60), limit=36, rest=" ⚡"), UrgentButton(verb="show", id=one.call_id)),)
        for one in found.running[:PER_PAGE]
    ]
    rows += [
        (button(label(excerpt(one.text, 60)), UrgentButton(verb="mark", id=one.draft_id, version=one.version)),)
        for one in found.texts
    ]
    pages = -(-found.many // PER_PAGE)
    turn = pager(found.page, pages, lambda to: UrgentButton(verb="list", arg=str(to)))
    text = paragraphs(w("<b>⚡ Urgent</b>"), lines(*running), head, body)
    return Screen(text, (*rows, *turn, nav.home(w)))


# --- pages and people ------------------------------------------------------------------------------------------------


def panel(view: View, at: int, zone: str, now: datetime, w: Words) -> Screen:
    """Pages with who is asked for each, and the time to answer. `at`: which part of a long list of pages."""
    call = view.call
    parts = -(-len(view.pages) // PAGES_SHOWN)
    at = max(0, min(at, parts - 1))
    shown = view.pages[at * PAGES_SHOWN : (at + 1) * PAGES_SHOWN]
    text = paragraphs(
        w("<b>⚡ Urgent</b>"),
        _quote(view.text),
        lines(*(_page_line(facts, zone, now, w) for facts in shown)),
        w("The first yes has the page. Who is not chosen is asked when nobody says yes in time."),
    )
    rows = [row for facts in shown if (row := _page_row(call, facts, w)) is not None]
    turn = pager(at, parts, lambda to: do(call, "show", str(to)))
    further = ((button(w.plain("What will happen ›"), do(call, "go")),),) if view.chosen else ()
    drop = (button(w.plain("Do not send"), do(call, "drop")),)
    return Screen(text, (*rows, *turn, _minutes(call, w), *further, drop))


def part_of(view: View, key: str) -> int:
    """The part of the list on which a page stands, so that a toggle does not turn it."""
    keys = [page_key(facts.page.code) for facts in view.pages]
    return keys.index(key) // PAGES_SHOWN if key in keys else 0


def _quote(text: str) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(excerpt(text, 300) or "—")


def _page_line(facts: PageFacts, zone: str, now: datetime, w: Words) -> Markup:  # noqa: PLR0911 - one line per standing
    title = facts.page.title
    match facts.standing:
        case Standing.SILENT if facts.until is not None:
            return w("🔇 {page}: silence until {time}", page=title, time=w.moment(facts.until, zone, now))
        case Standing.SILENT:
            return w("🔇 {page}: silence", page=title)
        case Standing.HALTED:
            return w("⏸ {page}: stopped", page=title)
        case Standing.UNLINED:
            return w("⚠ {page}: its imprint line has changed, the text has to be approved anew", page=title)
        case Standing.POSTED:
            return w("✓ {page}: published already", page=title)
        case Standing.UNDERWAY:
            return w("⏳ {page}: somebody is publishing it", page=title)
    if not facts.chosen:
        return Markup("☐ {}").format(title)
    if not facts.asked:
        return w("☑ {page}: nobody is chosen", page=title)
    return Markup("☑ {}: {}").format(title, w.list(facts.asked))


def _page_row(call: UrgentCall, facts: PageFacts, w: Words) -> Row | None:
    """Also for a page that cannot take it: the tap says why."""
    if facts.standing in {Standing.POSTED, Standing.UNDERWAY}:
        return None
    key = page_key(facts.page.code)
    tick = "☑" if facts.chosen else "🔇" if facts.standing is Standing.SILENT else "☐"
    limit = NARROW_LABEL_LIMIT if facts.chosen else 40
    toggle = button(label(f"{tick} {facts.page.title}", limit=limit), do(call, "page", key))
    if not facts.chosen:
        return (toggle,)
    return (toggle, button(w.plain("👥 Who: {n}", n=len(facts.asked)), do(call, "who", key)))


def _minutes(call: UrgentCall, w: Words) -> Row:
    """The time to answer; the configured one stands there too."""
    offered = MINUTES if call.minutes in MINUTES else (call.minutes, *MINUTES[1:])
    return tuple(
        button(("✓ " if n == call.minutes else "") + w.ago(timedelta(minutes=n)), do(call, "time", str(n)))
        for n in offered
    )


def people(shown: PeopleView, w: Words) -> Screen:
    """Who is asked for one page."""
    call, key = shown.view.call, page_key(shown.page.code)
    head = w("Who is asked for <b>{page}</b>?", page=shown.page.title)
    hint = w("All chosen are asked at once, the first yes has it. 🌙 is in quiet hours.")
    nobody = w("Nobody who may publish there can be asked now.")
    rows = [(button(_person(one), do(call, "man", key, one.person.id)),) for one in shown.people]
    back = (button(w.plain("‹ Back"), do(call, "show", str(part_of(shown.view, key)))),)
    return Screen(paragraphs(head, hint if rows else nobody), (*rows, back))


def _person(one: Candidate) -> str:
    return label(f"{'☑' if one.chosen else '☐'} {'🌙 ' if one.quiet else ''}{one.person.name}")


def wake(shown: PeopleView, one: Candidate, now: datetime, w: Words) -> Screen:
    """Somebody in quiet hours, or off, was tapped: they are asked only when that is really meant."""
    call, key, person = shown.view.call, page_key(shown.page.code), one.person
    back = (button(w.plain("‹ Back"), do(call, "who", key)),)
    if not person.is_quiet(now):
        text = w("🌙 <b>{name}</b> does not post at this hour or has a day off. Ask all the same?", name=person.name)
        yes = button(w.plain("Yes, ask them"), do(call, "wake", key, person.id))
        return Screen(text, ((yes,), back))
    text = w(
        "🌙 <b>{name}</b> is in quiet hours, it is {time} there. The message would ring. Ask all the same?",
        name=person.name,
        time=w.time(now, person.zone),
    )
    yes = button(w.plain("Yes, wake them"), do(call, "wake", key, person.id))
    return Screen(text, ((yes,), back))


# --- the last question -----------------------------------------------------------------------------------------------


def confirm(view: View, zone: str, now: datetime, w: Words) -> Screen:
    """What will happen, to how many people, and which norms it exceeds."""
    call, chosen = view.call, view.chosen
    people_ = len({number for facts in chosen for number in facts.people})
    more = len(chosen) - PAGES_NAMED
    text = paragraphs(
        w("<b>⚡ This will happen at once</b>"),
        _quote(view.text),
        lines(*(line for facts in chosen[:PAGES_NAMED] for line in _consequences(facts, zone, now, w))),
        w.n("… and {n} more page", "… and {n} more pages", more) if more > 0 else None,
        w.n(
            "<b>{n}</b> person is asked now and has {time} to answer; then a substitute is asked.",
            "<b>{n}</b> people are asked now and have {time} to answer; then substitutes are asked.",
            people_,
            time=w.ago(timedelta(minutes=call.minutes)),
        ),
        _reason(view, w),
    )
    back = (button(w.plain("‹ Back"), do(call, "show")),)
    if not view.covered:
        return Screen(text, ((button(w.plain("⚠ Exceed it: say why ›"), do(call, "why")),), back))
    if view.excesses:
        return Screen(text, ((button(w.plain("⚠ Exceed the norm and send"), do(call, "send")),), back))
    return Screen(text, ((button(w.plain("⚡ Yes, send it now"), do(call, "send")),), back))


def _consequences(facts: PageFacts, zone: str, now: datetime, w: Words) -> list[Markup]:
    found = [Markup("<b>{}</b>: {}").format(facts.page.title, w.list(facts.asked) or "—")]
    if facts.planned is not None:
        when = w.moment(facts.planned.at, zone, now)
        found.append(w("The plan had it there at {time}: it is taken from there.", time=when))
    return found + [_excess(excess, w) for excess in facts.excesses]


def _excess(excess: Excess, w: Words) -> Markup:
    if excess.rule is Rule.GAP:
        return w(
            "⚠ Another post is only {have} min away, {agreed} min are agreed.", have=excess.have, agreed=excess.agreed
        )
    return w(
        "⚠ It would be post {have} of the day, at most {agreed} are agreed.", have=excess.have, agreed=excess.agreed
    )


def _reason(view: View, w: Words) -> Markup | None:
    if not view.excesses:
        return None
    if not view.covered or view.call.why is None:
        return w("A gap or a daily limit is exceeded. That takes a reason, which is kept on record.")
    return w("The reason on record: {reason}", reason=view.call.note or why_name(view.call.why, w))


def why_name(why: Why, w: Words) -> str:
    return w.plain(WHY[why])  # texts: dynamic


def reasons(view: View, w: Words) -> Screen:
    """Why the norm is exceeded: in one tap, or in a line."""
    call = view.call
    rows = [(button(why_name(why, w), do(call, "because", why.value)),) for why in Why]
    text = w("Why can it not wait? The reason is kept on record.")
    return Screen(text, (*rows, (button(w.plain("‹ Back"), do(call, "go")),)))


def ask_reason(view: View, w: Words) -> Screen:
    """The next message is the reason."""
    text = w("Write in one line why it cannot wait.")
    return Screen(text, ((button(w.plain("‹ Back"), do(view.call, "why")),),))


def no_reason(view: View, length: int, w: Words) -> Screen:
    """What came cannot be the reason; it is still awaited. `length`: of a text that is too long, else 0."""
    if length:
        text = w("That is {n} characters, and a line has at most {limit}.", n=w.number(length), limit=NOTE_LIMIT)
    else:
        text = w("Only a line in your own words can be the reason: no pictures, nothing forwarded.")
    return Screen(text, ((button(w.plain("‹ Back"), do(view.call, "why")),),))


def dropped(w: Words) -> Screen:
    return Screen(w("Not sent. Nobody was asked, the plan is as it was."), (nav.home(w),))


def stale_toast(w: Words) -> str:
    return w.plain("This has changed since. This is how it stands now.")
