"""Embargo and expiry on other features' screens."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.drafts import Draft
from domain.ports.plan import AssignmentView
from domain.timing import Edge, is_expired
from handlers.screens.base import button
from texts.words import Words


class TimingButton(CallbackData, prefix="ti"):
    """`verb`: when, edge, day, at, none, back. `edge`: a `domain.timing.Edge`. `arg`: 202610121500 or 20261012, local."""

    verb: str
    id: int
    version: int
    edge: str = ""
    arg: str = ""


def do(draft: Draft, verb: str, edge: Edge | None = None, arg: str = "") -> TimingButton:
    """About this version of a draft."""
    return TimingButton(verb=verb, id=draft.id, version=draft.version, edge=edge.value if edge else "", arg=arg)


# --- on other screens ------------------------------------------------------------------------------------------------


def when_button(draft: Draft, w: Words) -> InlineKeyboardButton:
    """On the author's panel."""
    return button(w.plain("📅 When"), do(draft, "when"))


def ends(draft: Draft, zone: str, now: datetime, w: Words) -> list[Markup]:
    """Both ends on the reader's clock; nothing for a text that may go out at any time."""
    city = w.city(zone)
    shown = []
    if draft.not_before is not None:
        shown.append(w("📅 Not before {time} ({city})", time=w.moment(draft.not_before, zone, now), city=city))
    if draft.expires_at is not None:
        time_ = w.moment(draft.expires_at, zone, now)
        if is_expired(draft, now):
            shown.append(w("⌛ <b>Expired</b>, {time} ({city}): it is not published any more", time=time_, city=city))
        else:
            shown.append(w("📅 Not after {time} ({city})", time=time_, city=city))
    return shown


def for_poster(view: AssignmentView, w: Words, now: datetime) -> Markup | None:
    """On the card of whoever posts it, which may come before the embargo is over."""
    zone, shown = view.person.zone, []
    if view.not_before is not None and view.not_before > now:
        shown.append(w("📅 <b>Not before {time}</b>", time=w.moment(view.not_before, zone, now)))
    if view.expires_at is not None:
        shown.append(w("📅 <b>Not after {time}</b>", time=w.moment(view.expires_at, zone, now)))
    return Markup("\n").join(shown) if shown else None
