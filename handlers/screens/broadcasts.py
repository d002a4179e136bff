"""Messages to the team: the question, the panel, whom it goes to, how far it is, how it ended."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, MessageEntity
from markupsafe import Markup

from domain.broadcasts import Broadcast, BroadcastState, Missed, left_at_this_speed, takes
from domain.pages import page_key
from domain.people import ROLE_ORDER
from domain.ports.drafts import StoredMedia
from domain.usecases.broadcasts import View
from handlers.screens import nav
from handlers.screens.base import Content, Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.draft_parts import contents
from handlers.screens.keyboards import choices
from texts.roles import place_name, role_group
from texts.words import Words, mark_plain

REGIONS_NAMED = 6
WHY = {
    "unreachable": mark_plain("the bot is blocked, or the account is gone"),
    "failed": mark_plain("Telegram did not take it"),
    "uncertain": mark_plain("it may or may not have arrived"),
}


class BroadcastButton(CallbackData, prefix="bc"):
    """`verb`: new, show, text, roles, role, regions, region, all, send, send!, stop, stop!, drop, missed.

    `arg`: a role, a region's key, a page.
    """

    verb: str
    id: int = 0
    version: int = 0
    arg: str = ""


def _do(broadcast: Broadcast, verb: str, arg: str = "") -> BroadcastButton:
    return BroadcastButton(verb=verb, id=broadcast.id, version=broadcast.version, arg=arg)


# --- writing ---------------------------------------------------------------------------------------------------------


def ask(w: Words) -> Screen:
    """/broadcast: the next message is what is sent."""
    text = paragraphs(
        w("<b>Message to the team</b>"),
        w(
            "Send me what your colleagues shall read: a text, a photo with a text, a file. It goes out exactly as it is."
        ),
        w("This is for the team only. What is to be published goes through drafts."),
    )
    return Screen(text, (nav.cancel(w),))


def message(broadcast: Broadcast, stored: Mapping[str, StoredMedia], bot_id: int) -> tuple[Content, ...]:
    """The message itself, byte for byte: the preview and what everybody gets are the same."""
    first, *rest = contents(broadcast.text, broadcast.media, stored, bot_id)
    entities = tuple(MessageEntity.model_validate(entity) for entity in broadcast.entities)
    return (Content(first.text, first.media, entities), *rest)


def panel(view: View, rate: float, w: Words, zone: str, now: datetime) -> Screen:
    """How it stands, whatever its state."""
    match view.broadcast.state:
        case BroadcastState.WRITING:
            return _writing(view, rate, w)
        case BroadcastState.DROPPED:
            return dropped(w)
        case BroadcastState.SENDING | BroadcastState.STOPPING:
            return _progress(view, w, now)
        case _:
            return _summary(view, w, zone, now)


def _writing(view: View, rate: float, w: Words) -> Screen:
    b, people = view.broadcast, view.audience.people
    text = paragraphs(
        w("<b>Message to the team</b>, as it stands above"),
        lines(w("To: {whom}", whom=_whom(b, w)), w("Where: {where}", where=_where(view, w))),
        _size(view, rate, w),
        w("Who is in quiet hours gets it without a sound."),
    )
    send = w.plain_n("Send to {n} person ›", "Send to {n} people ›", people)
    return Screen(
        text,
        (
            (button(w.plain("To whom"), _do(b, "roles")), button(w.plain("Where"), _do(b, "regions"))),
            (button(w.plain("Another text"), _do(b, "text")), button(w.plain("Do not send"), _do(b, "drop"))),
            *(((button(send, _do(b, "send")),),) if people else ()),
        ),
    )


def _size(view: View, rate: float, w: Words) -> Markup:
    people, beyond = view.audience.people, view.audience.unreachable
    if people:
        took = _about(takes(view.broadcast, people, rate), w)
        size = w.n("<b>{n}</b> person, about {time}", "<b>{n}</b> people, about {time}", people, time=took)
    else:
        size = w("Nobody is there to read it. Choose others.")
    more = w.n("{n} more cannot be reached", "{n} more cannot be reached", beyond) if beyond else None
    return lines(size, more)


def _about(span: timedelta, w: Words) -> str:
    """Rounded up: 4 s, 7 min, 2 h 10 min."""
    seconds = -(-span // timedelta(seconds=1))
    if seconds < 60:
        return w.plain("{n} s", n=seconds)
    return w.ago(timedelta(minutes=-(-seconds // 60)))


def _whom(broadcast: Broadcast, w: Words) -> str:
    if not broadcast.roles:
        return w.plain("everybody in the team")
    return w.list(role_group(role, w) for role in ROLE_ORDER if role in broadcast.roles)


def _where(view: View, w: Words) -> str:
    chosen = [place_name(code, view.regions, w) for code in view.broadcast.regions]
    if not chosen:
        return w.plain("all your regions")
    more = len(chosen) - REGIONS_NAMED
    if more > 0:
        return w.plain("{regions} and {n} more", regions=", ".join(chosen[:REGIONS_NAMED]), n=more)
    return w.list(chosen)


def roles(view: View, rate: float, w: Words) -> Screen:
    """None chosen: every role."""
    b = view.broadcast
    toggles = [
        button(_mark(role_group(role, w), chosen=role in b.roles), _do(b, "role", role.value)) for role in ROLE_ORDER
    ]
    text = paragraphs(w("Who shall get it? Nothing chosen means everybody."), _size(view, rate, w))
    return Screen(text, (*grid(toggles, 2), _back(b, w)))


def regions(view: View, page: int, rate: float, w: Words) -> Screen:
    """None chosen: wherever the author may."""
    b = view.broadcast

    def toggle(code: str) -> InlineKeyboardButton:
        return button(_mark(view.regions[code], chosen=code in b.regions), _do(b, "region", page_key(code)))

    rows = choices(list(view.regions), toggle, page, lambda to: _do(b, "regions", str(to)), width=2, size=16)
    text = paragraphs(w("Where? Nothing chosen means all your regions."), _size(view, rate, w))
    return Screen(text, (*rows, _back(b, w)))


def page_of(view: View, key: str) -> int:
    """The page of the choice on which a region stands, so that a toggle does not turn it."""
    keys = [page_key(code) for code in view.regions]
    return keys.index(key) // 16 if key in keys else 0


def _mark(name: str, *, chosen: bool) -> str:
    return label(f"{'☑' if chosen else '☐'} {name}")


def _back(broadcast: Broadcast, w: Words) -> Row:
    everybody = button(w.plain("Everybody"), _do(broadcast, "all"))
    return (everybody, button(w.plain("‹ Back"), _do(broadcast, "show")))


def ask_new_text(broadcast: Broadcast, w: Words) -> Screen:
    back = button(w.plain("‹ Back"), _do(broadcast, "show"))
    return Screen(w("Send the message anew: it replaces the text and the files."), ((back,),))


def confirm(view: View, rate: float, w: Words) -> Screen:
    """The last question before it goes out."""
    b, people = view.broadcast, view.audience.people
    text = paragraphs(
        w.n("Send it to <b>{n}</b> person now?", "Send it to <b>{n}</b> people now?", people),
        lines(w("To: {whom}", whom=_whom(b, w)), w("Where: {where}", where=_where(view, w))),
        w(
            "It takes about {time} and can be stopped on the way. What has arrived cannot be taken back.",
            time=_about(takes(b, people, rate), w),
        ),
    )
    return Screen(
        text, ((button(w.plain("Yes, send"), _do(b, "send!")),), (button(w.plain("‹ Back"), _do(b, "show")),))
    )


def dropped(w: Words) -> Screen:
    return Screen(w("Not sent. Nobody has got anything."), (nav.home(w),))


def stale_toast(w: Words) -> str:
    return w.plain("This has changed since. This is how it stands now.")


# --- on the way ------------------------------------------------------------------------------------------------------


def _progress(view: View, w: Words, now: datetime) -> Screen:
    b, t = view.broadcast, view.tally
    if b.state is BroadcastState.STOPPING:
        return Screen(
            lines(w("<b>Stopping…</b>"), w("The last ones on their way: {n}", n=w.number(t.left)), _delivered(view, w))
        )
    rest = left_at_this_speed(t, b.started_at, now) if b.started_at else None
    text = lines(
        w("<b>Going out to the team</b>"),
        w("{done} of {all}", done=w.number(b.people - t.left), all=w.number(b.people)),
        w("About {time} left", time=_about(rest, w)) if rest and t.left else None,
        w("Not reached so far: {n}", n=w.number(t.missed)) if t.missed else None,
    )
    return Screen(text, ((button(w.plain("Stop"), _do(b, "stop")),),))


def confirm_stop(view: View, w: Words) -> Screen:
    b = view.broadcast
    text = w.n("Stop now? {n} person would not get it.", "Stop now? {n} people would not get it.", view.tally.left)
    return Screen(text, ((button(w.plain("Stop it"), _do(b, "stop!")), button(w.plain("Go on"), _do(b, "show"))),))


def _delivered(view: View, w: Words) -> Markup:
    return w("Delivered: <b>{n}</b>", n=w.number(view.tally.delivered))


def _summary(view: View, w: Words, zone: str, now: datetime) -> Screen:
    b, t = view.broadcast, view.tally
    at = w.moment(b.ended_at or now, zone, now)
    whole = b.state is BroadcastState.DONE
    text = paragraphs(
        w("✓ <b>The message has gone out</b>, {time}", time=at)
        if whole
        else w("✕ <b>The message was stopped</b>, {time}", time=at),
        lines(
            _delivered(view, w),
            w("Not sent any more: {n}", n=w.number(t.cancelled)) if t.cancelled else None,
            w("Cannot be reached: {n}", n=w.number(t.unreachable)) if t.unreachable else None,
            w("Failed: {n}", n=w.number(t.failed)) if t.failed else None,
            w("Uncertain: {n}", n=w.number(t.uncertain)) if t.uncertain else None,
        ),
        _names(view, w),
    )
    everybody = ((button(w.plain("All of them as a file"), _do(b, "missed")),),) if t.missed else ()
    return Screen(text, (*everybody, (button(w.plain("Another message"), BroadcastButton(verb="new")), *nav.home(w))))


def _names(view: View, w: Words) -> Markup | None:
    """Whom it did not reach: the first by name, the others as a number."""
    if not view.missed:
        return None
    named = ", ".join(missed.name for missed in view.missed)
    more = view.tally.missed - len(view.missed)
    if more > 0:
        return w.n("Not reached: {names} and {n} more", "Not reached: {names} and {n} more", more, names=named)
    return w("Not reached: {names}", names=named)


def missed_file(missed: Sequence[Missed], regions: Mapping[str, str], w: Words) -> str:
    """One line a person: name, region, why."""
    reasons = {why: w.plain(text) for why, text in WHY.items()}  # texts: dynamic
    return "".join(f"{m.name}; {place_name(m.region, regions, w)}; {reasons[m.why]}\n" for m in missed)


def missed_file_name(w: Words) -> str:
    return w.plain("not-reached.txt")
